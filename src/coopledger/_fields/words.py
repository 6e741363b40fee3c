"""Readers of the words of closed lists, and of country codes."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from coopledger._fields.reading import invalid, short_repr, text, tuple_of
from coopledger._suggest import did_you_mean
from coopledger.errors import FieldError
from coopledger.terms import (
    Basis,
    CommitmentFirmness,
    ConsentMeans,
    Direction,
    Force,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
    RenewalDecision,
    ReservationKind,
    Role,
    YieldKind,
)

Word = TypeVar("Word", bound=StrEnum)


# The country codes of ISO 3166-1 alpha-2 (249 codes, as published in 2024).
CODES = frozenset(
    (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
        "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
        "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
        "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
        "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
        "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
        "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
        "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
        "VN VU WF WS YE YT ZA ZM ZW"
    ).split()
)

# Codes that people often write instead, with the code that they mean.
OFTEN_MISTAKEN = {
    "UK": "GB",
    "EN": "GB",
    "EL": "GR",
    "USA": "US",
    "VNM": "VN",
    "CHN": "CN",
    "FRA": "FR",
    "JPN": "JP",
    "JA": "JP",
    "KOR": "KR",
    "CUB": "CU",
    "LAO": "LA",
    "SU": "RU",
}


@cache
def by_text(words: type[StrEnum]) -> Mapping[str, StrEnum]:
    """Return the words of the list by their texts."""
    return {str(word): word for word in words}


def one_of(words: type[Word], value: object) -> Word:
    """Return the word of the list that the text names.

    Raises:
        FieldError: E106 for a text that is not in the list, with the nearest word.
    """
    if isinstance(value, words):
        return value
    hint = ""
    if isinstance(value, str):
        word = by_text(words).get(str.__str__(value))
        if isinstance(word, words):
            return word
        hint = did_you_mean(value, words)
    raise invalid(value, f"is not one of {', '.join(words)}{hint}")


def party_kind(value: PartyKind | str) -> PartyKind:
    """Return a kind of party."""
    return one_of(PartyKind, value)


def instrument_kind(value: InstrumentKind | str) -> InstrumentKind:
    """Return a kind of instrument."""
    return one_of(InstrumentKind, value)


def instrument_kinds(value: InstrumentKind | str | Iterable[str]) -> tuple[InstrumentKind, ...]:
    """Return one kind of instrument or several."""
    return tuple_of(value, instrument_kind)


def instrument_state(value: InstrumentState | str) -> InstrumentState:
    """Return a state of an instrument."""
    return one_of(InstrumentState, value)


def force(value: Force | str) -> Force:
    """Return the moment at which a text takes effect."""
    return one_of(Force, value)


ACCESSIONS = (ConsentMeans.ACCESSION, ConsentMeans.SUCCESSION)
RATIFICATIONS = tuple(
    word for word in ConsentMeans if word not in {ConsentMeans.SIGNATURE, *ACCESSIONS}
)


def accession(value: ConsentMeans | str) -> ConsentMeans:
    """Return a means by which a party joins a text."""
    return _one_among(ACCESSIONS, value)


def ratification(value: ConsentMeans | str) -> ConsentMeans:
    """Return a means by which a party consents to a text that is its own."""
    return _one_among(RATIFICATIONS, value)


def _one_among(words: tuple[ConsentMeans, ...], value: ConsentMeans | str) -> ConsentMeans:
    """Return the word, if it is one of these of its list."""
    if value not in words:
        raise invalid(value, f"is not one of {', '.join(words)}{did_you_mean(str(value), words)}")
    return ConsentMeans(value)


def renewal_decision(value: RenewalDecision | str) -> RenewalDecision:
    """Return a decision about the end of a term."""
    return one_of(RenewalDecision, value)


def reservation_kind(value: ReservationKind | str) -> ReservationKind:
    """Return a kind of reservation."""
    return one_of(ReservationKind, value)


def proposal_firmness(value: ProposalFirmness | str) -> ProposalFirmness:
    """Return the firmness of a proposal."""
    return one_of(ProposalFirmness, value)


def commitment_firmness(value: CommitmentFirmness | str) -> CommitmentFirmness:
    """Return the firmness of a commitment."""
    return one_of(CommitmentFirmness, value)


def yield_kind(value: YieldKind | str) -> YieldKind:
    """Return the kind of what was done."""
    return one_of(YieldKind, value)


def direction(value: Direction | str) -> Direction:
    """Return the direction in which people or things went."""
    return one_of(Direction, value)


def role(value: Role | str) -> Role:
    """Return the role of a participant."""
    return one_of(Role, value)


def basis(value: Basis | str) -> Basis:
    """Return the basis of a fact."""
    return one_of(Basis, value)


def country(value: str) -> str:
    """Return a country code of two capital letters.

    Raises:
        FieldError: E203 for anything else, with the code that may be meant.
    """
    value = text(value)
    if value in CODES:
        return value
    capitals = value.upper()
    meant = OFTEN_MISTAKEN.get(capitals, capitals if capitals in CODES else None)
    hint = f"; did you mean {meant!r}?" if meant else ", such as 'VN'"
    raise FieldError(
        "E203", short_repr(value), f"is not a country code of ISO 3166-1 alpha-2{hint}"
    )
