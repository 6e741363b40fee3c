"""Titles: the words by which people know a party or a thing, before its id."""

from collections.abc import Callable

from coopledger import events
from coopledger._display.catalogue import Words, words
from coopledger._snapshot import Snapshot
from coopledger.answers._titles import name_of, title_of_partnership, title_of_text
from coopledger.answers.meetings import meeting
from coopledger.terms import Noun


def title(
    snapshot: Snapshot, name: str, *, us: str | None = None, said: Words | None = None
) -> str:
    """Return the words for the party or thing; its id where nothing better is known then.

    Of a partnership to which ``us`` is a party, the names of the others. What is no name or word of
    the record is said in English, or in the words of a language.
    """
    noun = snapshot.visible.noun_of(name)
    if noun is Noun.PARTNERSHIP:
        return _partnership(snapshot, name, us, said)
    write = TITLES.get(noun) if noun is not None else None
    return (write(snapshot, name, said or words()) if write is not None else None) or name


def _partnership(snapshot: Snapshot, name: str, us: str | None, said: Words | None) -> str:
    """Return the names of the parties, without ours."""
    parties = snapshot.parties_of(name)
    others = [party for party in parties if party != us] or parties
    return title_of_partnership(snapshot, name, others, said)


def _party(snapshot: Snapshot, name: str, said: Words) -> str:
    """Return the full name of the party."""
    del said  # A name is the same in every language.
    return name_of(snapshot, name)


def _instrument(snapshot: Snapshot, name: str, said: Words) -> str:
    """Return the title of the text, or its kind and parties."""
    known = snapshot.registration(Noun.INSTRUMENT, name)
    if not isinstance(known, events.InstrumentRegistered):
        return name
    parties = () if known.title else _first_parties(snapshot, name)
    return title_of_text(snapshot, name, known, parties, said)


def _first_parties(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the parties that a text had from the beginning; of an open one those named."""
    context = snapshot.instrument_context(name)
    if context.parties or context.open_for_signature:
        return context.parties
    cases = snapshot.instrument(name).participants.cases
    return tuple(party for party, case in cases.items() if not case.joined and not case.apart)


def _commitment(snapshot: Snapshot, name: str, said: Words) -> str | None:
    """Return the words of the promise."""
    del said
    terms = snapshot.commitment(name).terms
    return terms.what if terms is not None else None


def _proposal(snapshot: Snapshot, name: str, said: Words) -> str | None:
    """Return the words of the proposal, or the title of the text that it is about."""
    case = snapshot.proposal(name)
    return case.text or (_instrument(snapshot, case.instrument, said) if case.instrument else None)


def _meeting(snapshot: Snapshot, name: str, said: Words) -> str | None:
    """Return the kind of the meeting, its number and its place."""
    answer = meeting(snapshot, name)
    shown = answer.kind
    if shown and answer.series and answer.number:
        shown = said.text("numbered", name=shown, n=answer.number, series=answer.series)
    if shown and answer.place:
        shown = said.text("at_place", name=shown, place=answer.place.name)
    return shown


def _obstacle(snapshot: Snapshot, name: str, said: Words) -> str | None:
    """Return the words of the obstacle."""
    del said
    known = snapshot.registration(Noun.OBSTACLE, name)
    return known.text if isinstance(known, events.ObstacleReported) else None


TITLES: dict[Noun, Callable[[Snapshot, str, Words], str | None]] = {
    Noun.PARTY: _party,
    Noun.INSTRUMENT: _instrument,
    Noun.COMMITMENT: _commitment,
    Noun.PROPOSAL: _proposal,
    Noun.MEETING: _meeting,
    Noun.OBSTACLE: _obstacle,
}
