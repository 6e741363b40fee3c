"""Answers about reported figures: the claim, reconciled with what is recorded."""

from collections.abc import Callable, Iterator

import attrs

from coopledger import events
from coopledger.dates import EdtfDate
from coopledger.facts import Fact
from coopledger.projections import lists, meetings
from coopledger.projections.answers import Figure
from coopledger.projections.calling import called
from coopledger.projections.evidence import evidence
from coopledger.projections.instruments import lies_within, signed
from coopledger.rules.figure import Measure, inconsistencies, measure
from coopledger.standings import Standings
from coopledger.terms import Counted, MeetingStatus, Noun

__all__ = ["figure", "figures"]

Claim = events.FigureReported


@attrs.frozen
class Record:
    """One thing recorded that a figure may count.

    Attributes:
        event: The id of the event.
        partnership: Where it belongs; None if not known then.
        parties: Between whom it was.
    """

    event: str
    partnership: str | None
    parties: tuple[str, ...]


def figures(standings: Standings) -> Iterator[Figure]:
    """The figures reported by the day, in the order in which they were first recorded."""
    for name in standings.visible.names(Noun.FIGURE):
        found = figure(standings, name)
        if found is not None:
            yield found


def figure(standings: Standings, name: str) -> Figure | None:
    """The figure beside what is recorded of it; None if it was not reported by the day."""
    for fact in standings.facts(name):
        if isinstance(fact.event, Claim) and fact.event.figure == name:
            return _reconciled(standings, fact, fact.event)
    return None


def _reconciled(standings: Standings, fact: Fact, claim: Claim) -> Figure:
    """The claim beside what is recorded of it."""
    row = measure(claim.measure)
    found = list(_counted(standings, claim, row)) if row is not None else []
    recorded = len(found) if row is not None else None
    behind = (standings.visible.position_of(record.event) for record in found)
    basis = evidence(standings, [fact.position, *behind])
    counts = isinstance(claim.value, int) and recorded is not None
    return Figure(
        id=claim.figure,
        measure=claim.measure,
        period=claim.period,
        partnership=claim.partnership,
        kinds=claim.kinds,
        claimed=claim.value,
        recorded=recorded,
        unaccounted=int(claim.value) - len(found) if counts else None,
        partners=claim.partners,
        partners_recorded=tuple(
            partner
            for partner in claim.partners
            if any(_is_with(standings, record, partner) for record in found)
        ),
        inconsistencies=tuple(inconsistencies(claim)),
        certain=basis.certain,
        decided_by=basis.events,
    )


def _counted(standings: Standings, claim: Claim, row: Measure) -> Iterator[Record]:
    """The records that the claim is about, whose whole date lies within its period."""
    for record in RECORDS[row.counts](standings, claim, row):
        if claim.partnership is None or _is_about(standings, claim, record):
            yield record


def _signatures(standings: Standings, claim: Claim, _: Measure) -> Iterator[Record]:
    """The texts signed in the period, of the kinds counted."""
    for signature in signed(standings, period=claim.period, partnership=None):
        if not claim.kinds or signature.kind in claim.kinds:
            yield Record(signature.event, signature.partnership, signature.parties)


def _meetings(standings: Standings, claim: Claim, row: Measure) -> Iterator[Record]:
    """The meetings held in the period, of the kinds that the measure counts."""
    for found in lists.meetings(standings, within=None):
        fact = standings.meeting(found.id).held
        if (
            fact is not None
            and found.status is MeetingStatus.HELD
            and _falls_within(found.held, claim.period)
            and row.counts_kind(found.kind or "")
        ):
            parties = tuple(sorted(meetings.parties(standings, found)))
            yield Record(fact.id, found.partnership, parties)


RECORDS: dict[Counted, Callable[[Standings, Claim, Measure], Iterator[Record]]] = {
    Counted.SIGNATURES: _signatures,
    Counted.MEETINGS: _meetings,
}


def _falls_within(when: EdtfDate | None, period: EdtfDate) -> bool:
    """Whether the whole of the date, if there is one, lies within the period."""
    return when is not None and lies_within(when, period)


def _is_about(standings: Standings, claim: Claim, record: Record) -> bool:
    """Whether a claim about a partnership is about the record.

    It is about what belongs to the partnership or to one below it, and about what lies between
    one of its parties and a partner that it names: a partnership may stand for many at once.
    """
    if claim.partnership in _upwards(standings, record.partnership):
        return True
    own = standings.parties(claim.partnership) if claim.partnership is not None else ()
    return _is_among(standings, own, record.parties) and any(
        _is_with(standings, record, partner) for partner in claim.partners
    )


def _upwards(standings: Standings, partnership: str | None) -> set[str]:
    """The partnership, the one above it, and so on."""
    found: set[str] = set()
    while partnership is not None and partnership not in found:
        found.add(partnership)
        opened = standings.registration(Noun.PARTNERSHIP, partnership)
        partnership = opened.parent if isinstance(opened, events.PartnershipOpened) else None
    return found


def _is_among(standings: Standings, own: tuple[str, ...], parties: tuple[str, ...]) -> bool:
    """Whether one of the parties is one of the own, or stands above or below one of them."""
    lineage = standings.kinship.lineage
    return any(
        mine in lineage(other) or other in lineage(mine) for mine in own for other in parties
    )


def _is_with(standings: Standings, record: Record, partner: str) -> bool:
    """Whether the free text names a party of the record, one above it, or its country."""
    kinship = standings.kinship
    above = {name for party in record.parties for name in kinship.lineage(party)}
    countries = {code.casefold() for code in kinship.countries(record.parties)}
    return partner.casefold() in called(standings, above) | countries
