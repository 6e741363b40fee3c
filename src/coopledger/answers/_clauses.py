"""Clauses of a reason: the name of a text and its values, which every page writes in its manner.

Plain text has ISO dates and ids; pages for people have dates as people read them, and any language.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from string import Formatter
from typing import TypeAlias, cast

from coopledger._display.catalogue import Words, words
from coopledger._display.day_words import DayWords, day_words
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger.answers._wording import ABOUT, label, named
from coopledger.dates import EdtfDate
from coopledger.values import Recurrence

NAME = "name"  # In the first clause of a sentence, the place of its subject.
BETWEEN = ", "


@frozen
class Thing:
    """Thing that a clause names.

    Attributes:
        id: Its id.
        title: The words by which people know it.
    """

    id: str
    title: str


@frozen
class FirstDay:
    """First day of a state in a clause.

    Attributes:
        day: The day.
        certain: Whether no date behind it is fuzzy.
    """

    day: date
    certain: bool


@frozen
class Rule:
    """Rule behind a stage, state or status, or what a flag says, in a clause.

    Attributes:
        word: The stage, state, status or flag.
    """

    word: StrEnum


Value: TypeAlias = (
    "str | int | date | EdtfDate | Thing | FirstDay | Rule | Clause | tuple[Value, ...]"
)


@frozen
class Clause:
    """Part of a reason, apart from any language.

    Attributes:
        text: The name of its text among the words of pages.
        values: What stands in the text, by name.
    """

    text: str
    values: tuple[tuple[str, Value], ...] = ()

    def __bool__(self) -> bool:
        """Return whether it says anything: a clause of nothing is left out."""
        return bool(self.text)

    def __str__(self) -> str:
        """Return it as plain text; the subject of a first clause is left out."""
        return printable(plain().text(self)).strip() if self else ""


@cache
def silent() -> Clause:
    """Return the clause that says nothing, made when it is first needed."""
    return Clause("")


def clause(text: str, /, **values: "Value | None") -> Clause:
    """Return a clause; one that says nothing where a value is missing or empty."""
    given = {name: value for name, value in values.items() if value is not None and value != ()}
    if len(given) < len(values) or "" in given.values():
        return silent()
    return Clause(text, tuple(given.items()))


def listing(*said: Value) -> Clause:
    """Return a clause that says one thing after the other."""
    return clause("listing", said=said)


def how_often(recurs: Recurrence | None) -> Clause:
    """Return the clause of how often something comes round; nothing of what comes once."""
    lengths = ("months", "years", "days") if recurs is not None else ()
    clauses = (clause(f"every_{unit}", n=getattr(recurs, unit)) for unit in lengths)
    return next(filter(None, clauses), silent())


@frozen
class Writing:
    """Manner in which a page writes clauses.

    Attributes:
        words: The words of its language.
        day: Writes a day.
        as_said: Writes a date as it was said.
        about: Writes a day that rests on a fuzzy date.
        word: Writes a word of a closed list.
        quoted: Writes the words of somebody.
        thing: Writes the title of a thing.
    """

    words: Words
    day: Callable[[date], str]
    as_said: Callable[[EdtfDate], str]
    about: Callable[[date], str]
    word: Callable[[StrEnum], str]
    quoted: Callable[[str], str]
    thing: Callable[[Thing], str]

    def text(self, said: Clause) -> str:
        """Return a clause in words."""
        return self._joined(self.pieces(said))

    def sentence(self, clauses: Iterable[Clause], *, subject: str) -> str:
        """Return the clauses as one sentence about the subject."""
        return self._joined(self.sentence_pieces(clauses, subject=subject))

    def _joined(self, pieces: Iterable[str | Thing]) -> str:
        """Return pieces as one text."""
        return "".join(self.thing(piece) if isinstance(piece, Thing) else piece for piece in pieces)

    def sentence_pieces(self, clauses: Iterable[Clause], *, subject: str) -> Iterator[str | Thing]:
        """Yield a sentence in pieces: the things that it names apart from what stands between."""
        first, *others = clauses
        verdict = Clause(first.text, ((NAME, subject), *first.values))
        between = self.words.text("between_reasons")
        reasons = tuple(self._apart(others, between))
        whole = "sentence" if reasons else "short_sentence"
        for literal, name in _parsed(self.words.form(whole)):
            yield literal
            if name == "verdict":
                yield from self.pieces(verdict)
            elif name:
                yield from reasons

    def pieces(self, said: Clause) -> Iterator[str | Thing]:
        """Yield a clause in pieces."""
        values = dict(said.values)
        number = values.get("n")
        form = self.words.form(said.text, number if isinstance(number, int) else None)
        for literal, name in _parsed(form):
            yield literal
            if name:
                yield from self._value(values.get(name, ""))

    def _value(self, value: Value) -> Iterator[str | Thing]:
        """Yield a value of a clause in pieces."""
        if isinstance(value, tuple):
            yield from self._apart(value, BETWEEN)
        elif isinstance(value, Clause):
            yield from self.pieces(value)
        elif isinstance(value, Thing):
            yield value
        else:
            yield next(write(self, value) for kind, write in _WRITTEN if isinstance(value, kind))

    def _apart(self, values: Iterable[Value], between: str) -> Iterator[str | Thing]:
        """Yield several values in pieces, with a text between them."""
        for number, value in enumerate(values):
            if number:
                yield between
            yield from self._value(value)


# How a value is written, by the first class that fits.
_WRITTEN: tuple[tuple[type, Callable[[Writing, object], str]], ...] = (
    (Rule, lambda page, value: page.words.rule(cast("Rule", value).word)),
    (FirstDay, lambda page, value: _first_day(page, cast("FirstDay", value))),
    (StrEnum, lambda page, value: page.word(cast("StrEnum", value))),
    (EdtfDate, lambda page, value: page.as_said(cast("EdtfDate", value))),
    (date, lambda page, value: page.day(cast("date", value))),
    (object, lambda _, value: str(value)),
)


def _first_day(page: Writing, value: FirstDay) -> str:
    """Return a first day, as about so where it rests on a fuzzy date."""
    return page.day(value.day) if value.certain else page.about(value.day)


@lru_cache(maxsize=256)
def _parsed(form: str) -> tuple[tuple[str, str | None], ...]:
    """Return the pieces of a text, each with the name in braces behind it."""
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(form))


@lru_cache
def plain() -> Writing:
    """Return the manner of plain text: ISO dates, titles with their ids."""
    return Writing(
        words=words(),
        day=date.isoformat,
        as_said=str,
        about=lambda day: f"{day}{ABOUT}",
        word=label,
        quoted=lambda text: f"'{text}'",
        thing=lambda thing: named(thing.title, thing.id),
    )


def told(title: str, said: str, more: Iterable[Clause], page: Writing) -> str:
    """Return what an act is about, what was said, and what else, each once."""
    parts = (title, said, *map(page.text, more))
    return page.words.text("between_reasons").join(dict.fromkeys(filter(None, parts)))


def for_people(
    days: DayWords | None = None, *, thing: Callable[[Thing], str] | None = None
) -> Writing:
    """Return the manner of pages for people: dates as they read them, in a language.

    Args:
        days: The manner in which the language writes dates; English if left out.
        thing: Writes the title of a thing; with its id if left out.
    """
    days = days or day_words()
    return Writing(
        words=days.words,
        day=days.day,
        as_said=lambda when: days.date(when.text),
        about=lambda day: days.words.text("about", date=days.day(day)),
        word=days.words.term,
        quoted=days.said,
        thing=thing or plain().thing,
    )
