"""Visible facts that note under which names they were asked for."""

from coopledger._facts.facts import Facts
from coopledger._facts.found import Found
from coopledger._facts.listing import title_name
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

    def _found_under(self, name: str) -> Found:
        """Return what is found under the name, and note the name: nothing is known without."""
        self.asked.add(name)
        return super()._found_under(name)

    def noun_of(self, name: str) -> Noun | None:
        """Return the noun of the id, and note the id."""
        self.asked.add(name)
        return super().noun_of(name)

    def party_called(self, title: str) -> str | None:
        """Return the party so called, and note the title."""
        self.asked.add(title_name(title))
        return super().party_called(title)
