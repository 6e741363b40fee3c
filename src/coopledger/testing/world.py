"""A small world that a test can begin with."""

from coopledger.events import Event, PartnershipOpened, PartyRegistered

__all__ = ["WORLD"]

# Two states with a ministry each, a third state, an organisation, and two partnerships. Every
# other event of a test may name them.
WORLD: tuple[Event, ...] = (
    PartyRegistered(id="w1", party="vn", name="Viet Nam", kind="state", country="VN"),
    PartyRegistered(id="w2", party="fr", name="France", kind="state", country="FR"),
    PartyRegistered(id="w3", party="cu", name="Cuba", kind="state", country="CU"),
    PartyRegistered(id="w4", party="most", name="MOST", kind="ministry", parent="vn"),
    PartyRegistered(id="w5", party="mesr", name="MESR", kind="ministry", parent="fr"),
    PartyRegistered(id="w6", party="unesco", name="UNESCO", kind="international_organisation"),
    PartnershipOpened(id="w7", partnership="vnfr", parties=["vn", "fr"]),
    PartnershipOpened(id="w8", partnership="vncu", parties=["vn", "cu"]),
)
