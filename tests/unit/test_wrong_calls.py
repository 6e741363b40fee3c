"""A call that is written wrongly names the public class, and none behind it."""

import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from typing import is_typeddict

import pytest

from tests.packaging.test_public_api import PUBLIC_PATHS

# Whoever writes a store knows what is behind it; nobody else calls these methods.
OF_STORES = {"coopledger.stores", "coopledger.stores.postgres", "coopledger.stores.sqlite"}


def classes() -> Iterator[tuple[str, type]]:
    """Yield the public classes under their names, but for words of lists and protocols."""
    for path in PUBLIC_PATHS:
        module = import_module(path)
        for name in module.__all__:
            found = getattr(module, name)
            is_called = inspect.isclass(found) and not getattr(found, "_is_protocol", False)
            if is_called and not issubclass(found, Enum) and not is_typeddict(found):
                yield name, found


CLASSES = dict(classes())


def wrongly_called(call: Callable[..., object]) -> str:
    """Return what a call with an argument that there is not says; nothing if it takes any."""
    try:
        call(no_such_argument=1)
    except TypeError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - the library's own refusal names the class as well
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize("name", CLASSES)
def test_a_wrong_call_of_a_class_names_it(name: str) -> None:
    named = wrongly_called(CLASSES[name])
    bases = {base.__name__ for base in CLASSES[name].__mro__} & CLASSES.keys()

    assert not named or any(base in named for base in bases)


@pytest.mark.parametrize(
    "name",
    [name for name, cls in CLASSES.items() if cls.__module__.rpartition(".")[0] not in OF_STORES],
)
def test_a_wrong_call_of_a_method_names_a_public_class(name: str) -> None:
    cls = CLASSES[name]
    methods = [
        method
        for attribute in dir(cls)
        if not attribute.startswith("_")
        and inspect.isroutine(method := getattr(cls, attribute, None))
    ]

    for method in methods:
        owner = getattr(method, "__qualname__", "").split(".")[0]
        of_package = (getattr(method, "__module__", None) or "").startswith("coopledger")
        assert not of_package or owner in CLASSES, method
