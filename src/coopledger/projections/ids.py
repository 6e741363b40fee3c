"""Which ids a question may name: those that the ledger held when the view was made."""

from collections.abc import Collection

import attrs

from coopledger.errors import UnknownIdError
from coopledger.facts import Facts
from coopledger.nearness import nearest
from coopledger.terms import Noun

__all__ = ["Ids"]


@attrs.frozen
class Ids:
    """The ids of a ledger up to a position, known at the time asked about or not.

    Attributes:
        facts: The facts of the ledger, which may go on growing.
        head: The last position that counts.
    """

    facts: Facts
    head: int

    def known(self, noun: Noun, name: str) -> str:
        """The id itself.

        Raises:
            UnknownIdError: It is no id of the noun; with the nearest that is one.
        """
        if not self._holds(noun, name):
            raise UnknownIdError(noun, name, nearest(name, self._of(noun)))
        return name

    def noun(self, name: str, nouns: Collection[Noun]) -> Noun:
        """The first noun of which it is an id.

        Raises:
            UnknownIdError: There is none, or it is not one of the nouns asked for.
        """
        found = next((noun for noun in Noun if self._holds(noun, name)), None)
        if found is None or found not in nouns:
            raise UnknownIdError("id", name, nearest(name, self._of(*nouns)))
        return found

    def _of(self, *nouns: Noun) -> list[str]:
        """Every id of the nouns."""
        return [
            name for noun in nouns for name in self.facts.openings[noun] if self._holds(noun, name)
        ]

    def _holds(self, noun: Noun, name: str) -> bool:
        """Whether it is an id of the noun."""
        positions = self.facts.openings[noun].get(name, [])
        return bool(positions) and positions[0] <= self.head
