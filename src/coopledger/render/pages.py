"""Pages that an office reads: the board, what is pending, why, and what is odd."""

from collections.abc import Iterable, Iterator, Sequence

from coopledger._display.catalogue import words
from coopledger._display.tables import flat, line_length, table, wrapped
from coopledger.answers import Commitment, Instrument, Partnership, Proposal, Series
from coopledger.answers._amounts import outstanding_of
from coopledger.answers._apart import names_apart
from coopledger.answers._clauses import plain
from coopledger.answers._titles import BETWEEN
from coopledger.answers._wording import ABOUT, approx, days, label, money
from coopledger.errors import Finding
from coopledger.render.answering import Answering
from coopledger.render.board_flags import board_flags
from coopledger.render.flags import flag_told, flags_to_tell
from coopledger.render.following import notes
from coopledger.render.moments import as_known, moment
from coopledger.render.series import by_partnership
from coopledger.render.shared_party import shared_party
from coopledger.render.urgency import last_day, urgency
from coopledger.terms import CommitmentStatus, InstrumentState, Weight

LEGEND = f"{ABOUT} rests on a date that is not exact"

BOARD = (
    "partnership",
    "stage",
    "since",
    "texts",
    "open",
    "overdue",
    "last activity",
    "flags",
    "id",
)
# Of one party, for which others are partners, and promises are ours or theirs.
OUR_BOARD = ("partner", *BOARD[1:4], "we owe", "they owe", *BOARD[5:])
PENDING = (
    *("status", "what", "owed by", "to", "due", "waits for"),
    *("flags", "responsible", "id"),
)

Dated = Partnership | Instrument | Commitment | Proposal


def board(view: Answering, *, us: str | None = None, width: int | None = None) -> str:
    """Return every partnership known then: its stage, its texts, its open commitments.

    ``open`` counts the commitments that are not closed, ``overdue`` those of them that are late;
    ``~`` marks a day that rests on a date that is not exact. A party that is in every partnership
    is named once, above.

    Args:
        view: The moment asked about.
        us: A party: then partnerships go by the names of its partners, and what it owes is
            counted apart from what it waits for.
        width: The length of a line, in letters; that of the window if left out, 100 in a pipe.
    """
    partnerships = view.partnerships()
    ours = us or shared_party(partnerships)
    title = f"Board{f' of {flat(view.title(ours))}' if ours else ''} on {moment(view)}"
    if not partnerships:
        return f"{title}: no partnership is known.\n{words().text('open_a_partnership')}"
    series = by_partnership(view)
    rows = [
        _board_row(view, each, us, ours, series=series.get(each.id, ())) for each in partnerships
    ]
    headers = BOARD if us is None else OUR_BOARD
    page = table(rows, headers=headers, width=width, spared=("last activity", "since"))
    return "\n\n".join([title, page, *legend(partnerships)])


def pending(view: Answering, *, us: str | None = None, width: int | None = None) -> str:
    """Return the open commitments, most urgent first: who owes whom what, and by when.

    Overdue ones come first, then those due soon, those that are merely open, those that wait
    for something, and last those that hold for good; within each, the earlier date first.

    Args:
        view: The moment asked about.
        us: A party: then in two parts, what it owes and what it waits for. What both sides
            owe each other is in both.
        width: The length of a line, in letters; that of the window if left out, 100 in a pipe.
    """
    title, width = f"Pending on {moment(view)}", line_length(width)
    if us is None:
        return _pending(view, title, view.commitments(), width)
    name = flat(view.title(us))
    by_us = _pending(view, f"{title}, owed by {name}", view.commitments(debtor=us), width, us=us)
    to_us = _pending(view, f"{title}, owed to {name}", view.commitments(creditor=us), width, us=us)
    return f"{by_us}\n\n{to_us}"


def explanation(view: Answering, id: str, *, width: int | None = None) -> str:
    """Return the reason for the stage, state or status of a thing, and the events behind it.

    The id is of a partnership, instrument, commitment, proposal or meeting.

    Raises:
        UnknownIdError: The ledger holds no such id.
    """
    why, width = view.explain(id), line_length(width)
    lines = wrapped(flat(why.sentence), width)
    for event in why.events:
        lines += _indented(event, width)
    if why.rule not in why.sentence:
        lines += _indented(f"rule: {why.rule}", width)
    if known := as_known(view.known_at):
        lines += _indented(known, width)
    if not why.certain and ABOUT in why.sentence:
        lines += ["", LEGEND]
    return "\n".join(lines)


def findings(checked: Iterable[Finding], *, width: int | None = None) -> str:
    """Return what `Ledger.check` gives, by weight: the code, the events, what would do."""
    rows, width = list(checked), line_length(width)
    if not rows:
        return "Check: nothing to look at."
    lines = [f"Check: {len(rows)} to look at, the weightiest first"]
    for weight in Weight:
        texts = [str(finding) for finding in rows if finding.weight is weight]
        lines += ["", label(weight).capitalize()] if texts else []
        for text in texts:
            lines += _indented(text, width)
    return "\n".join(lines)


def first_day(item: Dated) -> str:
    """Return the first day of the stage, state or status, with a mark where it is not exact."""
    return "" if item.since is None else f"{item.since}{approx(certain=item.since_certain)}"


def legend(items: Iterable[Dated]) -> list[str]:
    """Return the meaning of the mark, where a day of an item bears it."""
    days_shown = (day for item in items for day in (first_day(item), last_activity(item)))
    return [LEGEND] if any(ABOUT in day for day in days_shown) else []


def last_activity(item: Dated) -> str:
    """Return the last activity of a partnership, with its mark; nothing for anything else."""
    return str(item.last_activity or "") if isinstance(item, Partnership) else ""


def _indented(text: str, width: int) -> list[str]:
    """Return the text in lines, set off from the margin, those below the first once more."""
    first, *others = wrapped(flat(text), width - 4)
    return [f"  {first}", *(f"    {line}" for line in others)]


def _board_row(
    view: Answering,
    item: Partnership,
    us: str | None,
    ours: str | None,
    *,
    series: Iterable[Series],
) -> tuple[str | int, ...]:
    """Return the cells of a partnership, in the order of the headers, without the name of ours."""
    commitments = view.commitments(partnership=item.id)
    overdue = sum(each.status is CommitmentStatus.OVERDUE for each in commitments)
    counts = (
        (len(commitments),)
        if us is None
        else (
            sum(us in each.owed_by for each in commitments),
            sum(us in each.creditors for each in commitments),
        )
    )
    return (
        view.title(item.id, us=ours).replace(BETWEEN, "\n"),
        _stage(item),
        first_day(item),
        "\n".join(_texts(item)),
        *counts,
        overdue or "",
        last_activity(item),
        "\n".join(flag_told(plain(), flag, item) for flag in board_flags(item, series)),
        item.id,
    )


def _stage(item: Partnership) -> str:
    """Return the stage, and below it what is done under the liveliest text in effect."""
    return "\n".join(map(label, filter(None, (item.stage, item.conduct))))


def _texts(item: Partnership) -> Iterator[str]:
    """Yield the kind and the state of each text that has come to something."""
    texts = [text for text in item.instruments if text.state is not InstrumentState.NONE]
    for text, name in zip(texts, names_apart(texts), strict=True):
        yield f"{name} {label(text.state)}"


def _pending(
    view: Answering,
    title: str,
    commitments: Iterable[Commitment],
    width: int,
    *,
    us: str | None = None,
) -> str:
    """Return the commitments below a title, which names ``us``."""
    items = sorted(commitments, key=urgency)
    if not items:
        return f"{title}: nothing."
    owed_by = _sides(view, [item.owed_by for item in items], us)
    owed_to = _sides(view, [item.creditors for item in items], us)
    rows = [_pending_row(view, *row) for row in zip(items, owed_by, owed_to, strict=True)]
    left = ", ".join(map(money, outstanding_of(commitments)))
    page = f"{title}, most urgent first\n\n{table(rows, headers=PENDING, width=width)}"
    return f"{page}\n\nOutstanding: {left}" if left else page


def _sides(view: Answering, sides: Sequence[Sequence[str]], us: str | None) -> list[str]:
    """Return the names on one side of each row; none where every row has ``us`` alone there."""
    if all(tuple(parties) == (us,) for parties in sides):
        return [""] * len(sides)
    return ["\n".join(map(view.title, parties)) for parties in sides]


def _pending_row(view: Answering, item: Commitment, owed_by: str, to: str) -> tuple[str, ...]:
    """Return the cells of a commitment, in the order of the headers."""
    return (
        _status(view, item),
        "\n".join((f"{label(str(item.firmness))}: {item.what}", *notes(plain(), item))),
        owed_by,
        to,
        "\n".join(filter(None, (str(item.due or item.due_text or ""), item.rhythm))),
        "\n".join(_waits_for(view, item)),
        "\n".join(flag_told(plain(), flag, item) for flag in flags_to_tell(item)),
        item.responsible or "",
        item.id,
    )


def _status(view: Answering, item: Commitment) -> str:
    """Return the status, in days where the due date has passed or is near."""
    if item.days_overdue is not None:
        return f"{days(item.days_overdue)} overdue"
    if item.status is not CommitmentStatus.DUE_SOON:
        return label(item.status)
    left = int(last_day(item.due)) - view.on.toordinal()
    return f"due in {days(left)}" if left else "due today"


def _waits_for(view: Answering, item: Commitment) -> Iterator[str]:
    """Yield the meeting, the commitments and proposals, and the conditions still awaited."""
    if item.due_meeting is not None and item.due is None:
        yield f"{view.title(item.due_meeting)} ({view.meeting(item.due_meeting).status})"
    yield from map(view.title, item.depends_on)
    yield from item.conditions_open
