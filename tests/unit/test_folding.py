"""Texts in the form in which they are compared."""

import pytest

from coopledger._folding import caseless, cleaned, folded, holds, pieces, skeleton, words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("HUE", "hue"),
        ("Huế", "hue"),
        ("Hu\u0065\u0302\u0301", "hue"),
        ("Đại học", "dai hoc"),
        ("Łódź, Århus, Tromsø", "lodz, arhus, tromso"),
        ("STRASSE Straße", "strasse strasse"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\uff28\uff35\uff25", "hue"),
        ("ไทย", "ไทย"),
    ],
)
def test_case_diacritics_and_invisible_signs_make_no_difference(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("MOST", "most"),
        ("\u041c\u041e\u0405\u0422", "most"),
        ("v\u0456stip", "vistip"),
        ("V\u0406STIP", "vistip"),
        ("hà-nội", "ha-noi"),
        ("m\u0661", "m\u0661"),
        ("m\u0967", "m\u0967"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(name: str, other: str) -> None:
    assert skeleton(name) == skeleton(other)


@pytest.mark.parametrize(("name", "other"), [("c1", "cl"), ("c0", "co"), ("modern", "modem")])
def test_letters_and_digits_of_ascii_look_like_themselves_alone(name: str, other: str) -> None:
    assert skeleton(name) != skeleton(other)


def test_a_name_is_the_same_in_any_case_and_normal_form_and_not_without_its_diacritics() -> None:
    assert caseless("HUẾ") == caseless("hue\u0302\u0301") == caseless("hu\u200bế")
    assert caseless("Huế") != caseless("Hue")


def test_a_name_is_cleaned_of_what_nobody_sees() -> None:
    assert cleaned("\ufeffEU\u00a0\u2009Viet\u200b Nam\u00a0") == "EU Viet Nam"


def test_words_are_letters_and_digits_and_single_letters_where_no_blanks_are_written() -> None:
    assert words("EU-Viet_Nam, 2019: Đà Nẵng") == {"eu", "viet", "nam", "2019", "da", "nang"}
    assert pieces("半导体 chips") == ["半导体", "chips"]
    assert words("半导体 chips") == {"半", "导", "体", "chips"}


def test_a_piece_is_the_beginning_of_a_word_or_any_part_where_no_blanks_are_written() -> None:
    assert holds("Semiconductors", "semi")
    assert not holds("Semiconductors", "conductor")
    assert holds("中国半导体", "半导")
    assert not holds("中国半导体", "导半")
