"""Instruments: the state of each, its dates and signers; and the signatures by date."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coopledger import events
from coopledger._dates.asked_day import AFTER_ALL_DAYS
from coopledger._dates.days import day_text
from coopledger._dates.lazy_types import Date
from coopledger._dates.marks import marked
from coopledger._display.catalogue import words
from coopledger._facts.index import BEGINNING, Fact
from coopledger._frozen import frozen
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_table import ENDED, HAS_TERM, IN_EFFECT
from coopledger._rules.stage import EXPIRING_WITHIN_DAYS
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._conduct import conduct_of_text, given_up_flags
from coopledger.answers._evidence import evidence, first_day, is_certain_since
from coopledger.answers._filters import Things, is_, names, one, passing
from coopledger.answers._following import followed_up, following
from coopledger.answers._fuzzy_ends import (
    ended_on_fuzzy_end,
    notice_end,
    rests_on_fuzzy_end,
    shown_term,
    term_end,
)
from coopledger.answers._obstructions import obstruction
from coopledger.answers._scope import EVERYWHERE, Scope, Within, filters_of, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._ties import later_texts
from coopledger.answers._titles import title_of_text
from coopledger.answers._wording import comma_list, label, named, one_line, phrase, state_since
from coopledger.answers.participations import in_force_for, parties_on, without_consent
from coopledger.answers.parties import other_than
from coopledger.dates import EdtfDate, edtf
from coopledger.terms import Conduct, Flag, InstrumentKind, InstrumentState, Noun, RenewalDecision
from coopledger.values import Document

S = InstrumentState


@frozen(kw_only=True)
class Instrument(Shown):
    """State of an instrument on the day, with its dates and signers.

    Attributes:
        id: Its id.
        partnership: The partnership to which it belongs; None if not known then.
        kind: Its kind; None if not known then.
        title: Its title, or else its kind and the names of its parties.
        parties: Its parties on the day, bound by it or not.
        state: Its state.
        since: The first day of the state.
        since_certain: Whether the first day comes from no fuzzy date; it prints with ``~`` if not.
        flags: Its flags, sorted.
        in_force_for: The parties for which it is in force on the day.
        signed_on: The date of the signature that made it complete; the last one after a break.
        term_start: The first day of its last time in effect, with ``~`` where the date behind it
            is fuzzy.
        term_end: The last day of its current term, as recorded or as rolled on, or the end of the
            text with which it ends, where that is earlier; None if unknown, endless, or over for
            another reason.
        notice_deadline: The last day on which notice stops the next tacit renewal, with ``~``
            where the end of the term is fuzzy.
        ends: The first day out of effect that a pending notice names, as it was said.
        missing_signers: The parties that have still to sign, once signing has begun.
        not_ratified: The parties that have still to consent, where that is awaited.
        missing_consents: How many consents are missing until it may enter into force, where its
            registration says after how many it does.
        supersedes: The texts that it ends once it takes effect.
        superseded_by: The instrument that took effect in its place.
        amended_by: The texts that changed it, in the order in which they did.
        extends: The texts that it prolongs or widens.
        implements: The texts that it carries out.
        depositary: The party that keeps it and counts the consents.
        identifiers: Its numbers in registers, each after the name of the register.
        documents: The documents given with its registration and with acts on it by the day.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
        amends: The texts that it changed.
        extended_by: The texts that prolong or widen it.
        implemented_by: The texts that carry it out.
        ends_with: The text with which it ends.
        decision: What is decided about the end of its current term.
        conduct: What is done under it, while it is in effect or suspended.
        conduct_since: The first day of that; None where it is unknown or the beginning.
        conduct_certain: Whether no date behind the conduct is fuzzy.
        conduct_by: The events that decided the conduct.
        obstructed_since: The first day of the oldest obstacle in its way.
        last_asked: The date of the last reminder.
        times_asked: How many reminders there were.
        ask_again: The day from which to ask again.
        responsible: Who of us sees to it; where nobody was named, who sees to its partnership.
    """

    id: str
    partnership: str | None
    kind: InstrumentKind | None
    title: str
    parties: tuple[str, ...]
    state: InstrumentState
    since: Date | None
    since_certain: bool
    flags: tuple[Flag, ...]
    in_force_for: tuple[str, ...]
    signed_on: EdtfDate | None
    term_start: EdtfDate | None
    term_end: EdtfDate | None
    notice_deadline: EdtfDate | None
    ends: EdtfDate | None
    missing_signers: tuple[str, ...]
    not_ratified: tuple[str, ...]
    missing_consents: int | None
    supersedes: tuple[str, ...]
    superseded_by: str | None
    amended_by: tuple[str, ...]
    extends: tuple[str, ...]
    implements: tuple[str, ...]
    depositary: str | None
    identifiers: tuple[str, ...]
    documents: tuple[Document, ...]
    certain: bool
    decided_by: tuple[str, ...]
    amends: tuple[str, ...]
    extended_by: tuple[str, ...]
    implemented_by: tuple[str, ...]
    ends_with: str | None
    decision: RenewalDecision | None
    conduct: Conduct | None
    conduct_since: Date | None
    conduct_certain: bool
    conduct_by: tuple[str, ...]
    obstructed_since: Date | None
    last_asked: EdtfDate | None
    times_asked: int
    ask_again: EdtfDate | None
    responsible: str | None

    @property
    def is_incomplete(self) -> bool:
        """Return whether a party has still to sign it, or to ratify it where that is awaited."""
        return bool(self.missing_signers or self.not_ratified)

    @property
    def is_undecided(self) -> bool:
        """Return whether nobody decided on its own end, nor gave a notice that ends it."""
        return self.decision is None and self.ends is None and Flag.FOLLOWING not in self.flags

    @property
    def short_title(self) -> str:
        """Return its own title, or else its kind alone, for whoever knows of whom it is."""
        kind = words().term(self.kind) if self.kind else ""
        return kind if kind and self.title.startswith(f"{kind}, ") else self.title

    def __str__(self) -> str:
        """Return its state, kind, parties, title, dates, missing acts and flags, on one line."""
        return one_line(
            named(self.title, self.id),
            state_since(self.state, self.since, certain=self.since_certain),
            phrase(f"{words().term(self.kind or Noun.INSTRUMENT)} of ", self.parties)
            if self.short_title == self.title
            else None,
            phrase("signed ", self.signed_on),
            phrase("until ", self.term_end),
            phrase("notice by ", self.notice_deadline),
            phrase("out of effect from ", self.ends),
            phrase("replaces ", self.supersedes),
            phrase("replaced by ", self.superseded_by),
            phrase("amended by ", self.amended_by),
            phrase("extends ", self.extends),
            phrase("implements ", self.implements),
            phrase("ends with ", self.ends_with),
            phrase("decided: ", label(self.decision) if self.decision else None),
            phrase("still to sign: ", self.missing_signers),
            phrase("still to ratify: ", self.not_ratified),
            _told(self.conduct, self.conduct_since, certain=self.conduct_certain),
            *followed_up(self),
            *map(label, self.flags),
        )


@frozen(kw_only=True)
class Signature(Shown):
    """Text that came to be signed by all who must sign.

    Attributes:
        instrument: The instrument.
        partnership: The partnership.
        kind: The kind of instrument.
        when: The date of the signature that made it complete.
        parties: Its parties.
        countries: The countries of its parties, ISO 3166-1 alpha-2, sorted.
        without_country: Its parties that have none, such as international organisations.
        event: The id of the event.
    """

    instrument: str
    partnership: str
    kind: InstrumentKind
    when: EdtfDate
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    without_country: tuple[str, ...]
    event: str

    def __str__(self) -> str:
        """Return the text, its date, kind, partnership and countries, on one line."""
        return one_line(
            self.instrument,
            f"signed {self.when}",
            f"{label(self.kind)} of {self.partnership}",
            comma_list((*self.countries, *self.without_country)),
        )


def instrument(snapshot: Snapshot, name: str) -> Instrument:
    """Return the answer about the instrument."""
    case, known = snapshot.instrument(name), _registered(snapshot, name)
    parties, later = parties_on(snapshot, name), later_texts(snapshot, name)
    deadline, obstacles = _notice_deadline(case), obstruction(snapshot, name)
    flags = [*_flags(snapshot, case).items(), *_given_up(snapshot, name), *obstacles.flags]
    deciding = _deciding(case, has_deadline=deadline is not None)
    basis = evidence(snapshot, [*deciding, *(position for _, position in flags)])
    return Instrument(
        id=name,
        title=title_of_text(snapshot, name, known, parties),
        parties=parties,
        in_force_for=in_force_for(snapshot, name),
        state=case.state,
        since=first_day(case.since),
        since_certain=_is_certain_since(snapshot, name, case),
        flags=tuple(sorted({flag for flag, _ in flags})),
        signed_on=case.signings[-1].event.when if case.signings else None,
        term_start=_term_start(snapshot, case),
        term_end=term_end(case),
        notice_deadline=deadline,
        ends=notice_end(snapshot, case),
        missing_signers=_missing_signers(snapshot, name),
        not_ratified=_not_ratified(snapshot, name),
        missing_consents=_missing_consents(snapshot, name),
        superseded_by=case.superseded_by if case.state is S.SUPERSEDED else None,
        amended_by=tuple(each for each in case.amendments if each != name),
        documents=_documents(snapshot, name, known),
        certain=basis.certain and not rests_on_fuzzy_end(snapshot, name),
        amends=later.amends,
        extended_by=later.extended_by,
        implemented_by=later.implemented_by,
        decision=case.decided.word if case.decided else None,
        obstructed_since=obstacles.since,
        **_said_of(name, known),
        **_conduct(snapshot, name),
        **following(snapshot, Noun.INSTRUMENT, name, basis=basis, closed=_ended_on(case)),
    )


def _said_of(name: str, known: events.InstrumentRegistered | None) -> dict[str, Any]:
    """Return what the registration of the text says, by the fields of the answer."""
    return {
        "partnership": known.partnership if known else None,
        "kind": known.kind if known else None,
        "supersedes": tuple(each for each in known.supersedes if each != name) if known else (),
        "extends": _ids(other_than(name, known.extends if known else None)),
        "implements": _ids(other_than(name, known.implements if known else None)),
        "ends_with": other_than(name, known.ends_with if known else None),
        "depositary": known.depositary if known else None,
        "identifiers": _numbers(known.identifiers) if known else (),
    }


def _conduct(snapshot: Snapshot, name: str) -> dict[str, Any]:
    """Return what is done under the text, by the fields of the answer."""
    conducted = conduct_of_text(snapshot, name)
    return {
        "conduct": conducted.conduct,
        "conduct_since": conducted.since,
        "conduct_certain": conducted.certain,
        "conduct_by": conducted.decided_by,
    }


def _told(conduct: Conduct | None, since: Date | None, *, certain: bool) -> str | None:
    """Return the conduct of a text that was given up, of which its state says nothing."""
    told = conduct is Conduct.GIVEN_UP
    return state_since(Conduct.GIVEN_UP, since, certain=certain) if told else None


def _given_up(snapshot: Snapshot, name: str) -> list[tuple[Flag, int]]:
    """Return the flag that some gave it up; where all did so, its conduct tells it."""
    flags = given_up_flags(snapshot, name)
    return [raised for raised in flags if raised[0] is Flag.GIVEN_UP_BY_SOME]


def _ended_on(case: InstrumentCase) -> int | None:
    """Return the day on which the text ended, as an ordinal; None while it has not."""
    return case.since if case.state in ENDED else None


def _registered(snapshot: Snapshot, name: str) -> events.InstrumentRegistered | None:
    """Return the registration of the instrument, if it is known then."""
    registered = snapshot.registration(Noun.INSTRUMENT, name)
    return registered if isinstance(registered, events.InstrumentRegistered) else None


def _is_certain_since(snapshot: Snapshot, name: str, case: InstrumentCase) -> bool:
    """Return whether the first day of the state rests on no fuzzy date."""
    is_certain = is_certain_since(snapshot, case.since, [case.history.set_by])
    return is_certain and not ended_on_fuzzy_end(snapshot, name)


def _flags(snapshot: Snapshot, case: InstrumentCase) -> dict[Flag, int | None]:
    """Return the flags on the day, each with the position of the event that set it."""
    shown = case.flags_shown
    term = case.current_term
    if term is not None and _is_to_be_decided(snapshot, case):
        shown[Flag.TO_DECIDE] = term.set_by
    return shown


def _is_to_be_decided(snapshot: Snapshot, case: InstrumentCase) -> bool:
    """Return whether its own end, or the last day for notice, is near and nothing is decided."""
    if case.state not in IN_EFFECT or case.ends is not None or case.decided is not None:
        return False
    days = (case.current_end, _last_day_for_notice(case)) if case.following is None else ()
    return any(day is not None and 0 <= day - snapshot.day <= EXPIRING_WITHIN_DAYS for day in days)


def _numbers(identifiers: Mapping[str, object]) -> tuple[str, ...]:
    """Return the numbers of a text in registers, each after the name of the register."""
    return tuple(f"{register} {number}" for register, number in identifiers.items())


def _documents(
    snapshot: Snapshot, name: str, known: events.InstrumentRegistered | None
) -> tuple[Document, ...]:
    """Return the documents of a text, those of its registration first, each once."""
    own = (known,) if known is not None else ()
    acts = (fact.event for fact in snapshot.facts(name))
    on_it = (each for each in acts if isinstance(each, events.InstrumentAct))
    telling = (*own, *(each for each in on_it if each.instrument == name))
    return tuple(dict.fromkeys(document for each in telling for document in each.documents))


def _ids(name: str | None) -> tuple[str, ...]:
    """Return the one id as ids; none for none."""
    return () if name is None else (name,)


INSTRUMENTS = Things(noun=Noun.INSTRUMENT, kind=Instrument, answer=instrument)


def instruments(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    state: InstrumentState | None = None,
    flag: Flag | None = None,
    kind: InstrumentKind | None = None,
    conduct: Conduct | None = None,
    incomplete: bool = False,
    without_document: bool = False,
    without_yield: bool = False,
) -> Answers[Instrument]:
    """Return the instruments of the scope that are known then."""
    return passing(
        listed_in(snapshot, INSTRUMENTS, scope),
        (state, lambda each: each.state is state),
        (flag, lambda each: flag in each.flags),
        (kind, lambda each: each.kind is kind),
        (conduct, lambda each: each.conduct is conduct),
        (incomplete, lambda each: each.is_incomplete),
        (without_document, lambda each: not each.documents),
        (without_yield, lambda each: not _has_yield(snapshot, each.id)),
    )


def _has_yield(snapshot: Snapshot, name: str) -> bool:
    """Return whether somebody reported by the day what was done under the text."""
    return any(
        isinstance(fact.event, events.ImplementationReported) and fact.event.instrument == name
        for fact in snapshot.facts(name)
    )


def expiring(
    snapshot: Snapshot,
    every: Iterable[Instrument],
    *,
    within_days: int,
    undecided: bool = False,
) -> Answers[Instrument]:
    """Return those of the instruments in effect that end within the days, soonest first.

    Both ends of the days count.
    """
    ends = [(_shown_end(each, snapshot.ordinal), each) for each in every]
    soon = [(end, each) for end, each in ends if end - snapshot.ordinal <= within_days]
    in_order = [each for _, each in sorted(soon, key=lambda pair: pair[0])]
    if undecided:
        in_order = [each for each in in_order if each.is_undecided]
    return Answers(in_order, kind=Instrument)


def _shown_end(answer: Instrument, day: int) -> int:
    """Return the next end of an instrument in effect, from the day on, by the ends that it shows.

    That is the end that `next_end` gives, or the day after all days.
    """
    if answer.state not in IN_EFFECT:
        return AFTER_ALL_DAYS
    ends = [answer.ends and answer.ends.settled, answer.term_end and answer.term_end.last]
    return min((end for end in ends if end is not None and end >= day), default=AFTER_ALL_DAYS)


def next_end(snapshot: Snapshot, name: str) -> tuple[int, int] | None:
    """Return the next end of an instrument in effect, as an ordinal, and the event that set it.

    That is the last day of the term or the end that a notice names, whichever comes first.
    """
    case = snapshot.instrument(name)
    if case.state not in IN_EFFECT:
        return None
    term = case.following or case.current_term
    ends = [(case.ends, case.set_by.get("notice"))]
    ends += [(term.last, term.set_by)] if term is not None else []
    return min(
        (
            (day, position)
            for day, position in ends
            if day is not None and position is not None and day >= snapshot.day
        ),
        default=None,
    )


def _term_start(snapshot: Snapshot, case: InstrumentCase) -> EdtfDate | None:
    """Return the first day of its last time in effect; None if it never was, or that is unknown."""
    start = case.last_time_held
    fact = snapshot.visible.fact(start.position) if start is not None else None
    if start is None or fact is None or start.day <= BEGINNING or fact.position == case.implied_by:
        return None
    when = fact.event.effective or fact.event.when
    return edtf(day_text(start.day)) if when is None else marked(start.day, by=when)


def _deciding(case: InstrumentCase, *, has_deadline: bool) -> Iterator[int | None]:
    """Yield the positions of the events behind the state and the dates shown."""
    term = shown_term(case)
    yield case.history.set_by
    if term is not None:
        yield term.set_by
    is_own = case.following is None
    if has_deadline or (term is not None and is_own and term.rolled):
        yield case.context.renewal_by
    if case.decided is not None:
        yield case.decided.position
    if _notice_runs(case):
        yield case.set_by.get("notice")


def _notice_runs(case: InstrumentCase) -> bool:
    """Return whether a notice is pending."""
    return case.ends is not None and case.state in HAS_TERM


def _notice_deadline(case: InstrumentCase) -> EdtfDate | None:
    """Return the last day on which notice stops the next tacit renewal, with its mark."""
    day, term = _last_day_for_notice(case), case.current_term
    end = term.end if term is not None else None
    return marked(day, by=end) if day is not None and end is not None else None


def _last_day_for_notice(case: InstrumentCase) -> int | None:
    """Return the last day on which notice stops the next tacit renewal of the current term."""
    day = case.last_day_for_notice
    return day if case.state in IN_EFFECT and case.ends is None else None


def _missing_signers(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the parties that have still to sign, once signing has begun."""
    case, participants = snapshot.instrument(name), snapshot.participants(name)
    if Flag.PARTIALLY_SIGNED not in case.flags:
        return ()
    missing = [each for each in participants.cases if each in case.unsigned]
    return participants.acting(missing, snapshot.day)


def _not_ratified(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the parties still to consent to a text that takes effect separately.

    They are told from the first signature, consent or adoption on until it is in force; after that
    only where some consent is on record.
    """
    case, participants = snapshot.instrument(name), snapshot.participants(name)
    if case.state in ENDED or case.binds_by_signature:
        return ()
    if any(each.consented for each in participants.cases.values()):
        return without_consent(snapshot, name)
    return without_consent(snapshot, name) if case.has_begun and not participants.entries else ()


def _missing_consents(snapshot: Snapshot, name: str) -> int | None:
    """Return how many consents are missing until the text may enter into force."""
    case, participants = snapshot.instrument(name), snapshot.participants(name)
    needed = case.context.consents_needed
    if needed is None or participants.entries or case.state in ENDED:
        return None
    return max(0, needed - participants.number_of_consents(snapshot.day))


def signatures(
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    period: EdtfDate | None = None,
    kind: InstrumentKind | None = None,
) -> Answers[Signature]:
    """Return the texts that came to be signed by all who must sign, by date.

    With a period, only those whose whole date is within the period.
    """
    whole = None if scope.with_children else scope.partnership
    matching = [
        signature
        for name in names(snapshot, Noun.INSTRUMENT, whole)
        for signature in _signatures_of(snapshot, name, period)
        if (period is None or is_within(signature.when, period)) and is_(signature.kind, kind)
    ]
    in_order = sorted(matching, key=lambda signature: signature.when)
    filters = filters_of(
        Within(snapshot, scope),
        name=_signed_text,
        home=lambda each: each.partnership,
        parties=lambda each: each.parties,
        who=lambda each: one(snapshot, INSTRUMENTS, each.instrument).responsible,
    )
    return passing(Answers(in_order, kind=Signature), *filters)


def _signed_text(signature: Signature) -> str:
    """Return the id of the text that was signed."""
    return signature.instrument


def is_within(when: EdtfDate, period: EdtfDate) -> bool:
    """Return whether the whole of a fuzzy date is within the period."""
    begins = period.first is None or (when.first is not None and when.first >= period.first)
    ends = period.last is None or (when.last is not None and when.last <= period.last)
    return begins and ends


def _signatures_of(snapshot: Snapshot, name: str, period: EdtfDate | None) -> Iterator[Signature]:
    """Yield each time that the instrument came to be signed by all who must, in order.

    An open one came to be so once, by those that signed within the period.
    """
    registered = snapshot.registration(Noun.INSTRUMENT, name)
    if not isinstance(registered, events.InstrumentRegistered):
        return
    countries = snapshot.parties.countries
    for fact in snapshot.instrument(name).signings:
        if fact.event.when is None:
            continue
        parties = _signers(snapshot, name, fact, period)
        yield Signature(
            instrument=name,
            partnership=registered.partnership,
            kind=registered.kind,
            when=fact.event.when,
            parties=parties,
            countries=countries(parties),
            without_country=tuple(party for party in parties if not countries([party])),
            event=fact.id,
        )


def _signers(snapshot: Snapshot, name: str, fact: Fact, period: EdtfDate | None) -> tuple[str, ...]:
    """Return the parties whose text it was when it came to be signed; of an open one the signers.

    What is said for a past day keeps the names of that day, and who left since was there.
    """
    participants, day = snapshot.participants(name), fact.effect
    spells = [(party, each) for party, case in participants.cases.items() for each in case.spells]
    if not snapshot.instrument_context(name).open_for_signature:
        return participants.acting([party for party, each in spells if each.belongs_on(day)], day)
    signed = [(party, each.signed.event.when) for party, each in spells if each.signed is not None]
    within = [
        party
        for party, when in signed
        if period is None or (when is not None and is_within(when, period))
    ]
    return participants.acting(within, day)
