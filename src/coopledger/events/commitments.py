"""Commitments of a debtor to a creditor, perhaps on a condition, perhaps by a date."""

from typing import ClassVar

import attrs

from coopledger._fields.reading import boolean, identifier, identifiers, percent, text, texts
from coopledger._fields.words import commitment_firmness
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import Contact, Deed, event
from coopledger.terms import CommitmentFirmness, Noun
from coopledger.values import Amount, Condition, Recurrence, amount, conditions, recurrence


@event("commitment-made")
@frozen_event(kw_only=True)
class CommitmentMade(Contact):
    """Promise of a debtor to a creditor, more or less firm.

    At most one of ``due``, ``due_text`` and ``due_meeting`` is given.

    Attributes:
        commitment: The id, chosen by the user.
        partnership: The partnership.
        debtors: Who owes it; any registered parties.
        creditors: To whom it is owed; any registered parties.
        what: What is owed.
        firmness: How firmly; by default ``commitment``.
        due: By when (EDTF); overdue after its last day.
        due_text: By when in words that give no date, such as ``upcoming``.
        due_meeting: The meeting on whose occasion it is due.
        not_before: The day before which nothing is expected (EDTF).
        conditions: What must happen first, each with an id of its own.
        depends_on: Proposals or commitments that it waits for.
        standing: Whether it holds for good, rather than being done once.
        under: The instrument under which it was made, and with which it ends.
        survives: Whether it outlives that instrument.
        amount: The sum of money promised; of one that recurs, for each of its dates.
        recurs: How often it is due again after ``due``, which is its first date.
        ask_again: The day from which to ask how it goes (EDTF); a date of our own, no due date.
        responsible: Who of us sees to it: a person or a post in words, or a registered party.
    """

    __opens__: ClassVar[Noun | None] = Noun.COMMITMENT
    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "debtors", "creditors", "what")

    commitment: str = attrs.field(converter=identifier)
    partnership: str = attrs.field(converter=identifier)
    debtors: tuple[str, ...] = attrs.field(converter=identifiers)
    creditors: tuple[str, ...] = attrs.field(converter=identifiers)
    what: str = attrs.field(converter=text)
    firmness: CommitmentFirmness = attrs.field(
        default=CommitmentFirmness.COMMITMENT, converter=commitment_firmness
    )
    due: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    due_text: str | None = attrs.field(default=None, converter=optional(text))
    due_meeting: str | None = attrs.field(default=None, converter=optional(identifier))
    not_before: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    conditions: tuple[Condition, ...] = attrs.field(default=(), converter=conditions)
    depends_on: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    standing: bool = attrs.field(default=False, converter=boolean)
    under: str | None = attrs.field(default=None, converter=optional(identifier))
    survives: bool = attrs.field(default=False, converter=boolean)
    amount: Amount | None = attrs.field(default=None, converter=optional(amount))
    recurs: Recurrence | None = attrs.field(default=None, converter=optional(recurrence))
    ask_again: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    responsible: str | None = attrs.field(default=None, converter=optional(text))


@event("condition-met")
@frozen_event(kw_only=True)
class ConditionMet(Deed):
    """Fulfilment of a condition of a commitment.

    Attributes:
        commitment: The commitment.
        condition: The id of the condition within it.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("commitment", "condition")

    commitment: str = attrs.field(converter=identifier)
    condition: str = attrs.field(converter=identifier)


@event("condition-failed")
@frozen_event(kw_only=True)
class ConditionFailed(Deed):
    """Failure of a condition, which can no longer be met and ends the commitment.

    Attributes:
        commitment: The commitment.
        condition: The id of the condition within it.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("commitment", "condition")

    commitment: str = attrs.field(converter=identifier)
    condition: str = attrs.field(converter=identifier)


@event("commitment-progressed")
@frozen_event(kw_only=True)
class CommitmentProgressed(Deed):
    """Work on a commitment goes on.

    Attributes:
        commitment: The commitment.
        percent: How much is done, from 0 to 100; of the whole, unless ``by`` names only some.
        text: How it goes, in words.
        by: Who did it: debtors, or units of debtors; by default all.
        amount: The sum of money delivered, in the currency of the promise.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("commitment", "percent", "by", "amount")

    commitment: str = attrs.field(converter=identifier)
    percent: int | None = attrs.field(default=None, converter=optional(percent))
    text: str | None = attrs.field(default=None, converter=optional(text))
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    amount: Amount | None = attrs.field(default=None, converter=optional(amount))


@event("commitment-fulfilled")
@frozen_event(kw_only=True)
class CommitmentFulfilled(Deed):
    """Fulfilment of a commitment, as a whole or by some of several debtors.

    Of a commitment that recurs it is that of one of its dates.

    Attributes:
        commitment: The commitment.
        evidence: What shows it.
        by: Who did what it had to do: debtors, or units of debtors; by default all.
        occurrence: For which of its dates (EDTF); by default for the oldest open one.
    """

    commitment: str = attrs.field(converter=identifier)
    evidence: tuple[str, ...] = attrs.field(default=(), converter=texts)
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    occurrence: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))


@event("commitment-varied")
@frozen_event(kw_only=True)
class CommitmentVaried(Contact):
    """Change of what is owed, to which both sides agreed.

    Attributes:
        commitment: The commitment.
        what: What is owed from then on.
        amount: The sum of money promised from then on; of one that recurs, for each open date.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("commitment", "what", "amount")

    commitment: str = attrs.field(converter=identifier)
    what: str | None = attrs.field(default=None, converter=optional(text))
    amount: Amount | None = attrs.field(default=None, converter=optional(amount))


@event("commitment-reopened")
@frozen_event(kw_only=True)
class CommitmentReopened(Contact):
    """Reopening of what was fulfilled, released or cancelled: all of it is owed again.

    Of a commitment that recurs the date that was done last is open again, unless the whole was
    released or cancelled.

    Attributes:
        commitment: The commitment.
        reason: Why, in words.
        due: By when it is due now (EDTF).
    """

    commitment: str = attrs.field(converter=identifier)
    reason: str | None = attrs.field(default=None, converter=optional(text))
    due: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))


@event("commitment-released")
@frozen_event(kw_only=True)
class CommitmentReleased(Contact):
    """Release of the debtor by a creditor, for this creditor only.

    Attributes:
        commitment: The commitment.
        by: The creditor or creditors.
    """

    commitment: str = attrs.field(converter=identifier)
    by: tuple[str, ...] = attrs.field(converter=identifiers)


@event("commitment-cancelled")
@frozen_event(kw_only=True)
class CommitmentCancelled(Contact):
    """Cancellation by a debtor, which says that it will not be done.

    Attributes:
        commitment: The commitment.
        by: The debtor or debtors.
    """

    commitment: str = attrs.field(converter=identifier)
    by: tuple[str, ...] = attrs.field(converter=identifiers)


@event("commitment-delegated")
@frozen_event(kw_only=True)
class CommitmentDelegated(Contact):
    """Delegation: another party owes it from then on.

    Attributes:
        commitment: The commitment.
        to: The new debtor or debtors.
        by: The debtor or debtors that they replace; by default all.
    """

    commitment: str = attrs.field(converter=identifier)
    to: tuple[str, ...] = attrs.field(converter=identifiers)
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)


@event("commitment-assigned")
@frozen_event(kw_only=True)
class CommitmentAssigned(Contact):
    """Assignment: it is owed to another party from then on.

    Attributes:
        commitment: The commitment.
        to: The new creditor or creditors.
        by: The creditor or creditors that they replace; by default all.
    """

    commitment: str = attrs.field(converter=identifier)
    to: tuple[str, ...] = attrs.field(converter=identifiers)
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)


@event("commitment-rescheduled")
@frozen_event(kw_only=True)
class CommitmentRescheduled(Contact):
    """New due date of a commitment, or a meeting or words in its place.

    One of ``due``, ``due_text`` and ``due_meeting`` is given. Of a commitment that recurs the
    oldest open date is moved, to another date.

    Attributes:
        commitment: The commitment.
        due: The new date (EDTF).
        due_text: By when in words that give no date.
        due_meeting: The meeting on whose occasion it is due now.
        by: Who set it.
    """

    commitment: str = attrs.field(converter=identifier)
    due: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    due_text: str | None = attrs.field(default=None, converter=optional(text))
    due_meeting: str | None = attrs.field(default=None, converter=optional(identifier))
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
