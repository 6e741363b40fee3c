"""Departures from a text of debtors and creditors: whom a commitment under it still binds.

In words: "Several parties" in docs/reference/rules.md.
"""

from collections.abc import Mapping

from coopledger._dates.asked_day import Day
from coopledger._facts.index import Fact, by_replay_key
from coopledger._rules.commitment import CommitmentCase
from coopledger._rules.participants import Participants

# The first day without the party, and the position of the event by which it left.
Departure = tuple[int, int]


def departed(participants: Participants, party: str, day: Day) -> Departure | None:
    """Return when the party, or the nearest one above it, left the text; None if it stays."""
    for above in participants.relations.above(party):
        held = dict.fromkeys(participants.held_by(above, day)) | _left_as(participants, above, day)
        left = [participants.cases[name].left for name in held]
        gone = [each for each in left if each is not None and each[0] <= day]
        if held:
            return max(gone) if len(gone) == len(held) else None
    return None


def _left_as(participants: Participants, party: str, day: Day) -> dict[str, None]:
    """Return the parties in whose place the party stood when they left: it keeps that name."""
    return {
        name: None
        for name, case in participants.cases.items()
        if case.left is not None
        and case.left[0] <= day
        and party in participants.last_holders(name, day)
    }


def expiry(case: CommitmentCase, left: Mapping[str, Departure]) -> Departure | None:
    """Return the departure that leaves no debtor, no creditor, or one who would owe itself.

    Who has delivered owes nothing more.
    """
    debtors, creditors = set(case.debtors), set(case.creditors)
    for party, departure in sorted(left.items(), key=lambda item: item[1]):
        debtors.discard(party)
        creditors.discard(party)
        alone = len(debtors) == 1 and debtors == creditors
        if alone or not creditors or not debtors - case.delivered.keys():
            return departure
    return None


def completion(case: CommitmentCase, left: Mapping[str, Departure]) -> Fact | None:
    """Return the act by which the last of several debtors delivered that had not left by then."""
    done = [case.delivered[debtor] for debtor in case.debtors if debtor in case.delivered]
    last = max(done, key=by_replay_key, default=None)
    if last is None or not left:
        return None
    missing = [left.get(debtor) for debtor in case.debtors if debtor not in case.delivered]
    have_left = all(departure is not None and departure[0] <= last.effect for departure in missing)
    return last if have_left else None
