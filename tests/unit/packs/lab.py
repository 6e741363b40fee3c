"""Pack of a laboratory that lends devices, for the tests of packs."""

from collections.abc import Iterator

import attrs

from coopledger import View, events
from coopledger.errors import Finding
from coopledger.packs import Candidate, Obligation, Pack, event, readers

__all__ = ["LAB", "START", "DeviceLent", "device_lent"]


@event
@attrs.frozen(kw_only=True)
class DeviceLent(events.Deed):
    """We lent a device.

    Attributes:
        partnership: To whom.
        device: What is lent.
        back: Whether it is back.
    """

    partnership: str = attrs.field(converter=readers.identifier)
    device: str = attrs.field(converter=readers.text)
    back: bool = attrs.field(default=False, converter=readers.boolean)


def known_device(candidate: Candidate) -> Iterator[Finding]:
    """Yield the findings E-LAB-1 and W-LAB-1."""
    lending = candidate.event
    if isinstance(lending, DeviceLent) and lending.device == "nothing":
        yield Finding("E-LAB-1", "device: 'nothing' cannot be lent: name a device", "device")
    if isinstance(lending, DeviceLent) and lending.device == "old sonar":
        yield Finding("W-LAB-1", "device: 'old sonar' is to be scrapped", "device")


def return_it(view: View) -> Iterator[Obligation]:
    """Yield the duty to return each device by the end of 2024."""
    for lending in view.events(DeviceLent):
        yield Obligation(
            rule="lending rules",
            what=f"return the {lending.device}",
            about=lending.partnership,
            owed_by="university",
            due="2024",
            because=lending,
            done=lending if lending.back else None,
        )


def devices(view: View, *, partnership: str | None = None) -> tuple[str, ...]:
    """Return the devices that were lent."""
    lendings = view.events(DeviceLent)
    return tuple(each.device for each in lendings if partnership in {None, each.partnership})


LAB = Pack(
    name="lab",
    types={"lab.device-lent": (1, DeviceLent)},
    checks=((DeviceLent, known_device),),
    duties=(return_it,),
    projections={"devices": devices},
)

START = (
    events.PartyRegistered(party="lab", name="A Laboratory", kind="centre", country="VN"),
    events.PartyRegistered(party="university", name="A University", kind="university"),
    events.PartnershipOpened(partnership="ocean", parties=["lab", "university"]),
)


def device_lent(device: str = "sonar", **fields: object) -> DeviceLent:
    """Return a device lent in May 2024."""
    defaults = {"partnership": "ocean", "when": "2024-05", "source": "the minutes", **fields}
    return DeviceLent(device=device, **defaults)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
