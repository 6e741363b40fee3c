"""Names that users rely on: adding or losing one is a decision, written down here."""

import inspect
import pkgutil
from importlib import import_module

import pytest

import coopledger

ROOT = [
    *("Checkpoint", "EdtfDate", "Fault", "ImportReceipt", "Ledger", "Ledgers", "Receipt"),
    *("Recorded", "Transaction", "Verification", "View", "events"),
]
# Every path from which users import; a name of any other is not promised.
PUBLIC_PATHS = [
    "coopledger",
    "coopledger.aio",
    "coopledger.answers",
    "coopledger.calendar",
    "coopledger.dates",
    "coopledger.errors",
    "coopledger.events",
    "coopledger.ledger",
    "coopledger.ledgers",
    "coopledger.letter",
    "coopledger.packs",
    "coopledger.packs.readers",
    "coopledger.packs.vietnam",
    "coopledger.plain",
    "coopledger.render",
    "coopledger.render.terminal",
    "coopledger.report",
    "coopledger.sheets",
    "coopledger.stores",
    "coopledger.stores.postgres",
    "coopledger.stores.sqlite",
    "coopledger.subscriptions",
    "coopledger.terms",
    "coopledger.testing",
    "coopledger.testing.strategies",
    "coopledger.values",
    "coopledger.view",
    "coopledger.web",
]
MODULES = sorted(
    module.name for module in pkgutil.walk_packages(coopledger.__path__, "coopledger.")
)


def _is_private(name: str) -> bool:
    return any(part.startswith("_") for part in name.split("."))


def test_the_package_offers_the_names_written_here() -> None:
    assert sorted(coopledger.__all__) == ROOT
    assert dir(coopledger) == ROOT


def test_what_lists_its_names_is_public() -> None:
    listing = [
        name
        for name in ["coopledger", *MODULES]
        if hasattr(import_module(name), "__all__") and not _is_private(name)
    ]

    assert listing == PUBLIC_PATHS


@pytest.mark.parametrize("name", PUBLIC_PATHS)
def test_a_public_path_offers_the_names_that_it_lists(name: str) -> None:
    module = import_module(name)
    missing = [offered for offered in module.__all__ if not hasattr(module, offered)]

    assert missing == []


@pytest.mark.parametrize("name", MODULES)
def test_every_error_stands_under_the_one_root(name: str) -> None:
    errors = inspect.getmembers(
        import_module(name),
        lambda member: inspect.isclass(member) and issubclass(member, BaseException),
    )
    root = import_module("coopledger.errors").CoopledgerError
    strays = [
        found
        for found, error in errors
        if error.__module__.startswith("coopledger") and not issubclass(error, root)
    ]

    assert strays == []
