"""Pages of a yearly report: what was signed with whom, and what was reported of it."""

from collections.abc import Sequence

from coopledger._display.tables import flat, line_length, table, wrapped
from coopledger._fields.reading import optional_argument
from coopledger._fields.words import country
from coopledger.answers import Figure, Signature
from coopledger.answers._wording import label, phrase
from coopledger.dates import EdtfDate
from coopledger.render.answering import Answering
from coopledger.render.moments import moment
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
    width: int | None = None,
) -> str:
    """Return the reported figures with what is recorded of them; see `View.figures`.

    ``recorded`` counts what is wholly within the period; ``not known`` says that nothing is
    known to count the measure.
    """
    rows = view.figures(partnership=partnership, period=period, measure=measure)
    title = f"Figures{_within(period)} on {moment(view)}"
    if not rows:
        return f"{title}: none was reported."
    return f"{title}\n\n{reconciled(rows, width=line_length(width))}"


def reconciled(answers: Sequence[Figure], *, width: int) -> str:
    """Return the figures as a table, and below it whom they name and what does not agree."""
    rows = [_figure_row(item) for item in answers]
    notes = [line for note in map(_note, answers) if note for line in wrapped(flat(note), width)]
    parts = [table(rows, headers=FIGURES, width=width), "\n".join(notes)]
    return "\n\n".join(filter(None, parts))


def _figure_row(item: Figure) -> tuple[str | int, ...]:
    """Return the cells of a figure, in the order of the headers."""
    return (
        item.id,
        item.measure,
        str(item.period),
        item.claimed if isinstance(item.claimed, int) and not item.unit else _claimed(item),
        NOT_COUNTED if item.recorded is None else item.recorded,
        "" if item.unaccounted is None else item.unaccounted,
    )


def _claimed(item: Figure) -> str:
    """Return the number or the words of a claim, with the unit if it has one."""
    return f"{item.claimed} {item.unit}" if item.unit else str(item.claimed)


def _note(item: Figure) -> str:
    """Return whom the figure names, with whom of them something is recorded, and its faults."""
    parts = (
        phrase("names ", item.partners),
        phrase("recorded with ", item.partners_recorded),
        *map(label, item.inconsistencies),
    )
    return phrase(f"{item.id} ", "; ".join(filter(None, parts)))


def signings(
    view: Answering,
    *,
    period: str | EdtfDate | None = None,
    home: str | None = None,
    width: int | None = None,
) -> str:
    """Return how many texts came to be signed, by country and by kind, and all of them by date.

    A text counts once with each country, and with each party that has none, so that the rows
    may add up to more than the last one, which counts every text once.

    Args:
        view: The moment asked about.
        period: Only texts whose whole date of signature is within it.
        home: A country code: the country of the office, which has no row of its own.
        width: The length of a line, in letters; that of the window if left out, 100 in a pipe.
    """
    home, width = optional_argument("home", country, home), line_length(width)
    signatures = view.signatures(period=period)
    title = f"Signed{_within(period)}, by {moment(view)}"
    if not signatures:
        return f"{title}: nothing."
    kinds = [kind for kind in InstrumentKind if kind in {item.kind for item in signatures}]
    counts = table(
        _counts(signatures, kinds, home), headers=("with", *map(label, kinds), ALL), width=width
    )
    rows = [
        (str(item.when), item.instrument, label(item.kind), ", ".join(_partners(item, home)))
        for item in signatures
    ]
    texts = table(rows, headers=("date", "instrument", "kind", "with"), width=width)
    return f"{title}\n\n{counts}\n\n{texts}"


def _counts(
    signatures: Sequence[Signature], kinds: Sequence[InstrumentKind], home: str | None
) -> list[list[str | int]]:
    """Return a row for each country, most texts first, and one for all."""
    groups: dict[str, list[Signature]] = {}
    for item in signatures:
        for partner in _partners(item, home):
            groups.setdefault(partner, []).append(item)
    by_number = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [
        [name, *(sum(item.kind is kind for item in items) or "" for kind in kinds), len(items)]
        for name, items in (*by_number, (ALL, signatures))
    ]


def _partners(item: Signature, home: str | None) -> tuple[str, ...]:
    """Return the countries of a text, and its parties without one; home only if alone."""
    partners = (*item.countries, *item.without_country)
    return tuple(name for name in partners if name != home) or partners


def _within(period: str | EdtfDate | None) -> str:
    """Return the period in words, if there is one."""
    return "" if period is None else f" in {period}"
