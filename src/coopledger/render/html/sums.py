"""Sums of promises as rows: what was promised, delivered and is outstanding, by currency."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from coopledger.answers import Commitment
from coopledger.answers._wording import money
from coopledger.answers.sums import sums_of
from coopledger.render.html.office import Office, Side


class SumRow(NamedTuple):
    """Sum in one currency of what one side owes."""

    who: str
    promised: str
    delivered: str
    outstanding: str
    number: int


def sum_rows(office: Office, promises: Iterable[Commitment]) -> list[SumRow]:
    """Return the sums of the promises that carry amounts: ours, theirs, and those of others."""
    sides: dict[Side, list[Commitment]] = {each: [] for each in Side}
    for promise in promises:
        sides[office.side(promise)].append(promise)
    return [row for side, members in sides.items() for row in _of_side(office, side, members)]


def _of_side(office: Office, side: Side, promises: list[Commitment]) -> Iterator[SumRow]:
    """Yield a row for each currency in which one side owes."""
    who = office.text("all") if side is Side.OTHERS else office.text(side)
    for each in sums_of(promises):
        yield SumRow(
            who=office.words.heading(who),
            promised=money(each.promised),
            delivered=money(each.paid),
            outstanding=money(each.outstanding),
            number=len(each.commitments),
        )


def sum_line(office: Office, promises: Iterable[Commitment]) -> str:
    """Return what is outstanding of the promises, of how much, for the end of a short list."""
    return " · ".join(
        office.text("sum_left", amount=money(each.outstanding), promised=money(each.promised))
        for each in sums_of(promises)
    )
