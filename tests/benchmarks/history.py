"""Made-up but plausible history of cooperation, as plain values; the same at every run.

Partnerships have 20 to 200 events, a few of them thousands. Of all events 2 % correct another one,
and 10 % are recorded more than a month after the act. A third of the dates are fuzzy.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, count, islice
from operator import attrgetter

import attrs

from tests.benchmarks.mending import CORRECTIONS, correction
from tests.benchmarks.story import Act, Names, story

__all__ = [
    "PARTIES",
    "Act",
    "Entry",
    "archive",
    "batches",
    "history",
    "ordinary",
    "parties",
    "shares",
]

PARTIES = 200
COUNTRIES = ("VN", "FR", "DE", "JP", "KR", "AU")
FIRST_DAY = date(2000, 1, 1)
DAYS = 8000  # over which chapters begin; the last acts are of 2024
EVENTS_OF_A_CHAPTER = 19  # a little fewer than there are
CHAPTERS = 9  # at most, of a partnership that is no giant
DAYS_BETWEEN_CHAPTERS = 290
CHAPTERS_OF_A_GIANT = 110
EVENTS_FOR_A_GIANT = 20_000  # a ledger of so many has one, one of twice as many two, up to
GIANTS = 5

# On these nothing that happens later rests, so that they may be recorded late.
LEAVES = {
    "CommitmentCancelled",
    "CommitmentFulfilled",
    "CommitmentProgressed",
    "ConditionMet",
    "InstrumentExtended",
    "ProposalDeclined",
}
LATE_LEAVES = 0.34  # the share of them that makes 10 % of all events
LATE_DAYS = 300  # beyond a month, at most
MONTH_DAYS = 32  # an act of which only the month is known is recorded when it is over
CORRECTED = 0.0208  # the share of other events that makes 2 % of all events


@attrs.frozen
class Entry:
    """One act as it comes to be recorded.

    Attributes:
        day: The day of recording, as an ordinal.
        partnership: The number of its partnership; parties have none.
        id: The id of the event; ids sort nearly as the events are recorded.
        act: What is recorded.
    """

    day: int
    partnership: int | None
    id: str
    act: Act


@attrs.frozen
class _Chapter:
    """Chapter of a partnership: the day on which it begins, from the first, and its number."""

    begin: int
    partnership: int
    number: int

    @property
    def seed(self) -> int:
        """Return a number that no other chapter has."""
        return self.partnership * 1000 + self.number


def archive(events: int) -> Iterator[Entry]:
    """Yield so many events in the order of recording, the parties first.

    Memory holds the chapters that go on, and not all events.
    """
    return islice(chain(_registrations(), _merged(_chapters(events))), events)


def history(events: int) -> list[Act]:
    """Return the first acts of such a ledger, corrections left out: every side can do them."""
    whole = archive(events + events // 20 + PARTIES)
    return list(islice((entry.act for entry in whole if not _corrects(entry)), events))


def shares(events: int, writers: int) -> list[list[Act]]:
    """Return the first acts after the parties, each partnership in the hands of one writer."""
    dealt: list[list[Act]] = [[] for _ in range(writers)]
    whole = archive(2 * events + PARTIES)
    plain = ((entry.partnership, entry.act) for entry in whole if not _corrects(entry))
    of_partnerships = ((number, act) for number, act in plain if number is not None)
    for number, act in islice(of_partnerships, events):
        dealt[number % writers].append(act)
    return dealt


def batches(acts: Sequence[Act], size: int) -> Iterator[Sequence[Act]]:
    """Return the acts in their order, so many at a time."""
    return (acts[start : start + size] for start in range(0, len(acts), size))


def parties() -> Iterator[Act]:
    """Yield the registration of every party of the history."""
    for number in range(PARTIES):
        fields: dict[str, object] = {
            "party": _party(number),
            "name": f"Centre for Cooperation No. {number}",
            "kind": "centre",
            "country": COUNTRIES[number % len(COUNTRIES)],
            "acronyms": [f"CC{number}"],
        }
        yield Act("PartyRegistered", fields)


def ordinary(events: int) -> list[str]:
    """Return the ids of partnerships of about a hundred events in such a ledger."""
    chapters = Counter(chapter.partnership for chapter in _chapters(events))
    return [
        _partnership(number) for number, most in sorted(chapters.items()) if most in range(4, 7)
    ]


def _registrations() -> Iterator[Entry]:
    """Yield the registrations of the parties, on the day before the first act."""
    day = FIRST_DAY.toordinal() - 1
    for number, act in enumerate(parties()):
        yield Entry(day, None, _event_id(day, _Chapter(0, number, 0), 0), act)


def _chapters(events: int) -> list[_Chapter]:
    """Return the chapters of a ledger with so many events, by the days on which they begin."""
    giants = min(events // EVENTS_FOR_A_GIANT, GIANTS)
    chapters: list[_Chapter] = []
    for partnership in count():
        if len(chapters) * EVENTS_OF_A_CHAPTER > events:
            break
        if partnership < giants:
            most, days = CHAPTERS_OF_A_GIANT, DAYS // CHAPTERS_OF_A_GIANT
        else:
            most, days = 1 + int(CHAPTERS * _chance(partnership, 1)), DAYS_BETWEEN_CHAPTERS
        begin = int((DAYS - most * days) * _chance(partnership, 2))
        chapters += (_Chapter(begin + days * place, partnership, place) for place in range(most))
    return sorted(chapters, key=attrgetter("begin", "partnership"))


def _merged(chapters: Sequence[_Chapter]) -> Iterator[Entry]:
    """Yield the entries of all chapters in the order of recording."""
    waiting: list[tuple[int, str, Entry]] = []
    for chapter in chapters:
        while waiting and waiting[0][0] < FIRST_DAY.toordinal() + chapter.begin:
            yield heapq.heappop(waiting)[-1]
        for entry in _entries(chapter):
            heapq.heappush(waiting, (entry.day, entry.id, entry))
    while waiting:
        yield heapq.heappop(waiting)[-1]


def _entries(chapter: _Chapter) -> Iterator[Entry]:
    """Yield the entries of a chapter, with the corrections of some."""
    names = Names(
        partnership=_partnership(chapter.partnership),
        mark=f"{chapter.partnership}-{chapter.number}",
        number=int(1000 * _chance(chapter.seed, 3)),
        begin=FIRST_DAY + timedelta(days=chapter.begin),
        us=_party(chapter.partnership),
        them=_other_party(chapter.partnership),
    )
    acts = story(names, is_first=chapter.number == 0)
    for place, (after, act) in enumerate(acts):
        seed = chapter.seed * 100 + place
        day = names.begin.toordinal() + after + _delay(act, seed)
        entry = Entry(day, chapter.partnership, _event_id(day, chapter, 2 * place), act)
        yield entry
        if _chance(seed, 4) < CORRECTED:
            day += 1 + int(LATE_DAYS * _chance(seed, 5))
            mended = correction(entry.id, act, names.day(after + 1), chance=_chance(seed, 6))
            event_id = _event_id(day, chapter, 2 * place + 1)
            yield Entry(day, chapter.partnership, event_id, mended)


def _delay(act: Act, seed: int) -> int:
    """Return the days from an act to its recording."""
    when = act.fields.get("when", "2000-01-01")
    days = 1 if isinstance(when, str) and len(when) == len("2000-01-01") else MONTH_DAYS
    if act.kind in LEAVES and _chance(seed, 7) < LATE_LEAVES:
        days += MONTH_DAYS + int(LATE_DAYS * _chance(seed, 8))
    return days


def _corrects(entry: Entry) -> bool:
    """Return whether the entry is about another one."""
    return entry.act.kind in CORRECTIONS


def _event_id(day: int, chapter: _Chapter, place: int) -> str:
    """Return an id of 26 letters, as long as those that the library gives."""
    return f"{day:08x}-{chapter.partnership:06x}-{chapter.number:05x}-{place:04x}"


def _other_party(partnership: int) -> str:
    """Return the second party; every party is in many partnerships, with ever other ones."""
    return _party(partnership + 1 + partnership // PARTIES % (PARTIES - 1))


def _partnership(number: int) -> str:
    return f"partnership-{number}"


def _party(number: int) -> str:
    return f"party-{number % PARTIES}"


def _chance(number: int, about: int) -> float:
    """Return a number from 0 to below 1, the same at every run, as if drawn by lot."""
    mixed = (number * 0x9E3779B97F4A7C15 + about * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    mixed = ((mixed ^ mixed >> 31) * 0x94D049BB133111EB) & (2**64 - 1)
    return (mixed ^ mixed >> 29) / 2**64
