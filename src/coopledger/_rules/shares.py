"""Lives that several heirs have in common, until one of them acts without the others.

Who took over from a party has what that had. As long as all heirs of a party do the same, they are
one case; from the day on which some act alone, each of these has a case of its own.
"""

from collections.abc import Container, Iterable, Iterator
from itertools import chain

from coopledger._facts.index import Fact
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.participants import Participants


def acting(case: InstrumentCase, actors: Iterable[str], day: int) -> list[str]:
    """Return the parties for which the names act, each of several heirs for itself.

    What was missing of a party is missing of each that took over from it.
    """
    names = tuple(actors)
    meant = case.participants.meant(names, day)
    if all(len(case.participants.heirs(name, day)) == 1 for name in meant):
        return meant  # As nearly always.
    for name, heir in _part(case.participants, names, day):
        if name in case.unsigned:
            case.unsigned.add(heir)
    return case.participants.meant(names, day)


def let_in(
    case: InstrumentCase, signers: Iterable[str], fact: Fact, *, but: Container[str] = ()
) -> None:
    """Let those who sign an open text have it, each for itself, unless it is theirs already.

    It is not for those ``but`` whom it is signed.
    """
    participants, day = case.participants, fact.effect
    for signer in signers:
        if participants.meant([signer], day):
            continue
        heirs = (heir for heir in participants.relations.meant(signer, day) if heir not in but)
        for name in chain.from_iterable(joining(case, heir, fact) for heir in heirs):
            participants.join(name, day)


def joining(case: InstrumentCase, party: str, fact: Fact) -> list[str]:
    """Return the names under which those meant by a name have the text, or get it."""
    participants, day, found = case.participants, fact.effect, list[str]()
    for heir in participants.relations.meant(party, day):
        held = participants.holding(heir, day) or participants.held_by(heir, day)
        if not held and heir not in participants.followed(heir, day):
            _come_back(case, heir, fact)
        found += held or [heir]
    return found


def _come_back(case: InstrumentCase, name: str, fact: Fact) -> None:
    """Let a party have the text apart from those who took over from it before.

    What it had before is theirs.
    """
    participants, day = case.participants, fact.effect
    old = participants.cases.get(name)
    if old is not None and old.left is None:
        for heir in participants.heirs(name, day):
            _take_share(participants, heir, name, day)
            if name in case.unsigned:
                case.unsigned.add(heir)
        case.unsigned.discard(name)
        participants.leave(name, day, fact.position)
        participants.in_turn.pop(name, None)
        participants.named.pop(name, None)
    participants.hold(name, (name,), day)


def _part(
    participants: Participants, actors: tuple[str, ...], day: int
) -> Iterator[tuple[str, str]]:
    """Yield each party that several took over, with an heir that has a life of its own now."""
    for name, alone in _acting_for(participants, actors, day).items():
        heirs = participants.heirs(name, day)
        if alone.issuperset(heirs):
            continue
        parting = [each for each in heirs if each != name and (name in alone or each in alone)]
        for heir in parting:
            _take_share(participants, heir, name, day)
            yield name, heir
        staying = tuple(each for each in heirs if each not in parting)
        participants.hold(name, staying, day)


def _acting_for(
    participants: Participants, actors: tuple[str, ...], day: int
) -> dict[str, set[str]]:
    """Return those of its heirs that act, for each party that several took over."""
    found: dict[str, set[str]] = {}
    for actor in actors:
        for name in participants.meant([actor], day):
            heirs = participants.heirs(name, day)
            if len(heirs) > 1:
                own = _acting_of(participants, heirs, actor, day)
                found.setdefault(name, set()).update(own)
    return found


def _acting_of(
    participants: Participants, heirs: tuple[str, ...], actor: str, day: int
) -> set[str]:
    """Return those of the heirs for which the actor acts: itself, else the nearest one above."""
    relations = participants.relations
    for now in dict.fromkeys((actor, *relations.meant(actor, day))):
        for above in relations.above(now):
            names = (above,) if above in heirs else relations.meant(above, day)
            found = set(heirs).intersection(names)
            if found:
                return found
    return set(heirs)


def _take_share(participants: Participants, heir: str, name: str, day: int) -> None:
    """Give an heir what the party had; to one that is a party itself only what it lacks."""
    old, own = participants.cases[name], participants.cases.get(heir)
    if own is not None and own.belongs_on(day):
        participants.change(heir, signed=own.signed or old.signed)
        if own.consented is None:
            participants.change(heir, consented=old.consented, how=old.how)
        return
    spells = own.spells if own is not None else ()
    participants.take(heir, old._replace(apart=day, earlier=spells))
    participants.hold(heir, (heir,), day)
    if name in participants.in_turn:
        in_turn = ((name, heir) if each == name else (each,) for each in participants.in_turn)
        participants.in_turn = dict.fromkeys(chain.from_iterable(in_turn))
    if name in participants.named:
        participants.named[heir] = participants.named[name].copy()
    if name in participants.stale:
        participants.stale.add(heir)
    if name in participants.were_bound:
        participants.were_bound.append(heir)
    if name in participants.notices:
        participants.give_notice([heir], participants.notices[name])
