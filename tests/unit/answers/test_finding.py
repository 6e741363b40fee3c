"""Finding: things by the words that were said about them."""

import pytest

from coopledger import Ledger, View, events
from coopledger._facts import known_words
from coopledger._facts.visible import Visible
from coopledger._folding import holds, words
from coopledger.answers import Found, Passage
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.events._texts import texts_in
from coopledger.events.envelope import subjects
from coopledger.stores import MemoryStore
from tests.builders import NAME, Clock, office
from tests.counting import Calls
from tests.golden.logs import VERSIONS, restore_log

SAID: tuple[Event, ...] = (
    events.PartyRegistered(
        id="hust",
        party="hust",
        name="Đại học Bách khoa Hà Nội",
        kind="university",
        acronyms="HUST",
        parent="most",
    ),
    events.InstrumentRegistered(
        id="mou",
        instrument="mou",
        partnership="vnfr",
        kind="mou",
        title="MoU on semiconductors",
        tags=["chips", "Vi mạch"],
        documents={"title": "Signed copy", "address": "archive/17"},
    ),
    events.MeetingHeld(
        id="visit",
        meeting="hue",
        partnership="vncu",
        kind="visit",
        when="2022-08-16",
        place={"name": "Huế", "country": "VN"},
        topics=["semiconductors", "半导体合作"],
        participants={"person": "Zhao Xinli", "post": "Director", "party": "cu"},
        source="minutes of the visit",
    ),
    events.NoteAdded(id="note", subject=["mou", "hue"], text="ask for the annex in Huế"),
    events.CommitmentMade(
        id="pledge",
        commitment="c",
        partnership="vnfr",
        debtors="vn",
        creditors="fr",
        what="send a curriculum on chips",
        when="2023-01-10",
    ),
)


@pytest.fixture(name="ledger")
def _ledger() -> Ledger:
    return office(*SAID)


@pytest.fixture(name="view")
def _view(ledger: Ledger) -> View:
    return ledger.view("2023-06-01")


def ids(view: View, text: str, **filters: object) -> list[str]:
    """Return the ids of what is found."""
    return [found.id for found in view.find(text, **filters)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dai hoc", ["hust"]),
        ("ĐẠI HỌC", ["hust"]),
        ("hust", ["hust"]),
        ("semiconductor", ["mou", "hue"]),
        ("hue", ["hue", "mou"]),
        ("vi mach", ["mou"]),
        ("chips", ["mou", "c"]),
        ("xinli", ["hue"]),
        ("director", ["hue"]),
        ("合作", ["hue"]),
        ("作合", []),
        ("signed", ["mou"]),
        ("minutes", ["hue"]),
        ("annex hue", ["mou", "hue"]),
        ("annex paris", []),
        ("conductor", []),
        ("archive", []),
    ],
)
def test_things_are_found_by_what_was_said_of_them(view: View, text: str, found: list[str]) -> None:
    assert ids(view, text) == found


def test_what_is_found_says_where_it_was_said(view: View) -> None:
    visit = view.find("hue")[0]

    assert visit == Found(
        id="hue",
        noun="meeting",  # type: ignore[arg-type]  # a word of the list
        title="visit in Huế",
        passages=(
            Passage(field="place.name", text="Huế", event="visit"),
            Passage(field="text", text="ask for the annex in Huế", event="note"),
        ),
        decided_by=("visit", "note"),
    )
    assert (visit.where, visit.text) == ("place.name, text", "Huế")
    assert str(visit) == (
        "visit in Huế (hue): meeting; place.name: Huế; text: ask for the annex in Huế"
    )
    assert repr(view.find("hue")) == "Answers(2 found)"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"noun": "meeting"}, ["hue"]),
        ({"partnership": "vnfr"}, ["mou"]),
        ({"party": "fr"}, ["mou"]),
        ({"party": "cu"}, ["hue"]),
        ({"country": "VN"}, ["mou", "hue"]),
        ({"tag": "CHIPS"}, ["mou"]),
    ],
)
def test_what_is_found_is_narrowed(
    view: View, filters: dict[str, object], found: list[str]
) -> None:
    assert ids(view, "semiconductor", **filters) == found


def test_a_promise_is_found_from_its_day_on_and_a_text_on_every_day(ledger: Ledger) -> None:
    assert ids(ledger.view("2023-01-09"), "chips") == ["mou"]
    assert ids(ledger.view("2023-01-10"), "chips") == ["mou", "c"]


def test_what_was_corrected_is_found_by_its_new_words_and_then_by_the_old_ones() -> None:
    clock = Clock("2023-06-01")
    ledger = office(*SAID, clock=clock)
    clock.set("2023-07-01")
    ledger.record(
        events.EventCorrected(target="visit", changes={"place": "Đà Nẵng"}, reason="a slip"),
        events.EventRetracted(target="note", reason="of another visit"),
    )
    now, then = ledger.view("2023-07-01"), ledger.view("2023-07-01", known_at="2023-06-15")

    assert (ids(now, "hue"), ids(now, "da nang"), ids(now, "slip")) == ([], ["hue"], [])
    assert (ids(then, "hue"), ids(then, "da nang")) == (["hue", "mou"], [])
    assert ids(now.without("visit"), "da nang") == []


def test_what_was_registered_twice_is_found_once_under_the_id_that_stands(ledger: Ledger) -> None:
    ledger.record(
        events.PartyRegistered(
            party="bk", name="Bach Khoa", kind="university", other_names="Polytechnic", note="new"
        ),
        events.SameAs(duplicate="bk", same_as="hust"),
    )
    view = ledger.view("2023-06-01")

    assert ids(view, "bach khoa") == ["hust"]
    assert ids(view, "polytechnic") == ["hust"]
    assert [each.event for each in view.find("bach khoa")[0].passages] == ["hust"] * 2


def test_later_views_find_what_was_recorded_since_and_earlier_ones_do_not(ledger: Ledger) -> None:
    before = ledger.view("2023-06-01")
    assert ids(before, "lidar") == []
    ledger.record(events.NoteAdded(subject="vnfr", text="a lidar for the delta"))

    assert ids(ledger.view("2023-06-01"), "lidar") == ["vnfr"]
    assert ids(before, "lidar") == []


def test_an_event_that_was_refused_is_not_found(ledger: Ledger) -> None:
    ledger.view("2023-06-01").find("lidar")
    ledger.record(events.NoteAdded(subject="vnfr", text="a lidar"), dry_run=True)
    ledger.record(events.NoteAdded(subject="vnfr", text="a sonar"))

    assert ids(ledger.view("2023-06-01"), "lidar") == []
    assert ids(ledger.view("2023-06-01"), "sonar") == ["vnfr"]


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b"])
def test_a_text_without_words_is_refused(view: View, text: str) -> None:
    with pytest.raises(ArgumentError, match=r"^text=.*(say something|no letter or digit)"):
        view.find(text)


@pytest.mark.parametrize("version", VERSIONS)
def test_in_a_golden_log_the_same_is_found_as_by_reading_all_of_it(version: str) -> None:
    _, ledger = restore_log(version)
    texts = [text for item in ledger.events() for _, text in texts_in(item.event)]
    known = sorted({word for text in texts for word in words(text)})
    for known_at in (None, "2024-03-01", "2022-03-31"):
        view = ledger.view("2040-01-01", known_at=known_at)
        visible: Visible = view._snapshot.visible  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - facts of all
        if visible.merged.same:
            continue
        facts = [fact for fact in visible.all() if any(map(visible.noun_of, subjects(fact.event)))]
        for word in known:
            found = {event for each in view.find(word) for event in each.decided_by}

            assert found == {
                fact.id
                for fact in facts
                if any(holds(text, word) for _, text in texts_in(fact.event))
            }


def test_only_what_is_new_is_read_for_the_next_search(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []
    for number in (3, 30):
        store = MemoryStore()
        office(*SAID, store=store)
        ledger = Ledger(store, name=NAME, clock=Clock("2023-06-01"))
        ledger.record(
            *(events.NoteAdded(subject="vnfr", text=f"word{each}") for each in range(number))
        )
        ledger.view("2023-06-01").find("semiconductor")
        ledger.record(events.NoteAdded(subject="vnfr", text="a semiconductor"))
        with monkeypatch.context() as patch:
            calls = Calls(patch, known_words, "words_of")
            ledger.view("2023-06-01").find("semiconductor")
            counts.append(calls.count)

    assert counts == [1, 1]
