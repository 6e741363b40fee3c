"""Strict ledgers refuse events that others record with a warning."""

from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger.errors import WARNINGS, ArgumentError, RefusedError
from coopledger.stores import MemoryStore
from docs.parts.codes import CODES
from tests.builders import NAME, WORLD, Clock, numbered, office, rows

UNSOURCED = events.StatementMade(id="s", partnership="vnfr", text="a", when="2022")
PAST = events.ProposalMade(
    id="p", proposal="p1", partnership="vnfr", by="vn", text="a", due="2021", when="2022"
)
REFUSAL = "W105 StatementMade 's': 'source' is missing: say what it rests on, be it only memory"


def strict_office(strict: bool | set[str], store: MemoryStore) -> Ledger:  # noqa: FBT001
    """Return a strict ledger of an office whose world was recorded before it was strict."""
    office(store=store)
    return Ledger(store, name=NAME, clock=Clock(), ids=numbered("x"), strict=strict)


def test_every_code_of_a_warning_may_be_named() -> None:
    assert sorted(WARNINGS) == sorted(code for code in CODES if code.startswith("W"))


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("strict", [True, {"W105"}])
def test_a_warning_is_refused_and_nothing_is_written(
    strict: bool | set[str],  # noqa: FBT001
    dry_run: bool,  # noqa: FBT001
) -> None:
    store = MemoryStore()
    ledger = strict_office(strict, store)
    before = rows(store)

    with pytest.raises(RefusedError) as error:
        ledger.record(UNSOURCED, dry_run=dry_run)

    assert str(error.value) == REFUSAL
    assert rows(store) == before


def test_only_the_warnings_named_are_refused() -> None:
    ledger = strict_office({"W402", "W501"}, MemoryStore())

    assert [item.code for item in ledger.record(UNSOURCED).warnings] == ["W105"]
    with pytest.raises(RefusedError) as error:
        ledger.record(PAST)
    assert [item.code for item in error.value.findings] == ["W402"]


def test_all_that_is_refused_is_told_at_once() -> None:
    with pytest.raises(RefusedError) as error:
        strict_office(True, MemoryStore()).record(PAST)  # noqa: FBT003

    assert [item.code for item in error.value.findings] == ["W402", "W105"]


def test_a_batch_is_refused_as_a_whole() -> None:
    store = MemoryStore()
    ledger = strict_office({"W105"}, store)
    before = rows(store)

    with pytest.raises(RefusedError):
        ledger.record(events.NoteAdded(subject="vnfr", text="a"), UNSOURCED)

    assert rows(store) == before


def test_what_is_beyond_reproach_is_recorded() -> None:
    with Ledger.in_memory(strict=True) as ledger:
        receipt = ledger.record(*WORLD)

    assert (len(receipt.events), receipt.warnings) == (len(WORLD), ())


def test_what_was_recorded_with_a_warning_may_be_sent_again() -> None:
    store = MemoryStore()
    office(UNSOURCED, store=store)
    ledger = strict_office(True, store)  # noqa: FBT003

    receipt = ledger.record(UNSOURCED)

    assert receipt.replayed
    assert list(map(str, receipt.warnings)) == [REFUSAL]


def test_what_was_retracted_since_may_not_be_sent_again() -> None:
    store = MemoryStore()
    ledger = strict_office({"W107"}, store)
    ledger.record(UNSOURCED, events.EventRetracted(id="r", target="s", reason="a slip"))

    with pytest.raises(RefusedError, match=r"^W107 StatementMade 's': id: was retracted by 'r'"):
        ledger.record(UNSOURCED)


def test_a_refused_argument_leaves_no_file_behind(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError):
        Ledger.open(tmp_path / "a.db", strict={"W999"})

    assert list(tmp_path.iterdir()) == []


def test_a_file_may_be_opened_strictly(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db", strict="W105") as ledger:
        ledger.record(*WORLD)
        with pytest.raises(RefusedError):
            ledger.record(UNSOURCED)

        assert ledger.position == len(WORLD)
