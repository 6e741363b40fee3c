"""Nearest known name: helpful where it is near, silent where it is not, and never slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import _suggest
from coopledger._suggest import Names, did_you_mean, nearest, nearest_id, nearest_in
from tests.counting import Calls


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


def test_names_may_be_added_between_two_searches_and_are_found_in_any_case() -> None:
    names = Names(["vn-fr", "VN-FR"])

    assert nearest_in("jp-de", [names]) is None
    names.add("jp-dk")
    assert nearest_in("jp-de", [names]) == "jp-dk"
    assert nearest_in("Vn-Fr", [names]) == "vn-fr"
    assert nearest_in("vn-fx", [names]) == "VN-FR"


def test_a_name_that_is_not_known_any_more_is_passed_over() -> None:
    names = Names(["mou-1", "mou-345", "MOU-2"])

    assert nearest_in("mou-2", [names], is_known={"mou-1", "mou-345"}.__contains__) == "mou-1"
    assert nearest_in("mou-2", [names], is_known={"mou-345"}.__contains__) == "mou-345"


def test_the_nearest_of_several_lists_is_suggested() -> None:
    assert nearest_in("mou-21", [Names(["mou-2011"]), Names(["mou-1"])]) == "mou-1"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ev-01", "ev-10"), ("ev-100", "ev-10"), ("eV-10", "ev-10"), ("ex-20", None), ("e", None)],
)
def test_the_id_of_an_event_is_found_one_slip_away(name: str, expected: str | None) -> None:
    recorded = {"ev-10", "ev", "Ev-2"}

    assert nearest_id(name, lambda ids: [each for each in ids if each in recorded]) == expected


def _slip(draw: st.DrawFn, name: str) -> str:
    """Return the name after one slip."""
    place = draw(st.integers(0, len(name) - 1))
    before, letter, after = name[:place], name[place], name[place + 1 :]
    other = draw(st.sampled_from("ab1-é"))
    return draw(
        st.sampled_from(
            [
                before + after,
                before + other + after,
                before + other + letter + after,
                before + after[:1] + letter + after[1:],
            ]
        )
    )


@given(st.data())
def test_whatever_is_known_a_name_one_slip_away_is_found(data: st.DataObject) -> None:
    others = data.draw(st.lists(st.text("ab1-é", min_size=1, max_size=8), max_size=300))
    name = data.draw(st.text("ab1-é", min_size=4, max_size=8))
    wanted = data.draw(st.composite(_slip)(name))

    found = nearest(wanted, [*others, name]) or ""

    assert found == wanted or found in _one_slip_from(wanted)


def _one_slip_from(wanted: str) -> set[str]:
    """Return every text of these letters that is one slip away."""
    cuts = [(wanted[:place], wanted[place:]) for place in range(len(wanted) + 1)]
    return {
        *(start + end[1:] for start, end in cuts),
        *(start + letter + end[1:] for start, end in cuts for letter in "ab1-é"),
        *(start + letter + end for start, end in cuts for letter in "ab1-é"),
        *(start + end[1:2] + end[:1] + end[2:] for start, end in cuts),
    }


@pytest.mark.parametrize("wanted", ["part-0007x", "part-x", "else", "xpart-000"])
def test_looking_costs_the_same_however_many_names_are_known(
    wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Calls(monkeypatch, _suggest, "_may_be_near", "_shared_start")

    known = [f"part-{number:05}" for number in range(4000)]

    few = compared.during(lambda: nearest(wanted, known[:1000]))
    many = compared.during(lambda: nearest(wanted, known))

    assert 0 < many <= few + 10
