"""Where sources disagree: disputed facts, declared states, and figures with themselves."""

import pytest

from coopledger import Ledger, View, events
from coopledger.answers import Conflict
from coopledger.errors import ArgumentError, UnknownIdError
from tests.builders import Clock, build_event, office

DAY = "2022-12-31"

SIGNED = events.InstrumentSigned(id="signed", instrument="mou", when="2020-01-15")
MOU = events.InstrumentRegistered(id="mou-1", instrument="mou", partnership="vnfr", kind="mou")


def disputed(name: str, field: str, says: int | str, **fields: object) -> events.FactDisputed:
    defaults = {"id": name, "target": "signed", "field": field, "alternative": says}
    return build_event(events.FactDisputed, {**defaults, **fields})


def declared(state: str, subject: str = "mou", when: str = "2021-06-30") -> events.StatusReported:
    return events.StatusReported(id="declared", subject=subject, state=state, when=when)


def only(view: View) -> Conflict:
    (conflict,) = view.conflicts()
    return conflict


# --- disputes


def test_every_alternative_to_a_field_is_listed_with_its_sources() -> None:
    conflict = only(
        office(
            MOU,
            SIGNED,
            disputed("later", "when", "2020-02-15", source="a paper"),
            disputed("earlier", "when", "2019-12-31"),
        ).view(DAY)
    )

    assert (conflict.kind, conflict.event, conflict.about, conflict.field) == (
        *("disputed", "signed", "mou", "when"),
    )
    assert conflict.holds == "2020-01-15"
    assert [(one.says, one.event) for one in conflict.alternatives] == [
        ("2020-02-15", "later"),
        ("2019-12-31", "earlier"),
    ]
    assert [source.title for source in conflict.alternatives[0].sources] == ["a paper"]
    assert conflict.decided_by == ("signed", "later", "earlier")
    assert conflict.certain


def test_each_field_of_an_event_is_a_conflict_of_its_own() -> None:
    view = office(
        MOU, SIGNED, disputed("d1", "until", "2025"), disputed("d2", "signers", "vn")
    ).view(DAY)

    assert [(one.field, one.holds) for one in view.conflicts()] == [
        ("until", None),
        ("signers", None),
    ]


def test_a_list_that_is_disputed_is_shown_with_commas() -> None:
    opened = office(disputed("d", "parties", "vn, cu", target="w7")).view(DAY)

    assert only(opened).holds == "vn, fr"


def test_small_values_that_are_disputed_are_shown_in_words() -> None:
    held = events.MeetingHeld(
        id="talks",
        meeting="talks",
        partnership="vnfr",
        kind="talks",
        when="2020-01-15",
        participants=["A minister", {"post": "Head", "party": "fr"}],
        place={"name": "Hanoi", "country": "VN"},
    )
    view = office(
        held,
        disputed("d1", "participants", "nobody", target="talks"),
        disputed("d2", "place", "Paris", target="talks"),
    ).view(DAY)

    assert [one.holds for one in view.conflicts()] == ["A minister, Head, fr", "Hanoi, VN"]


def test_an_alternative_that_a_correction_adopted_stays_listed() -> None:
    conflict = only(
        office(
            MOU,
            SIGNED,
            disputed("d", "when", "2020-02-15"),
            events.EventCorrected(target="signed", changes={"when": "2020-02-15"}, reason="seen"),
        ).view(DAY)
    )

    assert conflict.holds == "2020-02-15"
    assert [one.adopted for one in conflict.alternatives] == [True]


def test_a_number_that_is_disputed_is_compared_as_it_is_written() -> None:
    claim = events.FigureReported(
        id="claim", figure="f", measure="projects", value=7, period="2019", when="2020"
    )
    conflict = only(office(claim, disputed("d", "value", 7, target="claim")).view(DAY))

    assert (conflict.holds, conflict.alternatives[0].says, conflict.alternatives[0].adopted) == (
        *("7", "7", True),
    )
    assert not conflict.certain


@pytest.mark.parametrize("gone", ["signed", "d"])
def test_what_was_retracted_is_no_conflict(gone: str) -> None:
    retracted = events.EventRetracted(target=gone, reason="a mistake")

    assert (
        office(MOU, SIGNED, disputed("d", "when", "2020-02-15"), retracted).view(DAY).conflicts()
        == ()
    )


# --- declared states


@pytest.mark.parametrize("state", ["in force", "In_Force", "IN  FORCE", "in-force"])
def test_a_declared_state_that_is_the_derived_one_is_no_conflict(state: str) -> None:
    assert office(MOU, SIGNED, declared(state)).view(DAY).conflicts() == ()


def test_a_declared_state_is_held_against_the_one_derived() -> None:
    conflict = only(office(MOU, SIGNED, declared("terminated")).view(DAY))

    assert (conflict.kind, conflict.event, conflict.about, conflict.field, conflict.holds) == (
        *("declared", "declared", "mou", "state", "in_force"),
    )
    assert [(one.says, one.event, one.adopted) for one in conflict.alternatives] == [
        ("terminated", "declared", False)
    ]
    assert conflict.decided_by == ("signed", "declared")


def test_a_declared_state_is_held_against_the_day_of_the_report() -> None:
    ended = events.InstrumentTerminated(instrument="mou", when="2022-01-01")

    assert office(MOU, SIGNED, ended, declared("in force")).view(DAY).conflicts() == ()


@pytest.mark.parametrize(
    ("subject", "state", "derived"),
    [
        ("vnfr", "lapsed", "active"),
        ("mou", "expired", "in_force"),
        ("asked", "declined", "open"),
        ("owed", "due soon", "pending"),
        ("talks", "cancelled", "held"),
    ],
)
def test_whatever_has_a_state_may_be_declared_otherwise(
    subject: str, state: str, derived: str
) -> None:
    view = office(
        MOU,
        SIGNED,
        events.ProposalMade(
            proposal="asked", partnership="vnfr", by="vn", text="a", when="2021-01-01"
        ),
        events.CommitmentMade(
            commitment="owed",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2021-01-01",
        ),
        events.MeetingHeld(meeting="talks", partnership="vnfr", kind="talks", when="2021-01-01"),
        declared(state, subject),
    ).view(DAY)

    assert only(view).holds == derived
    assert view.partnership("vnfr").flags == ("conflicts",)
    assert "declared" in view.partnership("vnfr").decided_by


@pytest.mark.parametrize("state", ["going well", "in force", "held"])
def test_words_that_the_ledger_does_not_use_for_such_a_thing_are_not_compared(state: str) -> None:
    ledger = office(MOU, SIGNED, declared(state, "vnfr"))

    (listed,) = ledger.view(DAY).conflicts()
    assert (listed.kind, listed.field, listed.holds) == ("unknown", "state", "active")
    assert [each.says for each in listed.alternatives] == [state]
    assert listed.decided_by == ("signed", "declared")
    assert ledger.view("2021-06-30").partnership("vnfr").flags == ()
    assert [finding for finding in ledger.check(on=DAY) if finding.code == "C701"] == []


@pytest.mark.parametrize("subject", ["mou", "vnfr"])
def test_a_word_of_conduct_is_compared_with_the_conduct(subject: str) -> None:
    ledger = office(MOU, SIGNED, declared("under way", subject))

    assert only(ledger.view(DAY)).holds == "not_begun"
    assert ledger.view("2021-06-30").partnership("vnfr").flags == ("conflicts",)
    assert only(office(MOU, declared("At rest", subject)).view(DAY)).holds == "none"
    assert office(MOU, SIGNED, declared("not begun", subject)).view(DAY).conflicts() == ()


def test_a_declared_state_is_a_conflict_from_the_day_of_the_report() -> None:
    ledger = office(MOU, SIGNED, declared("terminated"))

    assert ledger.view("2021-06-29").partnership("vnfr").flags == ()
    assert ledger.view("2021-06-30").partnership("vnfr").flags == ("conflicts",)


def test_what_has_no_state_cannot_be_declared_otherwise() -> None:
    assert office(declared("dissolved", "fr")).view(DAY).conflicts() == ()


# --- figures


def test_a_figure_that_does_not_agree_with_itself_is_a_conflict() -> None:
    claim = events.FigureReported(
        id="claim",
        figure="sessions",
        measure="committee sessions",
        value=2,
        period="2019",
        partners=["LA", "KR", "MN"],
        when="2020-04-22",
        source="a paper",
    )
    conflict = only(office(claim).view(DAY))

    assert (conflict.kind, conflict.about, conflict.field, conflict.holds) == (
        *("claimed", "sessions", "value", "2"),
    )
    assert [one.says for one in conflict.alternatives] == ["3 named: LA, KR, MN"]
    assert conflict.decided_by == ("claim",)


def claim(name: str, value: int, **fields: object) -> events.FigureReported:
    defaults = {"measure": "documents signed", "period": "2019", "when": "2020-04-22"}
    return build_event(
        events.FigureReported, {"id": name, "figure": name, "value": value, **defaults, **fields}
    )


def test_two_figures_of_the_same_measure_and_period_disagree() -> None:
    conflict = only(
        office(
            claim("paper", 7),
            claim("same", 7),
            claim("ministry", 9, measure="Signed documents"),
            claim("of-2018", 5, period="2018"),
            claim("of-france", 3, partnership="vnfr"),
            claim("of-treaties", 1, kinds="treaty"),
            claim("with-cuba", 2, partners="CU"),
            claim("with-both", 3, partners=["Cuba", "France"]),
        ).view(DAY)
    )

    assert (conflict.kind, conflict.about, conflict.holds) == ("claimed", "paper", "7")
    assert [(one.says, one.event) for one in conflict.alternatives] == [("9", "ministry")]
    assert conflict.decided_by == ("paper", "ministry")


def test_conflicts_come_in_the_log_order_of_what_is_in_question() -> None:
    view = office(claim("paper", 7), MOU, SIGNED, declared("expired"), claim("ministry", 9)).view(
        DAY
    )

    assert [one.event for one in view.conflicts()] == ["paper", "declared"]
    assert [one.event for one in view.conflicts("ministry")] == ["paper"]


# --- which, when, as known when


EVENTS = (
    MOU,
    SIGNED,
    disputed("d1", "when", "2020-02-15"),
    disputed("d2", "until", "2025"),
    declared("signed"),
)


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (None, ["when", "until", "state"]),
        ("signed", ["when", "until"]),
        ("d1", ["when"]),
        ("d2", ["until"]),
        ("declared", ["state"]),
        ("mou-1", []),
    ],
)
def test_the_conflicts_of_one_event_are_those_that_it_takes_part_in(
    event: str | None, fields: list[str]
) -> None:
    assert [one.field for one in office(*EVENTS).view(DAY).conflicts(event)] == fields


def test_a_conflict_is_told_once_what_is_in_question_counts() -> None:
    ledger = office(MOU, SIGNED, disputed("d", "when", "2020-02-15"))

    assert ledger.view("2020-01-14").conflicts() == ()
    assert len(ledger.view("2020-01-15").conflicts()) == 1


def test_a_dispute_with_a_date_counts_from_that_day_and_so_does_the_flag() -> None:
    ledger = office(MOU, SIGNED, disputed("d", "when", "2020-02-15", when="2021-01-01"))

    for day, expected in (("2020-12-31", False), ("2021-01-01", True)):
        view = ledger.view(day)
        assert bool(view.conflicts()) is expected
        assert ("conflicts" in view.partnership("vnfr").flags) is expected


@pytest.fixture(name="learning", scope="module")
def _learning() -> Ledger:
    """Return a ledger recorded in 2020, disputed in 2021, corrected in 2022."""
    clock = Clock()
    clock.set("2020-05-01")
    ledger = office(MOU, SIGNED, clock=clock)
    clock.set("2021-05-01")
    ledger.record(disputed("d", "when", "2020-02-15"))
    clock.set("2022-05-01")
    ledger.record(
        events.EventCorrected(target="signed", changes={"when": "2020-02-15"}, reason="seen")
    )
    return ledger


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        ("2020-12-31", []),
        ("2021-12-31", [("2020-01-15", False)]),
        ("2022-12-31", [("2020-02-15", True)]),
    ],
)
def test_a_conflict_is_told_as_it_was_known(
    learning: Ledger, known_at: str, expected: list[tuple[str, bool]]
) -> None:
    conflicts = learning.view(DAY, known_at=known_at).conflicts("signed")

    assert [(one.holds, one.alternatives[0].adopted) for one in conflicts] == expected


def test_without_hindsight_a_report_that_reaches_back_is_not_told() -> None:
    reports = events.StatusReported(
        id="r", subject="mou", state="expired", when="2022-01-01", effective="2021-01-01"
    )
    ledger = office(MOU, SIGNED, reports)

    assert len(ledger.view("2021-06-15").conflicts()) == 1
    assert ledger.view("2021-06-15", hindsight=False).conflicts() == ()


def test_a_conflict_prints_on_one_line() -> None:
    view = office(
        *EVENTS,
        events.EventCorrected(target="signed", changes={"until": "2025"}, reason="seen"),
    ).view(DAY)

    assert list(map(str, view.conflicts())) == [
        "mou (signed): disputed; when 2020-01-15; but 2020-02-15 (d1)",
        "mou (signed): disputed; until 2025; but 2025 (d2, adopted)",
        "mou (declared): declared; state in_force; but signed (declared)",
    ]


def test_an_event_that_is_not_known_is_refused_with_the_nearest() -> None:
    view = office(*EVENTS).view(DAY)

    with pytest.raises(
        UnknownIdError, match=r"^E102 unknown event 'signet'; did you mean 'signed'"
    ):
        view.conflicts("signet")
    with pytest.raises(UnknownIdError, match=r"^E102 'mou' is an instrument, and no event$"):
        view.conflicts("mou")
    with pytest.raises(ArgumentError, match=r"^event_id=7 "):
        view.conflicts(7)  # type: ignore[arg-type]


def test_an_event_recorded_later_or_retracted_is_in_no_conflict(learning: Ledger) -> None:
    ledger = office(MOU, SIGNED, events.EventRetracted(target="signed", reason="a mistake"))

    assert ledger.view(DAY).conflicts("signed") == ()
    assert learning.view(DAY, known_at="2020-12-31").conflicts("d") == ()
