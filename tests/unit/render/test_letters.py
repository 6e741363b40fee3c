import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger.render._text_width import elided, flat, room, wrapped

VIETNAMESE = "Bộ Khoa học và Công nghệ"
APART = unicodedata.normalize("NFD", VIETNAMESE)  # every mark a sign of its own

TEXTS = st.text(st.sampled_from("aé ọ中\u0301"), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("VNFR", 4), (VIETNAMESE, 24), (APART, 24), ("科技部", 6), ("a\u200bb", 2)],
)
def test_a_letter_takes_one_column_a_mark_none_and_a_wide_letter_two(
    text: str, columns: int
) -> None:
    assert room(text) == columns


def test_a_text_on_one_line_has_neither_line_breaks_nor_control_signs() -> None:
    assert flat("  one\ntwo\t three\x1b[31m ") == "one two three�[31m"


def test_a_text_that_fits_is_left_alone() -> None:
    assert elided("pending", 7) == "pending"


@pytest.mark.parametrize(
    ("text", "columns", "cut"),
    [("pending", 6, "pendi…"), ("one two", 5, "one…"), ("科技部", 4, "科…")],
)
def test_a_text_that_does_not_fit_ends_in_an_ellipsis(text: str, columns: int, cut: str) -> None:
    assert elided(text, columns) == cut


def test_a_mark_stays_with_its_letter_when_a_text_is_cut() -> None:
    assert unicodedata.normalize("NFC", elided(APART, 3)) == "Bộ…"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one two three", ["one two", "three"]),
        ("unbreakable", ["unbreaka", "ble"]),
        ("an unbreakable", ["an", "unbreaka", "ble"]),
    ],
)
def test_a_text_is_broken_at_blanks_and_a_long_word_is_cut(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8) == lines


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = wrapped(text, columns)

    assert max(map(room, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(3, 30))
def test_an_elided_text_fits(text: str, columns: int) -> None:
    assert room(elided(text, columns)) <= columns
