"""A rule of the package that is lost is found by the comparison with the oracle."""

from types import ModuleType

import pytest

from coopledger._rules import commitment, conduct, stage
from coopledger.terms import CommitmentStatus, Conduct, Stage
from tests.oracle.comparison import compare

LOST = [
    (commitment, "RULES", CommitmentStatus.FULFILLED),
    (conduct, "RULES", Conduct.AT_REST),
    (stage, "STAGES", Stage.LAPSED),
]


@pytest.mark.parametrize(("module", "table", "word"), LOST, ids=[word for *_, word in LOST])
def test_a_rule_that_is_lost_is_found(
    module: ModuleType, table: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [rule for rule in getattr(module, table) if rule[0] != word]
    monkeypatch.setattr(module, table, tuple(others))

    tally = compare([2], partnerships=12, events=250, cases=150, kept="never")

    assert tally.differences
