"""Made-up but plausible history of cooperation, as plain values; the same at every run."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, islice

from tests.benchmarks.story import Act, story

__all__ = ["Act", "batches", "history", "parties", "shares"]

PARTIES = 200
COUNTRIES = ("VN", "FR", "DE", "JP", "KR", "AU")
FIRST_DAY = date(2000, 1, 1)
DAYS = 8000  # over which partnerships begin; the last acts are of 2024
EVENTS_OF_A_PARTNERSHIP = 18  # a little fewer than there are


def history(count: int) -> list[Act]:
    """Return the first acts: the parties, then all partnerships by the day of the act."""
    return list(islice(chain(parties(), (act for _, act in _numbered(count))), count))


def shares(count: int, writers: int) -> list[list[Act]]:
    """Return the first acts after the parties, each partnership in the hands of one writer."""
    dealt: list[list[Act]] = [[] for _ in range(writers)]
    for number, act in islice(_numbered(count), count):
        dealt[number % writers].append(act)
    return dealt


def _numbered(count: int) -> Iterator[tuple[int, Act]]:
    """Return the acts by their days, each with the number of its partnership."""
    stories = count // EVENTS_OF_A_PARTNERSHIP + 1
    dated = [
        (begin + timedelta(days=after), number, place, act)
        for number in range(stories)
        for begin in [FIRST_DAY + timedelta(days=number * DAYS // stories)]
        for place, (after, act) in enumerate(story(number, begin, *_two_parties(number)))
    ]
    dated.sort(key=lambda item: item[:3])
    return ((number, act) for _, number, _, act in dated)


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


def _two_parties(number: int) -> tuple[str, str]:
    """Return the parties of a partnership; every party is in many, with ever other partners."""
    distance = 1 + number // PARTIES % (PARTIES - 1)
    return _party(number), _party(number + distance)


def _party(number: int) -> str:
    return f"party-{number % PARTIES}"
