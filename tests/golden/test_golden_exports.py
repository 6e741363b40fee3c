"""Exports as every version wrote them are restored row for row, and written the same again."""

from hashlib import sha256
from io import BytesIO

import pytest

from coopledger import Ledger
from coopledger.stores import MemoryStore
from tests.golden.logs import HERE, NAME, VERSIONS, golden_rows, restore_log

# An edited export differs from the digests that are kept here.
DIGESTS = {
    "v1": "745a01b3873fb9362220e2a6d3fb6e0321cfcc7464f7e500ad84ca5a2cbb96ed",
    "v2": "0a1f4eaaf7b1a60ea6d0fd2ddce58cb695da5ded5cce7d55e8fea80b7fc2d043",
    "v3": "9411ab6770ca81b455061952cf53ef4881b3ee1d4c998b1318576d60a3718bde",
    "v4": "676f96d820192f61e11bad9fb61e764e5f85859968d852be3f65977fa83a02e6",
    "v5": "2aef1904791b3dc1d14df81463edcefbe08c2b63692784352d0572fbfd667762",
    "v6": "9304138cc9fb97f67b76cd58bdf38fd4703c71da0a5a774c10221a836ae3d39b",
    "v7": "96d9462b8a5b99fd8b391363c9eaddabadd80ff273a2c8e19b221fbdcde8a842",
    "v8": "1d3a6250f670f674bf719c2726860905e7ad74665a294ef096fb38e3973c88f5",
    "v9": "c72528d2cec635e791d04ab5ba3b169c16ad07bf314cfb29b2e787f8d08a5cfa",
    "v10": "7d685fb1048e149ec6ad0979da780ad0c1f93ad83a04a969f25892855715523e",
    "v11": "4186f913a15bbed117c3df698c7d041ec05faa03b4c334dd797e9baa5a9d8ea3",
}


def export(version: str) -> bytes:
    return (HERE / version / "export.jsonl").read_bytes()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_golden_export_is_as_it_was_written(version: str) -> None:
    assert sha256(export(version)).hexdigest() == DIGESTS[version]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_golden_export_is_restored_row_for_row(version: str) -> None:
    store = MemoryStore()
    Ledger(store, name=NAME).restore_jsonl(BytesIO(export(version)))

    assert tuple(store.read(NAME)) == golden_rows(version)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_golden_log_is_exported_as_the_same_bytes(version: str) -> None:
    _, ledger = restore_log(version)
    stream = BytesIO()
    ledger.export_jsonl(stream)

    assert stream.getvalue() == export(version)
