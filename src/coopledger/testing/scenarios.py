"""Scenarios told as given, when, then, with a clock and ids that a test sets.

The same test gives the same log. `check_step` tests a step between two versions of an event type.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import count, repeat
from typing import Self

from coopledger._fields.reading import argument, require, text
from coopledger._log.vocabulary import Fields, Step
from coopledger._recording.receipts import Receipt
from coopledger._recording.recorder import Strict
from coopledger.dates import EdtfDate, day_text, instant, instant_us, read_instant, to_day
from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event, PartnershipOpened, PartyRegistered
from coopledger.ledger import Ledger
from coopledger.packs import Pack
from coopledger.view import View

NOON = "2030-01-01T12:00:00Z"
STILL = timedelta(0)
MICROSECOND = timedelta(microseconds=1)
NONE = "   none"

# Two states with a ministry each, a third state, an organisation, and two partnerships. Every
# other event of a test may name them.
WORLD: tuple[Event, ...] = (
    PartyRegistered(id="w1", party="vn", name="Viet Nam", kind="state", country="VN"),
    PartyRegistered(id="w2", party="fr", name="France", kind="state", country="FR"),
    PartyRegistered(id="w3", party="cu", name="Cuba", kind="state", country="CU"),
    PartyRegistered(id="w4", party="most", name="MOST", kind="ministry", parent="vn"),
    PartyRegistered(id="w5", party="mesr", name="MESR", kind="ministry", parent="fr"),
    PartyRegistered(id="w6", party="unesco", name="UNESCO", kind="international_organisation"),
    PartnershipOpened(id="w7", partnership="vnfr", parties=["vn", "fr"]),
    PartnershipOpened(id="w8", partnership="vncu", parties=["vn", "cu"]),
)


class Clock:
    """Clock that a test sets, to be the ``clock=`` of a ledger.

    It gives one instant, or moves on by ``tick`` after each call. A day means noon UTC.

    >>> clock = Clock("2022-08-16")
    >>> str(clock()), str(clock())
    ('2022-08-16 12:00:00+00:00', '2022-08-16 12:00:00+00:00')
    >>> clock.wait(timedelta(days=30))
    >>> str(clock())
    '2022-09-15 12:00:00+00:00'
    """

    def __init__(self, now: str | date = NOON, *, tick: timedelta = STILL) -> None:
        """Start at an instant with its offset from UTC, or at noon UTC of a day.

        Raises:
            ArgumentError: The instant cannot be read, or has no offset; the tick is no length.
        """
        self._us: int = argument("now", _us, now)
        self._tick: timedelta = argument("tick", _length, tick)

    def __call__(self) -> datetime:
        """Return the instant in UTC, then move on by the tick."""
        now = self.now
        self.wait(self._tick)
        return now

    @property
    def now(self) -> datetime:
        """Return the instant in UTC, without moving on."""
        return instant(self._us)

    def set(self, now: str | date) -> None:
        """Set the clock to an instant with its offset from UTC, or to noon UTC of a day.

        The clock may be set back: record times go on all the same.

        Raises:
            ArgumentError: The instant cannot be read, or has no offset.
        """
        self._us = argument("now", _us, now)

    def wait(self, length: timedelta) -> None:
        """Let the length pass.

        Raises:
            ArgumentError: The length is no timedelta.
        """
        self._us += argument("length", _length, length) // MICROSECOND


def numbered(prefix: str = "e") -> Callable[[], str]:
    """Return a source of ids for the ``ids=`` of a ledger: ``e1``, ``e2``, ``e3`` and so on.

    >>> new_id = numbered("e")
    >>> new_id(), new_id()
    ('e1', 'e2')
    """
    prefix, numbers = argument("prefix", text, prefix), count(1)
    return lambda: f"{prefix}{next(numbers)}"


def _us(now: str | date) -> int:
    """Return the microseconds since 1970 UTC."""
    if isinstance(now, datetime):
        return instant_us(now)
    if isinstance(now, str) and "T" in now:
        return read_instant(now)
    return read_instant(f"{day_text(to_day(now))}T12:00:00Z")


def _length(value: timedelta) -> timedelta:
    """Return the length, or refuse anything else (E106)."""
    require(value, timedelta, "is no length of time: give a timedelta")
    return value


def given(
    *events: Event,
    packs: Pack | Iterable[Pack] = (),
    strict: Strict = False,
    timezone: str = "UTC",
    now: str | date = NOON,
) -> "Scenario":
    """Begin a scenario: a ledger in memory that holds the events, recorded one by one.

    Args:
        events: The events that are recorded already, in the order of the log.
        packs: As for a `Ledger`.
        strict: As for a `Ledger`.
        timezone: As for a `Ledger`.
        now: The record time: an instant with its offset, or noon UTC of a day.

    Raises:
        AssertionError: One of the events is refused.
        ArgumentError: An argument cannot be used.

    >>> from coopledger import events
    >>> vn = events.PartyRegistered(party="vn", name="Viet Nam", kind="state")
    >>> scenario = given(vn).when(events.NoteAdded(subject="vnn", text="call them"))
    >>> scenario.then_refused("E102", saying="did you mean 'vn'").refusal.findings[0].field
    'subject'
    """
    return Scenario(packs=packs, strict=strict, timezone=timezone, now=now).given(*events)


class Scenario:
    """Story of a ledger: events given, events that then happen, and expectations.

    Each method returns the scenario, so that one call follows the other. A failed expectation
    raises an AssertionError with the outcome and the whole story.

    Attributes:
        ledger: The ledger of the scenario.
        clock: Its clock, which `at` sets.
    """

    def __init__(
        self,
        *,
        packs: Pack | Iterable[Pack] = (),
        strict: Strict = False,
        timezone: str = "UTC",
        now: str | date = NOON,
    ) -> None:
        """Begin with an empty ledger; see `given` for the arguments."""
        self.clock: Clock = Clock(now)
        self.ledger: Ledger = Ledger.in_memory(
            timezone=timezone, clock=self.clock, ids=numbered(), strict=strict, packs=packs
        )
        self._story: list[str] = []
        self._receipt: Receipt | None = None
        self._refusal: RefusedError | None = None

    @property
    def receipt(self) -> Receipt:
        """Return the receipt of the last `when`.

        Raises:
            AssertionError: The events were refused, or nothing has happened.
        """
        if self._receipt is None:
            raise self._unmet("expected a receipt")
        return self._receipt

    @property
    def refusal(self) -> RefusedError:
        """Return the error with which the last `when` was refused.

        Raises:
            AssertionError: The events were recorded, or nothing has happened.
        """
        if self._refusal is None:
            raise self._unmet("expected a refusal")
        return self._refusal

    def given(self, *events: Event) -> Self:
        """Record more events that must be accepted; see the function `given`."""
        __tracebackhide__ = True
        for event in events:
            try:
                receipt = self.ledger.record(event)
            except RefusedError as error:
                raise self._failure(f"cannot be given: {event}\n   {error}") from error
            self._tell("given", (item.event for item in receipt.events))
        return self

    def at(self, now: str | date) -> Self:
        """Set the record time of the following events: an instant, or noon UTC of a day.

        Give the scenario an earlier ``now`` to begin with: record times never run back.

        Raises:
            ArgumentError: The instant cannot be read, or has no offset.
        """
        self.clock.set(now)
        self._story.append(f"at {self.clock.now}")
        return self

    def when(self, *events: Event, by: str | None = None) -> Self:
        """Record the events together, or keep their refusal for the ``then_`` that follow."""
        if not events:
            raise ArgumentError("events", "()", "is nothing that happens: give an event")
        self._receipt = self._refusal = None
        try:
            self._receipt = self.ledger.record(*events, by=by)
        except RefusedError as error:
            self._refusal = error
            self._tell("when refused", events)
        else:
            self._tell("when", (item.event for item in self._receipt.events))
        return self

    def then_recorded(self) -> Self:
        """Expect that the events were recorded, with warnings or without."""
        __tracebackhide__ = True
        if self._receipt is None:
            raise self._unmet("expected it to be recorded")
        return self

    def then_warned(self, *codes: str, saying: str = "") -> Self:
        """Expect a warning of each code, and the text in one of them; others may be there.

        Args:
            codes: Codes of warnings, such as ``W105``.
            saying: A text within one of these warnings.
        """
        __tracebackhide__ = True
        self._expect("warning", self._receipt.warnings if self._receipt else (), codes, saying)
        return self

    def then_not_warned(self, *codes: str) -> Self:
        """Expect no warning of these codes; without codes, no warning at all."""
        __tracebackhide__ = True
        if any(not codes or warning.code in codes for warning in self.receipt.warnings):
            raise self._failure(f"expected no warning{_of(codes)}")
        return self

    def then_refused(self, *codes: str, saying: str = "") -> Self:
        """Expect a refusal of each code, and the text in one of them; others may be there.

        Args:
            codes: Codes of refusals, such as ``E505``.
            saying: A text within one of these refusals.
        """
        __tracebackhide__ = True
        self._expect("refusal", self._refusal.findings if self._refusal else (), codes, saying)
        return self

    def then(
        self,
        question: Callable[[View], object],
        answer: object,
        *,
        on: str | date | EdtfDate | None = None,
        known_at: str | date | EdtfDate | None = None,
        hindsight: bool = True,
    ) -> Self:
        """Expect that a view answers the question with the answer.

        Args:
            question: Function of a view, as in ``lambda view: view.instrument("mou").state``.
            answer: A value that equals the answer.
            on: The day of the view, as for `Ledger.view`; by default the day of the clock.
            known_at: As for `Ledger.view`.
            hindsight: As for `Ledger.view`.
        """
        __tracebackhide__ = True
        view = self.ledger.view(on, known_at=known_at, hindsight=hindsight)
        actual = question(view)
        if actual != answer:
            raise self._failure(f"expected {answer!r}\n   found {actual!r}\n   by {view!r}")
        return self

    def _expect(
        self, kind: str, findings: Sequence[Finding], codes: tuple[str, ...], saying: str
    ) -> None:
        """Fail unless a finding of each code is there, and the text is in one of them."""
        __tracebackhide__ = True
        missing = [code for code in codes if code not in {finding.code for finding in findings}]
        texts = [str(finding) for finding in findings if not codes or finding.code in codes]
        if missing or not any(saying in each for each in texts):
            words = f" saying {saying!r}" if saying else ""
            raise self._unmet(f"expected a {kind}{_of(missing or codes)}{words}")

    def _tell(self, how: str, events: Iterable[Event]) -> None:
        """Add the events to the story, for a failure to show."""
        self._story += [f"{how} {event.id or '(no id)'}: {event}" for event in events]

    def _unmet(self, expected: str) -> AssertionError:
        """Return the failure of an expectation about the last `when`."""
        if self._receipt is None and self._refusal is None:
            expected += "\n   nothing has happened: call when(...)"
        return self._failure(expected)

    def _failure(self, expected: str) -> AssertionError:
        """Return the failure of an expectation, with the outcome and the whole story."""
        story = [f"   {line}" for line in self._story] or [NONE]
        return AssertionError("\n".join((expected, *self._outcome(), "told", *story)))

    def _outcome(self) -> Iterator[str]:
        """Yield the refusals or the warnings of the last `when`, one a line."""
        if self._refusal is not None:
            yield from ("refusals", *(f"   {each}" for each in self._refusal.findings))
        elif self._receipt is not None:
            warnings = [f"   {each}" for each in self._receipt.warnings]
            yield from ("recorded, with warnings", *(warnings or [NONE]))


def _of(codes: Iterable[str]) -> str:
    """Return the codes as words that follow the noun; nothing without codes."""
    return f" {', '.join(codes)}".rstrip()


def check_step(step: Step, *, older: Mapping[str, object], newer: Mapping[str, object]) -> None:
    """Check that the step lifts the older fields to the newer ones, whole and in parts.

    Corrections hold only some fields of an event, and may be newer than it: a step works on any
    part of the fields, and changes nothing that is lifted already. A cleared field stays cleared.

    Args:
        step: As in ``Pack(steps={("lab.sample-sent", 1): step})``.
        older: The fields of an event as the older version has them, as plain JSON values.
        newer: The same fields as the next version has them.

    Raises:
        AssertionError: The step breaks the rule; the message shows for which fields.
    """
    _check(step, dict(older), dict(newer), "the whole is not lifted")
    _check(step, dict(newer), dict(newer), "what is lifted already is changed")
    _check(step, {}, {}, "a field is added")
    parts = Fields()
    for name, value in older.items():
        part = step({name: deepcopy(value)})
        _check(step, dict(part), part, "a part that is lifted already is changed")
        cleared = Fields(zip(part, repeat(None), strict=False))
        _check(step, {name: None}, cleared, "what is cleared is filled")
        parts |= part
    if parts != newer:
        raise _step_failure(
            "the parts are not lifted as the whole is", dict(older), parts, dict(newer)
        )


def _check(step: Step, fields: Fields, expected: Fields, fault: str) -> None:
    """Fail unless the step returns the expected fields, and leaves its argument alone."""
    copy = deepcopy(fields)
    lifted = step(copy)
    if lifted != expected:
        raise _step_failure(fault, fields, lifted, expected)
    if copy != fields:
        raise _step_failure("the fields that it is given are changed", fields, copy, fields)


def _step_failure(fault: str, older: Fields, lifted: Fields, expected: Fields) -> AssertionError:
    """Return the failure of a step: the fault, and the fields that show it."""
    return AssertionError(f"{fault}\n   given {older}\n   found {lifted}\nexpected {expected}")
