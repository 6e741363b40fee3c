"""Checks that events of every type must pass, and checks of reports.

An event names ids that are known, brings in an id that is free, and has happened by the day of
recording; it says on what it rests and which parties it means, and its plans look ahead.

Codes: E101-E103, E105, E106, E201, E202, E603, W102-W106, W108, W110, W111, W202, W302, W402,
W602.
"""

from collections.abc import Iterator
from typing import TypeAlias

import attrs

from coopledger import events
from coopledger._facts.index import Fact, in_words
from coopledger._fields.classes import hint_at_field
from coopledger._fields.reading import ID_LENGTH, condition_parts, invisible_sign, short_repr
from coopledger._folding import cleaned
from coopledger._rules.figure import inconsistencies
from coopledger._suggest import hint_at
from coopledger._validation.candidate import Candidate
from coopledger._validation.ties import FIELDS
from coopledger.dates import EdtfDate, day_text, instant_text
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.events._references import OPENED_AGAIN, once_per_class, references
from coopledger.terms import Noun
from coopledger.values import Condition, Participant

TOLERATED_US = 60_000_000  # A minute: clocks of several programs differ a little.
# The code for an id that is taken, where it is not E201.
TAKEN = {Noun.COMMITMENT: "E603"}
# The remedy for an act in the future, where there is more to say than to wait.
PLANNED: dict[type[Event], str] = {
    events.MeetingScheduled: "when is the day of the announcement, planned that of the meeting",
    events.MeetingHeld: "announce it with MeetingScheduled",
}
# The code for an id that is not known, where it is not E102.
UNKNOWN: dict[tuple[type[Event], str], str] = {(events.PartyRegistered, "parent"): "E202"}
# Fields of an act that closes something, on a day.
CLOSING = ("fulfils", "realises", "meets")
# Fields for several ids that need at least one; partnerships have a code of their own.
NEVER_EMPTY = frozenset({"by", "to", "debtors", "creditors", "subject"})
# The code and the field of each plan, which must not be over before the act that makes it.
ASKING = ("W111", "ask_again")
PLANS: dict[type[Event], tuple[tuple[str, str], ...]] = {
    events.MeetingScheduled: (("W302", "planned"),),
    events.MeetingPostponed: (("W302", "planned"),),
    events.ProposalMade: (("W402", "due"), ASKING),
    events.CommitmentMade: (("W602", "due"), ASKING),
    events.CommitmentRescheduled: (("W602", "due"),),
    events.CommitmentReopened: (("W602", "due"),),
    events.ReminderSent: (ASKING,),
}


def unknown_ids(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse every id that the event names and the ledger does not hold (E102, E202)."""
    for field, name, nouns in unknown_names(candidate):
        code = UNKNOWN.get((type(event), field), "E102")
        yield Finding(code, f"{field}: {_other_noun(candidate, name, nouns)}", field, unknown=name)


def unknown_names(candidate: Candidate) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Yield the field, the id and its nouns for every id that the ledger does not hold.

    The id that the event brings in is not one of them, also where it would depend on itself.
    """
    opened = candidate.event.__opens__
    own_id = getattr(candidate.event, opened) if opened is not None else None
    for field, name, nouns in _named_by(candidate.event):
        is_own = field == opened or (name == own_id and field in FIELDS)
        if not is_own and not candidate.is_one_of(nouns, name):
            yield field, name, nouns


def names_in(event: Event) -> set[str]:
    """Return every id that the event names."""
    return {name for _, name, _ in _named_by(event)}


def _named_by(event: Event) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Yield the field, the id and its nouns for every id, the participants' parties included."""
    said = vars(event)
    for field, nouns in references(type(event)):
        if field in said:
            value: str | tuple[str, ...] = said[field]
            for name in (value,) if isinstance(value, str) else value:
                yield field, name, nouns
    for commitment, _ in map(condition_parts, event.meets):
        yield "meets", commitment, (Noun.COMMITMENT,)
    for person in event.participants:
        if person.party is not None:
            yield "participants", person.party, (Noun.PARTY,)


def _other_noun(candidate: Candidate, name: str, nouns: tuple[Noun, ...]) -> str:
    """Return the noun that the id has instead, how it was lost, or else the nearest known id."""
    expected = " or ".join(nouns) if len(nouns) < len(Noun) else "id"
    other = candidate.noun_of(name)
    if other is not None:
        return f"{name!r} is {other.with_article}, and no {expected}"
    loss = candidate.visible.loss_of(name)
    if loss is not None:
        remedy = f"write {loss.new!r}" if loss.new else "register it again, or name another"
        return f"{loss}: {remedy}"
    sign = invisible_sign(name)
    holds = f", which holds {sign}" if sign else ""
    near = candidate.visible.nearest(name, nouns)
    return f"unknown {expected} {name!r}{holds}{hint_at(near)}"


def in_the_future(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse acts after the day of recording (E101)."""
    first = event.when.first if event.when is not None else None
    if event.when is not None and first is not None and first > candidate.today:
        yield Finding(
            "E101",
            f"when: {event.when.text} is after the day of recording, {day_text(candidate.today)}: "
            f"{PLANNED.get(type(event), 'record it once it has happened')}",
            "when",
        )


def unknown_fields(_: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse inferred fields that the event does not have (E103)."""
    known = attrs.fields_dict(type(event))
    for name in event.inferred:
        if name not in known:
            hint = hint_at_field(type(event), name)
            yield Finding("E103", f"inferred: {name!r} is no field of the event{hint}", "inferred")


def without_day(_: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse an event without a day that fulfils, realises or meets something (E105)."""
    closes = [name for name in CLOSING if getattr(event, name)]
    if event.when is None and closes:
        yield Finding("E105", f"'when' is missing: an event with {closes[0]} has a day", "when")


def without_names(_: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse an empty field that must name at least one id (E105)."""
    for field in lists_needed(type(event)):
        if getattr(event, field) == ():
            yield Finding("E105", f"{field!r} is empty: name at least one", field)


@once_per_class
def lists_needed(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class that must be given and may hold several ids."""
    required = (field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING)
    return tuple(name for name in required if name in NEVER_EMPTY)


def unfit_ids(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse a new id with a sign that nobody sees: it would look like another id (E106).

    What an older log holds under such an id can still be named. A few letters are several in NFC.
    """
    for field, name in _new_ids(candidate, event):
        if name.isascii() and len(name) <= ID_LENGTH:
            continue
        sign = invisible_sign(name)
        if sign is not None:
            remedy = f"write {cleaned(name)!r}" if cleaned(name) else "choose another"
            message = f"{field}: {name!r} holds {sign}, which nobody sees: {remedy}"
            yield Finding("E106", message, field)
        if len(name) > ID_LENGTH:
            message = f"{field}: {short_repr(name)} is longer in NFC than {ID_LENGTH} characters"
            yield Finding("E106", message, field)


def _new_ids(candidate: Candidate, event: Event) -> Iterator[tuple[str, str]]:
    """Yield the field and the id for every id that the event brings into the ledger."""
    yield "id", event.id or ""
    noun = event.__opens__
    if noun is not None and candidate.noun_of_own is None:
        yield noun.value, getattr(event, noun)
    said = vars(event)
    series: str | None = said.get("series")
    if series is not None and not candidate.visible.is_named(series):
        yield "series", series
    conditions: tuple[Condition, ...] = said.get("conditions", ())
    for condition in conditions:
        yield "conditions", condition.id


def taken(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse a new id that already names something, across all nouns (E201, E603)."""
    noun = event.__opens__
    if noun is None:
        return
    name: str = getattr(event, noun)
    owner = candidate.noun_of_own
    if owner is None or (owner is noun and noun in OPENED_AGAIN):
        return
    is_recorded = candidate.fact.position <= candidate.visible.up_to
    if is_recorded and name in candidate.visible.merged.same.values():
        return  # It was registered twice, which is mended.
    first = candidate.visible.openings(owner, name)[0]
    same = candidate.visible.merged.id_of(name)
    read_as = f", read as {same!r}" if same != name else ""
    yield Finding(
        TAKEN.get(noun, "E201"),
        f"{noun}: {name!r} is already the id of {owner.with_article} (event {first.id}){read_as}: "
        f"{_what_would_do(candidate, event, first)}",
        noun.value,
    )


def _what_would_do(candidate: Candidate, event: Event, first: Fact) -> str:
    """Return what to do about an id that is taken: the same event given again needs no other."""
    up_to = candidate.visible.up_to
    is_again = first.position <= up_to < candidate.fact.position
    if is_again and attrs.evolve(event, id=first.id) == first.event:
        return f"the same is recorded at position {first.position}; given again, it needs its id"
    return "choose another"


def looks_alike(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Warn of a new id that looks like another one (W202)."""
    noun = event.__opens__
    if noun is None or candidate.noun_of_own is not None:
        return
    name: str = getattr(event, noun)
    other = candidate.visible.looking_like(name)
    owner = candidate.noun_of(other) if other is not None else None
    if owner is not None:
        message = (
            f"{noun}: {name!r} looks like {other!r}, the id of {owner.with_article}: are they one, "
            "or would another id tell them apart?"
        )
        yield Finding("W202", message, noun.value)


def other_partnership(candidate: Candidate, noun: Noun, name: str) -> Iterator[Finding]:
    """Refuse another partnership than the one to which the id belongs (E106)."""
    own = candidate.before.contents.partnership_of(noun, name)
    other = getattr(candidate.event, "partnership", None)
    if own is not None and other is not None and own != other:
        message = f"partnership: {name!r} belongs to {own!r}, not to {other!r}"
        yield Finding("E106", message, "partnership")


def unsourced(candidate: Candidate, event: events.Act) -> Iterator[Finding]:
    """Warn of an act without a source, given with it or added later (W105)."""
    if event.source:
        return
    # Nothing can be about an event that is not recorded yet.
    is_recorded = candidate.fact.position <= candidate.visible.up_to
    about = candidate.visible.about(event.id) if event.id and is_recorded else []
    if not any(isinstance(fact.event, events.SourceAdded) for fact in about):
        yield Finding(
            "W105", "'source' is missing: say what it rests on, be it only memory", "source"
        )


def unnamed_participants(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Warn of participants without a party, where one is meant (W102)."""
    for person in event.participants:
        if person.party is None:
            yield from _participant(candidate, person)


def parties_in_words(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Warn of a registered party that is called by its name (W102)."""
    for field, name in in_words(event):
        party = candidate.visible.party_called(name)
        if party is not None and not candidate.exists(Noun.PARTY, name):
            yield Finding(
                "W102", f"{field}: {name!r} is a name of party {party!r}: write {party!r}", field
            )


def _participant(candidate: Candidate, person: Participant) -> Iterator[Finding]:
    """Warn of a participant without a party, where one is meant (W102)."""
    party = candidate.visible.party_called(person.person) if person.person is not None else None
    if party is not None:
        message = f"{person.person!r} is a name of party {party!r}: give it as party={party!r}"
    elif person.post is not None:
        message = f"{person.post!r} is a post of no party: say of which"
    else:
        return
    yield Finding("W102", f"participants: {message}", "participants")


def dated_in_the_past(_: Candidate, event: Event) -> Iterator[Finding]:
    """Warn of a plan that is over before the act that makes it (W111, W302, W402, W602)."""
    for code, field in next(plans for cls, plans in PLANS.items() if isinstance(event, cls)):
        planned = getattr(event, field)
        if planned is not None and event.when is not None and planned.surely_before(event.when):
            message = f"{field}: {planned} is before the act itself, {event.when}"
            yield Finding(code, message, field)


# Events about an instrument or, where they name none, about a partnership.
AboutEither: TypeAlias = (
    events.ImplementationReported
    | events.MilestoneReached
    | events.CooperationGivenUp
    | events.CooperationResumed
    | events.NothingDone
)


def subject_missing(_: Candidate, event: AboutEither) -> Iterator[Finding]:
    """Refuse a report that names neither an instrument nor a partnership (E105)."""
    if event.instrument is None and event.partnership is None:
        kind = type(event).__name__
        yield Finding(
            "E105",
            f"'instrument' or 'partnership' is missing: {kind} needs one of them",
            "partnership",
        )


def nobody_named(_: Candidate, event: events.ResponsibilityAssigned) -> Iterator[Finding]:
    """Refuse an assignment of nothing (E105), and of a thing and a person's all at once (E106)."""
    if event.subject is None and event.in_place_of is None:
        message = "'subject' or 'in_place_of' is missing: say what passes, or from whom"
        yield Finding("E105", message, "subject")
    if event.subject is not None and event.in_place_of is not None:
        message = "in_place_of: subject and in_place_of are both given: keep one of them"
        yield Finding("E106", message, "in_place_of")


def inconsistent_figure(_: Candidate, event: events.FigureReported) -> Iterator[Finding]:
    """Warn of a number of encounters and another number of partners (W106)."""
    if any(inconsistencies(event)):
        yield Finding(
            "W106",
            f"partners: {event.value} {event.measure} with {len(event.partners)} partners named "
            "do not add up: keep both as reported, and say so in a note",
            "partners",
        )


def period_not_over(
    _: Candidate,
    event: events.FigureReported | events.ImplementationReported | events.NothingDone,
) -> Iterator[Finding]:
    """Warn of a figure or a report about a period that ends after the day of the act (W108)."""
    last = event.period.last if event.period is not None else None
    if last is not None and event.when.last is not None and event.when.last < last:
        message = f"period: {event.period} ends after the act itself, {event.when}"
        yield Finding("W108", message, "period")


def told_of_the_future(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Warn of a source or a party from after the day of recording (W110)."""
    for field, date in _told(event):
        if date is not None and date.first is not None and date.first > candidate.today:
            today = day_text(candidate.today)
            message = f"{field}: {date} is after the day of recording, {today}: look at it again"
            yield Finding("W110", message, field)


def _told(event: Event) -> Iterator[tuple[str, EdtfDate | None]]:
    """Yield the paths and dates of what an event tells of, which was there when it was recorded."""
    if isinstance(event, events.PartyRegistered):
        yield "founded", event.founded
    for place, source in enumerate(event.source):
        number = f"[{place}]" if len(event.source) > 1 else ""
        yield f"source{number}.published", source.published
        yield f"source{number}.retrieved", source.retrieved


def slow_clock(last_us: int, clock_us: int) -> str | None:
    """Return the words for a clock that is behind the last record time; None if it is not.

    Record times strictly increase, so that a clock once ahead is ahead in the log for good.
    """
    if last_us - clock_us <= TOLERATED_US:
        return None
    return (
        f"recorded_at: the clock says {instant_text(clock_us)}, and the last record time is "
        f"{instant_text(last_us)}: one of the clocks is wrong, and record times go on from there"
    )
