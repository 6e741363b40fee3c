"""Headers: what a browser may do with a page, and when it asks for it again."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coopledger import Ledger, events
from coopledger.errors import StoreError
from coopledger.web import app
from tests.web.pages import texts

PARTY = events.PartyRegistered(party="a", name="Institute A", kind="centre")


@pytest.mark.parametrize("address", ["/", "/?on=x", "/nowhere", "/static/coopledger.css"])
def test_every_answer_has_the_headers_of_security(client: TestClient, address: str) -> None:
    headers = client.get(address).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in headers


def test_a_page_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/pending?lang=fr")
    mark = {"If-None-Match": first.headers["etag"]}

    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get("/pending?lang=fr", headers=mark)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/pending?lang=en", headers=mark).status_code == 200
    assert client.get("/agenda?lang=fr", headers=mark).status_code == 200


def test_a_page_is_new_when_the_ledger_grew() -> None:
    with Ledger.in_memory() as ledger:
        client = TestClient(app(ledger))
        first = client.get("/")
        ledger.record(PARTY)
        second = client.get("/", headers={"If-None-Match": first.headers["etag"]})

    assert texts(first, "footer span")[1] == "0 events"
    assert (second.status_code, texts(second, "footer span")[1]) == (200, "1 event")


def test_a_fault_is_told_to_the_server_alone(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "office.db")
    client = TestClient(app(ledger), raise_server_exceptions=False)
    ledger.close()
    answer = client.get("/")

    assert (answer.status_code, answer.text) == (
        500,
        "This cannot be shown: the log of the server says why.\n",
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    with pytest.raises(StoreError, match="closed"):
        TestClient(app(ledger)).get("/")


def test_a_file_is_kept_for_good_and_one_of_no_name_is_unknown(client: TestClient) -> None:
    assert "immutable" in client.get("/static/coopledger.css").headers["cache-control"]
    assert client.get("/static/../pages.py").status_code == 404
    assert client.get("/static/..%2Fpages.py").status_code == 404


def test_nothing_can_be_changed_by_a_page(client: TestClient) -> None:
    assert client.post("/").status_code == 405
    assert client.delete("/partnerships/nordhavn").status_code == 405
