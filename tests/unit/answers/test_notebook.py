import re
from datetime import UTC, datetime
from typing import Any

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from coopledger import Ledger, View, events
from coopledger.answers import Answers, Conflict
from coopledger.values import Source
from tests.builders import restore_unchecked
from tests.followed_up import followed_up

HOSTILE = '<script>alert("1")</script>\x1b[31m'
TEXTS = st.text(st.sampled_from("<>&\"'=/ scrip\x1b\u202e"), min_size=1).filter(str.strip)


def shown(answer: Any) -> str:  # noqa: ANN401 - for type checkers the method is private
    """Return what a notebook shows of the answer."""
    return str(answer._repr_html_())


def _view(text: str = "send the draft", *, promises: int = 1) -> View:
    ledger = Ledger.in_memory()
    restore_unchecked(
        ledger,
        events.PartyRegistered(party="VN", name=text, kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"], scope=text),
        events.InstrumentRegistered(
            instrument="mou", partnership="VNFR", kind="mou", title=text, when="2018-01-02"
        ),
        events.InstrumentSigned(instrument="mou", when="2018-03-27"),
        *(
            events.CommitmentMade(
                commitment=f"c{number}",
                partnership="VNFR",
                when="2018-03-27",
                debtors="FR",
                creditors="VN",
                what=text,
                due="2018-04",
            )
            for number in range(promises)
        ),
    )
    return ledger.view(on="2018-05-04")


def test_a_board_says_up_to_when_what_counts_was_known() -> None:
    ledger = Ledger.in_memory()
    ledger.record(
        events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
    )

    assert "as known 15 Jan 2100" in shown(ledger.view(known_at="2100-01-15"))
    assert "as known" not in shown(ledger.view())


@given(TEXTS)
def test_a_text_in_any_field_is_escaped(text: str) -> None:
    view = _view(text)
    answers = (
        *(view, view.partnership("VNFR"), view.instrument("mou"), view.commitment("c0")),
        *(view.commitments(), view.instruments(), view.partnerships(), view.timeline("VNFR")),
        *(view.explain("VNFR"), view.party("VN"), view.durations("VNFR"), view.parties()),
        *(view.dossier(party="VN"), view.stage_history("VNFR"), view.sourcing()),
    )

    for answer in answers:
        html = shown(answer)
        rest = html.replace(html[html.index("<style>") : html.index("</style>")], "")
        assert "<script" not in html
        assert "\x1b" not in html
        assert "\u202e" not in html
        assert re.sub(r'<[a-z]+( [A-Za-z-]+="[^"<>]*")*/?>|</[a-z]+>', "", rest).count("<") == 0


def test_nothing_has_an_id_a_script_or_an_address() -> None:
    html = shown(_view(HOSTILE))

    assert re.findall(r"<script|\bid=|\bhref=|\bsrc=|url\(|@import|\bon[a-z]+=", html) == []


def test_a_view_shows_its_board() -> None:
    html = shown(_view())

    assert "on 4 May 2018 · 1 partnership<" in html
    assert "<span>Active</span>" in html
    assert '<span class="late">1 overdue</span>' in html


def test_an_empty_view_says_that_there_is_nothing() -> None:
    assert "No partnership is known on 4 May 2018." in shown(
        Ledger.in_memory().view(on="2018-05-04")
    )


def test_twenty_rows_are_shown_and_the_others_are_folded() -> None:
    html = shown(_view(promises=23).commitments())

    before, after = html.split("<details>")
    assert before.count("days overdue") == 20
    assert after.count("days overdue") == 3
    assert "<summary>3 more</summary>" in after
    assert "<details>" not in shown(_view(promises=20).commitments())


def test_the_style_of_an_output_is_small() -> None:
    html = shown(_view())

    assert html.index("</style>") < 2_100


def test_a_partnership_shows_its_texts_and_an_explanation_its_sentence() -> None:
    view = _view()

    assert "active since <time" in shown(view.partnership("VNFR"))
    assert "<code>mou</code>" in shown(view.partnership("VNFR"))
    assert "send the draft (mou) is in force" in shown(view.explain("VNFR"))


def test_an_explanation_shows_dates_as_people_read_them_and_its_acts_as_rows() -> None:
    html = shown(_view().explain("mou"))
    visible = re.sub(r"<[^>]*>", " ", html[html.index("</style>") :])

    assert "is in force since 27 Mar 2018" in visible
    assert re.search(r"27 Mar 2018 +Signed +· +send the draft", visible)
    assert re.search(r"\d{4}-\d{2}", visible) is None


def test_the_acts_that_decided_are_told_as_people_read_them_and_their_ids_come_last() -> None:
    ledger = Ledger.in_memory(clock=lambda: datetime(2018, 4, 1, tzinfo=UTC))
    ledger.record(
        events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
        events.InstrumentRegistered(
            instrument="mou", partnership="VNFR", kind="mou", title="MoU on maps"
        ),
        events.InstrumentSigned(
            id="signing",
            instrument="mou",
            when="2018-03-27",
            effective="2018-05-01",
            source=Source(publisher="The Gazette", basis="press"),
            recorded_by="Registry",
        ),
        events.CommitmentMade(
            commitment="c",
            partnership="VNFR",
            when="2018-03",
            debtors=["FR", "VN"],
            creditors="VN",
            what="send: the draft",
        ),
        events.InterestExpressed(
            proposal="p", partnership="VNFR", when="2018-03", by="FR", instrument="mou"
        ),
    )
    view = ledger.view(on="2018-06-04")
    why = BeautifulSoup(shown(view.explain("VNFR")), "html.parser")
    promise = BeautifulSoup(shown(view.explain("c")), "html.parser")
    history = BeautifulSoup(shown(view.timeline("VNFR")), "html.parser")

    assert [each.get_text() for each in why.select("th")] == [
        *("When", "What", "Source", "Recorded", "Id"),
    ]
    assert [each.get_text(" ") for each in why.select("td")] == [
        "27 Mar 2018 counts from 1 May 2018",
        "Signed  ·  MoU on maps",
        "The Gazette (press)",
        "1 Apr 2018 Registry",
        "signing",
    ]
    assert "is active since 1 May 2018: MoU on maps (mou)" in why.get_text()
    assert "is pending since about 31 Mar 2018" in promise.get_text()
    assert promise.select("td.w")[0].get_text() == "Promise of France, Viet Nam · send: the draft"
    assert "Wish of France · MoU on maps" in [each.get_text() for each in history.select("td.w")]
    assert "no source" in history.get_text()


def test_durations_show_the_lifeline() -> None:
    html = shown(_view().durations("VNFR"))

    assert 'aria-label="Stages since ' in html
    assert "4 May 2018</span>" in html


def test_a_partnership_without_texts_shows_its_last_activity_alone() -> None:
    ledger = Ledger.in_memory()
    ledger.record(
        events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
    )
    view = ledger.view(on="2018-05-04")

    assert "none" in shown(view.partnership("VNFR"))
    assert '<svg class="line"' not in shown(view.durations("VNFR"))


def test_an_empty_list_says_so() -> None:
    html = shown(Answers[Conflict]((), kind=Conflict))

    assert "<b>0 conflicts</b> Nothing of this kind is known then" in html


def test_a_fuzzy_first_day_is_about_so() -> None:
    ledger = Ledger.in_memory()
    ledger.record(
        events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
        events.InstrumentRegistered(instrument="mou", partnership="VNFR", kind="mou"),
        events.InstrumentSigned(instrument="mou", when="2018-01~"),
    )

    assert ">about 31 Jan 2018<" in shown(ledger.view(on="2018-05-04"))


def test_a_text_of_many_parties_is_shown_with_them() -> None:
    ledger = Ledger.in_memory()
    names = ("VN", "FR", "CU")
    ledger.record(
        *(events.PartyRegistered(party=each, name=each, kind="state") for each in names),
        events.PartnershipOpened(partnership="all", parties=names),
        events.InstrumentRegistered(
            instrument="t", partnership="all", kind="treaty", title="Rivers", parties=names
        ),
        events.InstrumentSigned(instrument="t", when="2010-01-01", signers=names),
        events.InstrumentRatified(instrument="t", when="2010-02-01", party="VN"),
        events.InstrumentRatified(instrument="t", when="2010-02-01", party="FR"),
        events.InstrumentEnteredIntoForce(instrument="t", when="2010-06-01"),
    )
    view = ledger.view("2011-01-01")

    for answer in (view.instrument("t"), view.partnership("all")):
        page = BeautifulSoup(shown(answer), "html.parser")
        table = next(each for each in page.select("table") if "Parties of Rivers" in str(each))
        rows = [[cell.get_text() for cell in row.select("td")] for row in table.select("tbody tr")]
        assert [name for name, _ in rows] == [*names]
        assert [state for _, state in rows][:2] == ["in force", "in force"]
        assert "view.participations('t')" in table.get_text()
    page = BeautifulSoup(shown(view.instrument("t")), "html.parser")
    assert page.get_text().count("CU") == 1


def test_a_board_and_a_partnership_tell_what_is_done_under_their_texts() -> None:
    board = BeautifulSoup(shown(followed_up()), "html.parser")
    north = BeautifulSoup(shown(followed_up().partnership("north")), "html.parser")

    stages = [row.select("td")[1].get_text() for row in board.select("tbody tr")]
    assert stages[:2] == ["Active · under way", "Active · not begun"]
    assert "active since 12 Oct 2024 · under way" in north.get_text()
    assert "MoU in force · under way" in north.get_text()
    assert [each.get_text() for each in north.select("th[scope=row]")] == [
        *("Last activity", "Last heard", "Responsible"),
    ]


def test_promises_tell_their_rhythm_who_sees_to_them_and_what_is_outstanding() -> None:
    page = BeautifulSoup(shown(followed_up().commitments()), "html.parser")
    row = next(each for each in page.select("tbody tr") if "quarterly" in each.get_text())

    assert row.select("td")[3].get_text(" ") == ("30 Sep 2026 every 3 months · next on 31 Dec 2026")
    assert [each.get_text() for each in page.select("th")][-2:] == ["Responsible", "Id"]
    assert row.select("td")[-2].get_text() == "Minh"
    assert page.select("p")[-1].get_text() == "Outstanding: 8500 EUR, 90000000 VND"


def test_one_promise_tells_its_rhythm_in_words_and_no_times_that_are_none() -> None:
    page = BeautifulSoup(shown(followed_up().commitment("report")), "html.parser")
    facts = {row.th.get_text(): row.td.get_text() for row in page.select("tr") if row.th and row.td}

    assert facts["Recurs"] == "every 3 months"
    assert {name for name in facts if name.startswith("Times")} == set()
