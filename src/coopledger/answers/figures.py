"""Answers about reported figures."""

from collections.abc import Iterable, Iterator
from itertools import product

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.figure import Measure, inconsistencies, kinds_named, measure, words
from coopledger._snapshot import Snapshot
from coopledger.answers._counting import Record, Tally
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import is_
from coopledger.answers._wording import label, one_line, phrase
from coopledger.answers.instruments import lies_within
from coopledger.dates import EdtfDate
from coopledger.terms import Counted, Inconsistency, InstrumentKind, Noun


@attrs.frozen(kw_only=True)
class Figure:
    """What somebody reported, beside what is recorded of it; never counted itself.

    Attributes:
        id: Its id.
        measure: What was counted, in the words of the report.
        period: The time that it covers.
        partnership: The partnership that it is about; None if it is about no single one.
        kinds: The kinds of instrument counted; none means all.
        claimed: The number reported, or the words used instead.
        recorded: How many are recorded whose whole date lies within the period; None where
            nothing is known to count the measure.
        unaccounted: How many of those claimed are not recorded, below zero where more are;
            None where one of the two is no number.
        partners: The partners named, as told.
        recorded_with_partners: How many of those recorded are with a partner named; None where
            no partner is named, or nothing is known to count the measure.
        partners_recorded: Those of them with whom some of what counts is recorded.
        inconsistencies: Where the claim does not agree with itself.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The event that reported it, and those that were counted.
    """

    id: str
    measure: str
    period: EdtfDate
    partnership: str | None
    kinds: tuple[InstrumentKind, ...]
    claimed: int | str
    recorded: int | None
    unaccounted: int | None
    partners: tuple[str, ...]
    recorded_with_partners: int | None
    partners_recorded: tuple[str, ...]
    inconsistencies: tuple[Inconsistency, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The claim, what is recorded of it, the partners named, on one line."""
        recorded = "nothing known to count" if self.recorded is None else self.recorded
        return one_line(
            self.id,
            f"{self.measure} in {self.period}",
            f"claimed {self.claimed}",
            f"recorded {recorded}",
            None if self.unaccounted is None else f"unaccounted {self.unaccounted}",
            phrase("with ", self.partners),
            phrase("recorded with ", self.partners_recorded, self._share()),
            *map(label, self.inconsistencies),
        )

    def _share(self) -> str:
        """How many of those recorded are with partners named, where they are not all."""
        share = self.recorded_with_partners
        return "" if share == self.recorded else f" ({share} of {self.recorded})"


# Answers about reported figures: the claim, reconciled with what is recorded.

Claim = events.FigureReported


def figures(
    snapshot: Snapshot,
    *,
    partnership: str | None = None,
    period: EdtfDate | None = None,
    words_of_measure: frozenset[str] = frozenset(),
) -> tuple[Figure, ...]:
    """Return the figures reported by the day, in the order in which they were first recorded.

    Args:
        snapshot: The moment asked about.
        partnership: Keep those about this partnership.
        period: Keep those for a time that lies wholly within this period.
        words_of_measure: Keep those whose measure has all of these words.
    """
    return tuple(
        figure
        for figure in figures_named(snapshot, snapshot.visible.names(Noun.FIGURE))
        if is_(figure.partnership, partnership)
        and (period is None or lies_within(figure.period, period))
        and words_of_measure <= words(figure.measure)
    )


def figures_named(snapshot: Snapshot, names: Iterable[str]) -> Iterator[Figure]:
    """Yield the figures of the names that were reported by the day, in their order."""
    tally = Tally(snapshot)
    for name in names:
        for fact in snapshot.facts(name):
            if isinstance(fact.event, Claim) and fact.event.figure == name:
                yield _reconciled(tally, fact, fact.event)


def _reconciled(tally: Tally, fact: Fact, claim: Claim) -> Figure:
    """The claim beside what is recorded of it."""
    row = measure(claim.measure)
    found = [] if row is None else list(_counted(tally, claim, row))
    recorded = None if row is None else len(found)
    counts = isinstance(claim.value, int) and row is not None
    named = {partner.casefold() for partner in claim.partners}
    with_partners = [record for record in found if not named.isdisjoint(tally.names(record))]
    basis = evidence(tally.snapshot, [fact.position, *(record.position for record in found)])
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
        recorded_with_partners=len(with_partners) if row and claim.partners else None,
        partners_recorded=tuple(
            partner
            for partner in claim.partners
            if any(partner.casefold() in tally.names(record) for record in found)
        ),
        inconsistencies=tuple(inconsistencies(claim)),
        certain=basis.certain,
        decided_by=basis.events,
    )


def _counted(tally: Tally, claim: Claim, row: Measure) -> Iterator[Record]:
    """The records that the claim is about, whose whole date lies within its period."""
    for record in tally.records(row.counts):
        if (
            lies_within(record.when, claim.period)
            and _is_of_kind(claim, row, record)
            and (claim.partnership is None or _is_about(tally, claim, record))
        ):
            yield record


def _is_of_kind(claim: Claim, row: Measure, record: Record) -> bool:
    """Whether the record is of a kind that counts: of a text that the claim names, of a meeting."""
    if row.counts is Counted.SIGNATURES:
        kinds = claim.kinds or kinds_named(claim.measure)
        return not kinds or record.kind in kinds
    return row.counts_kind(record.kind)


def _is_about(tally: Tally, claim: Claim, record: Record) -> bool:
    """Whether a claim about a partnership is about the record.

    It is about what belongs to the partnership or to one below it, and about what lies between
    one of its parties and a partner that it names: a partnership may stand for many at once.
    """
    snapshot = tally.snapshot
    if claim.partnership in snapshot.contents.ancestors(record.partnership):
        return True
    own = snapshot.parties_of(claim.partnership) if claim.partnership is not None else ()
    named = {partner.casefold() for partner in claim.partners}
    return not named.isdisjoint(tally.names(record)) and _is_akin(snapshot, own, record.parties)


def _is_akin(snapshot: Snapshot, own: Iterable[str], parties: Iterable[str]) -> bool:
    """Whether one of the parties is one of the own, or stands above or below one of them."""
    lineage = snapshot.parties.ancestors
    pairs = product(own, parties)
    return any(mine in lineage(other) or other in lineage(mine) for mine, other in pairs)
