"""Yields: the things done under texts and in partnerships, counted as reports say.

Nothing is reconciled: what several reports say of one thing is counted for each, and where they
disagree, that stands beside the sum.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from coopledger._facts.index import Fact, by_day
from coopledger._facts.words import YIELDING
from coopledger._fields.reading import number as plain_number
from coopledger._frozen import frozen
from coopledger._rules.figure import words
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import is_
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import label, one_line, phrase
from coopledger.answers.instruments import is_within
from coopledger.dates import EdtfDate
from coopledger.events import FactDisputed, FigureReported, ImplementationReported
from coopledger.terms import Noun, YieldKind, YieldsBy

# The fields of a report that bear on what is counted.
COUNTING = frozenset({"counts", "kind", "direction", "instrument", "partnership", "period", "when"})

Number = int | float


@frozen(kw_only=True)
class Yield(Shown):
    """Sum of the reports that count one thing, by kind or by another field.

    Attributes:
        group: The kind, the direction, or the id by which yields are told apart; None where the
            reports do not say it.
        name: What was counted, in the words of the reports; None for reports that count nothing.
        number: The sum of the numbers reported; None for reports that count nothing.
        reports: How many reports there are.
        conflicts: What is said otherwise, each with the event that says so.
        certain: Whether no date behind the reports is fuzzy.
        decided_by: The reports, in log order.
    """

    group: str | None
    name: str | None
    number: int | float | None
    reports: int
    conflicts: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the sum and its name, the number of reports and the conflicts, on one line."""
        counted = None if self.number is None else f"{self.number} {self.name}"
        reports = f"{self.reports} {'report' if self.reports == 1 else 'reports'}"
        return one_line(
            label(self.group) if self.group else "not said",
            counted,
            reports,
            phrase("but ", self.conflicts),
        )


@frozen
class _Report:
    """Report of what was done, with the fact that states it."""

    fact: Fact
    event: ImplementationReported

    @property
    def covers(self) -> EdtfDate:
        """Return the time that it covers: its period, or else the date of the act."""
        return self.event.period or self.event.when


@frozen
class _Row:
    """Reports of one group, and what they count; None for nothing."""

    group: str | None
    name: str | None
    reports: tuple[_Report, ...]

    def numbers(self) -> list[tuple[_Report, Number]]:
        """Return each report with the number that it gives."""
        return [(each, _number(each, self.name)) for each in self.reports if self.name is not None]


def yields(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    instrument: str | None = None,
    period: EdtfDate | None = None,
    kind: YieldKind | None = None,
    by: YieldsBy = YieldsBy.KIND,
) -> Answers[Yield]:
    """Return what was done by the day, as reported, of a scope, of a text, of a kind, or of all.

    Groups come in the order of their list or of their first report, the one of no group last; what
    is counted comes in the order of its first report.
    """
    about = About(snapshot, scope)
    found = [
        _Report(fact, fact.event)
        for fact in sorted(_facts(snapshot, scope, instrument), key=by_day)
        if isinstance(fact.event, ImplementationReported)
        and is_(fact.event.kind, kind)
        and is_(fact.event.instrument, instrument)
        and about.fits(_subjects(fact.event))
    ]
    counted = [each for each in found if period is None or is_within(each.covers, period)]
    whole = scope.partnership if instrument is None and kind is None else None
    is_whole = scope == Scope(partnership=whole, with_children=scope.with_children)
    claims = _claims(snapshot, whole, period) if whole is not None and is_whole else []
    rows = (
        _yield(snapshot, row, claims=claims, counted=counted)
        for row in _rows(snapshot, counted, by)
    )
    return Answers(rows, kind=Yield)


def _subjects(event: ImplementationReported) -> tuple[str, ...]:
    """Return the text and the partnership about which a report is."""
    return tuple(filter(None, (event.instrument, event.partnership)))


def _facts(snapshot: Snapshot, scope: Scope, instrument: str | None) -> Iterable[Fact]:
    """Return the facts that count of the text or of the partnership, or else of all reports."""
    if instrument is not None:
        return snapshot.facts(instrument)
    if scope.partnership is not None and not scope.with_children:
        return snapshot.contents.facts_of(scope.partnership)
    return filter(snapshot.counts, snapshot.visible.holding((YIELDING,)))


def _claims(
    snapshot: Snapshot, partnership: str, period: EdtfDate | None
) -> list[tuple[Fact, FigureReported]]:
    """Return the figures that somebody reported of the partnership, for times in the period."""
    return [
        (fact, fact.event)
        for fact in snapshot.facts(partnership)
        if isinstance(fact.event, FigureReported)
        and not isinstance(fact.event.value, str)
        and (period is None or is_within(fact.event.period, period))
    ]


def _rows(snapshot: Snapshot, reports: Sequence[_Report], by: YieldsBy) -> list[_Row]:
    """Return the reports told apart by the group and by what they count."""
    rows: dict[tuple[str | None, str | None], list[_Report]] = {}
    for each in reports:
        group = _group(snapshot, each, by)
        for name in each.event.counts or (None,):
            rows.setdefault((group, name), []).append(each)
    groups = list(dict.fromkeys(group for group, _ in rows))
    if by in {YieldsBy.KIND, YieldsBy.DIRECTION}:
        groups.sort(key=_place)
    groups.sort(key=lambda group: group is None)
    in_order = sorted(rows, key=lambda row: (groups.index(row[0]), row[1] is None))
    return [_Row(group, name, tuple(rows[group, name])) for group, name in in_order]


def _place(word: str | None) -> int:
    """Return the place of a word in its list."""
    return list(type(word)).index(word) if isinstance(word, StrEnum) else 0


def _group(snapshot: Snapshot, report: _Report, by: YieldsBy) -> str | None:
    """Return the value by which the report is told apart from others."""
    event = report.event
    if by is YieldsBy.PARTNERSHIP and event.partnership is None and event.instrument is not None:
        return snapshot.contents.partnership_of(Noun.INSTRUMENT, event.instrument)
    found: str | None = getattr(event, by)
    return found


def _yield(
    snapshot: Snapshot,
    row: _Row,
    *,
    claims: Iterable[tuple[Fact, FigureReported]],
    counted: Sequence[_Report],
) -> Yield:
    """Return the sum of a row, with what is said otherwise."""
    basis = evidence(snapshot, [each.fact.position for each in row.reports])
    said = (*_disputes(snapshot, row), *_disagreements(row), *_other_figures(row, claims, counted))
    return Yield(
        group=row.group,
        name=row.name,
        number=None if row.name is None else _sum(number for _, number in row.numbers()),
        reports=len(row.reports),
        conflicts=said,
        certain=basis.certain,
        decided_by=basis.events,
    )


def _number(report: _Report, name: str | None) -> Number:
    """Return the number that a report gives of a name."""
    found = report.event.counts.get(name or "", 0)
    return found if isinstance(found, int | float) else 0


def _sum(numbers: Iterable[Number]) -> Number:
    """Return the sum, exact to the last decimal that was written."""
    return plain_number(float(sum((Decimal(repr(each)) for each in numbers), Decimal(0))))


def _disputes(snapshot: Snapshot, row: _Row) -> Iterator[str]:
    """Yield what other sources say of the reports."""
    said = (
        (each.event, about.event, about.id)
        for each in row.reports
        for about in snapshot.visible.disputes(each.fact)
        if isinstance(about.event, FactDisputed) and snapshot.counts(about)
    )
    for report, dispute, name in said:
        field = snapshot.visible.field_today(report, dispute.field, dispute.alternative)
        if field in COUNTING:
            yield f"{label(field)} {dispute.alternative} ({name})"


def _disagreements(row: _Row) -> Iterator[str]:
    """Yield the numbers of reports about the same thing and time that are not the first one's."""
    first: dict[object, Number] = {}
    for each, number in row.numbers():
        event = each.event
        subject = event.instrument or event.partnership
        same = subject, event.kind, event.direction, event.period, frozenset(event.partners)
        if event.period is not None and first.setdefault(same, number) != number:
            yield f"{number} for {event.period} too ({each.fact.id})"


def _other_figures(
    row: _Row, claims: Iterable[tuple[Fact, FigureReported]], counted: Sequence[_Report]
) -> Iterator[str]:
    """Yield the reported figures of the same measure that are not the sum for their period."""
    if row.name is None:
        return
    named = words(row.name)
    for fact, claim in claims:
        if words(claim.measure) != named:
            continue
        of_period = [each for each in counted if is_within(each.covers, claim.period)]
        same = [(each, name) for each in of_period for name in each.event.counts]
        if _sum(_number(each, name) for each, name in same if words(name) == named) != claim.value:
            unit = phrase(" ", claim.unit)
            yield f"{claim.value}{unit} claimed for {claim.period} ({fact.id})"
