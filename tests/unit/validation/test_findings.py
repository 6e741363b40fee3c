"""Every refusal and every warning, word for word; a refusal leaves the store as it was."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import coopledger
from coopledger import events
from coopledger._log.vocabulary import TAGS
from coopledger.errors import RefusedError
from coopledger.stores import MemoryStore, Store
from coopledger.stores.sqlite import SqliteStore
from docs.parts.codes import codes_of
from tests.builders import Clock, numbered, office, rows
from tests.unit.validation.case import Case
from tests.unit.validation.commitments import COMMITMENTS
from tests.unit.validation.cooperation import COOPERATION
from tests.unit.validation.corrections import CORRECTIONS
from tests.unit.validation.families import FAMILIES
from tests.unit.validation.general import GENERAL
from tests.unit.validation.instruments import INSTRUMENTS
from tests.unit.validation.meetings import MEETINGS
from tests.unit.validation.mergers import MERGERS
from tests.unit.validation.participants import PARTICIPANTS
from tests.unit.validation.parties import PARTIES
from tests.unit.validation.proposals import PROPOSALS

CASES = [
    *(*GENERAL, *PARTIES, *MEETINGS, *PROPOSALS, *INSTRUMENTS),
    *(*COMMITMENTS, *CORRECTIONS, *FAMILIES, *PARTICIPANTS, *COOPERATION, *MERGERS),
]
REFUSED = [case for case in CASES if case.code.startswith("E")]
WARNED = [case for case in CASES if case.code.startswith("W")]
NAMES = {id(case): f"{case.code}-{number}" for number, case in enumerate(CASES, 1)}
CODE = re.compile(r"\b[EW][0-9]{3}\b")

new_name = numbered("ledger-")


@pytest.fixture(scope="module", params=["memory", "sqlite"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Yield one store for all cases, which each write to a ledger of their own."""
    if request.param == "memory":
        yield MemoryStore()
        return
    path = tmp_path_factory.mktemp("logs") / "log.db"
    with closing(SqliteStore(path, durability="fast")) as log:
        yield log


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: NAMES[id(case)])
def test_a_refusal_names_everything_and_changes_nothing(store: Store, case: Case) -> None:
    name = new_name()
    ledger = office(*case.given, store=store, name=name)
    before = rows(store, name), store.head(name), ledger.view().partnerships()

    with pytest.raises(RefusedError) as refused:
        ledger.record(case.act())

    assert str(refused.value) == case.message
    assert (rows(store, name), store.head(name), ledger.view().partnerships()) == before


@pytest.mark.parametrize("case", WARNED, ids=lambda case: NAMES[id(case)])
def test_a_warning_names_everything_and_the_event_is_recorded(store: Store, case: Case) -> None:
    name = new_name()
    ledger = office(*case.given, store=store, name=name)
    before = rows(store, name)

    receipt = ledger.record(case.act())

    assert [str(warning) for warning in receipt.warnings] == [case.message]
    assert rows(store, name)[:-1] == before
    assert rows(store, name)[-1].event_id == "t"


def test_every_code_of_the_package_has_a_case_here() -> None:
    package = Path(coopledger.__file__).parent
    codes = {
        code
        for file in package.rglob("*.py")
        for code in CODE.findall(file.read_text(encoding="utf-8"))
    }

    assert {case.code for case in CASES} | {"W107", "W109"} == codes


def test_every_event_type_that_can_bring_a_code_has_a_case_for_it() -> None:
    pairs = {tuple(line.split()[:2]) for case in CASES for line in case.message.splitlines()}
    missing = [
        (code, cls.__name__)
        for _, cls in TAGS.values()
        for code in codes_of(cls)
        if code[0] in "EW" and (code, cls.__name__) not in pairs
    ]

    assert missing == []


def test_an_event_recorded_again_after_its_retraction_is_said_not_to_count() -> None:
    ledger = office()
    note = events.NoteAdded(id="n", subject="vnfr", text="a")
    ledger.record(note, events.EventRetracted(id="r", target="n", reason="a slip"))

    receipt = ledger.record(note)

    assert receipt.replayed
    assert list(map(str, receipt.warnings)) == [
        (
            "W107 NoteAdded 'n': id: was retracted by 'r' and does not count: "
            "to record it once more, give it a new id"
        )
    ]


def test_a_clock_behind_the_last_record_is_told_once_in_a_receipt_and_acts_are_by_the_clock() -> (
    None
):
    clock = Clock("2033-05-01")
    ledger = office(clock=clock)
    clock.set("2024-03-01")
    first, second = (
        events.NoteAdded(id=id, subject="vnfr", text="a", when="2024") for id in ("t", "u")
    )

    receipt = ledger.record(first, second)

    assert list(map(str, receipt.warnings)) == [
        (
            "W109 NoteAdded 't': recorded_at: the clock says 2024-03-01T12:00:00.000000Z, and the "
            "last record time is 2033-05-01T12:00:00.000007Z: one of the clocks is wrong, and "
            "record times go on from there"
        )
    ]
    with pytest.raises(RefusedError) as refused:
        ledger.record(events.StatementMade(id="v", partnership="vnfr", text="a", when="2030"))
    assert str(refused.value).splitlines()[0] == (
        "E101 StatementMade 'v': when: 2030 is after the day of recording, 2024-03-01: "
        "record it once it has happened"
    )


def test_a_clock_that_is_a_minute_behind_is_no_reason_to_warn() -> None:
    clock = Clock("2024-03-01T12:01:00Z")
    ledger = office(clock=clock)
    clock.set("2024-03-01T12:00:00.000007Z")

    assert ledger.record(events.NoteAdded(subject="vnfr", text="a")).warnings == ()

    clock.set("2024-03-01T12:00:00.000006Z")
    assert [
        each.code for each in ledger.record(events.NoteAdded(subject="vnfr", text="b")).warnings
    ] == ["W109"]


def test_a_batch_is_refused_as_a_whole_for_one_bad_event() -> None:
    store = MemoryStore()
    ledger = office(store=store)
    before = rows(store)
    good, bad = PROPOSALS[2].given[0], PROPOSALS[2].act()

    with pytest.raises(RefusedError):
        ledger.record(good, bad)

    assert rows(store) == before


def test_an_id_that_another_event_still_brings_in_is_no_reason_to_warn() -> None:
    wish = events.InterestExpressed(
        id="w", proposal="p1", partnership="vnfr", by="vn", when="2019", source="minutes"
    )
    put = events.ProposalMade(
        id="p", proposal="p1", partnership="vnfr", by="vn", text="a", when="2020", source="minutes"
    )
    ledger = office(wish, put, events.NoteAdded(id="n", subject="p1", text="a"))

    receipts = [
        ledger.record(events.EventRetracted(target=name, reason="a slip")) for name in ("w", "n")
    ]

    assert [receipt.warnings for receipt in receipts] == [(), ()]
