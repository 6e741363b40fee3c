"""Then and now, and what changed: two moments side by side."""

import pytest
from starlette.testclient import TestClient

from coopledger import Ledger, events
from coopledger.web import app
from tests.builders import Clock
from tests.web.pages import hrefs, soup, texts

DAY = "2022-06-01"


@pytest.fixture(scope="module", name="client")
def _client() -> TestClient:
    clock = Clock("2022-01-10T08:00:00Z")
    ledger = Ledger.in_memory(name="two dates", clock=clock, timezone="UTC")
    ledger.record(
        events.PartyRegistered(party="us", name="Our Institute", kind="centre"),
        events.PartyRegistered(party="sea", name="Sea Institute", kind="centre"),
        events.PartyRegistered(party="lake", name="Lake Institute", kind="centre"),
        events.PartnershipOpened(partnership="sea-us", parties=["us", "sea"]),
        events.PartnershipOpened(partnership="lake-us", parties=["us", "lake"]),
        events.InstrumentRegistered(instrument="mou", partnership="sea-us", kind="mou"),
        events.MeetingHeld(meeting="m1", partnership="sea-us", kind="visit", when="2022-01-05"),
        events.CommitmentMade(
            commitment="data",
            partnership="sea-us",
            debtors="us",
            creditors="sea",
            what="send the data",
            when="2022-01-05",
            due="2022-07-15",
        ),
    )
    clock.set("2022-08-20T08:00:00Z")
    ledger.record(
        events.InstrumentSigned(instrument="mou", when="2022-05-02", until="2022-08-01"),
    )
    return TestClient(app(ledger, us="us"))


def test_one_day_has_three_right_answers(client: TestClient) -> None:
    page = client.get(f"/then?on={DAY}")

    assert texts(page, "h1") == ["1 Jun 2022, as known 1 Jun 2022"]
    assert texts(page, ".three h3") == [
        "As it was known then",
        "As it is known today, without hindsight",
        "As it is known today",
    ]
    assert texts(page, ".three .big") == ["Contact", "Active", "Active"]
    assert texts(page, ".three .big + p") == ["since 5 Jan 2022", *["since 2 May 2022"] * 2]


def test_the_board_of_that_day_marks_what_is_known_differently(client: TestClient) -> None:
    page = client.get(f"/then?on={DAY}")

    assert texts(page, "tr.diff del .line") == ["Contact"]
    assert texts(page, "tr.diff ins .line") == ["Active"]
    rows = texts(page, "section:nth-of-type(2) tbody tr")
    assert [row.split(" Institute")[0] for row in rows] == ["Sea", "Lake"]
    assert rows[1].endswith("the same")


def test_each_difference_names_the_events_that_brought_it(client: TestClient) -> None:
    page = client.get(f"/then?on={DAY}&known_at=2022-03-01")

    rows = texts(page, "section:nth-of-type(3) tbody tr")
    assert rows[0] == "Sea Institute partnership Stage contact active Signed recorded 20 Aug 2022"


def test_three_answers_can_be_about_another_partnership(client: TestClient) -> None:
    links = hrefs(client.get(f"/then?on={DAY}"), "td a.row")
    assert links[1] == f"/then?on={DAY}&partnership=lake-us"

    assert texts(client.get(links[1]), "section:first-of-type header .q") == ["Lake Institute"]
    assert client.get("/then?partnership=none").status_code == 404


def test_a_day_that_is_known_as_it_was_has_no_differences(client: TestClient) -> None:
    page = client.get("/then?on=2022-08-20")

    assert texts(page, "main > section:last-of-type p") == [
        "Nothing stands differently as known today."
    ]


def test_acts_and_recordings_stand_in_their_months(client: TestClient) -> None:
    page = client.get(f"/then?on={DAY}")

    assert texts(page, "rect.acted title") == ["2 acts, Jan 2022", "1 act, May 2022"]
    assert texts(page, "rect.recorded title") == ["8 recorded, Jan 2022", "1 recorded, Aug 2022"]
    places = [float(str(each["x"])) for each in soup(page).select("rect.beyond")]
    assert places[0] == places[1] > 0


def test_the_handles_send_numbers_of_days_and_the_address_tells_days(client: TestClient) -> None:
    first = soup(client.get(f"/then?on={DAY}&us=us"))
    values = {str(each["name"]): str(each["value"]) for each in first.select("form.scrub input")}
    assert set(values) == {"day", "known_day", "us"}

    moved = client.get("/then", params={**values, "known_day": str(int(values["day"]) + 90)})
    assert moved.url.query == b"us=us&on=2022-06-01&known_at=2022-08-30"
    assert texts(moved, "h1") == ["1 Jun 2022, as known 30 Aug 2022"]


@pytest.mark.parametrize("number", ["", "x", "0", "99999999999999999999"])
def test_a_handle_of_no_day_is_as_if_it_was_not_moved(client: TestClient, number: str) -> None:
    moved = client.get("/then", params={"day": number, "on": DAY})

    assert moved.url.query == b"on=2022-06-01"


def test_what_changed_since_a_day_is_listed(client: TestClient) -> None:
    page = client.get("/news?since=2022-08-01")

    assert texts(page, "h1") == ["New since 1 Aug 2022"]
    assert texts(page, "section h2") == ["Expired", "Recorded", "Changed"]
    assert hrefs(page, "li.debt a") == ["/partnerships/sea-us"] * 2


def test_nothing_new_is_said_so(client: TestClient) -> None:
    page = client.get("/news?since=2022-08-20")

    assert texts(page, "main p") == ["Nothing is new since then."]


def test_news_since_a_position_and_since_some_days_before(client: TestClient) -> None:
    assert texts(client.get("/news?since=8"), "h1") == ["New since 10 Jan 2022"]
    assert texts(client.get("/news"), "h1") == ["New since 21 Jul 2022"]
    assert client.get("/news?since=later").status_code == 400


def test_an_empty_ledger_has_both_pages() -> None:
    with Ledger.in_memory() as ledger:
        client = TestClient(app(ledger))

        assert client.get("/then").status_code == 200
        assert client.get("/news").status_code == 200
