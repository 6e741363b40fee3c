"""The pages an office reads: where things stand, what is pending, and why."""

from collections.abc import Iterable, Iterator
from math import inf

from coopledger.answers import Commitment, Partnership
from coopledger.answers._wording import ABOUT, label
from coopledger.errors import Finding
from coopledger.render._text_width import flat, wrapped
from coopledger.render.answering import Answering
from coopledger.render.tables import PAGE, table
from coopledger.terms import CommitmentStatus, Weight

LEGEND = f"{ABOUT} rests on a date that is not exact"

BOARD = (
    "partnership",
    "stage",
    "since",
    "instruments",
    "open",
    "overdue",
    "last activity",
    "flags",
)
PENDING = ("id", "status", "due", "waits for", "owed by", "to", "what")

# What presses most comes first.
URGENCY = (
    CommitmentStatus.OVERDUE,
    CommitmentStatus.DUE_SOON,
    CommitmentStatus.PENDING,
    CommitmentStatus.BLOCKED,
    CommitmentStatus.CONDITIONAL,
    CommitmentStatus.STANDING,
)


def board(view: Answering, *, width: int = PAGE) -> str:
    """Every partnership known then: its stage, its instruments, its open commitments.

    ``open`` counts the commitments that are not closed, ``overdue`` those of them that are late;
    ``~`` marks a day that rests on a date that is not exact.
    """
    partnerships = view.partnerships()
    page = f"Board on {view.on}"
    if not partnerships:
        return f"{page}: no partnership is known."
    rows = [_board_row(view, item) for item in partnerships]
    legend = [LEGEND] if any(ABOUT in str(row[2]) for row in rows) else []
    return "\n\n".join([page, table(rows, headers=BOARD, width=width), *legend])


def pending(view: Answering, *, us: str | None = None, width: int = PAGE) -> str:
    """The open commitments, most urgent first: who owes whom what, and by when.

    Overdue ones come first, then those due soon, those that are merely open, those that wait
    for something, and last those that stand for good; within each, the earlier date first.

    Args:
        view: The moment asked about.
        us: A party: then in two parts, what it owes and what it waits for. What both sides
            owe each other stands in both.
        width: The length of a line, in letters.
    """
    page = f"Pending on {view.on}"
    if us is None:
        return _pending(view, page, view.commitments(), width)
    owed = _pending(view, f"{page}, owed by {us}", view.commitments(debtor=us), width)
    awaited = _pending(view, f"{page}, owed to {us}", view.commitments(creditor=us), width)
    return f"{owed}\n\n{awaited}"


def explanation(view: Answering, id: str, *, width: int = PAGE) -> str:
    """Why the partnership, instrument, commitment, proposal or meeting stands where it does.

    Raises:
        UnknownIdError: The ledger holds no such id.
    """
    why = view.explain(id)
    lines = wrapped(flat(why.sentence), width)
    for event in why.events:
        lines += _indented(event, width)
    if not why.certain and ABOUT in why.sentence:
        lines += ["", LEGEND]
    return "\n".join(lines)


def findings(checked: Iterable[Finding], *, width: int = PAGE) -> str:
    """Return what `Ledger.check` gives, by weight: the code, the events, what would do."""
    listed = list(checked)
    if not listed:
        return "Check: nothing to look at."
    lines = [f"Check: {len(listed)} to look at, the weightiest first"]
    for weight in Weight:
        same = [str(item) for item in listed if item.weight is weight]
        lines += ["", label(weight).capitalize()] if same else []
        for line in same:
            lines += _indented(line, width)
    return "\n".join(lines)


def _indented(text: str, width: int) -> list[str]:
    """The text in lines, set off from the margin, those below the first once more."""
    first, *others = wrapped(flat(text), width - 4)
    return [f"  {first}", *(f"    {line}" for line in others)]


def _board_row(view: Answering, item: Partnership) -> tuple[str | int, ...]:
    """One partnership, in the order of the headers."""
    commitments = view.commitments(partnership=item.id)
    overdue = sum(found.status is CommitmentStatus.OVERDUE for found in commitments)
    since = "" if item.since is None else f"{item.since}{'' if item.certain else ABOUT}"
    return (
        item.id,
        label(item.stage),
        since,
        "\n".join(f"{text.id} {label(text.state)}" for text in item.instruments),
        len(commitments),
        overdue or "",
        str(item.last_activity or ""),
        "\n".join(map(label, item.flags)),
    )


def _pending(view: Answering, page: str, commitments: Iterable[Commitment], width: int) -> str:
    """The commitments below a title."""
    rows = [_pending_row(view, item) for item in sorted(commitments, key=_urgency)]
    if not rows:
        return f"{page}: nothing."
    return f"{page}, most urgent first\n\n{table(rows, headers=PENDING, width=width)}"


def _pending_row(view: Answering, item: Commitment) -> tuple[str, ...]:
    """One commitment, in the order of the headers."""
    return (
        item.id,
        _pressing(view, item),
        str(item.due or item.due_text or ""),
        "\n".join(_awaited(view, item)),
        "\n".join(item.debtors),
        "\n".join(item.creditors),
        f"{label(str(item.firmness))}: {item.what}",
    )


def _pressing(view: Answering, item: Commitment) -> str:
    """The status, in days where there is a due date that presses."""
    if item.days_overdue is not None:
        return f"{_days(item.days_overdue)} overdue"
    if item.status is not CommitmentStatus.DUE_SOON:
        return label(item.status)
    left = int(_last_day(item)) - view.on.toordinal()
    return f"due in {_days(left)}" if left else "due today"


def _days(number: int) -> str:
    """So many days, in words."""
    return "1 day" if number == 1 else f"{number} days"


def _awaited(view: Answering, item: Commitment) -> Iterator[str]:
    """What it waits for: its meeting, other commitments or proposals, conditions."""
    if item.due_meeting is not None and item.due is None:
        yield f"{item.due_meeting} ({view.meeting(item.due_meeting).status})"
    yield from item.depends_on
    yield from item.conditions_open


def _urgency(item: Commitment) -> tuple[int, float, str]:
    """Sorts by status, then by the last day of the due date, then by age."""
    return URGENCY.index(item.status), _last_day(item), str(item.since)


def _last_day(item: Commitment) -> float:
    """The last day of the due date as an ordinal; infinitely far where it has none."""
    return inf if item.due is None or item.due.last is None else item.due.last
