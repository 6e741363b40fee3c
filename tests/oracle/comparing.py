"""A random history on a real ledger, and every answer of it against the oracle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, cast

from coopledger import Ledger, View, events
from coopledger.errors import RefusedError
from tests.oracle.acts import ACTS
from tests.oracle.histories import History
from tests.oracle.seen import Fact, look
from tests.oracle.tellings import told

__all__ = ["Asked", "Case", "Tally", "answered", "asks", "compare", "differing", "recorded"]


@dataclass
class Case:
    """A history as the ledger took it."""

    ledger: Ledger
    log: list[Fact]
    partnerships: list[str]
    refused: int


@dataclass(frozen=True)
class Asked:
    """One question: a partnership and all that is its own."""

    partnership: str
    on: int
    known_us: int | None
    hindsight: bool


def recorded(seed: int, *, partnerships: int, events: int) -> Case:
    """Records a random history; what the ledger refuses is dropped and counted."""
    history = History(Random(seed), ACTS, partnerships=partnerships, events=events)
    ledger = Ledger.in_memory(name="oracle", clock=lambda: _noon(history.today))
    case = Case(ledger, [], history.partnerships, 0)
    for fact in history.world():
        _record(case, history, fact)
    while len(case.log) < events:
        _record(case, history, history.offer())
    return case


def _noon(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), datetime.min.time(), UTC) + timedelta(hours=12)


def _record(case: Case, history: History, fact: Fact) -> None:
    fields = {name: value for name, value in fact.items() if name != "type"}
    try:
        receipt = case.ledger.record(getattr(events, fact["type"])(**fields))
    except RefusedError:
        case.refused += 1
        return
    history.keep(fact)
    row = receipt.events[0]
    case.log.append({**fact, "position": row.position, "recorded_us": row.recorded_us})


Answers = dict[str, dict[str, Any]]


def answered(case: Case, asked: Asked) -> tuple[Answers, Answers]:
    """What the oracle says, and what the ledger says, by id."""
    log = around(case.log, asked.partnership)
    seen = look(log, on=asked.on, known_us=asked.known_us, hindsight=asked.hindsight)
    view = case.ledger.view(
        date.fromordinal(asked.on), known_at=_instant(asked.known_us), hindsight=asked.hindsight
    )
    return told(seen, asked.partnership, asked.on), said(view, asked.partnership)


def differing(oracle: Answers, product: Answers) -> dict[tuple[str, str], tuple[Any, Any]]:
    """The values that differ, by id and name."""
    return {
        (name, value): (first.get(value), second.get(value))
        for name in oracle | product
        for first, second in [(oracle.get(name, {}), product.get(name, {}))]
        for value in first | second
        if first.get(value) != second.get(value)
    }


@dataclass
class Tally:
    """What was compared, and what differed.

    Attributes:
        recorded: Events in the histories.
        refused: Events that the ledgers refused; they are no part of the histories.
        cases: Questions: a partnership, a day, a record time, with or without hindsight.
        answers: Answers compared for them, about partnerships and all that is their own.
        values: Values compared in those answers.
        differences: One line for each value that differs.
    """

    recorded: int = 0
    refused: int = 0
    cases: int = 0
    answers: int = 0
    values: int = 0
    differences: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        """One line for a report."""
        return (
            f"{self.recorded} events recorded and {self.refused} refused; {self.cases} cases, "
            f"{self.answers} answers, {self.values} values compared; "
            f"{len(self.differences)} differ"
        )


def compare(seeds: Iterable[int], *, partnerships: int, events: int, cases: int) -> Tally:
    """Asks the ledger and the oracle about random moments of a random history for each seed."""
    tally = Tally()
    for seed in seeds:
        case = recorded(seed, partnerships=partnerships, events=events)
        tally.recorded += len(case.log)
        tally.refused += case.refused
        for asked in asks(case, Random(seed), cases):
            oracle, product = answered(case, asked)
            tally.cases += 1
            tally.answers += len(oracle)
            tally.values += sum(map(len, oracle.values()))
            tally.differences += [
                f"seed {seed}, {asked}: {name} {told}"
                for (name, field), (first, second) in differing(oracle, product).items()
                for told in [f"{field}: oracle {first}, ledger {second}"]
            ]
    return tally


def _instant(us: int | None) -> datetime | None:
    return None if us is None else datetime.fromtimestamp(0, UTC) + timedelta(microseconds=us)


def around(log: list[Fact], partnership: str) -> list[Fact]:
    """What may bear on the partnership: all that names it or its things, and all parties."""
    prefix = f"{partnership}-"
    ids = {fact["id"] for fact in log if _names(fact, partnership, prefix)}
    ids |= {fact["id"] for fact in log if fact["type"].startswith("Party")}
    ids |= {fact["target"] for fact in log if fact["id"] in ids and "target" in fact}
    for fact in log:  # in log order: what mends comes after what it mends
        if fact.get("target") in ids:
            ids.add(fact["id"])
    return [fact for fact in log if fact["id"] in ids]


def _names(value: object, name: str, prefix: str) -> bool:
    if isinstance(value, dict):
        fields = cast(dict[str, object], value)
        return any(_names(each, name, prefix) for each in fields.values())
    if isinstance(value, list):
        return any(_names(each, name, prefix) for each in cast(list[object], value))
    return isinstance(value, str) and (value == name or value.startswith(prefix))


SHOWN = {
    "partnership": ("stage", "since", "flags", "last_activity"),
    "instrument": (
        *("state", "since", "flags", "term_end", "notice_deadline", "ends", "superseded_by"),
    ),
    "proposal": ("status", "since", "due", "unanswered_for"),
    "meeting": ("status", "since", "planned", "held"),
    "commitment": (
        *("status", "since", "flags", "due", "days_overdue"),
        *("late_by", "late_by_rescheduled", "debtors", "creditors"),
    ),
}


def said(view: View, name: str) -> dict[str, dict[str, Any]]:
    """The same from the view, by id."""
    answers: list[tuple[str, Iterable[Any]]] = [
        ("partnership", (view.partnership(name),)),
        ("instrument", view.instruments(partnership=name)),
        ("proposal", [each for each in view.proposals() if each.partnership == name]),
        ("meeting", view.meetings(partnership=name)),
        ("commitment", view.commitments(partnership=name, open=None)),
    ]
    return {
        answer.id: {
            **{field: _plain(getattr(answer, field)) for field in SHOWN[noun]},
            **({} if noun in {"partnership", "instrument", "commitment"} else {"flags": []}),
            "decided_by": list(answer.decided_by),
        }
        for noun, found in answers
        for answer in found
    }


def _plain(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return sorted(map(str, cast(tuple[object, ...], value)))
    return str(value)


def asks(case: Case, random: Random, number: int) -> Iterator[Asked]:
    """Random questions, some on days of the history and some as it was known before."""
    times = [fact["recorded_us"] for fact in case.log]
    for _ in range(number):
        yield Asked(
            partnership=random.choice(case.partnerships),
            on=random.randint(date(2007, 6, 1).toordinal(), date(2027, 1, 1).toordinal()),
            known_us=random.choice([None, random.choice(times)]),
            hindsight=random.random() < 0.6,
        )
