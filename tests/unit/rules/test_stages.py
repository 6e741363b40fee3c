"""Stage of a partnership: the first of nine rules that matches, and the flags with it."""

from itertools import combinations

import pytest

from coopledger import events
from coopledger.events import Event, InstrumentRegistered
from tests.builders import office
from tests.unit.rules.instruments import registration, signature

DAY = "2020-06-15"


def stage(*acts: Event, day: str = DAY, partnership: str = "vnfr") -> str:
    return str(office(*acts).view(day).partnership(partnership).stage)


def text(name: str, *acts: Event, kind: str = "agreement") -> list[Event]:
    return [registration(kind, name=name), *acts]


def enter(name: str, when: str = "2010-01-01", *, until: str | None = None) -> Event:
    return events.InstrumentEnteredIntoForce(instrument=name, until=until, when=when)


MEETING = events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when="2009-01-01")
ENDED = text(
    "ended", enter("ended"), events.InstrumentTerminated(instrument="ended", when="2012-01-01")
)


def put(when: str = "2015-01-01", name: str = "p", instrument: str | None = None) -> Event:
    return events.ProposalMade(
        proposal=name, partnership="vnfr", by="vn", text="a", instrument=instrument, when=when
    )


# What makes each rule match; the rules are tried in this order.
RULES: dict[str, list[list[Event]]] = {
    "active": [
        text("a1", enter("a1")),
        text(
            "a2",
            events.InstrumentProvisionallyApplied(instrument="a2", when="2010-01-01"),
        ),
        text(
            "a3",
            enter("a3"),
            events.TerminationNotified(instrument="a3", by="vn", ends="2025", when="2019"),
        ),
    ],
    "suspended": [
        text("s1", enter("s1"), events.InstrumentSuspended(instrument="s1", when="2019"))
    ],
    "signed": [text("g1", signature("2019", name="g1"))],
    "negotiating": [
        text("n1", events.NegotiationOpened(instrument="n1", when="2019")),
        text("n2", events.NegotiationConcluded(instrument="n2", when="2019")),
        text("n3", events.InstrumentInitialled(instrument="n3", when="2019")),
    ],
    "lapsed": [text("l1", enter("l1", until="2015"))],
    "exploring": [
        text(
            "e1",
            events.InterestExpressed(
                proposal="w", partnership="vnfr", instrument="e1", by="fr", when="2019"
            ),
        ),
        [put("2019", "q")],
    ],
    "ended": [ENDED, [events.PartnershipClosed(partnership="vnfr", when="2012-01-01")]],
    "contact": [
        [MEETING],
        [events.InterestExpressed(proposal="bare", partnership="vnfr", by="fr", when="2019")],
        [events.StatementMade(partnership="vnfr", text="a", when="2009-01-01")],
        [put("2009", "d"), events.ProposalDeclined(proposal="d", by="fr", when="2010")],
    ],
    "none": [[]],
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_gives_its_stage(rule: str) -> None:
    assert [stage(*acts) for acts in RULES[rule]] == [rule] * len(RULES[rule])


@pytest.mark.parametrize(("first", "second"), list(combinations(RULES, 2)))
def test_the_first_rule_that_matches_wins(first: str, second: str) -> None:
    stages = {stage(*one, *other) for one in RULES[first] for other in RULES[second]}

    assert stages == {first}


def test_talks_on_its_own_renewal_leave_a_lapsed_partnership_lapsed() -> None:
    ledger = office(*RULES["lapsed"][0], events.NegotiationOpened(instrument="l1", when="2019"))
    answer = ledger.view(DAY).partnership("vnfr")

    assert answer.stage == "lapsed"
    assert "renegotiating" in answer.flags


@pytest.mark.parametrize(
    ("when", "expected"),
    [("2011-12-31", "ended"), ("2012-01-01", "ended"), ("2012-01-02", "exploring")],
)
def test_only_a_proposal_later_than_the_last_ending_is_exploring(when: str, expected: str) -> None:
    assert stage(*ENDED, put(when)) == expected


def test_a_bare_wish_after_the_ending_is_no_exploring() -> None:
    wish = events.InterestExpressed(proposal="w", partnership="vnfr", by="fr", when="2019")

    assert stage(*ENDED, wish) == "ended"


def test_a_partnership_that_was_closed_is_ended_even_without_instruments() -> None:
    closed = events.PartnershipClosed(partnership="vnfr", when="2019-01-01")

    assert stage(MEETING, closed, day="2018-12-31") == "contact"
    assert stage(MEETING, closed, day="2019-01-01") == "ended"


NO_CONTACT: list[Event] = [
    registration(),
    events.FigureReported(
        figure="f", measure="a", value=7, period="2019", partnership="vnfr", when="2019"
    ),
    events.NoteAdded(subject="vnfr", text="a"),
    events.StatusReported(subject="vnfr", state="excellent", when="2019"),
]


@pytest.mark.parametrize("event", NO_CONTACT, ids=lambda event: type(event).__name__)
def test_registrations_and_figures_alone_are_no_contact(event: Event) -> None:
    assert stage(event) == "none"


def test_children_do_not_lift_their_parent() -> None:
    child = events.PartnershipOpened(partnership="child", parties=["most", "mesr"], parent="vnfr")
    agreed = InstrumentRegistered(instrument="x", partnership="child", kind="mou", state="in_force")

    assert stage(child, agreed, partnership="child") == "active"
    assert stage(child, agreed) == "none"


def test_all_instruments_are_listed_beside_the_stage() -> None:
    ledger = office(*RULES["active"][0], *RULES["negotiating"][1])
    answer = ledger.view(DAY).partnership("vnfr")

    assert answer.stage == "active"
    assert [(item.id, str(item.state)) for item in answer.instruments] == [
        ("a1", "in_force"),
        ("n2", "agreed"),
    ]


def test_the_stage_history_lists_every_change_with_its_day_and_its_event() -> None:
    ledger = office(
        events.MeetingHeld(
            id="m", meeting="m", kind="talks", partnership="vnfr", when="2009-01-01"
        ),
        registration("agreement"),
        events.NegotiationOpened(id="n", instrument="x", when="2009-06-01"),
        events.InstrumentSigned(id="s", instrument="x", when="2009-09-01"),
        events.InstrumentEnteredIntoForce(
            id="f", instrument="x", until="2014-12-31", when="2010-01-01"
        ),
        put("2019-01-01"),
    )
    history = ledger.view(DAY).stage_history("vnfr")

    assert [(str(item.day), str(item.stage), item.decided_by) for item in history] == [
        ("2009-01-01", "contact", ("m",)),
        ("2009-06-01", "negotiating", ("n",)),
        ("2009-09-01", "signed", ("s",)),
        ("2010-01-01", "active", ("f",)),
        ("2015-01-01", "lapsed", ("f",)),
    ]
    assert len(ledger.view("2009-06-30").stage_history("vnfr")) == 2


def test_a_stage_since_a_fuzzy_day_is_not_certain_whatever_decides_it_later() -> None:
    ledger = office(
        registration("mou", name="old"),
        events.InstrumentSigned(id="s", instrument="old", when="2001"),
        registration("agreement", name="new"),
        events.InstrumentEnteredIntoForce(id="f", instrument="new", when="2010-01-01"),
    )
    answer = ledger.view(DAY).partnership("vnfr")

    assert (str(answer.since), answer.certain) == ("2001-12-31", False)
    assert answer.decided_by == ("s", "f")


@pytest.mark.parametrize("names", [("treaty", "annex"), ("annex", "treaty")])
def test_a_stage_by_one_event_rests_on_it_whichever_text_is_left(names: tuple[str, str]) -> None:
    ledger = office(
        *(
            InstrumentRegistered(
                id=name, instrument=name, partnership="vnfr", kind="mou", state="in_force"
            )
            for name in names
        ),
        events.EventCorrected(target="annex", changes={"ends_with": "treaty"}, reason="a"),
        events.InstrumentSuspended(id="s", instrument="treaty", when="2013-01-23"),
        events.InstrumentTerminated(instrument="annex", when="2013-11-07"),
    )
    answer = ledger.view("2014-01-01").partnership("vnfr")

    assert (answer.stage, str(answer.since)) == ("suspended", "2013-01-23")
    assert answer.decided_by == ("s",)


# --- dormancy

MADE = events.CommitmentMade(
    commitment="c",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="a",
    conditions=["money"],
    when="2010-01-01",
)
PUT = put("2010-01-01")
OLD = [*text("x", enter("x")), MADE, PUT]

ACTIVE: list[Event] = [
    events.MeetingScheduled(meeting="m", kind="talks", partnership="vnfr", when="2018-06-16"),
    events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when="2018-06-16"),
    events.InterestExpressed(proposal="w", partnership="vnfr", by="vn", when="2018-06-16"),
    put("2018-06-16", "q"),
    events.ProposalAcknowledged(proposal="p", by="fr", when="2018-06-16"),
    events.ProposalDeclined(proposal="p", by="fr", when="2018-06-16"),
    events.NegotiationOpened(instrument="x", when="2018-06-16"),
    events.InstrumentAmended(instrument="x", when="2018-06-16"),
    events.InstrumentApproved(instrument="x", by="vn", when="2018-06-16"),
    events.TerminationNotified(instrument="x", by="vn", ends="2025", when="2018-06-16"),
    events.ConditionMet(commitment="c", condition="money", when="2018-06-16"),
    events.ConditionFailed(commitment="c", condition="money", when="2018-06-16"),
    events.CommitmentProgressed(commitment="c", when="2018-06-16"),
    events.CommitmentFulfilled(commitment="c", when="2018-06-16"),
    events.MilestoneReached(name="a", partnership="vnfr", when="2018-06-16"),
    events.ImplementationReported(instrument="x", when="2018-06-16"),
    events.StatementMade(partnership="vnfr", text="a", when="2018-06-16"),
]
IDLE: list[Event] = [
    events.InstrumentRegistered(
        instrument="z", partnership="vnfr", kind="mou", state="in_force", when="2018-06-16"
    ),
    events.StatusReported(subject="x", state="fine", when="2018-06-16"),
    events.FigureReported(
        figure="f", measure="a", value=7, period="2018", partnership="vnfr", when="2018-06-16"
    ),
    events.NoteAdded(subject="vnfr", text="a", when="2018-06-16"),
    events.CommitmentMade(
        commitment="d",
        partnership="vnfr",
        debtors="vn",
        creditors="fr",
        what="a",
        when="2018-06-16",
    ),
]


@pytest.mark.parametrize("act", ACTIVE, ids=lambda event: type(event).__name__)
def test_whatever_the_parties_do_is_activity(act: Event) -> None:
    ledger = office(*OLD, act)

    assert str(ledger.view(DAY).partnership("vnfr").last_activity) == "2018-06-16"
    assert "dormant" not in ledger.view("2020-06-15").partnership("vnfr").flags
    assert "dormant" in ledger.view("2020-06-16").partnership("vnfr").flags


@pytest.mark.parametrize("event", IDLE, ids=lambda event: type(event).__name__)
def test_what_somebody_merely_writes_down_is_no_activity(event: Event) -> None:
    ledger = office(*OLD, event)

    assert str(ledger.view(DAY).partnership("vnfr").last_activity) == "2010-01-01"


def test_a_correction_or_another_source_is_no_activity() -> None:
    note = events.MeetingHeld(
        id="m", meeting="m", kind="talks", partnership="vnfr", when="2010-01-01"
    )
    ledger = office(
        note,
        events.EventCorrected(target="m", changes={"kind": "visit"}, reason="a", when="2018-06-16"),
        events.SourceAdded(target="m", source="a", when="2018-06-16"),
        events.FactDisputed(target="m", field="when", alternative="2011", when="2018-06-16"),
    )

    assert str(ledger.view(DAY).partnership("vnfr").last_activity) == "2010-01-01"
    assert ledger.view(DAY).partnership("vnfr").flags == ("conflicts", "dormant")


def test_a_partnership_that_never_had_any_activity_is_not_dormant() -> None:
    ledger = office(registration(state="in_force"))

    assert ledger.view(DAY).partnership("vnfr").last_activity is None
    assert "dormant" not in ledger.view(DAY).partnership("vnfr").flags


def test_nothing_after_the_day_asked_about_is_activity_on_it() -> None:
    ledger = office(MEETING, events.StatementMade(partnership="vnfr", text="a", when="2015"))

    assert str(ledger.view("2015-12-30").partnership("vnfr").last_activity) == "2009-01-01"
    assert str(ledger.view("2015-12-31").partnership("vnfr").last_activity) == "2015-12-31~"


@pytest.mark.parametrize(("days", "dormant"), [(10, True), (11, False), (0, True)])
def test_a_partnership_says_itself_after_how_many_days_it_is_dormant(
    days: int, *, dormant: bool
) -> None:
    ledger = office(
        events.PartnershipOpened(partnership="own", parties=["vn", "fr"], dormant_after=days),
        events.StatementMade(partnership="own", text="a", when="2020-06-04"),
    )

    assert ("dormant" in ledger.view(DAY).partnership("own").flags) is dormant


# --- flags


def test_the_flags_of_its_instruments_stand_beside_the_stage() -> None:
    ledger = office(
        *text(
            "a",
            enter("a"),
            events.TerminationNotified(
                instrument="a", by="vn", ends="2020-08-01", when="2020-02-01"
            ),
        ),
        *text("b", enter("b"), events.NegotiationOpened(instrument="b", when="2020-02-01")),
        *text("c", enter("c", until="2019"), kind="project"),
    )

    assert ledger.view(DAY).partnership("vnfr").flags == (
        "expiring",
        "overrun",
        "renegotiating",
        "terminating",
    )


def test_provisional_only_is_told_when_nothing_else_is_in_effect() -> None:
    applied = events.InstrumentProvisionallyApplied(instrument="a", when="2020-01-01")
    alone = office(*text("a", applied))
    both = office(*text("a", applied), *text("b", enter("b", "2020-01-01")))

    assert alone.view(DAY).partnership("vnfr").flags == ("provisional_only",)
    assert both.view(DAY).partnership("vnfr").flags == ()


def test_partnerships_pass_on_to_the_successor_of_a_party() -> None:
    ledger = office(events.PartySucceeded(party="fr", by=["mesr", "unesco"], when="2015-01-01"))

    assert ledger.view("2014-12-31").partnership("vnfr").parties == ("vn", "fr")
    assert ledger.view("2015-01-01").partnership("vnfr").parties == ("vn", "mesr", "unesco")
    assert [item.id for item in ledger.view("2015-01-01").partnerships(party="mesr")] == ["vnfr"]
