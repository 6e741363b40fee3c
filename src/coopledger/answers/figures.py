"""Answers about reported figures: each claim is reconciled with what is recorded of the same.

A figure is never counted as facts. What is recorded (texts signed, meetings held) is gathered once
for all figures of an answer, and only when one of them counts it.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product

from coopledger._facts.index import Fact
from coopledger._folding import caseless
from coopledger._frozen import frozen
from coopledger._rules.figure import Measure, inconsistencies, kinds_named, measure, words
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import Filter, passing
from coopledger.answers._scope import EVERYWHERE, Scope, Within, filters_of
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import who_sees_to
from coopledger.answers._wording import label, one_line, phrase
from coopledger.answers.instruments import is_within, signatures
from coopledger.answers.meetings import meetings, parties_of
from coopledger.answers.parties import names_of
from coopledger.dates import EdtfDate
from coopledger.events import FigureReported
from coopledger.terms import Counted, Inconsistency, InstrumentKind, Noun


@frozen(kw_only=True)
class Figure(Shown):
    """Reported figure with what is recorded of the same; never counted itself.

    Attributes:
        id: Its id.
        measure: What was counted, in the words of the report.
        period: The time that it covers.
        partnership: The partnership that it is about; None if it is about no single one.
        kinds: The kinds of instrument counted; none means all.
        claimed: The number reported, or the words used instead.
        recorded: How many are recorded whose whole date is within the period; None where
            nothing is known to count the measure.
        unaccounted: How many of those claimed are not recorded, below zero where more are;
            None where one of the two is no number.
        partners: The partners named, in the words of the report.
        recorded_with_partners: How many of those recorded are with a partner named; None where
            no partner is named, or nothing is known to count the measure.
        partners_recorded: Those of them with whom some of what counts is recorded.
        inconsistencies: Where the claim does not agree with itself.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The event that reported it, and those that were counted.
        unit: In what it is counted; None where the report does not say.
    """

    id: str
    measure: str
    period: EdtfDate
    partnership: str | None
    kinds: tuple[InstrumentKind, ...]
    claimed: int | float | str
    recorded: int | None
    unaccounted: int | None
    partners: tuple[str, ...]
    recorded_with_partners: int | None
    partners_recorded: tuple[str, ...]
    inconsistencies: tuple[Inconsistency, ...]
    certain: bool
    decided_by: tuple[str, ...]
    unit: str | None

    def __str__(self) -> str:
        """Return the claim, the number recorded and the partners named, on one line."""
        recorded = "nothing known to count" if self.recorded is None else self.recorded
        share = self.recorded_with_partners
        partly = "" if share == self.recorded else f" ({share} of {self.recorded})"
        return one_line(
            self.id,
            f"{self.measure} in {self.period}",
            f"claimed {self.claimed}{phrase(' ', self.unit)}",
            f"recorded {recorded}",
            None if self.unaccounted is None else f"unaccounted {self.unaccounted}",
            phrase("with ", self.partners),
            phrase("recorded with ", self.partners_recorded, partly),
            *map(label, self.inconsistencies),
        )


def figures(
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    period: EdtfDate | None = None,
    words_of_measure: frozenset[str] = frozenset(),
    kind: InstrumentKind | None = None,
) -> Answers[Figure]:
    """Return the figures reported by the day, in the order in which they were first recorded.

    Args:
        snapshot: The moment asked about.
        scope: Keep those within it; parties are those of the partnership of a figure.
        period: Keep those for a time that is wholly within this period.
        words_of_measure: Keep those whose measure has all of these words.
        kind: Keep those that say that they count texts of this kind.
    """
    found = (
        figure
        for figure in figures_named(snapshot, snapshot.visible.names(Noun.FIGURE))
        if (period is None or is_within(figure.period, period))
        and words_of_measure <= words(figure.measure)
    )
    filters = filters_of(
        Within(snapshot, scope),
        name=lambda each: each.id,
        home=lambda each: each.partnership,
        parties=lambda each: snapshot.parties_of(each.partnership) if each.partnership else (),
        who=lambda each: who_sees_to(snapshot, each.id),
    )
    is_of_kind: Filter[Figure] = (kind, lambda each: kind in each.kinds)
    return passing(Answers(found, kind=Figure), is_of_kind, *filters)


def figures_named(snapshot: Snapshot, names: Iterable[str]) -> Iterator[Figure]:
    """Yield the figures with these ids that were reported by the day, in the order of the ids."""
    tally = _Tally(snapshot)
    for name in names:
        for fact in snapshot.facts(name):
            if isinstance(fact.event, FigureReported) and fact.event.figure == name:
                yield _reconciled(tally, fact, fact.event)


@frozen
class _Record:
    """Text signed or meeting held that a figure may count.

    Attributes:
        position: The position of the event.
        when: When it took place.
        kind: The kind of the text, or of the meeting.
        partnership: Where it belongs; None if not known then.
        parties: Between whom it was.
    """

    position: int | None
    when: EdtfDate
    kind: str
    partnership: str | None
    parties: tuple[str, ...]


class _Tally:
    """Signatures and meetings by the day, gathered when a figure first counts them."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Keep the moment asked about; nothing is gathered yet."""
        self.snapshot = snapshot
        self._names: dict[tuple[str, ...], frozenset[str]] = {}

    def records(self, counted: Counted) -> tuple[_Record, ...]:
        """Return the signatures or the meetings, gathered at the first call."""
        return self._signatures if counted is Counted.SIGNATURES else self._meetings

    @cached_property
    def _signatures(self) -> tuple[_Record, ...]:
        """Return a record for each text signed by all who must sign, by date."""
        return tuple(
            _Record(
                position=self.snapshot.visible.position_of(signature.event),
                when=signature.when,
                kind=signature.kind,
                partnership=signature.partnership,
                parties=signature.parties,
            )
            for signature in signatures(self.snapshot)
        )

    @cached_property
    def _meetings(self) -> tuple[_Record, ...]:
        """Return a record for each meeting held, in the order of their first recording."""
        return tuple(
            _Record(
                position=fact.position,
                when=meeting.held,
                kind=meeting.kind or "",
                partnership=meeting.partnership,
                parties=tuple(sorted(parties_of(self.snapshot, meeting))),
            )
            for meeting in meetings(self.snapshot)
            if (fact := self.snapshot.meeting(meeting.id).held) and meeting.held is not None
        )

    def names(self, record: _Record) -> frozenset[str]:
        """Return all names, in small letters, of the parties, those above, and their countries."""
        parties = record.parties
        if parties not in self._names:
            organisations = self.snapshot.parties
            above = {name for party in parties for name in organisations.ancestors(party)}
            countries = (code.casefold() for code in organisations.countries(parties))
            self._names[parties] = names_of(self.snapshot, above).union(countries)
        return self._names[parties]


def _reconciled(tally: _Tally, fact: Fact, claim: FigureReported) -> Figure:
    """Return the claim with what is recorded of it."""
    row = measure(claim.measure)
    records = [] if row is None else list(_counted(tally, claim, row))
    counts = isinstance(claim.value, int) and row is not None
    partners = _partners(claim)
    with_partners = [record for record in records if not partners.isdisjoint(tally.names(record))]
    basis = evidence(tally.snapshot, [fact.position, *(record.position for record in records)])
    return Figure(
        id=claim.figure,
        measure=claim.measure,
        period=claim.period,
        partnership=claim.partnership,
        kinds=claim.kinds,
        claimed=claim.value,
        recorded=None if row is None else len(records),
        unaccounted=int(claim.value) - len(records) if counts else None,
        partners=claim.partners,
        recorded_with_partners=len(with_partners) if row and claim.partners else None,
        partners_recorded=tuple(
            partner
            for partner in claim.partners
            if any(caseless(partner) in tally.names(record) for record in records)
        ),
        inconsistencies=tuple(inconsistencies(claim)),
        certain=basis.certain,
        decided_by=basis.events,
        unit=claim.unit,
    )


def _partners(claim: FigureReported) -> set[str]:
    """Return the partners that the claim names, in small letters."""
    return {caseless(partner) for partner in claim.partners}


def _counted(tally: _Tally, claim: FigureReported, row: Measure) -> Iterator[_Record]:
    """Yield the records that the claim is about, whose whole date is within its period."""
    for record in tally.records(row.counts):
        if (
            is_within(record.when, claim.period)
            and _is_of_kind(claim, row, record)
            and (claim.partnership is None or _is_about(tally, claim.partnership, claim, record))
        ):
            yield record


def _is_of_kind(claim: FigureReported, row: Measure, record: _Record) -> bool:
    """Return whether the claim counts texts, or the measure counts meetings, of this kind."""
    if row.counts is Counted.SIGNATURES:
        kinds = claim.kinds or kinds_named(claim.measure)
        return not kinds or record.kind in kinds
    return row.counts_kind(record.kind)


def _is_about(tally: _Tally, partnership: str, claim: FigureReported, record: _Record) -> bool:
    """Return whether a claim about the partnership counts the record.

    Such a claim counts what belongs to the partnership or to one below it, and what is between
    one of its parties and a partner that the claim names: a partnership may stand for many.
    """
    snapshot = tally.snapshot
    if partnership in snapshot.contents.ancestors(record.partnership):
        return True
    own = snapshot.parties_of(partnership)
    return not _partners(claim).isdisjoint(tally.names(record)) and any(
        _are_related(snapshot, mine, other) for mine, other in product(own, record.parties)
    )


def _are_related(snapshot: Snapshot, one: str, other: str) -> bool:
    """Return whether the parties are the same, or one is above the other."""
    ancestors = snapshot.parties.ancestors
    return one in ancestors(other) or other in ancestors(one)
