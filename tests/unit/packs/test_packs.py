"""Packs: event types, checks, duties and projections of one's own."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import attrs
import pytest

from coopledger import Ledger, View, events
from coopledger._recording.recorder import Strict
from coopledger.errors import (
    ArgumentError,
    Finding,
    MissingPackError,
    RefusedError,
    UnknownIdError,
)
from coopledger.events import Event
from coopledger.packs import Candidate, Obligation, Pack, event, readers
from coopledger.testing import Scenario, given
from tests.unit.packs.lab import LAB, START, DeviceLent, device_lent


def office(*acts: Event, **options: object) -> Ledger:
    """Return a ledger with the pack of the laboratory."""
    ledger = Ledger.in_memory(packs=[LAB], **options)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ledger.record(*START, *acts)
    return ledger


def test_an_event_of_a_pack_lies_in_the_log_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with Ledger.open(path, packs=[LAB]) as ledger:
        ledger.record(*START, device_lent(id="d1"))
    with Ledger.open(path, packs=[LAB]) as ledger:
        assert [item.event for item in ledger.events()][-1] == device_lent(id="d1")
        assert ledger.verify().fault is None
        assert [line.event for line in ledger.view("2024-12-31").timeline("ocean")][-1] == "d1"


def test_without_its_pack_a_log_is_not_read_in_part(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with Ledger.open(path, packs=[LAB]) as ledger:
        ledger.record(*START, device_lent())
    with Ledger.open(path) as ledger, pytest.raises(MissingPackError, match="packs="):
        ledger.view("2024-12-31")


def test_an_event_of_a_pack_is_refused_where_the_pack_is_missing() -> None:
    ledger = Ledger.in_memory()
    ledger.record(*START)

    with pytest.raises(ArgumentError, match="is of a pack that this ledger does not have"):
        ledger.record(device_lent())


def test_ids_in_an_event_of_a_pack_are_known_or_refused() -> None:
    with pytest.raises(RefusedError, match="unknown partnership 'oceans'; did you mean 'ocean'"):
        office(device_lent(partnership="oceans"))


def test_its_faults_are_named_all_at_once() -> None:
    with pytest.raises(RefusedError) as refused:
        device_lent(device="", back="yes", ship="x")

    assert [(item.code, item.field) for item in refused.value.findings] == [
        ("E103", None),
        ("E106", "device"),
        ("E106", "back"),
    ]


def test_an_event_of_a_pack_can_be_corrected_and_retracted() -> None:
    ledger = office(
        device_lent(id="d1"),
        device_lent("buoy", id="d2"),
        events.EventCorrected(target="d1", changes={"device": "camera"}, reason="misread"),
        events.EventRetracted(target="d2", reason="never left"),
    )

    assert [each.device for each in ledger.view("2024-12-31").events(DeviceLent)] == ["camera"]


def test_a_deed_is_contact_and_activity() -> None:
    partnership = office(device_lent()).view("2024-12-31").partnership("ocean")

    assert (partnership.stage, str(partnership.last_activity)) == ("contact", "2024-05-31~")


@event
@attrs.frozen(kw_only=True)
class DeviceReserved(events.Contact):
    """A device is promised to a partner."""

    partnership: str = attrs.field(converter=readers.identifier)


def test_a_contact_is_no_activity() -> None:
    reserving = Pack(name="desk", types={"desk.device-reserved": (1, DeviceReserved)})
    ledger = Ledger.in_memory(packs=[LAB, reserving])
    ledger.record(*START, DeviceReserved(partnership="ocean", when="2024-05-31"))
    partnership = ledger.view("2024-12-31").partnership("ocean")

    assert (partnership.stage, partnership.last_activity) == ("contact", None)


def scenario(*events: Event, strict: Strict = False) -> Scenario:
    """Return a scenario with the pack of the laboratory."""
    return given(*START, *events, packs=[LAB], strict=strict)


def test_a_check_of_a_pack_refuses_and_nothing_is_written() -> None:
    refused = scenario().when(device_lent("sonar"), device_lent("nothing"))

    refused.then_refused("E-LAB-1", saying="device: 'nothing' cannot be lent")
    assert refused.ledger.position == len(START)


def test_a_check_of_a_pack_warns() -> None:
    scenario().when(device_lent("old sonar")).then_warned("W-LAB-1").then_not_warned("W105")


@pytest.mark.parametrize("strict", [True, {"W-LAB-1"}])
def test_a_strict_ledger_refuses_the_warnings_of_packs_too(strict: Strict) -> None:
    scenario(strict=strict).when(device_lent("old sonar")).then_refused("W-LAB-1")


def test_a_correction_meets_the_checks_of_packs() -> None:
    slip = events.EventCorrected(target="d1", changes={"device": "nothing"}, reason="slip")

    scenario(device_lent(id="d1")).when(slip).then_refused("E-LAB-1")


def test_duties_are_derived_for_the_day_asked() -> None:
    ledger = office(device_lent(id="d1"), device_lent("buoy", id="d2", back=True))
    soon = ledger.view("2024-12-10").duties()
    late = ledger.view("2025-01-10").duties(status="overdue")

    assert [(duty.status, duty.days_overdue) for duty in soon] == [
        ("due_soon", None),
        ("done", None),
    ]
    assert [(duty.what, duty.days_overdue, duty.decided_by) for duty in late] == [
        ("return the sonar", 10, ("d1",))
    ]
    assert str(late[0]) == (
        "2024 ocean: university to return the sonar, overdue by 10 days (lending rules)"
    )
    assert [duty.status for duty in ledger.view("2024-06-01").duties(within_days=5)] == [
        "pending",
        "done",
    ]


def test_a_view_without_an_event_knows_no_duty_from_it() -> None:
    ledger = office(device_lent(id="d1"))

    assert ledger.view("2024-12-10").without("d1").duties() == ()


def test_a_projection_is_asked_by_its_name() -> None:
    view = office(device_lent(), device_lent("buoy")).view("2024-12-31")

    assert view.query("devices") == ("sonar", "buoy")
    assert view.query("devices", partnership="ocean") == ("sonar", "buoy")
    with pytest.raises(ArgumentError, match="is asked by no pack; did you mean 'devices'"):
        view.query("device")


def test_events_count_by_the_day_in_the_order_of_replay() -> None:
    ledger = office(device_lent("late", when="2024-09-01"), device_lent("early", when="2024-01-01"))

    assert [each.device for each in ledger.view("2024-12-31").events(DeviceLent)] == [
        "early",
        "late",
    ]
    assert [each.device for each in ledger.view("2024-05-31").events(DeviceLent)] == ["early"]
    assert len(ledger.view("2024-05-31").events(Event)) == len(START) + 1
    with pytest.raises(ArgumentError, match="is no class of events"):
        ledger.view("2024-05-31").events("DeviceLent")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


REFUSED: list[tuple[object, str]] = [
    ([LAB, Pack(name="lab")], "packs='lab' is given twice: each name once"),
    (["lab"], "packs='lab' is no pack: give values of packs.Pack"),
    (
        [Pack(name="laboratory", types=LAB.types)],
        "packs='lab.device-lent' is no tag of pack 'laboratory': begin it with 'laboratory.'",
    ),
    (
        [LAB, Pack(name="other", projections=LAB.projections)],
        "packs='devices' is given twice: each name once",
    ),
]


SHAPES: list[tuple[dict[str, object], str]] = [
    (
        {"types": {"lab.x": DeviceLent}},
        "gives no types: write {'lab.sample-sent': (1, SampleSent)}",
    ),
    ({"types": None}, "types=None gives no types: write {'lab.sample-sent': (1, SampleSent)}"),
    ({"steps": {"lab.x": 1}}, "gives no steps: write {('lab.sample-sent', 1): a_function}"),
    ({"checks": DeviceLent}, "gives no checks: write [(SampleSent, a_function)]"),
    ({"checks": [3]}, "checks=(3,) gives no checks: write [(SampleSent, a_function)]"),
    ({"duties": 3}, "duties=3 gives no duties: write [a_function]"),
    ({"projections": {"x": 3}}, "gives no projections: write {'name': a_function}"),
]


@pytest.mark.parametrize(("fields", "message"), SHAPES)
def test_a_pack_tells_which_of_its_fields_is_of_no_use(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(ArgumentError) as refused:
        Pack(name="lab", **fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    assert str(refused.value).endswith(message)


@pytest.mark.parametrize("packs", [None, 1])
def test_what_is_no_pack_is_refused(packs: object) -> None:
    with pytest.raises(ArgumentError, match="is no pack: give values"):
        Ledger.in_memory(packs=packs)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_one_pack_alone_counts_as_one() -> None:
    assert Ledger.in_memory(packs=LAB).record(*START, device_lent()).warnings == ()


def test_the_code_of_a_pack_says_what_it_is() -> None:
    def odd(candidate: Candidate) -> Iterator[Finding]:
        """Yield a code that neither refuses nor warns."""
        yield Finding("Q1", f"{candidate.today}")

    ledger = Ledger.in_memory(packs=[Pack(name="odd", checks=((Event, odd),))])
    with pytest.raises(ArgumentError, match="begin it with E- to refuse, or with W- to warn"):
        ledger.record(*START)


def test_a_rule_that_names_what_nobody_knows_is_at_fault() -> None:
    def wrong(view: View) -> Iterator[Obligation]:
        """Yield a duty of nobody."""
        because = view.events(Event)[0]
        yield Obligation(
            rule="r", what="w", about="ocean", owed_by="nobody", due="2024", because=because
        )

    ledger = Ledger.in_memory(packs=[Pack(name="wrong", duties=(wrong,))])
    ledger.record(*START)
    with pytest.raises(UnknownIdError, match="unknown party 'nobody'"):
        ledger.view("2024-12-31").duties()


@pytest.mark.parametrize(("packs", "message"), REFUSED)
def test_packs_that_do_not_go_together_are_refused(
    packs: list[Pack], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ArgumentError) as refused:
        Ledger.open(tmp_path / "office.db", packs=packs)

    assert str(refused.value) == message
    assert list(tmp_path.iterdir()) == []


def test_a_check_of_the_whole_log_asks_the_checks_of_packs() -> None:
    ledger = office(device_lent("old sonar", id="d1"))

    assert [(finding.code, finding.events) for finding in ledger.check()] == [("W-LAB-1", ("d1",))]


def test_events_of_a_pack_move_with_the_ledger() -> None:
    ledger, file = office(device_lent(id="d1")), BytesIO()
    ledger.export_jsonl(file)
    again = Ledger.in_memory(packs=[LAB])

    assert again.restore_jsonl(BytesIO(file.getvalue())) == ledger.position
    assert list(again.events()) == list(ledger.events())
    with pytest.raises(MissingPackError, match="is defined by a pack"):
        Ledger.in_memory().restore_jsonl(BytesIO(file.getvalue()))


def test_events_of_a_pack_are_taken_in_from_a_file() -> None:
    line = b'{"type":"lab.device-lent","partnership":"ocean","device":"sonar","when":"2024"}\n'
    ledger = office()

    assert ledger.import_jsonl(BytesIO(line)).events[0].event == device_lent(
        id=ledger.view("2024-12-31").events(DeviceLent)[0].id, when="2024", source=()
    )
    with pytest.raises(RefusedError, match=r"'lab\.device-lent' is defined by a pack"):
        Ledger.in_memory().import_jsonl(BytesIO(line))
    with pytest.raises(RefusedError, match="W-LAB-1"):
        office(strict=True).import_jsonl(BytesIO(line.replace(b"sonar", b"old sonar")))
