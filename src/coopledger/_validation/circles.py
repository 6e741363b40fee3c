"""Checks that nothing lies within, waits for or takes the place of itself, through others or not.

A circle may be closed by a record, and by a correction, which is tried as its target would be.

Codes: E202, E206, E304, E406, E512, E613.
"""

from collections.abc import Iterator

from coopledger._validation.candidate import Candidate
from coopledger._validation.ties import TIES, Tie, above, values
from coopledger.errors import Finding
from coopledger.events import Event


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
    seen = {name}
    names = [name] if candidate.visible.is_named(own) else []  # Nothing depends on a new id.
    for each in names:  # It grows on the way.
        new = [other for other in above(candidate.ever, tie, each) if other not in seen]
        if own in new:
            return True
        seen.update(new)
        names += new
    candidate.keep_free(tie, own, name)
    return False
