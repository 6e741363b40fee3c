"""How the words of the lists are read."""

from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from typing import TypeVar

from coopledger.fields.reading import several, wrong
from coopledger.nearness import did_you_mean
from coopledger.terms import (
    Basis,
    CommitmentFirmness,
    Force,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
    Role,
)

__all__ = [
    "basis",
    "commitment_firmness",
    "force",
    "instrument_kind",
    "instrument_kinds",
    "instrument_state",
    "one_of",
    "party_kind",
    "proposal_firmness",
    "role",
]

Word = TypeVar("Word", bound=StrEnum)


def one_of(words: type[Word], value: object) -> Word:
    """The word of the list that the text names.

    Raises:
        FieldError: E106 for a text that is not in the list, with the nearest word.
    """
    if isinstance(value, words):
        return value
    hint = ""
    if isinstance(value, str):
        with suppress(ValueError):
            return words(str.__str__(value))
        hint = did_you_mean(value, words)
    raise wrong(value, f"is not one of {', '.join(words)}{hint}")


def party_kind(value: PartyKind | str) -> PartyKind:
    """A kind of party."""
    return one_of(PartyKind, value)


def instrument_kind(value: InstrumentKind | str) -> InstrumentKind:
    """A kind of instrument."""
    return one_of(InstrumentKind, value)


def instrument_kinds(value: InstrumentKind | str | Iterable[str]) -> tuple[InstrumentKind, ...]:
    """One kind of instrument or several."""
    return several(value, instrument_kind)


def instrument_state(value: InstrumentState | str) -> InstrumentState:
    """A state of an instrument."""
    return one_of(InstrumentState, value)


def force(value: Force | str) -> Force:
    """When a text takes effect."""
    return one_of(Force, value)


def proposal_firmness(value: ProposalFirmness | str) -> ProposalFirmness:
    """How firmly something is put."""
    return one_of(ProposalFirmness, value)


def commitment_firmness(value: CommitmentFirmness | str) -> CommitmentFirmness:
    """How firmly a debtor is bound."""
    return one_of(CommitmentFirmness, value)


def role(value: Role | str) -> Role:
    """What a participant was there for."""
    return one_of(Role, value)


def basis(value: Basis | str) -> Basis:
    """What a fact rests on."""
    return one_of(Basis, value)
