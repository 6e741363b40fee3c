"""The questions of those who report: figures, sources, and all about a party or a country."""

from coopledger.countries import country as country_code
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import ArgumentError
from coopledger.fields import asked, asked_if_given, shown, text, whole
from coopledger.projections import Conflict, Dossier, Figure, Sourcing
from coopledger.projections import conflicts as _conflicts
from coopledger.projections import dossiers as _dossiers
from coopledger.projections import figures as _figures
from coopledger.projections import sourcing as _sourcing
from coopledger.projections.instruments import lies_within
from coopledger.projections.selection import holds, is_, word
from coopledger.rules.figure import words
from coopledger.terms import Footing, Noun
from coopledger.view.moment import AtMoment

__all__ = ["Reports"]


class Reports(AtMoment):
    """The questions of those who report; a filter that is not given keeps everything."""

    def figures(
        self,
        *,
        partnership: str | None = None,
        period: str | EdtfDate | None = None,
        measure: str | None = None,
    ) -> tuple[Figure, ...]:
        """The figures reported by then, each beside what is recorded of it.

        A figure is never counted as facts. It is held against what lies wholly within its
        period; one about a partnership, against what belongs to it or to one below it, or lies
        between one of its parties and a partner that the figure names.

        Args:
            partnership: About this partnership only.
            period: For a time that lies wholly within this period.
            measure: Words that the measure has, all of them, such as ``signed``.
        """
        self._ids.known_if_given(Noun.PARTNERSHIP, partnership=partnership)
        within = asked_if_given("period", edtf, period)
        wanted = words(asked_if_given("measure", text, measure) or "")
        return tuple(
            found
            for found in _figures.figures(self._standings)
            if is_(found.partnership, partnership)
            and (within is None or lies_within(found.period, within))
            and wanted <= words(found.measure)
        )

    def conflicts(self, event_id: str | None = None) -> tuple[Conflict, ...]:
        """Where sources disagree by then, in the log order of the events in question.

        A fact that another source disputes, a declared state that is not the one derived for
        its day (if it is a word that the ledger uses for such a thing), and a reported figure
        that does not agree with itself or with another of the same measure and period. Every
        alternative is listed, also one that a correction has adopted since.

        Args:
            event_id: Only those in which this event is in question, or says otherwise.
        """
        if event_id is not None:
            self._ids.event(event_id, argument="event_id")
        return tuple(
            found
            for found in _conflicts.conflicts(self._standings)
            if holds((found.event, *(one.event for one in found.alternatives)), event_id)
        )

    def sourcing(
        self, *, basis: Footing | str | None = None, sources: int | None = None
    ) -> tuple[Sourcing, ...]:
        """What each act rests on that counts by then, in log order.

        Registrations and notes need no source, and are told where they have one.

        Facts that rest on one press report: ``basis="press", sources=1``.

        Args:
            basis: Those that rest on it alone: ``unstated`` where no source says what it is,
                ``none`` where there is no source; with ``inferred``, those too of which the
                recorder inferred a field.
            sources: Those that so many different sources say.
        """
        footing = word(Footing, "basis", basis)
        number = asked_if_given("sources", whole, sources)
        return tuple(
            found
            for found in _sourcing.sourcing(self._standings)
            if _rests_on(found, footing) and is_(found.sources, number)
        )

    def dossier(self, *, party: str | None = None, country: str | None = None) -> Dossier:
        """Everything about a party and those below it, or about a country, with sources.

        Args:
            party: The party.
            country: ISO 3166-1 alpha-2: every party of the country, by itself or through the
                one above it.

        Raises:
            ArgumentError: Neither is given, or both are.
        """
        if party is not None and country is None:
            known = self._ids.known(Noun.PARTY, party, argument="party")
            return _dossiers.dossier_of_party(self._standings, known)
        if country is not None and party is None:
            code = asked("country", country_code, country)
            return _dossiers.dossier_of_country(self._standings, code)
        remedy = f"and country={shown(country)}: give exactly one of the two"
        raise ArgumentError("party", shown(party), remedy)


def _rests_on(found: Sourcing, basis: Footing | None) -> bool:
    """Whether the fact rests on nothing else."""
    inferred = basis is Footing.INFERRED and bool(found.inferred)
    return basis is None or found.bases == (basis,) or inferred
