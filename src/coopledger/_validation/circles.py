"""Checks that nothing lies within, waits for or takes the place of itself, through others or not.

A circle may be closed by a record, by a correction, which is tried as its target would be, and by
reading two things as one.

Codes: E202, E206, E304, E406, E512, E613.
"""

from collections.abc import Iterator

from coopledger._facts.merging import REGISTRATIONS
from coopledger._snapshot import Snapshot
from coopledger._validation.candidate import Candidate
from coopledger._validation.ties import TIES, Tie, above, values
from coopledger.errors import Finding
from coopledger.events import Event, SameAs
from coopledger.terms import Noun


def circles_closed(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse what would depend on itself (E202, E206, E304, E406, E512, E613)."""
    for tie in TIES:
        if not isinstance(event, tie.kinds):
            continue
        own: str = getattr(event, tie.noun)
        for name in values(event, tie.field):
            if name == own and tie.remedy:
                yield Finding(tie.code, f"{tie.field}: {name!r} {tie.remedy}", tie.field)
            elif tie.relation and _leads_to(candidate, tie, name, own):
                message = f"{tie.field}: {name!r} {tie.relation} {own!r}"
                yield Finding(tie.code, message, tie.field)


def _leads_to(candidate: Candidate, tie: Tie, name: str, own: str) -> bool:
    """Return whether the thing depends on the other one, through however many others."""
    if name == own:
        return True
    if candidate.is_free(tie, own, name):
        return False
    # Nothing depends on a new id.
    if candidate.visible.is_named(own) and own in _with_all_above(candidate.ever, tie, name):
        return True
    candidate.keep_free(tie, own, name)
    return False


def _with_all_above(ever: Snapshot, tie: Tie, name: str) -> set[str]:
    """Return the thing, and all on which it depends, through however many others."""
    names, seen = [name], {name}
    for each in names:  # It grows on the way.
        new = [other for other in above(ever, tie, each) if other not in seen]
        seen.update(new)
        names += new
    return seen


def circles_merged(candidate: Candidate, event: SameAs, noun: Noun) -> Iterator[Finding]:
    """Refuse to read two things as one that would depend on itself, by way of others.

    Where one depends on the other with nothing between them, it merely does so no longer.
    """
    ever, both = candidate.ever, (event.same_as, event.duplicate)
    for tie in (each for each in TIES if each.noun is noun and each.relation):
        for own, other, name in _between(ever, tie, both):
            if other in _with_all_above(ever, tie, name):
                message = (
                    f"same_as: {own!r} {tie.relation} {name!r}, which {tie.relation} {other!r}: "
                    "read as one they would close a circle"
                )
                yield Finding(tie.code, message, "same_as")


def _between(ever: Snapshot, tie: Tie, both: tuple[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield each of the two, the other one, and a third thing on which it depends."""
    others = [[each for each in above(ever, tie, name) if each not in both] for name in both]
    if others[0] and tie.noun in REGISTRATIONS:
        del others[1]  # A duplicate fills in only what the other leaves out.
    for own, other, names in zip(both, both[::-1], others, strict=False):
        yield from ((own, other, name) for name in names)
