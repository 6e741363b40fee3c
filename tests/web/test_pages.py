"""Pages of a ledger: what they show, where they lead, and on which day."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from coopledger import Ledger
from coopledger.web import app
from examples.busy_office import US
from tests.web.pages import hrefs, soup, texts

ADDRESSES = [
    *("/", "/pending", "/agenda", "/meetings", "/report", "/search?q=data"),
    *("/partnerships/nordhavn", "/?on=2024-03-01&stage=active&sort=since"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_a_page_leads_to_a_page(client: TestClient, address: str) -> None:
    links = {
        each for each in hrefs(client.get(address), "a, link[rel=stylesheet]") if each[0] != "#"
    }

    assert links
    assert {each: client.get(each).status_code for each in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_place_in_a_page_to_which_it_leads_is_there(client: TestClient, address: str) -> None:
    page = client.get(address)
    places = {str(each["id"]) for each in soup(page).select("[id]")}

    assert {each[1:] for each in hrefs(page, "a") if each[0] == "#"} <= places


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_style_or_script_of_its_own(client: TestClient, address: str) -> None:
    page = soup(client.get(address))

    assert page.select("[style], style, script:not([src])") == []
    named = {name for each in page.select("*") for name in each.attrs}
    assert {name for name in named if name.startswith("on")} == set()


def test_the_board_groups_partnerships_by_stage(client: TestClient) -> None:
    page = client.get("/")

    assert texts(page, "h1") == ["Board"]
    assert texts(page, "tr.grp .line > span:first-of-type")[:3] == ["Active", "Suspended", "Signed"]


def test_the_frame_counts_what_is_pending_and_marks_its_page(client: TestClient) -> None:
    page = client.get("/pending")

    assert texts(page, "nav [aria-current]") == ["Pending 185"]


def test_links_keep_the_moment_the_party_and_the_language(client: TestClient) -> None:
    query = "?on=2024-03-01&known_at=2024-06-01&hindsight=no&us=HC&lang=fr"
    page = client.get(f"/{query}")

    assert f"/partnerships/nordhavn{query}" in hrefs(page, "td a.row")
    assert hrefs(page, "nav a")[1] == f"/pending{query}"


def test_a_page_of_another_day_says_so_and_leads_back(client: TestClient) -> None:
    page = client.get("/pending?on=2024-03-01&known_at=2024-06-01&lang=en")

    assert texts(page, "form.past .end") == [
        "You look at the past: 1 Mar 2024, as known 1 Jun 2024. Back to today"
    ]
    assert hrefs(page, ".past a") == ["?lang=en"]


def test_a_day_to_come_is_told_as_such(client: TestClient) -> None:
    page = client.get("/?on=2030-01-01")

    assert texts(page, ".moment .end") == ["You look ahead: 1 Jan 2030. Back to today"]


def test_today_without_hindsight_is_no_past(client: TestClient) -> None:
    page = client.get("/?hindsight=no&on=today&known_at=today")

    assert texts(page, ".moment .end") == ["27 Nov 2026, without hindsight"]
    assert soup(page).select("form.past") == []


def test_a_day_that_cannot_be_read_is_refused_in_words_and_kept(client: TestClient) -> None:
    page = client.get("/pending?on=27.11.2026&us=HC")

    assert page.status_code == 400
    assert texts(page, "#fault")[0] == "'27.11.2026' is not a date: did you mean 2026-11-27?"
    field = soup(page).select_one("input[name=on]")
    assert field is not None
    assert (field["value"], field["aria-describedby"]) == ("27.11.2026", "fault")


def test_a_time_of_knowledge_that_cannot_be_read_is_refused_at_its_field(
    client: TestClient,
) -> None:
    page = client.get("/?known_at=soon")

    assert page.status_code == 400
    field = soup(page).select_one("[aria-invalid]")
    assert field is not None
    assert (field["name"], field["value"]) == ("known_at", "soon")


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        (
            "/partnerships/nordhaven",
            404,
            "unknown partnership 'nordhaven'; did you mean 'nordhavn'?",
        ),
        ("/meetings/none", 404, "unknown meeting 'none'"),
        ("/?us=nobody", 404, "unknown party 'nobody'"),
        ("/?lang=de", 400, "'de' is no language with words: en, fr, vi"),
    ],
)
def test_what_the_ledger_does_not_hold_is_told_in_the_frame(
    client: TestClient, address: str, status: int, told: str
) -> None:
    page = client.get(address)

    assert page.status_code == status
    assert texts(page, "[role=alert] p") == [told]
    assert hrefs(page, "nav a")[0] == "/"


def test_a_page_speaks_the_language_of_its_address(client: TestClient) -> None:
    page = client.get("/?lang=vi")

    assert soup(page).html is not None
    assert soup(page).html["lang"] == "vi"  # type: ignore[index]  # it was looked at above
    assert "Unreviewed" not in page.text


def test_the_partnership_of_an_id_with_any_sign_has_a_page(client: TestClient) -> None:
    assert client.get("/partnerships/a%2Fb%3Fc").status_code == 404


def test_a_host_sets_its_language_its_links_and_its_tokens(office: Ledger) -> None:
    site = app(
        office,
        us="nobody-yet",
        language="fr",
        navigation=[("Intranet", "/intranet/")],
        tokens={"accent": "light-dark(#0b5f6e, #74c5d2)"},
    )
    client = TestClient(site)
    page = client.get("/")

    assert hrefs(page, "nav a.own") == ["/intranet/"]
    assert texts(page, "header .name") == ["hai-chau"]
    style = client.get(hrefs(page, "link[rel=stylesheet]")[0]).text
    assert style.endswith(".cl.cl.cl{--accent:light-dark(#0b5f6e, #74c5d2);}\n")


def test_it_can_be_mounted_below_any_path(office: Ledger) -> None:
    client = TestClient(Starlette(routes=[Mount("/co op", app(office, us=US))]))
    page = client.get("/co%20op/")

    links = {each for each in hrefs(page, "a, link[rel=stylesheet]") if each[0] != "#"}
    assert {each[:9] for each in links} == {"/co%20op/"}
    assert client.get(hrefs(page, "td a.row")[0]).status_code == 200
