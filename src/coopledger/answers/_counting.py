"""What reported figures are held against, gathered once for all of them."""

from collections.abc import Iterator
from functools import cached_property

import attrs

from coopledger._snapshot import Snapshot
from coopledger.answers import _lists as lists
from coopledger.answers import meetings
from coopledger.answers._party_names import called
from coopledger.answers.instruments import signatures
from coopledger.dates import EdtfDate
from coopledger.terms import Counted


@attrs.frozen
class Record:
    """One thing recorded that a figure may count.

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


class Tally:
    """The signatures and meetings by the day, each gathered when it is first asked for."""

    def __init__(self, standings: Snapshot) -> None:
        """Gathers nothing yet."""
        self.standings = standings
        self._names: dict[tuple[str, ...], frozenset[str]] = {}

    def records(self, counted: Counted) -> tuple[Record, ...]:
        """The records of what is counted."""
        return self._signatures if counted is Counted.SIGNATURES else self._meetings

    def names(self, record: Record) -> frozenset[str]:
        """What free text may call those between whom it was, in small letters.

        They are its parties, those above them, and their countries.
        """
        parties = record.parties
        if parties not in self._names:
            kinship = self.standings.kinship
            above = {name for party in parties for name in kinship.lineage(party)}
            countries = (code.casefold() for code in kinship.countries(parties))
            self._names[parties] = called(self.standings, above).union(countries)
        return self._names[parties]

    @cached_property
    def _signatures(self) -> tuple[Record, ...]:
        """The texts that came to be signed by all, by date."""
        return tuple(
            Record(
                position=self.standings.visible.position_of(found.event),
                when=found.when,
                kind=found.kind,
                partnership=found.partnership,
                parties=found.parties,
            )
            for found in signatures(self.standings)
        )

    @cached_property
    def _meetings(self) -> tuple[Record, ...]:
        """The meetings held, in the order in which they were first recorded."""
        return tuple(self._held())

    def _held(self) -> Iterator[Record]:
        """The meetings that were held."""
        for found in lists.meetings(self.standings):
            held = self.standings.meeting(found.id).held
            if found.held is not None and held is not None:
                yield Record(
                    position=held.position,
                    when=found.held,
                    kind=found.kind or "",
                    partnership=found.partnership,
                    parties=tuple(sorted(meetings.parties(self.standings, found))),
                )
