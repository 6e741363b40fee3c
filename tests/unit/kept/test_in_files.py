"""Kept answers in a file: what the next program reads, and what becomes of what cannot be used."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Ledger, View, events
from coopledger._kept import fingerprint, folding
from coopledger.stores.kept import StoredBundle, Upkeep
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.sqlite.kept import SqliteKept
from tests.builders import NAME, Clock, numbered, office
from tests.unit.kept.growing import TODAY, lists, partnership

FULFILLED = events.CommitmentFulfilled(commitment="c1", when="2020-06-01")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a log with some partnerships, of which every list was asked for."""
    path = tmp_path / "office.db"
    acts = [event for number in range(12) for event in partnership(number)]
    with office(*acts, clock=Clock(TODAY), store=SqliteStore(path)) as ledger:
        lists(ledger.view())
    return path


def opened(path: Path, today: str = TODAY, *, readonly: bool = False, ids: str = "n") -> Ledger:
    """Return the ledger in the file, as the next program opens it."""
    store = SqliteStore(path, readonly=readonly)
    return Ledger(store, name=NAME, clock=Clock(today), ids=numbered(ids), readonly=readonly)


def assert_fresh(view: View) -> None:
    """Compare the lists with those of a view that takes no kept answers."""
    cold = view.without()
    assert view.partnerships() == cold.partnerships()
    assert view.commitments() == cold.commitments()
    assert view.commitments(open=None) == cold.commitments(open=None)
    assert view.meetings() == cold.meetings()
    assert view.partnership("ps1") == cold.partnership("ps1")


def test_the_next_program_folds_nothing(path: Path, folds: list[str]) -> None:
    with opened(path) as ledger:
        folds.clear()

        assert lists(ledger.view()) == [14, 12, 12, 12, 12, 0, 0]
        assert ledger.view().commitment("c3").due is not None
        assert folds == []


def test_the_next_program_folds_what_was_recorded_since(path: Path, folds: list[str]) -> None:
    with opened(path) as ledger:
        ledger.record(FULFILLED)
    folds.clear()

    with opened(path) as ledger:
        assert len(ledger.view().commitments()) == 11
        assert folds == ["ps1"]
        assert_fresh(ledger.view())


def test_on_a_later_day_what_turned_is_folded(path: Path, folds: list[str]) -> None:
    with opened(path, "2021-03-02") as ledger:
        folds.clear()
        view = ledger.view()

        assert [each.days_overdue for each in view.commitments()] == [1] * 12
        assert len(folds) == 12
        assert_fresh(view)
    folds.clear()
    with opened(path, "2021-03-09") as ledger:
        assert [each.days_overdue for each in ledger.view().commitments()] == [8] * 12
        assert folds == []


def test_after_a_clock_that_was_ahead_what_turned_is_folded_once_more(
    path: Path, folds: list[str]
) -> None:
    with opened(path) as ledger:
        ledger.record(FULFILLED)
        lists(ledger.view())
    with opened(path, "2021-06-15") as ledger:
        lists(ledger.view())
    folds.clear()

    with opened(path) as ledger:
        view = ledger.view()
        view.partnerships()
        assert len(view.commitments()) == 11
        assert len(folds) == 11 + 12  # the promises that are pending, and the board
        assert_fresh(view)
    folds.clear()
    with opened(path) as ledger:
        assert len(ledger.view().commitments()) == 11
    assert folds == []


def test_programs_with_other_clocks_fold_what_turns_between_them(
    path: Path, folds: list[str]
) -> None:
    with opened(path) as behind, opened(path, "2020-06-17", ids="two") as ahead:
        for number in range(3):
            behind.record(events.CommitmentFulfilled(commitment=f"c{number}", when="2020-06-01"))
            folds.clear()
            assert_fresh(behind.view())
            assert_fresh(ahead.view())
            assert set(folds) == {f"ps{number}"}


def test_a_view_of_the_day_before_moves_nothing(path: Path, folds: list[str]) -> None:
    clock = Clock("2021-03-01")
    with Ledger(SqliteStore(path), name=NAME, clock=clock) as ledger:
        before = ledger.view()
        lists(before)
        clock.set("2021-03-02")
        lists(ledger.view())
        lists(before)
        folds.clear()
        for view in (before, ledger.view(), before, ledger.view()):
            lists(view)
        assert folds == []
        assert_fresh(before)
        assert_fresh(ledger.view())


def test_a_view_of_a_named_day_does_not_serve_for_today(tmp_path: Path, folds: list[str]) -> None:
    acts = [event for number in range(12) for event in partnership(number)]
    store = SqliteStore(tmp_path / "office.db")
    with office(*acts, clock=Clock(TODAY), store=store) as ledger:
        lists(ledger.view(TODAY))
        lists(ledger.view())
        lists(ledger.view("2021-03-02"))
    folds.clear()

    with opened(tmp_path / "office.db") as ledger:
        assert len(ledger.view().commitments()) == 12
        assert len(ledger.view().partnerships()) == 14
    assert folds == []


def test_a_named_day_that_has_come_is_today(path: Path, folds: list[str]) -> None:
    clock = Clock(TODAY)
    with Ledger(SqliteStore(path), name=NAME, clock=clock) as ledger:
        ahead = ledger.view("2021-03-02")
        assert_fresh(ahead)
        clock.set("2021-03-02")
        assert lists(ledger.view()) == lists(ahead)
    folds.clear()

    with opened(path, "2021-03-02") as ledger:
        assert len(ledger.view().commitments()) == 12
    assert folds == []


def test_a_read_only_program_takes_what_is_kept(path: Path, folds: list[str]) -> None:
    with opened(path) as ledger:
        ledger.record(FULFILLED)
    before = path.read_bytes()
    folds.clear()

    with opened(path, readonly=True) as ledger:
        assert len(ledger.view().commitments()) == 11
        assert folds == ["ps1"]
        assert_fresh(ledger.view())
    assert path.read_bytes() == before


def test_answers_that_cannot_be_written_are_kept_in_memory(path: Path, folds: list[str]) -> None:
    with opened(path) as ledger, closing(sqlite3.connect(path)) as other:
        ledger.record(FULFILLED)
        other.execute("BEGIN IMMEDIATE")
        folds.clear()

        for _ in range(3):
            assert len(ledger.view().commitments()) == 11
        assert folds == ["ps1"]
        other.rollback()
        ledger.record(events.CommitmentFulfilled(commitment="c2", when="2020-06-01"))
        folds.clear()
        assert len(ledger.view().commitments()) == 10
    assert folds == ["ps2"]
    folds.clear()

    with opened(path) as ledger:
        assert len(ledger.view().commitments()) == 10
    assert folds == []


def changed(path: Path, statement: str) -> None:
    """Change the kept answers without the library."""
    with closing(sqlite3.connect(path)) as log, log:
        log.execute(statement)


DAMAGE = {
    "no JSON": "UPDATE kept SET body = 'a'",
    "other JSON": "UPDATE kept SET body = '[1, [], true, [], [1]]'",
    "a word that is none": "UPDATE kept SET body = replace(body, 'pending', 'pendant')",
    "other rules": "UPDATE upkeep SET fingerprint = 'b'",
    "another log": "UPDATE upkeep SET chain = x'00'",
    "on the way": "UPDATE upkeep SET is_whole = 0",
    "another memory": "UPDATE upkeep SET changes = '{}'",
    "nothing": "DELETE FROM upkeep",
    "beyond the log": "UPDATE upkeep SET position = 10000",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_cannot_be_used_is_made_once_more(path: Path, what: str, folds: list[str]) -> None:
    changed(path, DAMAGE[what])
    with opened(path) as ledger:
        ledger.record(FULFILLED)
        assert_fresh(ledger.view())
        lists(ledger.view())
    folds.clear()

    with opened(path) as ledger:
        assert lists(ledger.view())[:3] == [14, 12, 11]
    assert folds == []


def test_answers_of_other_rules_are_made_once_more(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folds: list[str]
) -> None:
    """Nobody has to say that a rule is another one."""
    shutil.copytree(fingerprint.PACKAGE, tmp_path / "package")
    rule = tmp_path / "package" / "_rules" / "commitment.py"
    rule.write_text(rule.read_text(encoding="utf-8").replace("30", "31"), encoding="utf-8")
    monkeypatch.setattr(fingerprint, "PACKAGE", tmp_path / "package")
    fingerprint.of_library.cache_clear()
    try:
        with opened(path) as ledger:
            folds.clear()
            lists(ledger.view())
            assert len(folds) >= 12
    finally:
        fingerprint.of_library.cache_clear()


@pytest.mark.parametrize("ask", [View.partnerships, View.commitments])
def test_one_list_writes_what_the_other_needs(
    tmp_path: Path, ask: Callable[[View], object], folds: list[str]
) -> None:
    acts = [event for number in range(12) for event in partnership(number)]
    with office(*acts, clock=Clock(TODAY), store=SqliteStore(tmp_path / "office.db")) as ledger:
        ask(ledger.view())

    with opened(tmp_path / "office.db") as ledger:
        assert len(ledger.view().commitments()) == 12
        assert len(ledger.view().partnerships()) == len(folds) == 14


@pytest.mark.parametrize("cut", range(6))
def test_a_program_that_is_cut_off_while_it_writes_leaves_nothing_wrong(
    tmp_path: Path, cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All answers are written page by page: the next program begins once more."""
    path = tmp_path / "office.db"
    acts = [event for number in range(12) for event in partnership(number)]
    ledger = office(*acts, clock=Clock(TODAY), store=SqliteStore(path))
    monkeypatch.setattr(folding, "_PAGE", 3)
    keep, calls = SqliteKept.keep, list[int]()

    def cut_off(
        self: SqliteKept,
        name: str,
        noun: str,
        bundles: Iterable[StoredBundle],
        *,
        since: int,
        then: Upkeep,
    ) -> bool:
        if len(calls) == cut:
            raise KeyboardInterrupt
        calls.append(since)
        return keep(self, name, noun, bundles, since=since, then=then)

    with ledger, monkeypatch.context() as patch:
        patch.setattr(SqliteKept, "keep", cut_off)
        with pytest.raises(KeyboardInterrupt):
            ledger.view().commitments()

    with opened(path) as ledger:
        assert_fresh(ledger.view())


def test_two_programs_that_begin_at_once_both_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.db"
    acts = [event for number in range(12) for event in partnership(number)]
    monkeypatch.setattr(folding, "_PAGE", 3)
    keep: Callable[..., bool] = SqliteKept.keep
    began: list[int] = []
    with (
        office(*acts, clock=Clock(TODAY), store=SqliteStore(path)) as first,
        opened(path, ids="two") as second,
    ):

        def with_another(self: SqliteKept, *arguments: object, **named: object) -> bool:
            began.append(1)
            if len(began) == 3:
                assert_fresh(second.view())
            return keep(self, *arguments, **named)

        monkeypatch.setattr(SqliteKept, "keep", with_another)
        assert_fresh(first.view())
        assert_fresh(second.view())
        first.record(FULFILLED)
        assert_fresh(second.view())
        assert_fresh(first.view())


def test_a_view_made_before_another_program_went_on_is_served(path: Path, folds: list[str]) -> None:
    with opened(path) as first, opened(path, ids="two") as second:
        old = first.view()
        second.record(FULFILLED)
        assert len(second.view().commitments()) == 11
        folds.clear()

        assert len(old.commitments()) == 12
        assert folds == []
        assert_fresh(old)
        assert len(first.view().commitments()) == 11


def test_a_file_without_the_tables_is_read_all_the_same(path: Path) -> None:
    with closing(sqlite3.connect(path)) as log, log:
        for table in ("upkeep", "rests", "kept", "bundle", "naming", "opening", "listed"):
            log.execute(f"DROP TABLE {table}")
        log.execute("PRAGMA user_version = 2")

    with opened(path, readonly=True) as ledger:
        assert lists(ledger.view()) == [14, 12, 12, 12, 12, 0, 0]
