"""Instruments: the texts and regimes that the parties conclude, from talks to their end."""

from typing import ClassVar

import attrs

from coopledger._fields.reading import (
    added_months,
    boolean,
    identifier,
    identifiers,
    non_negative,
    text,
    texts,
    years,
)
from coopledger._fields.words import (
    accession,
    force,
    instrument_kind,
    instrument_state,
    ratification,
    renewal_decision,
    reservation_kind,
)
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import Deed, Event, event
from coopledger.terms import (
    ConsentMeans,
    Force,
    InstrumentKind,
    InstrumentState,
    Noun,
    RenewalDecision,
    ReservationKind,
)
from coopledger.values import (
    EntryCondition,
    FrozenMapping,
    Renewal,
    entry_condition,
    json_mapping,
    renewal,
)


@event("instrument-registered")
@frozen_event(kw_only=True)
class InstrumentRegistered(Event):
    """Registration of a text; without ``state`` this only gives it an identity.

    Attributes:
        instrument: The id, chosen by the user.
        partnership: The partnership.
        kind: What sort of text it is.
        title: Its title.
        parties: Its parties; by default those of the partnership on the day of the first
            signature, adoption, consent, entry into force or background state.
        supersedes: Texts that it ends once it takes effect itself.
        extends: The text that it prolongs or widens.
        implements: The text that it carries out.
        legal_regime: The law under which it was concluded.
        renewal: Whether and how it renews itself.
        force: Whether it takes effect on signature or separately; by default by its kind.
        state: A state known from the background, such as in force since before our log.
        until: The last day of its term (EDTF), where ``state`` is given.
        open_for_signature: Whether each party signs for itself and belongs to it from then on.
        enters_after: After how many consents, and how long after them, it enters into force.
        identifiers: Its numbers in registers, such as ``{"unts": "..."}``.
        depositary: The party that keeps it and counts the consents.
        ends_with: The text with which it ends: at the end of that one, if its own does not come
            first; it is suspended, terminated and superseded with it too.
        open_ended: Whether it is known that its term has no end, where ``state`` is given.
        responsible: Who of us sees to it: a person or a post in words, or a registered party.
    """

    __opens__: ClassVar[Noun | None] = Noun.INSTRUMENT

    instrument: str = attrs.field(converter=identifier)
    partnership: str = attrs.field(converter=identifier)
    kind: InstrumentKind = attrs.field(converter=instrument_kind)
    title: str | None = attrs.field(default=None, converter=optional(text))
    parties: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    supersedes: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    extends: str | None = attrs.field(default=None, converter=optional(identifier))
    implements: str | None = attrs.field(default=None, converter=optional(identifier))
    legal_regime: str | None = attrs.field(default=None, converter=optional(text))
    renewal: Renewal | None = attrs.field(default=None, converter=optional(renewal))
    force: Force | None = attrs.field(default=None, converter=optional(force))
    state: InstrumentState | None = attrs.field(default=None, converter=optional(instrument_state))
    until: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    open_for_signature: bool = attrs.field(default=False, converter=boolean)
    enters_after: EntryCondition | None = attrs.field(
        default=None, converter=optional(entry_condition)
    )
    identifiers: FrozenMapping = attrs.field(factory=FrozenMapping, converter=json_mapping)
    depositary: str | None = attrs.field(default=None, converter=optional(identifier))
    ends_with: str | None = attrs.field(default=None, converter=optional(identifier))
    open_ended: bool = attrs.field(default=False, converter=boolean)
    responsible: str | None = attrs.field(default=None, converter=optional(text))


@frozen_event(kw_only=True)
class InstrumentAct(Deed):
    """Base of every act on an instrument.

    Attributes:
        instrument: The instrument.
    """

    instrument: str = attrs.field(converter=identifier)


@event("negotiation-opened")
@frozen_event(kw_only=True)
class NegotiationOpened(InstrumentAct):
    """Talks on the text begin, or go on.

    Attributes:
        round: The number of the round.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("instrument", "round")

    round: int | None = attrs.field(default=None, converter=optional(non_negative))


@event("negotiation-concluded")
@frozen_event(kw_only=True)
class NegotiationConcluded(InstrumentAct):
    """Agreement of the parties on the wording."""


@event("negotiation-broken-off")
@frozen_event(kw_only=True)
class NegotiationBrokenOff(InstrumentAct):
    """Talks end without a text.

    Attributes:
        reason: Why.
    """

    reason: str | None = attrs.field(default=None, converter=optional(text))


@event("instrument-initialled")
@frozen_event(kw_only=True)
class InstrumentInitialled(InstrumentAct):
    """Negotiators fix the wording with their initials."""


@event("instrument-approved")
@frozen_event(kw_only=True)
class InstrumentApproved(InstrumentAct):
    """Approval of the text by an authority of one side, for itself: no consent to be bound.

    Where a party tells the others that it approves, record `InstrumentRatified` with
    ``how="approval"``.

    Attributes:
        by: Who approved it.
    """

    by: tuple[str, ...] = attrs.field(converter=identifiers)


@event("instrument-ratified")
@frozen_event(kw_only=True)
class InstrumentRatified(InstrumentAct):
    """Consent of a party to be bound, on the day of its deposit, exchange or notification.

    Attributes:
        party: The party.
        how: By what means: ratification, acceptance, approval, definitive_signature (which is a
            signature too), notification (internal procedures are completed, usual between two),
            formal_confirmation (of organisations).
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("instrument", "party")

    party: str = attrs.field(converter=identifier)
    how: ConsentMeans = attrs.field(default=ConsentMeans.RATIFICATION, converter=ratification)


@event("instrument-adopted")
@frozen_event(kw_only=True)
class InstrumentAdopted(InstrumentAct):
    """Adoption of the text by a conference: it is agreed, and nobody has signed it yet."""


@event("instrument-acceded")
@frozen_event(kw_only=True)
class InstrumentAcceded(InstrumentAct):
    """Accession of a party, to which the text belongs from then on.

    Attributes:
        party: The party; it need not be a member of the partnership.
        how: Whether by accession or by succession.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("instrument", "party")

    party: str = attrs.field(converter=identifier)
    how: ConsentMeans = attrs.field(default=ConsentMeans.ACCESSION, converter=accession)


@event("signature-withdrawn")
@frozen_event(kw_only=True)
class SignatureWithdrawn(InstrumentAct):
    """Signature that is taken back before consent.

    Attributes:
        by: The party or parties.
    """

    by: tuple[str, ...] = attrs.field(converter=identifiers)


@event("reservation-made")
@frozen_event(kw_only=True)
class ReservationMade(InstrumentAct):
    """Statement of a party about how the text binds it; kept, and changes no state.

    Attributes:
        party: The party.
        kind: Whether a reservation, a declaration, or an objection to one of another party.
        article: The article that it is about.
        text: What it says.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("instrument", "party", "kind", "article")

    party: str = attrs.field(converter=identifier)
    kind: ReservationKind = attrs.field(converter=reservation_kind)
    article: str | None = attrs.field(default=None, converter=optional(text))
    text: str = attrs.field(converter=text)


@event("reservation-withdrawn")
@frozen_event(kw_only=True)
class ReservationWithdrawn(InstrumentAct):
    """Withdrawal of a reservation.

    Attributes:
        party: The party.
        article: The article that it was about; by default all of the party's are withdrawn.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("instrument", "party", "article")

    party: str = attrs.field(converter=identifier)
    article: str | None = attrs.field(default=None, converter=optional(text))


@event("instrument-signed")
@frozen_event(kw_only=True)
class InstrumentSigned(InstrumentAct):
    """Signature of the text by parties.

    Attributes:
        signers: The parties that signed; none given means all.
        witnesses: Names of people who looked on.
        missing_signers: The parties that have still to sign.
        until: The last day of its term (EDTF).
        in_force: Whether it takes effect with this signature, where that is known.
        years: Or the length of its term, from the day on which it takes effect.
        months: The months of that length, beside its years.
        open_ended: Or whether it is known that there is no end.
    """

    signers: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    witnesses: tuple[str, ...] = attrs.field(default=(), converter=texts)
    missing_signers: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    until: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    in_force: bool | None = attrs.field(default=None, converter=optional(boolean))
    years: int | None = attrs.field(default=None, converter=optional(years))
    months: int | None = attrs.field(default=None, converter=optional(added_months))
    open_ended: bool = attrs.field(default=False, converter=boolean)


@event("instrument-provisionally-applied")
@frozen_event(kw_only=True)
class InstrumentProvisionallyApplied(InstrumentAct):
    """Application of the text before it is in force; the effect may reach back.

    Attributes:
        until: The last day of provisional application (EDTF).
    """

    until: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))


@event("instrument-entered-into-force")
@frozen_event(kw_only=True)
class InstrumentEnteredIntoForce(InstrumentAct):
    """Entry into force of the text.

    Attributes:
        until: The last day of its term (EDTF).
        parties: The parties for which it enters into force; by default both of two, and of more
            those that had consented by then, or all where no consent by then is on record.
        years: Or the length of its term, from the day of entry.
        months: The months of that length, beside its years.
        open_ended: Or whether it is known that there is no end.
    """

    until: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    parties: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    years: int | None = attrs.field(default=None, converter=optional(years))
    months: int | None = attrs.field(default=None, converter=optional(added_months))
    open_ended: bool = attrs.field(default=False, converter=boolean)


@frozen_event(kw_only=True)
class InstrumentProlonged(InstrumentAct):
    """Base of an extension and a renewal.

    Attributes:
        until: The new last day (EDTF).
        years: Or how many years are added.
        tacit: Whether it happened because nobody gave notice.
        months: The months that are added, beside the years.
        open_ended: Or whether it has no end from now on.
    """

    until: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    years: int | None = attrs.field(default=None, converter=optional(years))
    tacit: bool = attrs.field(default=False, converter=boolean)
    months: int | None = attrs.field(default=None, converter=optional(added_months))
    open_ended: bool = attrs.field(default=False, converter=boolean)


@event("instrument-extended")
@frozen_event(kw_only=True)
class InstrumentExtended(InstrumentProlonged):
    """Extension of the term."""


@event("instrument-renewed")
@frozen_event(kw_only=True)
class InstrumentRenewed(InstrumentProlonged):
    """Renewal of the term, which begins again."""


@event("renewal-decided")
@frozen_event(kw_only=True)
class RenewalDecided(InstrumentAct):
    """Decision about what becomes of the text at the end of its present term.

    It changes no state: what comes of it is recorded when it happens.

    Attributes:
        decision: Whether to renew it, to renegotiate it, to let it lapse, or to end it.
        by: Who decided so.
        reason: Why.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("instrument", "decision")

    decision: RenewalDecision = attrs.field(converter=renewal_decision)
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    reason: str | None = attrs.field(default=None, converter=optional(text))


@event("instrument-amended")
@frozen_event(kw_only=True)
class InstrumentAmended(InstrumentAct):
    """Change of the text.

    Attributes:
        by_instrument: The instrument that changes it.
        summary: What changes.
    """

    by_instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    summary: str | None = attrs.field(default=None, converter=optional(text))


@event("instrument-suspended")
@frozen_event(kw_only=True)
class InstrumentSuspended(InstrumentAct):
    """Suspension of the text, which is not applied for the time being.

    Attributes:
        reason: Why.
    """

    reason: str | None = attrs.field(default=None, converter=optional(text))


@event("instrument-resumed")
@frozen_event(kw_only=True)
class InstrumentResumed(InstrumentAct):
    """Resumption of a suspended text, which is applied again."""


@event("termination-notified")
@frozen_event(kw_only=True)
class TerminationNotified(InstrumentAct):
    """Notice of termination by a party; of more than two parties, that it leaves.

    Attributes:
        by: The party or parties.
        ends: The first day out of effect (EDTF).
        for_all: Whether it ends the text for all of more than two parties.
    """

    by: tuple[str, ...] = attrs.field(converter=identifiers)
    ends: EdtfDate = attrs.field(converter=edtf)
    for_all: bool = attrs.field(default=False, converter=boolean)


@event("termination-notice-withdrawn")
@frozen_event(kw_only=True)
class TerminationNoticeWithdrawn(InstrumentAct):
    """Withdrawal of a notice of termination.

    Attributes:
        by: The party or parties whose notice it is; needed where more than one runs.
    """

    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)


@event("instrument-terminated")
@frozen_event(kw_only=True)
class InstrumentTerminated(InstrumentAct):
    """End of the text; the day from which it counts is the first day out of effect.

    Attributes:
        by: The party or parties that end it; of more than two parties, these leave it.
        mutual: Whether all agreed to end it.
    """

    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    mutual: bool = attrs.field(default=False, converter=boolean)


@event("instrument-completed")
@frozen_event(kw_only=True)
class InstrumentCompleted(InstrumentAct):
    """Completion of the work that the text set out to do.

    Attributes:
        result: What came of it.
    """

    result: str | None = attrs.field(default=None, converter=optional(text))
