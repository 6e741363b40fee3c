"""Visible facts that note under which names they were asked for."""

from coopledger._facts.facts import Facts
from coopledger._facts.index import SAME, Fact
from coopledger._facts.listing import title_name
from coopledger._facts.merging import Merged
from coopledger._facts.visible import Visible
from coopledger.terms import Noun


class TracingVisible(Visible):
    """Facts known at one position, and the names asked for, in the words of the index of names.

    Whatever is recorded about an event is listed under every name of that event. So facts that
    were found by name are looked up by position or event id, and asked for what is about them,
    without another note.
    """

    def __init__(self, facts: Facts, up_to: int) -> None:
        """Bound the facts by the position, and note nothing yet."""
        super().__init__(facts, up_to)
        self.asked: set[str] = set()

    # The same question is noted once.

    def find_merged(self) -> Merged:
        """Return the things that were registered twice, and note that they were asked for."""
        self.asked.add(SAME)
        return super().find_merged()

    def find_naming(self, name: str) -> list[Fact]:
        """Return the facts that name the id, and note the id."""
        self.asked.add(name)
        return super().find_naming(name)

    def find_openings(self, noun: Noun, name: str) -> list[Fact]:
        """Return the facts that bring the id into the ledger, and note the id."""
        self.asked.add(name)
        return super().find_openings(noun, name)

    def noun_of(self, name: str) -> Noun | None:
        """Return the noun of the id, and note the id."""
        self.asked.add(name)
        return super().noun_of(name)

    def party_called(self, title: str) -> str | None:
        """Return the party so called, and note the title."""
        self.asked.add(title_name(title))
        return super().party_called(title)
