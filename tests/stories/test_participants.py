"""The table of one depositary, replayed whole, gives the numbers that others published."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from coopledger import Ledger, View
from coopledger.answers import Participation
from examples import history_paris_agreement


class Published(NamedTuple):
    """Numbers of signatures and consents on a day, from a document other than the table."""

    day: str
    consented: int
    document: str
    signed: int | None = None


PUBLISHED = [
    Published("2016-04-22", 15, "UN Climate Change, 175 States Sign Paris Agreement", 175),
    Published("2016-09-15", 28, "ABC Live, 2016-09-20, Micronesia", 180),
    Published("2016-09-21", 60, "United Nations, Paris Agreement Moves Closer to Entry"),
    Published("2016-10-18", 81, "IISD SDG Knowledge Hub, 2016-10-18, CMA 1", 191),
    # The page of the morning of 2016-11-04, on which four more consented.
    Published("2016-11-03", 97, "UN Climate Change, Status of Ratification, 2016-11-04", 193),
    Published("2016-11-18", 112, "ExchangeMonitor, 2016-11-21, Membership Grows to 112"),
    Published("2017-11-13", 170, "IISD SDG Knowledge Hub, Syria Brings the Number to 170"),
    Published("2017-11-16", 170, "SEforALL, Paris Agreement Ratification Tracker", 195),
    Published("2018-07-12", 179, "IISD SDG Knowledge Hub, Paris Agreement Reaches 179"),
    Published("2018-12-01", 184, "China Daily, 2018-12-03, As COP24 opens"),
    Published("2020-02-29", 189, "Wikipedia, Paris Agreement, as of February 2020"),
    # Said of the vote of 6 October; the deposit followed on the 11th.
    Published("2021-10-11", 192, "Ministry of Foreign Affairs, France, 2021-10-07, Turkey"),
    Published("2026-01-31", 194, "Wikipedia, List of parties, as of January 2026"),
]


@pytest.fixture(scope="module", name="ledger")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return the ledger with the whole table."""
    path = tmp_path_factory.mktemp("participants") / "paris.db"
    history_paris_agreement.record(path)
    with Ledger.open(path) as opened:
        yield opened


def present(view: View) -> list[Participation]:
    """Return the participations of those that have not left."""
    return [life for life in view.participations("PARIS") if life.left_on is None]


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda one: one.day)
def test_as_many_had_consented_as_was_published(ledger: Ledger, published: Published) -> None:
    lives = present(ledger.view(published.day))

    assert sum(life.consented_on is not None for life in lives) == published.consented
    if published.signed is not None:
        assert sum(life.signed_on is not None for life in lives) == published.signed


def test_all_of_the_table_is_replayed(ledger: Ledger) -> None:
    rows = history_paris_agreement.participants()
    lives = {life.party: life for life in ledger.view("2019-10-31").participations("PARIS")}
    by_then = [row for row in rows if row["signed"] or row["consented"] < "2019-11"]

    assert lives.keys() == {row["code"] for row in by_then}
    assert [
        (code, str(life.consented_on), str(life.how))
        for code, life in lives.items()
        if life.consented_on
    ] == [
        (row["code"], row["consented"], row["how"])
        for code in lives
        for row in rows
        if row["code"] == code and row["how"] and row["consented"] < "2019-11"
    ]


@pytest.mark.parametrize(
    ("party", "since"),
    [
        ("FR", "2016-11-04"),  # among those that had consented at the threshold
        ("PL", "2016-11-06"),  # consented between the threshold and the entry
        ("GB", "2016-12-18"),
        ("SY", "2017-12-13"),
    ],
)
def test_it_is_in_force_thirty_days_after_a_late_consent(
    ledger: Ledger, party: str, since: str
) -> None:
    view = ledger.view("2018-06-30")

    assert [str(life.in_force_since) for life in present(view) if life.party == party] == [since]


@pytest.mark.parametrize(
    ("day", "bound", "flags"),
    [
        ("2016-11-03", False, ("may_be_in_force",)),
        ("2016-11-04", True, ()),
        ("2019-11-04", True, ("party_leaving",)),
        ("2020-11-03", True, ("party_leaving",)),
        ("2020-11-04", False, ()),
        ("2021-02-18", False, ()),
        ("2021-02-19", True, ()),
        ("2026-01-26", True, ("party_leaving",)),
        ("2026-01-27", False, ()),
    ],
)
def test_the_united_states_left_came_back_and_left(
    ledger: Ledger, day: str, flags: tuple[str, ...], *, bound: bool
) -> None:
    found = ledger.view(day).instrument("PARIS")

    assert ("US" in found.in_force_for, found.flags) == (bound, flags)


def test_fifty_five_had_consented_before_their_emissions_were_enough(ledger: Ledger) -> None:
    missing = [
        ledger.view(day).instrument("PARIS").missing_consents
        for day in ("2016-04-21", "2016-04-22", "2016-09-19", "2016-09-21", "2016-11-04")
    ]

    assert missing == [55, 40, 26, 0, None]
