"""Arguments are read strictly: a refusal names the argument and what would do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger, Ledgers, events
from coopledger.errors import ArgumentError, StoreError, UnknownIdError
from coopledger.stores import MemoryStore
from tests.builders import office

Call = Callable[[Any], object]

NOTE = events.NoteAdded(subject="vnfr", text="a")
TALKS = events.MeetingHeld(
    id="t1", meeting="m1", kind="talks", partnership="vnfr", series="jcm", number=1, when="2022"
)


# The arguments are wrong, and no type checker is to say so.
LEDGER: list[tuple[Call, str]] = [
    (
        lambda ledger: ledger.record([NOTE]),
        (
            "events=[NoteAdded(subject='vnfr', text='a')] is a list: "
            "give the events one by one, as in record(*events)"
        ),
    ),
    (
        lambda ledger: ledger.record([], by="ann"),
        "events=[] is a list: give the events one by one, as in record(*events)",
    ),
    (
        lambda ledger: ledger.record(events.NoteAdded),
        (
            "events=<class 'coopledger.events.reports.NoteAdded'> is the class: "
            "call it with its fields, as in NoteAdded(when=...)"
        ),
    ),
    (
        lambda ledger: ledger.record(events.Act(when="2022")),
        "events=Act(when='2022') is only what several types of events share: use one of those",
    ),
    (lambda ledger: ledger.record(3), "events=3 is no event of coopledger.events"),
    (lambda ledger: ledger.record(NOTE, by=5), "by=5 is no text"),
    (lambda ledger: ledger.record(NOTE, expect="3"), "expect='3' is no whole number"),
    (lambda ledger: ledger.record(NOTE, expect=-1), "expect=-1 is less than 0"),
    (
        lambda ledger: ledger.record(NOTE, dry_run="no"),
        "dry_run='no' is neither True nor False",
    ),
    (lambda ledger: ledger.events(after="2"), "after='2' is no whole number"),
    (
        lambda ledger: ledger.view("31/12/2022"),
        "on='31/12/2022' is not a date: did you mean 2022-12-31?",
    ),
    (
        lambda ledger: ledger.check("2022"),
        "on='2022' is not one certain day: a day is needed, e.g. 2022-08-16",
    ),
    (
        lambda ledger: ledger.view(known_at="2024"),
        (
            "known_at='2024' is neither a day nor an instant: give a day, e.g. 2022-08-16, "
            "or an instant, e.g. 2022-08-16T09:30:00+07:00"
        ),
    ),
    (
        lambda ledger: ledger.view(hindsight="no"),
        "hindsight='no' is neither True nor False",
    ),
]
VIEW: list[tuple[Call, str]] = [
    (lambda view: view.commitments(open="yes"), "open='yes' is neither True nor False"),
    (lambda view: view.commitments(late=1), "late=1 is neither True nor False"),
    (
        lambda view: view.commitments(conditions_met="no"),
        "conditions_met='no' is neither True nor False",
    ),
    (lambda view: view.instruments(incomplete=0), "incomplete=0 is neither True nor False"),
    (lambda view: view.expiring(within_days=-1), "within_days=-1 is less than 0"),
    (lambda view: view.agenda(within_days="5"), "within_days='5' is no whole number"),
    (
        lambda view: view.agenda(within_days=2**60),
        f"within_days={2**60} is more than {2**53}",
    ),
    (
        lambda view: view.proposals(waiting_days=True),
        "waiting_days=True is no whole number",
    ),
    (
        lambda view: view.signatures(period="31/12/2019"),
        "period='31/12/2019' is not a date: did you mean 2019-12-31?",
    ),
    (
        lambda view: view.commitments(partnership=["vnfr"]),
        "partnership=['vnfr'] is no id: give it as text",
    ),
    (lambda view: view.partnership(None), "id=None is no id: give it as text"),
    (lambda view: view.timeline(3), "partnership=3 is no id: give it as text"),
    (lambda view: view.series(4), "id=4 is no id: give it as text"),
    (lambda view: view.explain(["a"]), "id=['a'] is no id: give it as text"),
    (
        lambda view: view.meetings(status="helt"),
        (
            "status='helt' is not one of none, scheduled, held, postponed, cancelled, "
            "unrecorded; did you mean 'held'?"
        ),
    ),
    (
        lambda view: view.partnerships(country="UK"),
        "country='UK' is not a country code of ISO 3166-1 alpha-2; did you mean 'GB'?",
    ),
]
OPENING: list[tuple[Call, str]] = [
    (
        lambda ledger: ledger("office.db"),
        "store='office.db' is a path: use Ledger.open(path)",
    ),
    (
        lambda ledger: ledger.open(":memory:"),
        "address=':memory:' is no file: use Ledger.in_memory()",
    ),
    (
        lambda ledger: ledger.open("file:office.db?mode=ro"),
        (
            "address='file:office.db?mode=ro' is an address of SQLite: give the path of the file, "
            "with readonly=True to read only"
        ),
    ),
    (
        lambda ledger: ledger.open("FILE:office.db"),
        (
            "address='FILE:office.db' is an address of SQLite: give the path of the file, with "
            "readonly=True to read only"
        ),
    ),
    (
        lambda ledger: ledger.open("office.db", readonly="no"),
        "readonly='no' is neither True nor False",
    ),
    (
        lambda ledger: ledger.open(None),
        "address=None is no path of a file",
    ),
    (
        lambda ledger: ledger.open("a\0b"),
        r"address='a\x00b' is no path of a file: no name holds a NUL character",
    ),
    (
        lambda ledger: ledger.open("~nobody-known/office.db"),
        "address='~nobody-known/office.db' begins with the home folder of nobody who is known here",
    ),
    (
        lambda ledger: ledger.in_memory(name=" a"),
        "name=' a' has blanks at its ends; did you mean 'a'?",
    ),
    (
        lambda ledger: ledger.in_memory(timezone="Tokyo"),
        "timezone='Tokyo' is not a known time zone: did you mean Asia/Tokyo?",
    ),
    (
        lambda ledger: ledger.in_memory(strict={"W51"}),
        "strict='W51' is no code of a warning; did you mean 'W501'?",
    ),
    (
        lambda ledger: ledger.open("a.db", strict=["W105", "E501"]),
        "strict='E501' is no code of a warning; did you mean 'W501'?",
    ),
    (lambda ledger: ledger.in_memory(strict=[5]), "strict=5 is no code of a warning"),
    (
        lambda ledger: ledger.in_memory(strict=None),
        "strict=None is neither True or False nor codes of warnings, such as {'W105'}",
    ),
    (
        lambda ledger: ledger.open("a.db", durability="sure"),
        "durability='sure' is neither 'durable' nor 'fast'",
    ),
    *(
        (
            lambda ledger, seconds=seconds: ledger.open("a.db", lock_timeout_seconds=seconds),
            f"lock_timeout_seconds={seconds!r} is no number of seconds from 0 to 86400",
        )
        for seconds in (-1, True, "5", None, float("nan"), float("inf"), 86_401)
    ),
    (
        lambda ledger: ledger.open("a.db", pool_size=4),
        "pool_size=4 is for a PostgreSQL database: a file has no pool of connections, leave it out",
    ),
    (
        lambda ledger: ledger.open("postgresql://localhost/a", pool_size=0),
        "pool_size=0 is less than 1",
    ),
]
IDS: list[tuple[Call, str]] = [
    (lambda view: view.meeting("vnfr"), "E102 'vnfr' is a partnership, and no meeting"),
    (lambda view: view.explain("vn"), "E102 'vn' is a party, which has no state"),
    (
        lambda view: view.explain("t1"),
        "E102 't1' is an event (MeetingHeld m1), which has no state",
    ),
    (lambda view: view.instrument("mou"), "E102 unknown instrument 'mou'"),
    (
        lambda view: view.partnership("vnrf"),
        "E102 unknown partnership 'vnrf'; did you mean 'vnfr'?",
    ),
    (lambda view: view.series("jmc"), "E102 unknown series 'jmc'; did you mean 'jcm'?"),
]


@pytest.mark.parametrize(("call", "message"), LEDGER)
def test_a_ledger_refuses(call: Call, message: str) -> None:
    ledger = office()

    with pytest.raises(ArgumentError) as error:
        call(ledger)

    assert str(error.value) == message


@pytest.mark.parametrize(("call", "message"), VIEW)
def test_a_view_refuses(call: Call, message: str) -> None:
    view = office().view()

    with pytest.raises(ArgumentError) as error:
        call(view)

    assert str(error.value) == message


@pytest.mark.parametrize(("call", "message"), OPENING)
def test_no_ledger_is_opened(call: Call, message: str) -> None:
    with pytest.raises(ArgumentError) as error:
        call(Ledger)

    assert str(error.value).startswith(message)


def test_a_clock_gives_an_instant() -> None:
    ledger = Ledger.in_memory(clock=lambda: "noon")  # type: ignore[arg-type,return-value]

    with pytest.raises(ArgumentError, match="clock='noon' is no instant: give an aware datetime"):
        ledger.view()


def test_an_address_of_something_else_than_a_file_is_refused() -> None:
    with pytest.raises(StoreError) as error:
        Ledger.open("mysql://hop:secret@server/office")

    assert str(error.value) == "mysql://...: give the path of a file, or postgresql://..."


def test_an_address_in_place_of_a_store_is_refused_without_its_password() -> None:
    with pytest.raises(ArgumentError) as error:
        Ledger("postgresql://hop:secret@server/office")  # type: ignore[arg-type]

    assert str(error.value) == "store=... is a path: use Ledger.open(path)"


def test_a_file_may_lie_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    with Ledger.open(Path("~", "office.db")) as ledger:
        assert ledger.position == 0

    assert (tmp_path / "office.db").exists()


@pytest.mark.parametrize(("call", "message"), IDS)
def test_an_unknown_id_is_told_with_what_it_stands_for_or_what_is_near(
    call: Call, message: str
) -> None:
    view = office(TALKS).view()

    with pytest.raises(UnknownIdError) as error:
        call(view)

    assert str(error.value) == message


def test_a_proposal_put_on_the_day_has_waited_for_no_day() -> None:
    put = events.ProposalMade(
        proposal="p1", partnership="vnfr", by="vn", text="a", when="2022-08-16"
    )
    ledger = office(put)

    assert [item.id for item in ledger.view("2022-08-16").proposals(waiting_days=0)] == ["p1"]
    assert ledger.view("2022-08-16").proposals(waiting_days=1) == ()


def test_an_unknown_option_is_named(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with pytest.raises(TypeError, match="unexpected keyword argument 'timezon'"):
        Ledger.open(path, timezon="Asia/Tokyo")  # type: ignore[call-arg]
    assert not path.exists()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Ledger.in_memory(zone="UTC"),  # type: ignore[call-arg]
            "Ledger got an unexpected keyword argument 'zone'; did you mean 'timezone'?",
        ),
        (
            lambda: Ledger(MemoryStore(), foo=1),  # type: ignore[call-arg]
            (
                "Ledger got an unexpected keyword argument 'foo': its options are timezone, "
                "clock, ids, strict, packs, readonly"
            ),
        ),
        (
            lambda: Ledgers(MemoryStore(), pack=()),  # type: ignore[call-arg]
            "Ledgers got an unexpected keyword argument 'pack'; did you mean 'packs'?",
        ),
    ],
    ids=["in memory", "on a store", "ledgers"],
)
def test_an_unknown_option_names_the_class_that_was_called(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(TypeError) as refused:
        call()

    assert str(refused.value) == message
