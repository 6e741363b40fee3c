"""History of the benchmarks: the same at every run, and one that an office could record."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger._dates.marks import is_fuzzy
from coopledger.dates import edtf
from tests.benchmarks.history import Entry, archive, history, ordinary, shares
from tests.benchmarks.lines import LEDGER, lines_of, recorded_us, written_lines
from tests.benchmarks.mending import CORRECTIONS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DATES = ("when", "planned", "due", "until")
MANY = 10_000


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(archive(MANY))


def test_the_history_is_the_same_at_every_run(entries: list[Entry]) -> None:
    assert list(archive(MANY)) == entries


@pytest.mark.parametrize("count", [1000, 3000])
def test_there_are_as_many_events_as_are_asked_for(count: int) -> None:
    assert sum(1 for _ in archive(count)) == count
    assert len(history(count)) == count
    assert sum(map(len, shares(count, 8))) == count


def test_events_come_in_the_order_of_recording_and_have_ids_of_their_own(
    entries: list[Entry],
) -> None:
    days = [entry.day for entry in entries]

    assert days == sorted(days)
    assert len({entry.id for entry in entries}) == MANY


def test_two_of_a_hundred_events_are_corrections_of_each_kind(entries: list[Entry]) -> None:
    kinds = Counter(entry.act.kind for entry in entries)

    assert 0.018 < sum(kinds[kind] for kind in CORRECTIONS) / MANY < 0.022
    assert kinds.keys() > CORRECTIONS


def test_a_correction_is_about_an_event_that_was_recorded_before(entries: list[Entry]) -> None:
    seen: set[object] = set()
    for entry in entries:
        assert entry.act.fields.get("target") in {None, *seen}
        seen.add(entry.id)


def test_one_event_of_ten_is_recorded_more_than_a_month_after_the_act(
    entries: list[Entry],
) -> None:
    late = [
        entry
        for entry in entries
        if "when" in entry.act.fields
        and entry.day - edtf(str(entry.act.fields["when"])).settled > 31
    ]

    assert 0.085 < len(late) / MANY < 0.115


def test_a_third_of_the_dates_is_fuzzy(entries: list[Entry]) -> None:
    dates = [
        edtf(str(entry.act.fields[name]))
        for entry in entries
        for name in DATES
        if name in entry.act.fields
    ]

    assert 0.30 < sum(map(is_fuzzy, dates)) / len(dates) < 0.36


def test_partnerships_have_20_to_200_events_and_a_giant_thousands() -> None:
    partnerships = (entry.partnership for entry in archive(20_000))
    sizes = Counter(number for number in partnerships if number is not None)
    *others, giant = sorted(sizes.values())

    assert giant > 1500
    assert max(others) <= 220
    assert sum(size >= 20 for size in others) / len(others) > 0.85  # some have only begun


def test_ordinary_partnerships_are_in_the_ledger() -> None:
    opened = {
        entry.act.fields["partnership"]
        for entry in archive(1000)
        if entry.act.kind == "PartnershipOpened"
    }

    assert 0 < len(ordinary(1000)) <= len(opened)
    assert opened.issuperset(ordinary(1000))


def test_what_all_sides_record_holds_no_corrections() -> None:
    assert not CORRECTIONS & {act.kind for act in history(2000)}


def test_writers_have_partnerships_of_their_own() -> None:
    dealt: list[set[object]] = [
        {act.fields["partnership"] for act in acts if "partnership" in act.fields}
        for acts in shares(1000, 4)
    ]

    assert all(dealt)
    assert sum(map(len, dealt)) == len({each for own in dealt for each in own})


def test_a_ledger_records_this_very_history() -> None:
    moment = EPOCH
    with Ledger.in_memory(name=LEDGER, clock=lambda: moment) as ledger:
        for us, entry in recorded_us(archive(1500)):
            moment = EPOCH + timedelta(microseconds=us)
            ledger.record(getattr(events, entry.act.kind)(**entry.act.fields, id=entry.id))
        export = BytesIO()
        ledger.export_jsonl(export)

    assert export.getvalue() == b"".join(lines_of(archive(1500)))


def test_lines_are_written_once(tmp_path: Path) -> None:
    path = written_lines(tmp_path / "lines", 300)
    first = path.stat().st_mtime_ns

    assert written_lines(tmp_path / "lines", 300) == path
    assert path.stat().st_mtime_ns == first
    with Ledger.in_memory(name=LEDGER) as ledger:
        assert ledger.restore_jsonl(path) == 300
