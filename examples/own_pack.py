"""Event types, checks, duties and questions of one's own: a pack, without touching the library.

    python examples/own_pack.py

A marine laboratory lends instruments to its partners. It wants to record each loan, be told when
one goes out under no text in force, get a report back within 60 days, and ask what is out. It is
Vietnamese as well, so that the signature itself has to be reported: that pack comes with the
library.
"""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

import attrs

from coopledger import Ledger, View, events
from coopledger.errors import Finding
from coopledger.packs import (
    Candidate,
    Obligation,
    Pack,
    days_after,
    event,
    readers,
    vietnam,
)
from coopledger.render import table


# Event types: frozen attrs classes, as the library has them. Names like `partnership`,
# `instrument` and `party` mean what they mean everywhere, so that a typo is noticed.
@event
@attrs.frozen(kw_only=True)
class DeviceLent(events.Deed):
    """We lent a device to a partner.

    Attributes:
        instrument: The text under which it is lent.
        device: What is lent.
    """

    instrument: str = attrs.field(converter=readers.identifier)
    device: str = attrs.field(converter=readers.text)


@event
@attrs.frozen(kw_only=True)
class DeviceReturned(events.Deed):
    """A device came back, with a report.

    Attributes:
        instrument: The text under which it was lent.
        device: What came back.
    """

    instrument: str = attrs.field(converter=readers.identifier)
    device: str = attrs.field(converter=readers.text)


# A check: what is wrong or odd with an event, just before its own place.
def lent_under_a_text_in_effect(candidate: Candidate) -> Iterator[Finding]:
    """Warn with W-LAB-1 of a device that is lent under a text that is not in effect."""
    lent = candidate.event
    if isinstance(lent, DeviceLent):
        state = candidate.before.instrument(lent.instrument).state
        if state != "in_force":
            message = f"instrument: {lent.instrument!r} is not in force: sign first, then lend"
            yield Finding("W-LAB-1", message, "instrument")


# A duty: who must do what, by when, because of what happened.
def report_with_the_device(view: View) -> Iterator[Obligation]:
    """Yield the duty to return each device with a report within 60 days."""
    returned = view.events(DeviceReturned)
    for lent in view.events(DeviceLent):
        home = view.instrument(lent.instrument)
        yield Obligation(
            rule="lending rules of the laboratory",
            what=f"return the {lent.device} with a report",
            about=lent.instrument,
            owed_by=[party for party in home.parties if party != "lab"],
            due=days_after(lent.when, 60),
            because=lent,
            done=next((back for back in returned if back.device == lent.device), None),
        )


# A projection: a question that only this laboratory asks.
def devices_out(view: View, *, instrument: str | None = None) -> tuple[str, ...]:
    """Return the devices that have not come back, in the order in which they were lent."""
    back = {returned.device for returned in view.events(DeviceReturned)}
    return tuple(
        lent.device
        for lent in view.events(DeviceLent)
        if lent.device not in back and instrument in {None, lent.instrument}
    )


LAB = Pack(
    name="lab",
    types={"lab.device-lent": (1, DeviceLent), "lab.device-returned": (1, DeviceReturned)},
    checks=((events.Event, lent_under_a_text_in_effect),),
    duties=(report_with_the_device,),
    projections={"devices_out": devices_out},
)

with TemporaryDirectory() as folder:
    packs = [LAB, vietnam.INTERNATIONAL_AGREEMENTS]
    ledger = Ledger.open(f"{folder}/office.db", packs=packs)
    ledger.record(
        events.PartyRegistered(party="lab", name="A Laboratory", kind="centre", country="VN"),
        events.PartyRegistered(
            party="university", name="A University", kind="university", country="NZ"
        ),
        events.PartnershipOpened(partnership="ocean", parties=["lab", "university"]),
        events.InstrumentRegistered(instrument="mou", partnership="ocean", kind="mou"),
    )
    minutes = {"basis": "minutes"}
    receipt = ledger.record(
        DeviceLent(
            id="loan-1", instrument="mou", device="sonar", when="2024-05-02", source=minutes
        ),
        events.InstrumentSigned(instrument="mou", when="2024-05-20", source=minutes),
        DeviceLent(instrument="mou", device="buoy", when="2024-06-01", source=minutes),
        DeviceReturned(instrument="mou", device="sonar", when="2024-06-25", source=minutes),
    )
    print(*receipt.warnings, sep="\n", end="\n\n")

    view = ledger.view(on="2024-08-10")
    duties = [(str(duty.due), duty.status, duty.what) for duty in view.duties()]
    print(table(duties, headers=["due", "status", "what"]), end="\n\n")
    print("out:", *view.query("devices_out", instrument="mou"))
    ledger.close()
