"""Promises as rows: how late, what, who to whom, due as it was said, on what they rest."""

from collections.abc import Callable
from typing import NamedTuple

from coopledger._rules.commitment import DUE_SOON_DAYS
from coopledger.answers import Commitment
from coopledger.render.following import asked, rhythm, slips, worth
from coopledger.render.html.flags import FlagBox, flag_boxes
from coopledger.render.html.office import Office, Said, Side
from coopledger.render.html.sums import SumRow, sum_rows
from coopledger.render.urgency import last_day, urgency
from coopledger.terms import CommitmentStatus, Footing

C = CommitmentStatus
ARROWS = {Side.WE: "→", Side.THEY: "←", Side.BOTH: "⇄", Side.OTHERS: "→"}


class PromiseRow(NamedTuple):
    """Promise as a row of a page."""

    id: str
    partnership: str
    status: CommitmentStatus
    when: str
    is_late: bool
    what: str
    flags: list[FlagBox]
    notes: list[str]
    arrow: str
    who: str
    partner: str
    due: Said
    firmness: str
    responsible: str
    footing: str


class PromiseGroup(NamedTuple):
    """Promises of which one thing presses as much as the other."""

    status: CommitmentStatus
    title: str
    order: str
    rows: list[PromiseRow]


class Pending(NamedTuple):
    """Open promises in groups, and the sums of those that carry amounts."""

    groups: list[PromiseGroup]
    number: int
    in_hands: bool
    sums: list[SumRow]


# The groups of the page: the first status gives the sign.
GROUPS = (
    ("group_overdue", "order_longest", (C.OVERDUE,)),
    ("group_due_soon", "order_soonest", (C.DUE_SOON,)),
    ("group_later", "order_soonest", (C.PENDING,)),
    ("group_waiting", "", (C.BLOCKED,)),
    ("group_conditional", "", (C.CONDITIONAL,)),
    ("group_standing", "", (C.STANDING,)),
)


def pending(office: Office, only: Callable[[Commitment], bool] | None = None) -> Pending:
    """Return the open promises; ``in_hands`` says whether somebody is responsible for one.

    Args:
        office: The office.
        only: Whether a promise is one of those asked for; all are if it is not given.
    """
    everything = (each for group in office.promises.values() for each in group)
    promises = sorted(filter(only, everything) if only else everything, key=urgency)
    return Pending(
        groups=promise_groups(office, promises),
        number=len(promises),
        in_hands=any(each.responsible for each in promises),
        sums=sum_rows(office, promises),
    )


def promise_groups(office: Office, promises: list[Commitment]) -> list[PromiseGroup]:
    """Return the open promises in groups, what presses most first; no group is empty."""
    groups: list[PromiseGroup] = []
    for title, order, statuses in GROUPS:
        rows = [promise_row(office, each) for each in promises if each.status in statuses]
        if rows:
            heading = (
                office.text(title, n=DUE_SOON_DAYS)
                if title == "group_due_soon"
                else office.text(title)
            )
            said = office.text(order) if order else ""
            groups.append(PromiseGroup(statuses[0], heading, said, rows))
    return groups


def promise_row(office: Office, item: Commitment) -> PromiseRow:
    """Return a promise as a row."""
    footing = office.footings.get(item.id, Footing.NONE)
    return PromiseRow(
        id=item.id,
        partnership=item.partnership or "",
        status=item.status,
        when=when(office, item),
        is_late=item.status is C.OVERDUE,
        what=office.words.heading(item.what or item.id),
        flags=flag_boxes(office, item),
        notes=notes(office, item),
        arrow=ARROWS[office.side(item)],
        who=who_owes(office, item),
        partner=office.title(item.partnership),
        due=due(office, item),
        firmness=office.term(item.firmness),
        responsible=item.responsible or "",
        footing=office.term(footing),
    )


def who_owes(office: Office, item: Commitment) -> str:
    """Return which side owes a promise, or else who."""
    side = office.side(item)
    return office.text(side, name=office.names(item.owed_by) if side is Side.OTHERS else "")


def when(office: Office, item: Commitment) -> str:
    """Return how late it is, or how soon it is due, or else its status."""
    if item.days_overdue is not None:
        return office.text("days_overdue", n=item.days_overdue)
    if item.status is not C.DUE_SOON:
        return office.term(item.status)
    left = int(last_day(item.due)) - office.today
    names = {0: "due_today", 1: "due_tomorrow"}
    return office.text(names.get(left, "days_left"), n=left)


def due(office: Office, item: Commitment) -> Said:
    """Return the due date as it was said."""
    if item.due is not None:
        return office.date(item.due)
    if item.due_text:
        return Said(office.days.said(item.due_text))
    if item.due_meeting:
        return Said(office.text("at_meeting", name=office.title(item.due_meeting)))
    return Said(office.text("no_date"))


def waits(office: Office, item: Commitment) -> str:
    """Return what it waits for; nothing where it waits for nothing."""
    if item.status is C.CONDITIONAL:
        return office.text("only_once", name=", ".join(item.conditions_open))
    names = [*item.depends_on]
    if item.due_meeting and item.due is None:
        names.append(item.due_meeting)
    return office.text("waits_for", name=", ".join(map(office.title, names))) if names else ""


def notes(office: Office, item: Commitment) -> list[str]:
    """Return what stands below a promise: what it is worth, its rhythm, what it waits for."""
    page = office.writing
    said = (worth(page, item), rhythm(page, item), slips(page, item))
    return [*filter(None, (*said, waits(office, item), asked(page, item)))]
