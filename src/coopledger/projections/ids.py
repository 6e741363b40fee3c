"""Which ids a question may name: those that the ledger held when the view was made."""

from collections.abc import Collection

import attrs

from coopledger.errors import UnknownIdError
from coopledger.facts import Visible
from coopledger.nearness import nearest
from coopledger.terms import Noun

__all__ = ["Ids"]


@attrs.frozen
class Ids:
    """The ids that a ledger held when a view of it was made, or at the time the view asks about.

    Attributes:
        then: What was visible at the time asked about.
        made: What was visible when the view was made.
    """

    then: Visible
    made: Visible

    def known(self, noun: Noun, name: str) -> str:
        """The id itself.

        Raises:
            UnknownIdError: It is no id of the noun; with the nearest that is one.
        """
        if not self._holds(noun, name):
            raise UnknownIdError(noun, name, nearest(name, self._of(noun)))
        return name

    def known_if_given(self, noun: Noun, *names: str | None) -> None:
        """Refuse each id that is given and is no id of the noun, as `known` does."""
        for name in names:
            if name is not None:
                self.known(noun, name)

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
            name for noun in nouns for seen in (self.made, self.then) for name in seen.names(noun)
        ]

    def _holds(self, noun: Noun, name: str) -> bool:
        """Whether it is an id of the noun."""
        return bool(self.then.openings(noun, name) or self.made.openings(noun, name))
