"""Answers about instruments, and about signatures."""

from collections.abc import Iterator

from coopledger import events
from coopledger.dates import EdtfDate, add_months, to_date
from coopledger.dates.lazy_types import Date
from coopledger.projections.answers import Instrument, Signature
from coopledger.projections.evidence import evidence, first_day
from coopledger.projections.selection import holds, is_, names
from coopledger.rules.instrument import HAS_TERM, IN_EFFECT
from coopledger.rules.instrument_standing import Case, Standing, current_end, current_term
from coopledger.standings import Standings
from coopledger.terms import Flag, InstrumentKind, InstrumentState, Noun

__all__ = ["expiring", "instrument", "lies_within", "next_end", "signatures"]

S = InstrumentState
SHOWS_TERM = HAS_TERM | {S.EXPIRED}
AWAITS_RATIFICATION = frozenset({S.SIGNED, S.PROVISIONAL})


def instrument(standings: Standings, name: str) -> Instrument:
    """Where the instrument stands."""
    standing, case = standings.instrument(name), standings.case(name)
    registered = standings.registration(Noun.INSTRUMENT, name)
    known = registered if isinstance(registered, events.InstrumentRegistered) else None
    superseded = standing.state is S.SUPERSEDED and case.replacement is not None
    deadline = _notice_deadline(standing, case)
    basis = evidence(standings, _behind(standing, case, deadline=deadline is not None))
    return Instrument(
        id=name,
        partnership=known.partnership if known else None,
        kind=known.kind if known else None,
        title=known.title if known else None,
        parties=case.parties,
        state=standing.state,
        since=first_day(standing.history[-1].day) if standing.history else None,
        flags=tuple(sorted(standing.flags)),
        term_end=_term_end(standing, case),
        notice_deadline=deadline,
        ends=to_date(standing.ends) if _notice_runs(standing) and standing.ends else None,
        missing_signers=_missing_signers(standing, case),
        not_ratified=_not_ratified(standing, case),
        supersedes=known.supersedes if known else (),
        superseded_by=case.replacement.instrument if superseded and case.replacement else None,
        certain=basis.certain,
        decided_by=basis.events,
    )


def expiring(standings: Standings, *, within_days: int) -> tuple[Instrument, ...]:
    """The instruments in effect that end within the days, both ends included, soonest first."""
    ends = {
        name: end[0]
        for name in standings.visible.names(Noun.INSTRUMENT)
        if (end := next_end(standings, name)) is not None
        and 0 <= end[0] - standings.day <= within_days
    }
    return tuple(instrument(standings, name) for name in sorted(ends, key=lambda name: ends[name]))


def next_end(standings: Standings, name: str) -> tuple[int, int] | None:
    """The next end of an instrument in effect: the day, as an ordinal, and the event that set it.

    That is the last day of the term or the end that a notice names, whichever comes first.
    """
    standing = standings.instrument(name)
    if standing.state not in IN_EFFECT:
        return None
    end = current_end(standing, standings.case(name))
    ends = [(standing.ends, standing.set_by.get("notice")), (end, standing.term_set_by)]
    return min(
        (
            (day, position)
            for day, position in ends
            if day is not None and position is not None and day >= standings.day
        ),
        default=None,
    )


def signatures(
    standings: Standings,
    *,
    period: EdtfDate | None = None,
    partnership: str | None = None,
    kind: InstrumentKind | None = None,
    country: str | None = None,
) -> tuple[Signature, ...]:
    """Return the texts that came to be signed by all who must, by date; with a period, within it.

    A filter that is not given keeps everything.
    """
    completed = [
        signature
        for name in names(standings, Noun.INSTRUMENT, partnership)
        for signature in _signatures_of(standings, name)
        if (period is None or lies_within(signature.when, period))
        and is_(signature.kind, kind)
        and holds(signature.countries, country)
    ]
    return tuple(sorted(completed, key=lambda signature: signature.when))


def lies_within(when: EdtfDate, period: EdtfDate) -> bool:
    """Whether the whole of a fuzzy date lies within the period."""
    starts = period.first is None or (when.first is not None and when.first >= period.first)
    return starts and (period.last is None or (when.last is not None and when.last <= period.last))


def _signatures_of(standings: Standings, name: str) -> Iterator[Signature]:
    """Yield each time that the instrument came to be signed by all who must, in order."""
    registered = standings.registration(Noun.INSTRUMENT, name)
    if not isinstance(registered, events.InstrumentRegistered):
        return
    parties = standings.case(name).parties
    countries = standings.kinship.countries
    for fact in standings.instrument(name).signings:
        if fact.event.when is not None:
            yield Signature(
                instrument=name,
                partnership=registered.partnership,
                kind=registered.kind,
                when=fact.event.when,
                parties=parties,
                countries=countries(parties),
                without_country=tuple(party for party in parties if not countries([party])),
                event=fact.id,
            )


def _behind(standing: Standing, case: Case, *, deadline: bool) -> Iterator[int | None]:
    """The positions of the events behind the state, the dates and the flags shown."""
    if standing.history:
        yield standing.history[-1].position
    if standing.state in SHOWS_TERM and _term_end(standing, case) is not None:
        yield standing.term_set_by
    if deadline or (standing.rolled and standing.state in SHOWS_TERM):
        yield case.registered
    if _notice_runs(standing):
        yield standing.set_by.get("notice")
    for flag in standing.flags:
        yield standing.set_by.get(flag)


def _notice_runs(standing: Standing) -> bool:
    """Whether a notice is pending."""
    return standing.ends is not None and standing.state in HAS_TERM


def _term_end(standing: Standing, case: Case) -> EdtfDate | None:
    """The end of the current term, or of the one that ran out last."""
    return current_term(standing, case) if standing.state in SHOWS_TERM else None


def _notice_deadline(standing: Standing, case: Case) -> Date | None:
    """The last day on which notice stops the next tacit renewal of the current term."""
    clause, end = case.renewal, current_end(standing, case)
    if clause is None or clause.notice_months is None or end is None:
        return None
    if standing.state not in IN_EFFECT or standing.ends is not None:
        return None
    return to_date(add_months(end, -clause.notice_months))


def _missing_signers(standing: Standing, case: Case) -> tuple[str, ...]:
    """The parties that have still to sign, once signing has begun."""
    if Flag.PARTIALLY_SIGNED not in standing.flags:
        return ()
    return tuple(party for party in case.parties if party not in standing.signed)


def _not_ratified(standing: Standing, case: Case) -> tuple[str, ...]:
    """The parties that have still to ratify: while force is awaited, or once some have ratified."""
    begun = bool(standing.ratified.intersection(case.parties)) and standing.state in HAS_TERM
    if not (begun or standing.state in AWAITS_RATIFICATION):
        return ()
    return tuple(party for party in case.parties if party not in standing.ratified)
