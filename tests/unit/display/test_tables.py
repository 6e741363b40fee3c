import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._display import tables
from coopledger._display.tables import elided, flat, line_length, room, table, wrapped
from tests.counting import Calls

CELLS = st.text(st.sampled_from("aé ọ中\u0301\n"), max_size=80)
ROWS = st.lists(st.tuples(CELLS, st.integers(0, 10**6), CELLS, CELLS), min_size=1, max_size=4)
VIETNAMESE = "Bộ Khoa học và Công nghệ"
APART = unicodedata.normalize("NFD", VIETNAMESE)  # every mark a sign of its own
TEXTS = st.text(st.sampled_from("aé ọ中\u0301"), max_size=60)


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def test_columns_line_up_below_their_headers() -> None:
    assert table([["VNFR", "active"], ["VNUNESCO", "exploring"]], headers=["id", "stage"]) == (
        _lines(
            "ID        STAGE",
            "VNFR      active",
            "VNUNESCO  exploring",
        )
    )


def test_whole_numbers_stand_to_the_right_with_blanks_among_them() -> None:
    assert table([[5, "a"], ["", "b"], [120, "c"]], headers=["open", "x"]) == _lines(
        "OPEN  X",
        "   5  a",
        "      b",
        " 120  c",
    )


def test_a_column_without_content_is_left_out() -> None:
    assert table([["a", "", 1]], headers=["id", "flags", "open"]) == _lines("ID  OPEN", "a      1")


def test_without_rows_there_is_nothing() -> None:
    assert table([], headers=["id", "stage"]) == ""


def test_a_line_break_in_a_cell_begins_a_line_there() -> None:
    assert table([["VNFR", "A2007\nNEW", "x"]], headers=["id", "texts", "y"]) == _lines(
        "ID    TEXTS  Y",
        "VNFR  A2007  x",
        "      NEW",
    )


def test_vietnamese_names_line_up_however_their_marks_are_written() -> None:
    name = "Bộ Khoa học và Công nghệ"
    apart = unicodedata.normalize("NFD", name)

    printed = table([[name, "1"], [apart, "2"], ["Bo", "3"]], headers=["name", "n"])

    assert unicodedata.normalize("NFC", printed) == _lines(
        "NAME                      N",
        "Bộ Khoa học và Công nghệ  1",
        "Bộ Khoa học và Công nghệ  2",
        "Bo                        3",
    )


def test_the_widest_column_gives_way_and_its_text_goes_on_below() -> None:
    row = ["c1", "publish the first report on innovation"]

    assert table([row], headers=["id", "what"], width=24) == _lines(
        "ID  WHAT",
        "c1  publish the first",
        "    report on innovation",
    )


def test_what_needs_more_than_six_lines_ends_in_an_ellipsis() -> None:
    row = ["c1", "one two three four five six seven eight nine ten eleven twelve thirteen"]

    assert table([row], headers=["id", "what"], width=13) == _lines(
        "ID  WHAT",
        "c1  one two",
        "    three",
        "    four five",
        "    six seven",
        "    eight",
        "    nine ten…",
    )


def test_headers_go_on_below_before_texts_do() -> None:
    row: list[str | int] = ["Nordhavn Universitet", "2026-10-18", 3]
    headers = ["partner", "last activity", "they owe"]

    assert table([row], headers=headers, width=38) == _lines(
        "PARTNER               LAST        THEY",
        "                      ACTIVITY     OWE",
        "Nordhavn Universitet  2026-10-18     3",
    )
    assert table([row], headers=headers, width=42) == _lines(
        "PARTNER               LAST ACTIVITY  THEY",
        "                                      OWE",
        "Nordhavn Universitet  2026-10-18        3",
    )


def test_room_that_a_column_leaves_makes_another_whole() -> None:
    row = ["Nordhavn [red]", "protocol lapsed"]

    assert table([row], headers=["partner", "texts"], width=24) == _lines(
        "PARTNER         TEXTS",
        "Nordhavn [red]  protocol",
        "                lapsed",
    )


def test_what_is_short_stays_whole_beside_long_texts() -> None:
    row = ["30 Nov 2026", "words " * 20]

    assert table([row], headers=["due", "what"], width=40).split("\n")[1] == (
        "30 Nov 2026  words words words words"
    )


def test_columns_are_spared_only_where_a_window_is_too_narrow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    words = {name: name * 30 for name in "abcd"}

    def heads(width: int | None) -> str:
        page = table([[*words.values()]], headers=[*words], width=width, spared=("c", "b"))
        return page.split("\n")[0].replace(" ", "")

    assert (heads(110), heads(80), heads(60)) == ("ABCD", "ABD", "AD")
    assert heads(None) == "ABCD"


def test_a_line_is_as_long_as_the_window_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert (line_length(), line_length(72)) == (100, 72)

    monkeypatch.setenv("COLUMNS", "60")
    assert line_length() == 60
    assert max(map(len, table([["word " * 40]], headers=["text"]).split("\n"))) <= 60

    monkeypatch.setenv("COLUMNS", "wide")
    assert line_length() == 100


def test_texts_share_the_page_by_what_they_need() -> None:
    row = ["a word or two", "many more words than two: about four times as many as there"]

    assert table([row], headers=["short", "long"], width=40) == _lines(
        "SHORT          LONG",
        "a word or two  many more words than two:",
        "               about four times as many",
        "               as there",
    )


def test_a_word_that_does_not_fit_makes_the_line_longer_rather_than_being_broken() -> None:
    assert table([["VISTIP-CCIFV", "exploring"]], headers=["id", "stage"], width=10) == _lines(
        "ID            STAGE",
        "VISTIP-CCIFV  exploring",
    )


def test_a_word_of_no_reasonable_length_is_broken() -> None:
    printed = table([[6 * "longaddress"]], headers=["address"], width=40)

    assert max(map(len, printed.split("\n"))) == 40


def test_a_long_word_is_broken_at_a_joint_if_it_has_one() -> None:
    printed = table([["http://" + 4 * "long/address/"]], headers=["address"], width=40)

    assert printed == _lines(
        "ADDRESS", "http://long/address/long/address/long/", "address/long/address/"
    )


@given(ROWS)
def test_a_line_is_no_longer_than_the_page(rows: list[tuple[str, int, str, str]]) -> None:
    lines = table(rows, headers=["first", "number", "second", "third"]).split("\n")

    assert max(map(room, lines)) <= 100


@given(ROWS)
def test_nothing_is_left_out_without_an_ellipsis(rows: list[tuple[str, int, str, str]]) -> None:
    printed = table(rows, headers=["first", "number", "second", "third"])
    signs = {sign for row in rows for cell in row for sign in str(cell) if not sign.isspace()}

    assert "…" in printed or signs <= set(printed)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("VNFR", 4), (VIETNAMESE, 24), (APART, 24), ("科技部", 6), ("a\u200bb", 2)],
)
def test_a_letter_takes_one_column_a_mark_none_and_a_wide_letter_two(
    text: str, columns: int
) -> None:
    assert room(text) == columns


def test_a_text_on_one_line_has_neither_line_breaks_nor_control_signs() -> None:
    assert flat("  one\ntwo\t three\x1b[31m ") == "one two three\\x1b[31m"


def test_a_text_that_fits_is_left_alone() -> None:
    assert elided("pending", 7) == "pending"


@pytest.mark.parametrize(
    ("text", "columns", "cut"),
    [
        *(("pending", 6, "pendi…"), ("科技部", 4, "科…"), ("科技部", 1, "科…")),
        *(("one two", 5, "one…"), ("one two", 6, "one…"), ("one two three", 8, "one two…")),
        ("one two-three", 10, "one two-…"),
    ],
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


def test_several_widest_columns_give_way_in_turn_from_the_left() -> None:
    row = ["a" * 9 + " b", "c" * 8 + " d", "e f"]

    assert table([row], headers=["1", "2", "3"], width=22) == _lines(
        "1          2         3",
        "aaaaaaaaa  cccccccc  e",
        "b          d         f",
    )


@pytest.mark.parametrize("text", ["中" * 3000, "中文科 " * 3000, "中文 " * 3000])
def test_of_a_long_text_no_more_is_measured_than_is_shown(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = Calls(monkeypatch, tables, "_room_of_sign")

    once = measured.during(lambda: table([["c1", text]], headers=["id", "what"]))
    twice = measured.during(lambda: table([["c1", 2 * text]], headers=["id", "what"]))

    assert once == twice
