"""Dependents of a thing, and the effects of a cancellation."""

import pytest

from coopledger import Ledger, View, events
from coopledger.errors import UnknownIdError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from tests.builders import Clock, build_event, office, store_unchecked

CLOCK = Clock()
DAY = "2020-06-15"


def promise(name: str, **fields: object) -> Event:
    basis = {"partnership": "vnfr", "debtors": "vn", "creditors": "fr", "what": "a"}
    return build_event(
        events.CommitmentMade, {"commitment": name, "when": "2020-01-01", **basis, **fields}
    )


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return a committee to come with its promises, and an agreement with its dependents."""
    ledger = office(
        events.InstrumentRegistered(
            id="r", instrument="treaty", partnership="vnfr", kind="treaty", state="in_force"
        ),
        events.InstrumentRegistered(
            id="p", instrument="plan", partnership="vnfr", kind="action_plan", implements="treaty"
        ),
        events.ProposalMade(
            id="a",
            proposal="asked",
            partnership="vnfr",
            instrument="plan",
            by="vn",
            text="a",
            when="2020-02-01",
        ),
        events.MeetingScheduled(
            id="m",
            meeting="jcm",
            kind="talks",
            partnership="vnfr",
            planned="2020",
            when="2020-01-01",
        ),
        events.MeetingScheduled(
            id="i",
            meeting="inner",
            kind="talks",
            partnership="vnfr",
            within="jcm",
            when="2020-01-01",
        ),
        promise("bound", id="b", due_meeting="jcm"),
        promise("waits", id="w", depends_on=["bound", "asked"]),
        promise("dated", id="d", depends_on="bound", due="2021"),
        promise("under", id="u", under="treaty"),
        promise("outlives", id="o", under="treaty", survives=True),
        events.PartnershipOpened(
            id="c", partnership="child", parties=["most", "mesr"], parent="vnfr"
        ),
        clock=CLOCK,
    )
    CLOCK.set("2030-02-01")
    ledger.record(
        promise("late", id="l", due_meeting="inner", when="2020-09-01", effective="2020-06-01")
    )
    return ledger


def rows(view: View, id: str) -> list[tuple[str, str, str, int]]:
    return [(item.id, item.tie, item.hangs_on, item.steps) for item in view.dependents(id)]


def test_what_hangs_on_a_meeting_is_told_with_how_it_does(ledger: Ledger) -> None:
    assert rows(ledger.view(DAY), "jcm") == [
        ("inner", "within", "jcm", 1),
        ("bound", "due_meeting", "jcm", 1),
        ("late", "due_meeting", "inner", 2),
        ("waits", "depends_on", "bound", 2),
        ("dated", "depends_on", "bound", 2),
    ]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("asked", [("waits", "depends_on", "asked", 1)]),
        (
            "treaty",
            [
                ("plan", "implements", "treaty", 1),
                ("under", "under", "treaty", 1),
                ("outlives", "under", "treaty", 1),
                ("asked", "instrument", "plan", 2),
                ("waits", "depends_on", "asked", 3),
            ],
        ),
        ("vnfr", [("child", "parent", "vnfr", 1)]),
        ("dated", []),
    ],
)
def test_what_hangs_on_other_things(
    ledger: Ledger, id: str, expected: list[tuple[str, str, str, int]]
) -> None:
    assert rows(ledger.view(DAY), id) == expected


def test_what_is_not_known_yet_or_reaches_back_does_not_hang_on_it(ledger: Ledger) -> None:
    assert "late" not in [id for id, *_ in rows(ledger.view(DAY, known_at="2030-01-31"), "jcm")]
    assert "late" not in [id for id, *_ in rows(ledger.view(DAY, hindsight=False), "jcm")]
    assert rows(ledger.view(DAY, known_at="2000-01-01"), "jcm") == []
    assert [item.id for item in ledger.view("2019-12-31").dependents("treaty")] == ["plan"]


def test_if_it_is_cancelled_the_rules_say_what_becomes_of_the_rest(ledger: Ledger) -> None:
    view = ledger.view(DAY)

    def changes(id: str) -> list[tuple[str, str, str]]:
        return [
            (
                item.id,
                " ".join((item.status, *item.flags)),
                " ".join((item.status_if_cancelled, *item.flags_if_cancelled)),
            )
            for item in view.dependents(id)
            if item.is_affected
        ]

    assert changes("jcm") == [("bound", "blocked", "blocked anchor_cancelled")]
    assert changes("bound") == [("dated", "pending dependency_open", "pending")]
    assert changes("asked") == []
    assert changes("treaty") == [("under", "pending undated", "expired")]
    assert changes("plan") == []
    assert changes("vnfr") == []


def test_asking_what_if_changes_nothing(ledger: Ledger) -> None:
    view, before = ledger.view(DAY), ledger.position
    view.dependents("jcm")

    assert view.meeting("jcm").status == "scheduled"
    assert view.commitment("bound").flags == ()
    assert ledger.position == before
    assert ledger.view(DAY, known_at="2030-01-31").dependents("jcm")[1].flags_if_cancelled == (
        "anchor_cancelled",
    )


def test_what_was_never_in_effect_is_given_up_and_not_terminated() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.NegotiationOpened(instrument="mou", when="2020-01-01"),
        promise("under", under="mou"),
    )

    assert [item.status_if_cancelled for item in ledger.view(DAY).dependents("mou")] == ["expired"]


def test_what_is_over_already_takes_nothing_with_it() -> None:
    ledger = office(
        events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when="2020-03-01"),
        promise("bound", due_meeting="m"),
    )

    assert [item.is_affected for item in ledger.view(DAY).dependents("m")] == [False]


def test_a_later_word_unties_what_was_said_before() -> None:
    ledger = office(
        events.MeetingHeld(meeting="a", kind="visit", partnership="vnfr", when="2020-03-01"),
        events.MeetingHeld(meeting="b", kind="visit", partnership="vnfr", when="2020-03-01"),
        events.MeetingScheduled(
            meeting="m", kind="talks", partnership="vnfr", within="a", when="2020-01-01"
        ),
        events.MeetingHeld(meeting="m", within="b", when="2020-03-01"),
    )

    assert rows(ledger.view(DAY), "a") == []
    assert rows(ledger.view(DAY), "b") == [("m", "within", "b", 1)]


def test_things_that_hang_on_each_other_are_told_once() -> None:
    store = MemoryStore()
    ledger = office(promise("one", id="one"), promise("two", depends_on="one"), store=store)
    circle = {"depends_on": ["two"]}
    store_unchecked(
        store, events.EventCorrected(id="k", target="one", changes=circle, reason="a slip")
    )

    assert [str(each) for each in ledger.check()[:1]] == [
        "E613 'one' at 9: CommitmentMade: depends_on: 'two' waits for 'one'"
    ]
    assert rows(ledger.view(DAY), "one") == [("two", "depends_on", "one", 1)]
    assert rows(ledger.view(DAY), "two") == [("one", "depends_on", "two", 1)]


def test_a_dependent_names_what_ties_it_and_what_decided_its_status(ledger: Ledger) -> None:
    inner, bound, late, *_ = ledger.view(DAY).dependents("jcm")

    assert (bound.decided_by, bound.certain) == (("b",), True)
    assert late.decided_by == ("l",)
    assert str(bound) == (
        "bound: commitment due at jcm; blocked; if that is cancelled: blocked, anchor cancelled"
    )
    assert str(inner) == "inner: meeting within jcm; scheduled"


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("jcn", "E102 unknown id 'jcn'; did you mean 'jcm'?"),
        ("vn", "E102 'vn' is a party, which has no state"),
    ],
)
def test_what_nothing_can_hang_on_is_refused(ledger: Ledger, id: str, message: str) -> None:
    with pytest.raises(UnknownIdError) as refused:
        ledger.view().dependents(id)

    assert str(refused.value) == message


def test_what_was_put_off_hangs_on_the_meeting_to_which_it_was() -> None:
    meetings = (
        events.MeetingScheduled(
            meeting=name, kind="talks", partnership="vnfr", planned="2021", when="2020-01-01"
        )
        for name in ("first", "second")
    )
    ledger = office(
        *meetings,
        promise("bound", due_meeting="first"),
        events.CommitmentRescheduled(commitment="bound", due_meeting="second", when="2020-10-01"),
    )

    before, after = ledger.view("2020-09-30"), ledger.view("2020-12-31")
    assert [rows(view, "first") for view in (before, after)] == [
        [("bound", "due_meeting", "first", 1)],
        [],
    ]
    assert [rows(view, "second") for view in (before, after)] == [
        [],
        [("bound", "due_meeting", "second", 1)],
    ]
