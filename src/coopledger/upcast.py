"""Older shapes of events, lifted step by step to the shape of today.

A step takes the fields of version v as plain JSON values and returns those of v + 1. A new
meaning of a type is a new version: a number at its class, a step here, a golden log.

A step holds to one rule: it works on any part of the fields, and changes nothing of what is lifted
already. So it looks at the fields that are there, adds none, and leaves alone null and whatever it
does not know. Corrections need the rule: one holds some fields of an event, in the shape of the
day on which it was recorded, and does not say of which version that was.
"""

from collections.abc import Callable, Mapping

__all__ = ["STEPS", "Fields", "Step", "missing_steps", "stray_steps"]

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
