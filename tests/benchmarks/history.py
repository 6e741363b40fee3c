"""A made-up but plausible history of cooperation, as plain values; the same at every run."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from typing import NamedTuple, TypeAlias

Fields: TypeAlias = "dict[str, object]"


class Act(NamedTuple):
    """One thing that happened: the name of an event class, and the fields of the event."""

    kind: str
    fields: Fields


PARTIES = 200
FIRST_DAY = date(2000, 1, 1)
DAYS = 8000  # over which partnerships begin; the last acts are of 2024
EVENTS_OF_A_PARTNERSHIP = 18  # a little fewer than there are
COUNTRIES = ("VN", "FR", "DE", "JP", "KR", "AU")
KINDS = ("mou", "agreement", "programme", "protocol")


def history(count: int) -> list[Act]:
    """The first acts of a history: the parties, then all partnerships by the day of the act."""
    stories = count // EVENTS_OF_A_PARTNERSHIP + 1
    dated = [
        (FIRST_DAY + timedelta(days=number * DAYS // stories + after), number, place, act)
        for number in range(stories)
        for place, (after, act) in enumerate(_story(number, number * DAYS // stories))
    ]
    dated.sort(key=lambda item: item[:3])
    return list(islice(chain(_parties(), (item[3] for item in dated)), count))


def batches(acts: Sequence[Act], size: int) -> Iterator[Sequence[Act]]:
    """The acts in their order, so many at a time."""
    return (acts[start : start + size] for start in range(0, len(acts), size))


def _parties() -> Iterator[Act]:
    for number in range(PARTIES):
        fields: Fields = {
            "party": f"party-{number}",
            "name": f"Centre for Cooperation No. {number}",
            "kind": "centre",
            "country": COUNTRIES[number % len(COUNTRIES)],
            "acronyms": [f"CC{number}"],
        }
        yield Act("PartyRegistered", fields)


def _story(number: int, begin: int) -> Iterator[tuple[int, Act]]:
    """What happens in one partnership, each act with its distance in days from the first."""
    names = _Names(number, begin)
    yield from _approach(names)
    if number % 6 == 5:
        yield from _failure(names)
        return
    yield from _signing(names)
    yield from _promises(names)
    yield from _carrying_out(names)


class _Names:
    """The names and dates of one partnership."""

    def __init__(self, number: int, begin: int) -> None:
        self.number = number
        self.begin = begin
        self.us = f"party-{number % PARTIES}"
        self.them = f"party-{(number * 7 + 1 + number // PARTIES) % PARTIES}"
        if self.them == self.us:
            self.them = f"party-{(number + 1) % PARTIES}"
        self.partnership = f"partnership-{number}"
        self.text = f"text-{number}"
        self.wish = f"wish-{number}"
        self.proposal = f"proposal-{number}"

    def day(self, after: int) -> str:
        return (FIRST_DAY + timedelta(days=self.begin + after)).isoformat()

    def month(self, after: int) -> str:
        return self.day(after)[:7]

    def some(self, after: int) -> str:
        """A day; for one partnership in four only its month, for some of these about so."""
        if self.number % 4 != 1:
            return self.day(after)
        return self.month(after) + ("~" if self.number % 8 == 1 else "")

    def year(self, after: int) -> int:
        return int(self.day(after)[:4])

    def meeting(self, place: int) -> str:
        return f"meeting-{self.number}-{place}"

    def promise(self, place: int) -> str:
        return f"promise-{self.number}-{place}"

    def source(self, after: int) -> Fields:
        return {"publisher": "Hanoi Times", "published": self.day(after + 1), "basis": "press"}


def _approach(names: _Names) -> Iterator[tuple[int, Act]]:
    """A visit, a wish, a proposal, and talks on a text."""
    yield (
        0,
        Act(
            "PartnershipOpened",
            {
                "partnership": names.partnership,
                "parties": [names.us, names.them],
                "scope": "research and training",
            },
        ),
    )
    yield (
        0,
        Act(
            "MeetingScheduled",
            {
                "meeting": names.meeting(0),
                "kind": "visit",
                "partnership": names.partnership,
                "planned": names.month(32),
                "host": names.us,
                "when": names.day(0),
            },
        ),
    )
    yield (
        32,
        Act(
            "MeetingHeld",
            {
                "meeting": names.meeting(0),
                "topics": ["exchange of experts", "joint research"],
                "place": {"name": "Hanoi", "country": "VN"},
                "participants": [
                    {"person": "Nguyễn Văn An", "party": names.us, "role": "chair"},
                    {"person": "Claire Martin", "party": names.them, "role": "guest"},
                ],
                "source": [names.source(32)],
                "when": names.day(32),
            },
        ),
    )
    yield (
        32,
        Act(
            "InterestExpressed",
            {
                "proposal": names.wish,
                "partnership": names.partnership,
                "by": [names.them],
                "text": "would like to send researchers for a stay",
                "at_meeting": names.meeting(0),
                "when": names.day(32),
            },
        ),
    )
    yield (
        60,
        Act(
            "InstrumentRegistered",
            {
                "instrument": names.text,
                "partnership": names.partnership,
                "kind": KINDS[names.number % len(KINDS)],
                "title": f"Text No. {names.number} on cooperation in research and training",
            },
        ),
    )
    yield (
        61,
        Act(
            "ProposalMade",
            {
                "proposal": names.proposal,
                "partnership": names.partnership,
                "by": [names.us],
                "text": "conclude a text on joint research and training",
                "instrument": names.text,
                "when": names.some(61),
            },
        ),
    )
    yield (
        92,
        Act(
            "ProposalAgreedInPrinciple",
            {"proposal": names.proposal, "by": [names.them], "when": names.some(92)},
        ),
    )
    yield (
        124,
        Act(
            "NegotiationOpened",
            {"instrument": names.text, "round": 1, "when": names.some(124)},
        ),
    )


def _failure(names: _Names) -> Iterator[tuple[int, Act]]:
    """Talks end without a text."""
    yield (
        300,
        Act(
            "NegotiationBrokenOff",
            {"instrument": names.text, "reason": "no funds", "when": names.some(300)},
        ),
    )
    yield (
        301,
        Act(
            "ProposalDeclined",
            {
                "proposal": names.wish,
                "by": [names.us],
                "text": "not this year",
                "when": names.day(335),
            },
        ),
    )


def _signing(names: _Names) -> Iterator[tuple[int, Act]]:
    """A ceremony; some texts enter into force later."""
    yield (
        200,
        Act(
            "MeetingHeld",
            {
                "meeting": names.meeting(1),
                "kind": "ceremony",
                "partnership": names.partnership,
                "place": {"name": "Paris", "country": "FR"},
                "when": names.day(200),
            },
        ),
    )
    yield (
        200,
        Act(
            "InstrumentSigned",
            {
                "instrument": names.text,
                "signers": [names.us, names.them],
                "until": f"{names.year(200) + 3}-12-31",
                "at_meeting": names.meeting(1),
                "source": [names.source(200)],
                "when": names.some(200),
            },
        ),
    )
    if names.number % 4 == 1:
        yield (
            262,
            Act(
                "InstrumentEnteredIntoForce",
                {"instrument": names.text, "when": names.some(262)},
            ),
        )


def _promises(names: _Names) -> Iterator[tuple[int, Act]]:
    """Four promises; the second on a condition."""
    for place, what in enumerate(
        (
            "send the list of laboratories",
            "host four researchers for six months",
            "publish the joint report",
            "set up a shared fund",
        )
    ):
        fields: Fields = {
            "commitment": names.promise(place),
            "partnership": names.partnership,
            "debtors": [names.us if place % 2 == 0 else names.them],
            "creditors": [names.them if place % 2 == 0 else names.us],
            "what": what,
            "firmness": "agreed" if place % 2 else "commitment",
            "due": names.month(400 + 80 * place) if place % 2 == 0 else names.day(700),
            "under": names.text,
            "source": [names.source(200)],
            "when": names.some(200),
        }
        if place == 1:
            fields["conditions"] = [{"id": "funds", "text": "once the funds are granted"}]
        yield 201, Act("CommitmentMade", fields)


def _carrying_out(names: _Names) -> Iterator[tuple[int, Act]]:
    """Three promises are kept, one of them late; the fourth stays open or is given up."""
    met: Fields = {
        "commitment": names.promise(1),
        "condition": "funds",
        "when": names.some(330),
    }
    yield 330, Act("ConditionMet", met)
    progress: Fields = {
        "commitment": names.promise(2),
        "percent": 50,
        "text": "the first draft is written",
        "when": names.day(365),
    }
    yield 365, Act("CommitmentProgressed", progress)
    first: Fields = {"commitment": names.promise(0), "when": names.some(400)}
    yield 400, Act("CommitmentFulfilled", first)
    later: Fields = {
        "commitment": names.promise(2),
        "due": names.month(650),
        "by": [names.us],
        "when": names.day(450),
    }
    yield 450, Act("CommitmentRescheduled", later)
    second: Fields = {
        "commitment": names.promise(1),
        "evidence": ["letter of thanks"],
        "when": names.some(500),
    }
    yield 500, Act("CommitmentFulfilled", second)
    third: Fields = {"commitment": names.promise(2), "when": names.day(660)}
    yield 660, Act("CommitmentFulfilled", third)
    if names.number % 5 == 0:
        given_up: Fields = {
            "commitment": names.promise(3),
            "by": [names.them],
            "when": names.day(720),
        }
        yield 720, Act("CommitmentCancelled", given_up)
    if names.number % 4 == 2:
        longer: Fields = {
            "instrument": names.text,
            "until": f"{names.year(200) + 6}-12-31",
            "when": names.day(900),
        }
        yield 900, Act("InstrumentExtended", longer)
