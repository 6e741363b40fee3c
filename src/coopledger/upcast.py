"""Older shapes of events, lifted step by step to the shape of today.

A step takes the fields of version v as plain JSON values and returns those of v + 1. A new
meaning of a type is a new version: a row in `tags.TAGS`, a step here, a golden log.
"""

from collections.abc import Callable, Mapping

__all__ = ["STEPS", "Fields", "Step", "missing_steps"]

Fields = dict[str, object]
Step = Callable[[Fields], Fields]

# (tag, version to lift from) -> step; empty while every type is in its first version.
STEPS: dict[tuple[str, int], Step] = {}


def missing_steps(
    versions: Mapping[str, int], steps: Mapping[tuple[str, int], Step]
) -> list[tuple[str, int]]:
    """The steps without which some older version could not be read; none in a sound program."""
    return [
        (tag, version)
        for tag, newest in versions.items()
        for version in range(1, newest)
        if (tag, version) not in steps
    ]
