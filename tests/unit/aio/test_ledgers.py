"""Ledgers of one store, for programs on asyncio."""

import asyncio
from pathlib import Path

import pytest

from coopledger import Ledgers, aio, events
from coopledger.errors import ArgumentError, StoreError
from coopledger.events import Event
from coopledger.stores import MemoryStore


def party(id: str) -> Event:
    return events.PartyRegistered(party=id, name=id, kind="state")


def test_a_ledger_of_each_name(tmp_path: Path) -> None:
    async def program() -> None:
        async with aio.Ledgers.open(tmp_path / "offices.db", timezone="Asia/Ho_Chi_Minh") as all_:
            assert await all_.names() == ()
            assert await all_.get("vistip") is None

            vistip = await all_.named("vistip")
            await asyncio.gather(*(vistip.record(party(f"p{number}")) for number in range(5)))
            await (await all_.named("cstec")).record(party("cn"))

            assert vistip.timezone == "Asia/Ho_Chi_Minh"
            assert await all_.names() == ("cstec", "vistip")
            assert await all_.get("vistip") is vistip
            assert await vistip.position() == 5
            assert repr(all_) == "<aio.Ledgers: 2 opened>"

    asyncio.run(program())


def test_they_are_closed_together() -> None:
    async def program() -> None:
        ledgers = aio.Ledgers(Ledgers(MemoryStore()))
        async with await ledgers.named("vistip") as ledger:
            await ledger.record(party("vn"))
        assert await ledger.position() == 1  # Its own block closed nothing.

        await ledgers.close()

        with pytest.raises(StoreError, match="it is closed"):
            await ledger.position()
        with pytest.raises(StoreError, match="it is closed"):
            await ledgers.names()

    asyncio.run(program())


def test_what_has_no_coroutine() -> None:
    async def program() -> None:
        async with aio.Ledgers(Ledgers(MemoryStore())) as ledgers:
            await ledgers.write(lambda plain: plain.named("vistip").record(party("vn")))
            assert await ledgers.read(lambda it: "vistip" in it)
            with pytest.raises(ArgumentError, match="name="):
                await ledgers.named("")

    asyncio.run(program())


def test_a_backup_of_all(tmp_path: Path) -> None:
    async def program() -> None:
        async with aio.Ledgers.open(tmp_path / "offices.db") as ledgers:
            await (await ledgers.named("vistip")).record(party("vn"))
            (checkpoint,) = await ledgers.backup(tmp_path / "copy.db")
            assert (checkpoint.ledger, checkpoint.position) == ("vistip", 1)

    asyncio.run(program())
