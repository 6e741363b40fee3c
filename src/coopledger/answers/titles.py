"""Titles: the words by which people know a party or a thing, before its id."""

from collections.abc import Callable

from coopledger import events
from coopledger._snapshot import Snapshot
from coopledger.answers._titles import name_of, title_of_partnership, title_of_text
from coopledger.answers._wording import phrase
from coopledger.answers.meetings import meeting
from coopledger.terms import Noun


def title(snapshot: Snapshot, name: str, *, us: str | None = None) -> str:
    """Return the words for the party or thing; its id where nothing better is known then.

    Of a partnership to which ``us`` is a party, the names of the others.
    """
    noun = snapshot.visible.noun_of(name)
    if noun is Noun.PARTNERSHIP:
        return _partnership(snapshot, name, us)
    words = TITLES.get(noun) if noun is not None else None
    return (words(snapshot, name) if words is not None else None) or name


def _partnership(snapshot: Snapshot, name: str, us: str | None) -> str:
    """Return the names of the parties, without ours."""
    parties = snapshot.parties_of(name)
    others = [party for party in parties if party != us] or parties
    return title_of_partnership(snapshot, name, others)


def _instrument(snapshot: Snapshot, name: str) -> str:
    """Return the title of the text, or its kind and parties."""
    known = snapshot.registration(Noun.INSTRUMENT, name)
    if not isinstance(known, events.InstrumentRegistered):
        return name
    return title_of_text(snapshot, name, known, snapshot.instrument_context(name).parties)


def _commitment(snapshot: Snapshot, name: str) -> str | None:
    """Return the words of the promise."""
    terms = snapshot.commitment(name).terms
    return terms.what if terms is not None else None


def _proposal(snapshot: Snapshot, name: str) -> str | None:
    """Return the words of the proposal, or the title of the text that it is about."""
    case = snapshot.proposal(name)
    return case.text or (_instrument(snapshot, case.instrument) if case.instrument else None)


def _meeting(snapshot: Snapshot, name: str) -> str | None:
    """Return the kind of the meeting, its number and its place."""
    answer = meeting(snapshot, name)
    number = phrase(" ", answer.number, phrase(" of ", answer.series)) if answer.series else ""
    place = answer.place.name if answer.place else None
    return f"{answer.kind or 'meeting'}{number}{phrase(' in ', place)}" if answer.kind else None


TITLES: dict[Noun, Callable[[Snapshot, str], str | None]] = {
    Noun.PARTY: name_of,
    Noun.INSTRUMENT: _instrument,
    Noun.COMMITMENT: _commitment,
    Noun.PROPOSAL: _proposal,
    Noun.MEETING: _meeting,
}
