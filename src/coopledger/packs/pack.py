"""Packs: event types, checks, duties and questions of one's own, given to a ledger.

Fields of a pack that have another shape are refused where the pack is made, and not when the
ledger first uses them.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Concatenate, TypeGuard

import attrs

from coopledger._fields.reading import (
    argument,
    identifier,
    is_mapping,
    require,
    short_repr,
    tuple_of,
)
from coopledger._frozen import frozen
from coopledger._log.vocabulary import CORE, Step, Types, Vocabulary
from coopledger._rules.duty import Obligation, PackQuestions
from coopledger._validation.candidate import Check, OwnChecks
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.view import View

DutyRule = Callable[[View], Iterable[Obligation]]
Projection = Callable[Concatenate[View, ...], Any]

Validator = Callable[[object, Any, Any], None]
Pair = tuple[Any, Any]
PAIR = 2


def _each(kind: type, fits: Callable[[Any], bool], remedy: str) -> Validator:
    """Return a validator for a value of the kind whose items, or keys with values, all fit."""

    def validate(_: object, field: Any, value: Any) -> None:  # noqa: ANN401
        items = value.items() if is_mapping(value) else value
        if not (isinstance(value, kind) and all(map(fits, items))):
            raise ArgumentError(field.name, short_repr(value), remedy)

    return validate


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple)


def _is_pair(item: object) -> TypeGuard[Pair]:
    return _is_tuple(item) and len(item) == PAIR


def _is_type(item: Pair) -> bool:
    tag, entry = item
    is_entry = isinstance(tag, str) and _is_pair(entry)
    return is_entry and type(entry[0]) is int and isinstance(entry[1], type)


def _is_step(item: Pair) -> bool:
    key, step = item
    return _is_pair(key) and type(key[0]) is str and type(key[1]) is int and callable(step)


def _is_check(item: object) -> bool:
    return _is_pair(item) and isinstance(item[0], type) and callable(item[1])


def _is_projection(item: Pair) -> bool:
    return isinstance(item[0], str) and callable(item[1])


def _as_tuple(value: Any) -> Any:  # noqa: ANN401 - the validator refuses what is no tuple then
    """Return a list as a tuple, and anything else as it is."""
    return tuple(value) if _is_list(value) else value


TYPES = _each(Mapping, _is_type, "gives no types: write {'lab.sample-sent': (1, SampleSent)}")
STEPS = _each(Mapping, _is_step, "gives no steps: write {('lab.sample-sent', 1): a_function}")
CHECKS = _each(tuple, _is_check, "gives no checks: write [(SampleSent, a_function)]")
DUTIES = _each(tuple, callable, "gives no duties: write [a_function]")
PROJECTIONS = _each(Mapping, _is_projection, "gives no projections: write {'name': a_function}")


@frozen(kw_only=True, eq=False)
class Pack:
    """Extension of a ledger beyond the library; every field but the name may be left out.

    Attributes:
        name: What it is called, such as ``lab``.
        types: Its event types: wire tag to newest version and class. A tag begins with the name
            of the pack and a dot, as in ``lab.sample-sent``, and never changes.
        steps: What lifts the fields of an older version of a type: (tag, version) to a function
            from the fields of that version to those of the next.
        checks: What events must satisfy: a class, and a function from a candidate to
            findings.
        duties: The rules that say who must do what because of what happened.
        projections: Questions of its own, by the name under which `View.query` puts them: each a
            function of a view and keyword arguments.
    """

    name: str = attrs.field(converter=identifier)
    types: Types = attrs.field(factory=dict[str, tuple[int, type[Event]]], validator=TYPES)
    steps: Mapping[tuple[str, int], Step] = attrs.field(
        factory=dict[tuple[str, int], Step], validator=STEPS
    )
    checks: tuple[tuple[type[Event], Check], ...] = attrs.field(
        default=(), converter=_as_tuple, validator=CHECKS
    )
    duties: tuple[DutyRule, ...] = attrs.field(default=(), converter=_as_tuple, validator=DUTIES)
    projections: Mapping[str, Projection] = attrs.field(
        factory=dict[str, Projection], validator=PROJECTIONS
    )


@frozen(kw_only=True)
class Combined:
    """Several packs together with the library.

    Attributes:
        vocabulary: The event types of the library and of the packs.
        checks: The checks of the packs.
        questions: Their duties and projections.
        packs: The packs themselves.
    """

    vocabulary: Vocabulary
    checks: OwnChecks
    questions: PackQuestions
    packs: tuple[Pack, ...]


def combined(packs: Pack | Iterable[Pack]) -> Combined:
    """Return one pack or several, together with the library.

    Raises:
        ArgumentError: One is no pack; two have the same name or ask a question of the same name;
            a tag is taken, or is not one of its pack.
    """
    values = argument("packs", partial(tuple_of, read=_pack), packs)
    vocabulary, projections, names = CORE, dict[str, Projection](), set[str]()
    for pack in values:
        repeated = [name for name in pack.projections if name in projections]
        if pack.name in names or repeated:
            name = pack.name if pack.name in names else repeated[0]
            raise ArgumentError("packs", repr(name), "is given twice: each name once")
        foreign = [tag for tag in pack.types if not tag.startswith(f"{pack.name}.")]
        if foreign:
            remedy = f"is no tag of pack {pack.name!r}: begin it with '{pack.name}.'"
            raise ArgumentError("packs", repr(foreign[0]), remedy)
        names.add(pack.name)
        projections |= pack.projections
        vocabulary = vocabulary.enlarged(pack.types, pack.steps)
    duties = tuple(rule for pack in values for rule in pack.duties)
    return Combined(
        vocabulary=vocabulary,
        checks=tuple(check for pack in values for check in pack.checks),
        questions=PackQuestions(duties=duties, projections=projections),
        packs=values,
    )


def _pack(value: Pack) -> Pack:
    """Return the pack; refuse anything else with E106."""
    require(value, Pack, "is no pack: give values of packs.Pack")
    return value
