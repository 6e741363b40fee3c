"""Pack for Vietnamese law: reports after an international agreement has been signed.

Source: Law on International Agreements, No. 70/2020/QH14 of 13 November 2020, in force from
1 July 2021. It covers written agreements on cooperation of Vietnamese bodies with foreign ones
that create no right or duty under international law; treaties have a law of their own, and
contracts none of this.
"""

from collections.abc import Iterator
from datetime import date

from coopledger import events
from coopledger._rules.duty import Obligation, days_after
from coopledger.answers import Party
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
    """Yield a duty for each signature: to report it and send a copy within 15 days.

    It is done when a milestone of the text named `REPORTED` is recorded that is not surely earlier
    than the signature.
    """
    reports = [
        milestone
        for milestone in view.events(events.MilestoneReached)
        if " ".join(milestone.name.casefold().split()) == REPORTED
    ]
    for signature in view.signatures():
        day = signature.when.last
        if signature.kind not in KINDS or day is None or day < IN_FORCE:
            continue
        parties = [view.party(party) for party in view.instrument(signature.instrument).parties]
        ours = tuple(party.id for party in parties if party.country == COUNTRY)
        if ours and any(map(_is_foreign, parties)):
            yield Obligation(
                rule=RULE,
                what="report the signature and send a copy to the Ministry of Foreign Affairs",
                about=signature.instrument,
                owed_by=ours,
                due=days_after(signature.when, DAYS),
                because=signature.event,
                done=next(
                    (
                        report
                        for report in reports
                        if report.instrument == signature.instrument
                        and not report.when.surely_before(signature.when)
                    ),
                    None,
                ),
            )


def _is_foreign(party: Party) -> bool:
    """Return whether the party is foreign; a party whose country is not known is not."""
    if party.country is None:
        return party.kind is PartyKind.INTERNATIONAL_ORGANISATION
    return party.country != COUNTRY


INTERNATIONAL_AGREEMENTS = Pack(name="vietnam", duties=(reports_of_signatures,))
