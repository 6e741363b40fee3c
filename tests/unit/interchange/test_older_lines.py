"""A line of any version is imported, and only once, by whichever version of coopledger."""

import pytest

from coopledger import Ledger, events
from tests.unit.interchange.lines import VIET_NAM, empty_ledger, file_of

OTHER = {"type": "party-registered", "party": "fr", "name": "France", "kind": "state"}
OLD: dict[str, object] = {"type": "note-added", "subject": "vn", "text": "called again"}
NEW = OLD | {"subject": ["vn"]}
AT_DEFAULT: dict[str, object] = {"tags": [], "place": {"name": "Hue", "country": None}}


def note_of(*lines: dict[str, object]) -> events.NoteAdded:
    ledger = empty_ledger()
    ledger.import_jsonl(file_of(VIET_NAM, OTHER, *lines))
    (note,) = ledger.view("2030-01-01").events(events.NoteAdded)
    return note


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        (OLD, ("vn",)),
        (OLD | {"v": 1}, ("vn",)),
        (NEW, ("vn",)),
        (NEW | {"v": 2}, ("vn",)),
        (OLD | {"subject": ["vn", "fr"]}, ("vn", "fr")),
    ],
    ids=["old", "of version 1", "new", "of version 2", "about two"],
)
def test_a_line_is_lifted_from_its_version_and_from_any_where_it_names_none(
    line: dict[str, object], subject: tuple[str, ...]
) -> None:
    assert note_of(line).subject == subject


def test_a_line_that_names_the_newest_version_may_have_the_short_form_of_it() -> None:
    assert note_of(OLD | {"v": 2}).subject == ("vn",)


@pytest.mark.parametrize(
    ("line", "own_id"),
    [
        (OLD, "fd0c6e1f5d1e430737d96c8f484be328"),
        (OLD | {"v": 1} | AT_DEFAULT, "4076168f9bf6dc8e18c1f56b26d9e24e"),
    ],
    ids=["old", "of version 1"],
)
def test_a_line_without_an_id_has_the_one_that_the_first_version_made(
    line: dict[str, object], own_id: str
) -> None:
    assert note_of(line).id == own_id


def test_what_was_imported_by_the_first_version_is_known_when_it_is_imported_again() -> None:
    ledger: Ledger = empty_ledger()
    ledger.import_jsonl(file_of(VIET_NAM, OLD))

    assert ledger.import_jsonl(file_of(VIET_NAM, OLD | {"v": 1})).replayed
