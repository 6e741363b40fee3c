"""Agenda as rows for a program and as a plain page: whatever comes, and what to ask again."""

from collections.abc import Iterator
from enum import StrEnum

from coopledger import render
from coopledger._display.catalogue import words
from coopledger._display.tables import flat
from coopledger._frozen import frozen
from coopledger.answers import Commitment
from coopledger.answers._wording import label
from coopledger.dates import EdtfDate
from coopledger.render.agendas import Coming, coming, due_within
from coopledger.render.moments import moment
from coopledger.render.urgency import last_day
from coopledger.terms import CommitmentStatus, Flag
from coopledger.view import View

PROMISE, MEETING = "promise", "meeting"
# Who owes a promise, by whether we are among its debtors, and among its creditors.
SIDES = {(True, True): "both owe", (True, False): "we owe", (False, True): "they owe"}
COLUMNS = ("due", "status", "what", "who")
LATE: frozenset[StrEnum] = frozenset({CommitmentStatus.OVERDUE})


@frozen(kw_only=True)
class AgendaItem:
    """Promise, meeting, end of a term, decision on it or thing to ask about again, as a row.

    Attributes:
        id: The id of the promise, the meeting, the proposal or the text.
        kind: ``promise``, ``meeting``, ``session_comes``, ``term_ends``, ``last_day_for_notice``,
            ``to_decide`` or ``ask_again``.
        when: Its date, as it was said; of what to ask again, the day from which to do so.
        days_left: The days up to its last day; of a promise that is late, negative.
        status: The status of the thing, or the state of the text.
        what: What it is, in words.
        partnership: The id of the partnership.
        debtors: Who owes the promise.
        creditors: To whom it is owed.
        firmness: How firmly it was made.
        responsible: Who of us sees to it.
        flag: ``to_decide`` or ``session_overdue``, where it is to be decided what becomes of a
            text, or where a session should have been held.
    """

    id: str
    kind: str
    when: EdtfDate | None
    days_left: int | None
    status: StrEnum
    what: str
    partnership: str | None
    debtors: tuple[str, ...] = ()
    creditors: tuple[str, ...] = ()
    firmness: str | None = None
    responsible: str | None = None
    flag: Flag | None = None


def agenda_items(view: View, *, within_days: int) -> tuple[AgendaItem, ...]:
    """Return what is late first, then what comes within the days, the next first."""
    due = due_within(view.agenda(within_days=within_days), within_days, view.on)
    promises = (_promise(view, each) for each in due)
    others = (_other(view, each) for each in coming(view, within_days=within_days))
    return tuple(sorted((*promises, *others), key=_rank))


def _rank(item: AgendaItem) -> tuple[bool, float]:
    """Return the place of an item: late promises first, then by the last day."""
    is_late = item.kind == PROMISE and item.status in LATE
    return not is_late, last_day(item.when)


def _promise(view: View, item: Commitment) -> AgendaItem:
    """Return a promise as an item."""
    last = item.due.last if item.due else None
    left = None if last is None else last - view.on.toordinal()
    return AgendaItem(
        id=item.id,
        kind=PROMISE,
        when=item.due,
        days_left=left if item.days_overdue is None else -item.days_overdue,
        status=item.status,
        what=item.what or "",
        partnership=item.partnership,
        debtors=item.owed_by,
        creditors=item.creditors,
        firmness=item.firmness,
        responsible=item.responsible,
    )


def _other(view: View, item: Coming) -> AgendaItem:
    """Return whatever comes besides promises as an item."""
    return AgendaItem(
        id=item.id,
        kind=item.name,
        when=item.when,
        days_left=item.day - view.on.toordinal(),
        status=item.word,
        what=item.what,
        partnership=item.partnership,
        responsible=item.responsible,
        flag=item.flag,
    )


def agenda_page(view: View, *, within_days: int, us: str | None = None) -> str:
    """Return the agenda as a plain page; as one of the parties tells it, if it is named."""
    items = agenda_items(view, within_days=within_days)
    ours = f" of {flat(view.title(us))}" if us else ""
    title = f"Agenda{ours} on {moment(view)} and the {within_days} days after it"
    if not items:
        return f"{title}: nothing."
    rows = [
        (
            str(item.when or ""),
            _status(item),
            item.what,
            *_who(view, item, us),
            item.responsible or "",
        )
        for item in items
    ]
    headers = (*COLUMNS, *(() if us is None else ("with",)), "responsible")
    return f"{title}\n\n{render.table(rows, headers=headers)}"


def _status(item: AgendaItem) -> str:
    """Return the status of a promise, or else what comes."""
    if item.kind == PROMISE:
        return label(item.status)
    if item.kind == MEETING:
        return words().text("meeting_is", status=words().term(item.status))
    if item.kind == Flag.TO_DECIDE:
        return words().term(Flag.TO_DECIDE)
    said = words().text(item.kind)
    return f"{said}, {words().term(item.flag)}" if item.flag else said


def _who(view: View, item: AgendaItem, us: str | None) -> Iterator[str]:
    """Yield who owes it, and to us also with whom it is."""
    others = view.title(item.partnership, us=us) if item.partnership else ""
    if us is None:
        yield "\n".join(map(view.title, item.debtors)) if item.kind == PROMISE else others
        return
    sides = us in item.debtors, us in item.creditors
    names = "\n".join(map(view.title, item.debtors))
    yield SIDES.get(sides, names)
    yield others
