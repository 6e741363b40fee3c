"""Nearest known name: helpful where it is near, silent where it is not, and never slow."""

import pytest

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
