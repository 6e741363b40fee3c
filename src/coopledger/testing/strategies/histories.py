"""Whole histories: events that a ledger accepts, in their order."""

from collections.abc import Iterable, Sequence

import attrs
from hypothesis import strategies as st

from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.ledger import Ledger
from coopledger.packs import Pack
from coopledger.testing.clock import Clock, numbered
from coopledger.testing.scenarios import WORLD
from coopledger.testing.strategies.acts import ACTS, GIVEN, OPENINGS

DEFAULT = (*WORLD, *GIVEN)


def histories(
    *,
    start: Sequence[Event] = DEFAULT,
    acts: st.SearchStrategy[Event] | None = None,
    most: int = 25,
    packs: Iterable[Pack] = (),
) -> st.SearchStrategy[list[Event]]:
    """Lists of events that an empty ledger accepts, one by one or all at once, each with an id.

    Acts are drawn and offered to a ledger in memory; those that it refuses are left out.

    Args:
        start: What every history begins with: by default `coopledger.testing.WORLD`, and three
            texts ``i1``, ``i2`` and ``i3``.
        acts: What may happen then; by default acts of 2015 to 2021 on those texts, on the
            proposals ``p1`` and ``p2``, the commitments ``c1`` and ``c2`` and the meetings ``m1``
            and ``m2``. An act without an id gets one.
        most: How many acts are offered at most.
        packs: As for a `Ledger`.

    Raises:
        RefusedError: The start is none that a ledger accepts.
    """
    packs = tuple(packs)
    _recorded(start, (), packs)  # Refused here, and not by the first example.
    offered = st.lists(acts, max_size=most) if acts is not None else _usual(most)
    return offered.map(lambda drawn: _recorded(start, drawn, packs))


def _usual(most: int) -> st.SearchStrategy[list[Event]]:
    """Acts that open something, then any."""
    opened = st.tuples(*OPENINGS)
    return st.builds(_joined, opened, st.lists(ACTS, max_size=most)).map(lambda acts: acts[:most])


def _joined(first: tuple[Event, ...], rest: list[Event]) -> list[Event]:
    """One list of both."""
    return [*first, *rest]


def _recorded(
    start: Sequence[Event], offered: Sequence[Event], packs: Sequence[Pack]
) -> list[Event]:
    """The events as they lie in the log of a ledger to which they were offered."""
    ledger = Ledger.in_memory(clock=Clock(), ids=numbered("h"), packs=packs)
    if start:
        ledger.record(*start)
    for number, act in enumerate(offered, 1):
        try:
            ledger.record(act if act.id else attrs.evolve(act, id=f"a{number}"))
        except RefusedError:
            continue
    return [item.event for item in ledger.events()]
