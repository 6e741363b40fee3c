"""Fingerprint of kept answers: what makes them, so that answers of another making are not taken.

Nobody has to say that a rule gives another answer now, or that a pack reads an event in another
way: the texts of the modules that decide answers are part of the fingerprint.
"""

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from coopledger._facts.listing import rule
from coopledger._log.vocabulary import CORE, Vocabulary
from coopledger.answers._nouns import THINGS
from coopledger.events import Event
from coopledger.values import SMALL_VALUES

FORM = 1  # To be raised whenever answers are written in another way.
PACKAGE = Path(__file__).parent.parent
DECIDING = (
    "_contents",
    "_dates",
    "_facts",
    "_fields",
    "_folding",
    "_kept",
    "_log",
    "_rules",
    "_snapshot",
    "answers",
    "events",
    "terms",
    "values",
)


def fingerprint(vocabulary: Vocabulary) -> str:
    """Return what differs for answers that have other fields, or come of other rules or events.

    Of other rules are those whose texts differ. Events of a pack are others where its class, or
    the text of a module that defines its class, its readers or its steps is another one.
    """
    found = sha256(of_library())
    for words in _words_of_packs(vocabulary):
        found.update(repr(words).encode())
    for module in _modules_of_packs(vocabulary):
        found.update(_text(Path(getattr(module, "__file__", None) or "")))
    return found.hexdigest()


@cache
def of_library() -> bytes:
    """Return the part of the fingerprint that every ledger has in common."""
    kinds = [*(things.kind for things in THINGS.values()), *SMALL_VALUES]
    found = sha256(repr((FORM, [(kind.__name__, _fields(kind)) for kind in kinds])).encode())
    for room in DECIDING:
        folder = PACKAGE / room
        for path in (folder.with_suffix(".py"), *sorted(folder.glob("*.py"))):
            found.update(_text(path))
    return found.digest()


def _text(path: Path) -> bytes:
    """Return the text of the module; nothing where the module lies in no file."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _fields(cls: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - for mypy a class has no hash
    """Return the names of the fields of the class, and their types."""
    return [(field.name, repr(field.type)) for field in attrs.fields(cls)]


def _own(vocabulary: Vocabulary) -> Iterator[tuple[str, int, type[Event]]]:
    """Yield the tag, the version and the class of each type that is not of the library."""
    for tag, (version, cls) in sorted(vocabulary.types.items(), key=_tag):
        if tag not in CORE.types:
            yield tag, version, cls


def _tag(item: tuple[str, object]) -> str:
    """Return the tag of the type."""
    return item[0]


def _words_of_packs(vocabulary: Vocabulary) -> Iterator[tuple[object, ...]]:
    """Yield what each type of a pack is: from what it descends, and how it is read and listed."""
    for tag, version, cls in _own(vocabulary):
        bases = [_place(base) for base in cls.__mro__]
        readers = [_place(field.converter) for field in attrs.fields(cls)]
        yield tag, version, rule(cls), bases, _fields(cls), readers
    for (tag, version), step in sorted(vocabulary.steps.items(), key=_of_step):
        if tag not in CORE.types:
            yield tag, version, _place(step)


def _of_step(item: tuple[tuple[str, int], object]) -> tuple[str, int]:
    """Return the tag and the version that the step lifts."""
    return item[0]


def _place(found: object) -> tuple[str, str]:
    """Return the module and the name of a class or function."""
    name = getattr(found, "__qualname__", type(found).__qualname__)
    return str(getattr(found, "__module__", "")), name


def _modules_of_packs(vocabulary: Vocabulary) -> Iterable[ModuleType]:
    """Return the modules that define the types of packs, without those counted already."""
    places: set[str] = set()
    for _, _, cls in _own(vocabulary):
        places.update(_place(base)[0] for base in cls.__mro__)
        places.update(_place(field.converter)[0] for field in attrs.fields(cls))
    places.update(
        _place(step)[0] for (tag, _), step in vocabulary.steps.items() if tag not in CORE.types
    )
    library = {f"{PACKAGE.name}.{room}" for room in DECIDING}
    return [
        sys.modules[place]
        for place in sorted(places)
        if place in sys.modules and ".".join(place.split(".")[:2]) not in library
    ]
