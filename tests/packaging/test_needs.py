"""Tests are skipped for lack of a need only where nobody requires the need."""

import pytest

from tests import needs


def test_a_test_is_skipped_for_a_need_that_is_neither_met_nor_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(needs, "REQUIRED", needs.required(""))

    assert needs.needs("fork", is_met=False).args == (True,)
    assert needs.needs("fork", is_met=True).args == (False,)
    with pytest.raises(pytest.skip.Exception, match="needs fork: this system has no fork"):
        needs.skip_without("fork")


def test_a_test_is_run_for_a_need_that_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "REQUIRED", needs.required("postgresql,fork"))

    assert needs.needs("fork", is_met=False).args == (False,)
    needs.skip_without("postgresql")
    with pytest.raises(pytest.skip.Exception):
        needs.skip_without("mount")


def test_an_unknown_need_is_refused_as_it_would_require_nothing() -> None:
    with pytest.raises(ValueError, match="there is no need postgres, only browser, cc, fork"):
        needs.required("fork,postgres")
