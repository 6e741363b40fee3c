"""Answers about instruments."""

import attrs

from coopledger.dates import EdtfDate
from coopledger.dates.lazy_types import Date
from coopledger.projections.answers.wording import line, listed, said, spoken, standing
from coopledger.terms import Flag, InstrumentKind, InstrumentState

__all__ = ["Instrument", "Signature"]


@attrs.frozen(kw_only=True)
class Instrument:
    """Where an instrument stands.

    Attributes:
        id: Its id.
        partnership: The partnership to which it belongs; None if not known then.
        kind: Its kind; None if not known then.
        title: Its title.
        parties: Its parties.
        state: Its state.
        since: The first day of the state.
        flags: Its flags, sorted.
        term_end: The last day of its current term, as recorded or as rolled on; None if
            unknown, endless, or over for another reason.
        notice_deadline: The last day on which notice stops the next tacit renewal.
        ends: The first day out of effect that a pending notice names.
        missing_signers: The parties that have still to sign, once signing has begun.
        not_ratified: The parties that have still to ratify, where that is awaited.
        supersedes: The texts that it ends once it takes effect.
        superseded_by: The instrument that took effect in its place.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    kind: InstrumentKind | None
    title: str | None
    parties: tuple[str, ...]
    state: InstrumentState
    since: Date | None
    flags: tuple[Flag, ...]
    term_end: EdtfDate | None
    notice_deadline: Date | None
    ends: Date | None
    missing_signers: tuple[str, ...]
    not_ratified: tuple[str, ...]
    supersedes: tuple[str, ...]
    superseded_by: str | None
    certain: bool
    decided_by: tuple[str, ...]

    @property
    def is_incomplete(self) -> bool:
        """Whether a party has still to sign it, or to ratify it where that is awaited."""
        return bool(self.missing_signers or self.not_ratified)

    def __str__(self) -> str:
        """Its state, what it is, when it ends, who has still to act, its flags, on one line."""
        return line(
            self.id,
            standing(self.state, self.since, certain=self.certain),
            said(f"{spoken(self.kind or 'text')} of ", self.parties),
            self.title,
            said("until ", self.term_end),
            said("notice by ", self.notice_deadline),
            said("out of effect from ", self.ends),
            said("replaces ", self.supersedes),
            said("replaced by ", self.superseded_by),
            said("still to sign: ", self.missing_signers),
            said("still to ratify: ", self.not_ratified),
            *map(spoken, self.flags),
        )


@attrs.frozen(kw_only=True)
class Signature:
    """A text that came to be signed by all who must.

    Attributes:
        instrument: The instrument.
        partnership: The partnership.
        kind: The kind of instrument.
        when: The date of the signature that made it complete.
        parties: Its parties.
        countries: The countries of its parties, ISO 3166-1 alpha-2, sorted.
        without_country: Its parties that have none, such as international organisations.
        event: The id of the event.
    """

    instrument: str
    partnership: str
    kind: InstrumentKind
    when: EdtfDate
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    without_country: tuple[str, ...]
    event: str

    def __str__(self) -> str:
        """What was signed when, on one line."""
        return line(
            self.instrument,
            f"signed {self.when}",
            f"{spoken(self.kind)} of {self.partnership}",
            listed((*self.countries, *self.without_country)),
        )
