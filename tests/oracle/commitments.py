"""Commitments of docs/reference/rules.md: 'first match wins', tried one after the other."""

from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from tests.oracle import parties
from tests.oracle.days import bounds, mark_of, settled
from tests.oracle.facts import Fact, ReplayKey, VisibleFacts, date_of, effect_of, replay_key
from tests.oracle.instrument_life import ENDED, Instrument
from tests.oracle.instruments import instrument
from tests.oracle.meetings import MEETINGS, Meeting, meeting
from tests.oracle.merging import said_by, standing
from tests.oracle.proposals import OPEN as OPEN_PROPOSALS
from tests.oracle.proposals import proposal
from tests.oracle.recurrence import Rounds, dates
from tests.oracle.stances import given_up, words
from tests.oracle.terms import is_doubtful

__all__ = ["OPEN", "Commitment", "CommitmentLife", "commitment", "days_of_change", "days_of_dates"]

OPEN = {"conditional", "blocked", "overdue", "due_soon", "standing", "pending"}
HORIZON = 30


@dataclass
class Commitment:
    """Commitment as of one day."""

    status: str = "none"
    due: str | None = None
    due_setter: str | None = None
    first_due: str | None = None
    times_rescheduled: int = 0
    days_overdue: int | None = None
    late_by: int | None = None
    late_by_rescheduled: int | None = None
    debtors: list[str] = field(default_factory=list[str])
    creditors: list[str] = field(default_factory=list[str])
    debtors_open: list[str] = field(default_factory=list[str])
    amount: str | None = None
    promised: str | None = None
    paid: str | None = None
    outstanding: str | None = None
    opener: str | None = None  # the event by which it is open: its making, or its last reopening
    flags: dict[str, set[str | None]] = field(default_factory=dict[str, set[str | None]])
    closed: tuple[int, str | None] | None = None
    deciders: set[str] = field(default_factory=set[str])
    occurrences: list[str] = field(default_factory=list[str])
    next_due: str | None = None
    is_uncertain: bool = False  # it expired with a text of which the end is uncertain


def commitment(visible: VisibleFacts, name: str, day: int, *, waits: bool = True) -> Commitment:
    """Return the commitment by the end of the day; whether it is open rests on no other one."""
    making = standing(f for f in visible.until(day) if _is(f, "CommitmentMade", name))
    if making is None:
        return Commitment()
    return CommitmentLife(visible, making, day).answer(waits=waits)


def _is(fact: Fact, type_: str, name: str) -> bool:
    return bool(fact["type"] == type_ and fact.get("commitment") == name)


def days_of_change(visible: VisibleFacts, day: int) -> set[int]:
    """Return the days on which the status may have changed."""
    days = {effect_of(fact) for fact in visible.until(day)}
    dues = [fact["due"] for fact in visible.until(day) if fact.get("due")]
    for other in visible.names("due_meeting"):
        anchor = meeting(visible, other, day)
        days |= set(anchor.history.days)
        dues += [anchor.held["when"]] if anchor.held else []
    for due in dues:
        last = bounds(due)[1]
        days |= {last + 1, last - HORIZON} if last is not None else set()
    for under in visible.names("under"):
        text = instrument(visible, under, day)
        days |= set(text.history.days) if text else set()
        lives = text.parties.gone.values() if text else ()
        days |= {life.left[0] for life in lives if life.left}
    return {each for each in days if 0 < each <= day}


def days_of_dates(visible: VisibleFacts, name: str, day: int) -> set[int]:
    """Return the days on which a date of a promise that recurs comes near, and is over."""
    made = [fact for fact in visible.known if _is(fact, "CommitmentMade", name)]
    firsts = [fact["due"] for fact in made if fact.get("due")]
    rhythms = [fact["recurs"] for fact in made if fact.get("recurs")]
    texts = [text for first in firsts for recurs in rhythms for text in dates(first, recurs)]
    lasts = [last for text in texts if (last := bounds(text)[1]) is not None]
    return {each for last in lasts for each in (last + 1, last - HORIZON) if 0 < each <= day}


class CommitmentLife:
    """Commitment while its acts are folded, up to one day."""

    def __init__(self, visible: VisibleFacts, making: Fact, day: int) -> None:
        self.visible, self.making, self.day = visible, making, day
        self.facts = visible.until(day)
        self.name = making["commitment"]
        self.result = Commitment(
            due=making.get("due"),
            due_setter=said_by(making, "due") if making.get("due") else None,
            amount=making.get("amount"),
            debtors=list(making["debtors"]),
            creditors=list(making["creditors"]),
        )
        # 'A thing that waits for itself once two are one does not.'
        self.waits_for = [each for each in making.get("depends_on", ()) if each != self.name]
        recurs = making.get("recurs") and making.get("due")
        self.rounds = Rounds(making) if recurs else None
        self.current = 0  # the number of the oldest open date, or of the last that was
        self.released_by: list[str] = []
        self.delivered: dict[str, str] = {}
        self.payments: list[str] = []
        self.dated: list[Fact] = [making]  # what set a due date, a meeting or words, in turn
        self.bound_to: str | None = making.get("due_meeting")
        self.reopened: Fact | None = None
        self.missed: list[Fact] = []  # successions while it was closed
        self.met: dict[str, str] = {}
        self.fulfilled: Fact | None = None
        self.released: Fact | None = None
        self.cancelled: Fact | None = None
        self.failed: Fact | None = None
        self.departed: tuple[int, str] | None = None  # when it expired by a leaving, and by which
        home = str(making["partnership"])
        self.passed = parties.successions(visible, day, self.name, home)
        self._find_departures()
        self._fold()

    def _fold(self) -> None:
        for fact in self.facts:
            self._depart(effect_of(fact))
            if fact in self.passed:
                self._succeed(fact)
            elif self.name in fact.get("fulfils", ()):
                self._fulfil(fact, self.rounds.oldest() if self.rounds else None)
            elif _is(fact, "CommitmentFulfilled", self.name):
                self._deliver(fact)
            elif _is(fact, "CommitmentReopened", self.name):
                self._reopen(fact)
            elif _is(fact, "CommitmentCancelled", self.name):
                # 'First match wins': late news that a condition had failed comes after this.
                self.cancelled = self.cancelled or fact
            self._meet(fact)
            if _is(fact, "CommitmentProgressed", self.name) and fact.get("amount"):
                self._take_payment(fact)
            if fact.get("commitment") == self.name and not self.is_closed_by_act:
                self._act(fact)
        self._depart(self.day)

    def _fulfil(self, fact: Fact, number: int | None) -> None:
        if self.rounds is not None:
            self.rounds.close(number, fact, self.result.amount)
            self._follow()
            if not self.rounds.is_done:
                return
        self.fulfilled = self.fulfilled or fact

    def _follow(self) -> None:
        """'The oldest open one gives status and days_overdue.'"""
        rounds, result = self.rounds, self.result
        oldest = rounds.oldest() if rounds else None
        if rounds is not None and oldest is not None:
            self.current, result.due = oldest, rounds.dues[oldest]
            result.times_rescheduled = rounds.slips.get(oldest, 0)
            mover = rounds.movers.get(oldest)
            result.due_setter = mover["id"] if mover else said_by(self.making, "due")

    def answer(self, *, waits: bool = True) -> Commitment:
        """Return the commitment by the end of the day; it has been made by then."""
        if not waits:
            self.waits_for.clear()
        self._due_at_meeting()
        self.result.first_due = self._first_due()
        self.result.opener = self._opener["id"]
        self._judge()
        self._close()
        if self.result.status in OPEN:
            self._raise_flags()
            delivered = self.rounds.delivered if self.rounds else self.delivered
            self.result.debtors_open = [
                name
                for name in self.result.debtors
                if name not in delivered and self._departure(name) is None
            ]
        self._pay()
        if self.released:
            self.result.creditors = list(dict.fromkeys(self.released_by))
        if self.rounds is not None:
            self._tell(self.rounds)
        return self.result

    def _tell(self, rounds: Rounds) -> None:
        """Tell 'date, status, late_by' of each date, and which open one comes next."""
        closed = self.result.closed
        ended = closed[0] if closed and self.result.status not in OPEN else None
        for number in rounds.told(self.day, ended=ended):
            act = rounds.closed.get(number)
            late = _lateness(date_of(act), rounds.dates[number]) if act else None
            status = "fulfilled" if act else self._status_of(rounds.dues[number])
            self.result.occurrences.append(
                f"{rounds.dates[number]} {rounds.dues[number]} {status} {late}"
            )
        following = rounds.next(self.day) if ended is None else None
        self.result.next_due = None if following is None else rounds.dues[following]

    def _status_of(self, due: str) -> str:
        """Return how an open date stands: as the promise, where its dates do not decide that."""
        if self.result.status not in {"overdue", "due_soon", "standing", "pending"}:
            return self.result.status
        last = _last_day(due)
        if last is None or last > self.day + HORIZON:
            return "pending"
        return "overdue" if last < self.day else "due_soon"

    # --- acts

    @property
    def is_closed_by_act(self) -> bool:
        """Tell whether an act has closed the commitment."""
        return any((self.fulfilled, self.released, self.cancelled, self.failed))

    @property
    def is_closed(self) -> bool:
        """Tell whether an act has closed the commitment, or the leaving of a party."""
        return self.is_closed_by_act or self.departed is not None

    @property
    def _text(self) -> Instrument | None:
        """Return the text with which it ends."""
        if self.making.get("under") is None or self.making.get("survives"):
            return None
        return instrument(self.visible, self.making["under"], self.day)

    def ended_with_instrument(self) -> tuple[int, str] | None:
        """Return the day and the event that ended it together with its instrument, or for one."""
        text = self._text
        if text is None or text.state not in ENDED:
            return self.departed
        ended = text.history.since(), text.history.event or ""
        return self.departed if self.departed and self.departed[0] <= ended[0] else ended

    def _find_departures(self) -> None:
        """Find who has left the text, under its own name or under that of who took over."""
        text = self._text
        self.departures: dict[str, tuple[int, str]] = {}
        self.staying = list(text.parties.members) if text else []
        self.doubtful: set[str] = set()
        for name, life in text.parties.gone.items() if text else ():
            for heir in {name, *parties.followed([name], self.passed)} - set(self.staying):
                if life.left:
                    self.departures[heir] = life.left
            by_notice = life.left and life.notice and life.notice.event == life.left[1]
            if life.notice and by_notice and is_doubtful(life.notice.ends, self.day):
                self.doubtful.add(life.notice.event)

    def _departure(self, name: str) -> tuple[int, str] | None:
        """Return when its nearest party, itself or above it, has left the text, and the event."""
        names = [*self.staying, *self.departures]
        for each in parties.acting_for(self.visible, name, names, []):
            if each in self.departures:
                return self.departures[each]
        return None

    def _depart(self, upto: int) -> None:
        """'If it was the only debtor or the only creditor, it is expired.'

        'One of several that left drops out of `debtors_open` and of the creditors; if the sole
        debtor would then be the sole creditor, it is expired.'
        """
        places = self.visible.places
        for day in sorted({day for day, _ in self.departures.values() if day <= upto}):
            if self.is_closed:
                return
            result, gone = self.result, dict[str, tuple[int, str]]()
            for name in (*result.debtors, *result.creditors):
                departure = self._departure(name)
                if departure is not None and departure[0] <= day:
                    gone[name] = departure
            debtors = [name for name in result.debtors if name not in gone]
            creditors = [name for name in result.creditors if name not in gone]
            alone = len(debtors) == 1 and debtors == creditors
            if gone and (not set(debtors) - set(self.delivered) or not creditors or alone):
                self.departed = max(gone.values(), key=lambda left: (left[0], places[left[1]]))
            result.creditors = creditors or result.creditors

    def _succeed(self, fact: Fact) -> None:
        # What a leaving closed may be open again, so that it passes on.
        if self.fulfilled or self.released or self.cancelled or self.failed:
            self.missed.append(fact)
        else:
            self._pass_on(fact)

    def _pass_on(self, fact: Fact) -> None:
        """Put who took over in the place of a party; one that is a debtor already keeps its own."""
        old, debtors = fact["party"], self.result.debtors
        for delivered in self._deliveries() if old in debtors else ():
            done = delivered.pop(old, None)
            for heir in fact["by"]:
                if done is None:
                    delivered.pop(heir, None)
                elif heir not in debtors:
                    delivered[heir] = done
        self.result.debtors = parties.followed(debtors, [fact])
        self.result.creditors = parties.followed(self.result.creditors, [fact])

    def _deliveries(self) -> list[dict[str, str]]:
        """Return who has delivered: of one that recurs for each date by itself."""
        return [self.delivered] if self.rounds is None else list(self.rounds.deliveries.values())

    def _deliver(self, fact: Fact) -> None:
        """'With `by` it is done for those; the whole is fulfilled when all are named.'

        'A unit delivers for the debtor above it.' Who has left is not waited for.
        """
        debtors, day = self.result.debtors, effect_of(fact)
        if self.rounds is not None:
            self._deliver_date(self.rounds, fact)
            return
        for name in self._debtors_of(fact):
            self.delivered.setdefault(name, fact["id"])
        waited = [name for name in debtors if name not in self.delivered]
        some = len(waited) < len(debtors)
        away = [left for name in waited if (left := self._departure(name)) and left[0] <= day]
        if not fact.get("by") or (some and len(away) == len(waited)):
            self.fulfilled = self.fulfilled or fact

    def _debtors_of(self, fact: Fact) -> list[str]:
        debtors = self.result.debtors
        by = fact.get("by", ())
        return [
            name for party in by for name in parties.acting_for(self.visible, party, debtors, [])
        ]

    def _deliver_date(self, rounds: Rounds, fact: Fact) -> None:
        """'Its date; without: the oldest open one', which is open for those named.

        'With `by` it is done for those; the whole is fulfilled when all are named.'
        """
        names, is_named = self._debtors_of(fact), fact.get("occurrence") is not None
        number = rounds.named(fact) if is_named else rounds.oldest_for(names)
        if number is None:
            return
        delivered = rounds.deliveries.setdefault(number, {})
        for name in names:
            delivered.setdefault(name, fact["id"])
        if not fact.get("by") or set(self.result.debtors) <= set(delivered):
            self._fulfil(fact, number)

    def _reopen(self, fact: Fact) -> None:
        """'CommitmentReopened reopens all'; a debtor owes again what it had delivered."""
        if self.released:
            self.result.creditors = list(dict.fromkeys(self.released_by))
            self.released_by = []
        if self.rounds is not None:
            is_done = self.fulfilled or not (self.released or self.cancelled)
            self.rounds.reopen(fact, is_done=bool(is_done))
            self._follow()
        self.fulfilled = self.released = self.cancelled = None
        self.delivered.clear()
        self.reopened = fact
        for missed in self.missed:
            self._pass_on(missed)
        self.missed = []
        if fact.get("due"):
            self._set_due(fact)

    def _set_due(self, fact: Fact) -> None:
        """'CommitmentRescheduled takes one of due, due_text, due_meeting.'

        'It moves the oldest open one.'
        """
        if self.rounds is not None:
            self.rounds.move(fact)
            self._follow()
            return
        self.dated.append(fact)
        self.result.due, self.result.due_setter = fact.get("due"), fact["id"]
        if not fact.get("due"):
            self.bound_to = fact.get("due_meeting")

    def _meet(self, fact: Fact) -> None:
        for met in fact.get("meets", ()):
            promise, condition = met.rsplit("/", 1)
            if promise == self.name:
                self.met.setdefault(condition, fact["id"])
        if _is(fact, "ConditionMet", self.name):
            self.met.setdefault(fact["condition"], fact["id"])
        failed = _is(fact, "ConditionFailed", self.name)
        if failed and fact["condition"] not in self.met:
            self.failed = self.failed or fact

    def _act(self, fact: Fact) -> None:
        result, kind = self.result, fact["type"]
        if kind == "CommitmentReleased":
            self.released_by += fact["by"]
            result.creditors = [each for each in result.creditors if each not in fact["by"]]
            self.released = None if result.creditors else fact
        elif kind == "CommitmentDelegated":
            if set(fact.get("by") or result.debtors) & set(result.debtors):
                for name in fact["to"]:  # it takes on what another has not done
                    for delivered in self._deliveries():
                        delivered.pop(name, None)
            result.debtors = _replaced(result.debtors, fact)
        elif kind == "CommitmentAssigned":
            result.creditors = _replaced(result.creditors, fact)
        elif kind == "CommitmentRescheduled":
            result.times_rescheduled += 1
            self._set_due(fact)
        elif kind == "CommitmentVaried":
            result.amount = fact.get("amount") or result.amount

    def _due_at_meeting(self) -> None:
        self.anchor: Meeting | None = None
        if not self.result.due:
            self.result.due_setter = None
        if self.bound_to and not self.result.due:
            self.anchor = meeting(self.visible, self.bound_to, self.day)
            if self.anchor.held:
                self.result.due = self.anchor.held.get("when")
                self.result.due_setter = self.anchor.held["id"]

    def _first_due(self) -> str | None:
        """Return the first due date that it had: one that was said, or that of a meeting.

        'The first due date of what is due at a meeting is the last day of the plan that the
        meeting had when the promise was made (else its first later plan, else the day held).'
        """
        if self.rounds is not None:
            return self.rounds.dates[self.current]
        for number, setting in enumerate(self.dated):
            after = self.dated[number + 1 : number + 2]
            due = setting.get("due")
            if not due and setting.get("due_meeting"):
                until = replay_key(after[0]) if after else None
                due = self._first_plan(setting["due_meeting"], replay_key(setting), until)
            if due:
                return str(due)
        return None

    def _first_plan(self, name: str, since: ReplayKey, until: ReplayKey | None) -> str | None:
        planned: str | None = None
        for fact in self.facts:
            if fact.get("meeting") != name or fact["type"] not in MEETINGS:
                continue
            if planned and replay_key(fact) > since:
                return planned
            if until is not None and replay_key(fact) >= until:
                break
            if fact["type"] == "MeetingHeld":
                return planned or fact["when"]
            if fact.get("planned") or fact["type"] == "MeetingPostponed":
                planned = fact.get("planned")
        return planned

    @property
    def _opener(self) -> Fact:
        """Return the making, or the last reopening."""
        return max(filter(None, (self.making, self.reopened)), key=replay_key)

    def _pay(self) -> None:
        """'Outstanding: zero once closed; what was paid stays; never below zero.'"""
        if not self.result.amount:
            return
        if self.rounds is not None:
            self._pay_rounds(self.rounds, self.result.amount)
            return
        promised, currency = self.result.amount.split()
        with localcontext(prec=50):
            sums = [each.split() for each in self.payments]
            paid = sum((Decimal(number) for number, unit in sums if unit == currency), Decimal(0))
            if self.result.status == "fulfilled":
                paid = max(paid, Decimal(promised))
            owing = max(Decimal(promised) - paid, Decimal(0))
        if self.result.status not in OPEN:
            owing = Decimal(0)
        self.result.promised = f"{Decimal(promised).normalize():f} {currency}"
        self.result.paid = f"{paid.normalize():f} {currency}"
        self.result.outstanding = f"{owing.normalize():f} {currency}"

    def _take_payment(self, fact: Fact) -> None:
        if self.rounds is not None:
            number = self.rounds.oldest_for(self._debtors_of(fact))
            number = self.current if number is None else number
            self.rounds.payments.setdefault(number, []).append(fact["amount"])
        else:
            self.payments.append(fact["amount"])

    def _pay_rounds(self, rounds: Rounds, amount: str) -> None:
        """'`amount` is for each occurrence; promised are those due by the day.'"""
        currency, is_open = amount.split()[1], self.result.status in OPEN
        day = self.day if is_open or self.result.closed is None else self.result.closed[0]
        promised = paid = owing = Decimal(0)
        with localcontext(prec=50):
            for number, due in rounds.dues.items():
                parts = [each.split() for each in rounds.payments.get(number, ())]
                part = sum((Decimal(each) for each, unit in parts if unit == currency), Decimal(0))
                value, unit = rounds.amounts.get(number, amount).split()
                whole = Decimal(value) if unit == currency else Decimal(0)
                last, is_done = _last_day(due), number in rounds.closed
                is_due = last is not None and last <= day
                paid += max(part, whole) if is_done else part
                promised += whole if is_due else 0
                owing += max(whole - part, Decimal(0)) if is_due and is_open and not is_done else 0
        self.result.promised = f"{promised.normalize():f} {currency}"
        self.result.paid = f"{paid.normalize():f} {currency}"
        self.result.outstanding = f"{owing.normalize():f} {currency}"

    def _close(self) -> None:
        """Set the day on which the commitment was closed, and the event."""
        closer = self.fulfilled or self.released or self.cancelled or self.failed
        self.result.closed = (
            (effect_of(closer), closer["id"]) if closer else self.ended_with_instrument()
        )

    # --- the status

    def _judge(self) -> None:
        for status, decide in (
            ("fulfilled", self._is_fulfilled),
            ("released", self._is_released),
            ("cancelled", self._is_cancelled),
            ("expired", self._is_expired),
            ("conditional", self._is_conditional),
            ("blocked", self._is_blocked),
            ("overdue", self._is_overdue),
            ("due_soon", self._is_due_soon),
            ("standing", self._is_standing),
            ("pending", self._is_pending),
        ):
            deciders = decide()
            if deciders is not None:
                self.result.status, self.result.deciders = status, deciders
                return

    def _closed_by(self, fact: Fact | None) -> set[str] | None:
        """Return the closing act, and the making where that counts later."""
        if fact is None:
            return None
        late = effect_of(self._opener) > effect_of(fact)
        return {fact["id"]} | ({self._opener["id"]} if late else set())

    def _is_fulfilled(self) -> set[str] | None:
        if self.fulfilled is not None:
            act, result = date_of(self.fulfilled), self.result
            result.late_by = _lateness(act, result.first_due)
            result.late_by_rescheduled = _lateness(act, result.due)
            if self.rounds is not None:
                self._judge_rounds(self.rounds)
            elif _last_day(result.first_due) is not None and result.late_by is None:
                result.flags["perhaps_late"] = {self.fulfilled["id"]}
        return self._closed_by(self.fulfilled)

    def _judge_rounds(self, rounds: Rounds) -> None:
        """'All done = fulfilled, `late_by` the largest.'"""
        acts = [(number, date_of(fact), fact["id"]) for number, fact in rounds.closed.items()]
        late = {id_: _lateness(act, rounds.dates[number]) for number, act, id_ in acts}
        moved = [_lateness(act, rounds.dues[number]) for number, act, _ in acts]
        self.result.late_by = _largest(list(late.values()))
        self.result.late_by_rescheduled = _largest(moved)
        unclear = {id_ for id_, days in late.items() if days is None}
        self.result.flags |= {"perhaps_late": unclear} if unclear else {}

    def _is_released(self) -> set[str] | None:
        return self._closed_by(self.released)

    def _is_cancelled(self) -> set[str] | None:
        return self._closed_by(self.cancelled)

    def _is_expired(self) -> set[str] | None:
        ended = self.ended_with_instrument()
        if self.failed or ended is None:
            return self._closed_by(self.failed)
        day, event = ended
        text = self._text
        by_text = ended != self.departed and text is not None and text.is_uncertain(self.day)
        self.result.is_uncertain = by_text or event in self.doubtful
        return {event} | ({self._opener["id"]} if effect_of(self._opener) > day else set())

    def _is_conditional(self) -> set[str] | None:
        return None if self._conditions() <= set(self.met) else {self._opener["id"]}

    def _conditions(self) -> set[str]:
        return {each["id"] for each in self.making.get("conditions", ())}

    def _is_blocked(self) -> set[str] | None:
        waits = self.anchor is not None and self.anchor.held is None
        blocked = not self.result.due and (waits or self._open_dependencies())
        return {self._undated_by["id"]} if blocked else None

    @property
    def _undated_by(self) -> Fact:
        """Return the event since which it is open without a date of its own."""
        return max((self._opener, *self.dated[1:]), key=replay_key)

    def _open_dependencies(self) -> list[str]:
        """Return the events that show what is still open."""
        events: list[str] = []
        for name in self.waits_for:
            put = proposal(self.visible, name, self.day)
            if put.status in OPEN_PROPOSALS:
                events.append(str(put.history.event))
            other = commitment(self.visible, name, self.day, waits=False)
            events += [other.opener] if other.status in OPEN and other.opener else []
        return events

    def _raise_flags(self) -> None:
        self._tell_who_gave_up()
        if self.anchor and not self.anchor.held:
            if self.anchor.history.value == "unrecorded":
                self.result.flags["anchor_overdue"] = {self.anchor.said_by}
            if self.anchor.history.value == "cancelled":
                self.result.flags["anchor_cancelled"] = {self.anchor.said_by}
        if self._open_dependencies():
            self.result.flags["dependency_open"] = set(self._open_dependencies())
        if self.result.status == "pending" and not self.result.due:
            self.result.flags["undated"] = {self.dated[-1]["id"]}

    def _tell_who_gave_up(self) -> None:
        """'Open commitments under it keep their status, with that flag.'"""
        text = instrument(self.visible, self.making.get("under", ""), self.day)
        if text is None:
            return
        members = list(text.parties.members)
        given = given_up(words(self.visible, text, self.day), members, self.day)
        flag = "given_up" if set(given) == set(members) else "given_up_by_some"
        if given:
            self.result.flags[flag] = {fact["id"] for fact in given.values()}

    def _last(self) -> int | None:
        return bounds(self.result.due)[1] if self.result.due else None

    def _is_overdue(self) -> set[str] | None:
        last = self._last()
        if last is None or last >= self.day:
            return None
        self.result.days_overdue = self.day - last
        return self._settlers(last + 1)

    def _is_due_soon(self) -> set[str] | None:
        last = self._last()
        soon = last is not None and last <= self.day + HORIZON
        return self._settlers(last - HORIZON) if soon and last is not None else None

    def _is_standing(self) -> set[str] | None:
        return self._settlers(0) if self.making.get("standing") else None

    def _is_pending(self) -> set[str] | None:
        return self._settlers(0)

    def _settlers(self, turned: int) -> set[str]:
        """Return the event that freed it or set its date, unless the date has come since."""
        ids: set[str] = {self.making["id"], self._opener["id"], self.result.due_setter or ""}
        ids |= {self.dated[-1]["id"]}
        ids |= {self.rounds.turned["id"]} if self.rounds and self.rounds.turned else set()
        held = self.anchor.held if self.anchor else None
        waits = self.result.due is None or (
            held is not None and self.result.due_setter == held["id"]
        )
        ids |= {event for name, event in self.met.items() if name in self._conditions()}
        moments = [(*replay_key(fact), fact["id"]) for fact in self.facts if fact["id"] in ids]
        if waits:  # With a date of its own the date rules.
            moments += [(*replay_key(held), held["id"])] if held else []
            for name in self.waits_for:
                moments += self._closings(name)
        day, *_, event = max(moments)
        return {event} if day >= turned else set()

    def _closings(self, name: str) -> list[tuple[*ReplayKey, str]]:
        """Return when and by which event a proposal or commitment of `depends_on` was closed."""
        put = proposal(self.visible, name, self.day)
        other = commitment(self.visible, name, self.day, waits=False)
        closed: list[tuple[int, str | None]] = []
        if put.status not in OPEN_PROPOSALS | {"none"}:
            closed.append((put.history.since(), put.history.event))
        if other.status not in OPEN | {"none"} and other.closed is not None:
            closed.append(other.closed)
        places = self.visible.places
        return [(day, *places[event], event) for day, event in closed if event is not None]


def _largest(days: list[int | None]) -> int | None:
    return max((each for each in days if each is not None), default=None)


def _last_day(due: str | None) -> int | None:
    return bounds(due)[1] if due else None


def _lateness(act: str, due: str | None) -> int | None:
    """Return the least number of days by which the act is late; None where nothing is claimed.

    'A fuzzy due date is its last day; only where the act is fuzzy and straddles that day is
    nothing claimed.'
    """
    last = _last_day(due)
    if last is None:
        return None
    if mark_of(act) == "":
        return max(0, settled(act) - last)
    earliest, latest = bounds(act)
    if latest is not None and latest <= last:
        return 0
    return earliest - last if earliest is not None and earliest > last else None


def _replaced(names: list[str], fact: Fact) -> list[str]:
    replaced = fact.get("by") or names
    if not set(replaced) & set(names):
        return names
    kept = [each for each in names if each not in replaced]
    return list(dict.fromkeys([*kept, *fact["to"]]))
