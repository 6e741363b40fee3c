"""Days of what is pending: which there are, how each stands, and what keeps it the same entry."""

import pytest

from coopledger import View, events
from coopledger.answers import Answers, CalendarEntry
from coopledger.events import Event
from coopledger.plain import as_table
from coopledger.terms import EntryKind
from coopledger.testing import Clock
from tests.builders import build_event, office

TODAY = "2022-06-15"
Told = list[tuple[str, str, str, str]]


def _view(*acts: Event, on: str = TODAY) -> View:
    return office(*acts, clock=Clock("2022-06-15")).view(on)


def _told(view: View, kind: str | None = None) -> Told:
    """Return the kind, the thing, the date and the state of each entry."""
    return [
        (each.kind.value, each.id, each.when.text, each.state.value)
        for each in view.calendar()
        if kind in {None, each.kind.value}
    ]


def _one(view: View) -> CalendarEntry:
    (entry,) = view.calendar()
    return entry


def _promise(name: str = "draft", **more: object) -> events.CommitmentMade:
    said: dict[str, object] = {
        "commitment": name,
        "partnership": "vnfr",
        "what": "send the draft",
        "debtors": "fr",
        "creditors": "vn",
        "when": "2022-01-10",
        "due": "2022-07",
    }
    return build_event(events.CommitmentMade, said | more)


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (events.NoteAdded(subject="draft", text="begun"), "open"),
        (events.CommitmentFulfilled(commitment="draft", when="2022-06-01"), "done"),
        (events.CommitmentCancelled(commitment="draft", when="2022-06-01", by="fr"), "cancelled"),
        (events.CommitmentReleased(commitment="draft", when="2022-06-01", by="vn"), "cancelled"),
    ],
    ids=["pending", "kept", "cancelled", "released"],
)
def test_a_promise_stands_on_the_last_day_of_its_due_date(act: Event, state: str) -> None:
    entry = _one(_view(_promise(), act))

    assert (entry.kind, str(entry.day), entry.state) == ("due", "2022-07-31", state)
    assert (entry.by, entry.to, entry.partnership) == (("fr",), ("vn",), "vnfr")


def test_a_promise_that_is_put_off_keeps_its_name_and_grows_in_number() -> None:
    ledger = office(_promise(id="made"), clock=Clock("2022-06-15"))
    before = _one(ledger.view())
    ledger.record(
        events.CommitmentRescheduled(
            id="off", commitment="draft", due="2022-10-05", when="2022-06-10"
        )
    )
    after = _one(ledger.view())
    ledger.record(events.EventRetracted(target="off", reason="another promise"))
    again = _one(ledger.view())

    assert before.uid == after.uid == again.uid
    assert [str(each.day) for each in (before, after, again)] == [
        *("2022-07-31", "2022-10-05", "2022-07-31")
    ]
    assert before.position < after.position < again.position == ledger.position
    assert before.recorded_us < after.recorded_us < again.recorded_us


def test_a_promise_that_loses_its_date_is_cancelled_on_the_first() -> None:
    off = events.CommitmentRescheduled(
        commitment="draft", due_text="in due time", when="2022-06-10"
    )

    assert _told(_view(_promise(), off)) == [("due", "draft", "2022-07", "cancelled")]


def test_each_date_of_what_recurs_is_an_entry_of_its_own() -> None:
    made = _promise(due="2022-03-31", recurs={"months": 3})
    view = _view(made, events.CommitmentFulfilled(commitment="draft", when="2022-04-02"))
    late = _view(made)

    assert _told(view) == [
        ("due", "draft", "2022-03-31", "done"),
        ("due", "draft", "2022-06-30", "open"),
    ]
    assert _told(late) == [
        ("due", "draft", "2022-03-31", "open"),
        ("due", "draft", "2022-06-30", "open"),
    ]
    assert [each.uid.split("@")[0] for each in view.calendar()] == [
        *("draft.due.2022-03-31", "draft.due.2022-06-30")
    ]
    assert [each.uid for each in view.calendar()] == [each.uid for each in late.calendar()]


def test_a_meeting_is_on_its_plan_and_then_on_its_day() -> None:
    plan = events.MeetingScheduled(
        when="2022-01-05",
        meeting="m1",
        partnership="vnfr",
        planned="2022-07-07/2022-07-14",
        kind="visit",
    )
    put_off = events.MeetingPostponed(meeting="m1", when="2022-06-02")
    anew = events.MeetingPostponed(meeting="m1", planned="2022-09-01", when="2022-06-02")
    held = events.MeetingHeld(kind="session", meeting="m1", partnership="vnfr", when="2022-06-10")
    off = events.MeetingCancelled(meeting="m1", when="2022-06-02")

    assert _told(_view(plan)) == [("meeting", "m1", "2022-07-07/2022-07-14", "open")]
    assert _told(_view(plan, anew)) == [("meeting", "m1", "2022-09-01", "open")]
    assert _told(_view(plan, put_off)) == [("meeting", "m1", "2022-07-07/2022-07-14", "cancelled")]
    assert _told(_view(plan, off)) == [("meeting", "m1", "2022-07-07/2022-07-14", "cancelled")]
    assert _told(_view(plan, held)) == [("meeting", "m1", "2022-06-10", "done")]


def test_a_session_waits_until_the_next_one_is_announced() -> None:
    first = events.MeetingHeld(
        kind="session",
        meeting="s1",
        partnership="vnfr",
        series="committee",
        number=1,
        when="2020-10-01",
        every_months=24,
    )
    second = events.MeetingScheduled(
        when="2022-01-05",
        meeting="s2",
        partnership="vnfr",
        series="committee",
        number=2,
        planned="2022-11-03",
        kind="visit",
    )
    session = ("session", "committee", "2022-10-01")

    assert _told(_view(first), "session") == [(*session, "open")]
    assert _told(_view(first, second), "session") == [(*session, "done")]


def test_a_proposal_asks_for_an_answer_by_a_day() -> None:
    put = events.ProposalMade(
        proposal="lab", partnership="vnfr", by="vn", text="a lab", when="2022-05", due="2022-08-01"
    )
    told = [("answer", "lab", "2022-08-01")]

    entry = _one(_view(put))
    assert (entry.by, entry.to) == (("fr",), ("vn",))
    for act, state in (
        (events.ProposalAcknowledged(proposal="lab", when="2022-06-01", by="fr"), "open"),
        (events.ProposalAccepted(proposal="lab", by="fr", when="2022-06-01"), "done"),
        (events.ProposalWithdrawn(proposal="lab", when="2022-06-01", by="vn"), "cancelled"),
    ):
        assert _told(_view(put, act)) == [(*each, state) for each in told]


def test_a_text_has_an_end_and_a_last_day_for_notice() -> None:
    text = (
        events.InstrumentRegistered(
            instrument="mou",
            partnership="vnfr",
            kind="mou",
            force="on_signature",
            renewal={"tacit": True, "years": 1, "notice_months": 3},
        ),
        events.InstrumentSigned(instrument="mou", when="2020-09-01", until="2022-08-31"),
    )
    end, notice = ("term_ends", "mou", "2022-08-31"), ("last_day_for_notice", "mou")
    decided = events.RenewalDecided(instrument="mou", decision="renew", when="2022-05-01", by="vn")
    over = events.InstrumentTerminated(instrument="mou", when="2022-05-02")

    assert (*end, "open") in _told(_view(*text, on="2022-05-15"))
    assert (*notice, "2022-05-31", "open") in _told(_view(*text, on="2022-05-15"))
    assert (*notice, "2022-05-31", "done") in _told(_view(*text, decided, on="2022-05-15"))
    assert (*notice, "2022-05-31", "open") in _told(_view(*text, on="2022-08-20"))
    assert _told(_view(*text, on="2022-09-05")) == [
        (*notice, "2023-05-31", "open"),
        ("term_ends", "mou", "2023-08-31", "open"),
    ]
    assert _told(_view(*text, over)) == [("term_ends", "mou", "2022-05-02", "done")]


def test_talks_that_were_broken_off_end_no_term() -> None:
    talks = events.NegotiationOpened(instrument="mou", when="2022-05-01")
    off = events.NegotiationBrokenOff(instrument="mou", when="2022-06-01")

    text = events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou")

    assert _told(_view(text, talks, off)) == []


def test_what_is_to_be_asked_again_is_done_once_it_was_asked() -> None:
    promise = _promise(due=None, due_text="in due time", ask_again="2022-06-20")
    asked = events.ReminderSent(subject="draft", when="2022-06-10", by="vn")

    assert _told(_view(promise)) == [("ask_again", "draft", "2022-06-20", "open")]
    assert _told(_view(promise, asked)) == [("ask_again", "draft", "2022-06-10", "done")]


def test_what_is_over_leaves_after_some_days_and_what_is_late_stays() -> None:
    kept = (
        _promise("old", due="2022-02-01"),
        events.CommitmentFulfilled(commitment="old", when="2022-02-01"),
        _promise("late", due="2022-02-01"),
        events.MeetingScheduled(
            when="2022-01-05", meeting="m1", partnership="vnfr", planned="2022-02-01", kind="visit"
        ),
    )
    view = _view(*kept)

    assert [each.id for each in view.calendar()] == ["late"]
    assert {each.id for each in view.calendar(past_days=140)} == {"old", "late", "m1"}


def test_a_date_without_a_last_day_and_an_empty_ledger_have_no_entry() -> None:
    assert _told(_view(_promise(due="2022-07/.."))) == []
    assert _told(office().view()) == []
    assert office().view(known_at="1990-01-01").calendar() == ()


def test_entries_of_two_ledgers_have_other_names_and_those_of_a_copy_the_same() -> None:
    here = office(_promise(), clock=Clock("2022-06-15"))
    elsewhere = office(_promise(), clock=Clock("2022-06-16"))
    odd = _one(_view(_promise("a b/c@d")))

    assert _one(here.view()).uid != _one(elsewhere.view()).uid
    assert _one(here.view("2022-06-20")).uid == _one(here.view()).uid
    assert odd.uid.startswith("a%20b%2Fc%40d.due@")


def test_the_filters_of_every_list_narrow_it() -> None:
    view = _view(_promise(), _promise("other", partnership="vncu", debtors="cu"))

    assert [each.id for each in view.calendar(partnership="vncu")] == ["other"]
    assert [each.id for each in view.calendar(party="fr")] == ["draft"]


def test_it_prints_as_a_table_and_becomes_one_of_arrow() -> None:
    entries: Answers[CalendarEntry] = _view(_promise()).calendar()

    assert str(entries).splitlines()[0] == "1 calendar entry"
    assert "2022-07-31  due   send the draft  France  Viet Nam  open" in str(entries)
    assert str(entries[0]) == "send the draft (draft): due 2022-07; open; by fr"
    assert as_table(entries).to_pylist()[0]["kind"] == EntryKind.DUE
