"""Nearest known name: helpful where it is near, silent where it is not, and never slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._suggest import did_you_mean, nearest


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("univeristy", ["library", "university"], "university"),
        ("MESRI", ["mesr"], "mesr"),
        ("vn", ["VN"], "VN"),
        ("x1", ["m1"], None),
        ("topic", ["topics", "tags"], "topics"),
        ("date", ["note", "when"], None),
        ("", ["a"], None),
        ("abc", [""], None),
        ("a009", [f"a{number:03}" for number in range(1, 61) if number != 9], "a008"),
        ("a090", ["a099", "a0xx90"], "a099"),
        ("jcm-12", ["jcm-21", "jcm-13", "jcm-99"], "jcm-13"),
        ("vn-2021-fr", ["vn-fr-2021", "vn-2012-fr"], "vn-2012-fr"),
        ("ab12", ["abx1y2", "abx12"], "abx12"),
    ],
)
def test_only_a_near_name_is_suggested(name: str, known: list[str], expected: str | None) -> None:
    assert nearest(name, known) == expected


def test_a_hint_is_silent_where_nothing_is_near() -> None:
    assert did_you_mean("wholly", ["unlike"]) == ""
    assert did_you_mean("topic", ["topics"]) == "; did you mean 'topics'?"


def test_among_many_alike_the_one_with_the_same_beginning_and_end_is_found() -> None:
    many = (f"commitment-{number:04}" for number in range(5000))

    assert nearest("comitment-1234", many) == "commitment-1234"
    assert nearest("note", ("note" for _ in range(3))) == "note"


def test_among_many_a_longer_name_that_begins_the_same_is_found() -> None:
    many = [*(f"note-{number:04}" for number in range(5000)), "note-1234x"]

    assert nearest("note-1234xy", many) == "note-1234x"


@given(st.data())
def test_of_numbered_names_one_that_is_one_letter_away_is_suggested(data: st.DataObject) -> None:
    size = data.draw(st.integers(20, 400))
    numbers = data.draw(st.sets(st.integers(0, size), min_size=size // 2))
    missing = data.draw(st.sampled_from(sorted(numbers)))
    known = [f"a{number:03}" for number in sorted(numbers) if number != missing]
    wanted = f"a{missing:03}"

    found = nearest(wanted, known) or ""

    steps = [sum(map(str.__ne__, wanted, name)) for name in known]
    assert 1 not in steps or sum(map(str.__ne__, wanted, found)) == 1
