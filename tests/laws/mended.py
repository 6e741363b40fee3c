"""Random histories that hold many events about events: what is told is mended again and again."""

from collections.abc import Callable

import attrs
from hypothesis import strategies as st

from coopledger import events
from coopledger.errors import CoopledgerError
from coopledger.events import Event
from coopledger.ledger import Ledger
from tests.builders import build_event
from tests.strategies import ACTS, OPENINGS, days

__all__ = ["Step", "mended_histories", "take"]

# What happens to a ledger: an act, or something about the event at an index, from the last one
# back, or about the first one before it that admits of it.
Step = Event | tuple[Callable[[str], Event], int]

WHEN = days.map(lambda day: day.isoformat())
CHANGES = st.one_of(
    st.fixed_dictionaries({"when": WHEN}),
    st.fixed_dictionaries({"effective": WHEN}),
    st.fixed_dictionaries({"due": WHEN}),
    st.fixed_dictionaries({"planned": WHEN}),
    st.fixed_dictionaries({"partnership": st.sampled_from(["vnfr", "vncu", None])}),
    st.fixed_dictionaries({"instrument": st.sampled_from(["i1", "i2", "i3"])}),
    st.fixed_dictionaries({"commitment": st.sampled_from(["c1", "c2", "c3"])}),
    st.fixed_dictionaries({"proposal": st.sampled_from(["p1", "p2", "p3"])}),
    st.fixed_dictionaries({"meeting": st.sampled_from(["m1", "m2", "m3"])}),
    st.fixed_dictionaries({"due_meeting": st.sampled_from(["m1", "m2", None])}),
    st.fixed_dictionaries({"under": st.sampled_from(["i1", "i2", None])}),
    st.fixed_dictionaries(
        {"parties": st.sampled_from([["vn", "fr"], ["vn", "cu"], ["vn", "fr", "cu"]])}
    ),
    st.fixed_dictionaries({"parent": st.sampled_from(["vn", "fr", "vnfr", None])}),
    st.fixed_dictionaries({"supersedes": st.sampled_from([["i1"], []])}),
    st.fixed_dictionaries({"subject": st.sampled_from(["i1", "i2", "c1", "vncu"])}),
    st.fixed_dictionaries({"note": st.just("a")}),
)
MANY = ["vn", "fr", "cu", "most", "mesr", "unesco"]
PARTY = st.sampled_from(["vn", "fr", "cu", *MANY])
AFFAIRS = st.sampled_from([[], ["vnfr"], ["vncu"], ["i1"], ["i5"], ["c1"], ["vnfr", "i5"]])
# Of acts of single parties, of successions and of mergers.
CHANGES_OF_PARTIES = st.one_of(
    st.fixed_dictionaries({"affairs": AFFAIRS}),
    st.fixed_dictionaries({"party": PARTY}),
    st.fixed_dictionaries({"by": PARTY.map(lambda party: [party])}),
    st.fixed_dictionaries({"signers": PARTY.map(lambda party: [party])}),
    st.fixed_dictionaries({"duplicate": st.sampled_from(["vnfr", "i5", "fr", "c2", "p2", "m2"])}),
    st.fixed_dictionaries({"same_as": st.sampled_from(["vncu", "i2", "cu", "c1", "p1", "m1"])}),
    st.fixed_dictionaries({"open_for_signature": st.booleans()}),
)


def _correct(changes: dict[str, object]) -> Callable[[str], Event]:
    return lambda target: events.EventCorrected(target=target, changes=changes, reason="a")


def _dispute(field: str) -> Callable[[str], Event]:
    return lambda target: events.FactDisputed(
        target=target, field=field, alternative="2017", source="b", when="2017-03-01"
    )


def _retract(target: str) -> Event:
    return events.EventRetracted(target=target, reason="a")


def _add_source(target: str) -> Event:
    return events.SourceAdded(target=target, source="b")


ABOUT: st.SearchStrategy[Callable[[str], Event]] = st.one_of(
    CHANGES.map(_correct),
    CHANGES.map(_correct),
    CHANGES_OF_PARTIES.map(_correct),
    st.just(_retract),
    st.sampled_from(["when", "note", "partnership"]).map(_dispute),
    st.just(_add_source),
)
MENDS: st.SearchStrategy[Step] = st.tuples(ABOUT, st.integers(0, 12))

GIVEN_PARTNERSHIP = st.sampled_from(["vnfr", "vncu", "below"])
PARTNERSHIP = st.one_of(GIVEN_PARTNERSHIP, st.none())


def _made(cls: type[Event], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Event]:
    """Draw events of the class; fields that are None are left out."""
    return st.fixed_dictionaries({"when": WHEN, **fields}).map(
        lambda drawn: build_event(
            cls, {name: value for name, value in drawn.items() if value is not None}
        )
    )


A = st.just("a")
TEXT_OR_NONE = st.sampled_from(["i1", "i2", None])
MORE: st.SearchStrategy[Event] = st.one_of(
    _made(events.PartnershipOpened, partnership=st.just("below"), parties=st.just(["vn", "fr"]),
          parent=st.sampled_from(["vnfr", None]), report_every=st.sampled_from([6, None])),
    _made(events.PartnershipClosed, partnership=st.sampled_from(["vnfr", "below"])),
    _made(events.InstrumentRegistered, instrument=st.just("i4"),
          partnership=st.sampled_from(["vnfr", "vncu"]), kind=st.sampled_from(["mou", "project"]),
          supersedes=st.sampled_from(["i1", None]), ends_with=st.sampled_from(["i2", "i3", None])),
    _made(events.RenewalDecided, instrument=st.sampled_from(["i1", "i2", "i4"]),
          decision=st.sampled_from(["renew", "end"])),
    _made(events.MeetingScheduled, meeting=st.sampled_from(["m2", "m3"]), kind=A,
          partnership=GIVEN_PARTNERSHIP, planned=WHEN, within=st.sampled_from(["m1", None])),
    _made(events.MeetingHeld, meeting=st.sampled_from(["m2", "m3"]), kind=A,
          partnership=GIVEN_PARTNERSHIP),
    _made(events.ProposalMade, proposal=st.sampled_from(["p2", "p3"]), by=st.just("vn"), text=A,
          partnership=GIVEN_PARTNERSHIP, instrument=st.sampled_from(["i3", "i4", None])),
    _made(events.ProposalAccepted, proposal=st.sampled_from(["p3", "p4"]), by=st.just("vn"),
          partnership=PARTNERSHIP, instrument=st.sampled_from(["i1", "i4", None])),
    _made(events.CommitmentMade, commitment=st.just("c3"), debtors=st.just("vn"),
          creditors=st.just("fr"), what=A, partnership=GIVEN_PARTNERSHIP,
          due_meeting=st.sampled_from(["m1", "m2"]), under=st.sampled_from(["i4", None])),
    _made(events.StatusReported, subject=st.sampled_from(["vnfr", "i1", "c1", "p1", "m1"]),
          state=st.sampled_from(["active", "in_force", "fulfilled", "open", "at_rest", "odd"])),
    _made(events.CooperationGivenUp, instrument=TEXT_OR_NONE, partnership=GIVEN_PARTNERSHIP,
          by=st.sampled_from(["vn", "fr", None])),
    _made(events.CooperationResumed, instrument=TEXT_OR_NONE, partnership=GIVEN_PARTNERSHIP,
          by=st.sampled_from(["vn", None])),
    _made(events.ObstacleReported, obstacle=st.sampled_from(["o1", "o2"]), text=A,
          subject=st.sampled_from(["vnfr", "i1", "i2", "c1", "p1"])),
    _made(events.ObstacleRemoved, obstacle=st.sampled_from(["o1", "o2"])),
    _made(events.NothingDone, partnership=GIVEN_PARTNERSHIP, period=st.just("2015")),
    _made(events.ImplementationReported, instrument=st.sampled_from(["i1", "i2"])),
    _made(events.PartyRegistered, party=st.sampled_from(["lab", "desk"]), name=A,
          kind=st.just("unit"), parent=st.sampled_from(["vn", "fr", "lab"])),
    _made(events.InstrumentSigned, instrument=st.sampled_from(["i1", "i4"]),
          signers=st.sampled_from(["lab", "desk", "fr"])),
    _made(events.PartyRenamed, party=st.just("fr"), name=st.just("Francia")),
)  # fmt: skip
# Acts of single parties on a text of three or of two, successions, and mergers of each noun.
TEXT = st.sampled_from(["i5", "i5", "i5", "i1", "i2", "i3"])
ONE_TEXT_FOR_MANY = st.builds(
    events.InstrumentRegistered,
    instrument=st.just("i5"),
    partnership=st.sampled_from(["vnfr", "vncu"]),
    kind=st.sampled_from(["treaty", "mou"]),
    parties=st.sampled_from([["vn", "fr", "cu"], ["vn", "fr", "unesco", "cu"], []]),
    supersedes=st.sampled_from([[], ["i1"], ["i3"]]),
    open_for_signature=st.sampled_from([False, False, True]),
)
DUPLICATES = st.sampled_from(
    [
        *(["vncu", "vnfr"], ["vnfr", "vncu"], ["below", "vnfr"], ["i5", "i1"], ["i3", "i5"]),
        *(["i4", "i2"], ["cu", "fr"], ["mesr", "most"], ["fr", "unesco"], ["lab", "desk"]),
        *(["c2", "c1"], ["c3", "c1"], ["p2", "p1"], ["p3", "p2"], ["m2", "m1"], ["m3", "m1"]),
    ]
)
OF_PARTIES: st.SearchStrategy[Event] = st.one_of(
    DUPLICATES.map(lambda two: events.SameAs(duplicate=two[0], same_as=two[1])),
    DUPLICATES.map(lambda two: events.SameAs(duplicate=two[0], same_as=two[1])),
    _made(events.PartySucceeded, party=PARTY, by=PARTY, affairs=AFFAIRS),
    _made(events.PartySucceeded, party=PARTY, by=PARTY),
    _made(events.PartyJoined, partnership=GIVEN_PARTNERSHIP, party=PARTY),
    _made(events.PartyLeft, partnership=GIVEN_PARTNERSHIP, party=PARTY),
    _made(events.InstrumentSigned, instrument=TEXT, signers=PARTY),
    _made(events.SignatureWithdrawn, instrument=TEXT, by=PARTY),
    _made(events.InstrumentAdopted, instrument=TEXT),
    _made(events.InstrumentRatified, instrument=TEXT, party=PARTY),
    _made(events.InstrumentAcceded, instrument=TEXT, party=PARTY),
    _made(events.InstrumentEnteredIntoForce, instrument=TEXT, parties=st.one_of(st.none(), PARTY)),
    _made(events.ReservationMade, instrument=TEXT, party=PARTY, kind=st.just("reservation"),
          text=A),
    _made(events.ReservationWithdrawn, instrument=TEXT, party=PARTY),
    _made(events.TerminationNotified, instrument=TEXT, by=PARTY, ends=WHEN,
          for_all=st.sampled_from([None, None, True])),
    _made(events.TerminationNoticeWithdrawn, instrument=TEXT, by=PARTY),
    _made(events.InstrumentTerminated, instrument=TEXT, by=PARTY),
)  # fmt: skip
# One of a few, and not of the many kinds of acts: half of what happens is about what is recorded.
STEPS: st.SearchStrategy[Step] = st.integers(0, 5).flatmap(
    lambda number: (ACTS, MORE, OF_PARTIES, MENDS, MENDS, MENDS)[number]
)
# What single parties do under one text, who comes after them, and what was registered twice.
PARTY_STEPS: st.SearchStrategy[Step] = st.integers(0, 2).flatmap(
    lambda number: (OF_PARTIES, OF_PARTIES, MENDS)[number]
)


def _begun(
    openings: st.SearchStrategy[tuple[Event, ...]], steps: st.SearchStrategy[Step]
) -> st.SearchStrategy[list[Step]]:
    """Draw histories that begin with the openings."""
    return st.tuples(openings, st.lists(steps, min_size=8, max_size=24)).map(
        lambda both: [*both[0], *both[1]]
    )


mended_histories = st.one_of(
    _begun(st.tuples(*OPENINGS), STEPS),
    _begun(st.tuples(ONE_TEXT_FOR_MANY, *OPENINGS), STEPS),
    _begun(st.tuples(ONE_TEXT_FOR_MANY, *OPENINGS), PARTY_STEPS),
)


def take(ledger: Ledger, step: Step, number: int) -> bool:
    """Record the step unless it is refused; return whether it was recorded.

    What is about another event is about the first one, from its index back, that admits of it.
    """
    if not isinstance(step, tuple):
        return _record(ledger, step, number)
    about, index = step
    recorded = [item.id for item in ledger.events()]
    targets = reversed(recorded[: max(1, len(recorded) - index)])
    return any(_record(ledger, about(target), number) for target in targets)


def _record(ledger: Ledger, event: Event, number: int) -> bool:
    """Record the event unless it is refused; return whether it was recorded."""
    try:
        ledger.record(attrs.evolve(event, id=f"s{number}"))
    except CoopledgerError:
        return False
    return True
