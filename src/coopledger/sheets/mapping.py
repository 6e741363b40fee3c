"""Mapping of a sheet: which column is what, how names are spelled, and what words mean.

It can be printed, written as TOML, changed by hand and read again.
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, cast

import attrs

from coopledger import render
from coopledger._fields.reading import argument, identifier, non_negative, require, short_repr
from coopledger._fields.reading import text as text_of
from coopledger._frozen import frozen, optional
from coopledger._suggest import did_you_mean
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import ArgumentError, FieldError
from coopledger.events import Event, PartyRegistered
from coopledger.sheets._partners import Proposal
from coopledger.sheets._values import OUR_WORDS
from coopledger.terms import PartyKind
from coopledger.values import FrozenMapping, json_mapping

# Readers of what we are: the fields of our registration that are not those of every event.
_OURS: Mapping[str, Callable[..., object]] = {
    field.name: cast(Callable[..., object], field.converter)
    for field in attrs.fields(PartyRegistered)
    if field.name not in attrs.fields_dict(Event)
}
_ORDERS = {True: "day before month", False: "month before day", None: "as each date tells"}


class Rows(StrEnum):
    """Things of which a row of a tab tells one."""

    TEXTS = "texts"
    PROMISES = "promises"
    MEETINGS = "meetings"


def _rows(value: "Rows | str") -> Rows:
    try:
        return Rows(value)
    except ValueError:
        hint = did_you_mean(str(value), Rows)
        remedy = f"is not one of {', '.join(Rows)}{hint}"
        raise FieldError("E106", short_repr(value), remedy) from None


def our_party(value: "str | Mapping[str, object]") -> FrozenMapping:
    """Return the fields of our own party; a text alone is its id and its name."""
    fields = json_mapping({"party": value} if isinstance(value, str) else value)
    identifier(cast(str, fields.get("party")))
    for name, each in fields.items():
        if name not in _OURS:
            hint = did_you_mean(name, _OURS) or f": its fields are {', '.join(_OURS)}"
            raise FieldError("E106", repr(name), f"is no field of a party{hint}")
        try:
            _OURS[name](each)
        except FieldError as error:
            raise error.within(name) from None
    return fields


def _texts(value: Mapping[str, object]) -> Mapping[str, str]:
    """Return a mapping of texts to texts."""
    mapping = json_mapping(value)
    for each in mapping.values():
        text_of(cast(str, each))
    return cast(Mapping[str, str], mapping)


def _words(value: Mapping[str, object]) -> Mapping[str, str]:
    """Return a mapping of words of a sheet to words of ours."""
    words = _texts(value)
    for word in words.values():
        if word not in OUR_WORDS:
            hint = did_you_mean(word, OUR_WORDS)
            remedy = f"is no word of ours: write one of {', '.join(sorted(OUR_WORDS))}{hint}"
            raise FieldError("E106", short_repr(word), remedy)
    return words


def _order(value: bool | None) -> bool | None:  # noqa: FBT001 - it reads a field
    if value is not None:
        require(value, bool, "is no order: give True, False or None")
    return value


def _name(value: str) -> str:
    require(value, str, "is no text")
    return value


@frozen(kw_only=True)
class Tab:
    """Tab of a workbook, or the one table of a file of CSV.

    Attributes:
        name: Its name; empty for CSV.
        rows: The things of which its rows tell: texts, promises or meetings.
        header: The number of the row with the headers.
        columns: The headers by the fields that they hold, such as ``signed``.
        unused: The headers that nothing is taken from.
        why: Why it is not taken in, if it is not.
    """

    name: str = attrs.field(default="", converter=_name)
    rows: Rows = attrs.field(converter=_rows)
    header: int = attrs.field(converter=non_negative)
    columns: Mapping[str, str] = attrs.field(converter=_texts)
    unused: tuple[str, ...] = ()
    why: str = ""


@frozen(kw_only=True)
class SheetMapping:
    """What the columns, the names and the words of a sheet are.

    Attributes:
        us: Our own party: the fields of its registration, or its id alone.
        tabs: The tabs that are read.
        source: The name by which the sheet is cited as a source.
        day_first: Whether ``08/09/2022`` is 8 September (True) or 9 August (False).
        as_of: The day on which the sheet was right (EDTF): what it calls done without a day
            happened on that day or before.
        partners: How names of partners are spelled, each with the spelling or the id that is meant.
        words: Words of cells, each with the word of ours that is meant.
        encoding: The encoding of a file of CSV, where it is neither UTF-8 nor UTF-16.
        delimiter: What stands between its cells, where that cannot be seen.
        left_out: The tabs of the file that are not taken in, as far as they are known.
    """

    us: Mapping[str, Any] = attrs.field(converter=our_party)
    tabs: tuple[Tab, ...] = attrs.field(converter=tuple[Tab, ...])
    source: str = attrs.field(default="sheet", converter=text_of)
    day_first: bool | None = attrs.field(default=None, converter=_order)
    as_of: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    partners: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=_texts)
    words: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=_words)
    encoding: str | None = None
    delimiter: str | None = None
    left_out: tuple[Tab, ...] = attrs.field(default=(), converter=tuple[Tab, ...])

    @property
    def our_id(self) -> str:
        """Return the id of our own party."""
        return str(self.us["party"])

    def accept(self, *proposals: Proposal) -> "SheetMapping":
        """Return the mapping with the names taken for what the proposals say they may be."""
        taken = {each.spelling: each.meant for each in proposals}
        return attrs.evolve(self, partners={**self.partners, **taken})

    def keep_apart(self, *proposals: Proposal) -> "SheetMapping":
        """Return the mapping with the names taken for partners of their own."""
        taken = {each.spelling: each.spelling for each in proposals}
        return attrs.evolve(self, partners={**self.partners, **taken})

    def __str__(self) -> str:
        """Return who we are, how dates are read, and a table of the columns of each tab."""
        day = f"as of {self.as_of}" if self.as_of else "as of no day"
        parts = [f"We are {self.our_id}; {_ORDERS[self.day_first]}; {day}"]
        for tab in self.tabs:
            where = f"{tab.name!r}: {tab.rows}" if tab.name else str(tab.rows)
            parts.append(f"{where}, headers in row {tab.header}")
            parts.append(render.table(list(tab.columns.items()), headers=("field", "column")))
            if tab.unused:
                parts.append(f"not taken: {', '.join(tab.unused)}")
        parts += (f"{tab.name!r} is not taken in: {tab.why}" for tab in self.left_out)
        return "\n\n".join(parts)

    def to_toml(self, proposals: Iterable[Proposal] = ()) -> str:
        """Return the mapping as TOML; proposals are in it as comments, which take none of them."""
        return "\n".join(_toml(self, proposals)) + "\n"

    @classmethod
    def from_toml(cls, text: str) -> "SheetMapping":
        """Return the mapping of a text in TOML.

        Raises:
            ArgumentError: It is no TOML, or no mapping; with the first fault.
        """
        try:
            fields = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            reason = str(error)
            words = f"is no TOML: {reason[0].lower()}{reason[1:]}"
            raise ArgumentError("mapping", short_repr(text), words) from None
        tabs = fields.pop("tabs", [])
        if not isinstance(tabs, list):
            raise ArgumentError("mapping.tabs", short_repr(tabs), "is no list: write [[tabs]]")
        read = [
            _built(Tab, f"tabs[{place}]", tab) for place, tab in enumerate(cast(list[object], tabs))
        ]
        return cast(SheetMapping, _built(cls, "", fields | {"tabs": read}))


def _built(cls: type[Any], place: str, fields: Any) -> Any:  # noqa: ANN401 - of TOML
    """Return the object of the fields; a fault of one names its place.

    Raises:
        ArgumentError: A field is unknown, is missing, or cannot be read.
    """
    where = f"mapping.{place}".rstrip(".")
    if not isinstance(fields, Mapping):
        raise ArgumentError(where, short_repr(fields), "is no table")
    fields = cast(Mapping[str, Any], fields)
    known = attrs.fields_dict(cls)
    for name in fields:
        if name not in known:
            hint = did_you_mean(name, known) or f": its fields are {', '.join(known)}"
            raise ArgumentError(where, repr(name), f"is no field{hint}")
    for field in attrs.fields(cls):
        if field.default is attrs.NOTHING and field.name not in fields:
            raise ArgumentError(where, repr(field.name), "is missing")
        if field.converter is not None and field.name in fields:
            argument(f"{where}.{field.name}", field.converter, fields[field.name])
    return cls(**fields)


def _toml(mapping: SheetMapping, proposals: Iterable[Proposal]) -> Iterator[str]:
    """Yield the lines of a mapping in TOML."""
    yield f"source = {_quoted(mapping.source)}"
    for name in ("day_first", "as_of", "encoding", "delimiter"):
        value = getattr(mapping, name)
        if value is None:
            yield f"# {name} = "
        else:
            yield f"{name} = {str(value).lower() if isinstance(value, bool) else _quoted(value)}"
    yield from ("", "[us]", *_pairs(mapping.us))
    yield from (f"# {line}" for line in _pairs(dict(_unsaid(mapping.us))))
    for tab in mapping.tabs:
        yield from ("", *_tab(tab))
    for tab in mapping.left_out:
        yield from ("", f"# Not taken in: {tab.why}.", *(f"# {line}" for line in _tab(tab)))
    yield from ("", "# spelling = what is meant", "[partners]", *_pairs(mapping.partners))
    for each in proposals:
        yield f"# {_quoted(each.spelling)} = {_quoted(each.meant)}"
    yield from ("", "# word of the sheet = word of ours", "[words]", *_pairs(mapping.words))


def _unsaid(us: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields of our own party that are not said, with what they are taken for."""
    unsaid = {"name": us["party"], "kind": PartyKind.OTHER, "country": ""}
    return ((name, value) for name, value in unsaid.items() if name not in us)


def _tab(tab: Tab) -> Iterator[str]:
    """Yield the lines of a tab in TOML."""
    yield from ("[[tabs]]", f"name = {_quoted(tab.name)}", f"rows = {_quoted(tab.rows)}")
    yield from (f"header = {tab.header}", "[tabs.columns]", *_pairs(tab.columns))
    if tab.unused:
        yield f"# not taken: {', '.join(map(_quoted, tab.unused))}"


def _pairs(mapping: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a flat table."""
    return (f"{_quoted(key)} = {_written(value)}" for key, value in mapping.items())


def _written(value: object) -> str:
    """Return a text, several, or texts by name, as TOML writes them on one line."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_pairs(cast(Mapping[str, object], value)))} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, cast(tuple[object, ...], value)))}]"
    return _quoted(value)


def _quoted(value: object) -> str:
    """Return a text as TOML writes it, on one line."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
