"""Commands that follow up: where words were said, and what stands in the way of what."""

from collections.abc import Callable, Sequence
from functools import partial

import attrs

from coopledger._display.tables import flat
from coopledger.answers import Found, Obstacle
from coopledger.cli.asking import Asked, Moment
from coopledger.cli.reading import listed
from coopledger.render.moments import moment as day_of

Question = Callable[[], Sequence[attrs.AttrsInstance]]


def find(asked: Asked) -> None:
    """Find the things about which words were said: names, titles, texts, notes, places, people.

    Case and diacritics make no difference: hue finds Huế. Each word is the beginning of a word.
    """
    (text,) = asked.words
    with asked.viewed() as moment:
        answers = partial(moment.view.find, text)
        listed(asked, moment, Found, answers, partial(_page, moment, f'Found "{text}"', answers))


def obstacles(asked: Asked) -> None:
    """Show what stands in the way of texts, promises and proposals, since when, and with whom."""
    with asked.viewed() as moment:
        answers = partial(moment.view.obstacles, lies_with=asked.options["lies_with"])
        listed(asked, moment, Obstacle, answers, partial(_page, moment, "Obstacles", answers))


def _page(moment: Moment, title: str, question: Question) -> str:
    """Return the answers as a table, below the title and the day."""
    answers = question()
    return f"{flat(title)} on {day_of(moment.view)}: {answers or 'nothing.'}"
