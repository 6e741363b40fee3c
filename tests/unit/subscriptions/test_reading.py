"""Reading by a subscription: events that are known already, unknown ones, and damaged logs."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger, events
from coopledger.errors import (
    ArgumentError,
    DamagedLogError,
    MissingPackError,
    NewerLogError,
)
from coopledger.packs import Pack
from coopledger.stores import MemoryStore
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, office
from tests.contracts.drafts import anybody, draft
from tests.unit.packs import lab

WORLD = 8


def other(store: MemoryStore) -> Ledger:
    return Ledger(store, name=NAME, clock=Clock())


def append(store: MemoryStore, kind: str, *, v: int = 1, payload: bytes = b"{}") -> None:
    store.append(
        NAME,
        [draft(NAME, f"{kind}/{v}", type=kind, v=v, payload=payload)],
        seen=WORLD,
        clock_us=0,
        revise=anybody,
    )


UNREADABLE: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"kind": "lab.sample-sent"}, MissingPackError),
    ({"kind": "note-added", "v": 99}, NewerLogError),
    ({"kind": "of-tomorrow"}, NewerLogError),
    ({"kind": "note-added", "payload": b"{"}, DamagedLogError),
]


@pytest.mark.parametrize(("odd_event", "error"), UNREADABLE)
def test_an_event_that_cannot_be_read_is_not_passed_over(
    odd_event: dict[str, Any], error: type[Exception]
) -> None:
    store = MemoryStore()
    office(store=store)
    append(store, **odd_event)
    subscription = other(store).subscribe("mailer", batch_size=WORLD)

    batches = subscription.batches()
    next(batches).save()
    with pytest.raises(error):
        next(batches)

    assert subscription.status.lag == 1


def test_an_event_that_is_not_wanted_need_not_be_known() -> None:
    store = MemoryStore()
    office(store=store)
    append(store, "lab.sample-sent")

    [batch] = other(store).subscribe("mailer", types=events.PartnershipOpened).batches()

    assert (len(batch.events), batch.up_to) == (2, WORLD + 1)


def test_a_subscription_may_be_about_the_events_of_a_pack() -> None:
    with_pack = office(packs=[lab.LAB])
    kind = next(iter(lab.LAB.types.values()))[1]

    assert with_pack.subscribe("mailer", types=kind).name == "mailer"
    with pytest.raises(ArgumentError):
        office(packs=[Pack(name="other")]).subscribe("mailer", types=kind)


def test_a_long_way_without_a_wanted_event_is_saved_on_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("coopledger.subscriptions.subscription._LONGEST", 3)
    subscription = office().subscribe("mailer", types=events.NoteAdded)

    stretches = list(subscription.batches())

    assert [(each.after, each.up_to, each.events) for each in stretches] == [
        (0, 3, ()),
        (3, 6, ()),
        (6, 8, ()),
    ]


def test_a_log_with_a_hole_in_it_is_not_passed_over(tmp_path: Path) -> None:
    with office(store=SqliteStore(tmp_path / "log.db")) as ledger:
        with closing(sqlite3.connect(tmp_path / "log.db", isolation_level=None)) as log:
            log.execute("DROP TRIGGER event_never_removed")
            log.execute("DELETE FROM event WHERE position = 5")

        with pytest.raises(DamagedLogError, match="at position 5: missing: position 6 comes next"):
            list(ledger.subscribe("mailer").batches())


def test_a_log_that_ends_before_the_place_of_a_subscription_is_damaged(tmp_path: Path) -> None:
    with office(store=SqliteStore(tmp_path / "log.db")) as ledger:
        for batch in ledger.subscribe("mailer").batches():
            batch.save()
        with closing(sqlite3.connect(tmp_path / "log.db", isolation_level=None)) as log:
            for table, verb in (("event", "removed"), ("head", "removed")):
                log.execute(f"DROP TRIGGER {table}_never_{verb}")
                log.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables

        with pytest.raises(DamagedLogError, match="at position 1: missing: subscription 'mailer'"):
            list(ledger.subscribe("mailer").batches())
