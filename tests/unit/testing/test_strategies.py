"""Strategies give what they promise; Hypothesis knows them by type too."""

from contextlib import suppress
from enum import StrEnum

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coopledger import EdtfDate, Ledger, events
from coopledger.errors import ArgumentError, FieldError, RefusedError
from coopledger.events import Event
from coopledger.packs import event, readers
from coopledger.packs.readers import edtf
from coopledger.testing import WORLD, Clock, strategies
from coopledger.testing.strategies import Dated, bare_event, event_of, histories
from coopledger.testing.strategies.every_type import EVERY_TYPE, LEFT_OUT, optional, with_fields
from tests.strategies import CLASSES
from tests.unit.packs.lab import LAB, START, DeviceLent


@given(strategies.dated_texts())
def test_a_date_comes_with_its_bounds(told: Dated) -> None:
    found = edtf(told.text)

    assert found.first == (told.first and told.first.toordinal())
    assert found.last == (told.last and told.last.toordinal())


@given(strategies.dates(), strategies.date_texts())
def test_dates_are_values_or_their_texts(date: EdtfDate, text: str) -> None:
    assert date.text == str(date)
    assert edtf(text).text == text


@given(strategies.near_dates())
def test_a_near_date_is_read_or_refused(text: str) -> None:
    try:
        found = edtf(text).text
    except FieldError as error:
        found = str(error)

    assert found


@given(strategies.ids(), strategies.texts(), strategies.json_values())
def test_words_are_what_fields_take(name: str, text: str, value: object) -> None:
    note = events.NoteAdded(subject=name, text=text, ext={"a": value})

    assert (note.subject, note.text) == ((name,), text)


@given(st.from_type(EdtfDate), st.from_type(events.MeetingHeld), st.from_type(Event))
@settings(max_examples=20)
def test_types_are_known_by_themselves(
    date: EdtfDate, held: events.MeetingHeld, any_: Event
) -> None:
    assert (type(date), type(held)) == (EdtfDate, events.MeetingHeld)
    assert any_.id


@given(st.from_type(events.Act))
@settings(max_examples=20)
def test_an_abstract_type_gives_one_of_its_kinds(act: events.Act) -> None:
    assert isinstance(act, events.Act)
    assert act.when.text


@given(event_of(events.NoteAdded, subject=st.just("vn"), when=st.just("2022")))
def test_a_field_may_be_given(note: events.NoteAdded) -> None:
    assert note.subject == ("vn",)
    assert note.when == EdtfDate("2022")


class Colour(StrEnum):
    RED = "red"


@event
@attrs.frozen(kw_only=True)
class Painted(events.Act):
    """Of a pack, with fields of every type that is plain."""

    partnership: str = attrs.field(converter=readers.identifier)
    colour: Colour
    layers: int
    done: bool
    by: tuple[str, ...] = attrs.field(converter=readers.texts)
    dried: EdtfDate | None = None
    coats: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


@given(event_of(Painted))
def test_events_of_a_pack_are_made_from_the_types_of_their_fields(painted: Painted) -> None:
    assert painted.colour is Colour.RED
    assert isinstance(painted.layers, int)


@event
@attrs.frozen(kw_only=True)
class Odd(Event):
    """With fields of which nothing is known."""

    odd: object
    odds: tuple[object, ...] = ()


def test_a_field_of_which_nothing_is_known_needs_a_strategy() -> None:
    with pytest.raises(
        ArgumentError, match=r"'odd' has no strategy: give one, as in event_of\(Odd"
    ):
        event_of(Odd)
    with pytest.raises(ArgumentError, match="'odds' has no strategy"):
        event_of(Odd, odd=st.none())


@given(histories())
@settings(max_examples=20)
def test_a_ledger_accepts_a_whole_history(history: list[Event]) -> None:
    ledger = Ledger.in_memory(clock=Clock())

    assert [item.event for item in ledger.record(*history).events] == history
    assert ledger.record(*history).replayed


@given(histories(start=(), most=0))
@settings(max_examples=1)
def test_a_history_may_be_empty(history: list[Event]) -> None:
    assert history == []


@given(
    histories(
        start=START,
        acts=bare_event(
            DeviceLent,
            partnership=st.sampled_from(["ocean", "nowhere"]),
            device=st.sampled_from(["sonar", "nothing"]),
            when=st.just("2024"),
        ),
        packs=[LAB],
        most=8,
    )
)
@settings(max_examples=20)
def test_a_history_may_be_of_acts_of_ones_own(history: list[Event]) -> None:
    lent = [each for each in history if isinstance(each, DeviceLent)]

    assert len(history) == len(START) + len(lent)
    assert {(each.partnership, each.device) for each in lent} <= {("ocean", "sonar")}


@given(bare_event(events.NoteAdded, text=st.just("a")))
def test_a_bare_event_carries_only_its_own_fields(note: events.NoteAdded) -> None:
    assert note == events.NoteAdded(subject=note.subject, text="a")


def test_a_start_that_no_ledger_accepts_is_refused_at_once() -> None:
    with pytest.raises(RefusedError, match="E102"):
        histories(start=[events.NoteAdded(subject="vn", text="a")])


@pytest.mark.parametrize("cls", CLASSES)
def test_every_field_of_every_type_is_drawn_on_the_things_of_a_history(cls: type[Event]) -> None:
    @given(st.tuples(with_fields(cls, []), *(with_fields(cls, [name]) for name in optional(cls))))
    @settings(max_examples=2, derandomize=True, phases=[Phase.generate], database=None)
    def draw(drawn: tuple[Event, ...]) -> None:
        assert {type(each) for each in drawn} == {cls}

    draw()

    required = {each.name for each in attrs.fields(cls) if each.default is attrs.NOTHING}
    drawn = {*optional(cls), *required, "when"}
    assert attrs.fields_dict(cls).keys() - drawn == LEFT_OUT


@given(st.lists(EVERY_TYPE, min_size=30, max_size=60))
@settings(max_examples=5, derandomize=True, phases=[Phase.generate], database=None)
def test_a_ledger_accepts_some_of_them(acts: list[Event]) -> None:
    ledger = Ledger.in_memory(clock=Clock())
    ledger.record(*WORLD)
    for act in acts:
        with suppress(RefusedError):
            ledger.record(act)

    assert ledger.position > len(WORLD)
