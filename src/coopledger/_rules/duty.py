"""Duties: obligations that rules draw from the events of a view; they are never stored."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from coopledger._dates.marks import days_late, marked
from coopledger._fields.reading import event_id, identifier, identifiers, text, tuple_of
from coopledger._frozen import frozen
from coopledger._suggest import did_you_mean
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import ArgumentError
from coopledger.events import Act, Event
from coopledger.terms import DutyStatus


def _event_ids(value: Event | str | Iterable[Event | str]) -> tuple[str, ...]:
    """Return the ids of one event or several, each given as an event or by its id."""
    return tuple_of(value, _event_id)


def _event_id(value: Event | str) -> str:
    """Return the id of one event, given as an event or by its id."""
    return event_id(value.id or "" if isinstance(value, Event) else value)


@frozen(kw_only=True)
class Obligation:
    """Obligation that a rule draws from the events: who must do what, and by when.

    Attributes:
        rule: Where it is written, such as ``Law 70/2020/QH14, article 19``.
        what: What is to be done.
        about: The id of what it is about.
        owed_by: The parties that must do it.
        due: By when (EDTF); overdue after its latest day.
        because: The events from which it follows, or their ids.
        done: The act that did it, if there is one.
    """

    rule: str = attrs.field(converter=text)
    what: str = attrs.field(converter=text)
    about: str = attrs.field(converter=identifier)
    owed_by: tuple[str, ...] = attrs.field(converter=identifiers)
    due: EdtfDate = attrs.field(converter=edtf)
    because: tuple[str, ...] = attrs.field(converter=_event_ids)
    done: Act | None = None


@frozen(kw_only=True)
class PackQuestions:
    """Duties and projections that packs add to the questions of a view.

    Attributes:
        duties: The rules that draw obligations from a view.
        projections: Questions by name, each a function of a view and keyword arguments.
    """

    duties: tuple[Callable[..., Iterable[Obligation]], ...] = ()
    projections: Mapping[str, Callable[..., Any]] = attrs.field(
        factory=dict[str, Callable[..., Any]]
    )

    def projection(self, name: str) -> Callable[..., Any]:
        """Return the question of that name.

        Raises:
            ArgumentError: No pack of the ledger has such a projection; with the nearest name.
        """
        found = self.projections.get(name)
        if found is None:
            remedy = f"is asked by no pack{did_you_mean(name, self.projections)}"
            raise ArgumentError("name", repr(name), remedy)
        return found


def status(obligation: Obligation, *, day: int, horizon: int) -> DutyStatus:
    """Return the status on the day; due dates within ``horizon`` days are soon."""
    last = obligation.due.last
    if obligation.done is not None:
        return DutyStatus.DONE
    if last is not None and last < day:
        return DutyStatus.OVERDUE
    soon = last is not None and last - day <= horizon
    return DutyStatus.DUE_SOON if soon else DutyStatus.PENDING


def late_by(obligation: Obligation) -> int | None:
    """Return the least days between the due date and the act; None if they cannot be told."""
    done = obligation.done
    return days_late(done.when, obligation.due) if done is not None else None


def days_after(when: EdtfDate, days: int) -> EdtfDate:
    """Return the day so many days after the last day of a date, with ``~`` where that is fuzzy.

    A date without end counts from its start.
    """
    return marked(when.settled + days, by=when)
