"""Answers about duties: what the rules of packs require because of what happened."""

from collections.abc import Iterable

from coopledger._frozen import frozen
from coopledger._rules.duty import Obligation, late_by
from coopledger._rules.duty import status as status_on
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import passing
from coopledger.answers._scope import EVERYWHERE, Scope, Within, filters_of
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import home_of, parties_of, who_sees_to
from coopledger.answers._wording import at_least, comma_list, days, label, phrase
from coopledger.dates import EdtfDate
from coopledger.terms import DutyStatus, Flag


@frozen(kw_only=True)
class Duty(Shown):
    """Task that follows from what happened: derived by a rule, never stored.

    Attributes:
        rule: Where it is written.
        what: What is to be done.
        about: The id of what it is about.
        owed_by: The parties that must do it.
        due: By when; overdue after its latest day.
        status: Its status on the day.
        days_overdue: Days past the due date, while overdue.
        done: When it was done.
        late_by: Days between the due date and the act that did it, at least, 0 if in time; None
            where the day of the act is too fuzzy to tell.
        flags: Its flags: ``perhaps_late`` where nothing can be told of that.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events from which it follows, and the one that did it, in log order.
    """

    rule: str
    what: str
    about: str
    owed_by: tuple[str, ...]
    due: EdtfDate
    status: DutyStatus
    days_overdue: int | None
    done: EdtfDate | None
    late_by: int | None
    flags: tuple[Flag, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return who must do what, by when, and the status of that, on one line."""
        status = (
            label(self.status),
            phrase(" by ", days(self.days_overdue or None)),
            phrase(" on ", self.done),
            phrase(", ", at_least(self.late_by, certain=self.certain), " late"),
            *(f", {label(flag)}" for flag in self.flags),
        )
        task = f"{comma_list(self.owed_by)} to {self.what}"
        return f"{self.due} {self.about}: {task}, {''.join(status)} ({self.rule})"


def duties(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    obligations: Iterable[Obligation],
    *,
    horizon: int,
    status: DutyStatus | None = None,
    flag: Flag | None = None,
    scope: Scope = EVERYWHERE,
) -> Answers[Duty]:
    """Return the duties of the obligations in the scope, soonest due first.

    Due dates within ``horizon`` days are soon.
    """
    answers = [_duty(snapshot, obligation, horizon=horizon) for obligation in obligations]
    answers.sort(key=lambda answer: (answer.due, answer.about))
    return passing(
        Answers(answers, kind=Duty),
        (status, lambda each: each.status is status),
        (flag, lambda each: flag in each.flags),
        *filters_of(
            Within(snapshot, scope),
            name=lambda each: each.about,
            home=lambda each: home_of(snapshot, each.about),
            parties=lambda each: (*each.owed_by, *parties_of(snapshot, each.about)),
            who=lambda each: who_sees_to(snapshot, each.about),
        ),
    )


def _duty(snapshot: Snapshot, obligation: Obligation, *, horizon: int) -> Duty:
    """Return one obligation with its status on the day."""
    status = status_on(obligation, day=snapshot.ordinal, horizon=horizon)
    overdue = status is DutyStatus.OVERDUE and obligation.due.last is not None
    done = obligation.done
    behind = filter(None, (*obligation.because, done.id if done is not None else None))
    basis = evidence(snapshot, map(snapshot.visible.position_of, behind))
    late = late_by(obligation)
    is_unclear = done is not None and late is None and obligation.due.last is not None
    return Duty(
        rule=obligation.rule,
        what=obligation.what,
        about=obligation.about,
        owed_by=obligation.owed_by,
        due=obligation.due,
        status=status,
        days_overdue=snapshot.ordinal - (obligation.due.last or 0) if overdue else None,
        done=done.when if done is not None else None,
        late_by=late,
        flags=(Flag.PERHAPS_LATE,) if is_unclear else (),
        certain=basis.certain,
        decided_by=basis.events,
    )
