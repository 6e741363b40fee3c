"""Participations: what each party of a text did under it, and for whom it is in force."""

from collections.abc import Iterable, Iterator, Sequence

from coopledger import events
from coopledger._dates.asked_day import Day
from coopledger._dates.days import day_text
from coopledger._dates.marks import is_doubtful_on, marked
from coopledger._facts.index import BEGINNING, Fact
from coopledger._frozen import frozen
from coopledger._rules.participants import Participants
from coopledger._rules.party_case import PartyCase
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._shown import Shown
from coopledger.answers._wording import label, one_line, phrase
from coopledger.dates import EdtfDate, edtf
from coopledger.terms import ConsentMeans


@frozen(kw_only=True)
class Participation(Shown):
    """Life of one party under a text on the day, in its present spell.

    Attributes:
        instrument: The text.
        party: The party, by the name under which it acts on the day.
        signed_on: The date of its signature.
        consented_on: The date of its consent to be bound.
        how: The means of that consent.
        in_force: Whether the text is in force for it.
        in_force_since: The first day of that, with ``~`` where the date behind it is fuzzy; None
            where it is unknown, as for a text in force since before the record.
        notice_on: The date of its notice.
        ends: The first day out of effect that its notice names, as it was said.
        left_on: The first day on which the text is no longer its own, with ``~`` likewise.
        reservations: What it said about how the text binds it, as it was said.
        superseded_by: The text that binds it in the place of this one, which lives on.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    instrument: str
    party: str
    signed_on: EdtfDate | None
    consented_on: EdtfDate | None
    how: ConsentMeans | None
    in_force: bool
    in_force_since: EdtfDate | None
    notice_on: EdtfDate | None
    ends: EdtfDate | None
    left_on: EdtfDate | None
    reservations: tuple[str, ...]
    superseded_by: str | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the party and what it did, on one line."""
        return one_line(
            f"{self.party} under {self.instrument}",
            phrase("signed ", self.signed_on),
            phrase(f"{label(self.how)} " if self.how else "", self.consented_on),
            phrase("in force since ", self.in_force_since)
            or ("in force" if self.in_force else None),
            phrase("notice of ", self.notice_on),
            phrase("out of effect from ", self.ends),
            phrase("left on ", self.left_on),
            phrase("bound instead by ", self.superseded_by),
            *self.reservations,
        )


def participations(snapshot: Snapshot, name: str) -> Answers[Participation]:
    """Return the participation of each party of the text, those that left among them."""
    participants, superseded = snapshot.participants(name), snapshot.superseding(name)
    held: dict[str, list[str]] = {}
    for joined, case in participants.cases.items():
        day = snapshot.day if case.left is None else case.left[0]  # Who left keeps its name.
        for party in participants.last_holders(joined, day):
            own = participants.cases.get(party, case)
            is_own = own.belongs_on(day) and party in participants.followed(party, day)
            if own is case or case.left is None or not is_own:
                held.setdefault(party, []).append(joined)  # Else it has the text itself.
    return Answers(
        (
            _participation(snapshot, name, party, names, superseded.get(party))
            for party, names in held.items()
        ),
        kind=Participation,
    )


def parties_on(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the parties of the text on the day, under the names under which they act."""
    participants, day = snapshot.participants(name), snapshot.day
    return participants.acting(participants.present(day), day)


def in_force_for(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the parties for which the text is in force on the day."""
    participants, day = snapshot.participants(name), snapshot.day
    is_binding = snapshot.instrument(name).is_binding
    return participants.acting(participants.in_force(day), day) if is_binding else ()


def without_consent(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the parties of the day that have not consented; of an open text those that signed."""
    participants, day = snapshot.participants(name), snapshot.day
    is_open = snapshot.instrument_context(name).open_for_signature
    cases, present = participants.cases, participants.present(day)
    have = participants.acting([each for each in present if cases[each].consented], day)
    awaited = [each for each in present if not is_open or cases[each].signed]
    return tuple(party for party in participants.acting(awaited, day) if party not in have)


def _participation(
    snapshot: Snapshot, name: str, party: str, held: list[str], superseded_by: str | None
) -> Participation:
    """Return the answer about one party, which may stand in the place of several."""
    case, participants = snapshot.instrument(name), snapshot.participants(name)
    day = snapshot.day
    if len(held) > 1:
        held = _own_first(participants, party, held)
    left = participants.cases[held[0]].left
    held = [
        each for each in held if _left_in(participants, each) == _left_in(participants, held[0])
    ]
    cases = [participants.cases[each] for each in held]
    signed = _shown(participants, party, held, _signatures(participants, held))
    consent = _shown(participants, party, held, [each.consented for each in cases])
    bound = (
        _in_force_since(participants, party, held, day) if case.is_binding and not left else None
    )
    since = bound if bound and bound[1] != case.implied_by else None
    notice = cases[0].notice if left else _notice(participants, held[:1])
    fact = snapshot.visible.fact(notice) if notice is not None else None
    given = fact.event if fact is not None else None
    given = given if isinstance(given, events.TerminationNotified) else None
    basis = evidence(snapshot, _deciding(cases, bound, notice))
    return Participation(
        instrument=name,
        party=party,
        signed_on=signed.event.when if signed else None,
        consented_on=consent.event.when if consent else None,
        how=next((each.how for each in cases if consent and each.consented is consent), None),
        in_force=bound is not None,
        in_force_since=_marked(snapshot, *since) if since else None,
        notice_on=given.when if given else None,
        ends=given.ends if given else None,
        left_on=_marked(snapshot, *left) if left else None,
        reservations=tuple(map(_said, cases[0].reservations)),
        superseded_by=superseded_by,
        certain=basis.certain and not (given and is_doubtful_on(given.ends, day)),
        decided_by=basis.events,
    )


def _left_in(participants: Participants, name: str) -> int | None:
    """Return the day from which a party had left, in its last spell."""
    left = participants.cases[name].left
    return left[0] if left is not None else None


def _signatures(participants: Participants, held: Sequence[str]) -> list[Fact | None]:
    """Return the signatures; those of a spell of the text that is over where no other is there."""
    stale, signatures = participants.stale, [participants.cases[name].signed for name in held]
    pairs = zip(held, signatures, strict=True)
    fresh = [None if name in stale else signature for name, signature in pairs]
    return fresh if any(fresh) else signatures


def _marked(snapshot: Snapshot, day: int, position: int) -> EdtfDate | None:
    """Return a day that an event brought about, with the mark of the date behind it.

    None for the beginning.
    """
    fact = snapshot.visible.fact(position)
    if fact is None or day <= BEGINNING:
        return None
    event = fact.event
    when = event.effective or event.when
    if isinstance(event, events.TerminationNotified) and event.ends.settled == day:
        when = event.ends
    return edtf(day_text(day)) if when is None else marked(day, by=when)


def _is_over(case: PartyCase) -> tuple[bool, int]:
    """Return whether the party has left, and the order of those that have, the last one first."""
    return (False, 0) if case.left is None else (True, -case.left[0])


def _own_first(participants: Participants, party: str, held: Sequence[str]) -> list[str]:
    """Return the names that a party holds: its own first, and who took over from others sooner."""

    def order(name: str) -> tuple[tuple[bool, int], bool, int, int]:
        took_over = sum(_took_over(participants, name, other) for other in held)
        since = _held_since(participants, party, name)
        return _is_over(participants.cases[name]), name != party, -took_over, since

    return sorted(held, key=order)


def _held_since(participants: Participants, party: str, name: str) -> int:
    """Return the day from which a party is in the place of another one."""
    days = participants.relations.days_of_succession([name])
    return min((day for day in days if party in participants.followed(name, day)), default=0)


def _took_over(participants: Participants, name: str, other: str) -> bool:
    """Return whether a party stood in the place of another one until others took over from it."""
    relations = participants.relations
    days = relations.days_of_succession([name])
    return name != other and any(name in relations.successors(other, day - 1) for day in days)


def _shown(
    participants: Participants, party: str, held: Sequence[str], facts: Sequence[Fact | None]
) -> Fact | None:
    """Return the party's own act, or what it lacked when it took over from another one."""
    days = [fact.effect if fact is not None else None for fact in facts]
    at = _place_shown(participants, party, held, days)
    return facts[at] if at is not None else None


def _place_shown(
    participants: Participants, party: str, held: Sequence[str], days: Sequence[int | None]
) -> int | None:
    """Return the place of the party's own day, or of what it lacked when it took over."""
    place, shown, own = None, 0, {party, held[0]}
    for at, (name, day) in enumerate(zip(held, days, strict=True)):
        if day is None:
            continue
        if place is None or (
            day < shown and own & {*participants.relations.successors(name, shown)}
        ):
            place, shown = at, day
    return place


def _in_force_since(
    participants: Participants, party: str, held: Sequence[str], day: Day
) -> tuple[int, int] | None:
    """Return the first day on which the text is in force for the party, and by which event."""
    days = [participants.in_force_since(name, participants.cases[name]) for name in held]
    past = [each[0] if each is not None and each[0] <= day else None for each in days]
    at = _place_shown(participants, party, held, past)
    return days[at] if at is not None else None


def _notice(participants: Participants, held: Iterable[str]) -> int | None:
    """Return the position of the notice that runs."""
    notices = participants.notices
    return next((notices[name].position for name in held if name in notices), None)


def _deciding(
    cases: Iterable[PartyCase], since: tuple[int, int] | None, notice: int | None
) -> Iterator[int | None]:
    """Yield the positions of the events behind the answer."""
    for case in cases:
        yield from (fact.position for fact in (case.signed, case.consented) if fact)
        yield from (fact.position for fact in case.reservations)
    yield since[1] if since else None
    yield notice


def _said(fact: Fact) -> str:
    """Return the kind of a reservation, its article and its words."""
    event = fact.event
    if not isinstance(event, events.ReservationMade):
        return ""
    article = f" on {event.article}" if event.article else ""
    return f"{label(event.kind)}{article}: {event.text}"
