"""Events and small values hold what was said, and are otherwise like any frozen object."""

import copy
import pickle
from typing import Any

import attrs
import pytest

from coopledger import events
from coopledger._log.codec import decode, encode
from coopledger._log.vocabulary import CORE
from coopledger.events.envelope import stamped
from coopledger.packs import event
from coopledger.packs.readers import identifier, identifiers, text
from coopledger.values import Amount, Condition, Participant, Place, Renewal, Source


@attrs.frozen(kw_only=True, getstate_setstate=False)
class LabAct(events.Deed):
    """Act of a laboratory, with slots, as attrs makes them."""

    device: str = attrs.field(converter=text)
    rooms: tuple[str, ...] = attrs.field(default=(), converter=identifiers)


@event
@attrs.frozen(kw_only=True)
class DeviceTested(LabAct):
    """Test of a device."""

    partnership: str = attrs.field(converter=identifier)
    state: str = attrs.field(default="sound", converter=text)


@attrs.frozen(kw_only=True)
class Sensor:
    """Value of a pack, which attrs alone has made."""

    name: str
    channels: int = 1


@event
@attrs.frozen(kw_only=True)
class SensorMounted(events.Deed):
    """Mounting of a sensor."""

    sensor: Sensor
    spare: Any = None


LAB = CORE.enlarged(
    {"lab.device-tested": (1, DeviceTested), "lab.sensor-mounted": (1, SensorMounted)}, {}
)

MEETING = events.MeetingHeld(meeting="m", kind="talks", when="2022", source="minutes", note="a")
TEST = DeviceTested(partnership="p", device="sonar", when="2022", id="t", rooms="r1")
VALUES = [
    MEETING,
    TEST,
    Amount(value="5", currency="EUR"),
    Condition(id="visa"),
    Participant(person="Ann"),
    Place(name="Hanoi"),
    Renewal(tacit=True),
    Source(title="minutes"),
]
each_value = pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)


def test_an_event_holds_the_fields_that_were_given() -> None:
    assert list(vars(MEETING)) == ["meeting", "kind", "when", "source", "note"]
    assert MEETING.tags == ()
    assert MEETING.effective is None
    assert list(vars(MEETING.source[0])) == ["title"]


def test_a_class_of_a_pack_holds_them_too_although_attrs_gave_it_slots() -> None:
    assert list(vars(TEST)) == ["partnership", "device", "when", "id", "rooms"]
    assert TEST.state == "sound"
    assert not hasattr(DeviceTested, "__slots__")


def test_what_is_given_as_it_is_by_default_is_not_held() -> None:
    plain = DeviceTested(partnership="p", device="sonar", when="2022")
    in_full = DeviceTested(
        partnership="p",
        device="sonar",
        when="2022",
        rooms=[],
        state="sound",
        note=None,
        ext={},
    )

    assert vars(in_full) == vars(plain)
    assert in_full == plain
    assert hash(in_full) == hash(plain)
    assert vars(Renewal(tacit=False, years=None)) == {}


def test_a_payload_may_name_what_is_at_its_default() -> None:
    payload = (
        b'{"device":"sonar","note":null,"partnership":"p","rooms":[],"state":"sound","when":"2022"}'
    )

    read = decode("lab.device-tested", 1, payload, "t", vocabulary=LAB)

    assert vars(read).keys() == {"partnership", "device", "when", "id"}
    assert encode(read) == b'{"device":"sonar","partnership":"p","when":"2022"}'


@pytest.mark.parametrize("more", ["", '"note":null,'])
def test_a_log_in_memory_holds_the_name_of_a_field_once(more: str) -> None:
    payload = f'{{{more}"partnership":"p","text":"a","when":"2022"}}'.encode()

    read = decode("statement-made", 1, payload, "t")

    names = {field.name: field.name for field in attrs.fields(type(read))}
    assert all(name is names[name] for name in vars(read))


def test_an_empty_value_that_is_no_default_is_held() -> None:
    progressed = events.CommitmentProgressed(commitment="c", percent=0, when="2022")

    assert vars(progressed)["percent"] == 0
    assert b'"percent":0' in encode(progressed)


@each_value
def test_it_never_changes(value: attrs.AttrsInstance) -> None:
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, "b")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(value, field.name)


@each_value
def test_it_is_copied_and_pickled(value: attrs.AttrsInstance) -> None:
    for again in (
        copy.copy(value),
        copy.deepcopy(value),
        pickle.loads(pickle.dumps(value)),  # noqa: S301 - our own bytes
        attrs.evolve(value),  # type: ignore[misc]  # its class is one of attrs
    ):
        assert again == value
        assert hash(again) == hash(value)
        assert repr(again) == repr(value)
        assert vars(again) == vars(value)


def test_a_field_is_changed_in_a_copy_and_cleared_with_its_default() -> None:
    changed = attrs.evolve(MEETING, note=None, kind="visit")

    assert changed == events.MeetingHeld(meeting="m", kind="visit", when="2022", source="minutes")
    assert MEETING.note == "a"


def test_a_stamped_copy_holds_what_was_said_and_the_stamp() -> None:
    copied = stamped(MEETING, id="t")

    assert vars(copied) == vars(MEETING) | {"id": "t"}
    assert MEETING.id is None


def test_a_class_below_that_is_no_event_type_reads_all_of_its_fields() -> None:
    act = LabAct(device="sonar", when="2022")

    assert (act.device, act.rooms, act.note) == ("sonar", (), None)


def test_a_value_of_a_pack_is_written_and_read_whole() -> None:
    mounted = SensorMounted(when="2022", sensor=Sensor(name="salt"), id="t")

    payload = encode(mounted)
    again = decode("lab.sensor-mounted", 1, payload, "t", vocabulary=LAB)

    assert payload == b'{"sensor":{"name":"salt"},"when":"2022"}'
    assert again == mounted
    assert isinstance(again, SensorMounted)
    assert again.sensor.channels == 1


def test_a_value_that_json_has_not_is_not_written() -> None:
    mounted = SensorMounted(when="2022", sensor=Sensor(name="salt"), spare=object())

    with pytest.raises(TypeError, match="object is not JSON serializable"):
        encode(mounted)
