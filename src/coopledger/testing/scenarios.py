"""A small world that a test can begin with."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Self

from coopledger._recording.receipts import Receipt
from coopledger._recording.recorder import Strict
from coopledger.dates import EdtfDate
from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event, PartnershipOpened, PartyRegistered
from coopledger.ledger import Ledger
from coopledger.packs import Pack
from coopledger.testing.clock import NOON, Clock, numbered
from coopledger.view import View

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


# Given, when, then: what a ledger says and answers, told as a test is read.

NONE = "   none"


def given(
    *events: Event,
    packs: Iterable[Pack] = (),
    strict: Strict = False,
    timezone: str = "UTC",
    now: str | date = NOON,
) -> "Scenario":
    """A scenario: a ledger in memory that holds the events, recorded one after the other.

    Args:
        events: What is recorded already, in the order of the log.
        packs: As for a `Ledger`.
        strict: As for a `Ledger`.
        timezone: As for a `Ledger`.
        now: When it is recorded: an instant with its offset, or noon UTC of a day.

    Raises:
        AssertionError: One of the events is refused: nothing can be given that cannot be.
        ArgumentError: An argument cannot be used.

    >>> from coopledger import events
    >>> vn = events.PartyRegistered(party="vn", name="Viet Nam", kind="state")
    >>> told = given(vn).when(events.NoteAdded(subject="vnn", text="call them"))
    >>> told.then_refused("E102", saying="did you mean 'vn'").refusal.findings[0].field
    'subject'
    """
    return Scenario(packs=packs, strict=strict, timezone=timezone, now=now).given(*events)


class Scenario:
    """What is given, what then happens, and what is then expected.

    It is told once, from top to bottom. Each method gives the scenario back, so that one can
    follow the other; a failed expectation shows what was found, and all that was told.

    Attributes:
        ledger: The ledger of the scenario.
        clock: Its clock, which `at` turns.
    """

    def __init__(
        self,
        *,
        packs: Iterable[Pack] = (),
        strict: Strict = False,
        timezone: str = "UTC",
        now: str | date = NOON,
    ) -> None:
        """Nothing is given yet; see `given` for the arguments."""
        self.clock: Clock = Clock(now)
        self.ledger: Ledger = Ledger.in_memory(
            timezone=timezone, clock=self.clock, ids=numbered(), strict=strict, packs=packs
        )
        self._told: list[str] = []
        self._receipt: Receipt | None = None
        self._refusal: RefusedError | None = None

    @property
    def receipt(self) -> Receipt:
        """The receipt of what happened last.

        Raises:
            AssertionError: It was refused, or nothing has happened.
        """
        if self._receipt is None:
            raise self._unmet("expected a receipt")
        return self._receipt

    @property
    def refusal(self) -> RefusedError:
        """Why what happened last was refused.

        Raises:
            AssertionError: It was recorded, or nothing has happened.
        """
        if self._refusal is None:
            raise self._unmet("expected a refusal")
        return self._refusal

    def given(self, *events: Event) -> Self:
        """The events are recorded too; see the function `given`."""
        __tracebackhide__ = True
        for event in events:
            try:
                receipt = self.ledger.record(event)
            except RefusedError as error:
                raise self._failure(f"cannot be given: {event}\n   {error}") from error
            self._tell("given", (item.event for item in receipt.events))
        return self

    def at(self, now: str | date) -> Self:
        """What follows is recorded at an instant, or at noon UTC of a day.

        Give the scenario an earlier ``now`` to begin with: record times never run back.

        Raises:
            ArgumentError: The instant cannot be read, or has no offset.
        """
        self.clock.set(now)
        self._told.append(f"at {self.clock.now}")
        return self

    def when(self, *events: Event, by: str | None = None) -> Self:
        """The events are recorded together, or refused; what is expected is said by ``then_``."""
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
        """It was recorded, with warnings or without."""
        __tracebackhide__ = True
        if self._receipt is None:
            raise self._unmet("expected it to be recorded")
        return self

    def then_warned(self, *codes: str, saying: str = "") -> Self:
        """It was recorded with a warning of each code, and one that says so; perhaps with others.

        Args:
            codes: Codes of warnings, such as ``W105``.
            saying: What stands in one of these warnings.
        """
        __tracebackhide__ = True
        found = self._receipt.warnings if self._receipt is not None else ()
        self._expect("warning", found, codes, saying)
        return self

    def then_not_warned(self, *codes: str) -> Self:
        """It was recorded without a warning of these codes; without codes, without any."""
        __tracebackhide__ = True
        found = [each for each in self.receipt.warnings if not codes or each.code in codes]
        if found:
            raise self._failure(f"expected no warning{_of(codes)}")
        return self

    def then_refused(self, *codes: str, saying: str = "") -> Self:
        """It was refused for each of the codes, and in such words; perhaps for others too.

        Args:
            codes: Codes of refusals, such as ``E505``.
            saying: What stands in one of these refusals.
        """
        __tracebackhide__ = True
        found = self._refusal.findings if self._refusal is not None else ()
        self._expect("refusal", found, codes, saying)
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
        """A view answers the question so.

        Args:
            question: Asks a view, as in ``lambda view: view.instrument("mou").state``.
            answer: What it answers, in a form that equals the answer.
            on: The day of the view, as for `Ledger.view`; by default that of the clock.
            known_at: What was recorded by then, as for `Ledger.view`.
            hindsight: As for `Ledger.view`.
        """
        __tracebackhide__ = True
        view = self.ledger.view(on, known_at=known_at, hindsight=hindsight)
        found = question(view)
        if found != answer:
            raise self._failure(f"expected {answer!r}\n   found {found!r}\n   by {view!r}")
        return self

    def _expect(
        self, kind: str, found: Iterable[Finding], codes: tuple[str, ...], saying: str
    ) -> None:
        """Fails unless a finding of each code is there, and one of them says so."""
        __tracebackhide__ = True
        told = list(found)
        missing = [code for code in codes if code not in {each.code for each in told}]
        meant = [each for each in told if not codes or each.code in codes]
        if missing or not any(saying in str(each) for each in meant):
            words = f" saying {saying!r}" if saying else ""
            raise self._unmet(f"expected a {kind}{_of(missing or codes)}{words}")

    def _tell(self, how: str, events: Iterable[Event]) -> None:
        """Keep what was told, for a failure to show."""
        self._told += [f"{how} {event.id or '(no id)'}: {event}" for event in events]

    def _unmet(self, expected: str) -> AssertionError:
        """The failure of what was expected of what happened last."""
        if self._receipt is None and self._refusal is None:
            expected += "\n   nothing has happened: call when(...)"
        return self._failure(expected)

    def _failure(self, expected: str) -> AssertionError:
        """The failure of an expectation, with what was found and all that was told."""
        return AssertionError("\n".join((expected, *self._found(), "told", *self._story())))

    def _found(self) -> Iterator[str]:
        """What came of what happened last."""
        if self._refusal is not None:
            yield from ("refusals", *(f"   {each}" for each in self._refusal.findings))
        elif self._receipt is not None:
            warnings = [f"   {each}" for each in self._receipt.warnings]
            yield from ("recorded, with warnings", *(warnings or [NONE]))

    def _story(self) -> list[str]:
        """All that was told, one line each."""
        return [f"   {line}" for line in self._told] or [NONE]


def _of(codes: Iterable[str]) -> str:
    """The codes, as they follow the noun."""
    told = ", ".join(codes)
    return f" {told}" if told else ""
