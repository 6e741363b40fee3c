"""Filters of what is pending: their values in an address, and the form that asks for others."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from coopledger._folding import folded
from coopledger._frozen import frozen
from coopledger.answers import Commitment
from coopledger.render.html.office import Office, Side
from coopledger.terms import CommitmentFirmness, Footing
from coopledger.web.addresses import Addresses

SIDES: Final = (Side.WE, Side.THEY)


class Option(NamedTuple):
    """Value of a filter."""

    value: str
    text: str
    is_chosen: bool


class Select(NamedTuple):
    """Filter with its values, the first of which keeps everything."""

    name: str
    label: str
    options: list[Option]


class Segment(NamedTuple):
    """Link to one side's promises, or to all, with their number."""

    href: str
    text: str
    number: int
    is_chosen: bool


@frozen
class Chosen:
    """Filters of what is pending, as an address tells them; empty where one keeps everything.

    Attributes:
        office: The office.
        values: The value of each filter, by name.
    """

    office: Office
    values: Mapping[str, str]

    def keeps(self, promise: Commitment) -> bool:
        """Return whether a promise passes every filter."""
        return all(
            not wanted or wanted in told(self.office, promise)
            for name, told in TOLD.items()
            for wanted in (self.values.get(name, ""),)
        )

    def selects(self) -> list[Select]:
        """Return the filters with the values that the open promises have."""
        promises = _promises(self.office)
        return [
            self._select(
                name, label, {value for each in promises for value in TOLD[name](self.office, each)}
            )
            for name, label in LABELS.items()
        ]

    def _select(self, name: str, label: str, values: Iterable[str]) -> Select:
        """Return a filter with its values in the order of their words."""
        chosen = self.values.get(name, "")
        named = ((_word(self.office, name, value), value) for value in {*values, chosen} - {""})
        options = [
            Option(value, text, value == chosen)
            for text, value in sorted(named, key=lambda each: folded(each[0]))
        ]
        everything = Option("", self.office.text(label), is_chosen=not chosen)
        return Select(name, self.office.text(label), [everything, *options])

    def segments(self, addresses: Addresses) -> list[Segment]:
        """Return the links to each side's promises; none where no party is the reader's."""
        office, side = self.office, self.values.get("side", "")
        if office.us is None:
            return []
        promises = _promises(office)
        numbers = {each: sum(each in _sides(office, item) for item in promises) for each in SIDES}
        rows = (("", "all", len(promises)), *((each, each, numbers[each]) for each in SIDES))
        return [
            Segment(
                addresses.filtered("pending", side=value),
                office.words.heading(office.text(name)),
                number,
                value == side,
            )
            for value, name, number in rows
        ]


def _promises(office: Office) -> list[Commitment]:
    """Return the open promises."""
    return [each for group in office.promises.values() for each in group]


def _sides(office: Office, promise: Commitment) -> tuple[str, ...]:
    """Return the sides that owe a promise."""
    side = office.side(promise)
    return SIDES if side is Side.BOTH else (side,)


def _partner(_: Office, promise: Commitment) -> tuple[str, ...]:
    """Return the partnership of a promise."""
    return (promise.partnership or "",)


def _responsible(_: Office, promise: Commitment) -> tuple[str, ...]:
    """Return who is responsible for a promise."""
    return (promise.responsible or "",)


def _firmness(_: Office, promise: Commitment) -> tuple[str, ...]:
    """Return how firmly a promise was given."""
    return (promise.firmness or "",)


def _footing(office: Office, promise: Commitment) -> tuple[str, ...]:
    """Return on what a promise rests."""
    return (office.footings.get(promise.id, Footing.NONE),)


def _word(office: Office, name: str, value: str) -> str:
    """Return the value of a filter in words."""
    words = WORDS.get(name)
    if words is None:
        return office.title(value) if name == "partner" else value
    return office.term(words(value)) if value in set(words) else value


# What a promise tells to each filter.
TOLD: Final[Mapping[str, Callable[[Office, Commitment], tuple[str, ...]]]] = {
    "side": _sides,
    "partner": _partner,
    "responsible": _responsible,
    "firmness": _firmness,
    "footing": _footing,
}
# The filters that are chosen from a list, with the words for everything.
LABELS: Final = {
    "partner": "any_partner",
    "responsible": "anyone",
    "firmness": "any_firmness",
    "footing": "any_footing",
}
WORDS: Final[dict[str, type[StrEnum]]] = {"firmness": CommitmentFirmness, "footing": Footing}
