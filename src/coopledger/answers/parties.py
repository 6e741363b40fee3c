"""Answers about parties."""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact
from coopledger._gc import collector_paused
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._filters import is_
from coopledger.answers._wording import comma_list, label, one_line, phrase
from coopledger.events import PartyRegistered, PartyRenamed, PartySucceeded
from coopledger.terms import Noun, PartyKind


@attrs.frozen(kw_only=True)
class Party:
    """Who a party is, under the name that it bears on the day.

    Attributes:
        id: Its id.
        name: Its full name on the day; None if not known then.
        since: The first day of that name.
        acronyms: Its short names, as said together with that name.
        other_names: Further names, with which it was registered.
        former_names: The full names that it bore before, oldest first.
        kind: What sort of organisation it is.
        country: Its country, or that of the nearest party above it, ISO 3166-1 alpha-2.
        parent: The party to which it belongs.
        succeeds: The parties from which it has taken over.
        succeeded_by: The parties that have taken over from it.
        partnerships: The partnerships to which it is a party on the day.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided the name, and who took over from whom.
    """

    id: str
    name: str | None
    since: Date | None
    acronyms: tuple[str, ...]
    other_names: tuple[str, ...]
    former_names: tuple[str, ...]
    kind: PartyKind | None
    country: str | None
    parent: str | None
    succeeds: tuple[str, ...]
    succeeded_by: tuple[str, ...]
    partnerships: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its name, what it is, and where it belongs, on one line."""
        return one_line(
            self.id,
            self.name or "not known",
            comma_list(self.acronyms),
            label(self.kind) if self.kind else None,
            self.country,
            phrase("part of ", self.parent),
            phrase("formerly ", self.former_names),
            phrase("took over from ", self.succeeds),
            phrase("succeeded by ", self.succeeded_by),
        )


# Answers about parties: the name on the day, and who took over from whom.

Partnerships = Mapping[str, Sequence[str]]


def party(snapshot: Snapshot, name: str) -> Party:
    """Who the party is on the day."""
    return _party(snapshot, name, _partnerships(snapshot))


def parties(
    snapshot: Snapshot, *, country: str | None = None, kind: PartyKind | None = None
) -> tuple[Party, ...]:
    """Return the parties known then, in the order in which they were first recorded.

    A filter that is not given keeps everything.
    """
    with collector_paused():
        joined = _partnerships(snapshot)
        known = [_party(snapshot, name, joined) for name in snapshot.visible.names(Noun.PARTY)]
    return tuple(each for each in known if is_(each.country, country) and is_(each.kind, kind))


def _party(snapshot: Snapshot, name: str, joined: Partnerships) -> Party:
    """Who the party is, given the partnerships of every party."""
    registered = snapshot.registration(Noun.PARTY, name)
    known = registered if isinstance(registered, PartyRegistered) else None
    names, takeovers = _names(snapshot, name), _takeovers(snapshot, name)
    by, said = names[-1] if names else (None, None)
    behind = [by, *(fact for fact, _ in takeovers)]
    basis = evidence(snapshot, [fact.position for fact in behind if fact is not None])
    return Party(
        id=name,
        name=said.name if said else None,
        since=first_day(by.effect) if by and isinstance(said, PartyRenamed) else None,
        acronyms=said.acronyms if said else (),
        other_names=known.other_names if known else (),
        former_names=_once(each.name for _, each in names if said and each.name != said.name),
        kind=known.kind if known else None,
        country=next(iter(snapshot.parties.countries([name])), None),
        parent=known.parent if known else None,
        succeeds=_once(event.party for _, event in takeovers if name in event.by),
        succeeded_by=_once(
            heir for _, event in takeovers if event.party == name for heir in event.by
        ),
        partnerships=tuple(joined.get(name, ())),
        certain=basis.certain,
        decided_by=basis.events,
    )


def _names(snapshot: Snapshot, name: str) -> list[tuple[Fact, PartyRegistered | PartyRenamed]]:
    """What names the party by the day: the registration, on every day, and then each renaming."""
    opening = snapshot.opening(Noun.PARTY, name)
    found: list[tuple[Fact, PartyRegistered | PartyRenamed]] = []
    if opening is not None and isinstance(opening.event, PartyRegistered):
        found.append((opening, opening.event))
    renamings = ((fact, fact.event) for fact in snapshot.facts(name))
    return found + [(fact, event) for fact, event in renamings if isinstance(event, PartyRenamed)]


def _takeovers(snapshot: Snapshot, name: str) -> list[tuple[Fact, PartySucceeded]]:
    """What lets the party take over, or another from it, by the day."""
    return [
        (fact, fact.event)
        for fact in snapshot.facts(name)
        if isinstance(fact.event, PartySucceeded)
    ]


def _partnerships(snapshot: Snapshot) -> Partnerships:
    """The partnerships of every party on the day, in the order of their recording."""
    found: dict[str, list[str]] = {}
    for partnership in snapshot.visible.names(Noun.PARTNERSHIP):
        for member in snapshot.parties_of(partnership):
            found.setdefault(member, []).append(partnership)
    return found


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order, each once."""
    return tuple(dict.fromkeys(names))
