"""The names that users rely on: adding or losing one is a decision, written down here."""

import inspect
import pkgutil
from importlib import import_module

import pytest

import coopledger

PUBLIC = ["EdtfDate", "Ledger", "Ledgers", "Receipt", "View", "events"]

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(coopledger.__path__, "coopledger.")
)


def test_the_package_offers_the_names_written_here() -> None:
    assert sorted(coopledger.__all__) == PUBLIC


@pytest.mark.parametrize("name", ["coopledger", *MODULES])
def test_every_module_lists_what_it_offers_and_offers_it(name: str) -> None:
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
