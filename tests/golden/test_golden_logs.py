"""Logs as every version wrote them are intact, are read, and hold all that there is.

README.md says what is in them, and why they are never edited.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import TypeGuard

import attrs
import pytest

from coopledger import EdtfDate, Verification
from coopledger._log.chain import verify
from coopledger._log.codec import decode, encode
from coopledger._log.vocabulary import TAGS
from coopledger.events import Event
from coopledger.stores import Head, Row
from coopledger.terms import ConsentMeans
from tests.golden.logs import NAME, VERSIONS, golden_rows, restore_log

# A log that is written again with all its hashes differs from the chains that are kept here.
LAST_CHAINS = {
    "v1": "96e1b26adb065e69bffc79840b634a8b3acafc4050991b83d5739f1d271f881b",
    "v2": "6dc1703dab6132911ef1146c760eeac70f81ccf4f10bc2f7908572d48fa60f72",
    "v3": "4d5eeb35cf4f5bac69d4367bd2e94594b4235f8d4bc6ae924c6b4d9a6b179ee0",
    "v4": "ea4582c07380874583aab60ea6f86a8f1e0bc5122ff723e0105b377c4ee3e42b",
    "v5": "6735e771bbf9146bddfb3f8331600a46e6432a8ccd9e1908ecbd8d89b35680b1",
    "v6": "a664cba31025dd1ae40c1ce49a869be8e40093e4229d21f6062be47ba66b4780",
    "v7": "946355ba9e4d5a4dc21638381fe70a350c4de4da2d7ef637915d0f3974be5d7b",
    "v8": "a055e265330cf28b7348cba2d2ffecafe11adbc1519f9a4b0ffe618df34f419b",
    "v9": "19f97fa24b3b573b2d98087fcf797562e00dd43e0fbe865df1dec6632ce2df86",
    "v10": "4ef63713e1e365f7424e06f6c81421a9b37e29ca1b093f5f157669e2620ec56a",
    "v11": "49da7b2265402011ad164a3efd1778afe1fe4e9dc23a1ecf473667fff37e3d4d",
}

# Fields that events of every type have since a later version: one event has them.
LATER = {"documents"}

# The accepted spellings of a date, each digit as 9.
SPELLINGS = set(
    """
    9999-99-99 9999-99 9999
    9999-99-99~ 9999-99-99? 9999-99-99% 9999-99~ 9999-99% 9999~ 9999?
    999X 99XX 9999-XX 9999-99-XX 9999-XX-XX 999X? 9999-XX~ 9999-99-XX%
    9999-99-99T99:99:99 9999-99-99T99:99:99Z
    9999-99-99T99:99:99+99:99 9999-99-99T99:99:99-99
    9999-99-99/9999-99-99 9999-99/9999-99-99 9999~/9999-99 9999/9999
    9999/.. 9999-99/ ../9999-99-99 /9999-99 9999-99-99?/.. ../9999-99%
    [9999..9999-99] [9999..] [..9999-99-99] [9999-99..9999-99]
    """.split()
)


def _event(row: Row) -> Event:
    return decode(row.type, row.v, row.payload, row.event_id)


@cache
def _values() -> tuple[object, ...]:
    """Return all values of the events whose type still has the version that it had then."""
    rows = [row for version in VERSIONS for row in golden_rows(version)]
    return tuple(
        value for row in rows if row.v == TAGS[row.type][0] for value in _inside(_event(row))
    )


def _inside(value: object) -> Iterator[object]:
    """Yield the value and every value in it, down to dates, words and JSON."""
    yield value
    if _is_several(value):
        for part in value:
            yield from _inside(part)
    elif _has_fields(value) and not isinstance(value, EdtfDate):
        for name in attrs.fields_dict(type(value)):
            yield from _inside(getattr(value, name))


def _is_several(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def _has_fields(value: object) -> TypeGuard[attrs.AttrsInstance]:
    return attrs.has(type(value))


def _told(value: attrs.AttrsInstance) -> set[str]:
    """Return the fields of the value that are not at their default."""
    return {
        name
        for name, field in attrs.fields_dict(type(value)).items()
        if getattr(value, name) not in (field.default, {})
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_a_golden_log_is_as_it_was_written(version: str) -> None:
    assert golden_rows(version)[-1].chain.hex() == LAST_CHAINS[version]


def test_no_golden_log_is_gone() -> None:
    assert list(LAST_CHAINS) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_the_digests_and_the_chain_of_a_golden_log_match(version: str) -> None:
    rows = golden_rows(version)
    last = rows[-1]
    head = Head(position=last.position, chain=last.chain, recorded_us=last.recorded_us)

    assert verify(NAME, rows, head=head) == Verification(len(rows), None)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_event_of_a_golden_log_is_read(version: str) -> None:
    events = map(_event, golden_rows(version))
    named = [(row.event_id, TAGS[row.type][1]) for row in golden_rows(version)]

    assert [(event.id, type(event)) for event in events] == named


@pytest.mark.parametrize("version", VERSIONS)
def test_an_event_of_the_newest_version_is_written_as_the_same_bytes(version: str) -> None:
    rows = [row for row in golden_rows(version) if row.v == TAGS[row.type][0]]

    assert [encode(_event(row)) for row in rows] == [row.payload for row in rows]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_golden_log_is_restored_row_for_row(version: str) -> None:
    store, _ = restore_log(version)

    assert tuple(store.read(NAME)) == golden_rows(version)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_restored_ledger_verifies(version: str) -> None:
    _, ledger = restore_log(version)

    assert ledger.verify() == Verification(len(golden_rows(version)), None)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_golden_log_holds_is_known_when_it_is_recorded_again(version: str) -> None:
    _, ledger = restore_log(version)
    stored = tuple(ledger.events())
    again = ledger.record(*(item.event for item in stored))

    assert (again.replayed, again.events) == (True, stored)


def test_every_type_occurs_in_its_newest_version() -> None:
    found = {type(value) for value in _values() if isinstance(value, Event)}

    assert found == {cls for _, cls in TAGS.values()}


def test_every_field_of_every_class_occurs_away_from_its_default() -> None:
    told: dict[type[attrs.AttrsInstance], set[str]] = {}
    for value in filter(_has_fields, _values()):
        told.setdefault(type(value), set()).update(_told(value))

    said = {name for cls, names in told.items() if issubclass(cls, Event) for name in names}
    missing = [
        f"{cls.__name__}.{name}"
        for cls, names in told.items()
        for name in attrs.fields_dict(cls)
        if name not in (said if name in LATER else names)
    ]
    assert missing == []


def test_every_word_of_every_list_occurs() -> None:
    words = {value for value in _values() if isinstance(value, StrEnum)}
    known = {word for words_of_list in {type(word) for word in words} for word in words_of_list}
    missing = known - words - {ConsentMeans.SIGNATURE}  # It is an answer, and never recorded.

    assert missing == set()


def test_every_spelling_of_a_date_occurs() -> None:
    found = {re.sub("[0-9]", "9", value.text) for value in _values() if isinstance(value, EdtfDate)}

    assert found >= SPELLINGS


def test_record_times_before_and_after_1970_occur() -> None:
    times = [row.recorded_us for version in VERSIONS for row in golden_rows(version)]

    assert min(times) < 0 < max(times)


def test_letters_beyond_ascii_and_line_ends_that_are_none_occur() -> None:
    payloads = b"".join(
        row.payload for version in VERSIONS for row in golden_rows(version)
    ).decode()

    assert set("ộạ\u2028\u2029\x85\U0001f91d") <= set(payloads)
