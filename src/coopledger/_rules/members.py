"""Members of a partnership, as they come and go and others take over from them."""

from collections.abc import Iterable

from coopledger import events
from coopledger._facts.index import Fact, by_replay_key
from coopledger._rules.parties import Affair, Parties


def members_after(
    parties: Parties, opened_by: Iterable[str], changes: Iterable[Fact], *, of: Affair
) -> tuple[str, ...]:
    """Return the members of a partnership after the changes, under the names of that day.

    The changes are members that come and go, and successions. The affair is the partnership, or
    one of its texts, which may pass on to others: it tells who is meant by a name.
    """
    members = dict.fromkeys(opened_by)
    for fact in changes:
        event = fact.event
        if isinstance(event, events.PartySucceeded):
            members = _passed_on(members, event)
        elif isinstance(event, events.PartyJoined | events.PartyLeft):
            # Of many who come and go few are taken over, and each is replayed for all after it.
            is_plain = not parties.is_taken_over(event.party)
            day = fact.effect
            meant = (event.party,) if is_plain else parties.meant(event.party, by_day=day, of=of)
            if isinstance(event, events.PartyJoined):
                members |= dict.fromkeys(meant)
            else:
                members = {name: None for name in members if name not in meant}
    return tuple(members)


def with_successions(
    parties: Parties, opened_by: Iterable[str], changes: Iterable[Fact], *, of: Affair
) -> list[Fact]:
    """Return the comings and goings, with the successions by which the affair passed on."""
    facts = list(changes)
    comings = (fact.event for fact in facts)
    named = (event.party for event in comings if isinstance(event, events.PartyJoined))
    taken_over = parties.successions([*opened_by, *named])
    passing = [fact for fact in taken_over if parties.passes(fact, of)]
    return sorted([*facts, *passing], key=by_replay_key)


def _passed_on(members: dict[str, None], event: events.PartySucceeded) -> dict[str, None]:
    """Return the members, those who took over in the place of the party."""
    if event.party not in members:
        return members
    heirs = (event.by if name == event.party else (name,) for name in members)
    return dict.fromkeys(heir for names in heirs for heir in names)
