"""Mergers that would close a circle: E202, E206, E304, E406, E512 and E613."""

from functools import partial

from coopledger import events
from coopledger.events import Event
from tests.builders import build_event
from tests.unit.validation.case import Case

FIELDS: dict[type[Event], tuple[str, dict[str, object]]] = {
    events.PartyRegistered: ("party", {"kind": "agency"}),
    events.PartnershipOpened: ("partnership", {"parties": ["vn", "fr"]}),
    events.MeetingScheduled: (
        "meeting",
        {"kind": "talks", "partnership": "vnfr", "when": "2022-01-01"},
    ),
    events.ProposalMade: (
        "proposal",
        {"partnership": "vnfr", "by": "vn", "text": "a", "when": "2022-01-01"},
    ),
    events.InstrumentRegistered: ("instrument", {"partnership": "vnfr", "kind": "mou"}),
    events.CommitmentMade: (
        "commitment",
        {
            "partnership": "vnfr",
            "debtors": "vn",
            "creditors": "fr",
            "what": "a",
            "when": "2022-01-01",
        },
    ),
}


def chain(cls: type[Event], field: str, length: int = 3) -> list[Event]:
    """Return so many things, each of which depends on the one before."""
    noun, fields = FIELDS[cls]
    made: list[Event] = []
    for number in range(1, length + 1):
        own: dict[str, object] = {"id": f"g{number}", noun: f"x{number}", **fields}
        own |= {field: f"x{number - 1}"} if number > 1 else {}
        own |= {"name": f"Office {number}"} if cls is events.PartyRegistered else {}
        made.append(build_event(cls, own))
    return made


def merged(duplicate: str, same_as: str) -> events.SameAs:
    """Return the merger."""
    return events.SameAs(id="t", duplicate=duplicate, same_as=same_as)


TIES: list[tuple[str, str, type[Event], str]] = [
    ("E202", "lies below", events.PartyRegistered, "parent"),
    ("E206", "lies below", events.PartnershipOpened, "parent"),
    ("E304", "lies within", events.MeetingScheduled, "within"),
    ("E406", "counters", events.ProposalMade, "counter_to"),
    ("E512", "takes the place of", events.InstrumentRegistered, "supersedes"),
    ("E512", "prolongs", events.InstrumentRegistered, "extends"),
    ("E512", "carries out", events.InstrumentRegistered, "implements"),
    ("E512", "ends with", events.InstrumentRegistered, "ends_with"),
    ("E613", "waits for", events.CommitmentMade, "depends_on"),
]

MERGERS = [
    Case(
        message=f"{code} SameAs 't': same_as: 'x{length}' {relation} 'x{length - 1}', which "
        f"{relation} 'x1': read as one they would close a circle",
        given=chain(cls, field, length),
        act=partial(merged, duplicate, same_as),
    )
    for code, relation, cls, field in TIES
    for length, duplicate, same_as in ((3, "x3", "x1"), (4, "x1", "x4"))
]
