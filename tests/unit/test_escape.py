"""The door through which every text passes that is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._escape import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\x07b", "a\\x07b"),
        ("a\x9b31mb", "a\\x9b31mb"),
        ("a\rb", "a\\x0db"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b", "a\\u2066b"),
        ("a\ud800b", "a\\ud800b"),
        ("a\tb\nc", "a b\nc"),
        ("Việt Nam, café, 中国", "Việt Nam, café, 中国"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(categories=["Cc", "Cs", "Cf", "Ll", "Zl", "Zp"])))
def test_no_control_sign_but_the_line_feed_is_left(text: str) -> None:
    left = set(map(unicodedata.category, printable(text).replace("\n", "")))

    assert left.isdisjoint({"Cc", "Cs", "Zl", "Zp"})


@given(st.text())
def test_what_was_shown_once_is_shown_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)
