"""What a host decides: who reads, which ledgers, in which colours."""

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from coopledger import Ledger, Ledgers, events
from coopledger.errors import ArgumentError
from coopledger.stores import MemoryStore
from coopledger.web import app
from tests.web.pages import hrefs, texts

PARTY = events.PartyRegistered(party="a", name="Institute A", kind="centre")


def ledgers(*names: str) -> Ledgers:
    made = Ledgers(MemoryStore())
    for name in names:
        made.named(name).record(PARTY)
    return made


def by_badge(request: Request, name: str) -> bool:
    return request.headers.get("badge") == name


async def by_badge_later(request: Request, name: str) -> bool:
    return by_badge(request, name)


def test_several_ledgers_are_listed_and_each_has_its_pages() -> None:
    client = TestClient(app(ledgers("north", "south wing")))
    page = client.get("/")

    assert hrefs(page, "li a") == ["/ledgers/north/", "/ledgers/south%20wing/"]
    assert texts(client.get("/ledgers/south%20wing/"), "header .name") == ["south wing"]
    assert client.get("/ledgers/east/").status_code == 404


def test_links_of_one_of_several_ledgers_stay_in_it() -> None:
    client = TestClient(app(ledgers("north")))
    page = client.get("/ledgers/north/pending")

    assert hrefs(page, "nav a")[0] == "/ledgers/north/"
    assert client.get(hrefs(page, "link[rel=stylesheet]")[0]).status_code == 200


@pytest.mark.parametrize("may_read", [by_badge, by_badge_later])
def test_who_may_not_read_a_ledger_is_told_of_none(may_read: object) -> None:
    client = TestClient(app(ledgers("north", "south"), may_read=may_read))  # type: ignore[arg-type]
    badge = {"badge": "north"}

    assert hrefs(client.get("/", headers=badge), "li a") == ["/ledgers/north/"]
    assert client.get("/ledgers/north/", headers=badge).status_code == 200
    refused = client.get("/ledgers/south/", headers=badge)
    unknown = client.get("/ledgers/east/", headers=badge)
    assert (refused.status_code, refused.text) == (unknown.status_code, unknown.text)
    assert refused.status_code == 404
    assert texts(client.get("/"), "main p") == ["There is no ledger that you may read."]


def test_an_empty_ledger_has_a_board() -> None:
    with Ledger.in_memory() as ledger:
        page = TestClient(app(ledger, us="a")).get("/")

    assert page.status_code == 200
    assert texts(page, "main p.q")[0].startswith("No partnership is known on")


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        ({"acent": "#fff"}, "tokens='acent' is no token"),
        ({"accent": "red;} body{display:none"}, "is no value of style"),
        ({"accent": "url(//elsewhere.test)"}, "is no value of style"),
    ],
)
def test_a_token_that_is_more_than_one_is_refused(tokens: dict[str, str], said: str) -> None:
    with Ledger.in_memory() as ledger, pytest.raises(ArgumentError, match="token") as refused:
        app(ledger, tokens=tokens)

    assert said in str(refused.value)
