"""Parts of a notebook's output: cells, tables, and the style that each output carries.

The colours and the background are those of the notebook; only accent and alarm are ours, with two
values, chosen by the notebook's own marks. Nothing needs a script, nothing has an id.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from coopledger._display.catalogue import words
from coopledger._display.day_words import day_words
from coopledger._display.markup import Html, element, flag, joined, term, text
from coopledger._frozen import frozen
from coopledger.dates import EdtfDate
from coopledger.terms import Flag

ROWS = 20
# JupyterLab and Colab mark their theme, VS Code its body. Elsewhere the page says by its
# color-scheme what it can do. A rule with !important stands against the notebook's own tables.
STYLE: Final = Html(
    "<style>"
    ".cl-nb{--on:light-dark(#0b5f6e,#74c5d2);--late:light-dark(#a1260d,#ff9e86);"
    'font:13px/18px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;'
    "font-variant-numeric:tabular-nums;color:inherit;overflow-x:auto}"
    ".cl-nb table{border-collapse:collapse;margin:0!important;border:0;font:inherit;color:inherit}"
    ".cl-nb caption{text-align:left;padding:0 0 6px;font-weight:600;color:inherit}"
    ".cl-nb tr{background:none!important}"
    ".cl-nb :is(th,td){text-align:left!important;vertical-align:top!important;white-space:nowrap;"
    "padding:4px 16px 4px 0!important;border:0!important;font-size:13px}"
    ".cl-nb :is(tbody tr+tr,thead+tbody tr) :is(th,td)"
    "{border-top:1px solid color-mix(in srgb,currentColor 18%,transparent)!important}"
    ".cl-nb th{font-weight:500;font-size:12px;opacity:.75}"
    ".cl-nb .w{white-space:normal;min-width:160px;max-width:420px}"
    ".cl-nb .f{white-space:normal;max-width:320px}"
    ".cl-nb .n{text-align:right!important}"
    ".cl-nb .q{opacity:.75;font-weight:400}.cl-nb .on{color:var(--on)}"
    ".cl-nb .late{color:var(--late);font-weight:500}"
    ".cl-nb svg.g{vertical-align:-1.5px;margin-right:5px}.cl-nb p{margin:6px 0}"
    ".cl-nb .flag{display:inline-block;white-space:nowrap;border:1px solid;"
    "border-radius:3px;padding:0 5px;font-size:12px}"
    ".cl-nb .ends{display:flex;justify-content:space-between;max-width:520px;font-size:12px}"
    ".cl-nb code{font-size:12px;background:none;color:inherit;opacity:.75}"
    ".cl-nb summary{cursor:pointer;opacity:.75;margin-top:6px}"
    "[data-jp-theme-light=true] .cl-nb,.vscode-light .cl-nb,[theme=light] .cl-nb"
    "{color-scheme:light}"
    "[data-jp-theme-light=false] .cl-nb,.vscode-dark .cl-nb,.vscode-high-contrast .cl-nb,"
    "[theme=dark] .cl-nb{color-scheme:dark}"
    "</style>"
)


@frozen
class Column:
    """Column of a table.

    Attributes:
        header: Its header.
        cells: Its cells.
        kind: The class of the cells: ``w`` for long texts, ``n`` for numbers, ``f`` for flags,
            ``q`` for what comes second.
    """

    header: str
    cells: Sequence[Html]
    kind: str | None = None


def output(*pieces: Html) -> str:
    """Return what a notebook shows: the pieces with their style, in one place that may scroll."""
    # One may scroll by the keys only what takes the focus, and hear only what has a name.
    region = {"tabindex": "0", "role": "region", "aria-label": words().text("answers")}
    return str(element("div", STYLE, *pieces, class_="cl-nb", **region))


def caption(title: str, about: str = "") -> Html:
    """Return the title of a table, and what else it says."""
    return joined((title, " " if about else "", element("span", about, class_="q")))


def rows_table(title: Html, columns: Iterable[Column]) -> Html:
    """Return a table below its title: the first rows, and the others where they are unfolded.

    Columns without any content are left out.
    """
    shown = [column for column in columns if any(column.cells)]
    number = max((len(column.cells) for column in shown), default=0)
    head = element(
        "thead",
        element(
            "tr", *(element("th", each.header, scope="col", class_=each.kind) for each in shown)
        ),
    )
    first = element("table", element("caption", title), head, _body(shown, range(number)[:ROWS]))
    if number <= ROWS:
        return first
    more = words().text("more", n=number - ROWS)
    rest = element(
        "table", element("caption", more, class_="q"), head, _body(shown, range(ROWS, number))
    )
    return joined((first, element("details", element("summary", more), rest)))


def _body(columns: Sequence[Column], rows: Iterable[int]) -> Html:
    """Return the rows of a table."""
    return element(
        "tbody",
        *(
            element("tr", *(element("td", each.cells[row], class_=each.kind) for each in columns))
            for row in rows
        ),
    )


def facts_table(title: Html, facts: Iterable[tuple[str, Html]]) -> Html:
    """Return the facts about one thing, each after its name; those without content are left out."""
    return element(
        "table",
        element("caption", title),
        element(
            "tbody",
            *(
                element("tr", element("th", name, scope="row"), element("td", value, class_="w"))
                for name, value in facts
                if value
            ),
        ),
    )


def cell(value: object) -> Html:
    """Return a value of an answer as a reader sees it; several values one below the other."""
    return next(
        (write(value) for kind, write in _FORMS if isinstance(value, kind)), text(str(value))
    )


def when(value: EdtfDate | None, said: str | None = None) -> Html:
    """Return a date in words with its text at hand, or the words of somebody about a date."""
    if value is not None:
        written = value.text
        is_plain = value.exact or written.replace("-", "").isdecimal()
        return element(
            "time",
            day_words().date(written),
            title=written,
            datetime=written if is_plain else None,
        )
    return element("q", said) if said else text("")


def since(day: date | None, *, certain: bool) -> Html:
    """Return a first day, as about so where a date behind it is fuzzy."""
    if day is None:
        return text("")
    shown = day_words().day(day)
    return element(
        "time",
        shown if certain else words().text("about", date=shown),
        datetime=day.isoformat(),
    )


def _day(day: date) -> Html:
    """Return a day in words, for programs as well."""
    return element("time", day_words().day(day), datetime=day.isoformat())


# How a value is written, by the first type that fits.
_FORMS: tuple[tuple[type, Callable[[Any], Html]], ...] = (
    (type(None), lambda _: text("")),
    (bool, lambda value: text("yes" if value else "")),
    (EdtfDate, when),
    (date, _day),
    (Flag, lambda value: flag(value, words())),
    (StrEnum, lambda value: term(value, words())),
    (tuple, lambda value: joined(map(cell, value), between="<br>")),
)
