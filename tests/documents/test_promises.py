"""Each promise on the page of promises names a test that holds it."""

import re

import pytest

from tests.documents.pages import ROOT

PAGE = ROOT / "docs/explanation/what-is-promised.md"
PROMISE = re.compile(r"^(\d+)\. \*\*([^*]+)\*\*(.*?)(?=^\d+\. |^\S|\Z)", re.MULTILINE | re.DOTALL)
TEST = re.compile(r"\]\(\.\./\.\./(tests/[^)#]+)\)")
PROMISES = PROMISE.findall(PAGE.read_text(encoding="utf-8"))


def test_the_promises_are_numbered() -> None:
    assert [int(number) for number, *_ in PROMISES] == list(range(1, 14))


@pytest.mark.parametrize(("promise", "text"), [(name, text) for _, name, text in PROMISES])
def test_a_promise_names_the_tests_that_hold_it(promise: str, text: str) -> None:
    named = [ROOT / path for path in TEST.findall(text)]

    assert named, promise
    assert [path for path in named if "def test_" not in path.read_text(encoding="utf-8")] == []
