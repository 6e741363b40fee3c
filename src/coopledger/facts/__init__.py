"""Which facts are visible, and in which order they count."""

from coopledger.facts.correcting import Lift
from coopledger.facts.fact import BEGINNING, Fact, by_place, by_position
from coopledger.facts.memory import Facts
from coopledger.facts.naming import in_words, named_by
from coopledger.facts.visible import Visible

__all__ = [
    "BEGINNING",
    "Fact",
    "Facts",
    "Lift",
    "Visible",
    "by_place",
    "by_position",
    "in_words",
    "named_by",
]
