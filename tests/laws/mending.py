"""Random histories with many corrections, retractions, sources and disputes."""

import attrs
from hypothesis import strategies as st

from coopledger import Ledger, events
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.strategies import ACTS, GIVEN, OPENINGS

__all__ = ["mended_histories", "record_all"]

# Acts are called a1, a2 and so on: what is about one of them may be about another such event.
_TARGETS = st.one_of(
    st.integers(1, 30).map("a{}".format), st.sampled_from([each.id or "" for each in GIVEN])
)
_CHANGES = st.sampled_from(
    [
        {"when": "2016-05"},
        {"instrument": "i2"},
        {"instrument": "i4"},
        {"partnership": "vncu"},
        {"proposal": "p2"},
        {"proposal": "p3"},
        {"commitment": "c2"},
        {"commitment": "c3"},
        {"meeting": "m2"},
        {"meeting": "m3"},
        {"meeting": "m3", "partnership": "vncu"},
        {"supersedes": ["i1"]},
        {"supersedes": None},
        {"target": "a2"},
        {"at_meeting": "m1"},
        {"realises": ["p1"], "fulfils": ["c1"]},
        {"name": "Cuba", "acronyms": ["CU", "RC"]},
        {"text": "b"},
    ]
)
_REASON = st.just("a slip")
_CORRECTED = st.builds(events.EventCorrected, target=_TARGETS, changes=_CHANGES, reason=_REASON)
_ABOUT = st.one_of(
    _CORRECTED,
    _CORRECTED,
    st.builds(events.EventRetracted, target=_TARGETS, reason=_REASON),
    st.builds(events.SourceAdded, target=_TARGETS, source=st.just("minutes")),
    st.builds(
        events.FactDisputed,
        target=_TARGETS,
        field=st.sampled_from(["when", "by", "partnership"]),
        alternative=st.just("2016"),
        source=st.just("a newspaper"),
    ),
)
_PARTIES = st.one_of(
    st.builds(
        events.PartyRegistered,
        party=st.sampled_from(["x", "y"]),
        name=st.sampled_from(["X", "Cuba"]),
        kind=st.just("state"),
    ),
    st.builds(
        events.PartyRenamed,
        party=st.sampled_from(["x", "fr"]),
        name=st.sampled_from(["Y", "x"]),
        when=st.just("2016"),
    ),
)
_TEXTS = st.builds(
    events.InstrumentRegistered,
    instrument=st.sampled_from(["i4", "i5"]),
    partnership=st.sampled_from(["vnfr", "vncu"]),
    kind=st.just("mou"),
    supersedes=st.sampled_from([(), ("i1",), ("i2", "i3")]),
    ends_with=st.sampled_from([None, "i1", "i2"]),
)
_ANY = st.one_of(ACTS, ACTS, _ABOUT, _ABOUT, _ABOUT, _PARTIES, _TEXTS)


def _named(openings: tuple[Event, ...], acts: list[Event]) -> list[Event]:
    return [attrs.evolve(act, id=f"a{number}") for number, act in enumerate((*openings, *acts), 1)]


# Acts in the order in which they are offered to a ledger: first those that open something.
mended_histories = st.builds(_named, st.tuples(*OPENINGS), st.lists(_ANY, min_size=8, max_size=35))


def record_all(ledger: Ledger, acts: list[Event]) -> None:
    """Offer the acts one by one; those that are refused are left out."""
    for act in acts:
        try:
            ledger.record(act)
        except RefusedError:
            continue
