"""Checks on events about events."""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger.fields import field_meant
from coopledger.nearness import did_you_mean
from coopledger.validation.trial import Problem, Trial

__all__ = ["FIXED", "about_event", "disputes", "supports"]

ABOUT = (events.EventCorrected, events.EventRetracted, events.SourceAdded, events.FactDisputed)
MENDING = (events.EventCorrected, events.EventRetracted)
FIXED = frozenset({"id", "type", "v", "recorded_at"})


def about_event(trial: Trial) -> Iterator[Problem]:
    """E701: the target must be recorded; E702 and E704 where it can no longer be mended."""
    event = trial.event
    if not isinstance(event, ABOUT):
        return
    position = trial.visible.position_of(event.target)
    if position is None:
        near = did_you_mean(event.target, (fact.id for fact in trial.visible.all()))
        yield Problem("E701", "target", f"target: no event {event.target!r} is recorded{near}")
        return
    target = trial.visible.fact(position)
    if target is None:
        yield Problem("E704", "target", f"target: event {event.target!r} is already retracted")
    elif isinstance(event, MENDING) and isinstance(target.event, MENDING):
        kind = type(target.event).__name__
        yield Problem(
            "E702",
            "target",
            f"target: {event.target!r} is itself a correction ({kind}): "
            f"mend {target.event.target!r} again",
        )


def supports(trial: Trial) -> Iterator[Problem]:
    """E105: a source must be given."""
    event = trial.event
    if isinstance(event, events.SourceAdded) and not event.source:
        yield Problem("E105", "source", "'source' is missing: SourceAdded needs it")


def disputes(trial: Trial) -> Iterator[Problem]:
    """E705: the disputed field must exist."""
    event = trial.event
    if not isinstance(event, events.FactDisputed):
        return
    target = trial.visible.find(event.target)
    if target is None:
        return
    known = attrs.fields_dict(type(target.event))
    if event.field not in known:
        kind = type(target.event).__name__
        hint = field_meant(event.field, known)
        yield Problem("E705", "field", f"field: {kind} has no field {event.field!r}{hint}")
