"""Checks that nothing lies within, waits for or takes the place of itself, through others or not.

A circle may be closed by a record, and by a correction, which is tried as its target would be.

Codes: E202, E206, E304, E406, E512, E613.
"""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import Noun


@attrs.frozen
class Tie:
    """Field by which a thing depends on others of its noun, and never on itself.

    Attributes:
        kinds: The events that name the thing and have the field.
        noun: The noun of the thing.
        field: The field.
        code: The code of the refusal.
        relation: The words between the other thing and the thing, where a circle is closed;
            empty where only the thing itself is refused.
        remedy: The words after it where the thing names itself; empty for the same words.
    """

    kinds: tuple[type[Event], ...]
    noun: Noun
    field: str
    code: str
    relation: str
    remedy: str = ""


TIES: tuple[Tie, ...] = (
    Tie(
        (events.PartyRegistered,),
        Noun.PARTY,
        "parent",
        "E202",
        "lies below",
        "cannot be its own parent",
    ),
    Tie((events.PartnershipOpened,), Noun.PARTNERSHIP, "parent", "E206", "lies below"),
    Tie(
        (events.MeetingScheduled, events.MeetingHeld),
        Noun.MEETING,
        "within",
        "E304",
        "lies within",
        "cannot lie within itself",
    ),
    Tie(
        (events.ProposalMade,),
        Noun.PROPOSAL,
        "counter_to",
        "E406",
        "counters",
        "cannot counter itself",
    ),
    *(
        Tie((events.InstrumentRegistered,), Noun.INSTRUMENT, field, "E512", relation, remedy)
        for field, relation, remedy in (
            ("supersedes", "takes the place of", "cannot take the place of itself"),
            ("extends", "prolongs", "cannot prolong itself"),
            ("implements", "carries out", "cannot carry out itself"),
        )
    ),
    # Two texts may amend each other in turn: each is changed by what the other said later.
    Tie(
        (events.InstrumentAmended,),
        Noun.INSTRUMENT,
        "by_instrument",
        "E512",
        "",
        "cannot amend itself",
    ),
    Tie(
        (events.CommitmentMade,),
        Noun.COMMITMENT,
        "depends_on",
        "E613",
        "waits for",
        "cannot wait for itself",
    ),
)
TIED = tuple(dict.fromkeys(kind for tie in TIES for kind in tie.kinds))
FIELDS = frozenset(tie.field for tie in TIES)


def circles_closed(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse what would depend on itself (E202, E206, E304, E406, E512, E613)."""
    for tie in TIES:
        if not isinstance(event, tie.kinds):
            continue
        own: str = getattr(event, tie.noun)
        for name in _values(event, tie.field):
            if name == own and tie.remedy:
                yield Finding(tie.code, f"{tie.field}: {name!r} {tie.remedy}", tie.field)
            elif tie.relation and _leads_to(candidate, tie, name, own):
                message = f"{tie.field}: {name!r} {tie.relation} {own!r}"
                yield Finding(tie.code, message, tie.field)


def _values(event: Event, field: str) -> tuple[str, ...]:
    """Return the ids in the field, which holds one, several or none."""
    value: str | tuple[str, ...] | None = getattr(event, field)
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def _leads_to(candidate: Candidate, tie: Tie, name: str, own: str) -> bool:
    """Return whether the thing depends on the other one, through however many others."""
    if name != own and not candidate.visible.naming(own):
        return False  # Nothing can depend on what nothing names, as is so for most new ids.
    names = [name]
    for each in names:  # It grows on the way.
        if each == own:
            return True
        names += [above for above in _above(candidate, tie, each) if above not in names]
    return False


def _above(candidate: Candidate, tie: Tie, name: str) -> tuple[str, ...]:
    """Return the things on which the thing depends by what is known of it, on any day."""
    if tie.noun is Noun.MEETING:
        records = [fact.event for fact in candidate.ever.meeting(name).words]
    else:
        records = [fact.event for fact in candidate.visible.openings(tie.noun, name)]
    return next(
        filter(
            None, (_values(event, tie.field) for event in records if isinstance(event, tie.kinds))
        ),
        (),
    )
