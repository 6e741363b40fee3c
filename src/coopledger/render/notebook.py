"""Board of a view as a notebook shows it."""

from collections import Counter
from collections.abc import Sequence

from coopledger._display.catalogue import words
from coopledger._display.cells import Column, caption, output, rows_table
from coopledger._display.day_words import day_words
from coopledger._display.markup import Html, element, text
from coopledger.answers import Partnership
from coopledger.answers._notebook import activity_columns, partnership_columns
from coopledger.render.answering import Answering
from coopledger.render.moments import as_known
from coopledger.render.shared_party import shared_party
from coopledger.terms import CommitmentStatus


def board_html(view: Answering) -> str:
    """Return every partnership known then: stage, texts, what is open, the last activity."""
    items = view.partnerships()
    word, ours = words().text, shared_party(items)
    on = word("on", date=day_words().day(view.on))
    known = as_known(view.known_at, days=day_words())
    about = " · ".join(filter(None, (on, known, _number(len(items)))))
    if ours is not None:
        about = f"{view.title(ours)} · {about}"
    if not items:
        nothing = word("no_partnership_known", date=day_words().day(view.on))
        return output(
            element("p", element("b", word("board")), " ", nothing, " ", word("open_a_partnership"))
        )
    names = [view.title(each.id, us=ours) for each in items]
    columns = [
        *partnership_columns(items, names),
        *_open_columns(view, items),
        *activity_columns(items),
    ]
    return output(rows_table(caption(word("board"), about), columns))


def _number(number: int) -> str:
    """Return how many partnerships there are."""
    return words().text("count_partnerships", n=number)


def _open_columns(view: Answering, items: Sequence[Partnership]) -> list[Column]:
    """Return how many commitments are open, and how many of them are overdue."""
    commitments = view.commitments()
    is_open = Counter(each.partnership for each in commitments)
    is_late = Counter(
        each.partnership for each in commitments if each.status is CommitmentStatus.OVERDUE
    )
    return [
        Column(words().text("open"), [text(is_open[each.id]) for each in items], "n"),
        Column(words().text("overdue"), [_overdue(is_late[each.id]) for each in items]),
    ]


def _overdue(number: int) -> Html:
    """Return how many are overdue; nothing for none."""
    late = words().text("count_overdue", n=number)
    return element("span", late, class_="late") if number else text("")
