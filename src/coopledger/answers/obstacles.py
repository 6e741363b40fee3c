"""Obstacles: what each stands in the way of, since when, and with whom it lies."""

from coopledger import events
from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence, first_day, is_certain_since
from coopledger.answers._filters import passing
from coopledger.answers._obstructions import removal, reports
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import comma_list, named, one_line, phrase, state_since
from coopledger.dates import EdtfDate
from coopledger.terms import Noun


@frozen(kw_only=True)
class Obstacle(Shown):
    """Obstacle in the way of something, on the day.

    Attributes:
        id: Its id.
        partnership: The partnership of what it stands in the way of; None if not known then.
        subject: What it stands in the way of; None before it was reported.
        text: What it is, in words; None likewise.
        lies_with: Whose move it is: parties by id, or words.
        via: Through whom it is dealt with, likewise.
        is_open: Whether it was reported and is not removed.
        since: The first day on which it was reported.
        since_certain: Whether the first day comes from no fuzzy date; it prints with ``~`` if not.
        removed_on: The date on which it was removed.
        certain: Whether no date behind the answer is fuzzy; that of a reminder is not asked for.
        decided_by: The report, the removal, and the last reminder.
        last_asked: The date of the last reminder about what it stands in the way of, while it did.
        asked: Who was asked then, or through whom: parties by id, or words.
    """

    id: str
    partnership: str | None
    subject: str | None
    text: str | None
    lies_with: tuple[str, ...]
    via: tuple[str, ...]
    is_open: bool
    since: Date | None
    since_certain: bool
    removed_on: EdtfDate | None
    certain: bool
    decided_by: tuple[str, ...]
    last_asked: EdtfDate | None
    asked: tuple[str, ...]

    def __str__(self) -> str:
        """Return its words, what it stands in the way of, since when and with whom it lies."""
        return one_line(
            named(self.text, self.id),
            f"in the way of {self.subject}",
            state_since("open" if self.is_open else "", self.since, certain=self.since_certain),
            phrase("removed ", self.removed_on),
            phrase("lies with ", self.lies_with),
            phrase("via ", self.via),
            phrase(f"asked {comma_list(self.asked)} " if self.asked else "asked ", self.last_asked),
        )


def obstacles(
    snapshot: Snapshot,
    *,
    lies_with: str | None = None,
    subject: str | None = None,
    is_open: bool | None = None,
    scope: Scope = EVERYWHERE,
) -> Answers[Obstacle]:
    """Return the obstacles of the scope that were reported by the day, the oldest first."""
    wanted = _party(snapshot, lies_with) if lies_with is not None else None
    names = snapshot.visible.ahead(_names(snapshot, subject=subject, scope=scope))
    reported = [(fact, name) for name in names if (fact := _report(snapshot, name)) is not None]
    reported.sort(key=lambda pair: (pair[0].effect, pair[0].position))
    answers = Answers((obstacle(snapshot, name) for _, name in reported), kind=Obstacle)
    return passing(
        answers,
        (wanted, lambda each: wanted in {_party(snapshot, name) for name in each.lies_with}),
        (subject, lambda each: each.subject == subject),
        (is_open is True, lambda each: each.is_open),
        (is_open is False, lambda each: not each.is_open),
        About(snapshot, scope).filter(lambda each: (each.id, each.subject)),
    )


def _names(snapshot: Snapshot, *, subject: str | None, scope: Scope) -> list[str]:
    """Return the ids of the obstacles that may be in the way of the thing, or in the scope."""
    if subject is not None:
        facts = reports(snapshot, subject)
    elif scope.partnership is not None:
        there = snapshot.with_children() if scope.with_children else snapshot
        facts = there.contents.facts_of(scope.partnership)
    else:
        return snapshot.visible.names(Noun.OBSTACLE)
    reported = [each.event for each in facts if isinstance(each.event, events.ObstacleReported)]
    return list(dict.fromkeys(event.obstacle for event in reported))


def obstacle(snapshot: Snapshot, name: str) -> Obstacle:
    """Return the answer about the obstacle."""
    fact, removed = _report(snapshot, name), removal(snapshot, name)
    report = fact.event if fact is not None else None
    known = report if isinstance(report, events.ObstacleReported) else None
    positions = [each.position for each in (fact, removed) if fact is not None and each is not None]
    basis, since = evidence(snapshot, positions), fact.effect if fact is not None else None
    asked, reminder = _last_asked(snapshot, fact, removed) if fact is not None else (None, None)
    return Obstacle(
        id=name,
        partnership=snapshot.contents.partnership_of(Noun.OBSTACLE, name),
        subject=known.subject if known else None,
        text=known.text if known else None,
        lies_with=known.lies_with if known else (),
        via=known.via if known else (),
        is_open=known is not None and removed is None,
        since=first_day(since),
        since_certain=is_certain_since(snapshot, since, positions),
        removed_on=removed.event.when if removed is not None else None,
        certain=basis.certain,
        decided_by=evidence(snapshot, [*positions, asked.position]).events
        if asked
        else basis.events,
        last_asked=asked.event.when if asked else None,
        asked=(reminder.to or reminder.via) if reminder else (),
    )


def _last_asked(
    snapshot: Snapshot, report: Fact, removed: Fact | None
) -> tuple[Fact, events.ReminderSent] | tuple[None, None]:
    """Return the last reminder about what the obstacle stands in the way of, while it did."""
    subject: str = getattr(report.event, "subject", "")
    for fact in reversed(snapshot.facts(subject)):
        event = fact.event
        stood = report.replay_key < fact.replay_key
        stood = stood and (removed is None or fact.replay_key < removed.replay_key)
        if stood and isinstance(event, events.ReminderSent) and event.subject == subject:
            return fact, event
    return None, None


def _report(snapshot: Snapshot, name: str) -> Fact | None:
    """Return the report of the obstacle, if it counts by the day."""
    reports = snapshot.visible.openings(Noun.OBSTACLE, name)
    return next(filter(snapshot.counts, reports), None)


def _party(snapshot: Snapshot, name: str) -> str:
    """Return the id of the party that the words name, else the words in small letters."""
    called = snapshot.visible.party_called(name)
    if called is None and snapshot.visible.noun_of(name) is Noun.PARTY:
        called = name
    return snapshot.visible.merged.id_of(called) if called is not None else name.casefold()
