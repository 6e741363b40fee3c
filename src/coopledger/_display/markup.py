"""Pieces of HTML: escaped elements, signs, flags, term bars and lifelines.

Every text comes in through `element`, which escapes it; only what is already a piece of HTML stays
as it is. No piece has an id or a script, so that one page may hold it many times.
"""

from collections.abc import Iterable
from enum import StrEnum
from html import escape
from typing import Final, TypeAlias

from coopledger._display.catalogue import Words
from coopledger._display.signs import Sign, Tone, sign_of, tone_of
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger.terms import Stage

CLASS_OF_TONE: Final = {Tone.NONE: None, Tone.ACCENT: "on", Tone.ALARM: "late"}
VOID: Final = frozenset({"br", "rect", "path", "line", "circle"})
# How thick a line is at a stage; one that has ended leaves a gap.
THICKNESS: Final = {
    Stage.ACTIVE: 9,
    Stage.SIGNED: 7,
    Stage.NEGOTIATING: 5,
    Stage.EXPLORING: 3,
    Stage.CONTACT: 1,
    Stage.SUSPENDED: 9,
    Stage.LAPSED: 1,
}
# How strongly a line is drawn: the higher on the ladder, the more.
OPACITY: Final = {Stage.SIGNED: 0.7, Stage.NEGOTIATING: 0.55, Stage.EXPLORING: 0.55}
HEIGHT = 15


class Html(str):
    """Piece of HTML, which is not escaped once more; templates know it by `__html__`."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the piece itself."""
        return str(self)


Child: TypeAlias = str | int | None
Value: TypeAlias = str | float | None


def text(value: Child) -> Html:
    """Return a text with every sign escaped that means something in HTML or to a terminal."""
    if isinstance(value, Html):
        return value
    return Html("" if value is None else escape(printable(str(value))))


def element(name: str, *children: Child, **attributes: Value) -> Html:
    """Return an element; an attribute without a value is left out.

    The name of an attribute has ``-`` for ``_``, and loses a last one: ``class_``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(printable(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{written}>" if name == "br" else f"<{name}{written}/>")
    return Html(f"<{name}{written}>{joined(children)}</{name}>")


def joined(pieces: Iterable[Child], *, between: str = "") -> Html:
    """Return the pieces one after the other, with a piece of HTML between them."""
    return Html(between.join(map(text, pieces)))


def drawing(sign: Sign, *, alone: str | None = None, tone: Tone | None = None) -> Html:
    """Return a sign of 12 pixels; where no word stands beside it, ``alone`` tells the word."""
    colour = CLASS_OF_TONE[sign.tone if tone is None else tone]
    told = {"aria_hidden": "true"} if alone is None else {"role": "img", "aria_label": alone}
    return element(
        "svg",
        Html(sign.drawing),
        class_=f"g {colour}" if colour else "g",
        width=12,
        height=12,
        viewBox="0 0 12 12",
        **told,
    )


def term(word: StrEnum, words: Words, *, capital: bool = False) -> Html:
    """Return a word of a closed list with its sign, if the list has signs."""
    shown = words.heading(words.term(word)) if capital else words.term(word)
    sign = sign_of(word)
    if sign is None:
        return text(shown)
    late = tone_of(word) is Tone.ALARM
    return joined((drawing(sign), element("span", shown, class_="late" if late else None)))


def flag(word: StrEnum, words: Words) -> Html:
    """Return a flag: a word in a box, in the alarm colour where waiting costs something."""
    colour = CLASS_OF_TONE[tone_of(word)]
    return element("span", words.term(word), class_=f"flag {colour}" if colour else "flag")


@frozen
class Axis:
    """Axis of days on which bars are drawn.

    Attributes:
        first: The ordinal of its first day.
        last: The ordinal of its last day.
        width: Its length in pixels.
    """

    first: int
    last: int
    width: int

    def at(self, day: int | None) -> float:
        """Return where a day stands; an open end stands at the end, what is beyond at the edge."""
        if day is None:
            return float(self.width)
        share = (day - self.first) / max(1, self.last - self.first)
        return round(self.width * min(1.0, max(0.0, share)), 1)

    def svg(self, pieces: Iterable[Child], label: str) -> Html:
        """Return a drawing along the axis."""
        return element(
            "svg",
            joined(pieces),
            class_="line",
            width=self.width,
            height=HEIGHT,
            viewBox=f"0 0 {self.width} {HEIGHT}",
            role="img",
            aria_label=label,
        )

    def bar(self, start: int | None, end: int | None, *, thickness: float, **drawn: Value) -> Html:
        """Return a bar from one day to another, at least a pixel long."""
        left = 0.0 if start is None else self.at(start)
        return element(
            "rect",
            x=left,
            y=(HEIGHT - thickness) / 2,
            width=max(1.0, round(self.at(end) - left, 1)),
            height=thickness,
            **{"fill": "currentColor", **drawn},
        )


@frozen(kw_only=True)
class Term:
    """Term of a text, as ordinals of days.

    Attributes:
        start: Its first day; None where it is not known.
        end: Its last day; None where none is set.
        in_effect: Whether it is in effect now; else it is drawn as an outline.
        notice: The last day for notice.
    """

    start: int | None
    end: int | None
    in_effect: bool
    notice: int | None = None


def term_bar(axis: Axis, term: Term, *, today: int, label: str) -> Html:
    """Return the term of a text on an axis, with today and the last day for notice.

    Where it runs on beyond its planned end, that part is broken into strokes.
    """
    outline = {"fill": "none", "stroke": "currentColor"}
    pieces = [
        axis.bar(
            term.start, term.end, thickness=5, class_="on", **({} if term.in_effect else outline)
        )
    ]
    if term.in_effect and term.end is not None and term.end < today:
        pieces += [
            element(
                "line",
                class_="on",
                x1=axis.at(term.end),
                x2=axis.at(today),
                y1=HEIGHT / 2,
                y2=HEIGHT / 2,
                stroke="currentColor",
                stroke_width=5,
                stroke_dasharray="3 3",
            )
        ]
    if term.notice is not None:
        pieces.append(_mark(axis, term.notice, width=2, class_="late"))
    return axis.svg([*pieces, _mark(axis, today, width=1)], label)


def _mark(axis: Axis, day: int, *, width: int, **drawn: Value) -> Html:
    """Return an upright line at a day."""
    return element(
        "rect", x=axis.at(day), y=1, width=width, height=13, fill="currentColor", **drawn
    )


@frozen
class Spell:
    """Time at one stage, as ordinals of days.

    Attributes:
        stage: The stage.
        start: Its first day; None for the beginning.
        end: The first day after it; None while it lasts.
    """

    stage: Stage
    start: int | None
    end: int | None


def lifeline(axis: Axis, spells: Iterable[Spell], *, label: str) -> Html:
    """Return the life of a partnership as one line: the higher the stage, the thicker."""
    return axis.svg((piece for spell in spells for piece in _pieces(axis, spell)), label)


def _pieces(axis: Axis, spell: Spell) -> Iterable[Html]:
    """Yield the pieces of a spell: suspended has bars across, lapsed begins with a stroke."""
    thickness = THICKNESS.get(spell.stage)
    if thickness is None:
        return
    if spell.stage is Stage.SUSPENDED:
        left = axis.at(spell.start)
        yield element(
            "line",
            x1=left,
            x2=axis.at(spell.end),
            y1=HEIGHT / 2,
            y2=HEIGHT / 2,
            stroke="currentColor",
            stroke_width=thickness,
            stroke_dasharray="2 3",
        )
        return
    is_quiet = spell.stage in {Stage.CONTACT, Stage.LAPSED}
    yield axis.bar(
        spell.start,
        spell.end,
        thickness=thickness,
        class_=None if is_quiet else "on",
        opacity=OPACITY.get(spell.stage),
    )
    if spell.stage is Stage.LAPSED and spell.start is not None:
        yield _mark(axis, spell.start, width=1)
