"""What grows with what: work is counted, since a clock would only tell of the machine."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import pytest

from coopledger import Ledger, _snapshot, events
from coopledger._contents import Contents
from coopledger._facts import visible
from coopledger._facts.facts import Facts
from coopledger._rules import commitment, instrument, meeting, party_acts, proposal
from coopledger._rules.participants import Participants
from coopledger._rules.parties import Parties
from coopledger._rules.party_case import PartyCase
from coopledger._snapshot import Snapshot
from coopledger._validation import circles, meetings, ties
from coopledger.answers.differences import MANY as TRIED
from coopledger.events import Event
from examples import history_paris_agreement
from tests.counting import Calls, Found, Seen

COUNT = 20
MANY = 100  # parties of one text


def _ledger(parties: int = 2) -> Ledger:
    """Return a ledger with so many parties in one partnership."""
    names = [f"p{number}" for number in range(parties)]
    ledger = Ledger.in_memory()
    ledger.record(
        *(events.PartyRegistered(party=name, name=name, kind="centre") for name in names),
        events.PartnershipOpened(partnership="all", parties=names),
    )
    return ledger


def signed_one_by_one(count: int) -> Ledger:
    """Record a text that each of its parties signs by itself."""
    ledger = _ledger(count)
    ledger.record(events.InstrumentRegistered(instrument="text", partnership="all", kind="mou"))
    for number in range(count):
        ledger.record(
            events.InstrumentSigned(instrument="text", when="2020-01-01", signers=f"p{number}")
        )
    return ledger


def is_linear(work: Callable[[int], object], calls: Calls, *, count: int = COUNT) -> bool:
    """Return whether twice as much of the work makes about twice as many calls, and so on."""
    small, twice, more = (calls.during(partial(work, count * size)) for size in (1, 2, 4))
    return 0 < twice <= 2.2 * small and more <= 2.2 * twice


def test_signatures_of_one_text_are_folded_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls(monkeypatch, instrument, "_apply").of(party_acts, "_signed_by")
    calls.of(Parties, "successors", "act_for_themselves", "_taken_over")

    assert is_linear(signed_one_by_one, calls)


def _acts_on_open_text(count: int) -> Iterator[Event]:
    """Yield what the parties of a text do: sign, ratify, leave; and that as many accede."""
    for number in range(count):
        yield events.InstrumentSigned(instrument="text", when="2020-01-01", signers=f"p{number}")
    for number in range(count):
        yield events.InstrumentRatified(instrument="text", when="2020-02-01", party=f"p{number}")
    yield events.InstrumentEnteredIntoForce(instrument="text", when="2020-03-02")
    for number in range(count):
        yield events.InstrumentAcceded(instrument="text", when="2020-04-01", party=f"q{number}")
    for number in range(count):
        yield events.TerminationNotified(
            instrument="text", when="2021-01-01", by=f"p{number}", ends="2022-01-01"
        )


def open_text(count: int) -> Ledger:
    """Record a text that is open for signature, and twice as many parties that may join it."""
    ledger = _ledger(count)
    ledger.record(
        *(
            events.PartyRegistered(party=f"q{number}", name=f"q{number}", kind="centre")
            for number in range(count)
        ),
        events.InstrumentRegistered(
            instrument="text",
            partnership="all",
            kind="treaty",
            open_for_signature=True,
            enters_after={"consents": COUNT, "days": 30},
        ),
    )
    return ledger


def of_parties(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Count what is done for one party of a text, or for one act on it."""
    calls = Calls(monkeypatch, instrument, "_apply").of(party_acts, "reckon_end")
    calls.of(Parties, "above", "standing_for", "_taken_over")
    return calls.of(Participants, "in_force_since", "change").of(PartyCase, "belongs_on")


def test_acts_of_many_parties_are_recorded_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    ledgers = {MANY * size: open_text(MANY * size) for size in (1, 2, 4)}

    def record(count: int) -> None:
        ledgers[count].record(*_acts_on_open_text(count))

    assert is_linear(record, of_parties(monkeypatch), count=MANY)


@pytest.mark.parametrize("day", ["2020-06-30", "2021-06-30", "2022-01-01"])
def test_many_parties_of_a_text_are_asked_about_once_each(
    day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledgers = {MANY * size: open_text(MANY * size) for size in (1, 2, 4)}
    for count, ledger in ledgers.items():
        ledger.record(*_acts_on_open_text(count))

    def ask(count: int) -> None:
        view = ledgers[count].view(day)
        assert len(view.instrument("text").in_force_for) == (count if day > "2022" else 2 * count)
        assert len(view.participations("text")) == 2 * count

    assert is_linear(ask, of_parties(monkeypatch), count=MANY)


def table_of(count: int) -> tuple[Ledger, list[Event]]:
    """Return a ledger, and what the first rows of a public table say, in the order of days."""
    table = history_paris_agreement
    rows = table.participants()[:count]
    ledger = Ledger.in_memory()
    ledger.record(*table.registrations(rows))
    acts = [*table.signatures(rows), *table.consents(rows), *table.entries(rows)]
    return ledger, sorted(acts, key=lambda act: str(act.when))


def test_a_public_table_is_replayed_once_for_each_of_its_acts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 198 participants of a convention: 48 rows of the table, then 96, then 192."""
    folds = Calls(monkeypatch, instrument, "_apply").of(Participants, "in_force_since", "change")
    folds.of(Parties, "above", "standing_for")
    tables = {count: table_of(count) for count in (48, 96, 192)}

    def ask(count: int) -> None:
        view = tables[count][0].view("2016-12-31")
        assert len(view.participations("PARIS")) > count // 2
        assert view.instrument("PARIS").in_force_for

    assert is_linear(lambda count: tables[count][0].record(*tables[count][1]), folds, count=48)
    assert is_linear(ask, folds, count=48)
    assert is_linear(lambda count: tables[count][0].check(), folds, count=48)


def test_a_public_table_is_replayed_in_linear_time_in_whatever_order_it_was_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked and checked; the recording of an act folds again what comes before its day."""
    folds = Calls(monkeypatch, instrument, "_apply").of(Participants, "in_force_since", "change")
    folds.of(Parties, "above", "standing_for")
    tables = {count: table_of(count) for count in (48, 96, 192)}
    for ledger, acts in tables.values():
        ledger.record(*sorted(acts, key=lambda act: (type(act).__name__, act.id), reverse=True))

    def ask(count: int) -> None:
        assert tables[count][0].view("2016-12-31").instrument("PARIS").in_force_for

    assert is_linear(ask, folds, count=48)
    assert is_linear(lambda count: tables[count][0].check(), folds, count=48)


def test_of_a_table_recorded_column_by_column_few_acts_are_folded_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each act is judged just before its day: folding goes on from the longest life before it."""
    table, folds = history_paris_agreement, Calls(monkeypatch, instrument, "_apply")
    rows = table.participants()
    ledger, _ = table_of(len(rows))
    acts = [*table.signatures(rows), *table.consents(rows), *table.entries(rows)]

    assert folds.during(lambda: ledger.record(*acts)) <= 20 * len(acts)


def below_each_other(count: int) -> Ledger:
    """Record partnerships, each below the last."""
    ledger = _ledger()
    names = ["all", *(f"q{number}" for number in range(count))]
    for parent, name in pairwise(names):
        ledger.record(
            events.PartnershipOpened(
                partnership=name, parties=["p0", "p1"], scope=name, parent=parent
            )
        )
    return ledger


def within_each_other(count: int) -> Ledger:
    """Record meetings, each within the last; they are announced first, and held then."""
    ledger = _ledger()
    names = [f"m{number}" for number in range(count)]
    for outer, name in pairwise(names):
        ledger.record(
            events.MeetingScheduled(
                meeting=name,
                kind="talks",
                partnership="all",
                within=None if outer == "m0" else outer,
                when="2020-01-01",
            )
        )
    for outer, name in pairwise(names):
        ledger.record(
            events.MeetingHeld(
                meeting=name, within=None if outer == "m0" else outer, when="2020-02-01"
            )
        )
    return ledger


def put_off(count: int) -> Ledger:
    """Record a commitment that is put off again and again."""
    ledger = _ledger()
    ledger.record(
        events.CommitmentMade(
            commitment="c",
            partnership="all",
            debtors="p0",
            creditors="p1",
            what="a",
            when="2020-01-01",
        )
    )
    for _ in range(count):
        ledger.record(
            events.CommitmentRescheduled(commitment="c", when="2020-01-02", due="2024-01-01")
        )
    return ledger


def put_off_late(count: int) -> Ledger:
    """Record a commitment that was put off again and again, the last time first."""
    ledger = put_off(0)
    for number in range(count):
        ledger.record(
            events.CommitmentRescheduled(
                commitment="c", when=str(2020 - number), due=str(3000 - number)
            )
        )
    return ledger


def noted(count: int) -> Ledger:
    """Record notes about one partnership."""
    ledger = _ledger()
    ledger.record(
        *(
            events.NoteAdded(subject="all", text=f"n{number}", when="2020")
            for number in range(count)
        )
    )
    return ledger


def met(count: int) -> Ledger:
    """Record meetings of one partnership."""
    ledger = _ledger()
    ledger.record(
        *(
            events.MeetingHeld(meeting=f"m{number}", kind="talks", partnership="all", when="2020")
            for number in range(count)
        )
    )
    return ledger


def numbered(count: int) -> Ledger:
    """Record meetings of one series."""
    ledger = _ledger()
    ledger.record(
        *(
            events.MeetingHeld(
                meeting=f"m{number}",
                kind="talks",
                partnership="all",
                series="talks",
                number=number,
                when="2020",
            )
            for number in range(1, count + 1)
        )
    )
    return ledger


THINGS: dict[str, tuple[str, Event | None]] = {
    "all": ("contact", None),
    "text": (
        "in force",
        events.InstrumentRegistered(instrument="text", partnership="all", kind="mou"),
    ),
    "commitment": (
        "pending",
        events.CommitmentMade(
            commitment="commitment",
            partnership="all",
            debtors="p0",
            creditors="p1",
            what="a",
            when="1800",
        ),
    ),
    "meeting": (
        "held",
        events.MeetingScheduled(meeting="meeting", partnership="all", kind="talks", when="1800"),
    ),
    "proposal": (
        "open",
        events.ProposalMade(proposal="proposal", partnership="all", by="p0", text="a", when="1800"),
    ),
}


def declared(subject: str, count: int) -> Ledger:
    """Record reports of the state of one thing, each on a day of its own."""
    ledger = _ledger()
    state, first = THINGS[subject]
    ledger.record(*([first] if first else ()))
    ledger.record(
        *(
            events.StatusReported(subject=subject, state=state, when=str(1850 + number))
            for number in range(count)
        )
    )
    return ledger


def answered(count: int) -> Ledger:
    """Record a proposal that the other side answers again and again."""
    ledger = _ledger()
    ledger.record(
        events.ProposalMade(proposal="p", partnership="all", by="p0", text="a", when="2020-01-01")
    )
    for number in range(count):
        ledger.record(
            events.ProposalCountered(proposal="p", by="p1", text=f"b{number}", when="2020-01-02")
        )
    return ledger


def answered_late(count: int) -> Ledger:
    """Record a proposal that was answered again and again, the last answer first."""
    ledger = _ledger()
    ledger.record(
        events.ProposalMade(proposal="p", partnership="all", by="p0", text="a", when="1900")
    )
    for number in range(count):
        ledger.record(
            events.ProposalCountered(
                proposal="p", by="p1", text=f"b{number}", when=str(2020 - number)
            )
        )
    return ledger


def passed_on(count: int) -> Ledger:
    """Record a commitment that is passed to and fro between two debtors."""
    ledger = _ledger(3)
    made = events.CommitmentMade(
        commitment="c", partnership="all", debtors="p0", creditors="p1", what="a", when="2020"
    )
    ledger.record(made)
    for number in range(count):
        debtor = "p0" if number % 2 else "p2"
        ledger.record(events.CommitmentDelegated(commitment="c", to=debtor, when="2020"))
    return ledger


def corrected(count: int) -> Ledger:
    """Record a commitment, and correct it again and again."""
    ledger = put_off(0)
    made = next(item.id for item in ledger.events() if item.event.when is not None)
    for number in range(count):
        ledger.record(
            events.EventCorrected(target=made, reason="a slip", changes={"what": f"a{number}"})
        )
    return ledger


def joined_and_left(count: int) -> Ledger:
    """Record parties that join a partnership one by one, and then leave it."""
    ledger = _ledger(count)
    ledger.record(events.PartnershipOpened(partnership="open", parties=["p0", "p1"]))
    for number in range(2, count):
        ledger.record(events.PartyJoined(partnership="open", party=f"p{number}", when="2020-01-01"))
    for number in range(2, count):
        ledger.record(events.PartyLeft(partnership="open", party=f"p{number}", when="2021-01-01"))
    return ledger


def test_members_of_a_partnership_are_asked_for_their_heirs_once_for_each_act(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = Calls(monkeypatch, Parties, "successors", "meant")

    assert is_linear(joined_and_left, calls)
    assert is_checked_linearly(joined_and_left, calls)


@pytest.mark.parametrize("recorded", [below_each_other, within_each_other])
def test_a_chain_is_gone_through_once(
    recorded: Callable[[int], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls(monkeypatch, circles, "above", "_leads_to").of(ties, "above")

    assert is_linear(recorded, calls)
    assert is_linear(lambda count: recorded(count).check(), calls)


@pytest.mark.parametrize("recorded", [put_off, passed_on])
def test_a_commitment_changed_many_times_is_carried_on(
    recorded: Callable[[int], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = Calls(monkeypatch, commitment, "parties_in", "is_closed")

    assert is_linear(recorded, folded)
    assert is_linear(lambda count: recorded(count).check(), folded)


def is_checked_linearly(recorded: Callable[[int], Ledger], calls: Calls) -> bool:
    """Return whether a check of twice as much makes about twice as many calls, and so on."""
    ledgers = {COUNT * size: recorded(COUNT * size) for size in (1, 2, 4)}
    return is_linear(lambda count: ledgers[count].check(), calls)


@pytest.mark.parametrize(
    "recorded", [noted, met, answered, answered_late, put_off, put_off_late, signed_one_by_one]
)
def test_a_check_finds_what_one_thing_holds_once(
    recorded: Callable[[int], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_checked_linearly(recorded, Found(monkeypatch, Facts, "found"))


def test_numbers_of_one_series_are_compared_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = Seen(monkeypatch, ties, "numbered_in").of(meetings, "numbered_in")

    assert is_checked_linearly(numbered, compared)


@pytest.mark.parametrize("subject", THINGS)
def test_a_report_of_a_state_is_compared_with_what_was_folded_for_the_last_one(
    subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = Seen(monkeypatch, _snapshot, "acts_on").of(proposal, "advance")
    folded.of(meeting, "advance").of(commitment, "fold", "advance").of(Contents, "facts_of")

    assert is_checked_linearly(partial(declared, subject), folded)


def test_answers_to_one_proposal_are_found_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_linear(answered, Found(monkeypatch, Facts, "found"))


@pytest.mark.parametrize("recorded", [answered, answered_late])
def test_answers_to_one_proposal_are_checked_once_each(
    recorded: Callable[[int], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_checked_linearly(recorded, Calls(monkeypatch, proposal, "act_on"))


def test_acts_that_were_recorded_late_are_checked_once_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folded = Calls(monkeypatch, commitment, "parties_in", "is_closed")

    assert is_checked_linearly(put_off_late, folded)


def test_signatures_of_one_text_are_checked_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls(monkeypatch, instrument, "_apply").of(party_acts, "_signed_by")

    assert is_linear(lambda count: signed_one_by_one(count).check(), calls)


def test_a_corrected_event_is_corrected_on_from_its_last_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = Calls(monkeypatch, Facts, "corrected", "_after", "_history")
    calls.of(visible, "own_names", "keys")

    assert is_linear(corrected, calls)
    assert is_linear(lambda count: corrected(count).view().commitments(), calls)


def _signed_and_reported(count: int) -> tuple[Ledger, int]:
    """Return a ledger with new reports on a signed text, and the position before these."""
    ledger = signed_one_by_one(2)
    before = ledger.view().position
    ledger.record(
        *(
            events.ImplementationReported(instrument="text", when="2020-02-01", text=f"n{number}")
            for number in range(count)
        )
    )
    return ledger, before


@pytest.mark.parametrize("count", [3 * TRIED, 12 * TRIED])
def test_few_of_many_new_events_are_tried_as_causes(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, before = _signed_and_reported(count)
    calls = Calls(monkeypatch, Snapshot, "without")

    assert 0 < calls.during(lambda: ledger.view("2020-06-30").news(before).changed) <= 3 * TRIED
