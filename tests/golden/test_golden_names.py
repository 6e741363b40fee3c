"""The index of names, as it was when a log was written, is made again, read and renewed."""

import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger._log.chain import Listing
from coopledger.stores import MemoryStore, Row, Store
from coopledger.stores.protocol import Find
from coopledger.stores.sqlite import SqliteStore
from tests.builders import Clock
from tests.golden.answers import agrees, answer_lines
from tests.golden.logs import HERE, NAME, ZONE, golden_rows, name_lines, restore_log
from tests.servers import new_schema

VERSION = "v3"  # The first log with names.
NAMES = (HERE / VERSION / "names.jsonl").read_bytes()
ANSWERS = (HERE / VERSION / "answers.jsonl").read_bytes()
# An edited file differs from these.
NAMES_DIGEST = "419ef11df76233c05f7ca02684d9a71119b3a0ab93e5046704458d5a589206c6"
# Those that list their own log as it is listed today.
NAMES_OF_TODAY = {
    "v4": "64913727e3bcd65ffd6f8ec7b30ebf6e90802e3be12c7cb7e0439fc3afd43bb2",
    "v9": "86cd6f930507ec88148a63ac8450f68cb9f629a1d353df8d354e6c7e26f618dc",
    "v10": "d1ba2c85220c9ce3bce19ca855106a44b358b8afeb2bc2c6645f8d3bb13e8888",
}
# Those that were listed before new ids were listed under what they look like.
WITHOUT_LOOKS = {"v4", "v9"}
ANSWERS_DIGEST = "e2cecd523843aed58a4555105f94ed6cd962afd37513ed6ec8e6f9316102f07d"

Entry = tuple[str, str, int]

# What the ids of the log look like that are not plain, under which they are found since v10.
LIKE = " like "
LOOKS = set("bo-khoa-hoc hoi-thao nuoc tram uy-ban-1 uy-ban-2 uy-ban-3 uy-ban-4 vien y-te".split())


@pytest.fixture(name="store", params=["memory", "sqlite", "postgres"])
def _store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "sqlite":
        with SqliteStore(tmp_path / "log.db", durability="fast") as store:
            yield store
    else:
        with new_schema().open() as lasting:
            yield lasting


def names_of(version: str) -> bytes:
    """Return the index as a version of the log has it."""
    return (HERE / version / "names.jsonl").read_bytes()


def known_rules(tag: str) -> set[str]:
    """Return the rules by which some version of the log lists events of the type."""
    lines = (names_of(each).split(b"\n", maxsplit=1)[0] for each in NAMES_OF_TODAY)
    return {rules[tag] for rules in map(json.loads, lines) if tag in rules}


def ledger_in(store: Store) -> Ledger:
    """Return the ledger, at a time after the log was written."""
    return Ledger(store, name=NAME, timezone=ZONE, clock=Clock("2025-08-01T00:00:00+00:00"))


def kept_rules() -> dict[str, str]:
    """Return the rules by which the version listed events."""
    rules: dict[str, str] = json.loads(NAMES.split(b"\n", maxsplit=1)[0])
    return rules


def kept_entries() -> list[Entry]:
    """Return what the index held, in order."""
    _, *lines = NAMES.splitlines()
    return [(noun, name, position) for noun, name, position in map(json.loads, lines)]


def kept_listing(row: Row, _: Find) -> Listing:
    """Return the names of a row as they were listed."""
    entries = [entry for entry in kept_entries() if entry[2] == row.position]
    return Listing(
        names=tuple(name for noun, name, _ in entries if not noun),
        opened=tuple((noun, name) for noun, name, _ in entries if noun),
    )


def strange_listing(_: Row, __: Find) -> Listing:
    """Return names by rules that no version has."""
    return Listing(names=("strange",), opened=(("strange", "strange"),))


def assert_answers(ledger: Ledger) -> None:
    """Compare every answer with what was kept."""
    kept = [json.loads(line) for line in ANSWERS.splitlines()]
    found = [json.loads(line) for line in answer_lines(ledger)]

    assert len(found) == len(kept)
    for before, now in zip(kept, found, strict=True):
        assert agrees(before, now), (before, now)


def assert_made_again(store: Store, ledger: Ledger) -> None:
    """Record one more event, for which the index is written, and compare the entries before it."""
    ledger.record(events.NoteAdded(subject="vnfr", text="one more"))

    rows = golden_rows(VERSION)
    assert store.listed(NAME).position == len(rows) + 1
    listed = sorted(each for each in store.entries(NAME) if each[2] <= len(rows))
    alike = {each for each in listed if each[1].startswith(LIKE)}
    assert sorted({*listed} - alike) == kept_entries()
    assert {name.removeprefix(LIKE) for _, name, _ in alike} == LOOKS


def test_the_names_and_the_answers_are_as_they_were_written() -> None:
    assert sha256(NAMES).hexdigest() == NAMES_DIGEST
    assert sha256(ANSWERS).hexdigest() == ANSWERS_DIGEST
    found = {each: sha256(names_of(each)).hexdigest() for each in NAMES_OF_TODAY}
    assert found == NAMES_OF_TODAY


@pytest.mark.parametrize("version", NAMES_OF_TODAY)
def test_a_restored_export_is_listed_under_the_same_names(store: Store, version: str) -> None:
    ledger = ledger_in(store)
    ledger.restore_jsonl(BytesIO((HERE / version / "export.jsonl").read_bytes()))

    rules, *entries = "".join(name_lines(store)).encode().splitlines()
    looks = [entry for entry in entries if json.loads(entry)[1].startswith(LIKE)]
    since = looks if version in WITHOUT_LOOKS else []
    assert looks
    assert [entry for entry in entries if entry not in since] == names_of(version).splitlines()[1:]
    assert [tag for tag, rule in json.loads(rules).items() if rule not in known_rules(tag)] == []
    assert ledger.verify().fault is None
    assert [finding for finding in ledger.check() if finding.code == "C102"] == []


def test_a_log_without_names_gives_the_same_answers_and_is_listed_again(store: Store) -> None:
    restore_log(VERSION, store)
    assert list(store.entries(NAME)) == []

    assert_answers(ledger_in(store))
    assert_made_again(store, ledger_in(store))


def test_the_names_of_then_lead_to_the_same_answers_and_are_renewed(store: Store) -> None:
    store.restore(NAME, golden_rows(VERSION), listing=kept_listing)
    assert store.list_rows(NAME, (), rules=kept_rules(), since=store.listed(NAME))

    assert_answers(ledger_in(store))
    assert_made_again(store, ledger_in(store))


def test_names_by_other_rules_are_not_read_and_are_listed_again(store: Store) -> None:
    store.restore(NAME, golden_rows(VERSION), listing=strange_listing)
    others = dict.fromkeys(kept_rules(), "1 strange")
    assert store.list_rows(NAME, (), rules=others, since=store.listed(NAME))

    assert_answers(ledger_in(store))
    assert_made_again(store, ledger_in(store))


def test_ids_in_the_log_are_in_normal_form_c_and_found_in_either_form(store: Store) -> None:
    ledger = ledger_in(store)
    ledger.restore_jsonl(BytesIO((HERE / VERSION / "export.jsonl").read_bytes()))
    view = ledger.view("2025-08-01")

    assert view.meeting("u\u0309y-ban-2").id == "\u1ee7y-ban-2"
    assert view.partnership("nu\u031bo\u031b\u0301c").id == "n\u01b0\u1edbc"
    assert not any("\u0300" <= letter <= "\u036f" for letter in NAMES.decode())
