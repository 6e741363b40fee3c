"""Hostile bytes at every door: the library's own errors, nothing else, and no more memory."""

import tracemalloc
from collections.abc import Callable
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger import Checkpoint
from coopledger._log.codec import decode
from coopledger.errors import CoopledgerError
from coopledger.packs.readers import edtf
from tests.fuzz import targets
from tests.fuzz.targets import TARGETS

MOST_BYTES = 32 * 2**20  # for one input of some thousand bytes

# A piece of a seed is put in the place of another: cut, doubled, moved, or bytes of one's own.
changes = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.binary(max_size=8) | st.floats(0, 1)),
    max_size=4,
)


def changed(seed: bytes, edits: list[tuple[float, float, bytes | float]]) -> bytes:
    """Return the seed after the edits, whose places are shares of its length."""
    for start, end, put in edits:
        first, last = sorted((int(start * len(seed)), int(end * len(seed))))
        piece = put if isinstance(put, bytes) else seed[int(put * len(seed)) :][:64]
        seed = seed[:first] + piece + seed[last:]
    return seed


def hostile(target: str) -> st.SearchStrategy[bytes]:
    """Return a strategy of seeds with some changes, and of bytes without any sense."""
    seeds = st.sampled_from(sorted(set(TARGETS[target].seeds())))
    longest = TARGETS[target].longest
    return st.one_of(st.builds(changed, seeds, changes), st.binary(max_size=longest))


@pytest.mark.parametrize("target", TARGETS)
def test_each_seed_is_taken_or_refused(target: str) -> None:
    for seed in TARGETS[target].seeds():
        TARGETS[target].run(seed)


def of(target: str) -> Callable[[], None]:
    @given(hostile(target))
    def taken_or_refused(data: bytes) -> None:
        TARGETS[target].run(data)

    return taken_or_refused


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_is_given_is_taken_or_refused(target: str) -> None:
    """'No crash other than the library's own errors.'"""
    of(target)()


@pytest.mark.parametrize("target", TARGETS)
def test_memory_is_bounded_by_what_is_given(target: str) -> None:
    """'No unbounded memory.'"""
    door, longest = TARGETS[target].run, TARGETS[target].longest
    seeds = [seed * (longest // max(len(seed), 1) + 1) for seed in TARGETS[target].seeds()]
    for seed in TARGETS[target].seeds():
        door(seed)  # what is kept for good is made now
    tracemalloc.start()
    try:
        for seed in seeds:
            door(seed[:longest])
            assert tracemalloc.get_traced_memory()[1] < MOST_BYTES, seed[:80]
    finally:
        tracemalloc.stop()


# --- a door that breaks its promise is found out


def nonsense(_: object) -> bytes:
    return b"nonsense"


def every_second(read: Callable[..., object]) -> Callable[..., object]:
    """Read the first text, refuse the second, and so on."""
    takes = cycle([True, False])

    def reads(*given: object) -> object:
        if next(takes):
            return read(*given)
        raise CoopledgerError

    return reads


BROKEN: dict[str, tuple[str, str, object]] = {
    "events are written as nonsense": ("decode", "encode", nonsense),
    "events are read every second time": ("decode", "decode", every_second(decode)),
    "dates are read every second time": ("dates", "edtf", every_second(edtf)),
    "checkpoints are read every second time": (
        *("verify", "read_checkpoint"),
        every_second(Checkpoint.read),
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_accepted_and_not_kept_is_found(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, door, instead = BROKEN[broken]
    monkeypatch.setattr(targets, door, instead)

    with pytest.raises((AssertionError, CoopledgerError)):
        test_each_seed_is_taken_or_refused(target)
