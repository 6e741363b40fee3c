"""Checks on what a party does for itself under a text, and on the members of partnerships.

Codes: E207, E503, E508, E510, E511, E513, E514, W201, W508.
"""

from collections.abc import Iterable, Iterator

from coopledger import events
from coopledger._rules.instrument_table import ENDED
from coopledger._rules.parties import Affair
from coopledger._rules.party_case import ENOUGH
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.terms import ConsentMeans


def instrument_signed(candidate: Candidate, event: events.InstrumentSigned) -> Iterator[Finding]:
    """Refuse a signer that is no party (E503); a text that is open takes any."""
    if candidate.before.instrument(event.instrument).context.open_for_signature:
        return
    for field in ("signers", "missing_signers"):
        yield from _not_parties(candidate, event.instrument, field, getattr(event, field))


def instrument_ratified(
    candidate: Candidate, event: events.InstrumentRatified
) -> Iterator[Finding]:
    """Refuse the consent of no party (E503); who signs an open text by it belongs to it."""
    is_open = candidate.before.instrument(event.instrument).context.open_for_signature
    if is_open and event.how is ConsentMeans.DEFINITIVE_SIGNATURE:
        return
    yield from _not_parties(candidate, event.instrument, "party", [event.party])


def parties_entered(
    candidate: Candidate, event: events.InstrumentEnteredIntoForce
) -> Iterator[Finding]:
    """Refuse an entry into force for no party (E503)."""
    yield from _not_parties(candidate, event.instrument, "parties", event.parties)


def instrument_acceded(candidate: Candidate, event: events.InstrumentAcceded) -> Iterator[Finding]:
    """Refuse the accession of a party that has consented and not left (E510)."""
    participants = candidate.before.participants(event.instrument)
    for name in participants.held_by(event.party, candidate.fact.effect):
        case = participants.cases[name]
        if case.consented is not None and case.left is None:
            yield Finding(
                "E510",
                f"party: {event.party!r} has consented to {event.instrument!r} already, on "
                f"{case.consented.event.when} (event {case.consented.id}): it may accede again "
                "after it has left",
                "party",
            )


def notice_by_parties(candidate: Candidate, event: events.TerminationNotified) -> Iterator[Finding]:
    """Refuse notice by no party (E503)."""
    yield from _not_parties(candidate, event.instrument, "by", event.by)


def terminated_by_parties(
    candidate: Candidate, event: events.InstrumentTerminated
) -> Iterator[Finding]:
    """Refuse that one which never was a party leaves more than two (E503)."""
    participants, day = candidate.before.participants(event.instrument), candidate.fact.effect
    if event.mutual or not participants.are_several(day):
        return
    strangers = [name for name in event.by if not participants.had([name], day)]
    yield from _not_parties(candidate, event.instrument, "by", strangers)


def notice_withdrawn(
    candidate: Candidate, event: events.TerminationNoticeWithdrawn
) -> Iterator[Finding]:
    """Refuse to take back a notice that is not pending (E508), or one of several unnamed (E511)."""
    participants, day = candidate.before.participants(event.instrument), candidate.fact.effect
    yield from _not_parties(candidate, event.instrument, "by", event.by)
    has_ended = candidate.before.instrument(event.instrument).state in ENDED
    notices = {} if has_ended else participants.notices
    if event.by:
        if not any(name in notices for name in (*participants.meant(event.by, day), *event.by)):
            by = ", ".join(map(repr, event.by))
            message = f"by: no notice of {by} is pending for {event.instrument!r}"
            yield Finding("E508", message, "by")
    elif not notices:
        message = f"instrument: no notice is pending for {event.instrument!r}"
        yield Finding("E508", message, "instrument")
    elif len({notice.position for notice in notices.values()}) > 1:
        names = ", ".join(map(repr, participants.acting(notices, day)))
        message = f"by: notices of {names} run for {event.instrument!r}: name whose is taken back"
        yield Finding("E511", message, "by")


def signature_withdrawn(
    candidate: Candidate, event: events.SignatureWithdrawn
) -> Iterator[Finding]:
    """Refuse to take back a signature that was not given, or that binds already (E513)."""
    yield from _not_parties(candidate, event.instrument, "by", event.by)
    case, day = candidate.before.instrument(event.instrument), candidate.fact.effect
    participants = candidate.before.participants(event.instrument)
    for heir in participants.acting(participants.meant(event.by, day), day):
        lives = [participants.cases[name] for name in participants.holding_with_others(heir, day)]
        signed = next((life.signed for life in lives if life.signed), None)
        consented = next((life.consented for life in lives if life.consented), None)
        if signed is None:
            reason = "has not signed"
        elif case.binds_by_signature:
            reason = f"is bound by its signature of {signed.event.when}: give notice"
        elif consented is not None:
            reason = f"has consented on {consented.event.when}: give notice"
        else:
            continue
        yield Finding("E513", f"by: {heir!r} {reason}", "by")


def reservation_made(candidate: Candidate, event: events.ReservationMade) -> Iterator[Finding]:
    """Refuse the reservation of no party (E503)."""
    yield from _not_parties(candidate, event.instrument, "party", [event.party])


def reservation_withdrawn(
    candidate: Candidate, event: events.ReservationWithdrawn
) -> Iterator[Finding]:
    """Refuse to take back a reservation that was not made (E514)."""
    participants, day = candidate.before.participants(event.instrument), candidate.fact.effect
    made = [
        getattr(fact.event, "article", None)
        for name in participants.meant([event.party], day)
        for fact in participants.cases[name].reservations
    ]
    if not made or (event.article is not None and event.article not in made):
        on = f" on {event.article}" if event.article is not None else ""
        message = (
            f"party: no reservation of {event.party!r}{on} to {event.instrument!r} is recorded"
        )
        yield Finding("E514", message, "party")


def replaces_for_others(
    candidate: Candidate, event: events.InstrumentRegistered
) -> Iterator[Finding]:
    """Warn where a text between two is replaced by one of which not both are parties (W508).

    Who will be a party of an open text is not known yet.
    """
    if event.open_for_signature and not event.parties:
        return
    parties = event.parties or candidate.before.parties_of(event.partnership)
    for name in event.supersedes:
        old = candidate.ever.participants(name)
        theirs = old.acting(old.cases, candidate.fact.effect)
        covered = {above for party in parties for above in old.relations.above(party)}
        if 0 < len(theirs) <= ENOUGH and parties and not covered.issuperset(theirs):
            yield Finding(
                "W508",
                f"supersedes: {name!r} is between {', '.join(theirs)}, and this text is not: it "
                "will end when this one takes effect",
                "supersedes",
            )


def party_joined(candidate: Candidate, event: events.PartyJoined) -> Iterator[Finding]:
    """Refuse a party that is a member already, or those that took over from it (E207)."""
    if _meant(candidate, event).issubset(candidate.before.parties_of(event.partnership)):
        message = f"party: {event.party!r} is a member of {event.partnership!r} already"
        yield Finding("E207", message, "party")


def party_left(candidate: Candidate, event: events.PartyLeft) -> Iterator[Finding]:
    """Refuse a party that is no member (E207); warn where fewer than two stay (W201)."""
    members = candidate.before.parties_of(event.partnership)
    if _meant(candidate, event).isdisjoint(members):
        names = ", ".join(members) or "none"
        message = (
            f"party: {event.party!r} is no member of {event.partnership!r}: its members are {names}"
        )
        yield Finding("E207", message, "party")
    elif len(members) <= ENOUGH:
        message = f"party: fewer than two stay in {event.partnership!r}: record how it ends too"
        yield Finding("W201", message, "party")


def _meant(candidate: Candidate, event: events.PartyJoined | events.PartyLeft) -> set[str]:
    """Return who is meant by the name of a member: who took over from it, where others did."""
    affair, day = Affair(event.partnership, event.partnership), candidate.fact.effect
    return {*candidate.before.parties.meant(event.party, by_day=day, of=affair)}


def _not_parties(
    candidate: Candidate, instrument: str, field: str, names: Iterable[str]
) -> Iterator[Finding]:
    """Refuse whoever is no party of the text, nor belongs to one (E503)."""
    participants, day = candidate.before.participants(instrument), candidate.fact.effect
    for name in names:
        if not participants.meant([name], day):
            parties = participants.acting(participants.present(day), day)
            yield Finding(
                "E503",
                f"{field}: {name!r} is no party of {instrument!r}, nor does it belong to one: "
                f"its parties are {', '.join(parties) or 'not known'}",
                field,
            )
