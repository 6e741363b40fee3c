"""A line of somebody's file as an event: strict, and every fault of the line is told."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import TypeVar

from coopledger.codec import canonical, read, write_fields
from coopledger.errors import FieldError, Finding, NewerLogError, RefusedError
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.fields import counted, event_id, shown, text
from coopledger.interchange.forms import with_form
from coopledger.interchange.lines import Line, located, refusal
from coopledger.interchange.rows import RECORD
from coopledger.interchange.strict_json import is_list, is_object
from coopledger.nearness import did_you_mean
from coopledger.tags import Vocabulary
from coopledger.upcast import Fields

__all__ = ["citing_lines", "read_event", "with_own_id"]

Read = TypeVar("Read")

MOST_NAMED = 1000
FIRST = 1  # The version of a line that names none: what is newer is not changed by lifting it.
_ID_LETTERS = 32
_MADE = re.compile(rf"(event )?\b([0-9a-f]{{{_ID_LETTERS}}})\b")


def read_event(line: Line, fields: Fields, *, vocabulary: Vocabulary) -> Event:
    """The event that the fields of a line tell; without an id, if the line gives none.

    Raises:
        RefusedError: With every fault of the line.
    """
    unfit = [*_exported(fields), *_too_long(fields)]
    if unfit:
        raise refusal(line, unfit)
    rest, faults = dict(fields), list[FieldError]()
    name = _taken(rest, "id", event_id, faults)
    version = _taken(rest, "v", counted, faults)
    tag = _taken(rest, "type", partial(_tag, vocabulary), faults)
    if tag is None:
        raise refusal(line, faults)
    _, cls = vocabulary.types[tag]
    found = [fault.finding(cls.__name__, name) for fault in faults]
    try:
        event = read(tag, version or FIRST, rest, event_id=name, vocabulary=vocabulary)
    except RefusedError as error:
        found += (with_form(each, cls, fields) for each in error.findings)
    except NewerLogError as error:
        found.append(Finding("E106", f"v: {error}", "v", event_type=cls.__name__, event_id=name))
    else:
        if not found:
            return event
    raise RefusedError(tuple(located(finding, line) for finding in found))


def with_own_id(
    event: Event, fields: Fields, seen: dict[bytes, int], *, vocabulary: Vocabulary
) -> Event:
    """The event with an id made of its line, so that the same line is recorded only once.

    Of the fields as they stand on the line, so that it is the same when a newer version lifts
    them. ``seen`` counts how often the same content came before: a repeated line is an event too.
    """
    tag, _ = vocabulary.tag_of(type(event))
    start = f"{tag} {fields.get('v', FIRST)}\n".encode()
    content = sha256(start + canonical(_as_on_line(event, fields, vocabulary))).digest()
    seen[content] = seen.get(content, 0) + 1
    made = sha256(content + f"{seen[content]}".encode()).hexdigest()
    return stamped(event, id=made[:_ID_LETTERS])


def _as_on_line(event: Event, fields: Fields, vocabulary: Vocabulary) -> Fields:
    """The fields of the event, those that were lifted as the line has them."""
    told = {name: value for name, value in fields.items() if name not in {"id", "type", "v"}}
    tag, version = vocabulary.tag_of(type(event))[0], fields.get("v", FIRST)
    lifted = vocabulary.lift(tag, dict(told), found=version if isinstance(version, int) else FIRST)
    same = {name for name, value in lifted.items() if name in told and told[name] == value}
    kept = {name: value for name, value in write_fields(event).items() if name in same}
    return kept | {name: value for name, value in told.items() if name not in same}


def citing_lines(message: str, made: Mapping[str, int]) -> str:
    """The message with the numbers of lines in place of ids that were made for them.

    ``made`` gives the line of each such id, which stands neither in the file nor in the ledger.
    """

    def cited(found: re.Match[str]) -> str:
        line = made.get(found[2])
        if line is None:
            return found[0]
        return f"line {line}" if found[1] else f"on line {line}"

    return _MADE.sub(cited, message)


def _exported(fields: Fields) -> Iterator[FieldError]:
    """That the line says when it was recorded, which here only the clock says."""
    told = next((name for name in RECORD if name in fields), None)
    if told is not None:
        remedy = "tells of a recording: restore_jsonl puts it back; a plain export has none"
        yield FieldError("E106", repr(told), remedy)


def _too_long(fields: Fields) -> Iterator[FieldError]:
    """That a list names more than any event does; each would be looked for among all ids."""
    changes = fields.get("changes")
    inner = changes if is_object(changes) else {}
    for name, value in (*fields.items(), *inner.items()):
        if is_list(value) and len(value) > MOST_NAMED:
            found = f"a list of {len(value)} values"
            yield FieldError("E106", found, f"is longer than {MOST_NAMED}", name)


def _taken(
    fields: Fields, name: str, read: Callable[..., Read], faults: list[FieldError]
) -> Read | None:
    """The field taken out and read, if it is there; a fault is added to the others."""
    if name not in fields and name == "type":
        remedy = "is missing: name the type of the event, such as 'meeting-held'"
        faults.append(FieldError("E105", "'type'", remedy))
    if name not in fields:
        return None
    try:
        return read(fields.pop(name))
    except FieldError as error:
        faults.append(error.within(name))
    return None


def _tag(vocabulary: Vocabulary, value: str) -> str:
    """The wire tag of an event type."""
    tag, types = text(value), vocabulary.types
    if tag in types:
        return tag
    meant = next((known for known, (_, cls) in types.items() if cls.__name__ == tag), None)
    near = did_you_mean(tag, types)
    if "." in tag and not near:
        raise FieldError(
            "E106", shown(tag), "is defined by a pack: open the ledger with packs=[it]"
        )
    hint = f"; did you mean {meant!r}?" if meant else near
    raise FieldError("E106", shown(tag), f"is no type of event{hint}")
