from enum import StrEnum
from xml.etree import ElementTree as ET

import pytest

from coopledger import terms
from coopledger._display.signs import SIGNS, Sign, Tone, sign_of, tone_of
from coopledger.terms import CommitmentFirmness, CommitmentStatus, Flag, InstrumentState, Stage

# Their words are shown without a sign.
WITHOUT_SIGNS = {
    *(terms.Basis, terms.ConflictKind, terms.Counted, terms.Flag, terms.Footing, terms.Force),
    *(terms.Inconsistency, terms.InstrumentKind, terms.Noun, terms.PartyKind, terms.Role),
    *(terms.RenewalDecision, terms.TextRelation),
    *(terms.Conduct, terms.Weight, terms.ConsentMeans, terms.ReservationKind, terms.SumsBy),
    *(terms.YieldKind, terms.YieldsBy, terms.Direction, terms.EntryKind, terms.EntryState),
}
FAMILIES = [pytest.param(signs, id=family.__name__) for family, signs in SIGNS.items()]
ALL = {sign for signs in SIGNS.values() for sign in signs.values()}


def test_every_list_of_words_has_signs_or_is_known_to_have_none() -> None:
    lists = {getattr(terms, name) for name in terms.__all__}

    assert lists - WITHOUT_SIGNS == set(SIGNS)


@pytest.mark.parametrize("family", SIGNS)
def test_every_word_of_a_family_has_a_sign(family: type[StrEnum]) -> None:
    assert set(SIGNS[family]) == set(family)


@pytest.mark.parametrize("part", ["terminal", "ascii", "drawing"])
@pytest.mark.parametrize("signs", FAMILIES)
def test_signs_differ_within_their_family(signs: dict[StrEnum, Sign], part: str) -> None:
    different = set(signs.values())

    assert len({getattr(sign, part) for sign in different}) == len(different)


def test_an_ascii_sign_is_one_letter_of_ascii() -> None:
    assert [sign for sign in ALL if not (sign.ascii.isascii() and len(sign.ascii) == 1)] == []


@pytest.mark.parametrize("signs", FAMILIES)
def test_drawings_are_well_formed_and_have_no_colour_of_their_own(
    signs: dict[StrEnum, Sign],
) -> None:
    for sign in signs.values():
        drawing = ET.fromstring(f"<svg>{sign.drawing}</svg>")  # noqa: S314 - our own

        colours = {shape.get(part) for shape in drawing for part in ("fill", "stroke")}
        assert colours <= {None, "none", "currentColor"}
        assert all(shape.get("style") is None for shape in drawing)


def test_what_is_in_effect_has_the_accent_and_what_is_late_the_alarm() -> None:
    assert tone_of(Stage.ACTIVE) is Tone.ACCENT
    assert tone_of(InstrumentState.TERMINATING) is Tone.ACCENT
    assert tone_of(CommitmentStatus.OVERDUE) is Tone.ALARM
    assert tone_of(Flag.DORMANT) is Tone.ALARM
    assert tone_of(Flag.EXPIRING) is Tone.NONE


def test_the_same_word_of_two_lists_has_two_signs() -> None:
    assert sign_of(Stage.SIGNED) != sign_of(InstrumentState.SIGNED)


def test_words_without_a_family_have_no_sign() -> None:
    assert sign_of(Flag.DORMANT) is None


def test_every_firmness_that_binds_shows_four_bars() -> None:
    assert {sign_of(word) for word in CommitmentFirmness} == {sign_of(CommitmentFirmness.AGREED)}
