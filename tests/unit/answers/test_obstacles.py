"""Obstacles: what is listed, by whom and what they lie with, and the flag on their subject."""

import pytest

from coopledger import Ledger, events
from coopledger.errors import UnknownIdError
from coopledger.events import Event
from tests.builders import build_event, office

TEXT = events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou")
PUT = events.ProposalMade(
    id="p", proposal="lab", partnership="vnfr", by="vn", text="a lab", when="2015-01-01"
)
PROMISE = events.CommitmentMade(
    id="c",
    commitment="copies",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="send copies",
    when="2015-01-01",
)
DAY = "2016-06-01"


def reported(obstacle: str, subject: str, when: str, **fields: object) -> Event:
    words = {"text": f"no {obstacle}", **fields}
    return events.ObstacleReported(
        id=obstacle[0],
        obstacle=obstacle,
        subject=subject,
        when=when,
        **words,  # type: ignore[arg-type]  # each of its own type
    )


VISA = reported("visa", "mou", "2015-03-01", lies_with=["Ministry", "fr"], via="the embassy")
MONEY = reported("money", "copies", "2015-02", lies_with="the bank")
REMOVED = events.ObstacleRemoved(id="x", obstacle="visa", when="2015-09-01")


@pytest.fixture(name="ledger")
def _ledger() -> Ledger:
    named = events.PartyRenamed(party="most", name="Ministry", when="2010-01-01")
    return office(named, TEXT, PUT, PROMISE, VISA, MONEY, REMOVED)


def test_open_obstacles_are_listed_the_oldest_first(ledger: Ledger) -> None:
    assert [each.id for each in ledger.view("2015-03-31").obstacles()] == ["money", "visa"]
    assert [each.id for each in ledger.view(DAY).obstacles()] == ["money"]
    assert [each.id for each in ledger.view(DAY).obstacles(open=False)] == ["visa"]
    assert [each.id for each in ledger.view(DAY).obstacles(open=None)] == ["money", "visa"]
    assert ledger.view("2015-01-31").obstacles(open=None) == ()


def test_an_obstacle_says_what_it_is_and_since_when(ledger: Ledger) -> None:
    money, visa = ledger.view(DAY).obstacles(open=None)

    assert str(visa) == (
        "no visa (visa): in the way of mou; since 2015-03-01; removed 2015-09-01; "
        "lies with Ministry, fr; via the embassy"
    )
    assert str(money) == (
        "no money (money): in the way of copies; open since 2015-02-28~; lies with the bank"
    )
    assert (visa.partnership, visa.is_open, visa.decided_by) == ("vnfr", False, ("v", "x"))
    assert (money.partnership, money.certain, money.since_certain) == ("vnfr", False, False)


@pytest.mark.parametrize(
    ("lies_with", "found"),
    [("most", ["visa"]), ("Ministry", ["visa"]), ("fr", ["visa"]), ("The Bank", ["money"])],
)
def test_a_party_is_found_by_its_id_and_by_its_names(
    ledger: Ledger, lies_with: str, found: list[str]
) -> None:
    obstacles = ledger.view(DAY).obstacles(lies_with=lies_with, open=None)

    assert [each.id for each in obstacles] == found


def test_obstacles_of_one_subject_are_listed(ledger: Ledger) -> None:
    view = ledger.view("2015-06-01")

    assert [each.id for each in view.obstacles(subject="copies")] == ["money"]
    with pytest.raises(UnknownIdError):
        view.obstacles(subject="vn")


def test_the_subject_and_its_partnership_are_flagged_until_the_removal(ledger: Ledger) -> None:
    then, now = ledger.view("2015-08-31"), ledger.view("2015-09-01")

    assert then.instrument("mou").flags == ("obstructed",)
    assert str(then.instrument("mou").obstructed_since) == "2015-03-01"
    assert "v" in then.instrument("mou").decided_by
    assert (now.instrument("mou").flags, now.instrument("mou").obstructed_since) == ((), None)
    assert now.commitment("copies").flags == ("obstructed", "undated")
    assert now.partnership("vnfr").flags == ("obstructed",)
    assert str(now.partnership("vnfr").obstructed_since) == "2015-02-28"


@pytest.mark.parametrize("subject", ["lab", "vnfr"])
def test_proposals_and_partnerships_have_obstacles_too(subject: str) -> None:
    view = office(PUT, reported("law", subject, "2015-02-01")).view(DAY)
    answer = view.proposal("lab") if subject == "lab" else view.partnership("vnfr")

    assert (answer.flags, str(answer.obstructed_since)) == (("obstructed",), "2015-02-01")
    assert "obstructed" in str(answer)


def test_an_obstacle_has_its_words_for_a_title_and_stands_in_the_timeline(ledger: Ledger) -> None:
    view = ledger.view(DAY)
    entries = [each for each in view.timeline("vnfr") if each.type.startswith("Obstacle")]

    assert view.title("visa") == "no visa"
    assert [(each.about, each.text) for each in entries] == [
        *(("copies", "no money"), ("mou", "no visa"), ("visa", "")),
    ]
    assert list(map(str, entries[1].more)) == [
        *("lies with Ministry, France", "through the embassy"),
    ]


def test_obstacles_are_listed_by_partnership_party_and_country(ledger: Ledger) -> None:
    view = ledger.view(DAY)

    assert [each.id for each in view.obstacles(partnership="vnfr")] == ["money"]
    assert view.obstacles(partnership="vncu") == view.obstacles(party="cu") == ()
    assert [each.id for each in view.obstacles(country="FR", party="vn")] == ["money"]


@pytest.mark.parametrize(
    ("subject", "told"),
    [("mou", "in its way: no visa (visa)"), ("copies", "in its way: no money (money)")],
)
def test_the_reason_of_a_thing_tells_what_is_in_its_way(
    ledger: Ledger, subject: str, told: str
) -> None:
    assert told in ledger.view("2015-06-01").explain(subject).details


def test_what_became_an_obstacle_is_a_difference(ledger: Ledger) -> None:
    rows = ledger.view("2015-01-15").compare(ledger.view(DAY))

    assert [(each.noun, each.id) for each in rows if each.noun == "obstacle"] == [
        *(("obstacle", "money"), ("obstacle", "visa")),
    ]


def test_who_was_asked_last_about_it_is_told_while_it_stands(ledger: Ledger) -> None:
    def asked(name: str, when: str, **fields: object) -> Event:
        words = {"subject": "mou", "by": "vn", **fields}
        return build_event(events.ReminderSent, {"id": name, "when": when, **words})

    ledger.record(
        asked("early", "2015-02-01", to="fr"),
        asked("a", "2015-04-01", to="fr"),
        asked("b", "2015-05", via="the embassy"),
        asked("late", "2015-10-01"),
        asked("other", "2015-11-01", subject="copies"),
    )
    then, [money, visa] = ledger.view("2015-04-30"), ledger.view(DAY).obstacles(open=None)
    [first] = then.obstacles(subject="mou")

    assert (str(first.last_asked), first.asked, first.decided_by) == (
        *("2015-04-01", ("fr",), ("v", "a")),
    )
    assert (str(visa.last_asked), visa.asked, visa.certain) == ("2015-05", ("the embassy",), True)
    assert (str(money.last_asked), money.asked) == ("2015-11-01", ())
    assert "asked fr 2015-04-01" in str(first)
    assert "; asked 2015-11-01" in str(money)
