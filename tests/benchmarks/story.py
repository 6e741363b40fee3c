"""One chapter in the life of a partnership: a visit, talks, a text, promises kept or not."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import attrs


class Act(NamedTuple):
    """One thing that happened: the name of an event class, and the fields of the event."""

    kind: str
    fields: dict[str, object]


Later = tuple[int, Act]  # an act, so many days after the partnership began

KINDS = ("mou", "agreement", "programme", "protocol")
PROMISES = (
    "send the list of laboratories",
    "host four researchers for six months",
    "publish the joint report",
    "set up a shared fund",
)


@attrs.frozen
class Names:
    """Names and dates of one chapter in the life of a partnership.

    Attributes:
        partnership: Its id.
        mark: Ends the id of every other thing of the chapter.
        number: Says which things happen in it.
        begin: The day of the first act.
        us: One party.
        them: The other.
    """

    partnership: str
    mark: str
    number: int
    begin: date
    us: str
    them: str

    def __call__(self, thing: str) -> str:
        """Return the id of a thing in this chapter."""
        return f"{thing}-{self.mark}"

    @property
    def code(self) -> str:
        """Return the word by which the texts of the partnership are found."""
        return code_of(self.partnership)

    def person(self, name: str) -> str:
        """Return somebody of whom there is one in each partnership."""
        return f"{name} {self.code[1:]}"

    def day(self, after: int) -> str:
        """Return the day so many days later."""
        return (self.begin + timedelta(days=after)).isoformat()

    def month(self, after: int) -> str:
        """Return the month alone."""
        return self.day(after)[:7]

    def some(self, after: int) -> str:
        """Return the day; in two chapters of five the month alone, in one of five uncertain."""
        if self.number % 5 > 1:
            return self.day(after)
        return self.month(after) + ("~" if self.number % 5 == 1 else "")

    def end(self, after: int, years: int) -> str:
        """Return the end of a year, so many years later."""
        return f"{(self.begin + timedelta(days=after)).year + years}-12-31"

    def source(self, after: int) -> list[dict[str, str]]:
        """Return a newspaper of the next day."""
        return [{"publisher": "Hanoi Times", "published": self.day(after + 1), "basis": "press"}]


def code_of(partnership: str) -> str:
    """Return a word that is said of the texts of the partnership, and of no others."""
    return f"T{int(partnership.rpartition('-')[2]):06}"


def story(names: Names, *, is_first: bool) -> Iterator[Later]:
    """Yield the acts, with their days from the first; some twenty, or ten without a text.

    The first chapter opens the partnership, and always leads to a text.
    """
    if is_first:
        yield _act(
            0,
            "PartnershipOpened",
            partnership=names.partnership,
            parties=[names.us, names.them],
            scope="research and training",
        )
    yield from _visit(names)
    yield from _talks(names)
    if not is_first and names.number % 6 == 5:
        yield from _failure(names)
        return
    yield from _signing(names)
    yield from _promises(names)
    yield from _obstacle(names)
    yield from _carrying_out(names)
    yield from _last_acts(names)


def _act(after: int, kind: str, /, **fields: object) -> Later:
    return after, Act(kind, fields)


def _visit(names: Names) -> Iterator[Later]:
    yield _act(
        0,
        "MeetingScheduled",
        meeting=names("visit"),
        kind="visit",
        partnership=names.partnership,
        planned=names.month(32),
        host=names.us,
        when=names.day(0),
    )
    yield _act(
        32,
        "MeetingHeld",
        meeting=names("visit"),
        topics=["exchange of experts", "joint research"],
        place={"name": "Hanoi", "country": "VN"},
        participants=[
            {"person": names.person("Nguyễn Văn An"), "party": names.us, "role": "chair"},
            {"person": names.person("Claire Martin"), "party": names.them, "role": "guest"},
        ],
        source=names.source(32),
        when=names.day(32),
    )
    yield _act(
        32,
        "InterestExpressed",
        proposal=names("wish"),
        partnership=names.partnership,
        by=[names.them],
        text="would like to send researchers for a stay",
        at_meeting=names("visit"),
        when=names.day(32),
    )


def _talks(names: Names) -> Iterator[Later]:
    yield _act(
        60,
        "InstrumentRegistered",
        instrument=names("text"),
        partnership=names.partnership,
        kind=KINDS[names.number % len(KINDS)],
        title=f"Text {names.code} on cooperation in research and training",
    )
    yield _act(
        61,
        "ProposalMade",
        proposal=names("proposal"),
        partnership=names.partnership,
        by=[names.us],
        text="conclude a text on joint research and training",
        instrument=names("text"),
        when=names.some(61),
    )
    yield _act(
        92,
        "ProposalAgreedInPrinciple",
        proposal=names("proposal"),
        by=[names.them],
        when=names.some(92),
    )
    yield _act(124, "NegotiationOpened", instrument=names("text"), round=1, when=names.some(124))


def _failure(names: Names) -> Iterator[Later]:
    yield _act(
        300,
        "NegotiationBrokenOff",
        instrument=names("text"),
        reason="no funds",
        when=names.some(300),
    )
    yield _act(
        335,
        "ProposalDeclined",
        proposal=names("wish"),
        by=[names.us],
        text="not this year",
        when=names.day(335),
    )


def _signing(names: Names) -> Iterator[Later]:
    yield _act(
        200,
        "MeetingHeld",
        meeting=names("ceremony"),
        kind="ceremony",
        partnership=names.partnership,
        place={"name": "Paris", "country": "FR"},
        when=names.day(200),
    )
    yield _act(
        200,
        "InstrumentSigned",
        instrument=names("text"),
        signers=[names.us, names.them],
        until=names.end(200, 3),
        at_meeting=names("ceremony"),
        source=names.source(200),
        when=names.some(200),
    )


def _promises(names: Names) -> Iterator[Later]:
    """Yield four promises, by one side and the other in turn; the second on a condition.

    The fourth outlives the text.
    """
    for place, what in enumerate(PROMISES):
        ours = place % 2 == 0
        after, made = _act(
            201,
            "CommitmentMade",
            commitment=names(f"promise-{place}"),
            partnership=names.partnership,
            debtors=[names.us if ours else names.them],
            creditors=[names.them if ours else names.us],
            what=what,
            due=names.month(400 + 80 * place) if ours else names.day(700),
            under=names("text"),
            source=names.source(200),
            when=names.some(200),
        )
        if not ours:
            made.fields["firmness"] = "agreed"
        if place == 1:
            made.fields["conditions"] = [{"id": "funds", "text": "once the funds are granted"}]
        if place == 3:
            value = 10_000 * (1 + names.number % 9)
            made.fields["survives"] = True
            made.fields["amount"] = {"value": f"{value}", "currency": "EUR"}
        yield after, made


def _obstacle(names: Names) -> Iterator[Later]:
    """Yield what stands in the way of one text of eight, and of one of sixteen no longer."""
    if names.number % 8 == 3:
        yield _act(
            240,
            "ObstacleReported",
            obstacle=names("obstacle"),
            subject=names("text"),
            text="visas take three months",
            lies_with=[names.them],
            when=names.day(240),
        )
    if names.number % 16 == 3:
        yield _act(420, "ObstacleRemoved", obstacle=names("obstacle"), when=names.day(420))


def _carrying_out(names: Names) -> Iterator[Later]:
    """Yield the acts by which three promises are kept, one of them on a new date."""
    yield _act(
        330,
        "ConditionMet",
        commitment=names("promise-1"),
        condition="funds",
        when=names.some(330),
    )
    yield _act(
        365,
        "CommitmentProgressed",
        commitment=names("promise-2"),
        percent=50,
        text="the first draft is written",
        when=names.day(365),
    )
    yield _act(400, "CommitmentFulfilled", commitment=names("promise-0"), when=names.some(400))
    yield _act(
        450,
        "CommitmentRescheduled",
        commitment=names("promise-2"),
        due=names.month(650),
        by=[names.us],
        when=names.day(450),
    )
    yield _act(
        500,
        "CommitmentFulfilled",
        commitment=names("promise-1"),
        evidence=["letter of thanks"],
        when=names.some(500),
    )
    yield _act(660, "CommitmentFulfilled", commitment=names("promise-2"), when=names.day(660))


def _last_acts(names: Names) -> Iterator[Later]:
    """Yield the last acts: entries into force, extensions, fourth promises kept or given up.

    Of the fourth promises two of seven stay open.
    """
    if names.number % 4 == 1:
        yield _act(
            262,
            "InstrumentEnteredIntoForce",
            instrument=names("text"),
            when=names.some(262),
        )
    if names.number % 7 < 4:
        yield _act(710, "CommitmentFulfilled", commitment=names("promise-3"), when=names.some(710))
    elif names.number % 7 == 4:
        yield _act(
            720,
            "CommitmentCancelled",
            commitment=names("promise-3"),
            by=[names.them],
            when=names.day(720),
        )
    if names.number % 4 == 2:
        yield _act(
            900,
            "InstrumentExtended",
            instrument=names("text"),
            until=names.end(200, 6),
            when=names.day(900),
        )
