"""Then and now: one day as we knew it then, as we know it now, and what changed in between."""

from collections import Counter
from typing import NamedTuple

from coopledger._frozen import frozen
from coopledger.answers import Difference, Partnership
from coopledger.dates import day_of, known_by
from coopledger.render.html.office import Office
from coopledger.render.html.partnership import Piece, why_sentence
from coopledger.terms import Noun, Stage
from coopledger.view import View
from coopledger.web.changes import ChangeRow, change_rows, recordings
from coopledger.web.offices import Seen
from coopledger.web.scrubber import Scrubber, scrubber


class RightAnswer(NamedTuple):
    """One of the three right answers about a partnership on a day."""

    title: str
    beside: str
    stage: Stage
    name: str
    since: str
    sentence: list[Piece]


class ThenRow(NamedTuple):
    """Partnership on the board of that day, then and now."""

    id: str
    title: str
    old: Stage | None
    old_name: str
    new: Stage | None
    new_name: str
    texts: list[tuple[str, str]]
    last: str
    differences: str


@frozen(kw_only=True)
class ThenAndNow:
    """Answers about one day, as we knew it then and as we know it now.

    Attributes:
        title: The day, and up to when it was known.
        scrubber: Acts and recordings by month.
        about: The name of the partnership of the three answers.
        answers: The three right answers; none where there is no partnership.
        rows: The board of that day.
        changes: What differs, each with the events that brought it.
        count: How many differences there are, in words.
    """

    title: str
    scrubber: Scrubber
    about: str
    answers: list[RightAnswer]
    rows: list[ThenRow]
    changes: list[ChangeRow]
    count: str


def then_and_now(office: Office, seen: Seen, about: str) -> ThenAndNow:
    """Return a day as it was known then and as it is known now.

    Where no time of knowledge is asked for, it is what was known on the day itself.

    Args:
        office: The office of the moment asked about.
        seen: The moment.
        about: The id of the partnership of which three answers are given; by default the first
            of which the stage is told differently, or else the first of all.

    Raises:
        UnknownIdError: The ledger holds no such partnership.
    """
    ledger, on = seen.ledger, seen.view.on
    known_at = seen.view.known_at or str(min(on, seen.today.on))
    old = ledger.view(on, known_at=known_at)
    views = (old, ledger.view(on, hindsight=False), ledger.view(on))
    then, between, now = (_office(office, each) for each in views)
    found = old.compare(views[-1])
    rows = _rows(then, now, found)
    chosen = now.view.partnership(about).id if about else _first(rows)
    known = recordings(ledger, seen.today.position)
    instant = known_by(known_at, zone=ledger.timezone)
    known_day = day_of(instant.us, ledger.timezone)
    known_said = office.days.date(known_at)
    return ThenAndNow(
        title=office.text("then_title", date=office.day(on), known=known_said),
        scrubber=scrubber(office, known.values(), office.today, known_day),
        about=now.title(chosen) if chosen else "",
        answers=_answers((then, between, now), chosen, known_said) if chosen else [],
        rows=rows,
        changes=change_rows(now, found, known),
        count=office.text("count_differences", n=len(found)),
    )


def _office(office: Office, view: View) -> Office:
    """Return the office of another view, for the same reader."""
    return Office(view, us=office.us, language=office.words.language, timezone=office.timezone)


def _first(rows: list[ThenRow]) -> str:
    """Return the id of the first partnership of which the stage differs, or else the first one."""
    differing = [row.id for row in rows if row.old is not row.new]
    return next(iter([*differing, *(row.id for row in rows)]), "")


def _answers(offices: tuple[Office, ...], id: str, known: str) -> list[RightAnswer]:
    """Return the three right answers about a partnership."""
    names = ("then_known", "then_without_hindsight", "then_today")
    return [_answer(office, id, name, known) for office, name in zip(offices, names, strict=True)]


def _answer(office: Office, id: str, name: str, known: str) -> RightAnswer:
    """Return one right answer about a partnership."""
    item = office.view.partnership(id)
    explained = office.view.explain(id)
    return RightAnswer(
        title=office.text(name),
        beside=office.text(f"{name}_beside", date=known),
        stage=item.stage,
        name=office.words.heading(office.term(item.stage)),
        since=office.since(item.since, certain=item.since_certain),
        sentence=why_sentence(office, item, explained),
    )


def _rows(then: Office, now: Office, found: tuple[Difference, ...]) -> list[ThenRow]:
    """Return the board of that day, what differs first."""
    counts = Counter(_partnership_of(now, each) for each in found)
    names = dict.fromkeys((*now.partnerships, *then.partnerships))
    rows = [
        _row(now, then.partnerships.get(name), now.partnerships.get(name), counts[name])
        for name in names
    ]
    return sorted(rows, key=lambda row: (row.old is row.new, not counts[row.id], row.title))


def _partnership_of(office: Office, change: Difference) -> str:
    """Return the partnership to which a thing that differs belongs."""
    if change.noun is Noun.PARTNERSHIP:
        return change.id
    return office.partnership_of.get(change.id, "")


def _row(
    office: Office, old: Partnership | None, new: Partnership | None, differences: int
) -> ThenRow:
    """Return a partnership on the board of that day."""
    item = next(each for each in (new, old) if each is not None)
    name = "count_differences" if differences else "the_same"
    return ThenRow(
        id=item.id,
        title=office.title(item.id),
        old=None if old is None else old.stage,
        old_name=_stage(office, old),
        new=None if new is None else new.stage,
        new_name=_stage(office, new),
        texts=[
            (office.titles.get(each.id, each.id), office.term(each.state))
            for each in item.instruments
        ],
        last=office.date(item.last_activity).text,
        differences=office.text(name, n=differences),
    )


def _stage(office: Office, item: Partnership | None) -> str:
    """Return the stage of a partnership in words; of one that is not known, that it is not."""
    return office.words.heading(
        office.text("not_known") if item is None else office.term(item.stage)
    )
