"""Life of each party under one text: signature, consent, force, notice, and the day it left.

Between two parties the text stands or falls for both. With more, each has a life of its own, and
the text lives as long as two are left. In words: "Several parties" in docs/reference/rules.md.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from itertools import islice
from typing import Any, Literal

import attrs

from coopledger import events
from coopledger._dates.asked_day import AFTER_ALL_DAYS, Day
from coopledger._facts.index import Fact
from coopledger._rules.holders import Holders
from coopledger._rules.instrument_context import InstrumentContext
from coopledger._rules.party_case import ACCESSIONS, ENOUGH, NEWCOMER, Entry, Notice, PartyCase
from coopledger._rules.prospects import Prospects
from coopledger.terms import ConsentMeans


@attrs.define
class Participants(Holders):
    """Parties of one text while its facts are folded, and what each of them did under it.

    Attributes:
        ahead: Gives what is known of later consents and entries; mostly not asked.
        looked_ahead: The consents and entries for which it was asked, each with the party.
        notices: The notices that run, by party; `give_notice` adds to them.
        entries: The entries into force in the present spell, in order.
        named: The entries that name a party, by party.
        stale: The parties whose signature is of a spell of the text that is over.
        past: For which party the text was in force in a spell that is over: from which day, by
            which event, and until which day.
        were_bound: The parties for which the text was in force when it ran out, and those that
            have consented since.
        in_turn: The parties in the order of their consents.
        unbound: The parties whose last consent may count only on a day to come.
        waits: The length after a late consent until it counts, as a function of its day.
        binds_by_signature: Whether the text takes effect on signature, by registration or kind.
    """

    ahead: Callable[[], Prospects] = attrs.field(default=Prospects, eq=False)
    looked_ahead: set[tuple[str, str]] = attrs.field(factory=set[tuple[str, str]], eq=False)
    notices: dict[str, Notice] = attrs.field(factory=dict[str, Notice])
    entries: list[Entry] = attrs.field(factory=list[Entry])
    named: dict[str, list[Entry]] = attrs.field(factory=dict[str, list[Entry]])
    stale: set[str] = attrs.field(factory=set[str])
    past: list[tuple[str, int, int, int]] = attrs.field(factory=list[tuple[str, int, int, int]])
    were_bound: list[str] = attrs.field(factory=list[str])
    in_turn: dict[str, None] = attrs.field(factory=dict[str, None], eq=False)
    unbound: set[str] = attrs.field(factory=set[str], eq=False)
    waits: Callable[[int], int] = attrs.field(default=int, eq=False)
    binds_by_signature: bool = False
    # The ends and positions of notices, that which ends first first; some may run no more.
    _ends: list[tuple[int, int, str]] = attrs.field(
        factory=list[tuple[int, int, str]], eq=False, alias="ends"
    )

    @classmethod
    def of(cls, context: InstrumentContext) -> "Participants":
        """Return the parties that the text has from the beginning."""
        return cls(
            cases=dict.fromkeys(context.parties, NEWCOMER),
            settled_on=0 if context.parties or context.open_for_signature else None,
            waits=context.after_wait,
            binds_by_signature=context.binds_by_kind,
        )

    def copied(self) -> "Participants":
        """Return participants that equal these, and share nothing that a fold changes."""
        return attrs.evolve(
            self,
            cases=self.cases.copy(),
            looked_ahead=self.looked_ahead.copy(),
            in_turn=self.in_turn.copy(),
            unbound=self.unbound.copy(),
            notices=self.notices.copy(),
            entries=self.entries.copy(),
            stale=self.stale.copy(),
            were_bound=self.were_bound.copy(),
            past=self.past.copy(),
            shares=self.shares.copy(),
            named={name: entries.copy() for name, entries in self.named.items()},
            ends=self._ends.copy(),
        )

    # What was done.

    def number_of_signers(self, *, enough: int = ENOUGH) -> int:
        """Return how many parties have signed, counted until there are enough."""
        lives = self.cases.items()
        signed = (name for name, case in lives if case.signed and name not in self.stale)
        return len(list(islice(signed, enough)))

    def number_of_consents(self, day: Day) -> int:
        """Return how many parties of the day have consented."""
        consented = [name for name in self.present(day) if self.cases[name].consented]
        return len(self.acting(consented, day))

    def consent_that_makes(self, number: int, day: Day) -> Fact | None:
        """Return the consent by which so many parties of the day have consented, if they have."""
        parties = set[str]()
        for name in self.in_turn:
            case = self.cases.get(name, NEWCOMER)
            if case.consented is not None and case.belongs_on(day):
                parties.update(self.heirs(name, day))
                if len(parties) >= number:
                    return case.consented
        return None

    def having_signed(self, day: Day) -> list[str]:
        """Return the parties of the day that signed in this spell of the text, or consented."""
        return [
            name
            for name in self.present(day)
            if self.cases[name].consented or (self.cases[name].signed and name not in self.stale)
        ]

    # What they do.

    def join(self, name: str, day: int) -> None:
        """Let a party have the text from the day; one that left begins a new spell."""
        old = self.cases.get(name)
        if old is None:
            self.cases[name] = PartyCase(joined=day)
        elif old.left is not None:
            self.cases[name] = PartyCase(joined=day, earlier=old.spells)

    def change(self, name: str, **changes: Any) -> None:  # noqa: ANN401 - fields of a life
        """Change the life of a party."""
        self.take(name, self.cases[name]._replace(**changes))

    def take(self, name: str, case: PartyCase) -> None:
        """Take a life as that of a party; a consent in it may count only on a day to come."""
        if case.consent is not self.cases.get(name, NEWCOMER).consent:
            self.unbound.add(name)
        self.cases[name] = case

    def sign(self, name: str, fact: Fact) -> None:
        """Keep the first signature of a party, in this spell of the text."""
        if self.cases[name].signed is None or name in self.stale:
            self.change(name, signed=fact)
            self.stale.discard(name)

    def take_signature_back(self, name: str) -> None:
        """Forget the signature of a party; one that joined by it alone is gone."""
        if self.cases[name].joined:
            del self.cases[name]
        else:
            self.change(name, signed=None)

    def consent(self, name: str, fact: Fact, how: ConsentMeans) -> None:
        """Keep the first consent of a party, and a later one where it was not bound."""
        case = self.cases[name]
        if case.consented is None:
            self.change(name, consented=fact, how=how)
            self.in_turn.pop(name, None)  # Who came back consents in its new spell.
            self.in_turn[name] = None
            return
        since = self.in_force_since(name, case)
        if since is None or since[0] > fact.effect:
            self.change(name, again=fact)

    def acceded_for(self, names: Iterable[str], day: int) -> set[str]:
        """Return those of the parties in whose place stands one that has acceded itself."""
        acceded = {
            heir
            for name, case in self.cases.items()
            if case.how in ACCESSIONS
            for heir in self.followed(name, day)
        }
        if not acceded:
            return acceded
        return {name for name in names if acceded.intersection(self.followed(name, day))}

    def end_spell(self, day: int) -> None:
        """Let a spell of the text be over: signatures and entries count no more."""
        self.were_bound = list(self.in_force(day))
        self.stale.update(self.cases)
        self.end_force(day)

    def end_force(self, day: int) -> None:
        """Let the text be in force for nobody from the day, until it enters into force again."""
        for name, case in self.cases.items():
            for spell in case.spells:
                since = self.in_force_since(name, spell)
                until = day if spell.left is None else min(day, spell.left[0])
                if since is not None and since[0] < until:
                    self.past.append((name, *since, until))
        self.begin_again()

    def bound_again(self, day: int) -> list[str]:
        """Return for whom a text that ran out is prolonged: those bound, or consenting since."""
        return [name for name in self.present(day) if name in self.were_bound]

    def awaited(self, day: int) -> list[str]:
        """Return the parties that must sign again: all of the day but those that acceded."""
        return [name for name in self.present(day) if self.cases[name].how not in ACCESSIONS]

    def let_leave_by(self, day: int) -> None:
        """Let those of more than two parties leave whose own notices end by the day."""
        if not self.are_several(day):
            return
        for name, notice in list(self.notices.items()):
            if notice.ends <= day and not notice.for_all:
                self.leave(name, day, notice.position)

    def forget(self, name: str) -> None:
        """Forget a party whose text it never was for good."""
        del self.cases[name]
        self.notices.pop(name, None)

    def rename(self, name: str, heirs: tuple[str, ...], day: int) -> None:
        """Keep the life of a party under the name of the first that took over from it."""
        case, notice = self.cases.pop(name), self.notices.pop(name, None)
        if heirs[0] not in self.cases:
            self.cases[heirs[0]] = case
            self.hold(heirs[0], heirs, day)
            if notice is not None:
                self.give_notice([heirs[0]], notice)

    def give_notice(self, names: Iterable[str], notice: Notice) -> None:
        """Let the notice run, which replaces those of the same parties."""
        for name in names:
            self.notices.pop(name, None)  # The last one given comes last.
            self.notices[name] = notice
            heappush(self._ends, (notice.ends, notice.position, name))

    def leave(self, name: str, day: int, position: int) -> None:
        """Let a party have left from the day."""
        notice = self.notices.pop(name, None)
        if name in self.cases:
            given = notice.position if notice is not None else None
            self.change(name, left=(day, position), notice=given)

    def enter(self, day: int, position: int, *, named: Iterable[str] | None = None) -> None:
        """Let the text enter into force for those named, or for those who had consented.

        None of those named may be a party: then it does so for nobody.
        """
        if not self.are_several(day):
            self.entries.append(Entry(day=day, position=position, whom="both"))
        elif named is not None:
            entry = Entry(day=day, position=position, whom="named")
            self.entries.append(entry)
            for name in named:
                self.named.setdefault(name, []).append(entry)
        else:
            have_consented = any(self.cases[name].consented for name in self.present(day))
            whom: Literal["consented", "all"] = "consented" if have_consented else "all"
            self.entries.append(Entry(day=day, position=position, whom=whom))

    def begin_again(self) -> None:
        """Forget the entries of a spell of the text that is over."""
        self.entries.clear()
        self.named.clear()

    # For whom it is in force.

    def in_force_since(self, name: str, spell: PartyCase) -> tuple[int, int] | None:
        """Return the day from which the text is in force for the party, and by which event."""
        if not self.entries:
            return None
        consent, first = spell.consent, self.entries[0]
        if first.whom == "both" and spell.joined <= first.day:
            return first.day, first.position
        unnamed = next(
            (
                (entry.day, entry.position)
                for entry in self.entries
                if entry.whom != "named" and self._is_among(name, spell, entry)
            ),
            None,
        )
        naming = [entry for entry in self.named.get(name, ()) if entry.day >= spell.joined]
        named = (naming[0].day, naming[0].position) if naming else None
        late = None
        if consent is not None and consent.effect > first.day:
            late = self._after_consent(name, consent, [entry.day for entry in naming])
        return min(filter(None, (unnamed, named, late)), default=None)

    def _after_consent(
        self, name: str, consent: Fact, named_on: list[int]
    ) -> tuple[int, int] | None:
        """Return the day from which a late consent counts, unless a later entry names the party.

        That belongs to the last consent before it. A signature that binds waits for nothing.
        """
        if self._binds(consent):
            return consent.effect, consent.position
        entries = [*named_on, *self._days_ahead("entries", name, consent.effect)]
        later = [day for day in entries if day >= consent.effect]
        if later:
            consents = self._days_ahead("consents", name, consent.effect)
            again = [day for day in consents if day > consent.effect]
            if min(later) < min(again, default=AFTER_ALL_DAYS):
                return None
        return self.waits(consent.effect), consent.position

    def _binds(self, consent: Fact) -> bool:
        """Return whether a consent is a signature of a text that takes effect by it."""
        return isinstance(consent.event, events.InstrumentSigned) or (
            self.binds_by_signature
            and isinstance(consent.event, events.InstrumentRatified)
            and consent.event.how is ConsentMeans.DEFINITIVE_SIGNATURE
        )

    def _is_among(self, name: str, spell: PartyCase, entry: Entry) -> bool:
        """Return whether an entry that names nobody is for the party too."""
        is_consent = spell.consented is not None and (
            entry.whom == "consented" or spell.how is not ConsentMeans.SIGNATURE
        )
        if entry.whom != "both" and is_consent and spell.consented is not None:
            return spell.consented.effect <= entry.day
        if entry.whom == "consented" or spell.joined > entry.day:
            return False
        later = self._days_ahead("consents", name, entry.day) if entry.whom == "all" else []
        return not any(day > entry.day for day in later)

    def _days_ahead(
        self, what: Literal["consents", "entries"], name: str, asked_on: int
    ) -> list[int]:
        """Return the days of consents of the party of a day, or of entries that name it."""
        self.looked_ahead.add((what, name))
        prospects = self.ahead()
        known = prospects.consents if what == "consents" else prospects.entries
        return [
            day
            for day, nearer, heir in known.get(name, ())
            if heir in self._followed(name, day, prospects.relations, apart_by=asked_on)
            and not any(each in self.cases and self.cases[each].belongs_on(day) for each in nearer)
        ]

    def next_bound(self, day: int) -> tuple[int, int] | None:
        """Return the first day after this one from which it is in force for a party, and why.

        No day before this one is asked about later: whose consent counts by now is let go.
        """
        self.unbound = {name for name in self.unbound if self._is_unbound(name, day)}
        present = ((name, self.cases[name]) for name in self.unbound)
        days = (self.in_force_since(name, case) for name, case in present if case.left is None)
        return min((each for each in days if each is not None and each[0] > day), default=None)

    def _is_unbound(self, name: str, day: int) -> bool:
        """Return whether the last consent of a party counts only after the day."""
        consent = self.cases.get(name, NEWCOMER).consent
        return consent is not None and self.waits(consent.effect) > day

    def in_force(self, day: Day) -> Iterator[str]:
        """Return the parties for which the text is in force on the day, if it is so at all."""
        return (name for name in self.cases if self.is_in_force(name, day))

    def is_in_force(self, name: str, day: Day) -> bool:
        """Return whether the text is in force for the party on the day, if it is so at all."""
        case = self.cases[name]
        since = self.in_force_since(name, case) if case.belongs_on(day) else None
        return since is not None and since[0] <= day

    # Who is leaving.

    def leaving(self, day: Day) -> Notice | None:
        """Return the last notice by which one of more than two parties leaves, if one does."""
        own = [notice for notice in self.notices.values() if not notice.for_all]
        return own[-1] if own and self.are_several(day) else None

    def first_leaving(self) -> tuple[str, Notice] | None:
        """Return the notice that ends first, with its party."""
        while self._ends:
            _, position, name = self._ends[0]
            notice = self.notices.get(name)
            if notice is not None and notice.position == position:
                return name, notice
            heappop(self._ends)
        return None
