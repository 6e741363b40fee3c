"""Titles: what people call a party, a partnership or a text that has no title of its own."""

from collections.abc import Sequence

from coopledger import events
from coopledger._display.catalogue import Words, words
from coopledger._snapshot import Snapshot
from coopledger.answers.parties import full_name

BETWEEN = " – "
MOST = 6  # names that are joined; of more, the rest is counted


def name_of(snapshot: Snapshot, party: str) -> str:
    """Return the full name of the party on the day; its id where none is known then."""
    return full_name(snapshot, party) or party


def joined(snapshot: Snapshot, parties: Sequence[str], said: Words | None = None) -> str:
    """Return the names of the parties as one title, in English or the words of a language."""
    shown = parties if len(parties) <= MOST else parties[: MOST - 1]
    names = [name_of(snapshot, party) for party in shown]
    if len(shown) < len(parties):
        names.append((said or words()).text("others", n=len(parties) - len(shown)))
    return BETWEEN.join(names)


def title_of_partnership(
    snapshot: Snapshot, name: str, parties: Sequence[str], said: Words | None = None
) -> str:
    """Return the names of its parties; the id of one that is not known then."""
    return joined(snapshot, parties, said) or name


def title_of_text(
    snapshot: Snapshot,
    name: str,
    known: events.InstrumentRegistered | None,
    parties: Sequence[str],
    said: Words | None = None,
) -> str:
    """Return the title of a text, else its kind and parties; the id of one not known then."""
    if known is None:
        return name
    if known.title:
        return known.title
    kind = (said or words()).term(known.kind)
    return f"{kind}, {joined(snapshot, parties, said)}" if parties else kind
