"""Whatever is changed in a small log is found at its position, in every store.

"Every row flip, drop and swap of a small log found at the right position."
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import attrs
import pytest

from coopledger import Checkpoint, Fault, Ledger, Verification, events
from coopledger._log.chain import head_at
from coopledger.errors import DamagedLogError
from coopledger.stores import Head, Row, Store
from tests.builders import Clock
from tests.contracts.tampered_stores import TAMPERED_STORES, TamperedStore

NAME = "vistip"
LENGTH = 4
ALL = range(1, LENGTH + 1)
Change = Callable[[Row], Row]


@pytest.fixture(params=TAMPERED_STORES)
def attacked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TamperedStore]:
    target = TAMPERED_STORES[request.param](tmp_path)
    with closing(target.store):
        yield target


@pytest.fixture
def kept(attacked: TamperedStore) -> list[str]:
    """Return the checkpoints of a log of four events, from before the first to after the last."""
    return recorded(attacked.store, "VISTIP")


def recorded(store: Store, name: str) -> list[str]:
    """Record four events, and return the text of the checkpoint before and after each."""
    ledger = Ledger(store, name=NAME, clock=Clock())
    texts = [str(ledger.checkpoint())]
    for number in ALL:
        party = f"{name}-{number}"
        ledger.record(
            events.PartyRegistered(
                id=f"e{number}", party=party, name=party, kind="centre", when="2022"
            )
        )
        texts.append(str(ledger.checkpoint()))
    return texts


def rows(attacked: TamperedStore) -> list[Row]:
    return list(attacked.store.read(NAME))


def verified(attacked: TamperedStore, since: str | Checkpoint | None = None) -> Verification:
    return Ledger(attacked.store, name=NAME).verify(since)


def first_bad(attacked: TamperedStore, since: str | Checkpoint | None = None) -> int | None:
    verification = verified(attacked, since)
    assert verification.fault is None or verification.position == verification.fault.position - 1
    return verification.fault.position if verification.fault else None


def numbered(rows: Sequence[Row]) -> list[Row]:
    return [attrs.evolve(row, position=place) for place, row in enumerate(rows, start=1)]


FLIPS: dict[str, Change] = {
    "position": lambda row: attrs.evolve(row, position=99),
    "event_id": lambda row: attrs.evolve(row, event_id="other"),
    "type": lambda row: attrs.evolve(row, type="other"),
    "v": lambda row: attrs.evolve(row, v=row.v + 1),
    "recorded_us earlier": lambda row: attrs.evolve(row, recorded_us=row.recorded_us - 1),
    "recorded_us later": lambda row: attrs.evolve(row, recorded_us=row.recorded_us + 1),
    "effective": lambda row: attrs.evolve(row, effective="2023"),
    "effective removed": lambda row: attrs.evolve(row, effective=None),
    "payload": lambda row: attrs.evolve(row, payload=row.payload.replace(b"2022", b"2023")),
    "digest": lambda row: attrs.evolve(row, digest=bytes(32)),
    "chain": lambda row: attrs.evolve(row, chain=bytes(32)),
}


def test_every_column_is_flipped() -> None:
    flipped = {flip.partition(" ")[0] for flip in FLIPS}

    assert flipped == {field.name for field in attrs.fields(Row)}


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("position", ALL)
def test_a_flipped_column_is_found_at_its_position(
    attacked: TamperedStore, kept: list[str], flip: str, position: int
) -> None:
    log = rows(attacked)
    head = head_at(log[-1])
    log[position - 1] = FLIPS[flip](log[position - 1])
    attacked.lay(NAME, sorted(log, key=lambda row: row.position), head=head)

    assert first_bad(attacked) == position
    for since in kept[: position + 1]:
        assert first_bad(attacked, since) == position


@pytest.mark.parametrize("position", range(1, LENGTH))
def test_what_lies_before_a_checkpoint_is_not_read_again(
    attacked: TamperedStore, kept: list[str], position: int
) -> None:
    log = rows(attacked)
    log[position - 1] = FLIPS["payload"](log[position - 1])
    attacked.lay(NAME, log)

    assert first_bad(attacked, kept[position]) == position
    assert first_bad(attacked, kept[position + 1]) is None


@pytest.mark.parametrize("position", ALL)
def test_a_dropped_row_is_found_where_it_is_missing(
    attacked: TamperedStore, kept: list[str], position: int
) -> None:
    log = rows(attacked)
    head = head_at(log[-1])
    del log[position - 1]
    attacked.lay(NAME, log, head=head)

    assert first_bad(attacked) == position
    for since in kept[: position + 1]:
        assert first_bad(attacked, since) == position


@pytest.mark.parametrize("position", range(1, LENGTH))
def test_swapped_neighbours_are_found_at_the_first_of_them(
    attacked: TamperedStore, kept: list[str], position: int
) -> None:
    log = rows(attacked)
    head = head_at(log[-1])
    log[position - 1 : position + 1] = log[position], log[position - 1]
    attacked.lay(NAME, numbered(log), head=head)

    assert first_bad(attacked) == position
    for since in kept[: position + 1]:
        assert first_bad(attacked, since) == position


@pytest.mark.parametrize("position", ALL)
def test_an_inserted_row_is_found_at_its_position(
    attacked: TamperedStore, kept: list[str], position: int
) -> None:
    log = rows(attacked)
    log.insert(position - 1, attrs.evolve(log[position - 1], event_id="new"))
    attacked.lay(NAME, numbered(log))

    assert first_bad(attacked) == position
    for since in kept[: position + 1]:
        assert first_bad(attacked, since) == position


def test_a_row_put_after_the_head_is_found(attacked: TamperedStore, kept: list[str]) -> None:
    log = rows(attacked)
    stranger = attrs.evolve(log[-1], position=LENGTH + 1, event_id="new")
    attacked.lay(NAME, [*log, stranger], head=head_at(log[-1]))

    for since in (None, *kept):
        assert first_bad(attacked, since) == LENGTH + 1


@pytest.mark.parametrize("position", range(1, LENGTH))
def test_a_head_that_was_moved_back_is_found(
    attacked: TamperedStore, kept: list[str], position: int
) -> None:
    log = rows(attacked)
    attacked.lay(NAME, log, head=head_at(log[position - 1]))

    for since in (None, *kept):
        assert first_bad(attacked, since) == position + 1


HEADS: dict[str, tuple[Callable[[Head], Head], int]] = {
    "position": (lambda head: attrs.evolve(head, position=9), LENGTH + 1),
    "before the first": (lambda head: attrs.evolve(head, position=-1), 1),
    "chain": (lambda head: attrs.evolve(head, chain=bytes(32)), LENGTH),
    "recorded_us": (lambda head: attrs.evolve(head, recorded_us=7), LENGTH),
}


@pytest.mark.parametrize("moved", HEADS)
def test_a_head_that_does_not_match_its_row_is_found(
    attacked: TamperedStore, kept: list[str], moved: str
) -> None:
    change, position = HEADS[moved]
    log = rows(attacked)
    attacked.lay(NAME, log, head=change(head_at(log[-1])))

    for since in (None, *kept):
        assert first_bad(attacked, since) == position


@pytest.mark.parametrize("length", range(1, LENGTH))
def test_a_cut_tail_with_a_matching_head_is_found_only_against_a_checkpoint(
    attacked: TamperedStore, kept: list[str], length: int
) -> None:
    attacked.lay(NAME, rows(attacked)[:length])

    assert verified(attacked) == Verification(length, None)
    for since in kept[: length + 1]:
        assert verified(attacked, since) == Verification(length, None)
    for reached, since in enumerate(kept[length + 1 :], start=length + 1):
        missing = f"missing: the log once reached position {reached}"
        assert verified(attacked, since) == Verification(length, Fault(length + 1, missing))


@pytest.mark.parametrize("position", ALL)
def test_a_history_written_anew_is_found_only_against_a_checkpoint(
    attacked: TamperedStore, kept: list[str], position: int, tmp_path: Path
) -> None:
    other = TAMPERED_STORES["memory"](tmp_path)
    with closing(other.store):
        recorded(other.store, "another")
        attacked.lay(NAME, rows(other))

    assert verified(attacked) == Verification(LENGTH, None)
    assert verified(attacked, kept[0]) == Verification(LENGTH, None)
    assert verified(attacked, kept[position]) == Verification(
        position - 1,
        Fault(
            position,
            "the chain is not the one that was kept: written anew from here or from before",
        ),
    )


def test_a_sound_log_matches_every_checkpoint_of_it(
    attacked: TamperedStore, kept: list[str]
) -> None:
    for since in (None, *kept, *map(Checkpoint.read, kept)):
        assert verified(attacked, since) == Verification(LENGTH, None)


@pytest.mark.parametrize("moved", HEADS)
@pytest.mark.usefixtures("kept")
def test_a_head_that_does_not_match_gives_no_checkpoint(
    attacked: TamperedStore, moved: str
) -> None:
    change, position = HEADS[moved]
    log = rows(attacked)
    attacked.lay(NAME, log, head=change(head_at(log[-1])))

    with pytest.raises(DamagedLogError) as damaged:
        Ledger(attacked.store, name=NAME).checkpoint()
    assert damaged.value.position == position
