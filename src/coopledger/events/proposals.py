"""Proposals to another party, which bind nobody yet, and the answers to them."""

from typing import ClassVar

import attrs

from coopledger._fields.reading import identifier, identifiers, text, texts
from coopledger._fields.words import proposal_firmness
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import PARTIES_IN_WORDS, Deed, event
from coopledger.terms import Noun, ProposalFirmness


@frozen_event(kw_only=True)
class ProposalAct(Deed):
    """Base of every event of a proposal; the first one brings the proposal in.

    Attributes:
        proposal: The proposal.
    """

    __opens__: ClassVar[Noun | None] = Noun.PROPOSAL

    proposal: str = attrs.field(converter=identifier)


@event("interest-expressed")
@frozen_event(kw_only=True)
class InterestExpressed(ProposalAct):
    """Wish, the least firm of all proposals.

    Attributes:
        proposal: The id, chosen by the user.
        partnership: The partnership.
        by: The party or parties that wish.
        to: To whom; by default the other parties of the partnership.
        instrument: The text that is wished for.
        text: The wish in words.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "by", "instrument", "text")

    partnership: str = attrs.field(converter=identifier)
    by: tuple[str, ...] = attrs.field(converter=identifiers)
    to: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    text: str | None = attrs.field(default=None, converter=optional(text))


@event("proposal-made")
@frozen_event(kw_only=True)
class ProposalMade(ProposalAct):
    """Proposal to another party; on a mere interest it raises the firmness.

    Attributes:
        proposal: The id, new or that of an interest.
        partnership: The partnership.
        by: The party or parties that propose.
        responsible: Who of us sees to it: a person or a post in words, or a registered party.
        text: What is proposed.
        to: To whom; by default the other parties of the partnership.
        firmness: How firmly it is put; by default ``proposal``.
        instrument: The text that it is about.
        due: By when an answer or a result is asked for (EDTF).
        counter_to: The proposal that it answers with another.
        via: Through whom it was put: parties, or words.
        ask_again: The day from which to ask for an answer (EDTF); a date of our own, no due date.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "by", "instrument", "text")

    partnership: str = attrs.field(converter=identifier)
    by: tuple[str, ...] = attrs.field(converter=identifiers)
    responsible: str | None = attrs.field(default=None, converter=optional(text))
    text: str = attrs.field(converter=text)
    to: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    firmness: ProposalFirmness = attrs.field(
        default=ProposalFirmness.PROPOSAL, converter=proposal_firmness
    )
    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    due: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    counter_to: str | None = attrs.field(default=None, converter=optional(identifier))
    via: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )
    ask_again: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))


@frozen_event(kw_only=True)
class ProposalAnswer(ProposalAct):
    """Base of the answers to a proposal; an answer to an unrecorded proposal opens it.

    Attributes:
        proposal: The proposal.
        by: The party or parties that answer.
        partnership: The partnership; this or ``instrument`` where the proposal is unrecorded.
        instrument: The text that the proposal is about.
        to: To whom.
        text: The answer in words.
    """

    by: tuple[str, ...] = attrs.field(converter=identifiers)
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    to: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    text: str | None = attrs.field(default=None, converter=optional(text))


@event("proposal-acknowledged")
@frozen_event(kw_only=True)
class ProposalAcknowledged(ProposalAnswer):
    """Receipt of the proposal, which will be looked at."""


@event("proposal-countered")
@frozen_event(kw_only=True)
class ProposalCountered(ProposalAnswer):
    """Counter of the other side, which wants something else instead."""


@event("proposal-agreed-in-principle")
@frozen_event(kw_only=True)
class ProposalAgreedInPrinciple(ProposalAnswer):
    """Agreement of the parties on the idea, and on nothing more yet."""


@event("proposal-accepted")
@frozen_event(kw_only=True)
class ProposalAccepted(ProposalAnswer):
    """Acceptance of the proposal, which closes it.

    Attributes:
        creates: The commitments or instruments that come of it.
    """

    creates: tuple[str, ...] = attrs.field(default=(), converter=identifiers)


@event("proposal-declined")
@frozen_event(kw_only=True)
class ProposalDeclined(ProposalAnswer):
    """Refusal of the proposal, which closes it."""


@event("proposal-withdrawn")
@frozen_event(kw_only=True)
class ProposalWithdrawn(ProposalAnswer):
    """Withdrawal of the proposal by the proposer, which closes it."""
