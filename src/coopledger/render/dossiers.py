"""Everything about a party or a country on one page, with its sources numbered."""

from collections.abc import Iterable, Iterator, Sequence

from coopledger.answers import (
    Commitment,
    Dossier,
    Instrument,
    Meeting,
    Partnership,
    Proposal,
    TimelineEntry,
)
from coopledger.answers._wording import ABOUT, label, phrase, someone
from coopledger.render._text_width import flat, wrapped
from coopledger.render.answering import Answering
from coopledger.render.pages import LEGEND
from coopledger.render.reports import reconciled
from coopledger.render.tables import PAGE, table
from coopledger.values import Source

Row = tuple[str | int, ...]
Standing = Partnership | Instrument | Commitment | Proposal

PARTNERSHIPS = ("id", "with", "scope", "stage", "since", "last activity", "flags")
INSTRUMENTS = ("id", "kind", "title", "state", "since", "until", "flags")
COMMITMENTS = ("id", "status", "since", "due", "owed by", "to", "what")
PROPOSALS = ("id", "status", "since", "by", "to", "what")
MEETINGS = ("id", "kind", "status", "when", "place", "who")
TIMELINE = ("when", "what", "sources")


def dossier(
    view: Answering, *, party: str | None = None, country: str | None = None, width: int = PAGE
) -> str:
    """Everything about a party or a country on one page; see `View.dossier`.

    The numbers in the timeline stand for the sources at the end; ``~`` marks a day that rests
    on a date that is not exact.
    """
    found = view.dossier(party=party, country=country)
    named = found.name not in {None, found.subject}
    title = f"{found.name} ({found.subject})" if named else found.subject
    page = f"{title} on {view.on}"
    if not found.timeline:
        return f"{page}: nothing is recorded."
    parts = (f"{name.upper()}\n\n{text}" for name, text in _sections(found, width=width) if text)
    legend = [LEGEND] if any(map(_is_marked, _standing(found))) else []
    return "\n\n".join([page, *parts, *legend])


def _sections(found: Dossier, *, width: int) -> Iterator[tuple[str, str]]:
    """The parts of the page with their titles, in the order of reading; some are empty."""
    things: tuple[tuple[str, Sequence[str], Iterable[Row]], ...] = (
        ("partnerships", PARTNERSHIPS, map(_partnership, found.partnerships)),
        ("instruments", INSTRUMENTS, map(_instrument, found.instruments)),
        ("commitments", COMMITMENTS, map(_commitment, found.commitments)),
        ("proposals", PROPOSALS, map(_proposal, found.proposals)),
        ("meetings", MEETINGS, map(_meeting, found.meetings)),
    )
    for name, headers, rows in things:
        yield name, table([*rows], headers=headers, width=width)
    yield "figures", reconciled(found.figures, width=width)
    numbers = {source: number for number, source in enumerate(found.sources, 1)}
    moments = [_moment(moment, numbers) for moment in found.timeline]
    yield "timeline", table(moments, headers=TIMELINE, width=width)
    yield "sources", "\n".join(_cited(found.sources, width))


def _partnership(item: Partnership) -> Row:
    """One partnership, in the order of the headers."""
    return (
        item.id,
        _lines(item.parties),
        item.scope or "",
        label(item.stage),
        _since(item),
        str(item.last_activity or ""),
        _lines(map(label, item.flags)),
    )


def _instrument(item: Instrument) -> Row:
    """One instrument, in the order of the headers."""
    return (
        item.id,
        label(item.kind or ""),
        item.title or "",
        label(item.state),
        _since(item),
        str(item.term_end or ""),
        _lines(map(label, item.flags)),
    )


def _commitment(item: Commitment) -> Row:
    """One commitment, in the order of the headers."""
    return (
        item.id,
        label(item.status),
        _since(item),
        str(item.due or item.due_text or item.due_meeting or ""),
        _lines(item.debtors),
        _lines(item.creditors),
        _put(item.firmness, item.what),
    )


def _proposal(item: Proposal) -> Row:
    """One proposal, in the order of the headers."""
    return (
        item.id,
        label(item.status),
        _since(item),
        _lines(item.by),
        _lines(item.to),
        _put(item.firmness, item.text or item.instrument),
    )


def _meeting(item: Meeting) -> Row:
    """One meeting, in the order of the headers."""
    return (
        item.id,
        item.kind or "",
        label(item.status),
        str(item.held or item.planned or ""),
        item.place.name if item.place else "",
        _lines(filter(None, map(someone, item.participants))),
    )


def _moment(item: TimelineEntry, numbers: dict[Source, int]) -> Row:
    """One line of the timeline, with the numbers of its sources."""
    return (
        str(item.when or ""),
        f"{item.type} {item.about}{phrase(': ', item.text)}",
        "".join(f"[{numbers[source]}]" for source in item.sources),
    )


def _cited(sources: Iterable[Source], width: int) -> Iterator[str]:
    """The sources with their numbers, as lines."""
    for number, source in enumerate(sources, 1):
        mark = f"[{number}] "
        first, *others = wrapped(flat(_citation(source)), width - len(mark))
        yield f"{mark}{first}"
        yield from (f"{' ' * len(mark)}{line}" for line in others)


def _citation(source: Source) -> str:
    """A source as it is cited: who, what, when, where, on what it rests."""
    told = (source.author, source.publisher, source.title, source.published)
    quote = f"'{source.quote}'" if source.quote else None
    read = phrase("read ", source.retrieved)
    parts = (*told, source.address, source.locator, quote, read, source.basis)
    return ", ".join(str(part) for part in parts if part) or "a source without a name"


def _put(firmness: str | None, what: str | None) -> str:
    """What is owed or proposed, and how firmly."""
    return ": ".join(filter(None, (label(firmness or ""), what)))


def _standing(found: Dossier) -> Iterable[Standing]:
    """Everything of which the page says since when it stands as it does."""
    return (*found.partnerships, *found.instruments, *found.commitments, *found.proposals)


def _is_marked(item: Standing) -> bool:
    """Whether its first day rests on a date that is not exact."""
    return item.since is not None and not item.certain


def _since(item: Standing) -> str:
    """The first day of how it stands."""
    return f"{item.since or ''}{ABOUT if _is_marked(item) else ''}"


def _lines(names: Iterable[str]) -> str:
    """The names one below the other."""
    return "\n".join(names)
