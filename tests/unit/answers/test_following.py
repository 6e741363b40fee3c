"""Following up: reminders, what to ask about again, who of us is responsible, and handovers."""

from typing import Any

import pytest

from coopledger import Ledger, events
from coopledger.answers import commitments
from coopledger.dates import edtf
from coopledger.events import Event
from tests.builders import build_event, office
from tests.counting import Calls

DAY = "2020-06-15"


def promise(name: str = "c", **fields: object) -> Event:
    sides: dict[str, object] = {"debtors": "fr", "creditors": "vn", "what": f"a {name}"}
    given = {"commitment": name, "partnership": "vnfr", "when": "2020-01-01"}
    return build_event(events.CommitmentMade, given | sides | fields)


def put(name: str = "p", **fields: object) -> Event:
    words: dict[str, object] = {"by": "vn", "text": f"a {name}", "when": "2020-01-01"}
    given = {"proposal": name, "partnership": "vnfr"}
    return build_event(events.ProposalMade, given | words | fields)


def planned(when: str = "2020-01-01") -> Event:
    return events.MeetingScheduled(
        meeting="m", kind="talks", partnership="vnfr", planned="2020-12", when=when
    )


def text(**fields: object) -> Event:
    given: dict[str, object] = {"instrument": "i", "partnership": "vnfr", "kind": "mou"}
    return build_event(events.InstrumentRegistered, given | fields)


def reminder(subject: str, **fields: object) -> Event:
    given: dict[str, object] = {"subject": subject, "by": "vn", "to": "fr", "when": "2020-03-01"}
    return build_event(events.ReminderSent, given | fields)


def given_to(who: str, **fields: object) -> Event:
    given: dict[str, object] = {"to": who, "when": "2020-02-01"}
    return build_event(events.ResponsibilityAssigned, given | fields)


def asked(ledger: Ledger, day: str = DAY, **filters: Any) -> list[str]:  # noqa: ANN401
    return [each.id for each in ledger.view(day).asking_again(**filters)]


# --- reminders


@pytest.mark.parametrize(
    ("question", "name"),
    [("commitment", "c"), ("proposal", "p"), ("meeting", "m"), ("instrument", "i")],
)
def test_reminders_are_counted_and_the_last_one_is_told(question: str, name: str) -> None:
    ledger = office(promise(), put(), planned(), text())
    ledger.record(reminder(name), reminder(name, when="2020-05", id="last"))
    answer = getattr(ledger.view(DAY), question)(name)

    assert (answer.last_asked, answer.times_asked) == (edtf("2020-05"), 2)
    assert "last" in answer.decided_by
    assert answer.certain
    assert getattr(ledger.view("2020-02-29"), question)(name).times_asked == 0


def test_a_reminder_is_contact_and_neither_an_act_on_the_thing_nor_activity() -> None:
    ledger = office(text(), put(), reminder("i"), reminder("p"))
    view = ledger.view(DAY)

    assert view.partnership("vnfr").last_activity == edtf("2020-01-01")
    assert [each.id for each in view.proposals(waiting_days=166)] == ["p"]
    assert office(text(), reminder("i")).view(DAY).partnership("vnfr").stage == "contact"


ENDINGS: dict[str, tuple[Event, Event]] = {
    "a reminder": (promise(ask_again="2020-02-01"), reminder("c")),
    "progress": (
        promise(ask_again="2020-02-01"),
        events.CommitmentProgressed(commitment="c", when="2020-03-01"),
    ),
    "an answer": (
        put(name="c", ask_again="2020-02-01"),
        events.ProposalAcknowledged(proposal="c", by="fr", when="2020-03-01"),
    ),
    "a counter-proposal": (
        put(name="c", ask_again="2020-02-01"),
        events.ProposalMade(
            proposal="q", partnership="vnfr", by="fr", text="a", counter_to="c", when="2020-03-01"
        ),
    ),
    "what realises it": (
        put(name="c", ask_again="2020-02-01"),
        events.StatementMade(partnership="vnfr", text="a", realises="c", when="2020-03-01"),
    ),
    "the end": (
        promise(ask_again="2020-02-01"),
        events.CommitmentReleased(commitment="c", by="vn", when="2020-03-01"),
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_asked_again_from_the_day_on_until(ending: str) -> None:
    ledger = office(*ENDINGS[ending])

    assert asked(ledger, "2020-01-31") == []
    assert asked(ledger, "2020-02-01") == ["c"]
    assert asked(ledger, "2020-02-29") == ["c"]
    assert asked(ledger, "2020-03-01") == []


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("m", planned(when="2020-05-01")),
        ("i", events.NegotiationOpened(instrument="i", when="2020-05-01")),
    ],
)
def test_about_a_meeting_or_a_text_it_ends_with_any_later_act_on_it(name: str, act: Event) -> None:
    ledger = office(planned(), text(), reminder(name, ask_again="2020-04-01"), act)

    assert asked(ledger, "2020-04-30") == [name]
    assert asked(ledger, "2020-05-01") == []


def test_notes_declared_states_and_assignments_are_no_answers() -> None:
    ledger = office(
        promise(ask_again="2020-02-01"),
        events.NoteAdded(subject="c", text="a", when="2020-03-01"),
        events.StatusReported(subject="c", state="fine", when="2020-03-01"),
        given_to("Lan", subject="c"),
    )

    assert asked(ledger) == ["c"]


def test_the_longest_awaited_comes_first_and_what_is_near_on_demand() -> None:
    ledger = office(
        promise(ask_again="2020-06-10"),
        put(ask_again="2020-06"),
        text(responsible="Lan"),
        reminder("i", ask_again="2020-04-01"),
    )

    assert asked(ledger) == ["i", "c"]
    assert asked(ledger, within_days=15) == ["i", "c", "p"]
    assert asked(ledger, responsible="lan") == ["i"]
    assert asked(ledger, partnership="vncu") == []
    (text_first, promise_then) = ledger.view(DAY).asking_again()
    assert (text_first.noun, text_first.times_asked) == ("instrument", 1)
    assert str(promise_then) == "a c (c): pending; ask again 2020-06-10"


def test_a_promise_to_ask_about_is_in_the_agenda_without_a_due_date() -> None:
    ledger = office(
        promise("due", due="2020-06-20"),
        promise(ask_again="2020-06-01"),
        promise("late", due="2020-06-01", ask_again="2020-03-01", responsible="Lan"),
        promise("far", due="2025"),
    )
    view = ledger.view(DAY)

    assert [each.id for each in view.agenda()] == ["late", "c", "due"]
    assert [each.id for each in view.agenda(responsible="LAN")] == ["late"]
    assert [each.id for each in ledger.view("2020-05-25").agenda()] == ["late", "due"]


# --- who of us


def test_what_belongs_to_a_partnership_inherits_its_responsible() -> None:
    ledger = office(promise(), put(), planned(), text(), given_to("Lan", subject="vnfr"))
    view = ledger.view(DAY)

    assert [
        view.partnership("vnfr").responsible,
        view.commitment("c").responsible,
        view.proposal("p").responsible,
        view.meeting("m").responsible,
        view.instrument("i").responsible,
    ] == ["Lan"] * 5
    assert ledger.view("2020-01-31").commitment("c").responsible is None


def test_what_was_said_of_the_thing_itself_comes_first_and_the_last_of_it() -> None:
    ledger = office(
        promise(responsible="Minh"),
        text(responsible="Desk 3"),
        put(responsible="vnfr desk"),
        given_to("Lan", subject="vnfr"),
        given_to("Hoa", when="2020-04-01", subject="c"),
    )

    assert ledger.view("2020-03-31").commitment("c").responsible == "Minh"
    assert ledger.view("2020-04-01").commitment("c").responsible == "Hoa"
    assert ledger.view("1990-01-01").instrument("i").responsible == "Desk 3"
    assert ledger.view(DAY).proposal("p").responsible == "vnfr desk"


def test_a_partnership_inherits_from_the_one_above_it() -> None:
    child = events.PartnershipOpened(
        partnership="child", parties=["most", "mesr"], parent="vnfr", responsible=None
    )
    ledger = office(child, given_to("Lan", subject="vnfr"))

    assert ledger.view(DAY).partnership("child").responsible == "Lan"
    assert ledger.view(DAY).partnership("vncu").responsible is None


def test_what_is_closed_keeps_who_it_had() -> None:
    ledger = office(
        promise("done"),
        promise(),
        given_to("Lan", subject="vnfr"),
        events.CommitmentFulfilled(commitment="done", when="2020-03-01"),
        given_to("Minh", when="2020-03-02", subject="vnfr"),
    )
    view = ledger.view(DAY)

    assert (view.commitment("done").responsible, view.commitment("c").responsible) == (
        "Lan",
        "Minh",
    )


def test_a_registered_party_is_responsible_under_either_of_two_ids() -> None:
    ledger = office(
        events.PartyRegistered(party="desk", name="Desk", kind="unit", parent="vn"),
        events.PartyRegistered(party="desk-2", name="Desk", kind="unit", parent="vn"),
        promise(responsible="desk-2"),
        events.SameAs(duplicate="desk-2", same_as="desk"),
    )

    assert ledger.view(DAY).commitment("c").responsible == "desk"
    assert [each.id for each in ledger.view(DAY).commitments(responsible="desk")] == ["c"]


LISTS = ("partnerships", "instruments", "commitments", "proposals", "meetings")


@pytest.mark.parametrize("question", LISTS)
def test_every_list_is_filtered_by_who_is_responsible(question: str) -> None:
    ledger = office(promise(), put(), planned(), text(), given_to("Lê  Lan", subject="vnfr"))
    listed = getattr(ledger.view(DAY), question)

    assert len(listed(responsible="le\u0302 lan".upper())) == 1
    assert len(listed(responsible="Lan")) == 0


def test_what_is_nobodys_is_listed() -> None:
    ledger = office(
        promise(), promise("hers", responsible="Lan"), put(), put("wish", firmness="wish"), text()
    )
    listed = ledger.view(DAY).unassigned()

    assert [(each.noun, each.id) for each in listed] == [("commitment", "c"), ("proposal", "p")]
    assert "TIMES" not in str(listed)
    assert list(ledger.view(DAY).unassigned(partnership="vncu")) == []


# --- handovers


def handover(old: str, new: str, **fields: object) -> Event:
    given: dict[str, object] = {"in_place_of": old, "to": new, "when": "2020-05-01"}
    return build_event(events.ResponsibilityAssigned, given | fields)


@pytest.fixture(name="busy")
def _busy() -> Ledger:
    """Return a ledger in which Lan has a partnership, a promise elsewhere, and things done."""
    return office(
        given_to("Lan", subject="vnfr"),
        promise(),
        promise("minhs", responsible="Minh"),
        promise("done"),
        events.CommitmentFulfilled(commitment="done", when="2020-03-01"),
        text(),
        events.CommitmentMade(
            commitment="far",
            partnership="vncu",
            debtors="vn",
            creditors="cu",
            what="far",
            responsible="LAN",
            when="2020-01-01",
        ),
    )


def test_a_handover_passes_on_all_that_is_open_and_the_receipt_lists_it(busy: Ledger) -> None:
    receipt = busy.record(handover("lan", "Hoa"))
    view = busy.view(DAY)

    names = ("vnfr", "c", "i", "far")
    assert receipt.passed_on == names
    assert str(receipt).splitlines()[-4:] == [f"passes on: {name}" for name in names]
    assert [view.commitment(name).responsible for name in ("c", "minhs", "done", "far")] == [
        "Hoa",
        "Minh",
        "Lan",
        "Hoa",
    ]
    assert busy.view("2020-04-30").commitment("c").responsible == "Lan"


def test_a_dry_run_tells_what_would_pass_on(busy: Ledger) -> None:
    receipt = busy.record(handover("Lan", "Hoa"), dry_run=True)

    names = ("vnfr", "c", "i", "far")
    assert receipt.passed_on == names
    assert busy.view(DAY).commitment("c").responsible == "Lan"


def test_a_handover_that_is_sent_again_tells_the_same(busy: Ledger) -> None:
    act = events.ResponsibilityAssigned(id="over", in_place_of="Lan", to="Hoa", when="2020-05-01")
    receipt = busy.record(act)
    busy.record(handover("Hoa", "Vy", when="2020-06-01"))

    again = busy.record(act)

    assert again.replayed
    assert again.passed_on == receipt.passed_on != ()


def test_what_came_by_a_handover_passes_on_by_the_next(busy: Ledger) -> None:
    busy.record(handover("Lan", "Hoa"))

    assert busy.record(handover("Hoa", "Vy", when="2020-06-01")).passed_on == (
        *("vnfr", "c", "i", "far"),
    )
    assert busy.view(DAY).commitment("far").responsible == "Vy"
    assert busy.view("2020-05-31").commitment("far").responsible == "Hoa"


def test_what_is_put_there_later_does_not_pass_on(busy: Ledger) -> None:
    busy.record(handover("Lan", "Hoa"), given_to("Lan", when="2020-06-01", subject="c"))

    assert busy.view(DAY).commitment("c").responsible == "Lan"


def test_a_registration_without_a_date_speaks_of_the_day_of_its_recording(busy: Ledger) -> None:
    busy.record(handover("Lan", "Hoa"))
    busy.record(
        events.InstrumentRegistered(
            instrument="new", partnership="vncu", kind="mou", responsible="Lan"
        )
    )

    assert busy.view(DAY).instrument("new").responsible == "Lan"


def test_nothing_passes_on_from_who_has_nothing(busy: Ledger) -> None:
    receipt = busy.record(handover("Nobody", "Hoa"))

    assert receipt.passed_on == ()
    assert str(receipt).endswith("\npasses on: nothing")
    assert busy.record(reminder("c")).passed_on is None


def test_only_what_is_in_these_hands_is_folded_for_the_receipt(
    busy: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls(monkeypatch, commitments, "context_of")
    busy.record(handover("Minh", "Hoa"))

    assert calls.count <= 4


def test_a_comparison_names_the_handover(busy: Ledger) -> None:
    before = busy.view(DAY)
    busy.record(handover("Lan", "Hoa", id="handed"))
    changes = [each for each in before.compare(busy.view(DAY)) if each.id == "far"]

    assert [(each.field, each.new, each.because_of) for each in changes] == [
        ("responsible", "Hoa", ("handed",))
    ]


def test_an_explanation_says_who_sees_to_it_and_who_was_asked() -> None:
    ledger = office(
        promise(responsible="Lan"),
        reminder("c", when="2020-02-01"),
        reminder("c", ask_again="2020-09-01"),
    )
    why = ledger.view(DAY).explain("c")

    assert "asked 2 times, last on 2020-03-01" in why.sentence
    assert "ask again on 2020-09-01" in why.sentence
    assert "responsible: Lan" in why.sentence
