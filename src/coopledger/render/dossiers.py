"""Page with everything about a party or a country, its sources numbered."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from coopledger._display.tables import flat, line_length, table, wrapped
from coopledger._rules.party_case import ENOUGH
from coopledger.answers import (
    Commitment,
    Dossier,
    Instrument,
    Meeting,
    Obstacle,
    Partnership,
    Proposal,
    TimelineEntry,
)
from coopledger.answers._clauses import Writing, plain, told
from coopledger.answers._wording import ABOUT, label, money, named, phrase
from coopledger.errors import ArgumentError, UnknownIdError
from coopledger.render.answering import Answering
from coopledger.render.flags import flag_told, flags_to_tell
from coopledger.render.following import postponements
from coopledger.render.moments import moment
from coopledger.render.pages import Dated, first_day, last_activity, legend
from coopledger.render.reports import reconciled
from coopledger.values import Source

TableRow = tuple[str | int, ...]

PARTNERSHIPS = ("with", "scope", "stage", "since", "last activity", "flags", "responsible", "id")
INSTRUMENTS = ("title", "kind", "state", "since", "until", "flags", "responsible", "id")
COMMITMENTS = (
    *("what", "status", "since", "due", "owed by", "to", "worth", "done"),
    *("responsible", "id"),
)
PARTICIPATIONS = ("text", "party", "signed", "consented", "in force", "notice", "leaving")
SUMS = ("side", "with", "promised", "paid", "outstanding")
PROPOSALS = ("what", "status", "since", "by", "to", "responsible", "id")
OBSTACLES = ("obstacle", "in the way of", "lies with", "through", "since", "last asked", "id")
MEETINGS = ("kind", "status", "when", "place", "who", "id")
TIMELINE = ("when", "what", "sources")


def dossier(
    view: Answering,
    *,
    party: str | None = None,
    country: str | None = None,
    width: int | None = None,
) -> str:
    """Return everything about a party or a country on one page; see `View.dossier`.

    The numbers in the timeline are those of the sources at the end; ``~`` marks a day that rests
    on a date that is not exact.
    """
    answer, width = view.dossier(party=party, country=country), line_length(width)
    has_name = answer.name not in {None, answer.subject}
    subject = f"{answer.name} ({answer.subject})" if has_name else answer.subject
    title = flat(f"{subject} on {moment(view)}")
    obstacles = view.obstacles(party=party, country=country)
    if not answer.timeline:
        return f"{title}: nothing is recorded."
    parts = (
        f"{name.upper()}\n\n{text}"
        for name, text in _sections(
            view, answer, obstacles, answer.subject if party else None, width=width
        )
        if text
    )
    dated: list[Dated] = [*answer.partnerships, *answer.instruments, *answer.commitments]
    dated += answer.proposals
    return "\n\n".join([title, *parts, *legend(dated)])


def _sections(
    view: Answering,
    answer: Dossier,
    obstacles: Iterable[Obstacle],
    party: str | None,
    *,
    width: int,
) -> Iterator[tuple[str, str]]:
    """Yield the parts of the page with their titles, in the order of reading; some are empty."""
    things: tuple[tuple[str, Sequence[str], Iterable[TableRow]], ...] = (
        (
            "partnerships",
            PARTNERSHIPS,
            map(partial(_partnership, view, party), answer.partnerships),
        ),
        ("instruments", INSTRUMENTS, map(_instrument, answer.instruments)),
        ("participations", PARTICIPATIONS, _participations(view, answer)),
        ("commitments", COMMITMENTS, map(partial(_commitment, view), answer.commitments)),
        ("sums", SUMS, _sums(view, answer)),
        ("proposals", PROPOSALS, map(partial(_proposal, view), answer.proposals)),
        ("obstacles", OBSTACLES, map(partial(_obstacle, view), obstacles)),
        ("meetings", MEETINGS, map(partial(_meeting, view), answer.meetings)),
    )
    for name, headers, rows in things:
        yield name, table([*rows], headers=headers, width=width)
    yield "figures", reconciled(answer.figures, width=width)
    numbers = {source: number for number, source in enumerate(answer.sources, 1)}
    entries = [entry_row(view, entry, numbers) for entry in answer.timeline]
    yield "timeline", table(entries, headers=TIMELINE, width=width)
    yield "sources", "\n".join(source_lines(answer.sources, width))


def _partnership(view: Answering, party: str | None, item: Partnership) -> TableRow:
    """Return the cells of a partnership, without the name of the party that the page is about."""
    return (
        "\n".join(view.title(each) for each in item.parties if each != party),
        item.scope or "",
        "\n".join(map(label, filter(None, (item.stage, item.conduct)))),
        first_day(item),
        last_activity(item),
        _flags(item),
        item.responsible or "",
        item.id,
    )


def _instrument(item: Instrument) -> TableRow:
    """Return the cells of an instrument, in the order of the headers."""
    return (
        item.title,
        label(item.kind or ""),
        "\n".join(map(label, filter(None, (item.state, item.conduct)))),
        first_day(item),
        str(item.term_end or ""),
        _flags(item),
        item.responsible or "",
        item.id,
    )


def _flags(item: Dated) -> str:
    """Return the flags of an answer one below the other."""
    return "\n".join(flag_told(plain(), flag, item) for flag in flags_to_tell(item))


def _participations(view: Answering, answer: Dossier) -> Iterator[TableRow]:
    """Yield the cells of what the parties did under texts that have more than two parties."""
    many = {text.id: text for text in answer.instruments if len(text.parties) > ENOUGH}
    for item in answer.participations:
        if item.instrument in many:
            bound = label("in_force") if item.in_force else ""
            yield (
                many[item.instrument].title,
                view.title(item.party),
                str(item.signed_on or ""),
                str(item.consented_on or ""),
                str(item.in_force_since or bound),
                str(item.notice_on or ""),
                str(item.left_on or item.ends or ""),
            )


def _sums(view: Answering, answer: Dossier) -> Iterator[TableRow]:
    """Yield the cells of the sums that the parties owe, and then of those that they are owed."""
    for side, sums in (("owes", answer.owes), ("is owed", answer.owed)):
        for item in sums:
            amounts = map(money, (item.promised, item.paid, item.outstanding))
            yield side, "\n".join(map(view.title, item.by)), *amounts


def _commitment(view: Answering, item: Commitment) -> TableRow:
    """Return the cells of a commitment, in the order of the headers."""
    return (
        _firmly(item.firmness, item.what),
        _status(item),
        first_day(item),
        "\n".join(
            filter(
                None,
                (str(item.due or item.due_text or _title(view, item.due_meeting)), item.rhythm),
            )
        ),
        "\n".join(map(view.title, item.debtors)),
        "\n".join(map(view.title, item.creditors)),
        _worth(item),
        phrase("", item.percent, " %"),
        item.responsible or "",
        item.id,
    )


def _status(item: Commitment | Proposal) -> str:
    """Return the status of a promise or proposal, and its flags below it."""
    return "\n".join(filter(None, (label(item.status), _flags(item))))


def _worth(item: Commitment) -> str:
    """Return the sum of a promise, and how much of it is outstanding where some was paid."""
    left = money(item.outstanding) if item.is_paid_in_part else ""
    return "\n".join(filter(None, (money(item.amount), phrase("", left, " outstanding"))))


def _obstacle(view: Answering, item: Obstacle) -> TableRow:
    """Return the cells of an obstacle, in the order of the headers."""
    return (
        item.text or "",
        title_if_known(view, item.subject or ""),
        "\n".join(_named(view, item.lies_with)),
        "\n".join(_named(view, item.via)),
        f"{item.since or ''}{'' if item.since_certain else ABOUT}",
        "\n".join([str(item.last_asked or ""), *_named(view, item.asked)]),
        item.id,
    )


def _named(view: Answering, names: Iterable[str]) -> Iterator[str]:
    """Yield the titles of parties, and the words of what is none."""
    return (title_if_known(view, each) for each in names)


def _proposal(view: Answering, item: Proposal) -> TableRow:
    """Return the cells of a proposal, in the order of the headers."""
    return (
        _firmly(item.firmness, item.text or _title(view, item.instrument)),
        _status(item),
        first_day(item),
        "\n".join(map(view.title, item.by)),
        "\n".join(map(view.title, item.to)),
        item.responsible or "",
        item.id,
    )


def _title(view: Answering, id: str | None) -> str:
    """Return the words by which people know a thing; nothing for none."""
    return view.title(id) if id else ""


def _firmly(firmness: str | None, what: str | None) -> str:
    """Return what is owed or proposed, and how firmly."""
    return ": ".join(filter(None, (label(firmness or ""), what)))


def _meeting(view: Answering, item: Meeting) -> TableRow:
    """Return the cells of a meeting, in the order of the headers."""
    people = (each.person or each.post or _title(view, each.party) for each in item.participants)
    return (
        item.kind or "",
        "\n".join((label(item.status), *postponements(plain(), item))),
        str(item.held or item.planned or ""),
        item.place.name if item.place else "",
        "\n".join(filter(None, people)),
        item.id,
    )


def entry_row(view: Answering, item: TimelineEntry, numbers: dict[Source, int]) -> TableRow:
    """Return the cells of an entry of the timeline, with the numbers of its sources."""
    title = title_if_known(view, item.about)
    is_named = any(each.text == "done_by" for each in item.more)
    who = (title_if_known(view, each) for each in (() if is_named else item.by))
    said = "" if item.said == title else item.said
    about = f"{item.type} {named(title, item.about)}{phrase(' by ', tuple(who))}"
    rest = told("", said, item.more, plain())
    return (
        str(item.when or ""),
        f"{about}{phrase(': ', rest)}",
        "".join(f"[{numbers[source]}]" for source in item.sources),
    )


def title_if_known(view: Answering, name: str) -> str:
    """Return the words by which people know what has the id; the text itself if it is none."""
    try:
        return view.title(name)
    except (UnknownIdError, ArgumentError):  # Words that can be no id at all are such a text too.
        return name


def source_lines(sources: Iterable[Source], width: int) -> Iterator[str]:
    """Yield the lines of the sources, each with its number."""
    for number, source in enumerate(sources, 1):
        mark = f"[{number}] "
        first, *others = wrapped(flat(citation(source)), width - len(mark))
        yield f"{mark}{first}"
        yield from (f"{' ' * len(mark)}{line}" for line in others)


def citation(source: Source, page: Writing | None = None) -> str:
    """Return the citation of a source: who, what, when, where, on what it rests.

    The dates are in ISO, unless another manner of writing is given.
    """
    page = page or plain()
    text = page.words.text
    parts = (
        *(source.author, source.publisher, source.title),
        page.as_said(source.published) if source.published else None,
        *(source.address, source.locator),
        page.quoted(source.quote) if source.quote else None,
        text("read_on", date=page.as_said(source.retrieved)) if source.retrieved else None,
        page.word(source.basis) if source.basis else None,
    )
    return ", ".join(filter(None, parts)) or text("source_without_name")
