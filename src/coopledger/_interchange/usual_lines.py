"""Quick reading of the lines of an export as this library writes them.

A line that is read quickly gives the very row that the strict reading gives, or none: whatever is
unusual, sound or not, is left to the strict reading, which also finds the words for what is wrong.
So the quick reading may be short, and may never be lenient.

What the strict reading looks for in every value, the length of the line shows at once. Without
fractions no value can be written shorter than in its canonical form, so that a line with a name
that comes twice is longer than its fields in that form.
"""

import json
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, cast

from coopledger._fields.reading import name_as_given
from coopledger._interchange.lines import DEEPEST, MOST_FIELDS, Line
from coopledger._log.chain import End, Row, digest, link
from coopledger._log.codec import canonical, read_fields
from coopledger._log.quick import UNUSUAL
from coopledger._log.vocabulary import Vocabulary
from coopledger.dates import read_instant
from coopledger.errors import RefusedError
from coopledger.events import Event

_MOST_DIGITS = 15  # Every such number is exact for every reader.
_RECORD = ("id", "type", "v", "ledger", "position", "recorded_at", "digest", "chain")
# What a line has in addition to its fields and the values of the record: names and signs.
_SIGNS = sum(len(f'"{name}":,') for name in _RECORD)
_HASHES = 2 * (64 + 2)  # In quotes.
_QUOTES = 2  # Those of the record time.


def usual_row(
    line: Line, *, ledger: str, last: End, vocabulary: Vocabulary
) -> tuple[Row, Event] | None:
    """Return the row of a line and its event, if it is a usual line that follows the last row."""
    if line.is_cut:
        return None
    try:
        return _read(line.data, ledger, last, vocabulary)
    except (*UNUSUAL, RefusedError, RecursionError):
        return None


def _read(data: bytes, ledger: str, last: End, vocabulary: Vocabulary) -> tuple[Row, Event] | None:
    """Return the row of a line and its event, or raise, or return nothing, if it is unusual."""
    text = data.decode()
    parsed, end = _usual_json(text)
    if end != len(text) or text.count("{") + text.count("[") >= DEEPEST:
        return None
    if type(parsed) is not dict:
        return None
    fields = cast(dict[str, Any], parsed)
    names = len(fields)
    event_id, tag, v, name, position, recorded_at, digest_text, chain_text = map(
        fields.pop, _RECORD
    )
    name_as_given(event_id)
    newest, cls = vocabulary.types[tag]
    payload = canonical(fields)
    values = f"{encode_basestring(event_id)}{encode_basestring(tag)}{v}{position}{recorded_at}"
    is_usual = (
        name == ledger
        and type(v) is type(position) is int
        and v == newest
        and position == last.position + 1
        and names <= MOST_FIELDS
        and len(data) == len(payload) + len(values.encode()) + _always(ledger)
    )
    recorded_us = read_instant(recorded_at)
    if not is_usual or (last.recorded_us is not None and recorded_us <= last.recorded_us):
        return None
    effective = fields.get("effective", fields.get("when"))
    if effective is not None and type(effective) is not str:
        return None
    content = digest(ledger, event_id=event_id, type=tag, v=v, effective=effective, payload=payload)
    chain = link(last.chain, position=position, recorded_us=recorded_us, digest=content)
    if content.hex() != digest_text or chain.hex() != chain_text:
        return None
    event = read_fields(cls, fields, event_id=event_id)
    return Row(position, event_id, tag, v, recorded_us, effective, payload, content, chain), event


@lru_cache(maxsize=64)
def _always(ledger: str) -> int:
    """Return how many bytes of the record are the same in all lines of a ledger."""
    return _SIGNS + _HASHES + _QUOTES + len(encode_basestring(ledger).encode())


def _whole_number(digits: str) -> int:
    """Return a whole number that every reader keeps exact."""
    if len(digits) > _MOST_DIGITS:
        raise ValueError
    return int(digits)


def _unusual_number(digits: str) -> float:
    """Refuse a fraction, and what JSON does not have."""
    raise ValueError(digits)


_usual_json = json.JSONDecoder(
    parse_int=_whole_number, parse_float=_unusual_number, parse_constant=_unusual_number
).raw_decode
