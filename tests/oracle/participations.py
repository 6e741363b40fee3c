"""Parties of one text, each with a life of its own under it: section 9 of the domain."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.oracle import parties
from tests.oracle.days import add_months
from tests.oracle.facts import Fact, VisibleFacts, effect_of, replay_key
from tests.oracle.notices import Notice

__all__ = ["Participation", "TextParties"]

CONSENTS = {"InstrumentRatified", "InstrumentAcceded"}
ON_SIGNATURE = set(
    "mou loi statement exchange_of_notes minutes action_plan programme project".split()
)


@dataclass
class Participation:
    """Life of one party under the text, 'of its present spell'.

    Attributes:
        signed: Its signature in the present spell of the text.
        signed_before: Its signature in a spell of the text that is over.
        consented: Its consent.
        entry: The day from which the text is in force for it, and the event that said so.
        was_bound: Whether the text was in force for it when its last spell was over.
        notice: Its notice, until that is taken back.
        left: The day on which it had left, and the event.
        reservations: Its reservations, declarations and objections.
        is_by_signature: Whether it belongs to the text by its signature of an open one alone.
    """

    signed: Fact | None = None
    signed_before: Fact | None = None
    consented: Fact | None = None
    entry: tuple[int, str] | None = None
    was_bound: bool = False
    notice: Notice | None = None
    left: tuple[int, str] | None = None
    reservations: list[Fact] = field(default_factory=list[Fact])
    is_by_signature: bool = False

    @property
    def has_acceded(self) -> bool:
        return self.consented is not None and self.consented["type"] == "InstrumentAcceded"


class TextParties:
    """Parties of a text while its acts are folded, and those that left.

    'Those whose text it is on the day, bound or not: the registered ones (where none are named:
    the partnership's on the day of its first signature, adoption, consent, entry or background
    state; until then, of the day asked), followed through successions, and those that acceded,
    less those that left.'
    """

    def __init__(self, visible: VisibleFacts, registration: Fact) -> None:
        self.visible, self.registration = visible, registration
        self.name, self.home = registration["instrument"], registration["partnership"]
        named = list(registration.get("parties") or [])
        self.members = {name: Participation() for name in named}
        self.gone: dict[str, Participation] = {}
        self.is_settled = bool(named) or self.is_open
        self.given = 0  # notices so far
        self.entry_days = set[int]()  # in whatever spell, also those to come

    @property
    def is_open(self) -> bool:
        return bool(self.registration.get("open_for_signature"))

    def passed(self, day: int) -> list[Fact]:
        """Return the successions by which the text has passed by the day."""
        return parties.successions(self.visible, day, self.name, self.home)

    def of_partnership(self, day: int) -> list[str]:
        gone = {name: life.left[0] for name, life in self.gone.items() if life.left}
        return parties.partnership_parties(self.visible, self.home, day, text=self.name, gone=gone)

    def follow(self, day: int) -> None:
        """Take the partnership's parties of the day, 'less those that left', until settled."""
        if not self.is_settled:
            names = self.of_partnership(day)
            for name in names:
                self.gone.pop(name, None)
            before, passed = self.members, self.passed(day)
            self.members = {name: before.get(name, Participation()) for name in names}
            for old in before.keys() - set(names):
                for heir in set(parties.followed([old], passed)) & set(names) - before.keys():
                    self.members[heir] = self._passed_on(heir, before[old])

    def settle(self, day: int) -> None:
        """Settle the list with the first act that does so."""
        self.follow(day)
        self.is_settled = True

    def acting(self, names: Iterable[str], day: int) -> list[str]:
        """Return the parties for which those named act."""
        passed, members = self.passed(day), list(self.members)
        found = [parties.acting_for(self.visible, name, members, passed) for name in names]
        return list(dict.fromkeys(each for group in found for each in group))

    def have_left(self, names: Iterable[str], day: int) -> bool:
        """Tell whether none of those named acts for a party, and one acts for one that left."""
        passed = self.passed(day)
        gone = [parties.acting_for(self.visible, name, list(self.gone), passed) for name in names]
        return any(gone) and not self.acting(names, day)

    def newcomers(self, name: str, day: int) -> list[str]:
        """Return who joins the text under the name: itself, or those that took over from it."""
        return [name] if name in self.members else parties.meant(name, self.passed(day))

    # --- who came and went

    def join(self, name: str) -> Participation:
        """'Who left may come back: it shows neither its old notice nor when it left.'"""
        if name not in self.members:
            self.gone.pop(name, None)
            self.members[name] = Participation()
        return self.members[name]

    def leave(self, name: str, day: int, event: str) -> None:
        self.gone[name] = replace(self.members.pop(name), left=(day, event), entry=None)

    def succeed(self, fact: Fact) -> None:
        """'Followed through successions'; one that is a party already is given what it lacks."""
        old = self.members.get(fact["party"])
        if old is None or fact["party"] in fact["by"]:
            return
        before, self.members = self.members, dict[str, Participation]()
        for name, life in before.items():
            for heir in fact["by"] if name == fact["party"] else [name]:
                own = before.get(heir)
                self.members[heir] = own or self.members.get(heir) or self._passed_on(heir, life)
        for heir in fact["by"]:
            own = self.members[heir]
            if heir in before:
                own.signed = own.signed or old.signed
                own.signed_before = own.signed_before or old.signed_before
                own.consented = own.consented or old.consented
                own.entry = own.entry or old.entry

    def _passed_on(self, heir: str, life: Participation) -> Participation:
        self.gone.pop(heir, None)
        notice = replace(life.notice, party=heir) if life.notice else None
        return replace(life, notice=notice, reservations=list(life.reservations))

    # --- signatures

    def signers(self, fact: Fact) -> list[str]:
        """Return for whom the act signs: 'none given means all'.

        'Open for signature: each signs for itself and belongs to the text from then.'
        """
        day = effect_of(fact)
        named = fact.get("signers") or ([fact["party"]] if fact.get("party") else [])
        missing: list[str] = fact.get("missing_signers") or []
        passed = self.passed(day)
        absent = {*missing, *(each for name in missing for each in parties.meant(name, passed))}
        if self.is_open:
            for name in named or self.registration.get("parties") or self.of_partnership(day):
                if name not in absent and not self.acting([name], day):
                    for newcomer in self.newcomers(name, day):
                        if newcomer not in absent:
                            self.join(newcomer).is_by_signature = True
        names = self.acting(named, day) if named else list(self.members)
        return [name for name in names if name not in absent]

    def sign(self, names: list[str], fact: Fact) -> None:
        """Sign; of a text that takes effect by it, that is the consent."""
        for name in names:
            life = self.members[name]
            life.signed = life.signed or fact
            if self.takes_effect_by(fact):
                life.consented = life.consented or fact

    @property
    def takes_effect_on_signature(self) -> bool:
        if self.registration.get("force"):
            return bool(self.registration["force"] == "on_signature")
        return self.registration["kind"] in ON_SIGNATURE

    def takes_effect_by(self, signature: Fact) -> bool:
        """Tell whether the text takes effect by the signature, which may say so itself."""
        if signature.get("in_force") is not None:
            return bool(signature["in_force"])
        return self.takes_effect_on_signature

    @property
    def missing(self) -> list[str]:
        """Return who has still to sign: of an open text nobody, nor anybody who acceded."""
        return [
            name
            for name, life in self.members.items()
            if not (life.signed or life.has_acceded or self.is_open)
        ]

    @property
    def signatories(self) -> list[str]:
        return [name for name, life in self.members.items() if life.signed]

    def take_back(self, fact: Fact) -> bool:
        """'SignatureWithdrawn: taken back before consent'; return whether there was one."""
        names = [
            name
            for name in self.acting(fact["by"], effect_of(fact))
            if (self.members[name].signed or self.members[name].signed_before)
            and not self.members[name].consented
        ]
        for name in names:
            self.members[name].signed = self.members[name].signed_before = None
            if self.members[name].is_by_signature:
                del self.members[name]
        return bool(names)

    # --- consent and entry

    def consent(self, names: list[str], fact: Fact, *, has_entered: bool, is_over: bool) -> None:
        """'A party that no entry on or after its last consent names: from that consent.'

        'If it comes after the first entry (plus the length of `enters_after`, where given).'
        """
        for name in names:
            life = self.members[name]
            life.consented = life.consented or fact
            life.was_bound = life.was_bound or is_over
            life.is_by_signature = False
            if has_entered and life.entry is None and not self._is_named_later(name, fact):
                life.entry = self.after_length(effect_of(fact)), fact["id"]
                self.entry_days.add(life.entry[0])

    def after_length(self, day: int) -> int:
        """Return the day plus the length of `enters_after`."""
        condition: Fact = self.registration.get("enters_after") or {}
        return add_months(day, condition.get("months") or 0) + (condition.get("days") or 0)

    def enter(self, fact: Fact) -> None:
        """'With `parties`, in force for those; without: between two, for both.'

        'With more, for those that had consented by then, or, where no consent by then is on
        record, for all parties of that day except those whose own consent is recorded as later.'
        """
        named = fact["type"] == "InstrumentEnteredIntoForce" and fact.get("parties")
        consented = [name for name, life in self.members.items() if life.consented]
        if len(self.members) <= 2:
            names = list(self.members)
        elif named:
            names = self.acting(named, effect_of(fact))
        else:
            names = consented or [
                name for name in self.members if not self._consents_later(name, fact)
            ]
        self.put_in_force(names, fact)

    def prolong(self, fact: Fact) -> None:
        """Put the text in force again for those that were bound, and that consented since.

        Where it never was in force, as by an entry.
        """
        lives = self.members.items()
        names = [name for name, life in lives if life.was_bound]
        if not names or len(self.members) <= 2:
            self.enter(fact)
        else:
            self.put_in_force(names, fact)

    def put_in_force(self, names: list[str], fact: Fact) -> None:
        """'A later entry moves no `since`.'"""
        day = effect_of(fact)
        for name in names:
            life = self.members[name]
            if life.entry is None or life.entry[0] > day:
                life.entry = day, fact["id"]
                self.entry_days.add(day)

    def enter_by_signature(self, fact: Fact) -> None:
        """'In force on signature: for each from its own signature, not before the text.'"""
        lives = self.members.items()
        names = [name for name, life in lives if life.signed or life.consented]
        self.put_in_force(list(self.members) if len(self.members) <= 2 else names, fact)

    def _consents_later(self, name: str, fact: Fact) -> bool:
        return any(self._is_consent_of(name, other, fact) for other in self._later(fact))

    def _is_consent_of(self, name: str, fact: Fact, before: Fact) -> bool:
        """'An accession is always for the one named', a consent for the party that it acts for."""
        if fact["type"] == "InstrumentAcceded":
            passed = self.passed(effect_of(fact))
            heirs = parties.followed([name], _since(before, passed))
            return bool({fact["party"], *parties.meant(fact["party"], passed)} & set(heirs))
        return fact["type"] in CONSENTS and self._is_by(name, fact, [fact["party"]], before)

    def _is_named_later(self, name: str, consent: Fact) -> bool:
        """Tell whether an entry on or after the consent names the party, before its next one."""
        for other in self._later(consent):
            if self._is_consent_of(name, other, consent):
                return False
            if self._names_parties(other) and self._is_by(name, other, other["parties"], consent):
                return True
        return any(
            effect_of(other) == effect_of(consent)
            and self._is_by(name, other, other["parties"], consent)
            for other in self.visible.facts
            if self._names_parties(other)
        )

    def _later(self, fact: Fact) -> list[Fact]:
        """Return the acts on the text after the fact."""
        return [
            other
            for other in self.visible.facts
            if replay_key(other) > replay_key(fact) and other.get("instrument") == self.name
        ]

    def _names_parties(self, fact: Fact) -> bool:
        return bool(
            fact["type"] == "InstrumentEnteredIntoForce"
            and fact["instrument"] == self.name
            and fact.get("parties")
        )

    def _is_by(self, name: str, fact: Fact, actors: list[str], before: Fact) -> bool:
        """Tell whether a later act is one of the party, or of those that take over from it.

        The parties are those of an act before it: who takes over is the one named since.
        """
        passed = self.passed(effect_of(fact))
        later = parties.followed(list(self.members), _since(before, passed))
        heirs = parties.followed([name], _since(before, passed))
        return any(
            set(heirs) & set(parties.acting_for(self.visible, actor, later, passed))
            for actor in actors
        )

    def in_force(self, day: int) -> list[str]:
        """Return those for whom it has entered into force by the day."""
        lives = self.members.items()
        return [name for name, life in lives if life.entry and life.entry[0] <= day]

    def consents(self) -> list[Fact]:
        """Return the consents of the present parties, in replay order."""
        return sorted(
            (life.consented for life in self.members.values() if life.consented), key=replay_key
        )

    @property
    def has_consents(self) -> bool:
        """Tell whether 'some consent is on record', also of one that left."""
        return any(life.consented for life in (*self.members.values(), *self.gone.values()))

    # --- notices

    def notify(self, names: list[str], fact: Fact) -> None:
        """'TerminationNotified again replaces that party's own, whatever its `ends`.'"""
        for name in names:
            self.given += 1
            self.members[name].notice = Notice(name, fact, self.given)

    @property
    def notices(self) -> list[Notice]:
        """Return the notices that run, in the order in which they were given."""
        notices = [life.notice for life in self.members.values() if life.notice]
        return sorted(notices, key=lambda notice: notice.order)

    def withdraw_notice(self, fact: Fact) -> None:
        """'TerminationNoticeWithdrawn: O by, needed where more than one notice runs.'"""
        by = fact.get("by")
        names = self.acting(by, effect_of(fact)) if by else self._parties_of_last_notice()
        for name in names:
            self.members[name].notice = None

    def _parties_of_last_notice(self) -> list[str]:
        last = self.notices[-1].event if self.notices else None
        return [notice.party for notice in self.notices if notice.event == last]

    def forget_notices(self) -> None:
        """Forget the notices of a spell of the text that is over."""
        for life in self.members.values():
            life.notice = None

    def are_two(self, names: list[str], of: list[str], day: int) -> bool:
        """Tell whether two of all these parties are named, those that belong together as one."""
        return parties.two_are_left(self.visible, names, of, self.passed(day))

    # --- the end of a spell of the text

    def end_spell(self, day: int, *, expires: bool) -> None:
        """End the spell for all; after an expiry signatures count no more, and notices are moot."""
        for life in self.members.values():
            if expires:
                life.was_bound = life.entry is not None and life.entry[0] <= day
                life.signed_before, life.signed = life.signed or life.signed_before, None
                life.notice = None
            life.entry = None

    # --- reservations

    def reserve(self, fact: Fact) -> None:
        for name in self.acting([fact["party"]], effect_of(fact)):
            self.members[name].reservations.append(fact)

    def withdraw_reservation(self, fact: Fact) -> None:
        """Take back those to the article, or all where none is given."""
        for name in self.acting([fact["party"]], effect_of(fact)):
            life = self.members[name]
            article = fact.get("article")
            life.reservations = [
                made for made in life.reservations if article and made.get("article") != article
            ]


def _since(before: Fact, passed: list[Fact]) -> list[Fact]:
    """Return those of the successions that came after an act."""
    return [fact for fact in passed if replay_key(fact) > replay_key(before)]
