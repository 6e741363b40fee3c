"""Yields: what reports say was done, 'counted as said', and only where wholly within a period."""

from collections.abc import Iterator
from fractions import Fraction

from tests.oracle.days import bounds
from tests.oracle.facts import Fact, VisibleFacts

__all__ = ["yields"]


def yields(
    visible: VisibleFacts, partnership: str, day: int, *, years: tuple[int, int] | None = None
) -> dict[str, str]:
    """Return the number of reports and the sum, for each kind and each name that is counted."""
    sums: dict[str, tuple[int, Fraction]] = {}
    for fact in visible.until(day):
        if fact["type"] != "ImplementationReported" or not _is_within(fact, years):
            continue
        text = visible.registered("InstrumentRegistered", "instrument", fact.get("instrument"))
        own = text["partnership"] if text else None
        if partnership in {fact.get("partnership"), own}:
            for name, number in _counts(fact):
                reports, total = sums.get(name, (0, Fraction(0)))
                sums[name] = reports + 1, total + number
    return {name: f"{total} in {reports}" for name, (reports, total) in sums.items()}


def _counts(fact: Fact) -> Iterator[tuple[str, Fraction]]:
    """Yield what a report counts; one that counts nothing is counted itself."""
    for name, number in (fact.get("counts") or {"None": 0}).items():
        yield f"{fact.get('kind')} {name}", Fraction(str(number))


def _is_within(fact: Fact, years: tuple[int, int] | None) -> bool:
    """Return whether the whole period of the report, or else of its act, is within the years."""
    if years is None:
        return True
    first, last = bounds(fact.get("period") or fact["when"])
    begins, ends = bounds(f"{years[0]:04}/{years[1]:04}")
    if first is None or last is None or begins is None or ends is None:
        return False
    return begins <= first and last <= ends
