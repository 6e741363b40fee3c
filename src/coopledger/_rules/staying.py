"""Who stays under a text of several parties once those have left that gave notice.

Between two a notice ends the text. With more its party leaves, and the text lives as long as two
stay that have nobody above them in common.
"""

from collections.abc import Callable, Collection, Iterable
from itertools import groupby
from operator import attrgetter

from coopledger._dates.asked_day import Day
from coopledger._rules.participants import Participants
from coopledger._rules.parties import Relations
from coopledger._rules.party_case import ENOUGH, Notice


def end_by_notice(
    participants: Participants, day: Day, *, counts: Callable[[str, Day], bool]
) -> Notice | None:
    """Return the notice by which the text ends for all; None where none does.

    Between two, or once others have left and two are the rest, that is the one that ends first.
    With more, it is one for all, or that by which fewer than two of those stay that count.
    """
    notices = participants.notices
    if not notices or (
        participants.are_several(day) and _two_stay(participants, day, counts=counts)
    ):
        return None
    running = sorted(notices.items(), key=lambda item: (item[1].ends, item[1].given))
    staying, leaving = {name for name in participants.cases if counts(name, day)}, set[str]()
    several_stay = participants.are_several(day, leaving=notices)
    for _, together in groupby(running, key=lambda item: item[1].ends):
        several = several_stay or participants.are_several(day, leaving=leaving)
        for name, notice in together:
            if not several or notice.for_all:
                return notice
            leaving.add(name)
            left = staying - leaving
            if name in staying and not are_enough(participants, left, day, leaving=leaving):
                return notice
    return None


def _two_stay(participants: Participants, day: Day, *, counts: Callable[[str, Day], bool]) -> bool:
    """Return whether two that have nobody above them in common stay, whatever notices run.

    It looks until it has found two, so that a notice of one of many costs little.
    """
    if any(map(attrgetter("for_all"), participants.notices.values())):
        return False
    staying = (
        heir
        for name, case in participants.cases.items()
        if case.left is None and name not in participants.notices and counts(name, day)
        for heir in participants.staying(name, day, participants.notices)
    )
    return _are_apart(participants.relations, staying, day)


def are_enough(
    participants: Participants,
    names: Iterable[str],
    day: Day,
    *,
    leaving: Collection[str] = frozenset(),
) -> bool:
    """Return whether two are left; units of one party are one, unless all parties are so."""
    staying = {heir for name in names for heir in participants.staying(name, day, leaving)}
    if _are_apart(participants.relations, staying, day):
        return True
    everybody = participants.acting(participants.present(day), day)
    return len(staying) >= ENOUGH and not _are_apart(participants.relations, everybody, day)


def _are_apart(relations: Relations, names: Iterable[str], day: Day) -> bool:
    """Return whether two of the names have nobody above them in common."""
    houses = set[frozenset[str]]()
    for name in names:
        own = _houses(relations, name, day)
        if any(map(own.isdisjoint, houses)):
            return True
        houses.add(own)
    return False


def _houses(relations: Relations, name: str, day: Day) -> frozenset[str]:
    """Return the topmost parties above a party, also above those that took over from these."""
    waiting, seen, topmost = [name], {name}, set[str]()
    while waiting:
        above = relations.above(waiting.pop())
        topmost.add(above[-1])
        later = (heir for each in above[1:] for heir in relations.meant(each, day))
        new = [heir for heir in later if heir not in seen]
        seen.update(new)
        waiting += new
    return frozenset(topmost)
