"""What Hypothesis loads with itself: it tells Hypothesis of the types of coopledger.

Not in the package, and without importing it: that takes more than twice as long as importing
Hypothesis, in every program where both are installed, whether it uses coopledger or not. So this
waits until somebody imports coopledger.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = ["register"]

PACKAGE = "coopledger"


def register() -> None:
    """Register the types now, if coopledger is imported already, or else once it is."""
    if PACKAGE in sys.modules:
        _register()
    elif not any(isinstance(finder, _Waiting) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Waiting())


def _stop_waiting() -> None:
    sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, _Waiting)]


def _register() -> None:
    from coopledger.testing.registration import register_types  # noqa: PLC0415 - see above

    register_types()


class _Waiting(MetaPathFinder):
    """Finds coopledger as others do, until it is loaded: to be looked for is not enough."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How coopledger is found; nothing about any other module."""
        if fullname != PACKAGE:
            return None
        others = [each for each in sys.meta_path if not isinstance(each, _Waiting)]
        specs = (each.find_spec(fullname, path, target) for each in others)
        found = next((spec for spec in specs if spec is not None), None)
        if found is not None and found.loader is not None:
            found.loader = _ThenRegistering(found.loader)
        return found


class _ThenRegistering(Loader):
    """Loads coopledger as its own loader does, and then registers its types."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """As the loader does, which stands in the module as if this had never been."""
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        _stop_waiting()
        _register()
