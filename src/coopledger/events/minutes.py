"""Minutes of a meeting, read into the events of the meeting and of all that was said there.

An office writes minutes, not events. One call says the partnership, the day and the source once,
and each wish, proposal or promise says only what is its own.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, TypeAlias, cast

import attrs

from coopledger._fields.classes import missing_field
from coopledger._fields.reading import identifiers, invalid, is_mapping
from coopledger._suggest import nearest
from coopledger.dates import EdtfDate
from coopledger.errors import FieldError, Finding, RefusedError
from coopledger.events.commitments import CommitmentMade
from coopledger.events.envelope import Event
from coopledger.events.instruments import InstrumentRegistered, InstrumentSigned
from coopledger.events.meetings import MeetingHeld, MeetingScheduled
from coopledger.events.proposals import InterestExpressed, ProposalMade
from coopledger.terms import CommitmentFirmness

# Fields of one item, or the one field that may stand alone.
Item: TypeAlias = str | date | EdtfDate | Mapping[str, object]
Items: TypeAlias = Item | Iterable[Item]
Fields: TypeAlias = dict[str, object]

REPEATED = ("partnership", "when", "source", "recorded_by")  # What items take from the meeting.
ALIKE = ("kind", "series")  # What the next meeting takes from it.
SIDES = ("debtors", "creditors")


class _Section(NamedTuple):
    """One list of the minutes.

    Attributes:
        cls: The event that an item of it becomes.
        noun: The field that holds the id of an item.
        end: The end of the ids that are made, before the number of the item.
        alone: The field that an item given as text or date means, if that is allowed.
        usual: Fields that an item has unless it says otherwise.
    """

    cls: type[Event]
    noun: str
    end: str
    alone: str | None = None
    usual: Mapping[str, object] = {}


_AGREED = {"firmness": CommitmentFirmness.AGREED}
_SECTIONS = {
    "wishes": _Section(InterestExpressed, "proposal", "w"),
    "proposals": _Section(ProposalMade, "proposal", "p"),
    "agreed": _Section(CommitmentMade, "commitment", "a", alone="what", usual=_AGREED),
    "commitments": _Section(CommitmentMade, "commitment", "c"),
    "signed": _Section(InstrumentSigned, "instrument", "i", alone="instrument"),
    "next": _Section(MeetingScheduled, "meeting", "next", alone="planned"),
}


def meeting(  # noqa: PLR0913 - one list for each sort of thing that is said at a meeting
    *,
    parties: str | Iterable[str] = (),
    wishes: Items = (),
    proposals: Items = (),
    agreed: Items = (),
    commitments: Items = (),
    signed: Items = (),
    next: Item | None = None,  # noqa: A002 - the word of the minutes
    **held: object,
) -> tuple[Event, ...]:
    """Return the events of a meeting and of whatever was said there, to be recorded together.

    Each item is a mapping of the fields of its event. It takes partnership, day, source, the
    meeting and the recorder from the meeting, and gets an id such as ``hanoi-2022/w1``, unless
    it says them itself. An ``instrument`` with a ``kind`` is registered before. Nothing is
    recorded yet: ``ledger.record(*events.meeting(...))``.

    Events have the same ids, and ``hanoi-2022/held`` is the meeting: corrections name them, and
    what is recorded twice is recorded once.

    Args:
        parties: The parties at the meeting; by default those that its participants name.
        wishes: Wishes, each with ``by`` and ``text``: `InterestExpressed`.
        proposals: Proposals, each with ``by`` and ``text``: `ProposalMade`.
        agreed: What the parties agreed to do, each a text or with ``what``: `CommitmentMade` of
            firmness ``agreed``, which all of them owe to each other unless it says otherwise.
        commitments: Promises, each with ``debtors``, ``creditors`` and ``what``:
            `CommitmentMade`.
        signed: Texts signed, each an id or with ``instrument``: `InstrumentSigned`.
        next: The next meeting, a date or fields of `MeetingScheduled`: of the same kind and
            series, with the number that follows.
        **held: Fields of `MeetingHeld`: ``meeting``, ``partnership``, ``when`` and others.

    Raises:
        RefusedError: With the faults of the meeting, else with those of all items, each with
            its place in the lists.
    """
    minutes = _Minutes(_held(held), parties)
    minutes.take("wishes", wishes)
    minutes.take("proposals", proposals)
    minutes.take("agreed", agreed)
    minutes.take("commitments", commitments)
    minutes.take("signed", signed)
    minutes.take("next", () if next is None else (next,))
    return minutes.events()


def _held(fields: Mapping[str, object]) -> MeetingHeld:
    """Return the event of the meeting itself.

    Raises:
        RefusedError: With every fault of its fields.
    """
    known = attrs.fields_dict(MeetingHeld)
    unknown = [_unknown(name, (*known, *_SECTIONS)) for name in fields if name not in known]
    if fields.get("partnership") is None:
        unknown.append(missing_field(MeetingHeld, "partnership"))
    found = [error.finding(MeetingHeld.__name__) for error in unknown]
    try:
        held = _made(MeetingHeld, {name: fields[name] for name in fields if name in known})
    except RefusedError as error:
        raise RefusedError((*found, *error.findings)) from None
    if found:
        raise RefusedError(tuple(found))
    return cast(MeetingHeld, _named(held, f"{fields['meeting']}/held"))


class _Minutes:
    """Events of one meeting in the making, with the faults found so far."""

    def __init__(self, held: MeetingHeld, parties: object) -> None:
        """Begin with the meeting, which says for all of its items who, when and whence."""
        self._held = held
        self._registered: list[Event] = []
        self._said: list[Event] = []
        self._faults: list[Finding] = []
        self._repeated = _said(held, REPEATED) | {"at_meeting": held.meeting}
        self._there = tuple(dict.fromkeys(who.party for who in held.participants if who.party))
        if parties:
            with self._keeping_fault(MeetingHeld, "parties"):
                self._there = identifiers(cast(Iterable[str], parties))

    def events(self) -> tuple[Event, ...]:
        """Return the events: the meeting, the texts that are new, and what was said.

        Raises:
            RefusedError: With every fault.
        """
        if self._faults:
            raise RefusedError(tuple(self._faults))
        return (self._held, *self._registered, *self._said)

    def take(self, name: str, items: object) -> None:
        """Make the events of one list."""
        section = _SECTIONS[name]
        for number, item in enumerate(_several(items), 1):
            place, end = (name, "") if name == "next" else (f"{name}[{number - 1}]", str(number))
            with self._keeping_fault(section.cls, place):
                own = _own(item, section)
                made = f"{self._held.meeting}/{section.end}{end}"
                fields = {section.noun: made} | self._usual(name, own) | own
                for cls, part in _parts(section.cls, self._repeated, fields):
                    is_text = cls is InstrumentRegistered
                    kept = self._registered if is_text else self._said
                    kept.append(_named(_made(cls, part), f"{made}/text" if is_text else made))

    def _usual(self, name: str, own: Fields) -> Fields:
        """Return what an item of the list is by default, from the list and the meeting.

        Raises:
            FieldError: E105 where nobody is known to owe what was agreed.
        """
        usual = dict(_SECTIONS[name].usual)
        if name == "agreed" and not all(side in own for side in SIDES):
            if len(self._there) < len(SIDES):
                remedy = "is missing: say who owes it to whom, or name the parties at the meeting"
                raise FieldError("E105", repr(SIDES[0]), remedy)
            usual |= dict.fromkeys(SIDES, self._there)
        if name == "next":
            usual |= _said(self._held, ALIKE)
            if self._held.number is not None:
                usual["number"] = self._held.number + 1
        return usual

    @contextmanager
    def _keeping_fault(self, cls: type[Event], place: str) -> Generator[None]:
        """Keep the faults of an item, with its place in the lists."""
        try:
            yield
        except FieldError as error:
            self._faults.append(attrs.evolve(error.finding(cls.__name__), where=place))
        except RefusedError as error:
            self._faults += (attrs.evolve(found, where=place) for found in error.findings)


def _made(cls: type[Event], fields: Mapping[str, object]) -> Event:
    """Return the event, whose constructor reads what people write."""
    return cast(Callable[..., Event], cls)(**fields)


def _named(event: Event, id: str) -> Event:
    """Return the event with an id, its own if it has one; a refusal tells its place instead."""
    return event if event.id else attrs.evolve(event, id=id)


def _said(event: Event, names: Iterable[str]) -> Fields:
    """Return those of the fields that the event says."""
    return {name: getattr(event, name) for name in names if getattr(event, name)}


def _several(items: object) -> Iterator[object]:
    """Yield the items of a list; one alone counts as one."""
    if isinstance(items, Iterable) and not isinstance(items, str | bytes | Mapping):
        yield from items
    else:
        yield items


def _own(item: object, section: _Section) -> Fields:
    """Return the fields that an item says.

    Raises:
        FieldError: E106 for what is neither a mapping nor, where this is allowed, one value.
    """
    if is_mapping(item):
        return dict(item)
    if section.alone is not None and isinstance(item, str | date | EdtfDate):
        return {section.alone: item}
    alone = f", or {section.alone!r} alone" if section.alone else ""
    remedy = f"is no item: give a mapping of the fields of {section.cls.__name__}{alone}"
    raise invalid(item, remedy)


def _parts(
    cls: type[Event], repeated: Fields, fields: Fields
) -> Iterator[tuple[type[Event], Fields]]:
    """Yield the event of an item with its fields, after the registration of a text with a kind."""
    known = attrs.fields_dict(cls)
    if "instrument" in known and "instrument" in fields and "kind" in fields:
        registered = attrs.fields_dict(InstrumentRegistered).keys() - known.keys()
        first = {name: fields.pop(name) for name in tuple(fields) if name in registered}
        yield InstrumentRegistered, repeated | {"instrument": fields["instrument"]} | first
    yield cls, {name: value for name, value in repeated.items() if name in known} | fields


def _unknown(name: str, known: Iterable[str]) -> FieldError:
    """Return E103 for a word that is neither a list of the minutes nor a field of the meeting."""
    meant = nearest(name, known)
    hint = f"; did you mean {meant!r}?" if meant else ""
    return FieldError("E103", repr(name), f"is no part of the minutes of a meeting{hint}")
