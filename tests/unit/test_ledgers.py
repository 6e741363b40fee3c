"""Ledgers of one store: listed by name, opened when used, closed together."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coopledger import Ledger, Ledgers, events
from coopledger.errors import (
    ArgumentError,
    StoreError,
    UnknownIdError,
    UnknownLedgerError,
)
from coopledger.stores import MemoryStore
from tests.builders import Clock, numbered

NO_NAMES: tuple[object, ...] = ("", 3, [], None)
PARTY = events.PartyRegistered(id="e1", party="vn", name="Viet Nam", kind="state")


@pytest.fixture
def ledgers(tmp_path: Path) -> Iterator[Ledgers]:
    """Open two ledgers with an event each, in one file."""
    with Ledgers.open(tmp_path / "offices.db", clock=Clock(), durability="fast") as ledgers:
        for name in ("vistip", "cstec"):
            ledgers.named(name).record(PARTY)
        yield ledgers


def test_they_are_listed_in_code_point_order(ledgers: Ledgers) -> None:
    ledgers.named("é").record(PARTY)
    ledgers.named("Zet").record(PARTY)

    assert list(ledgers) == ["Zet", "cstec", "vistip", "é"]
    assert len(ledgers) == 4
    assert [ledger.name for ledger in ledgers.values()] == list(ledgers)


def test_a_ledger_is_taken_by_its_name_and_is_always_the_same(ledgers: Ledgers) -> None:
    vistip = ledgers["vistip"]

    assert (vistip.name, vistip.position) == ("vistip", 1)
    assert ledgers["vistip"] is ledgers.named("vistip") is ledgers.get("vistip") is vistip


def test_threads_are_given_the_same_ledger(ledgers: Ledgers) -> None:
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(ledgers.named, ["new"] * 64))

    assert len({id(ledger) for ledger in opened}) == 1


def test_a_name_without_events_is_unknown_and_the_nearest_is_told(ledgers: Ledgers) -> None:
    with pytest.raises(UnknownLedgerError) as error:
        ledgers["vistp"]

    assert str(error.value) == "E102 unknown ledger 'vistp'; did you mean 'vistip'?"
    assert isinstance(error.value, UnknownIdError)
    assert isinstance(error.value, KeyError)


def test_what_is_no_name_is_unknown_too(ledgers: Ledgers) -> None:
    with pytest.raises(UnknownLedgerError):
        ledgers[3]  # type: ignore[index]  # on purpose
    assert all(name not in ledgers for name in NO_NAMES)


def test_a_name_is_in_them_once_it_holds_an_event(ledgers: Ledgers) -> None:
    new = ledgers.named("new")

    assert "new" not in ledgers
    assert ledgers.get("new") is None
    assert len(ledgers) == 2
    new.record(PARTY)
    assert ledgers["new"] is new


def test_what_another_program_begins_is_listed_and_taken(ledgers: Ledgers, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "offices.db", name="other") as other:
        other.record(PARTY)

        assert list(ledgers) == ["cstec", "other", "vistip"]
        assert list(ledgers["other"].events()) == list(other.events())


@pytest.mark.parametrize("name", ["", "x" * 201, 3, None])
def test_what_can_be_no_name_is_refused(ledgers: Ledgers, name: object) -> None:
    with pytest.raises(ArgumentError, match="name="):
        ledgers.named(name)  # type: ignore[arg-type]  # on purpose


def test_closing_one_leaves_all_open(ledgers: Ledgers) -> None:
    with ledgers["vistip"] as vistip:
        vistip.close()

    assert vistip.position == 1
    assert ledgers["cstec"].position == 1


def test_closing_them_closes_each_and_can_be_done_twice(ledgers: Ledgers) -> None:
    vistip = ledgers["vistip"]
    view = vistip.view(on="2022-01-01")
    ledgers.close()
    ledgers.close()

    calls: list[Callable[[], object]] = [
        lambda: vistip.position,
        lambda: ledgers["vistip"],
        lambda: list(ledgers),
        lambda: len(ledgers),
        lambda: "vistip" in ledgers,
    ]
    for call in calls:
        with pytest.raises(StoreError, match="the store is closed"):
            call()
    assert view.party("vn").name == "Viet Nam"


def test_a_ledger_made_alone_closes_its_own(tmp_path: Path) -> None:
    with Ledgers.open(tmp_path / "offices.db") as ledgers:
        with Ledger.open(tmp_path / "offices.db", name="alone") as alone:
            alone.record(PARTY)

        with pytest.raises(StoreError, match="the store is closed"):
            alone.checkpoint()

        assert ledgers["alone"].position == 1


def test_every_ledger_has_the_zone_the_clock_and_the_ids_that_were_given() -> None:
    ledgers = Ledgers(
        MemoryStore(),
        timezone="Asia/Ho_Chi_Minh",
        clock=Clock("2030-01-01T20:00:00+00:00"),
        ids=numbered("n"),
    )
    late = events.PartyRegistered(party="vn", name="Viet Nam", kind="state")

    items = [ledgers.named(name).record(late).events[0] for name in ("one", "other")]

    assert [each.id for each in items] == ["n1", "n2"]
    assert {ledger.timezone for ledger in ledgers.values()} == {"Asia/Ho_Chi_Minh"}
    assert str(ledgers["one"].view().on) == "2030-01-02"


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"timezone": "Hanoi"}, "timezone='Hanoi'"),
    ({"strict": "W999"}, "strict='W999'"),
    ({"durability": "sure"}, "durability='sure'"),
    ({"lock_timeout_seconds": -1}, "lock_timeout_seconds=-1"),
    ({"pool_size": 2}, "pool_size=2"),
    ({"packs": [3]}, "packs"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED)
def test_an_argument_that_cannot_be_used_leaves_no_file(
    tmp_path: Path, options: dict[str, object], words: str
) -> None:
    with pytest.raises(ArgumentError, match=words):
        Ledgers.open(tmp_path / "offices.db", **options)  # type: ignore[arg-type]  # on purpose

    assert list(tmp_path.iterdir()) == []


def test_a_path_is_no_store() -> None:
    with pytest.raises(ArgumentError, match=r"is a path: use Ledger.open\(path\)"):
        Ledgers("offices.db")  # type: ignore[arg-type]  # on purpose


def test_they_are_compared_as_themselves_and_read_nothing_for_it(ledgers: Ledgers) -> None:
    same = {ledgers: "these"}
    ledgers.close()

    assert same[ledgers] == "these"
    assert ledgers != {}
    assert repr(ledgers) == "<Ledgers: 2 opened>"


@pytest.mark.parametrize("name", ["\ud800", "a\0b", "", "y" * 5000, 3, None])
def test_what_can_be_no_name_is_in_no_ledgers(name: str) -> None:
    ledgers = Ledgers(MemoryStore())

    assert name not in ledgers
    assert ledgers.get(name) is None
    with pytest.raises(UnknownLedgerError) as error:
        ledgers[name]
    assert len(str(error.value)) < 100
