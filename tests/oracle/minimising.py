"""Smallest history that shows a difference: ``python -m tests.oracle --seed 7 --minimise``.

Events are left out, many at once and then one by one, as long as one of the values still differs.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from coopledger import Ledger, events
from coopledger.errors import RefusedError, UnknownIdError
from tests.keeping import AskedToday, Kept, keeping
from tests.oracle.acts import ACTS
from tests.oracle.comparison import (
    Question,
    Recording,
    answers_to,
    differences,
    opened,
    random_questions,
    record_history,
)
from tests.oracle.facts import Fact
from tests.oracle.histories import History

__all__ = ["fewest", "smallest"]

T = TypeVar("T")


def smallest(seed: int, *, partnerships: int, events: int, cases: int, kept: Kept) -> Iterator[str]:
    """Yield the lines of the smallest history for the first question that differs, if any does."""
    history = History(Random(seed), ACTS, partnerships=partnerships, events=events)
    with TemporaryDirectory() as folder, keeping(kept), opened(Path(folder)) as ledger:
        recording = record_history(ledger, history, events=events)
        for question in random_questions(recording, Random(seed), cases):
            if found := differences(*answers_to(recording, question)):
                yield from _told(recording.log, question, kept, wanted=found)
                return


def _told(
    log: list[Fact], question: Question, kept: Kept, *, wanted: Collection[tuple[str, str]]
) -> Iterator[str]:
    """Yield the events that are left, each with its day of recording, and what differs."""
    facts, question = _known(log, question, kept, wanted=wanted)
    facts = fewest(
        facts, lambda fewer: not _differing(fewer, question, kept).keys().isdisjoint(wanted)
    )
    for fact in facts:
        yield f"{_day_of(fact)} {_plain(fact)}"
    on = date.fromordinal(question.on)
    yield f"on {on}, hindsight {question.hindsight}, known at {question.known_us}:"
    for (name, value), (oracle, ledger) in _differing(facts, question, kept).items():
        yield f"{name} {value}: oracle {oracle}, ledger {ledger}"


def _known(
    log: Sequence[Fact], question: Question, kept: Kept, *, wanted: Collection[tuple[str, str]]
) -> tuple[Sequence[Fact], Question]:
    """Return the facts that were known, and the question without the time, if they suffice."""
    if question.known_us is not None:
        early = [fact for fact in log if fact["recorded_us"] <= question.known_us]
        late = replace(question, known_us=None)
        if not _differing(early, late, kept).keys().isdisjoint(wanted):
            return early, late
    return log, question


def fewest(things: Sequence[T], shows: Callable[[Sequence[T]], bool]) -> Sequence[T]:
    """Return those of the things that still show it, of which none can be left out."""
    size = len(things) // 2
    while size:
        before = len(things)
        for start in range(len(things) - size, -size, -size):
            fewer = [*things[: max(start, 0)], *things[start + size :]]
            if shows(fewer):
                things = fewer
        if size > 1 or len(things) == before:
            size //= 2
    return things


def _differing(
    facts: Sequence[Fact], question: Question, kept: Kept
) -> dict[tuple[str, str], tuple[object, object]]:
    """Return what differs where only these facts are recorded; what is refused now is passed."""
    with TemporaryDirectory() as folder, keeping(kept), opened(Path(folder)) as ledger:
        recording = Recording(ledger, [], partnerships=[])
        for fact in facts:
            with suppress(RefusedError):
                recording.log.append(_recorded(ledger, fact))
        with suppress(UnknownIdError):  # Its partnership may have been left out.
            return differences(*answers_to(recording, question))
        return {}


def _recorded(ledger: Ledger, fact: Fact) -> Fact:
    AskedToday.today.set(_day_of(fact))
    fields = {name: value for name, value in _plain(fact).items() if name != "type"}
    row = ledger.record(getattr(events, fact["type"])(**fields)).events[0]
    return {**fact, "position": row.position, "recorded_us": row.recorded_us}


def _day_of(fact: Fact) -> date:
    return (datetime.fromtimestamp(0, UTC) + timedelta(microseconds=fact["recorded_us"])).date()


def _plain(fact: Fact) -> Fact:
    """Return the fact without what the ledger gave it."""
    return {name: value for name, value in fact.items() if name not in {"position", "recorded_us"}}
