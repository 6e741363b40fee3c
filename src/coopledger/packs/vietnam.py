"""What Vietnamese law asks for after an international agreement has been signed.

Source: Law on International Agreements, No. 70/2020/QH14 of 13 November 2020, in force from
1 July 2021. It covers written agreements on cooperation of Vietnamese bodies with foreign ones
that create no right or duty under international law; treaties have a law of their own, and
contracts none of this.
"""

from collections.abc import Iterator
from datetime import date

from coopledger import events
from coopledger._rules.duty import Obligation, days_after
from coopledger.packs.pack import Pack
from coopledger.terms import InstrumentKind, PartyKind
from coopledger.view import View

__all__ = ["INTERNATIONAL_AGREEMENTS"]


RULE = "Law 70/2020/QH14, 15 days after signature"
COUNTRY = "VN"
IN_FORCE = date(2021, 7, 1).toordinal()
DAYS = 15

# The name of the milestone that records that the report was sent.
REPORTED = "signature reported"

# Everything that may be an international agreement by its kind; the law looks at the content.
KINDS = frozenset(InstrumentKind) - {
    InstrumentKind.TREATY,
    InstrumentKind.CONTRACT,
    InstrumentKind.MEMBERSHIP,
}


def reports_of_signatures(view: View) -> Iterator[Obligation]:
    """Report the signature and send a copy within 15 days: once for each signature.

    It is done when a milestone of the text named `REPORTED` is recorded, on the day of the
    signature or later.
    """
    milestones = [
        found
        for found in view.events(events.MilestoneReached)
        if " ".join(found.name.casefold().split()) == REPORTED
    ]
    for signature in view.signatures():
        signed = signature.when.last
        if signature.kind not in KINDS or signed is None or signed < IN_FORCE:
            continue
        ours, foreign = _sides(view, view.instrument(signature.instrument).parties)
        if ours and foreign:
            yield Obligation(
                rule=RULE,
                what="report the signature and send a copy to the Ministry of Foreign Affairs",
                about=signature.instrument,
                owed_by=ours,
                due=days_after(signature.when, DAYS),
                because=signature.event,
                done=next(
                    (
                        milestone
                        for milestone in milestones
                        if milestone.instrument == signature.instrument
                        and milestone.when.settled >= signed
                    ),
                    None,
                ),
            )


def _sides(view: View, parties: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Vietnamese parties, and the foreign ones; whose country is not known is neither."""
    known = [view.party(party) for party in parties]
    ours = tuple(party.id for party in known if party.country == COUNTRY)
    return ours, tuple(
        party.id
        for party in known
        if party.country not in {None, COUNTRY}
        or (party.country is None and party.kind is PartyKind.INTERNATIONAL_ORGANISATION)
    )


INTERNATIONAL_AGREEMENTS = Pack(name="vietnam", duties=(reports_of_signatures,))
