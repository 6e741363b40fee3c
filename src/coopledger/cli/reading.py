"""Commands that ask: the board, what is pending, what comes, what is known of a thing, and why."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import attrs

from coopledger import render
from coopledger._display.catalogue import words
from coopledger._display.tables import flat, line_length, wrapped
from coopledger.answers import (
    Commitment,
    Instrument,
    Participation,
    Partnership,
    Party,
    TimelineEntry,
)
from coopledger.answers._clauses import plain
from coopledger.cli.agendas import AgendaItem, agenda_items, agenda_page
from coopledger.cli.asking import Asked, Moment
from coopledger.cli.output import write_csv, write_json, write_page
from coopledger.cli.scope import as_ours, within
from coopledger.cli.screens import part_of, screen
from coopledger.cli.screens import show as show_page
from coopledger.errors import UnknownIdError
from coopledger.plain import Plain, as_dict
from coopledger.render.dossiers import title_if_known
from coopledger.render.following import standing
from coopledger.render.participations import several
from coopledger.view import View

Thing = Callable[[str], attrs.AttrsInstance]


def board(asked: Asked) -> None:
    """Show every partnership: its stage, its texts, and how much is open and late."""
    with asked.viewed() as moment:
        view, seen = moment.view, screen(asked, moment)
        page = seen.board if seen else partial(render.board, view, us=moment.us)
        listed(asked, moment, Partnership, view.partnerships, page)


def pending(asked: Asked) -> None:
    """Show the open promises, the most urgent first: who owes whom what, and by when."""
    with asked.viewed() as moment:
        view, seen = moment.view, screen(asked, moment)
        page = seen.pending if seen else partial(render.pending, view, us=moment.us)
        listed(asked, moment, Commitment, view.commitments, page)


def agenda(asked: Asked) -> None:
    """Show what is late or comes within some days: promises, meetings, ends of terms, notices."""
    with asked.viewed() as moment:
        view, seen = moment.view, screen(asked, moment)
        page = seen.agenda if seen else partial(agenda_page, view, us=moment.us)
        within_days = {"within_days": asked.options["within"]}
        items = partial(agenda_items, view, **within_days)
        listed(asked, moment, AgendaItem, items, partial(page, **within_days))


def why(asked: Asked) -> None:
    """Tell why a thing is where it is: the rule, and the events that decided it."""
    (id,) = asked.words
    with asked.viewed() as moment:
        if asked.options["json"]:
            write_json(as_dict(moment.view.explain(id)))
        elif seen := screen(asked, moment):
            write(moment, seen.explanation(id))
        else:
            write(moment, render.explanation(as_ours(moment.view, moment.us), id))


def show(asked: Asked) -> None:
    """Show the page of a thing: where it stands, and what happened; a party with all it has.

    As CSV a party or a partnership is what happened, a line for each act, and any other thing one
    line.
    """
    (id,) = asked.words
    with asked.viewed() as moment:
        thing = _thing(moment.view, id)
        if asked.options["csv"]:
            _write_rows(moment.view, thing, id)
        elif asked.options["json"]:
            write_json(_known(moment.view, thing, id))
        elif isinstance(thing, Party):
            write(moment, render.dossier(as_ours(moment.view, moment.us), party=thing.id))
        elif seen := screen(asked, moment):
            page = seen.history if isinstance(thing, Partnership) else seen.explanation
            write(moment, page(id))
        else:
            write(moment, "\n\n".join(_pages(moment, thing, id)))


def _thing(view: View, id: str) -> attrs.AttrsInstance:
    """Return the answer about a party, or about a thing that has a stage, state or status.

    Raises:
        UnknownIdError: There is none; with the nearest id of any kind.
    """
    asks: tuple[Thing, ...] = (
        view.party,
        view.partnership,
        view.instrument,
        view.commitment,
        view.proposal,
        view.meeting,
    )
    for ask in asks:
        with suppress(UnknownIdError):
            return ask(id)
    return view.explain(id)  # Refuses it.


def _write_rows(view: View, thing: attrs.AttrsInstance, id: str) -> None:
    """Write what happened to a party or partnership as CSV, or any other thing as one row."""
    if isinstance(thing, Party):
        write_csv(TimelineEntry, view.dossier(party=thing.id).timeline)
    elif isinstance(thing, Partnership):
        write_csv(TimelineEntry, view.timeline(id))
    else:
        write_csv(type(thing), [thing])


def _known(view: View, thing: attrs.AttrsInstance, id: str) -> Plain:
    """Return all that is known of a thing as a plain value."""
    if isinstance(thing, Party):
        return as_dict(view.dossier(party=thing.id))
    entries = view.timeline(id) if isinstance(thing, Partnership) else ()
    known: dict[str, Plain] = {**as_dict(thing), "timeline": [as_dict(each) for each in entries]}
    if parties := [as_dict(each) for each in _parties(view, thing)]:
        known["participations"] = list(parties)
    return known


def _parties(view: View, thing: attrs.AttrsInstance) -> tuple[Participation, ...]:
    """Return the participations of a text; none for anything else."""
    return view.participations(thing.id) if isinstance(thing, Instrument) else ()


def _pages(moment: Moment, thing: attrs.AttrsInstance, id: str) -> list[str]:
    """Return the plain pages of a thing: of a partnership also what is open and what happened."""
    view = as_ours(moment.view, moment.us)
    if not isinstance(thing, Partnership):
        return [render.explanation(view, id), *_pages_of_parties(view, [thing])]
    return [
        "\n".join(
            line for said in _standing(view, thing) for line in wrapped(flat(said), line_length())
        ),
        render.pending(within(view, id), us=moment.us),
        *_pages_of_parties(view, thing.instruments),
        render.timeline(view, id),
    ]


def _standing(view: View, item: Partnership) -> list[str]:
    """Return why the stage of a partnership is what it is, and what its page says below."""
    name = partial(title_if_known, view)
    return [view.explain(item.id).sentence, *standing(view, plain(), item, name)]


def _pages_of_parties(view: View, things: Sequence[attrs.AttrsInstance]) -> list[str]:
    """Return the parties of those of the things that are texts and have more than two."""
    texts = [each for each in things if isinstance(each, Instrument)]
    return [render.participations(view, text.id) for text in texts if several(view, text)]


def listed(
    asked: Asked,
    moment: Moment,
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
        write(moment, page())


def write(moment: Moment, page: object) -> None:
    """Write a page; above a plain one, what it is limited to."""
    if not isinstance(page, str):
        show_page(page)
    else:
        write_page("\n\n".join(filter(None, (_part(moment), page))))


def _part(moment: Moment) -> str:
    """Return in words what the page is limited to: with whom, in whose hands, about what."""
    said = [part_of(moment.filters)]
    if moment.partner is not None:
        partner = flat(moment.view.title(moment.partner, us=moment.us))
        said.insert(0, words().text("with", name=partner))
    return words().heading(", ".join(filter(None, said)))
