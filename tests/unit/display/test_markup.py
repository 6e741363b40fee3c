from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from coopledger._display.catalogue import words
from coopledger._display.markup import (
    Axis,
    Html,
    Spell,
    Term,
    drawing,
    element,
    flag,
    lifeline,
    term,
    term_bar,
    text,
)
from coopledger._display.signs import SIGNS
from coopledger.terms import CommitmentStatus, Flag, InstrumentKind, Stage

HOSTILE = st.text(st.sampled_from("<>&\"'/ =ascript\x1b\u202e\n")) | st.text()
AXIS = Axis(0, 100, 200)


class _Elements(HTMLParser):
    """Elements of a piece of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(HOSTILE, HOSTILE)
def test_no_text_opens_an_element_or_breaks_an_attribute(child: str, value: str) -> None:
    found = _Elements(element("p", child, title=value)).found

    assert [(tag, [*attributes]) for tag, attributes in found] == [("p", ["title"])]
    assert "\x1b" not in element("p", child, title=value)
    assert "\u202e" not in element("p", child, title=value)


def test_a_piece_of_html_is_not_escaped_once_more() -> None:
    inner = element("b", "1 < 2")

    assert element("p", inner, " & ", 3) == "<p><b>1 &lt; 2</b> &amp; 3</p>"
    assert inner.__html__() == "<b>1 &lt; 2</b>"
    assert text(None) == Html("")


def test_an_attribute_without_a_value_is_left_out() -> None:
    assert element("td", class_=None, aria_label="a") == '<td aria-label="a"></td>'


def test_a_sign_beside_its_word_is_hidden_from_a_screen_reader_and_alone_tells_it() -> None:
    sign = SIGNS[Stage][Stage.ACTIVE]

    assert 'aria-hidden="true"' in drawing(sign)
    assert 'role="img" aria-label="active"' in drawing(sign, alone="active")
    assert 'class="g on" width="12" height="12"' in drawing(sign)


def test_a_word_stands_beside_its_sign_and_only_what_is_late_has_the_alarm() -> None:
    assert "<span>Active</span>" in term(Stage.ACTIVE, words(), capital=True)
    assert '<span class="late">overdue</span>' in term(CommitmentStatus.OVERDUE, words())
    assert term(InstrumentKind.MOU, words()) == "MoU"


def test_a_flag_is_a_word_in_a_box() -> None:
    assert flag(Flag.EXPIRING, words()) == '<span class="flag">term ends soon</span>'
    assert flag(Flag.OVERRUN, words()) == '<span class="flag late">overrun</span>'


def _drawn(html: str) -> list[tuple[str, str | None, str | None, str | None]]:
    shapes = [each for each in _Elements(html).found if each[0] in {"rect", "line"}]
    return [
        (tag, of.get("class"), of.get("x", of.get("x1")), of.get("width", of.get("x2")))
        for tag, of in shapes
    ]


def test_a_term_shows_today_the_notice_and_what_runs_beyond_its_end() -> None:
    running = Term(start=10, end=90, in_effect=True, notice=80)
    assert _drawn(term_bar(AXIS, running, today=50, label="term")) == [
        ("rect", "on", "20.0", "160.0"),
        ("rect", "late", "160.0", "2"),
        ("rect", None, "100.0", "1"),
    ]
    overrun = Term(start=None, end=40, in_effect=True)
    assert _drawn(term_bar(AXIS, overrun, today=50, label="term")) == [
        ("rect", "on", "0.0", "80.0"),
        ("line", "on", "80.0", "100.0"),
        ("rect", None, "100.0", "1"),
    ]
    signed = term_bar(AXIS, Term(start=60, end=None, in_effect=False), today=50, label="term")
    assert 'fill="none" class="on" stroke="currentColor"' in signed


def test_a_lifeline_is_thick_where_the_stage_is_high_and_broken_where_it_rests() -> None:
    line = lifeline(
        AXIS,
        [
            Spell(Stage.CONTACT, None, 20),
            Spell(Stage.ACTIVE, 20, 40),
            Spell(Stage.SUSPENDED, 40, 60),
            Spell(Stage.ENDED, 60, 70),
            Spell(Stage.LAPSED, 70, None),
        ],
        label="stages",
    )

    assert _drawn(line) == [
        ("rect", None, "0.0", "40.0"),
        ("rect", "on", "40.0", "40.0"),
        ("line", None, "80.0", "120.0"),
        ("rect", None, "140.0", "60.0"),
        ("rect", None, "140.0", "1"),
    ]
    assert 'aria-label="stages"' in line
