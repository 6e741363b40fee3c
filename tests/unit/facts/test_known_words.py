"""Words that a store keeps: what the next program reads, and what cannot be used."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Ledger, View, events
from coopledger._facts import known_words
from coopledger._facts.known_words import KeptWords
from coopledger.stores.kept import KeptLog
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.sqlite.kept import SqliteKept
from tests.builders import NAME, Clock, numbered, office
from tests.counting import Calls
from tests.servers import new_schema

TODAY = "2023-06-01"
COUNT = 12
LONG = "a" * 200
Open = Callable[..., Ledger]


def note(text: str, id: str | None = None) -> events.NoteAdded:
    """Return a note about the first partnership."""
    return events.NoteAdded(id=id, subject="vnfr", text=text)


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_words, "_PAGE", 5)
    monkeypatch.setattr(known_words, "_LEAST", 3)


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Count the events of which the words are read."""
    return Calls(monkeypatch, known_words, "words_of")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a log with some notes, in which nobody has looked for words."""
    path = tmp_path / "office.db"
    acts = [note(f"Đà Nẵng {number} {LONG}{number}", id=f"note{number}") for number in range(COUNT)]
    office(*acts, clock=Clock(TODAY), store=SqliteStore(path)).close()
    return path


def opened(path: Path, *, readonly: bool = False, ids: str = "n") -> Ledger:
    """Return the ledger in the file, as the next program opens it."""
    store = SqliteStore(path, readonly=readonly)
    return Ledger(store, name=NAME, clock=Clock(TODAY), ids=numbered(ids), readonly=readonly)


def said_by(view: View, text: str) -> list[str]:
    """Return the events that say the words."""
    return [event for found in view.find(text) for event in found.decided_by]


def test_the_next_program_reads_no_event_for_its_words(path: Path, words: Calls) -> None:
    with opened(path) as ledger:
        assert words.during(lambda: ledger.view().find("da nang")) > COUNT

    with opened(path) as ledger:
        assert words.during(lambda: ledger.view().find("da nang")) == 0
        assert len(said_by(ledger.view(), "da nang")) == COUNT
        assert said_by(ledger.view(), "nang 7") == ["note7"]
        assert said_by(ledger.view(), f"{LONG}3") == ["note3"]
        assert said_by(ledger.view(), "da nang hue") == []


def test_the_next_program_reads_what_is_new(path: Path, words: Calls) -> None:
    with opened(path) as ledger:
        ledger.view().find("nang")
        ledger.record(
            note("Huế"),
            events.EventCorrected(target="note1", changes={"text": "Cần Thơ"}, reason="a slip"),
            events.EventRetracted(target="note2", reason="a slip"),
        )
    with opened(path) as ledger:
        view = ledger.view()
        assert words.during(lambda: view.find("nang")) <= 3
        assert (said_by(view, "can tho"), said_by(view, "nang 2")) == (["note1"], [])
        assert (said_by(view, "nang 1"), said_by(view, "hue")) == (["note10", "note11"], ["n1"])
        assert said_by(view.without("n2"), "nang 1") == ["note1", "note10", "note11"]
    with opened(path) as ledger:
        assert words.during(lambda: ledger.view().find("can tho")) == 0
        assert said_by(ledger.view(), "can tho") == ["note1"]


def test_as_known_before_a_word_was_corrected_the_old_one_is_found(path: Path) -> None:
    clock = Clock("2023-07-01")
    with Ledger(SqliteStore(path), name=NAME, clock=clock, ids=numbered("n")) as ledger:
        correction = events.EventCorrected(target="note1", changes={"text": "Huế"}, reason="a slip")
        ledger.record(correction, *(note("later") for _ in range(4)))
    with opened(path) as ledger:
        now, then = ledger.view("2024-01-01"), ledger.view("2024-01-01", known_at="2023-06-02")
        for _ in range(2):
            assert (said_by(then, "hue"), said_by(then, "nang 1")[:1]) == ([], ["note1"])
            assert (said_by(now, "hue"), said_by(now, "nang 1")[:1]) == (["note1"], ["note10"])
            assert (said_by(then, "later"), len(said_by(now, "later"))) == ([], 4)


def changed(path: Path, statement: str) -> None:
    """Change what is kept without the library."""
    with closing(sqlite3.connect(path)) as log, log:
        log.execute(statement)


DAMAGE = {
    "no numbers": "UPDATE kept SET body = 'a'",
    "no steps": "UPDATE kept SET body = '1 0'",
    "other rules": "UPDATE upkeep SET fingerprint = 'b'",
    "another log": "UPDATE upkeep SET chain = x'00'",
    "beyond the log": "UPDATE upkeep SET position = 10000",
    "no state": "DELETE FROM upkeep",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_cannot_be_used_is_made_once_more(path: Path, words: Calls, what: str) -> None:
    with opened(path) as ledger:
        ledger.view().find("nang")
    changed(path, DAMAGE[what])

    with opened(path) as ledger:
        assert len(said_by(ledger.view(), "nang")) == COUNT
        assert words.count > COUNT
    with opened(path) as ledger:
        assert words.during(lambda: ledger.view().find("nang")) == 0
        assert len(said_by(ledger.view(), "nang")) == COUNT


def test_a_program_that_may_not_write_has_the_words_in_memory(path: Path, words: Calls) -> None:
    before = path.read_bytes()
    with opened(path, readonly=True) as ledger:
        for _ in range(2):
            assert len(said_by(ledger.view(), "nang")) == COUNT
        read = words.count
        assert said_by(ledger.view(), "nang 7") == ["note7"]
        assert words.count == read
    assert path.read_bytes() == before


def test_words_that_others_lock_out_stay_in_memory_until_others_write(
    path: Path, words: Calls
) -> None:
    with opened(path) as first, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(said_by(first.view(), "nang")) == COUNT
        other.rollback()
        assert words.during(lambda: first.view().find("nang")) == 0
        with opened(path, ids="two") as second:
            second.view().find("nang")
            second.record(note("Huế"))
        assert said_by(first.view(), "hue") == ["two1"]
        assert len(said_by(first.view(), "nang")) == COUNT


def test_two_programs_that_keep_words_at_once_both_find(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep: Callable[..., bool] = SqliteKept.keep
    began: list[int] = []
    with opened(path) as first, opened(path, ids="two") as second:

        def with_another(self: SqliteKept, *arguments: object, **named: object) -> bool:
            began.append(1)
            if len(began) == 2:
                assert len(said_by(second.view(), "nang")) == COUNT
            return keep(self, *arguments, **named)

        monkeypatch.setattr(SqliteKept, "keep", with_another)
        assert len(said_by(first.view(), "nang")) == COUNT
        first.record(note("Nẵng"))
        assert len(said_by(second.view(), "nang")) == len(said_by(first.view(), "nang")) == 13


def test_where_others_begin_anew_each_time_all_is_taken_into_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun_anew(self: KeptWords, beginnings: object) -> None:
        """Return that others have begun anew meanwhile."""

    monkeypatch.setattr(KeptWords, "holding", begun_anew)
    with opened(path) as ledger:
        assert len(said_by(ledger.view(), "nang")) == COUNT


def test_a_file_without_the_tables_is_searched_all_the_same(path: Path) -> None:
    with closing(sqlite3.connect(path)) as log, log:
        for table in ("upkeep", "rests", "kept", "bundle", "naming", "opening", "listed"):
            log.execute(f"DROP TABLE {table}")
        log.execute("PRAGMA user_version = 2")

    with opened(path, readonly=True) as ledger:
        assert len(said_by(ledger.view(), "nang")) == COUNT


def test_the_next_program_on_a_server_reads_what_is_new(words: Calls) -> None:
    schema = new_schema()
    acts = [note(f"Đà Nẵng {number} {LONG}", id=f"note{number}") for number in range(COUNT)]
    with office(*acts, clock=Clock(TODAY), store=schema.open()) as ledger:
        ledger.view().find("nang")
    with Ledger(schema.open(), name=NAME, clock=Clock(TODAY), ids=numbered("n")) as ledger:
        ledger.view().find("nang")  # What one program records it has in memory at first.
    with Ledger(schema.open(), name=NAME, clock=Clock(TODAY), ids=numbered("n")) as ledger:
        assert words.during(lambda: ledger.view().find("nang")) == 0
        assert said_by(ledger.view(), "nang 7") == ["note7"]
        ledger.record(note("Huế"))
        assert words.during(lambda: ledger.view().find("hue")) == 1


@pytest.fixture(params=["file", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeptLog]:
    """Yield where each store keeps answers."""
    made = SqliteStore(tmp_path / "a.db") if request.param == "file" else new_schema().open()
    with made:
        yield made.kept


def test_texts_are_found_by_names_in_the_order_of_code_points(store: KeptLog) -> None:
    rows = {name: f"{number}" for number, name in enumerate(["B", "a", "ab", "ab\U0001f600", "đ"])}
    words = KeptWordsOf(store)
    words.add(rows)

    assert words.between("a", "a\U0010ffff") == {"1", "2", "3"}
    assert words.between("ab", "ac") == {"2", "3"}
    assert words.between("B", "C") == {"0"}
    assert words.between("d", "e") == set()


class KeptWordsOf:
    """Rows of one ledger in a store."""

    def __init__(self, kept: KeptLog) -> None:
        """Begin without rows."""
        self._kept = kept

    def add(self, rows: dict[str, str]) -> None:
        """Keep the rows in one bundle."""
        stretch = known_words.stretch("0", position=1, rows=rows.items())
        then = known_words.state(revision=2, position=1, chain=b"a", fingerprint="b")
        assert self._kept.begin_upkeep("l", "n", fingerprint="b", since=0)
        assert self._kept.keep("l", "n", [stretch], since=1, then=then)

    def between(self, first: str, end: str) -> set[str]:
        """Return the texts between two names."""
        return set(self._kept.texts_between("l", "n", first=first, end=end))
