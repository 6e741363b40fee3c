"""A pack: event types, checks, duties and projections of one's own, given to a ledger."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Concatenate

import attrs

from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.fields import asked, identifier, require, several
from coopledger.packs import shapes
from coopledger.rules.duty import Obligation, Own
from coopledger.tags import CORE, Types, Vocabulary
from coopledger.upcast import Step
from coopledger.validation import Check, OwnChecks
from coopledger.view import View

__all__ = ["Combined", "DutyRule", "Pack", "Projection", "combined"]

DutyRule = Callable[[View], Iterable[Obligation]]
Projection = Callable[Concatenate[View, ...], Any]


@attrs.frozen(kw_only=True, eq=False)
class Pack:
    """What a ledger knows beyond the library; every field but the name may be left out.

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
    types: Types = attrs.field(factory=dict[str, tuple[int, type[Event]]], validator=shapes.TYPES)
    steps: Mapping[tuple[str, int], Step] = attrs.field(
        factory=dict[tuple[str, int], Step], validator=shapes.STEPS
    )
    checks: tuple[tuple[type[Event], Check], ...] = attrs.field(
        default=(), converter=shapes.as_tuple, validator=shapes.CHECKS
    )
    duties: tuple[DutyRule, ...] = attrs.field(
        default=(), converter=shapes.as_tuple, validator=shapes.DUTIES
    )
    projections: Mapping[str, Projection] = attrs.field(
        factory=dict[str, Projection], validator=shapes.PROJECTIONS
    )


@attrs.frozen(kw_only=True)
class Combined:
    """What several packs bring, taken together with the library.

    Attributes:
        vocabulary: The event types of the library and of the packs.
        checks: The checks of the packs.
        own: Their duties and projections.
        packs: The packs themselves.
    """

    vocabulary: Vocabulary
    checks: OwnChecks
    own: Own
    packs: tuple[Pack, ...]


def _packs(value: object) -> tuple[Pack, ...]:
    """One pack or several; E106 for anything else."""
    return (value,) if isinstance(value, Pack) else several(value, _pack)


def _pack(value: Pack) -> Pack:
    """The pack; E106 for anything else."""
    require(value, Pack, "is no pack: give values of packs.Pack")
    return value


def combined(packs: Iterable[Pack]) -> Combined:
    """The packs taken together.

    Raises:
        ArgumentError: One is no pack; two have the same name or ask a question of the same name;
            a tag is taken, or is not one of its pack.
    """
    given = asked("packs", _packs, packs)
    vocabulary, projections, names = CORE, dict[str, Projection](), set[str]()
    for pack in given:
        for name in (*names.intersection([pack.name]), *projections.keys() & pack.projections):
            raise ArgumentError("packs", repr(name), "is given twice: each name once")
        for tag in pack.types:
            if not tag.startswith(f"{pack.name}."):
                remedy = f"is no tag of pack {pack.name!r}: begin it with '{pack.name}.'"
                raise ArgumentError("packs", repr(tag), remedy)
        names.add(pack.name)
        projections |= pack.projections
        vocabulary = vocabulary.enlarged(pack.types, pack.steps)
    return Combined(
        vocabulary=vocabulary,
        checks=tuple(check for pack in given for check in pack.checks),
        own=Own(
            duties=tuple(rule for pack in given for rule in pack.duties), projections=projections
        ),
        packs=given,
    )
