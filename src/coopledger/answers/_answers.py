"""Lists of answers: tuples that print as a table."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from operator import attrgetter
from types import NoneType
from typing import Any, SupportsIndex, TypeAlias, TypeVar, cast, overload

import attrs

from coopledger._display.tables import Cell, table
from coopledger._escape import printable
from coopledger.answers._amounts import outstanding_of
from coopledger.answers._wording import approx, label, money
from coopledger.errors import UnknownIdError
from coopledger.events.envelope import about, wording
from coopledger.values import Amount, Place

T = TypeVar("T")
U = TypeVar("U")

Column: TypeAlias = tuple[str, Callable[[Any], object]]
Title: TypeAlias = Callable[[str], str]


class Answers(tuple[T, ...]):  # noqa: SLOT001 - a list knows its kind, and a tuple has no slots
    """Answers of one kind in a stated order; `print` shows them as a table.

    It is a tuple, and equal to the tuple of the same answers.

    Attributes:
        kind: The class of the answers.
    """

    kind: type[Any]
    _title: Title

    def __new__(
        cls, items: Iterable[T] = (), /, *, kind: type[Any], title: Title = str
    ) -> "Answers[T]":
        """Make a list of the answers, which are of the class.

        ``title`` gives the words by which people know what has an id.
        """
        answers = super().__new__(cls, items)
        answers.kind, answers._title = kind, title
        return answers

    def name_of(self, id: str) -> str:
        """Return the words by which people know what has the id; the text itself if it is none."""
        try:
            return self._title(id)
        except UnknownIdError:
            return id

    def titled(self, title: Title) -> "Answers[T]":
        """Return the same answers, in whose table the words of ``title`` stand before ids."""
        return Answers(self, kind=self.kind, title=title)

    def __repr__(self) -> str:
        """Return how many there are, and of what."""
        return f"Answers({self._number})"

    def __str__(self) -> str:
        """Return a heading with the number, and below it the table."""
        if not self:
            return self._number
        columns = columns_of(self.kind)
        rows = [
            [as_cell(self.named(header, read(item))) for header, read in columns] for item in self
        ]
        page = table(rows, headers=[header for header, _ in columns])
        return "\n\n".join(filter(None, (self._number, page, self.end)))

    @property
    def end(self) -> str:
        """Return what stands below the table: of commitments what is outstanding, by currency."""
        left = outstanding_of(self) if self.kind.__name__ == "Commitment" else ()
        return f"Outstanding: {', '.join(map(money, left))}" if left else ""

    def _repr_html_(self) -> str:
        """Return the list as a notebook shows it."""
        # A program without a notebook never loads it.
        from coopledger.answers._notebook import list_html

        return list_html(self, self._number, columns_of(self.kind))

    def table_html(self, title: str) -> object:
        """Return the list as a table of a page below the title, for an answer that holds it."""
        # A program without a notebook never loads it.
        from coopledger.answers._notebook import list_table

        return list_table(self, title, columns_of(self.kind))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the list as a stream of Arrow, for data frames; `plain.as_table` says how.

        Whoever asks for other types of the same columns gets them where they fit.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        # A program without data frames never loads it.
        from coopledger.answers._arrow import stream

        return stream(self, self.kind, requested_schema)

    def named(self, header: str, value: object) -> object:
        """Return the value of a column, with titles in the place of ids."""
        if header not in _OF_IDS:
            return value
        if isinstance(value, tuple):
            return tuple(map(self.name_of, cast(tuple[str, ...], value)))
        return self.name_of(value) if isinstance(value, str) else value

    @property
    def _number(self) -> str:
        """Return the number with the noun."""
        return f"{len(self)} {noun(self.kind, many=len(self) != 1)}"

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T: ...

    @overload
    def __getitem__(self, index: slice, /) -> "Answers[T]": ...

    def __getitem__(self, index: SupportsIndex | slice, /) -> "T | Answers[T]":
        """Return one of them, or a part of the list as a list."""
        if isinstance(index, slice):
            return Answers(super().__getitem__(index), kind=self.kind, title=self._title)
        return super().__getitem__(index)

    @overload
    def __add__(self, other: tuple[T, ...], /) -> "Answers[T]": ...

    @overload
    def __add__(self, other: tuple[U, ...], /) -> tuple[T | U, ...]: ...

    def __add__(self, other: tuple[Any, ...], /) -> tuple[Any, ...]:
        """Return both lists as one; a mere tuple where the other holds another kind."""
        joined = super().__add__(other)
        is_one_kind = all(isinstance(item, self.kind) for item in other)
        return Answers(joined, kind=self.kind, title=self._title) if is_one_kind else joined

    def __reduce__(self) -> tuple[Callable[..., "Answers[T]"], tuple[type[Any], tuple[T, ...]]]:
        """Return what makes the list again, for pickles and copies."""
        return _again, (self.kind, tuple(self))


def _again(kind: type[Any], items: tuple[T, ...]) -> Answers[T]:
    """Return the list that was pickled."""
    return Answers(items, kind=kind)


def as_answers(value: Any) -> Any:  # noqa: ANN401 - whatever a pack answers
    """Return a tuple of answers of one class as a list of answers, and anything else as it is."""
    if type(value) is not tuple:
        return value
    items = cast(tuple[object, ...], value)
    kinds = set(map(type, items))
    is_one_kind = len(kinds) == 1 and attrs.has(type(items[0]))
    return Answers(items, kind=type(items[0])) if is_one_kind else items


def noun(kind: type[Any], *, many: bool) -> str:
    """Return the class of answers in words, such as ``commitment`` or ``timeline entries``."""
    name = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in kind.__name__)
    name = name.strip()
    if not many:
        return name
    return _MANY.get(name) or (f"{name[:-1]}ies" if name.endswith("y") else f"{name}s")


# The plurals of words that have one of their own.
_MANY = {"series": "series", "found": "found", "person": "people"}


def _since(answer: Any) -> object:  # noqa: ANN401 - an answer with a first day
    """Return the first day, in words with a mark where it is not exact."""
    if answer.since is None or getattr(answer, "since_certain", True):
        return answer.since
    return f"{answer.since}{approx(certain=False)}"


def _in_force(answer: Any) -> object:  # noqa: ANN401 - it has a first day in force
    """Return the first day on which a text is in force for a party, or that it is."""
    return answer.in_force_since or (label("in_force") if answer.in_force else None)


def _field(answer: Any) -> object:  # noqa: ANN401 - an answer that names a field of another
    """Return the field in words."""
    return label(answer.field or "")


def _last_heard(answer: Any) -> object:  # noqa: ANN401 - it may have been heard of
    """Return the last day on which somebody was heard, where no activity tells it."""
    return None if answer.last_heard == answer.last_activity else answer.last_heard


def _times_asked(answer: Any) -> object:  # noqa: ANN401 - it may have been asked about
    """Return how often somebody asked about it, if at all."""
    return answer.times_asked or None


def _due(answer: Any) -> object:  # noqa: ANN401 - an answer with a due date
    """Return the due date, and of what recurs how often it comes round."""
    rhythm = getattr(answer, "rhythm", "")
    return (answer.due, rhythm) if rhythm else answer.due


def _claimed(answer: Any) -> object:  # noqa: ANN401 - a reported figure
    """Return the number claimed, with the unit if it has one."""
    return f"{answer.claimed} {answer.unit}" if answer.unit else answer.claimed


# How a field is read, where it says more than its value.
_READ: dict[str, Callable[[Any], object]] = {
    "claimed": _claimed,
    "field": _field,
    "last_heard": _last_heard,
    "times_asked": _times_asked,
    "due": _due,
    "in_force_since": _in_force,
    "since": _since,
}


def _columns(text: str) -> tuple[Column, ...]:
    """Return the columns of a line: names of fields, each after its header if it has another."""
    columns: list[Column] = []
    for word in text.split():
        header, _, field = word.rpartition(":")
        read = _READ.get(field) or attrgetter(field)
        columns.append((label(header or field), read))
    return tuple(columns)


def _type_name(event: object) -> str:
    """Return the name of the class of an event."""
    return type(event).__name__


# The columns that hold ids, in whose place titles are shown.
_OF_IDS = {
    "party",
    "owed by",
    "to",
    "by",
    "with",
    "about",
    "hangs on",
    "in the way of",
    "lies with",
    "asked",
    "part of",
    "host",
    "text of",
}

# Names and titles come first, ids last. A class that is not here shows all its fields.
_OF_CLASS: dict[str, tuple[Column, ...]] = {
    name: _columns(text)
    for name, text in {
        "Alternative": "says sources adopted event",
        "CalendarEntry": "day kind what:text by to state responsible id",
        "Commitment": (
            "status days:days_overdue what owed_by:debtors to:creditors due firmness amount "
            "percent flags id"
        ),
        "Conflict": "about kind field holds alternatives event",
        "Dependent": "about:id noun tie hangs_on status if_cancelled:status_if_cancelled id",
        "Difference": "about:id field old new because_of id",
        "Duty": "what owed_by due status rule about",
        "Figure": "measure period claimed recorded unaccounted id",
        "Found": "found:title noun where text id",
        "Instrument": "title kind state conduct since signed:signed_on until:term_end flags id",
        "Matter": (
            "status what:text with:partnership due ask_again last_asked times_asked responsible id"
        ),
        "Meeting": "kind with:partnership status held planned place host id",
        "Obstacle": (
            "obstacle:text in_the_way_of:subject lies_with since last_asked asked "
            "removed:removed_on id"
        ),
        "Outcome": "when type about now:status text event",
        "Participation": (
            "party signed:signed_on consented:consented_on how in_force:in_force_since "
            "notice:notice_on ends left:left_on reservations"
        ),
        "Partnership": (
            "partnership:title scope stage conduct since last_activity last_heard flags id"
        ),
        "Party": "name acronyms kind country part_of:parent id",
        "Person": "name posts meetings signed responsible_for",
        "Proposal": "text status since by to firmness id",
        "Signature": "when text_of:instrument kind with:parties id:instrument",
        "Sourcing": "type about text sources bases event",
        "StageChange": "from:day stage because_of:decided_by",
        "Sum": "by promised paid outstanding commitments",
        "StageSpell": "stage since until:ended days",
        "TimelineEntry": "when effective type about text event",
        "Yield": "group name number reports conflicts",
    }.items()
} | {
    "Event": (
        ("when", attrgetter("when")),
        ("type", _type_name),
        ("about", about),
        ("text", wording),
        ("id", attrgetter("id")),
    )
}


def columns_of(kind: type[Any]) -> tuple[Column, ...]:
    """Return the columns of a class of answers: each a header, and what reads its value."""
    for base in kind.__mro__:
        if base.__name__ in _OF_CLASS and base.__module__.startswith("coopledger."):
            return _OF_CLASS[base.__name__]
    return tuple((label(field.name), attrgetter(field.name)) for field in attrs.fields(kind))


def as_cell(value: object) -> Cell:
    """Return a value of an answer as it stands in a cell; several values one below the other."""
    if isinstance(value, tuple):
        return "\n".join(str(as_cell(item)) for item in cast(tuple[object, ...], value))
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    write = next((write for kind, write in _WRITTEN if isinstance(value, kind)), str)
    return printable(write(value))


# How a value is written, by the first class that fits.
_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (NoneType, lambda _: ""),
    (bool, lambda value: "yes" if value else ""),
    (Amount, money),
    (Place, attrgetter("name")),
    (StrEnum, label),
    (date, date.isoformat),
)
