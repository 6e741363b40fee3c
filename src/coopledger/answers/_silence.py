"""Silence of a partnership: nothing done for long, or nothing heard of it."""

from coopledger._dates.asked_day import AFTER_ALL_DAYS, Day
from coopledger._dates.marks import is_fuzzy
from coopledger._facts.index import BEGINNING, Fact
from coopledger._frozen import frozen
from coopledger._rules.stage import DORMANT_AFTER_DAYS
from coopledger._snapshot import Snapshot
from coopledger.answers._activity import Activity
from coopledger.dates import add_months
from coopledger.errors import FieldError
from coopledger.events import PartnershipOpened
from coopledger.terms import Flag, Noun, Stage

# A partnership at one of these has nothing left to fall asleep over.
STAGES_AT_REST = frozenset({Stage.NONE, Stage.ENDED})


@frozen
class Silence:
    """Silence of a partnership on the day.

    Attributes:
        flags: The flags that it gives, each with the position of the event that sets it.
        is_doubtful: Whether that rests on a fuzzy date.
    """

    flags: tuple[tuple[Flag, int], ...] = ()
    is_doubtful: bool = False


def silence(
    snapshot: Snapshot, name: str, stage: Stage, *, done: Activity, heard: Activity
) -> Silence:
    """Return for how long nothing was done, and nothing was heard, as flags."""
    opening = snapshot.opening(Noun.PARTNERSHIP, name)
    opened = opening.event if opening is not None else None
    if opening is None or not isinstance(opened, PartnershipOpened):
        return _dormant(snapshot.day, None, stage, done)
    dormant = _dormant(snapshot.day, opened.dormant_after, stage, done)
    if opened.report_every is None or stage is Stage.ENDED:
        return dormant
    unheard = _unheard(snapshot.day, opened.report_every, opening, heard)
    return Silence((*dormant.flags, *unheard.flags), dormant.is_doubtful or unheard.is_doubtful)


def _dormant(day: Day, own_limit: int | None, stage: Stage, done: Activity) -> Silence:
    """Return whether the parties did nothing for too long."""
    if stage in STAGES_AT_REST:
        return Silence()
    awake_from = day - (DORMANT_AFTER_DAYS if own_limit is None else own_limit)
    doubtful = done.is_doubtful_before(awake_from)
    if done.last is None or done.last.act >= awake_from:
        return Silence((), doubtful)
    return Silence(((Flag.DORMANT, done.last.position),), doubtful)


def _unheard(day: Day, months: int, opening: Fact, heard: Activity) -> Silence:
    """Return whether the months have passed since anybody was heard.

    Before the first word they count from the date of the opening; without one, from the beginning.
    """
    said = heard.last or (opening if opening.event.when is not None else None)
    if said is None:
        return Silence(((Flag.UNHEARD, opening.position),))

    def is_over(since: int | None) -> bool:
        return since is None or since <= BEGINNING or _later(since, months) < day

    when = said.event.when
    doubtful = False
    if when is not None and is_fuzzy(when) and is_over(when.first) and is_over(heard.earliest):
        doubtful = when.last is None or not is_over(when.last) or when.text[-1] in "~?%"
    if not is_over(said.act):
        return Silence((), doubtful)
    latest = heard.latest or said
    return Silence(((Flag.UNHEARD, said.position),), doubtful or not is_over(latest.act))


def _later(day: int, months: int) -> int:
    """Return the day so many months later; the day after all days where there is none."""
    try:
        return add_months(day, months)
    except FieldError:
        return AFTER_ALL_DAYS
