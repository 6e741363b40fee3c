"""Arithmetic of the benchmarks, and how it is shown."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmarks.page import written_page
from tests.benchmarks.picture import drawn
from tests.benchmarks.results import Results, Spread, exponent, spread

SIZES = (1000, 10_000, 100_000, 1_000_000)


@pytest.mark.parametrize("power", [0, 0.5, 1, 2])
def test_the_exponent_is_the_power_of_n(power: float) -> None:
    assert abs(exponent({size: 3e-6 * size**power for size in SIZES}) - power) < 1e-9


def test_the_exponent_is_the_slope_of_the_line_nearest_to_the_points() -> None:
    assert abs(exponent({1: 1, 10: 10, 100: 10}) - 0.5) < 1e-9


def test_the_spread_has_the_median_the_lowest_and_the_highest() -> None:
    assert spread([4, 1, 2]) == Spread(2, 1, 4)
    assert spread([4, 1, 2, 3]) == Spread(2.5, 1, 4)


def test_samples_of_all_rounds_count() -> None:
    results = Results()
    results.add("ask", 10, [{"cpu": 1.0, "wall": 2.0}])
    results.add("ask", 10, [{"cpu": 3.0, "wall": 2.0}, {"cpu": 8.0, "wall": 9.0}])
    results.add("ask", 1, [{"cpu": 5.0, "wall": 5.0}])
    results.add("list", 5, [{"bytes": 7.0}])

    assert results.sizes("ask") == [1, 10]
    assert results.spread("ask", 10, "wall") == Spread(2, 2, 9)
    assert results.medians("ask", "cpu") == {1: 5, 10: 3}
    assert results.median("list", 5, "bytes") == 7


def test_the_picture_has_a_line_for_each_measure() -> None:
    picture = drawn({"ask <one>": {1000: 0.001, 10_000: 0.001}, "list": {1000: 0.02, 10_000: 0.3}})
    root = ElementTree.fromstring(picture)  # noqa: S314 - made here
    lines = [each for each in root if each.tag.endswith("polyline")]
    labels = [each.text for each in root if each.tag.endswith("text")]

    assert len(lines) == 2
    assert {"ask <one>", "list", "1,000", "10,000", "1 ms", "1 s"} <= set(labels)


def test_a_cost_that_does_not_grow_is_drawn_level() -> None:
    root = ElementTree.fromstring(drawn({"ask": {1000: 0.002, 10_000: 0.002}}))  # noqa: S314
    [line] = [each for each in root if each.tag.endswith("polyline")]
    heights = [point.split(",")[1] for point in line.attrib["points"].split()]

    assert heights[0] == heights[1]


def test_the_tables_of_a_page_are_replaced_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- end of measured -->\nafter\n")
    written_page(page, "| new |")
    written_page(page, "| newer |")

    assert page.read_text() == (
        "before\n<!-- measured -->\n\n| newer |\n\n<!-- end of measured -->\nafter\n"
    )
