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

    def __init__(self, snapshot: Snapshot) -> None:
        """Gathers nothing yet."""
        self.snapshot = snapshot
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
            organisations = self.snapshot.parties
            above = {name for party in parties for name in organisations.ancestors(party)}
            countries = (code.casefold() for code in organisations.countries(parties))
            self._names[parties] = called(self.snapshot, above).union(countries)
        return self._names[parties]

    @cached_property
    def _signatures(self) -> tuple[Record, ...]:
        """The texts that came to be signed by all, by date."""
        return tuple(
            Record(
                position=self.snapshot.visible.position_of(found.event),
                when=found.when,
                kind=found.kind,
                partnership=found.partnership,
                parties=found.parties,
            )
            for found in signatures(self.snapshot)
        )

    @cached_property
    def _meetings(self) -> tuple[Record, ...]:
        """The meetings held, in the order in which they were first recorded."""
        return tuple(self._held())

    def _held(self) -> Iterator[Record]:
        """The meetings that were held."""
        for found in lists.meetings(self.snapshot):
            held = self.snapshot.meeting(found.id).held
            if found.held is not None and held is not None:
                yield Record(
                    position=held.position,
                    when=found.held,
                    kind=found.kind or "",
                    partnership=found.partnership,
                    parties=tuple(sorted(meetings.parties(self.snapshot, found))),
                )
