"""A pack of a laboratory that lends devices, for the tests of packs."""

from collections.abc import Iterator

import attrs

from coopledger import View, events
from coopledger.packs import Obligation, Pack, Problem, Trial, event, readers

__all__ = ["LAB", "START", "DeviceLent", "lent"]


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
    back: bool = attrs.field(default=False, converter=readers.flag)


def known_device(trial: Trial) -> Iterator[Problem]:
    """E-LAB-1 and W-LAB-1."""
    lent = trial.event
    if isinstance(lent, DeviceLent) and lent.device == "nothing":
        yield Problem("E-LAB-1", "device", "device: 'nothing' cannot be lent: name a device")
    if isinstance(lent, DeviceLent) and lent.device == "old sonar":
        yield Problem("W-LAB-1", "device", "device: 'old sonar' is to be scrapped")


def return_it(view: View) -> Iterator[Obligation]:
    """A device comes back by the end of 2024."""
    for lent in view.events(DeviceLent):
        yield Obligation(
            rule="lending rules",
            what=f"return the {lent.device}",
            about=lent.partnership,
            owed_by="university",
            due="2024",
            because=lent,
            done=lent if lent.back else None,
        )


def devices(view: View, *, partnership: str | None = None) -> tuple[str, ...]:
    """What was lent."""
    found = view.events(DeviceLent)
    return tuple(each.device for each in found if partnership in {None, each.partnership})


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


def lent(device: str = "sonar", **fields: object) -> DeviceLent:
    """A device lent in May 2024."""
    given = {"partnership": "ocean", "when": "2024-05", "source": "the minutes", **fields}
    return DeviceLent(device=device, **given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
