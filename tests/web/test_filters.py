"""Filters of the board and of what is pending: in the address, and nowhere else."""

import pytest
from starlette.testclient import TestClient

from coopledger import Ledger
from coopledger.web import app
from tests.web.pages import hrefs, soup, texts

GROUPS = "tr.grp .line > span:first-of-type"


def test_a_stage_of_the_strip_shows_its_rows_alone_and_leads_back(client: TestClient) -> None:
    strip = hrefs(client.get("/?on=2026-11-27"), ".strip a")
    assert strip[0] == "/?on=2026-11-27&stage=active"
    page = client.get(strip[1])

    assert texts(page, GROUPS) == ["Suspended"]
    assert texts(page, ".strip b") == texts(client.get("/"), ".strip b")
    assert hrefs(page, ".strip [aria-current]") == ["/?on=2026-11-27"]


def test_a_header_sorts_the_rows_of_each_group(client: TestClient) -> None:
    headers = hrefs(client.get("/?stage=active"), "th a")
    assert headers == [f"/?stage=active&sort={name}" for name in ("partner", "since", "silence")]
    names = texts(client.get(headers[0]), "td.name a.row")
    assert names[:3] == [
        "Atelier Lévesque SAS",
        "Bộ Khoa học Biển",
        "Centro del Coral",
    ]

    by_silence = client.get(headers[2])
    days = [int(each.split()[0]) for each in texts(by_silence, "td.sil .silence")]
    assert days == sorted(days, reverse=True)
    assert texts(by_silence, "th[aria-sort]") == ["Silence"]
    assert hrefs(by_silence, "th[aria-sort] a") == ["/?stage=active"]


@pytest.mark.parametrize("query", ["sort=colour", "stage=actve"])
def test_a_board_that_cannot_be_sorted_or_filtered_so_is_refused(
    client: TestClient, query: str
) -> None:
    page = client.get(f"/?{query}")

    assert page.status_code == 400
    assert texts(page, "[role=alert] h1") == ["This cannot be answered"]


def test_each_side_of_what_is_pending_has_its_link(client: TestClient) -> None:
    page = client.get("/pending")
    assert texts(page, ".seg a") == ["All 185", "We owe 101", "They owe 86"]
    ours = client.get(hrefs(page, ".seg a")[1])

    assert texts(ours, ".seg [aria-current]") == ["We owe 101"]
    assert texts(ours, "p.sub") == ["101 open promises, most urgent first"]
    assert "← they owe" not in {each.replace("\xa0", " ") for each in texts(ours, "td.wi")}


def test_filters_are_a_form_that_keeps_the_moment_and_the_side(client: TestClient) -> None:
    query = "side=we_owe&partner=nordhavn&firmness=commitment&on=2026-11-27&footing=official"
    page = soup(client.get(f"/pending?{query}"))

    form = page.select_one("form.filters")
    assert form is not None
    kept = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    assert kept == {"side": "we_owe", "on": "2026-11-27"}
    chosen = {
        select["name"]: option["value"]
        for select in form.select("select")
        for option in select.select("option[selected]")
    }
    assert chosen == {
        "partner": "nordhavn",
        "responsible": "",
        "firmness": "commitment",
        "footing": "official",
    }


def test_every_value_of_a_filter_keeps_something(client: TestClient) -> None:
    page = soup(client.get("/pending"))

    for select in page.select("form.filters select"):
        value = str(select.select("option")[-1]["value"])
        rows = texts(client.get("/pending", params={str(select["name"]): value}), "td.a")
        assert 0 < len(rows) < 185


def test_a_filter_that_nothing_passes_stays_in_the_form(client: TestClient) -> None:
    page = client.get("/pending?responsible=Somebody+else")

    assert texts(page, "main > p.q") == ["Nothing is pending."]
    assert texts(page, "option[value='Somebody else'][selected]") == ["Somebody else"]


def test_without_a_party_of_ours_no_side_can_be_chosen(office: Ledger) -> None:
    page = TestClient(app(office)).get("/pending")

    assert page.status_code == 200
    assert texts(page, ".seg") == []


def test_the_report_is_of_the_period_that_is_asked_for(client: TestClient) -> None:
    page = client.get("/report?period=2024-01/2024-06")

    assert texts(page, "h1") == ["Cooperation in Jan–Jun 2024"]
    assert client.get("/report?period=soon").status_code == 400
    assert texts(page, ".title p.q") == ["27 Nov 2026, from 754 events"]
    field = soup(page).select_one("input[name=period]")
    assert field is not None
    assert field["value"] == "2024-01/2024-06"


def test_search_groups_what_it_finds_and_leads_to_it(client: TestClient) -> None:
    page = client.get("/search?q=ocean+DATA")

    assert texts(page, "h1") == ["Found for “ocean DATA”"]
    assert texts(page, "section h2")[:3] == ["Partnership", "Proposal", "Text"]
    assert texts(page, "li a.row")[0] == "Nordhavn Universitet"
    assert "/partnerships/nordhavn" in hrefs(page, "li a.row")


def test_search_folds_marks(client: TestClient) -> None:
    found = texts(client.get("/search?q=truong+dai"), "li a.row")

    assert "Trường Đại học Sông Hàn" in " ".join(found)


def test_a_search_without_words_asks_for_some_and_one_in_vain_says_so(client: TestClient) -> None:
    assert texts(client.get("/search"), "main p") == ["Words to find"]
    assert texts(client.get("/search?q=zzz"), "main p")[0].startswith("Nothing is found")
    assert client.get("/search?q=%21").status_code == 400
