"""Findings of a check of the stories: what their pages leave out, and nothing else."""

import pytest

from coopledger import Ledger

ON = "2025-12-31"
FOUND: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "A": [],
    # An answer without its proposal, and an extension of what nobody saw signed, until when?
    "B": [("W401", ("b4",)), ("W501", ("b16",)), ("W506", ("b16",))],
    # Nine meetings with three partners, five sessions with six; a programme only seen to end.
    "C": [("W106", ("c2",)), ("W106", ("c3",)), ("W501", ("c6",))],
    "D": [("W401", ("d4",))],
    # JCM 11 was announced for 2020.
    "E": [("C301", ("e10",))],
    "F": [],
    # Nobody noted the signature.
    "G": [("W501", ("g2",))],
    # Called an associate three weeks before it was one.
    "H": [("C701", ("h11",))],
}


@pytest.mark.parametrize("letter", FOUND)
def test_a_check_of_a_story_tells_what_the_page_leaves_out(
    ledgers: dict[str, Ledger], letter: str
) -> None:
    found = ledgers[letter].check(on=ON)

    assert [(finding.code, finding.events) for finding in found] == FOUND[letter]
