"""Every example runs as a script and prints what is expected; see tests/examples/__main__.py."""

from pathlib import Path

import pytest

from tests.examples.scripts import EXAMPLES, EXPECTED, expected_file, run_example

PAGE = 100


def _stem(example: Path) -> str:
    return example.stem


def test_every_example_has_its_expected_output_and_no_other_is_kept() -> None:
    assert sorted(EXPECTED.glob("*.txt")) == [expected_file(example) for example in EXAMPLES]


@pytest.mark.parametrize("example", EXAMPLES, ids=_stem)
def test_an_example_prints_what_is_expected(example: Path) -> None:
    assert run_example(example) == expected_file(example).read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=_stem)
def test_an_example_run_twice_on_one_file_prints_the_same_again(
    example: Path, tmp_path: Path
) -> None:
    ledger = str(tmp_path / "kept.db")

    assert run_example(example, ledger) == run_example(example, ledger)


@pytest.mark.parametrize("example", EXAMPLES, ids=_stem)
def test_the_output_of_an_example_fits_on_a_page(example: Path) -> None:
    lines = expected_file(example).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > PAGE] == []
