"""Events beyond the index of the log, and events on trial: an index of them in memory."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from operator import itemgetter

from coopledger._facts.found import NOTHING, Found, Slot
from coopledger._facts.index import Fact
from coopledger._facts.listing import MENDING, about_name, own_names
from coopledger._log.chain import Listing, Recorded
from coopledger.events import Correction, EventCorrected

Openings = list[tuple[int, str]]


class Tail:
    """Events after a position, found by their own, by id and by name.

    Grows by `add`, and `forget` takes back the last ones. Readers in other threads may come at
    any time, and look only at positions that are stored.
    """

    def __init__(self, base: int) -> None:
        """Begin after a position."""
        self.base = base
        self._recorded: list[Recorded] = []
        self._facts: list[Fact] = []
        self._listings: list[Listing] = []
        self._positions: dict[str, int] = {}
        self._slots: dict[str, Slot] = {}
        self._openings: dict[str, Openings] = {}
        self._brought: list[tuple[int, str, Fact]] = []

    @property
    def position(self) -> int:
        """Return the position of the last event."""
        return self.base + len(self._recorded)

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self._recorded)

    def add(self, recorded: Recorded, fact: Fact, listing: Listing, target: Fact | None) -> None:
        """Add the next event, with the fact that it is about if there is one."""
        self._recorded.append(recorded)
        self._facts.append(fact)
        self._listings.append(listing)
        self._positions[recorded.id] = recorded.position
        for noun, name in listing.opened:
            self._openings.setdefault(noun, []).append((recorded.position, name))
        if isinstance(fact.event, Correction):
            self._add_correction(fact, listing, target)
        else:
            for name in listing.names:
                self._slot(name).add(fact)

    def _add_correction(self, fact: Fact, listing: Listing, target: Fact | None) -> None:
        """List an event about another under its own names, and mark or bring in the other."""
        for name in own_names(fact.event):
            self._slot(name).add(fact)
        if target is None or not isinstance(fact.event, MENDING):
            return
        brings = isinstance(fact.event, EventCorrected)
        targets_own = own_names(target.event)
        about = about_name(fact.event.target)
        for name in listing.names:
            if name == about:
                continue
            slot = self._slot(name)
            slot.mend(target.position)
            if brings and name not in targets_own and slot.bring(target):
                self._brought.append((fact.position, name, target))

    def _slot(self, name: str) -> Slot:
        slot = self._slots.get(name)
        if slot is None:
            slot = self._slots[name] = Slot(name)
        return slot

    def forget(self, *, after: int) -> None:
        """Take back every event after the position, as if none of them had been added."""
        while self._brought and self._brought[-1][0] > after:
            _, name, fact = self._brought.pop()
            self._slots[name].remove(fact)
        while self.position > after:
            recorded, fact, listing = self._recorded.pop(), self._facts.pop(), self._listings.pop()
            is_correction = isinstance(fact.event, Correction)
            for name in own_names(fact.event) if is_correction else listing.names:
                self._slots[name].remove(fact)
            for noun, _ in listing.opened:
                self._openings[noun].pop()
            if self._positions.get(recorded.id) == recorded.position:
                del self._positions[recorded.id]

    def confirm(self, recorded: Recorded) -> None:
        """Replace an event that was added for a trial by the same event as stored."""
        self._recorded[recorded.position - self.base - 1] = recorded

    def names(self) -> Collection[str]:
        """Return the names under which events are found here, or were found during a trial."""
        return self._slots.keys()

    def found(self, name: str) -> Found:
        """Return what is found under the name."""
        slot = self._slots.get(name)
        return NOTHING if slot is None else slot.found()

    def opened(self, noun: str) -> Openings:
        """Return each id of the noun that an event may bring in, with its position."""
        return self._openings.get(noun, [])[:]

    def opened_after(self, noun: str, position: int) -> Openings:
        """Return the openings after a position."""
        openings = self.opened(noun)
        return openings[bisect_right(openings, position, key=itemgetter(0)) :]

    def position_of(self, event_id: str) -> int | None:
        """Return the position of the event, if it is here."""
        return self._positions.get(event_id)

    def fact(self, position: int) -> Fact:
        """Return the fact at the position."""
        return self._facts[position - self.base - 1]

    def facts(self, *, up_to: int) -> Sequence[Fact]:
        """Return the facts up to the position."""
        return self._facts[: max(up_to - self.base, 0)]

    def recorded(self, position: int) -> Recorded:
        """Return the event at the position as recorded."""
        return self._recorded[position - self.base - 1]

    def recorded_after(self, position: int) -> Sequence[Recorded]:
        """Return the events after the position as recorded."""
        return self._recorded[max(position - self.base, 0) :]

    def listing(self, position: int) -> Listing:
        """Return under which names the event at the position is found."""
        return self._listings[position - self.base - 1]
