"""Page of what happened in a partnership, in the order of effect, its sources numbered."""

from coopledger._display.tables import flat, line_length, table
from coopledger.answers._wording import named
from coopledger.render.answering import Answering
from coopledger.render.dossiers import TIMELINE, entry_row, source_lines
from coopledger.render.moments import moment


def timeline(view: Answering, partnership: str, *, width: int | None = None) -> str:
    """Return everything about a partnership that counts by the day; see `View.timeline`.

    The numbers are those of the sources at the end.
    """
    entries, width = view.timeline(partnership), line_length(width)
    title = flat(f"Timeline of {named(view.title(partnership), partnership)} by {moment(view)}")
    if not entries:
        return f"{title}: nothing is recorded."
    sources = dict.fromkeys(source for entry in entries for source in entry.sources)
    numbers = {source: number for number, source in enumerate(sources, 1)}
    rows = [entry_row(view, entry, numbers) for entry in entries]
    parts = (
        title,
        table(rows, headers=TIMELINE, width=width),
        "\n".join(source_lines(numbers, width)),
    )
    return "\n\n".join(filter(None, parts))
