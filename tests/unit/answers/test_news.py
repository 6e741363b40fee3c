"""News since a day or a position: what became of things, what was recorded, what changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger, View, events
from coopledger._display.catalogue import words
from coopledger.answers import Commitment, Instrument, Partnership
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.plain import as_dict
from coopledger.stores.sqlite import SqliteStore
from tests.builders import Clock, build_event, office
from tests.counting import Calls

FIRST = "2019-12-31"


def shown(answer: Any) -> str:  # noqa: ANN401 - for type checkers the method is private
    """Return what a notebook shows of the answer."""
    return str(answer._repr_html_())


def promise(name: str, due: str) -> Event:
    """Return a promise of the ministry, made on the first of December."""
    fields = {"id": name, "commitment": name, "partnership": "vnfr", "what": f"send {name}"}
    sides = {"debtors": "most", "creditors": "fr", "due": due, "when": "2019-12-01"}
    return build_event(events.CommitmentMade, fields | sides)


def text(name: str, until: str, **fields: object) -> list[Event]:
    """Return the events of a memorandum that was signed in 2018."""
    usual = {"instrument": name, "partnership": "vnfr", "kind": "mou", "title": name}
    return [
        build_event(events.InstrumentRegistered, usual | fields),
        events.InstrumentSigned(instrument=name, until=until, when="2018-01-01"),
    ]


def recorded(clock: Clock) -> Ledger:
    """Return a ledger in which something is about to happen, and a little is recorded later."""
    clock.set(f"{FIRST}T12:00:00+00:00")
    ledger = office(
        promise("late", "2020-01-10"),
        promise("soon", "2020-02-15"),
        promise("old", "2019-12-30"),
        promise("far", "2021"),
        *text("ends", "2020-01-10"),
        *text("rolls", "2020-01-10", renewal={"tacit": True, "years": 2}),
        *text("longer", "2020-06-30"),
        events.StatementMade(partnership="vncu", text="hello", when="2018-01-18"),
        clock=clock,
    )
    clock.set("2020-01-15T12:00:00+00:00")
    ledger.record(
        events.InstrumentExtended(id="x", instrument="longer", until="2022", when="2020-01-14"),
        events.CommitmentFulfilled(id="f", commitment="old", when="2020-01-13"),
        events.NoteAdded(id="wrong", subject="vnfr", text="a"),
    )
    ledger.record(events.EventRetracted(id="r", target="wrong", reason="b"))
    clock.set("2020-01-20T12:00:00+00:00")
    return ledger


@pytest.fixture(name="ledger", scope="module")
def _ledger() -> Ledger:
    return recorded(Clock())


def test_what_became_due_late_expired_renewed_and_silent_is_told(ledger: Ledger) -> None:
    news = ledger.view().news(since=FIRST)

    assert [each.id for each in news.due] == ["soon"]
    assert [each.id for each in news.overdue] == ["late"]
    assert [each.id for each in news.expired] == ["ends"]
    assert [each.id for each in news.renewed] == ["rolls", "longer"]
    assert [each.id for each in news.dormant] == ["vncu"]
    assert [each.event for each in news.recorded] == ["x", "f", "r"]
    assert (news.position - news.since_position, news.is_empty) == (4, False)
    assert (str(news.since), str(news.on)) == (FIRST, "2020-01-20")


def test_what_changed_is_what_a_comparison_tells(ledger: Ledger) -> None:
    then, now = ledger.view(FIRST, known_at=FIRST), ledger.view()

    assert now.news(since=FIRST).changed == then.compare(now)
    assert ledger.view(hindsight=False).news(FIRST).changed == ledger.view(
        FIRST, known_at=FIRST, hindsight=False
    ).compare(ledger.view(hindsight=False))


def test_a_position_stands_for_the_day_of_its_recording(ledger: Ledger) -> None:
    view = ledger.view()
    news = view.news(since=FIRST)

    assert view.news(since=news.since_position) == news
    assert [each.event for each in view.news(since=view.position - 1).recorded] == ["r"]
    assert view.news(since=view.position).recorded == ()
    assert str(view.news(since=view.position).since) == "2020-01-15"


def test_from_the_beginning_everything_is_new(ledger: Ledger) -> None:
    news = ledger.view().news(since=0)

    assert (news.since_position, len(news.recorded)) == (0, ledger.position - 1)
    assert {each.field for each in news.changed} == {None}
    assert ledger.view().news(since="1990-01-01").since_position == 0


def test_nothing_new_is_said_in_one_line(ledger: Ledger) -> None:
    news = ledger.view().news(since="2020-01-20")

    assert news.is_empty
    assert str(news) == "News of 2020-01-20 since 2020-01-20: none"
    assert words().text("nothing_listed") in shown(news)


def test_news_print_the_main_changes_and_count_the_others(ledger: Ledger) -> None:
    news = ledger.view().news(since=FIRST)

    assert [(each.id, each.field) for each in news.main_changes] == [
        *(("vnfr", "flags"), ("vncu", "flags"), ("old", "status"))
    ]
    assert set(news.main_changes) < set(news.changed)
    assert str(news).endswith("\n\n5 more changes: dates, sums, names")


def test_news_print_as_tables_below_their_names(ledger: Ledger) -> None:
    news = ledger.view().news(since=FIRST)
    page, html = str(news), shown(news)

    assert page.startswith("News of 2020-01-20 since 2019-12-31\n\nDue: 1 commitment\n\n")
    heads = [line for line in page.splitlines() if line.partition(":")[2].lstrip()[:1].isdigit()]
    assert [line.partition(":")[0] for line in heads] == [
        *("Due", "Overdue", "Expired", "Renewed", "Dormant", "Recorded", "Changed")
    ]
    assert repr(news) == "News(News of 2020-01-20 since 2019-12-31 Due:…)"
    assert [html.count(f">{word}<") for word in ("Due soon", "Overdue", "Silent for long")] == [
        *(1, 1, 1)
    ]
    assert as_dict(news)["since"] == FIRST


def test_news_end_with_the_view_and_not_before(ledger: Ledger) -> None:
    view = ledger.view()
    for since in ("2020-01-21", view.position + 1):
        with pytest.raises(ArgumentError, match="comes after this view, of 2020-01-20"):
            view.news(since=since)
    for wrong in ("2020", -1, None):
        with pytest.raises(ArgumentError, match="since"):
            view.news(since=wrong)  # type: ignore[arg-type]


def test_a_view_of_the_past_has_its_own_news(ledger: Ledger) -> None:
    assert [each.id for each in ledger.view("2020-01-11").news(since=FIRST).dormant] == ["vnfr"]
    late = ledger.view("2020-01-11").news(since=FIRST).overdue
    assert [each.id for each in late] == ["late"]
    left_out = ledger.view().without("f").news(since=FIRST)
    assert [each.event for each in left_out.recorded] == ["x", "r"]


@pytest.fixture(name="large", params=["memory", "file"])
def _large(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Ledger, Clock]]:
    """Return a ledger with many partnerships, whose answers are kept in memory or in the file."""
    clock = Clock(f"{FIRST}T12:00:00+00:00")
    store = SqliteStore(tmp_path / "log.db") if request.param == "file" else None
    ledger = office(clock=clock, store=store)
    for number in range(60):
        ledger.record(
            events.PartnershipOpened(partnership=f"p{number}", parties=["vn", "fr"]),
            events.InstrumentRegistered(
                instrument=f"i{number}", partnership=f"p{number}", kind="mou"
            ),
            events.InstrumentSigned(instrument=f"i{number}", until="2030", when="2019-06-01"),
            events.CommitmentMade(
                commitment=f"c{number}",
                partnership=f"p{number}",
                debtors="vn",
                creditors="fr",
                what="a",
                due="2029",
                when="2019-06-01",
            ),
        )
    ask_all(ledger.view())
    yield ledger, clock
    ledger.close()


def ask_all(view: View) -> None:
    """Ask for all lists, so that their answers are kept."""
    for ask in (view.partnerships, view.instruments, view.proposals, view.meetings):
        ask()
    view.commitments(open=None)


def test_news_fold_what_changed_alone(
    large: tuple[Ledger, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 60 partnerships one changed since: the others are looked at neither then nor now."""
    ledger, clock = large
    clock.set("2020-01-20T12:00:00+00:00")
    ledger.record(events.CommitmentFulfilled(id="f", commitment="c7", when="2020-01-19"))
    folds = Calls(monkeypatch, Partnership, "__init__")
    folds.of(Commitment, "__init__").of(Instrument, "__init__")
    news = ledger.view().news(since=FIRST)

    assert {each.id for each in news.changed} == {"p7", "c7"}
    assert folds.count < 60
