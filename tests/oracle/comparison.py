"""Random history on a real ledger, and the comparison of every answer with the oracle's."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, cast

from coopledger import Ledger, View, events
from coopledger.answers import Commitment
from coopledger.errors import RefusedError, UnknownIdError
from coopledger.values import Amount, Place
from tests.keeping import AskedToday, Kept, keeping
from tests.oracle.acts import ACTS
from tests.oracle.answers import Answers, answers_of
from tests.oracle.facts import Fact, visible_facts
from tests.oracle.histories import History
from tests.oracle.reminders import Following

__all__ = ["Tally", "compare"]

EVENTS_BETWEEN_LISTS = 100


@dataclass
class Recording:
    """History as the ledger recorded it."""

    ledger: Ledger
    log: list[Fact]
    partnerships: list[str]
    refused: int = 0


@dataclass(frozen=True)
class Question:
    """One question: a partnership and all that is its own, on a day, as known at an instant."""

    partnership: str
    on: int
    known_us: int | None
    hindsight: bool


def record_history(ledger: Ledger, history: History, *, events: int) -> Recording:
    """Record a random history; what the ledger refuses is dropped and counted.

    Now and then all lists of the day are asked for, so that there are answers to be kept.
    """
    recording, following = Recording(ledger, [], history.partnerships), Following(history)
    for fact in history.world():
        _record(recording, history, following.said_with(fact))
    while len(recording.log) < events:
        _record(recording, history, following.said_with(history.offer()))
        for fact in following.offer():
            _record(recording, history, fact)
        if len(recording.log) % EVENTS_BETWEEN_LISTS == 0:
            ask_for_lists(ledger.view(date.fromordinal(history.today)))
    return recording


def ask_for_lists(view: View) -> None:
    """Ask for every list of which a question is a part."""
    view.partnerships()
    view.instruments()
    view.proposals()
    view.meetings()
    view.commitments(open=None)


def _record(recording: Recording, history: History, fact: Fact) -> None:
    fields = {name: value for name, value in fact.items() if name != "type"}
    AskedToday.today.set(date.fromordinal(history.today))
    try:
        receipt = recording.ledger.record(getattr(events, fact["type"])(**fields))
    except RefusedError:
        recording.refused += 1
        return
    history.keep(fact)
    row = receipt.events[0]
    recording.log.append({**fact, "position": row.position, "recorded_us": row.recorded_us})


def answers_to(recording: Recording, question: Question) -> tuple[Answers, Answers]:
    """Return the answers of the oracle, and those of the ledger, by id."""
    on, known_us, hindsight = question.on, question.known_us, question.hindsight
    log = log_around(recording.log, question.partnership)
    visible = visible_facts(log, on=on, known_us=known_us, hindsight=hindsight)
    view = recording.ledger.view(
        date.fromordinal(on), known_at=_instant(known_us), hindsight=hindsight
    )
    return (
        answers_of(visible, question.partnership, on),
        ledger_answers(view, question.partnership),
    )


def differences(oracle: Answers, product: Answers) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return the values that differ, by id and field."""
    return {
        (name, value): (first.get(value), second.get(value))
        for name in oracle | product
        for first, second in [(_flat(oracle.get(name, {})), _flat(product.get(name, {})))]
        for value in first | second
        if first.get(value) != second.get(value)
    }


def _flat(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer with a value for each party and field of its participations."""
    lives: Answers = answer.get("participations", {})
    return {name: value for name, value in answer.items() if name != "participations"} | {
        f"{party}.{field}": value for party, life in lives.items() for field, value in life.items()
    }


@dataclass
class Tally:
    """Counts of what was compared, and what differed.

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
        """Return one line for a report."""
        return (
            f"{self.recorded} events recorded and {self.refused} refused; {self.cases} cases, "
            f"{self.answers} answers, {self.values} values compared; "
            f"{len(self.differences)} differ"
        )


def compare(
    seeds: Iterable[int], *, partnerships: int, events: int, cases: int, kept: Kept
) -> Tally:
    """Ask the ledger and the oracle about random moments of a random history for each seed."""
    tally = Tally()
    for seed in seeds:
        history = History(Random(seed), ACTS, partnerships=partnerships, events=events)
        with TemporaryDirectory() as folder, keeping(kept), opened(Path(folder)) as ledger:
            recording = record_history(ledger, history, events=events)
            tally.recorded += len(recording.log)
            tally.refused += recording.refused
            for question in random_questions(recording, Random(seed), cases):
                _ask(recording, question, tally, where=f"seed {seed}, {kept} kept, {question}")
    return tally


@contextmanager
def opened(folder: Path) -> Generator[Ledger, None, None]:
    """Open a ledger in a file, where today's answers are kept; its clock is set back at the end."""
    clock = AskedToday.today  # Other tests share it.
    now = clock.now
    path = folder / "oracle.db"
    try:
        with AskedToday.open(path, name="oracle", durability="fast", clock=clock) as ledger:
            yield ledger
    finally:
        clock.set(now.isoformat())


def _ask(recording: Recording, question: Question, tally: Tally, *, where: str) -> None:
    oracle, product = answers_to(recording, question)
    tally.cases += 1
    tally.answers += len(oracle)
    tally.values += sum(map(len, oracle.values()))
    tally.differences += [
        f"{where}: {name} {field}: oracle {first}, ledger {second}"
        for (name, field), (first, second) in differences(oracle, product).items()
    ]


def _instant(us: int | None) -> datetime | None:
    return None if us is None else datetime.fromtimestamp(0, UTC) + timedelta(microseconds=us)


def log_around(log: list[Fact], partnership: str) -> list[Fact]:
    """Return the facts that may bear on the partnership: all that name it, and all parties."""
    names = _one_with(log, partnership)
    ids = {fact["id"] for fact in log if any(_names(fact, name, f"{name}-") for name in names)}
    ids |= {fact["id"] for fact in log if fact["type"].startswith(("Party", "PartnershipOpened"))}
    ids |= {fact["id"] for fact in log if fact["type"] in {"SameAs", "ResponsibilityAssigned"}}
    ids |= {fact["target"] for fact in log if fact["id"] in ids and "target" in fact}
    for fact in log:  # in log order: a correction comes after what it corrects
        if fact.get("target") in ids:
            ids.add(fact["id"])
    return [fact for fact in log if fact["id"] in ids]


def _one_with(log: list[Fact], partnership: str) -> set[str]:
    """Return the partnerships that are one with it, at some time of the record."""
    names = {partnership}
    merged = [{fact["duplicate"], fact["same_as"]} for fact in log if fact["type"] == "SameAs"]
    for _ in merged:
        names = names.union(*(pair for pair in merged if pair & names))
    return names


def _names(value: object, name: str, prefix: str) -> bool:
    if isinstance(value, dict):
        fields = cast(dict[str, object], value)
        return any(_names(each, name, prefix) for each in fields.values())
    if isinstance(value, list):
        return any(_names(each, name, prefix) for each in cast(list[object], value))
    return isinstance(value, str) and (value == name or value.startswith(prefix))


FOLLOWED = ("last_asked", "times_asked", "ask_again", "responsible")
FIELDS = {
    "partnership": (
        *("parties", "stage", "since", "flags", "last_activity", "last_heard", "responsible"),
        *("conduct", "conduct_since", "conduct_by", "obstructed_since"),
    ),
    "instrument": (
        *("state", "since", "flags", "term_end", "notice_deadline", "ends", "superseded_by"),
        *("parties", "in_force_for", "not_ratified", "missing_consents", "decision"),
        *("conduct", "conduct_since", "conduct_by", "obstructed_since"),
        *FOLLOWED,
    ),
    "obstacle": ("subject", "since", "is_open", "removed_on", "last_asked"),
    "proposal": (
        "status",
        "since",
        "flags",
        "due",
        "unanswered_for",
        "obstructed_since",
        *FOLLOWED,
    ),
    "meeting": (
        *("status", "since", "planned", "held", "first_planned", "times_postponed"),
        *("place", "host", "series", "number"),
        *FOLLOWED,
    ),
    "series": ("last", "missing", "next", "next_due", "every_months", "flags"),
    "commitment": (
        *("status", "since", "flags", "due", "days_overdue"),
        *("late_by", "late_by_rescheduled", "debtors", "creditors", "debtors_open"),
        *("first_due", "times_rescheduled", "promised", "paid", "outstanding", "next_due"),
        "obstructed_since",
        *FOLLOWED,
    ),
}
PARTICIPATION = (
    *("signed_on", "consented_on", "how", "in_force_since", "notice_on", "ends", "left_on"),
    *("in_force", "superseded_by"),
)


def ledger_answers(view: View, name: str) -> Answers:
    """Return the same answers from a view, by id."""
    name = view.partnership(name).id  # That of a duplicate answers as the other.
    answers: list[tuple[str, Iterable[Any]]] = [
        ("partnership", (view.partnership(name),)),
        ("instrument", view.instruments(partnership=name)),
        ("proposal", [each for each in view.proposals() if each.partnership == name]),
        ("meeting", view.meetings(partnership=name)),
        ("commitment", view.commitments(partnership=name, open=None)),
        ("obstacle", [each for each in view.obstacles(open=None) if each.partnership == name]),
    ]
    return {
        answer.id: {
            **{field: _plain(getattr(answer, field)) for field in FIELDS[noun]},
            "certain": answer.certain,
            **({"flags": []} if noun in {"meeting", "obstacle"} else {}),
            "decided_by": list(answer.decided_by),
            **({"occurrences": _occurrences(answer)} if noun == "commitment" else {}),
            **(
                {"participations": _participations(view, answer.id)} if noun == "instrument" else {}
            ),
        }
        for noun, group in answers
        for answer in group
    } | _together(view, name)


def _together(view: View, name: str) -> Answers:
    """Return what is told of several things at once: the series of meetings, and the yields."""
    year, called = view.on.year, f"{name}-series"
    late = view.yields(partnership=name, period=f"{year - 3:04}/{year:04}")
    answers: Answers = {
        f"yields of {name}": {
            f"{row.group} {row.name}{said}": f"{Fraction(str(row.number or 0))} in {row.reports}"
            for said, rows in (("", view.yields(partnership=name)), (" of late", late))
            for row in rows
        }
    }
    with suppress(UnknownIdError):
        found = view.series(called)
        answers[called] = {field: _plain(getattr(found, field)) for field in FIELDS["series"]}
    return answers


def _occurrences(answer: Commitment) -> list[str]:
    return [f"{each.date} {each.due} {each.status} {each.late_by}" for each in answer.occurrences]


def _participations(view: View, name: str) -> Answers:
    return {
        each.party: {
            **{field: _plain(getattr(each, field)) for field in PARTICIPATION},
            "reservations": len(each.reservations),
        }
        for each in view.participations(name)
    }


def _plain(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return sorted(map(str, cast(tuple[object, ...], value)))
    if isinstance(value, Amount):
        return f"{Decimal(value.value).normalize():f} {value.currency}"
    return value.name if isinstance(value, Place) else str(value)


def random_questions(recording: Recording, random: Random, number: int) -> Iterator[Question]:
    """Yield random questions, some on days of the history and some as it was known before."""
    times = [fact["recorded_us"] for fact in recording.log]
    for _ in range(number):
        yield Question(
            partnership=random.choice(recording.partnerships),
            on=random.randint(date(2007, 6, 1).toordinal(), date(2027, 1, 1).toordinal()),
            known_us=random.choice([None, random.choice(times)]),
            hindsight=random.random() < 0.6,
        )
