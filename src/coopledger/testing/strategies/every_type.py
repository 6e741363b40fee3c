"""Events of every type on the few things of a history, each with a few of its optional fields.

A new type or field is among them by itself, with what `fields.values_of` draws for it; the tables
here name the things that there are, so that a ledger accepts many of the events.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any, cast

import attrs
from hypothesis import strategies as st

from coopledger import events
from coopledger._log.vocabulary import TAGS
from coopledger.events import Event
from coopledger.testing.strategies.dated import DATE_TEXTS
from coopledger.testing.strategies.fields import FIELDS, values_of

MOST_OPTIONAL = 3
# Fields that say nothing of what happened.
LEFT_OUT = frozenset({"id", "ext", "inferred", "recorded_by"})

Values = st.SearchStrategy[object]
FIRST_DAY = date(2015, 1, 1)
EXACT = st.integers(0, 6 * 365).map(lambda days: (FIRST_DAY + timedelta(days)).isoformat())
DATES: Values = st.one_of(EXACT, EXACT, st.sampled_from(["2016", "2018-06", "2019~", "2020"]))
PARTY = st.sampled_from(["vn", "fr", "cu", "most", "mesr"])
PARTIES = st.lists(PARTY, min_size=1, max_size=2, unique=True)
PARTNERSHIP = st.sampled_from(["vnfr", "vnfr", "vncu"])
INSTRUMENT = st.sampled_from(["i1", "i2", "i3", "i4"])
COMMITMENT = st.sampled_from(["c1", "c2"])
PROPOSAL = st.sampled_from(["p1", "p2"])
MEETING = st.sampled_from(["m1", "m2"])
THING = st.sampled_from(["i1", "c1", "c2", "p1", "m1", "vnfr"])
EVENT = st.sampled_from(["g1", "g2", *(f"a{number}" for number in range(1, 7))])
DESK = st.sampled_from(["Desk 1", "Desk 2", "mesr"])

# What a field of this name holds here, in every class but for the exceptions below.
HERE: dict[str, Values] = {
    **{name: DATES for name, drawn in FIELDS.items() if drawn is DATE_TEXTS},
    **dict.fromkeys(("affairs", "depends_on", "creates"), st.just(["c2"])),
    **dict.fromkeys(("amended_by", "by_instrument", "ends_with", "extends"), INSTRUMENT),
    **dict.fromkeys(("implements", "instrument", "under", "supersedes"), INSTRUMENT),
    **dict.fromkeys(("at_meeting", "due_meeting", "meeting", "within"), MEETING),
    **dict.fromkeys(("by", "creditors", "debtors", "parties", "signers", "to", "via"), PARTIES),
    **dict.fromkeys(("depositary", "host", "party"), PARTY),
    "changes": st.sampled_from([{"note": "b"}, {"when": "2017"}]),
    "commitment": COMMITMENT,
    "condition": st.just("money"),
    "counter_to": PROPOSAL,
    "duplicate": st.sampled_from(["c2", "p2", "i2", "m2"]),
    "field": st.sampled_from(["when", "note"]),
    "figure": st.just("f1"),
    "fulfils": COMMITMENT,
    "in_place_of": DESK,
    "lies_with": PARTIES,
    "meets": st.just("c1/money"),
    "missing_signers": PARTIES,
    "obstacle": st.sampled_from(["o1", "o2"]),
    "partnership": PARTNERSHIP,
    "proposal": PROPOSAL,
    "realises": PROPOSAL,
    "responsible": DESK,
    "same_as": st.sampled_from(["c1", "p1", "i1", "m1"]),
    "series": st.just("s"),
    "subject": THING,
    "target": EVENT,
}
EXCEPTIONS: dict[tuple[type[Event], str], Values] = {
    (events.PartyRegistered, "party"): st.sampled_from(["lab", "desk"]),
    (events.PartyRegistered, "parent"): PARTY,
    (events.PartnershipOpened, "partnership"): st.just("below"),
    (events.PartnershipOpened, "parties"): st.just(["vn", "fr"]),
    (events.PartnershipOpened, "parent"): PARTNERSHIP,
    (events.InstrumentRegistered, "instrument"): st.just("i4"),
    (events.ResponsibilityAssigned, "to"): DESK,
    (events.CommitmentDelegated, "to"): PARTY,
    (events.StatusReported, "state"): st.sampled_from(["active", "at_rest", "odd"]),
}


def event_here(cls: type[Event]) -> st.SearchStrategy[Event]:
    """Draw events of the class with its required fields, and at most a few of the others.

    They have no id; see `histories` for the things that they are about.
    """
    names = st.lists(st.sampled_from(optional(cls)), max_size=MOST_OPTIONAL, unique=True)
    return names.flatmap(partial(with_fields, cls))


def with_fields(cls: type[Event], names: Iterable[str]) -> st.SearchStrategy[Event]:
    """Draw events of the class with its required fields and these."""
    needed = {*attrs.fields_dict(cls)} - {*optional(cls)} - LEFT_OUT
    fields = attrs.fields_dict(cls)
    drawn = {name: _values(cls, fields[name]) for name in sorted({*needed, *names})}
    make = cast(Callable[..., Event], cls)  # Its own readers see to the types.
    return st.fixed_dictionaries(drawn).map(lambda values: make(**values))


def optional(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields that an event of the class may have or not; every one has a date."""
    known = (each.name for each in attrs.fields(cls) if each.default is not attrs.NOTHING)
    return tuple(name for name in known if name not in LEFT_OUT | {"when"})


def _values(cls: type[Event], field: Any) -> Values:  # noqa: ANN401 - attrs types it loosely
    """Return what a field of the class holds here."""
    if (cls, field.name) in EXCEPTIONS:
        return EXCEPTIONS[cls, field.name]
    return HERE[field.name] if field.name in HERE else values_of(cls, field)


# Made at the first draw.
EVERY_TYPE: st.SearchStrategy[Event] = st.deferred(
    lambda: st.one_of([event_here(cls) for _, cls in TAGS.values()])
)
