"""Answers for programs: JSON, CSV and the calendar say what the view says."""

import csv
import io
import re

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from coopledger import Ledger, events
from coopledger.calendar import calendar
from coopledger.plain import as_dict
from coopledger.web import app
from coopledger.web.api import ABOUT, LISTS
from examples.busy_office import US


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_the_list_of_the_view(client: TestClient, office: Ledger, name: str) -> None:
    answers = getattr(office.view(), name)()
    rows = list(csv.reader(io.StringIO(client.get(f"/api/{name}.csv").content.decode("utf-8-sig"))))

    assert client.get(f"/api/{name}").json() == [as_dict(each) for each in answers]
    assert len(rows) == len(answers) + 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_thing_is_the_thing_of_the_view(client: TestClient, office: Ledger) -> None:
    view = office.view()
    partnership = view.partnerships()[0].id

    assert client.get(f"/api/party/{US}").json() == as_dict(view.party(US))
    address = f"/api/partnership/{partnership}?with_children=true"
    answer = view.partnership(partnership, with_children=True)
    assert client.get(address).json() == as_dict(answer)
    timeline = [as_dict(each) for each in view.timeline(partnership)]
    assert client.get(f"/api/timeline/{partnership}").json() == timeline


@pytest.mark.parametrize("name", [*ABOUT, "timeline"])
def test_an_unknown_id_is_a_problem(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/{name}/nowhere-at-all")

    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "nowhere-at-all" in answer.json()["detail"]


def test_filters_are_those_of_the_view(client: TestClient, office: Ledger) -> None:
    view = office.view("2024-12-31")
    expected = [as_dict(each) for each in view.commitments(debtor=US, open=False)]
    unheard = [as_dict(each) for each in view.partnerships(unheard_days=30)]

    address = f"/api/commitments?debtor={US}&open=false&on=2024-12-31"
    assert client.get(address).json() == expected
    assert client.get("/api/partnerships?unheard_days=30&on=2024-12-31").json() == unheard


@pytest.mark.parametrize(
    ("query", "place", "value"),
    [
        ("commitments?open=perhaps", "open", "'perhaps'"),
        ("commitments?statsu=open", "filter", "'statsu'"),
        ("partnerships?unheard_days=-1", "unheard_days", "'-1'"),
        ("partnerships?stage=asleep", "stage", "'asleep'"),
        ("partnerships?on=someday", "on", "'someday'"),
    ],
)
def test_a_refusal_names_place_value_and_remedy(
    client: TestClient, query: str, place: str, value: str
) -> None:
    answer = client.get(f"/api/{query}")
    told = answer.json()

    assert (answer.status_code, told["place"], told["value"]) == (400, place, value)
    assert told["remedy"]


def test_the_feed_is_the_calendar_of_the_view(client: TestClient, office: Ledger) -> None:
    answer = client.get("/api/calendar.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.content == calendar(office.view(), us=US)


def test_an_answer_that_a_program_has_is_not_sent_again(client: TestClient) -> None:
    mark = {"If-None-Match": client.get("/api/parties").headers["etag"]}

    again = client.get("/api/parties", headers=mark)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/parties?on=2024-12-31", headers=mark).status_code == 200
    assert client.head("/api/parties").content == b""
    assert client.post("/api/parties").status_code == 405


def test_no_text_of_a_list_is_run_as_a_formula() -> None:
    with Ledger.in_memory() as ledger:
        ledger.record(events.PartyRegistered(party="a", name="=1+1", kind="centre"))
        page = TestClient(app(ledger)).get("/api/parties.csv").text

    assert "'=1+1" in page


def test_what_may_not_be_read_is_not_there() -> None:
    def nobody(_request: Request, _ledger: str) -> bool:
        return False

    with Ledger.in_memory() as ledger:
        answer = TestClient(app(ledger, may_read=nobody)).get("/api/parties")

    assert (answer.status_code, answer.json()) == (404, {"title": "Not Found", "status": 404})


def test_a_fault_of_the_store_is_told_to_the_server_alone() -> None:
    ledger = Ledger.in_memory()
    client = TestClient(app(ledger), raise_server_exceptions=False)
    ledger.close()

    assert client.get("/api/parties").status_code == 500


@pytest.mark.parametrize("page", ["/", "/pending", "/agenda", "/meetings"])
def test_the_foot_of_a_page_leads_to_its_lists_of_the_same_day(
    client: TestClient, page: str
) -> None:
    foot = client.get(f"{page}?on=2024-12-31").text.partition("<footer>")[2]
    addresses = re.findall('href="([^"]+)"', foot)

    assert len(addresses) >= 2
    assert all(address.endswith("?on=2024-12-31") for address in addresses)
    assert {client.get(address).status_code for address in addresses} == {200}
