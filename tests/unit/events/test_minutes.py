"""Minutes of a meeting, and the events that they become."""

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest

from coopledger import Ledger, events
from coopledger.errors import RefusedError
from coopledger.events import Event

TALKS: dict[str, Any] = {
    "meeting": "hanoi-2022",
    "partnership": "P",
    "kind": "talks",
    "when": "2022-08-16",
    "source": "minutes",
    "recorded_by": "desk 2",
}
MEETING = cast(Callable[..., tuple[Event, ...]], events.meeting)  # Takes what people write.
SHARED: dict[str, Any] = {
    "when": "2022-08-16",
    "source": "minutes",
    "recorded_by": "desk 2",
    "at_meeting": "hanoi-2022",
}


def _said(**lists: object) -> tuple[Event, ...]:
    return MEETING(**TALKS, **lists)[1:]


def _twice(noun: str, end: str) -> dict[str, Any]:
    """Return the id that a thing and its event have alike."""
    return dict.fromkeys(("id", noun), f"hanoi-2022/{end}")


def _refused(**minutes: object) -> list[str]:
    with pytest.raises(RefusedError) as refusal:
        MEETING(**minutes)
    return [str(finding) for finding in refusal.value.findings]


def test_a_meeting_alone_is_one_event() -> None:
    (held,) = MEETING(**TALKS, topics=["patents"], place="Hanoi")

    assert held == events.MeetingHeld(
        id="hanoi-2022/held", **TALKS, topics=["patents"], place="Hanoi"
    )


def test_each_list_gives_events_of_its_sort_with_what_the_meeting_says() -> None:
    shared: dict[str, Any] = SHARED | {"partnership": "P"}
    sides: dict[str, Any] = {"debtors": ("A", "B"), "creditors": ("A", "B")}

    assert _said(
        parties=["A", "B"],
        wishes=[{"by": "A", "text": "visits"}, {"by": "B", "text": "a fair"}],
        proposals=[{"by": "B", "text": "a text"}],
        agreed=["meet each year"],
        commitments=[{"debtors": "B", "creditors": "A", "what": "a list", "due": "2022"}],
        signed=["LOI"],
        next="2023-03",
    ) == (
        events.InterestExpressed(**_twice("proposal", "w1"), by="A", text="visits", **shared),
        events.InterestExpressed(**_twice("proposal", "w2"), by="B", text="a fair", **shared),
        events.ProposalMade(**_twice("proposal", "p1"), by="B", text="a text", **shared),
        events.CommitmentMade(
            **_twice("commitment", "a1"),
            what="meet each year",
            firmness="agreed",
            **sides,
            **shared,
        ),
        events.CommitmentMade(
            **_twice("commitment", "c1"),
            debtors="B",
            creditors="A",
            what="a list",
            due="2022",
            **shared,
        ),
        events.InstrumentSigned(id="hanoi-2022/i1", instrument="LOI", **SHARED),
        events.MeetingScheduled(
            **_twice("meeting", "next"), kind="talks", planned="2023-03", **shared
        ),
    )


def test_what_an_item_says_itself_comes_first() -> None:
    own = {"id": "e", "proposal": "w", "by": "A", "when": "2022-08-17", "source": "news"}
    (wish,) = _said(wishes=own)

    assert isinstance(wish, events.InterestExpressed)
    assert (wish.id, wish.proposal) == ("e", "w")
    assert (str(wish.when), wish.source[0].title) == ("2022-08-17", "news")


def test_a_text_with_a_kind_is_registered_before_anybody_speaks_of_it() -> None:
    kinds = [
        type(event).__name__
        for event in _said(
            wishes={"by": "A", "text": "a programme", "instrument": "V", "kind": "programme"},
            signed={"instrument": "MOU", "kind": "mou", "title": "MoU", "until": "2025"},
        )
    ]

    assert kinds == [
        "InstrumentRegistered",
        "InstrumentRegistered",
        "InterestExpressed",
        "InstrumentSigned",
    ]


def test_fields_of_a_new_text_are_told_apart() -> None:
    registered, signed = _said(
        signed={"instrument": "M", "kind": "mou", "parties": ["A", "B"], "until": "2025"}
    )

    assert registered == events.InstrumentRegistered(
        id="hanoi-2022/i1/text",
        instrument="M",
        kind="mou",
        parties=["A", "B"],
        partnership="P",
        **SHARED,
    )
    assert signed == events.InstrumentSigned(
        id="hanoi-2022/i1", instrument="M", until="2025", **SHARED
    )


def test_a_new_text_without_an_id_gets_one() -> None:
    registered, signed = _said(signed={"kind": "loi"})

    assert isinstance(registered, events.InstrumentRegistered)
    assert isinstance(signed, events.InstrumentSigned)
    assert registered.instrument == signed.instrument == "hanoi-2022/i1"


def test_parties_are_those_that_the_participants_name() -> None:
    people = [
        {"person": "chair", "party": "B"},
        {"person": "head", "party": "A"},
        {"party": "B"},
        "a guest",
    ]
    (agreed,) = _said(participants=people, agreed="a programme")

    assert isinstance(agreed, events.CommitmentMade)
    assert agreed.debtors == agreed.creditors == ("B", "A")


def test_the_next_meeting_continues_the_series() -> None:
    (following,) = _said(series="joint", number=4, next={"host": "A", "meeting": "fifth"})

    assert following == events.MeetingScheduled(
        id="hanoi-2022/next",
        meeting="fifth",
        kind="talks",
        series="joint",
        number=5,
        host="A",
        partnership="P",
        **SHARED,
    )


def test_a_file_of_toml_says_the_same() -> None:
    written = """
        meeting = "hanoi-2022"
        partnership = "P"
        kind = "talks"
        when = 2022-08-16
        source = "minutes"
        recorded_by = "desk 2"
        next = 2023-03-01

        [[commitments]]
        debtors = "B"
        creditors = "A"
        what = "a list"
    """

    assert MEETING(**tomllib.loads(written)) == MEETING(
        **TALKS,
        commitments={"debtors": "B", "creditors": "A", "what": "a list"},
        next=date(2023, 3, 1),
    )


def test_a_faulty_meeting_is_told_alone() -> None:
    assert _refused(meeting="m", when="2022-08-32", wish=[], wishes=["x"]) == [
        "E103 MeetingHeld: 'wish' is no part of the minutes of a meeting; did you mean 'wishes'?",
        "E105 MeetingHeld: 'partnership' is missing: MeetingHeld needs it",
        (
            "E104 MeetingHeld: when: '2022-08-32' is not a date: there is no day 32, "
            "2022-08 ends on 2022-08-31"
        ),
    ]


def test_every_faulty_item_is_told_with_its_place() -> None:
    assert _refused(
        **TALKS,
        wishes=["a visit", {"by": "A", "txt": "a fair"}],
        agreed=[3, "meet again"],
        signed={"kind": "moo"},
        next=3,
        parties={"A"},
    ) == [
        "E106 MeetingHeld, parties: {'A'} has no order: give a list or a tuple",
        (
            "E106 InterestExpressed, wishes[0]: 'a visit' is no item: give a mapping of the "
            "fields of InterestExpressed"
        ),
        (
            "E103 InterestExpressed, wishes[1]: 'txt' is no field of InterestExpressed; did you "
            "mean 'text'?"
        ),
        (
            "E106 CommitmentMade, agreed[0]: 3 is no item: give a mapping of the fields of "
            "CommitmentMade, or 'what' alone"
        ),
        (
            "E105 CommitmentMade, agreed[1]: 'debtors' is missing: say who owes it to whom, or "
            "name the parties at the meeting"
        ),
        (
            "E106 InstrumentRegistered, signed[0]: kind: 'moo' is not one of treaty, agreement, "
            "protocol, mou, loi, statement, exchange_of_notes, minutes, action_plan, programme, "
            "project, membership, contract, other; did you mean 'mou'?"
        ),
        (
            "E106 MeetingScheduled, next: 3 is no item: give a mapping of the fields of "
            "MeetingScheduled, or 'planned' alone"
        ),
    ]


def _begun() -> Ledger:
    ledger = Ledger.in_memory()
    ledger.record(
        events.PartyRegistered(party="A", name="A", kind="centre"),
        events.PartyRegistered(party="B", name="B", kind="centre"),
        events.PartnershipOpened(partnership="P", parties=["A", "B"]),
    )
    return ledger


def test_minutes_are_recorded_once_and_corrected_by_the_ids_of_what_they_say() -> None:
    ledger = _begun()
    minutes = MEETING(**TALKS, wishes={"by": "A", "text": "a fare"})
    ledger.record(*minutes)

    assert ledger.record(*minutes).replayed
    with pytest.raises(RefusedError, match="E107"):
        ledger.record(*minutes, *MEETING(**TALKS, signed="LOI")[1:])
    ledger.record(
        events.EventCorrected(target="hanoi-2022/w1", changes={"text": "a fair"}, reason="a slip")
    )
    assert ledger.view().proposal("hanoi-2022/w1").text == "a fair"
    assert [str(each) for each in ledger.view().outcomes("hanoi-2022")] == [
        "2022-08-16: InterestExpressed hanoi-2022/w1; now open; A: a fair"
    ]


def test_minutes_are_recorded_whole_or_not_at_all() -> None:
    ledger = _begun()
    promise = {"debtors": "B", "creditors": "A", "what": "a list"}

    with pytest.raises(RefusedError, match="'X'"):
        ledger.record(*MEETING(**TALKS, commitments=[promise, promise | {"debtors": "X"}]))
    assert ledger.position == 3

    ledger.record(*MEETING(**TALKS, commitments=promise, agreed="a fair", parties="A B".split()))
    assert [str(item.id) for item in ledger.view().commitments()] == [
        "hanoi-2022/a1",
        "hanoi-2022/c1",
    ]
