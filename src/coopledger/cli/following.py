"""Commands that follow up: what is new, what is nobody's, what is in the way, what was said."""

from collections.abc import Callable
from functools import partial
from typing import Any

from coopledger._display.tables import flat
from coopledger.answers import Found, Matter, Obstacle
from coopledger.answers._answers import Answers
from coopledger.cli.asking import SINCE, Asked, Moment
from coopledger.cli.output import write_json
from coopledger.cli.reading import listed, write
from coopledger.cli.screens import screen, show
from coopledger.errors import ArgumentError
from coopledger.plain import as_dict
from coopledger.render.moments import moment as day_of

Question = Callable[[], Answers[Any]]


def find(asked: Asked) -> None:
    """Find the things about which words were said: names, titles, texts, notes, places, people.

    Case and diacritics make no difference: hue finds Huế. Each word is the beginning of a word.
    """
    (text,) = asked.words
    with asked.viewed() as moment:
        answers = partial(moment.view.find, text)
        listed(asked, moment, Found, answers, _page(asked, moment, f'Found "{text}"', answers))


def obstacles(asked: Asked) -> None:
    """Show what stands in the way of texts, promises and proposals, since when, and with whom."""
    with asked.viewed() as moment:
        answers = partial(moment.view.obstacles, lies_with=asked.options["lies_with"])
        listed(asked, moment, Obstacle, answers, _page(asked, moment, "Obstacles", answers))


def unassigned(asked: Asked) -> None:
    """Show what nobody of us sees to: open promises, waiting proposals, texts to decide about."""
    with asked.viewed() as moment:
        answers = moment.view.unassigned
        listed(asked, moment, Matter, answers, _page(asked, moment, "Unassigned", answers))


def news(asked: Asked) -> None:
    """Show what is new since a day, or since a position of the log.

    What became due, late, expired, renewed and dormant, what was recorded, and all that changed.
    """
    (since,) = asked.words
    with asked.viewed() as moment:
        try:
            told = moment.view.news(int(since) if since.isdecimal() else since)
        except ArgumentError as error:  # It is a word of this command, and an option of others.
            raise ArgumentError(SINCE, error.found, error.remedy) from error
        if asked.options["json"]:
            write_json(as_dict(told))
        elif seen := screen(asked, moment):
            show(seen.news(told))
        else:
            write(moment, str(told))


def _page(asked: Asked, moment: Moment, title: str, question: Question) -> Callable[[], object]:
    """Return the maker of a page: the answers as a table, below the title and the day."""

    def page() -> object:
        answers, seen = question(), screen(asked, moment)
        if seen:
            return seen.listed(title, answers)
        return f"{flat(title)} on {day_of(moment.view)}: {answers or 'nothing.'}"

    return page
