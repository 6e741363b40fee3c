"""Members of a partnership, as they come and go, under the names with which they joined."""

from collections.abc import Collection, Iterable

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.parties import Affair, Parties, left

MEMBERSHIP = (events.PartyJoined, events.PartyLeft)


def members_after(
    parties: Parties, opened_by: Iterable[str], changes: Iterable[Fact], *, of: Affair
) -> Collection[str]:
    """Return the members of a partnership after the changes, which are in the order of replay.

    The affair tells who took over from a member in the partnership.
    """
    members = dict.fromkeys(opened_by)
    passed_on = set(filter(parties.is_taken_over, members))
    for fact in changes:
        event, day = fact.event, fact.effect
        if not isinstance(event, MEMBERSHIP):
            continue
        # Asked of few: each of many who joined would be asked again for each of the others.
        heirs = {name: parties.successors([name], by_day=day, of=of) for name in passed_on}
        is_plain = not parties.is_taken_over(event.party)
        meant = (event.party,) if is_plain else parties.meant(event.party, by_day=day, of=of)
        if isinstance(event, events.PartyLeft):
            members = left(meant, members, heirs)
        else:
            held = (members, *heirs.values())
            members |= {name: None for name in meant if not any(name in each for each in held)}
        changed = members if heirs else members.keys() & {event.party}
        passed_on.update(filter(parties.is_taken_over, changed))
        passed_on &= members.keys()
    return members
