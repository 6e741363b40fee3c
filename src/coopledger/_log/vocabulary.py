"""Older shapes of events, lifted step by step to the shape of today.

A step takes the fields of version v as plain JSON values and returns those of v + 1. A new
meaning of a type is a new version: a number at its class, a step here, a golden log.

A step holds to one rule: it works on any part of the fields, and changes nothing of what is lifted
already. So it looks at the fields that are there, adds none, and leaves alone null and whatever it
does not know. Corrections need the rule: one holds some fields of an event, in the shape of the
day on which it was recorded, and does not say of which version that was.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Self

import attrs

from coopledger.errors import ArgumentError
from coopledger.events import (
    Event,
    commitments,
    corrections,
    instruments,
    meetings,
    parties,
    progress,
    proposals,
    reports,
)
from coopledger.events.envelope import is_event

Fields = dict[str, object]
Step = Callable[[Fields], Fields]
Steps = Mapping[tuple[str, int], Step]


def about_several(fields: Fields) -> Fields:
    """Version 2 of a note is about several things, where version 1 was about one."""
    subject = fields.get("subject")
    return fields | {"subject": [subject]} if isinstance(subject, str) else fields


# (tag, version to lift from) -> step.
STEPS: dict[tuple[str, int], Step] = {
    ("note-added", 1): about_several,
}


def missing_steps(versions: Mapping[str, int], steps: Steps) -> list[tuple[str, int]]:
    """The steps without which some older version could not be read; none in a sound program."""
    return [
        (tag, version)
        for tag, newest in versions.items()
        for version in range(1, newest)
        if (tag, version) not in steps
    ]


def stray_steps(versions: Mapping[str, int], steps: Steps) -> list[tuple[str, int]]:
    """The steps that lift no older version of any of the types; none in a sound program."""
    return [(tag, found) for tag, found in steps if not 1 <= found < versions.get(tag, 1)]


# The wire tag of every event type: a promise to every log ever written.
#
# Each class bears its tag and version. Classes may be renamed, tags never. A new meaning of a type
# is a new version of its tag, a step in `upcast`, and a golden log.

Types = Mapping[str, tuple[int, type[Event]]]

TAG = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")  # Of a type that a pack defines.

# In the order of the reference; within each module, in the order of its classes.
MODULES: tuple[ModuleType, ...] = (
    parties,
    meetings,
    proposals,
    instruments,
    progress,
    commitments,
    reports,
    corrections,
)


def types_in(modules: Iterable[ModuleType]) -> dict[str, tuple[int, type[Event]]]:
    """Return the newest version and the class of each tag that classes of the modules bear."""
    types: dict[str, tuple[int, type[Event]]] = {}
    for cls in (member for module in modules for member in vars(module).values()):
        if is_event(cls) and cls.__wire__ is not None:
            tag, version = cls.__wire__
            types[tag] = version, cls
    return types


# Tag -> newest version and class.
TAGS: dict[str, tuple[int, type[Event]]] = types_in(MODULES)


@attrs.frozen
class Vocabulary:
    """The event types that one ledger can hold.

    Attributes:
        types: Wire tag to newest version and class.
        steps: What lifts fields of an older version of a tag to the next one.
    """

    types: Types
    steps: Mapping[tuple[str, int], Step]
    _tags: Mapping[type[Event], str] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check that every older version can be read, and look up once which tag is whose.

        Raises:
            ArgumentError: A step is missing, or lifts nothing.
        """
        _check_steps(self.types, self.steps)
        tags = {cls: tag for tag, (_, cls) in self.types.items()}
        object.__setattr__(self, "_tags", tags)

    def __contains__(self, cls: object) -> bool:
        """Whether events of the class can be recorded."""
        return cls in self._tags

    def tag_of(self, cls: type[Event]) -> tuple[str, int]:
        """The wire tag of an event class and its newest version."""
        tag = self._tags[cls]
        return tag, self.types[tag][0]

    def class_of(self, tag: object) -> type[Event] | None:
        """The class of the events with the tag, if it is one."""
        return self.types[tag][1] if isinstance(tag, str) and tag in self.types else None

    def lift(self, tag: str, fields: Fields, *, found: int) -> Fields:
        """The fields in the shape of the newest version, from that of an older one."""
        for version in range(max(found, 1), self.types[tag][0]):
            fields = self.steps[tag, version](fields)
        return fields

    def enlarged(self, types: Types, steps: Mapping[tuple[str, int], Step]) -> Self:
        """The vocabulary with more types, whose tags hold a dot, as in ``lab.sample-sent``.

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
        _check_steps(types, steps)  # Of its own types: what others lift is not for it to change.
        return type(self)({**self.types, **types}, {**self.steps, **steps})


def _check_steps(types: Types, steps: Mapping[tuple[str, int], Step]) -> None:
    """Refuse types of which an older version could not be read, and steps that lift none."""
    newest = {tag: version for tag, (version, _) in types.items()}
    for tag, version in missing_steps(newest, steps):
        reason = f"has no step from version {version} to {version + 1}"
        raise ArgumentError("packs", repr(tag), reason)
    for tag, version in stray_steps(newest, steps):
        reason = f"has a step from version {version}, and is no type of a newer one here"
        raise ArgumentError("packs", repr(tag), reason)


CORE = Vocabulary(TAGS, STEPS)


def tag_of(cls: type[Event]) -> tuple[str, int]:
    """The wire tag of an event class of the library and its newest version."""
    return CORE.tag_of(cls)
