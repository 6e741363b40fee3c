"""Tables of the rules, and the mutants of each: one cell, row or pair of rows is another.

A table is a constant of a module in `coopledger._rules`: a dictionary, a set or a tuple. A new one
is found by its kind, without a list.
"""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Sized
from enum import StrEnum
from itertools import pairwise, product
from types import ModuleType
from typing import Any, cast

import attrs

from coopledger import _rules

__all__ = ["Mutant", "Table", "mutants", "tables"]

# Tables of which no mutant would change an answer, each with its reason.
UNTRIED = {
    "case.GROWING": "which collections a copy copies; the laws of kept answers try it",
    "instrument_table.BELOW_AGREED": "a part of other sets, which are mutated themselves",
    "instrument_table.COLUMNS": "read while the table is made, before a mutant is",
    "lives.UNSETTLING": "when kept lives are dropped; the laws of kept answers try it",
    "meeting.COLUMNS": "read while the table is made, before a mutant is",
    "proposal.COLUMNS": "read while the table is made, before a mutant is",
}


@attrs.frozen
class Table:
    """Constant of a module of rules.

    Attributes:
        name: Its module and name, such as ``stage.STAGES``.
        value: What the module holds.
    """

    name: str
    value: Any  # Any: a dictionary, a set or a tuple of whatever the rules need


@attrs.frozen
class Mutant:
    """Change of a table.

    Attributes:
        table: The name of the table.
        change: The change in words, such as ``none/sign: sign becomes agreed``.
        apply: Makes the change in this process, for good.
    """

    table: str
    change: str
    apply: Callable[[], None]

    def __str__(self) -> str:
        """Return the name by which `survivors` knows it."""
        return f"{self.table}: {self.change}"


def tables() -> Iterator[Table]:
    """Yield the tables of `coopledger._rules`, by module and name."""
    for found in pkgutil.iter_modules(_rules.__path__):
        module = importlib.import_module(f"{_rules.__name__}.{found.name}")
        for name, value in vars(module).items():
            full = f"{found.name}.{name}"
            is_told = full not in UNTRIED and _is_table(name, value)
            if is_told and _is_at_home(module, name):
                yield Table(full, value)


def mutants(table: Table) -> Iterator[Mutant]:
    """Yield each mutant of the table: cells, then rows, then neighbours."""
    for change, value in CHANGES[type(table.value)](table.value):
        yield Mutant(table.name, change, _replacement(table.value, value))


def _is_table(name: str, value: object) -> bool:
    """Return whether the constant is a table with more than one row."""
    return name.isupper() and type(value) in CHANGES and len(cast(Sized, value)) > 1


def _is_at_home(module: ModuleType, name: str) -> bool:
    """Return whether the module itself says what the constant is, and does not import it."""
    return re.search(rf"^{name}\b.* = ", inspect.getsource(module), re.MULTILINE) is not None


def _changed_rows(rows: dict[Any, Any]) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Yield the dictionary with each cell as any other, without each row, neighbours swapped."""
    for key, value in rows.items():
        for change, other in _other_cells(value, list(rows.values())):
            yield f"{_named(key)}{change}", {**rows, key: other}
    for key in rows:
        yield f"without {_named(key)}", {each: rows[each] for each in rows if each != key}
    for one, two in pairwise(rows):
        if rows[one] != rows[two]:
            swapped = {**rows, one: rows[two], two: rows[one]}
            yield f"{_named(one)} and {_named(two)} swapped", swapped


def _other_cells(cell: Any, column: list[Any]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield each other value of the cell: of a row of cells each of them, of a set its members."""
    if isinstance(cell, dict):
        row = cast(dict[str, str], cell)
        words = dict.fromkeys(word for other in column for word in other.values())
        for name, other in product(row, words):
            if other != row[name]:
                yield f"/{name}: {row[name]} becomes {other}", {**row, name: other}
    elif isinstance(cell, frozenset):
        for change, other in _changed_members(cast(frozenset[str], cell)):
            yield f": {change}", other
    else:
        others = (other for other in dict.fromkeys(column) if other != cell)
        yield from ((f": {_named(cell)} becomes {_named(other)}", other) for other in others)


def _changed_members(members: frozenset[Any]) -> Iterator[tuple[str, frozenset[Any]]]:
    """Yield the set without each member, and with each other word of their vocabulary."""
    for member in sorted(members, key=_named):
        yield f"without {_named(member)}", members - {member}
    kinds = {type(member) for member in members if isinstance(member, StrEnum)}
    for kind in kinds:
        for word in kind:
            if word not in members:
                yield f"with {_named(word)}", members | {word}


def _changed_order(rows: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the tuple without each row, and with neighbours swapped."""
    for number, row in enumerate(rows):
        yield f"without row {number}, {_named(row)}", rows[:number] + rows[number + 1 :]
    for number, (one, two) in enumerate(pairwise(rows)):
        swapped = (*rows[:number], two, one, *rows[number + 2 :])
        yield f"rows {number} and {number + 1} swapped", swapped


# How a table of each kind is changed.
CHANGES: dict[type[Any], Callable[[Any], Iterator[tuple[str, Any]]]] = {
    dict: _changed_rows,
    frozenset: _changed_members,
    tuple: _changed_order,
}


def _replacement(old: Any, new: Any) -> Callable[[], None]:  # noqa: ANN401 - see Table.value
    """Return what puts the new table wherever a module of the package holds the old one."""

    def replace() -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("coopledger"):
                held = [each for each, value in vars(module).items() if value is old]
                vars(module).update(dict.fromkeys(held, new))

    return replace


def _named(row: Any) -> str:  # noqa: ANN401 - a row is of any type
    """Return the row in words."""
    if type(row) is tuple:
        return _named(row[0])
    return str(getattr(row, "__name__", None) or getattr(row, "value", None) or row)
