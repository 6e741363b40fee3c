"""Laws of checkpoints and of what verifying finds against them."""

from collections.abc import Callable

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopledger import Checkpoint
from coopledger._log.chain import head_at, verify
from coopledger.errors import FieldError
from coopledger.stores import Head, MemoryStore, Row
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, numbered

NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
CHECKPOINTS = st.builds(
    Checkpoint,
    ledger=NAMES,
    position=st.integers(1, 10**18 - 1),
    chain=st.binary(min_size=32, max_size=32),
    recorded_us=st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999),
    signature=st.none() | st.binary(min_size=64, max_size=64),
)


@given(CHECKPOINTS)
def test_the_text_of_a_checkpoint_is_one_line_of_ascii_that_is_read_back(kept: Checkpoint) -> None:
    line = str(kept)

    assert line.isascii()
    assert line.isprintable()
    assert Checkpoint.read(line) == kept


@given(st.text() | st.text().map("coopledger-checkpoint/1 {}".format))
def test_any_other_text_is_refused_and_nothing_worse_happens(text: str) -> None:
    with pytest.raises(FieldError, match="E106"):
        Checkpoint.read(text)


@given(CHECKPOINTS, st.data())
def test_a_text_that_differs_is_refused(kept: Checkpoint, data: st.DataObject) -> None:
    line = str(kept)
    place = data.draw(st.integers(0, len(line) - 1))
    other = data.draw(st.characters(codec="ascii", categories=["L", "N", "P", "S"]))
    changed = line[:place] + other + line[place + 1 :]

    try:
        assert Checkpoint.read(changed) == kept == Checkpoint.read(line)
    except FieldError:
        assert changed != line


LENGTH = 5


def _log() -> list[Row]:
    with MemoryStore() as store:
        return list(append(store, "vistip", numbered("vistip", 1, LENGTH), clock_us=1_000))


ROWS = _log()
BYTES: tuple[Callable[[Row, Callable[[bytes], bytes]], Row], ...] = (
    lambda row, flip: attrs.evolve(row, payload=flip(row.payload)),
    lambda row, flip: attrs.evolve(row, digest=flip(row.digest)),
    lambda row, flip: attrs.evolve(row, chain=flip(row.chain)),
)
NUMBERS: tuple[Callable[[Row, int], Row], ...] = (
    lambda row, number: attrs.evolve(row, position=number),
    lambda row, number: attrs.evolve(row, v=number),
    lambda row, number: attrs.evolve(row, recorded_us=number),
)


@st.composite
def _changed(draw: st.DrawFn) -> Row:
    """Return a row of the log with one bit or one number of it changed."""
    row = draw(st.sampled_from(ROWS))
    if draw(st.booleans()):
        bit = draw(st.integers(0, 2**16))
        return draw(st.sampled_from(BYTES))(row, lambda old: _flip(old, bit))
    changed = draw(st.sampled_from(NUMBERS))(row, draw(st.integers(-(2**62), 2**62)))
    assume(changed != row)
    return changed


def _flip(old: bytes, bit: int) -> bytes:
    bits = int.from_bytes(old) ^ 1 << bit % (8 * len(old))
    return bits.to_bytes(len(old))


@given(_changed(), st.integers(1, LENGTH))
def test_any_bit_that_was_flipped_is_found_at_its_position(row: Row, since: int) -> None:
    position = next(place for place, each in enumerate(ROWS, 1) if each.event_id == row.event_id)
    log = [*ROWS[: position - 1], row, *ROWS[position:]]

    assert verify("vistip", log, head=head_at(ROWS[-1])).position == position - 1
    with Laid(log) as store:
        found = verify_log(store, "vistip", since=head_at(ROWS[since - 1])).fault
    assert (found and found.position) == (position if since <= position else None)


class Laid(MemoryStore):
    """Store that holds these rows, unchecked, under the head that once was."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        append(self, "vistip", numbered("vistip", 1, LENGTH), clock_us=1_000)
        self._log("vistip").rows[:] = rows

    def head(self, ledger: str) -> Head:
        """Return the head of the log as it was."""
        del ledger
        return head_at(ROWS[-1])
