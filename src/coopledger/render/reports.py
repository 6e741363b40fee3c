"""The pages of a yearly report: what was signed with whom, and what was reported of it."""

from collections.abc import Sequence

from coopledger._fields.reading import optional_argument
from coopledger._fields.words import country
from coopledger.answers import Figure, Signature
from coopledger.answers._wording import label, phrase
from coopledger.dates import EdtfDate
from coopledger.render._text_width import flat, wrapped
from coopledger.render.answering import Answering
from coopledger.render.tables import PAGE, table
from coopledger.terms import InstrumentKind

FIGURES = ("figure", "measure", "period", "claimed", "recorded", "unaccounted")
NOT_COUNTED = "not known"
ALL = "all"


def figures(
    view: Answering,
    *,
    partnership: str | None = None,
    period: str | EdtfDate | None = None,
    measure: str | None = None,
    width: int = PAGE,
) -> str:
    """The reported figures beside what is recorded of them; see `View.figures`.

    ``recorded`` counts what lies wholly within the period; ``not known`` stands where nothing
    is known to count the measure.
    """
    found = view.figures(partnership=partnership, period=period, measure=measure)
    page = f"Figures{_within(period)} on {view.on}"
    if not found:
        return f"{page}: none was reported."
    return f"{page}\n\n{reconciled(found, width=width)}"


def reconciled(found: Sequence[Figure], *, width: int) -> str:
    """The figures as a table, and below it whom they name and what does not agree."""
    rows = [_figure(item) for item in found]
    notes = [line for note in map(_note, found) if note for line in wrapped(flat(note), width)]
    parts = [table(rows, headers=FIGURES, width=width), "\n".join(notes)]
    return "\n\n".join(filter(None, parts))


def _figure(item: Figure) -> tuple[str | int, ...]:
    """One figure, in the order of the headers."""
    return (
        item.id,
        item.measure,
        str(item.period),
        item.claimed,
        NOT_COUNTED if item.recorded is None else item.recorded,
        "" if item.unaccounted is None else item.unaccounted,
    )


def _note(item: Figure) -> str:
    """Whom the figure names, with whom of them something is recorded, and what does not agree."""
    told = (
        phrase("names ", item.partners),
        phrase("recorded with ", item.partners_recorded),
        *map(label, item.inconsistencies),
    )
    return phrase(f"{item.id} ", "; ".join(filter(None, told)))


def signings(
    view: Answering,
    *,
    period: str | EdtfDate | None = None,
    home: str | None = None,
    width: int = PAGE,
) -> str:
    """How many texts came to be signed, by country and by kind, and all of them by date.

    A text counts once with each country, and with each party that has none, so that the rows
    may add up to more than the last one, which counts every text once.

    Args:
        view: The moment asked about.
        period: Only texts whose whole date of signature lies within it.
        home: A country code: the country of the office, which has no row of its own.
        width: The length of a line, in letters.
    """
    home = optional_argument("home", country, home)
    found = view.signatures(period=period)
    page = f"Signed{_within(period)}, by {view.on}"
    if not found:
        return f"{page}: nothing."
    counts = table(
        _counts(found, home), headers=("with", *map(label, _kinds(found)), ALL), width=width
    )
    rows = [
        (str(item.when), item.instrument, label(item.kind), ", ".join(_partners(item, home)))
        for item in found
    ]
    texts = table(rows, headers=("date", "instrument", "kind", "with"), width=width)
    return f"{page}\n\n{counts}\n\n{texts}"


def _counts(found: tuple[Signature, ...], home: str | None) -> list[list[str | int]]:
    """A row for each country, most texts first, and one for all."""
    signed_with: dict[str, list[Signature]] = {}
    for item in found:
        for partner in _partners(item, home):
            signed_with.setdefault(partner, []).append(item)
    partners = sorted(signed_with, key=lambda name: (-len(signed_with[name]), name))
    groups = [(name, signed_with[name]) for name in partners]
    kinds = _kinds(found)
    return [
        [name, *(sum(item.kind is kind for item in items) or "" for kind in kinds), len(items)]
        for name, items in (*groups, (ALL, list(found)))
    ]


def _kinds(found: tuple[Signature, ...]) -> list[InstrumentKind]:
    """The kinds among the texts, in the order of the list."""
    kinds = {item.kind for item in found}
    return [kind for kind in InstrumentKind if kind in kinds]


def _partners(item: Signature, home: str | None) -> tuple[str, ...]:
    """With which countries a text was signed, and with which parties that have none."""
    partners = (*item.countries, *item.without_country)
    return tuple(name for name in partners if name != home) or partners


def _within(period: str | EdtfDate | None) -> str:
    """The period in words, if there is one."""
    return "" if period is None else f" in {period}"
