"""A checkpoint is one line of ASCII, fixed by docs/reference/log-format.md and read strictly."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import attrs
import pytest

from coopledger import Checkpoint, Ledger
from coopledger._log.chain import beginning
from coopledger.errors import ArgumentError, DamagedLogError, FieldError
from coopledger.stores import Head, MemoryStore, Row, genesis
from tests.builders import office
from tests.contracts.drafts import append, numbered

CHAIN = "448aafca6738de69fed8cba2db5d4f09f8660b131ea16cbb942cb0fcf9a165bc"
LINE = f"coopledger-checkpoint/1 vistip 1 {CHAIN} 2022-08-16T09:30:00.000001Z 3be9bb04"
KEPT = Checkpoint(
    ledger="vistip", position=1, chain=bytes.fromhex(CHAIN), recorded_us=1660642200000001
)
EMPTY = Checkpoint(ledger="vistip", position=0, chain=genesis("vistip"), recorded_us=None)


def with_check(line: str) -> str:
    """Return the line with the digits that check it."""
    return f"{line} {sha256(line.encode()).hexdigest()[:8]}"


def refusal(text: object) -> str:
    with pytest.raises(FieldError) as refused:
        Checkpoint.read(text)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    return refused.value.remedy.partition(":")[0]


def test_the_line_of_a_checkpoint_is_frozen() -> None:
    assert str(KEPT) == LINE
    assert Checkpoint.read(LINE) == KEPT


def test_a_ledger_without_events_has_a_checkpoint_without_a_time() -> None:
    assert str(EMPTY) == with_check(f"coopledger-checkpoint/1 vistip 0 {genesis('vistip').hex()} -")
    assert Checkpoint.read(str(EMPTY)) == EMPTY


def test_the_signature_stands_before_the_digits_that_check_the_line() -> None:
    signed = attrs.evolve(KEPT, signature=bytes(range(64)))
    before = LINE.rpartition(" ")[0]

    assert str(signed) == with_check(f"{before} ed25519:{bytes(range(64)).hex()}")
    assert Checkpoint.read(str(signed)) == signed


def test_a_name_beyond_ascii_is_escaped() -> None:
    checkpoint = attrs.evolve(KEPT, ledger="Hà Nội/100%")

    assert str(checkpoint).split(" ")[1] == "H%C3%A0%20N%E1%BB%99i/100%25"
    assert Checkpoint.read(str(checkpoint)) == checkpoint


def test_it_knows_where_the_ledger_ended_and_when() -> None:
    assert KEPT.head == Head(position=1, chain=bytes.fromhex(CHAIN), recorded_us=1660642200000001)
    assert EMPTY.head == beginning("vistip")
    assert KEPT.recorded_at == datetime(2022, 8, 16, 9, 30, 0, 1, UTC)
    assert EMPTY.recorded_at is None


@pytest.mark.parametrize("text", [f"{LINE}\n", f"  {LINE}", LINE.replace(" ", "\r\n")])
def test_line_breaks_stand_for_blanks_as_mail_breaks_a_long_line(text: str) -> None:
    assert Checkpoint.read(text) == KEPT


def test_a_checkpoint_is_read_as_it_is() -> None:
    assert Checkpoint.read(KEPT) is KEPT


@pytest.mark.parametrize("text", [None, 5, b"coopledger-checkpoint/1", "", "vistip 1", f"> {LINE}"])
def test_what_is_no_checkpoint_is_refused(text: object) -> None:
    assert refusal(text) == "is no checkpoint"


@pytest.mark.parametrize("length", range(len("coopledger-checkpoint/1"), len(LINE)))
def test_a_line_that_was_cut_off_is_refused(length: int) -> None:
    assert refusal(LINE[:length]) == "is cut off or mistyped"


@pytest.mark.parametrize("index", range(len("coopledger-checkpoint/1 "), len(LINE)))
def test_a_mistyped_line_is_refused(index: int) -> None:
    other = "8" if LINE[index] != "8" else "3"

    assert refusal(f"{LINE[:index]}{other}{LINE[index + 1 :]}") == "is cut off or mistyped"


def test_a_newer_format_is_never_guessed() -> None:
    assert (
        refusal(with_check("coopledger-checkpoint/2 anything"))
        == "is of another format than this program knows, coopledger-checkpoint/1"
    )


WHEN = "2022-08-16T09:30:00.000001Z"
FOREIGN = {
    "a field too few": f"vistip 1 {CHAIN}",
    "a field too many": f"vistip 1 {CHAIN} {WHEN} x",
    "a position with a leading zero": f"vistip 01 {CHAIN} {WHEN}",
    "a position that no ledger reaches": f"vistip {10**18} {CHAIN} {WHEN}",
    "capital digits": f"vistip 1 {CHAIN.upper()} {WHEN}",
    "a short chain": f"vistip 1 {CHAIN[:-2]} {WHEN}",
    "another zone": f"vistip 1 {CHAIN} 2022-08-16T16:30:00.000001+07:00",
    "a time that is none": f"vistip 1 {CHAIN} 2022-13-16T09:30:00.000001Z",
    "no time": f"vistip 1 {CHAIN} -",
    "a time before the first event": f"vistip 0 {genesis('vistip').hex()} {WHEN}",
    "a chain before the first event": f"vistip 0 {CHAIN} -",
    "an escape that was not needed": f"%76istip 1 {CHAIN} {WHEN}",
    "an escape cut short": f"vistip% 1 {CHAIN} {WHEN}",
    "bytes that are no UTF-8": f"vistip%FF 1 {CHAIN} {WHEN}",
    "a name that no ledger has": f"vistip%0A 1 {CHAIN} {WHEN}",
    "a short signature": f"vistip 1 {CHAIN} {WHEN} ed25519:00",
}


@pytest.mark.parametrize("fields", FOREIGN.values(), ids=FOREIGN)
def test_a_line_that_coopledger_does_not_write_is_refused(fields: str) -> None:
    assert (
        refusal(with_check(f"coopledger-checkpoint/1 {fields}")) == "was not written by coopledger"
    )


def test_a_ledger_gives_its_checkpoint_and_is_verified_against_it() -> None:
    ledger = office()
    checkpoint = ledger.checkpoint()

    assert (checkpoint.ledger, checkpoint.position) == (ledger.name, ledger.position)
    assert (
        ledger.verify(since=checkpoint) == ledger.verify(since=str(checkpoint)) == ledger.verify()
    )


def test_a_checkpoint_of_another_ledger_is_refused() -> None:
    with MemoryStore() as store, pytest.raises(ArgumentError) as refused:
        Ledger(store, name="cstec").verify(since=LINE)

    assert refused.value.argument == "since"
    assert refused.value.remedy == "is a checkpoint of ledger 'vistip': give one of 'cstec'"


def test_an_argument_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ArgumentError, match="since='abc' is no checkpoint"):
        office().verify(since="abc")


def test_a_ledger_that_lost_everything_is_found() -> None:
    with MemoryStore() as store:
        verification = Ledger(store, name="vistip").verify(since=LINE)

    assert verification.fault is not None
    assert verification.fault.reason == "missing: the log once reached position 1"


def test_damage_at_the_end_gives_no_checkpoint() -> None:
    with Damaged() as store, pytest.raises(DamagedLogError):
        Ledger(store, name="vistip").checkpoint()


def test_verifying_reads_the_event_of_the_checkpoint_and_what_came_since() -> None:
    with Counting() as store:
        append(store, "vistip", numbered("vistip", 1, 20))
        ledger = Ledger(store, name="vistip")
        checkpoint = ledger.checkpoint()
        append(store, "vistip", numbered("vistip", 21, 23))
        store.positions.clear()

        assert ledger.verify(since=checkpoint).position == 23
        assert store.positions == [20, 21, 22, 23]


class Counting(MemoryStore):
    """Store that remembers which rows were read."""

    def __init__(self) -> None:
        super().__init__()
        self.positions: list[int] = []

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        for row in super().read(ledger, after=after, up_to=up_to):
            self.positions.append(row.position)
            yield row


class Damaged(MemoryStore):
    """Store whose heads match no row."""

    def head(self, ledger: str) -> Head:
        return attrs.evolve(super().head(ledger), chain=bytes(32))
