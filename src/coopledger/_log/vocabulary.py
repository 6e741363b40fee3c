"""Event types that a ledger can hold: their wire tags, versions, and steps from older versions.

Each event class bears its tag and newest version, a promise to every log ever written: a class may
be renamed, its tag never. A new meaning of a type is a new version: a number at its class, a step
here, a golden log.

A step takes the fields of version v as plain JSON values and returns those of v + 1. One rule
holds for each: it works on any part of the fields, and changes nothing of what is lifted already.
So it looks at the fields that are there, adds none, and leaves alone null and every value that it
does not know. Corrections need the rule: one holds some fields of an event, in the shape of the
day on which it was recorded, and does not say of which version that was.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Self, cast

import attrs

from coopledger._frozen import frozen
from coopledger.errors import ArgumentError
from coopledger.events import (
    Event,
    commitments,
    cooperation,
    corrections,
    following,
    instruments,
    meetings,
    parties,
    proposals,
    reports,
)
from coopledger.events.envelope import is_event

Fields = dict[str, object]
Step = Callable[[Fields], Fields]
Steps = Mapping[tuple[str, int], Step]
Types = Mapping[str, tuple[int, type[Event]]]

TAG = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")  # Of a type that a pack defines.

# In the order of the reference; within each module, in the order of its classes.
MODULES: tuple[ModuleType, ...] = (
    parties,
    meetings,
    proposals,
    instruments,
    commitments,
    cooperation,
    following,
    reports,
    corrections,
)


@frozen
class Vocabulary:
    """Event types that one ledger can hold.

    Attributes:
        types: Wire tag to newest version and class.
        steps: Tag and version to the step that lifts fields to the next version.
    """

    types: Types
    steps: Steps
    _tags: Mapping[type[Event], str] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that every older version can be read, and keep the tag of each class.

        Raises:
            ArgumentError: A step is missing, or lifts nothing.
        """
        _check_steps(self.types, self.steps)
        tags = {cls: tag for tag, (_, cls) in self.types.items()}
        object.__setattr__(self, "_tags", tags)

    def __contains__(self, cls: object) -> bool:
        """Return whether events of the class can be recorded."""
        return cls in self._tags

    def tag_of(self, cls: type[Event]) -> tuple[str, int]:
        """Return the wire tag of an event class and its newest version."""
        tag = self._tags[cls]
        return tag, self.types[tag][0]

    def class_of(self, tag: object) -> type[Event] | None:
        """Return the class of the events with the tag or class name, or None if it is neither."""
        known = self.tag_named(tag) if isinstance(tag, str) else None
        return None if known is None else self.types[known][1]

    def tag_named(self, name: str) -> str | None:
        """Return the tag that is meant by a tag or by the name of a class; None if none is."""
        if name in self.types:
            return name
        return next((tag for tag, (_, cls) in self.types.items() if cls.__name__ == name), None)

    def lift(self, tag: str, fields: Fields, *, version: int) -> Fields:
        """Return the fields of an older version in the shape of the newest one."""
        for older in range(max(version, 1), self.types[tag][0]):
            fields = self.steps[tag, older](fields)
        return fields

    def enlarged(self, types: Types, steps: Steps) -> Self:
        """Return the vocabulary with more types, whose tags hold a dot, as in ``lab.sample-sent``.

        A version is 1 or more.

        Raises:
            ArgumentError: A tag is taken or has no dot, a class has a tag already or is no event,
                some older version could not be read, or a step lifts none of these types.
        """
        classes = {cls for _, cls in types.values()}
        for tag, (version, cls) in types.items():
            if tag in self.types or not TAG.fullmatch(tag) or version < 1:
                reason = "is no free tag of a pack: write one such as 'lab.sample-sent'"
                raise ArgumentError("packs", repr(tag), reason)
            if cls in self or len(classes) < len(types) or not is_event(cls):
                reason = "is no event class of its own: decorate one with packs.event, for one tag"
                raise ArgumentError("packs", getattr(cls, "__name__", repr(cls)), reason)
        _check_steps(types, steps)  # Of these types alone: a pack never lifts those of others.
        return type(self)({**self.types, **types}, {**self.steps, **steps})


def _check_steps(types: Types, steps: Steps) -> None:
    """Refuse types of which an older version could not be read, and steps that lift none."""
    newest = {tag: version for tag, (version, _) in types.items()}
    missing, stray = missing_steps(newest, steps), stray_steps(newest, steps)
    if missing:
        tag, version = missing[0]
        reason = f"has no step from version {version} to {version + 1}"
        raise ArgumentError("packs", repr(tag), reason)
    if stray:
        tag, version = stray[0]
        reason = f"has a step from version {version}, and is no type of a newer one here"
        raise ArgumentError("packs", repr(tag), reason)


def missing_steps(versions: Mapping[str, int], steps: Steps) -> list[tuple[str, int]]:
    """Return the tags and older versions that no step lifts; none in a sound program."""
    return [
        (tag, version)
        for tag, newest in versions.items()
        for version in range(1, newest)
        if (tag, version) not in steps
    ]


def stray_steps(versions: Mapping[str, int], steps: Steps) -> list[tuple[str, int]]:
    """Return the steps that lift no older version of any of the types; none in a sound program."""
    return [(tag, version) for tag, version in steps if not 1 <= version < versions.get(tag, 1)]


def types_in(modules: Iterable[ModuleType]) -> dict[str, tuple[int, type[Event]]]:
    """Return the newest version and the class of each tag that classes of the modules bear."""
    types: dict[str, tuple[int, type[Event]]] = {}
    for cls in (member for module in modules for member in vars(module).values()):
        if is_event(cls) and cls.__wire__ is not None:
            tag, version = cls.__wire__
            types[tag] = version, cls
    return types


def about_several(fields: Fields) -> Fields:
    """Return a note of version 2, about several things, from one of version 1, about one."""
    subject = fields.get("subject")
    return fields | {"subject": [subject]} if isinstance(subject, str) else fields


def with_responsible(fields: Fields) -> Fields:
    """Return an opening of version 2, with who is responsible, from one of version 1 with an owner.

    The fields that were inferred are named by the names of then too.
    """
    lifted = {_NEW_NAMES.get(name, name): value for name, value in fields.items()}
    inferred = lifted.get("inferred")
    if isinstance(inferred, list):
        names = cast(list[object], inferred)
        lifted["inferred"] = ["responsible" if name == "owner" else name for name in names]
    return lifted


_NEW_NAMES = {"owner": "responsible"}

# Tag -> newest version and class.
TAGS: dict[str, tuple[int, type[Event]]] = types_in(MODULES)

# (tag, version to lift from) -> step.
STEPS: dict[tuple[str, int], Step] = {
    ("note-added", 1): about_several,
    ("partnership-opened", 1): with_responsible,
}

CORE = Vocabulary(TAGS, STEPS)
