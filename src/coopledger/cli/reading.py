"""Commands that ask: the board, what is pending, what comes, what is known of a thing, and why."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import attrs

from coopledger import render
from coopledger._display.tables import flat
from coopledger._escape import printable
from coopledger.answers import (
    Commitment,
    Instrument,
    Participation,
    Partnership,
    TimelineEntry,
)
from coopledger.cli.asking import Asked
from coopledger.cli.output import write_csv, write_json, write_page
from coopledger.cli.scope import within
from coopledger.cli.screens import screen
from coopledger.cli.screens import show as show_page
from coopledger.errors import UnknownIdError
from coopledger.plain import Plain, as_dict
from coopledger.render.agendas import coming
from coopledger.render.participations import several
from coopledger.view import View


def board(asked: Asked) -> None:
    """Show every partnership: its stage, its texts, and how much is open and late."""
    with asked.viewed() as whole:
        view = within(whole, asked.options["partner"])
        seen = screen(asked, view)
        page = seen.board if seen else partial(render.board, view, us=asked.options["us"])
        _listed(asked, view, Partnership, view.partnerships, page)


def pending(asked: Asked) -> None:
    """Show the open promises, the most urgent first: who owes whom what, and by when."""
    us = asked.options["us"]
    with asked.viewed() as whole:
        view = within(whole, asked.options["partner"])
        seen = screen(asked, view)
        page = seen.pending if seen else partial(render.pending, view, us=us)
        _listed(asked, view, Commitment, view.commitments, page)


def agenda(asked: Asked) -> None:
    """Show what is late or comes within some days: promises, meetings, ends of terms, notices."""
    days = asked.options["within"]
    with asked.viewed() as whole:
        view = within(whole, asked.options["partner"])
        seen = screen(asked, view)
        page = seen.agenda if seen else partial(_agenda, view)
        answers = partial(view.agenda, within_days=days)
        _listed(asked, view, Commitment, answers, partial(page, within_days=days))


def _agenda(view: View, *, within_days: int) -> str:
    """Return the plain page of the promises and of what else comes."""
    rows = [
        (
            str(item.due),
            item.status.replace("_", " "),
            item.what or "",
            "\n".join(map(view.title, item.debtors)),
        )
        for item in view.agenda(within_days=within_days)
    ]
    for each in coming(view, within_days=within_days):
        others = view.title(each.partnership) if each.partnership else ""
        rows.append((str(each.when), each.kind, each.what, others))
    title = f"Agenda on {view.on} and the {within_days} days after it"
    page = render.table(rows, headers=("due", "status", "what", "who"))
    return f"{title}\n\n{page}" if rows else f"{title}: nothing."


def why(asked: Asked) -> None:
    """Tell why a thing is where it is: the rule, and the events that decided it."""
    (id,) = asked.words
    with asked.opened() as ledger:
        view = asked.view(ledger)
        if asked.options["json"]:
            write_json(as_dict(view.explain(id)))
            return
        seen = screen(asked, view, timezone=ledger.timezone)
        show_page(seen.explanation(id)) if seen else write_page(render.explanation(view, id))


def show(asked: Asked) -> None:
    """Show the page of a thing: where it stands, and what happened; a party with all it has."""
    (id,) = asked.words
    options = asked.options
    with asked.opened() as ledger:
        view = asked.view(ledger)
        with suppress(UnknownIdError):
            answer = view.party(id)
            write_json(as_dict(view.dossier(party=answer.id))) if options["json"] else write_page(
                render.dossier(view, party=answer.id)
            )
            return
        why = view.explain(id)  # Refuses what is unknown, with the nearest id of any kind.
        entries = _entries(view, id)
        if options["csv"]:
            write_csv(TimelineEntry, entries)
        elif options["json"]:
            timeline = [as_dict(entry) for entry in entries]
            known: dict[str, Plain] = {**as_dict(_thing(view, id)), "timeline": list(timeline)}
            if parties := [as_dict(each) for each in _parties(view, id)]:
                known["participations"] = list(parties)
            write_json(known)
        elif seen := screen(asked, view, timezone=ledger.timezone):
            show_page(seen.history(id) if entries else seen.explanation(id))
        elif entries:
            pages = (
                printable(why.sentence),
                render.pending(within(view, id)),
                *_pages_of_parties(view, id),
                render.timeline(view, id),
            )
            write_page("\n\n".join(pages))
        else:
            write_page("\n\n".join([render.explanation(view, id), *_pages_of_parties(view, id)]))


def _parties(view: View, id: str) -> tuple[Participation, ...]:
    """Return the participations of a text; none for anything else."""
    with suppress(UnknownIdError):
        return view.participations(id)
    return ()


def _pages_of_parties(view: View, id: str) -> list[str]:
    """Return the parties of a text, or of those of a partnership, that have more than two."""
    thing = _thing(view, id)
    texts = [thing] if isinstance(thing, Instrument) else getattr(thing, "instruments", ())
    return [render.participations(view, text.id) for text in texts if several(view, text)]


def _thing(view: View, id: str) -> attrs.AttrsInstance:
    """Return the answer about a thing that has a stage, state or status."""
    asks: tuple[Callable[[str], attrs.AttrsInstance], ...] = (
        view.partnership,
        view.instrument,
        view.commitment,
        view.proposal,
    )
    for ask in asks:
        with suppress(UnknownIdError):
            return ask(id)
    return view.meeting(id)


def _entries(view: View, id: str) -> tuple[TimelineEntry, ...]:
    """Return the timeline of a partnership; none for anything else."""
    with suppress(UnknownIdError):
        return view.timeline(id)
    return ()


def _listed(
    asked: Asked,
    view: View,
    kind: type[attrs.AttrsInstance],
    answers: Callable[[], Sequence[attrs.AttrsInstance]],
    page: Callable[[], object],
) -> None:
    """Write answers of a kind as JSON, as CSV, or as a page."""
    if asked.options["json"]:
        write_json([as_dict(answer) for answer in answers()])
    elif asked.options["csv"]:
        write_csv(kind, answers())
    else:
        text = page()
        if isinstance(text, str):
            write_page(f"{_partner(asked, view)}{text}")
        else:
            show_page(text)


def _partner(asked: Asked, view: View) -> str:
    """Return the heading of a plain page that holds only what is with a partner."""
    partner = asked.options["partner"]
    if partner is None:
        return ""
    return f"With {flat(view.title(partner, us=asked.options['us']))}\n\n"
