"""Generated parts of the reference of rules: tables, diagrams and lists, from `_rules`."""

# ruff: noqa: INP001 - scripts next to the pages, no package

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from coopledger._display.catalogue import words as catalogue
from coopledger._log.vocabulary import TAGS
from coopledger._rules import (
    commitment,
    conduct,
    figure,
    instrument_table,
    meeting,
    proposal,
    stage,
)
from coopledger._rules.instrument_table import MAY_OVERRUN
from coopledger.events import Contact, Deed, Event
from coopledger.terms import (
    CommitmentStatus,
    Conduct,
    Flag,
    InstrumentState,
    MeetingStatus,
    ProposalStatus,
    Stage,
)
from docs.parts.drawing import Edge, transitions

__all__ = ["DRAWINGS", "RULES"]

S = InstrumentState
LADDER = (
    *(S.NONE, S.CONTEMPLATED, S.NEGOTIATING, S.AGREED, S.INITIALLED),
    *(S.SIGNED, S.PROVISIONAL, S.IN_FORCE),
)
AFTER = (
    *(S.SIGNED, S.PROVISIONAL, S.IN_FORCE, S.SUSPENDED, S.TERMINATING),
    *(S.EXPIRED, S.TERMINATED, S.COMPLETED, S.SUPERSEDED),
)
# What time does without an event; `_rules/instrument.py` says when.
BY_TIME = (
    (S.PROVISIONAL, S.EXPIRED, "(its term is over)"),
    (S.IN_FORCE, S.EXPIRED, "(its term is over)"),
    (S.TERMINATING, S.TERMINATED, "(the notice has run out)"),
    (S.IN_FORCE, S.SUPERSEDED, "(its replacement takes effect)"),
)
Word = TypeVar("Word", bound=StrEnum)


def table(rows: Mapping[Word, Mapping[str, str]]) -> str:
    """Return a table of cells: a row for each state, a column for each act."""
    columns = list(next(iter(rows.values())))
    lines = [["from", *columns], ["---"] * (len(columns) + 1)]
    lines += [[f"**{state}**", *cells.values()] for state, cells in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def columns(acts: Mapping[type[Event], str]) -> str:
    """Return the events of each column of a table."""
    events_of: dict[str, list[str]] = {}
    for event, column in acts.items():
        events_of.setdefault(column, []).append(linked(event))
    lines = [f"| {column} | {', '.join(kinds)} |" for column, kinds in events_of.items()]
    return "\n".join(["| column | events |", "| --- | --- |", *lines])


def linked(event: type[Event]) -> str:
    """Return the name of an event type, or of the types of a base, with a link."""
    names = [cls.__name__ for cls in _concrete(event)]
    return ", ".join(f"[{name}](events.md#{name.lower()})" for name in names)


def rules_of(words_of_list: type[Word]) -> dict[Word, str]:
    """Return the rule of each word of a list, in English."""
    return {word: catalogue().rule(word) for word in words_of_list}


def words(rules: Mapping[Word, str]) -> str:
    """Return the meaning of each word, in the phrases of `View.explain`."""
    lines = [f"| `{word}` | {rule} |" for word, rule in rules.items()]
    return "\n".join(["| word | when |", "| --- | --- |", *lines])


def in_order(rules: Mapping[Word, str], order: Iterable[Word]) -> str:
    """Return rules as a numbered list, of which the first that matches counts."""
    return "\n".join(f"{place}. **{word}**: {rules[word]}" for place, word in enumerate(order, 1))


def edges(rows: Mapping[Word, Mapping[str, str]], sources: Iterable[Word]) -> Iterator[Edge]:
    """Yield every cell that leads from one of the states to another."""
    for source in sources:
        for act, cell in rows[source].items():
            targets = ["signed", "in_force"] if cell == "sign" else [cell.rstrip("!")]
            for target in targets:
                if target in set(map(str, rows)) - {source}:
                    yield source, target, act


def ways_up() -> Iterator[Edge]:
    """Yield every act that leads a text up to its entry into force, or to its end before that."""
    for edge in edges(instrument_table.TABLE, (*LADDER[:-1], S.ABANDONED)):
        if edge[1] in {*LADDER, S.ABANDONED}:
            yield edge


def ways_out() -> Iterator[Edge]:
    """Yield the states that follow a signed instrument, by acts and by time."""
    for edge in edges(instrument_table.TABLE, AFTER):
        if edge[1] in AFTER:
            yield edge
    yield S.SUSPENDED, S.IN_FORCE, "resume"
    yield from BY_TIME


def kinds() -> str:
    """Return the table of the rules that depend on the kind of an instrument."""
    waiting = [
        kind
        for kind in type(next(iter(instrument_table.ON_SIGNATURE)))
        if kind not in instrument_table.ON_SIGNATURE
    ]
    return "\n".join(
        (
            "| what | kinds |",
            "| --- | --- |",
            f"| in force on signature | {_listed(instrument_table.ON_SIGNATURE)} |",
            f"| signed, then waiting for entry into force | {_listed(waiting)} |",
            f"| go on past their planned end, as `overrun` | {_listed(MAY_OVERRUN)} |",
        )
    )


def sets_of_states() -> str:
    """Return the sets of states that have a name."""
    sets = (
        ("in effect", instrument_table.IN_EFFECT),
        ("ended", instrument_table.ENDED),
        ("having a term that may run out", instrument_table.HAS_TERM),
    )
    lines = [f"| {name} | {_listed(states)} |" for name, states in sets]
    return "\n".join(["| called | states |", "| --- | --- |", *lines])


def activity() -> str:
    """Return the events that count as activity, and the others that count as contact."""
    more = [event for event in _concrete(Contact) if not issubclass(event, Deed)]
    return "\n".join(
        (
            f"Activity: {linked(Deed)}, and the deeds that packs bring.",
            "",
            f"Contact: all of these, and {', '.join(map(linked, more))}.",
        )
    )


def measures() -> str:
    """Return a row for each word of a measure, in the order of the table."""
    lines = [
        f"| {_grouped(row.groups)} | {row.counts} | {_grouped(row.kinds)} "
        f"| {'one each' if row.one_each else ''} |"
        for row in figure.MEASURES
    ]
    titles = "| the measure has | counted | whose kind has | partners |"
    return "\n".join([titles, "| --- | --- | --- | --- |", *lines])


def horizons() -> str:
    """Return the lengths of time that are used where the caller gives none."""
    by_opening = "`dormant_after` of [PartnershipOpened](events.md#partnershipopened)"
    return "\n".join(
        (
            "| length | days | where another is given |",
            "| --- | --- | --- |",
            f"| due soon | {commitment.DUE_SOON_DAYS} | `view.agenda(within_days=...)` |",
            f"| expiring | {stage.EXPIRING_WITHIN_DAYS} | `view.expiring(within_days=...)` |",
            f"| at rest, after more than | {stage.DORMANT_AFTER_DAYS} | {by_opening} |",
            f"| dormant, after more than | {stage.DORMANT_AFTER_DAYS} | {by_opening} |",
        )
    )


RULES: dict[str, Callable[[], str]] = {
    "instrument-table": lambda: table(instrument_table.TABLE),
    "instrument-columns": lambda: columns(instrument_table.ACTS),
    "instrument-states": lambda: words(rules_of(InstrumentState)),
    "instrument-kinds": kinds,
    "instrument-sets": sets_of_states,
    "proposal-table": lambda: table(proposal.TABLE),
    "proposal-columns": lambda: columns(proposal.ACTS),
    "proposal-statuses": lambda: words(rules_of(ProposalStatus)),
    "meeting-table": lambda: table(meeting.TABLE),
    "meeting-columns": lambda: columns(meeting.ACTS),
    "meeting-statuses": lambda: words(rules_of(MeetingStatus)),
    "commitment-rules": lambda: in_order(
        rules_of(CommitmentStatus), [status for status, _ in commitment.RULES]
    ),
    "stage-rules": lambda: in_order(rules_of(Stage), [name for name, _ in stage.STAGES]),
    "conduct-rules": lambda: in_order(
        rules_of(Conduct), [*(name for name, _ in conduct.RULES), Conduct.NOT_BEGUN]
    ),
    "activity": activity,
    "horizons": horizons,
    "measures": measures,
    "flags": lambda: words(rules_of(Flag)),
}


DRAWINGS: dict[str, Callable[[], str]] = {
    "instrument-ladder": lambda: transitions(
        "An instrument up to its entry into force", ways_up(), (S.ABANDONED, *LADDER)
    ),
    "instrument-ways-out": lambda: transitions(
        "An instrument after its signature", ways_out(), AFTER
    ),
    "proposal": lambda: transitions(
        "A proposal", edges(proposal.TABLE, proposal.TABLE), proposal.TABLE
    ),
    "meeting": lambda: transitions("A meeting", edges(meeting.TABLE, meeting.TABLE), meeting.TABLE),
}


def _concrete(event: type[Event]) -> list[type[Event]]:
    """Return the recorded event types that are of the class."""
    return [cls for _, cls in TAGS.values() if issubclass(cls, event)]


def _grouped(groups: Iterable[Iterable[str]]) -> str:
    """Return the words of every group, each group in alphabetical order."""
    return "; and ".join(" or ".join(f"`{word}`" for word in sorted(group)) for group in groups)


def _listed(kinds: Iterable[StrEnum]) -> str:
    """Return words in the order of their list."""
    chosen = set(kinds)
    return ", ".join(f"`{kind}`" for kind in type(next(iter(chosen))) if kind in chosen)
