"""Frozen classes: attrs makes each on first need, and nobody sees a difference."""

import copy
import inspect
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import attrs
import pytest
from attr import _make as attr_make

from coopledger import _frozen, events
from coopledger._frozen import construct_by, frozen, frozen_event, made
from coopledger.packs import event
from tests.unit.stores.interrupts import is_interrupted


def run(program: str, *arguments: str) -> str:
    """Return what a program of its own prints."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603 - a program of ours


def waits(cls: type) -> bool:
    """Return whether attrs has still to make the class."""
    return not isinstance(vars(cls)["__attrs_attrs__"], tuple)


CLASSES_MADE = """
from coopledger import answers, errors, events, values
modules = (answers, errors, events, values)
found = [vars(module).get(name) for module in modules for name in module.__all__]
print([cls.__name__ for cls in found if isinstance(cls, type)
       and isinstance(vars(cls).get("__attrs_attrs__"), tuple)])
"""


def test_importing_the_package_makes_no_class_that_a_program_may_not_need() -> None:
    assert run(CLASSES_MADE) == "[]\n"


def test_an_event_makes_its_own_class_and_the_bases_alone() -> None:
    program = """
from coopledger import events
events.MeetingHeld(meeting="m", when="2022")
"""

    assert run(program + CLASSES_MADE) == "['Act', 'Contact', 'Deed', 'Event', 'MeetingHeld']\n"


@pytest.mark.parametrize("read", ["pickle.loads(data)", "copy.copy(pickle.loads(data))"])
def test_the_first_event_of_a_program_may_come_from_a_pickle(read: str) -> None:
    meeting = events.MeetingHeld(meeting="m", when="2022-08-16", source="Minutes")
    program = f"import copy, pickle, sys; data = bytes.fromhex(sys.argv[1]); print({read})"
    shown = f"import copy, pickle, sys; data = bytes.fromhex(sys.argv[1]); print(repr({read}))"
    data = pickle.dumps(meeting).hex()

    assert run(program, data) == f"{meeting}\n"
    assert run(shown, data) == f"{meeting!r}\n"


def test_a_class_is_made_when_its_fields_are_asked_for() -> None:
    @frozen
    class Base:
        first: int

    @frozen(kw_only=True)
    class Child(Base):
        second: int = 2

    assert waits(Base)
    assert waits(Child)
    assert attrs.has(Child)
    assert [field.name for field in attrs.fields(Child)] == ["first", "second"]
    assert not waits(Base)
    assert not waits(Child)


def test_objects_are_those_of_attrs() -> None:
    @frozen
    class Point:
        x: int
        y: int = attrs.field(default=0, converter=int)

    point = Point(1)

    assert (point.x, point.y) == (1, 0)
    assert point == Point(1, 0)
    assert point != Point(1, 1)
    assert hash(point) == hash(Point(1))
    assert repr(point).endswith("Point(x=1, y=0)")
    assert copy.copy(point) == point
    assert attrs.evolve(point, y="3") == Point(1, 3)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing"):
        Point()  # type: ignore[call-arg]


def test_the_signature_is_that_of_the_fields() -> None:
    @frozen
    class Point:
        x: int
        y: int = 0

    assert list(inspect.signature(Point).parameters) == ["x", "y"]


def test_a_child_of_a_class_that_waits_may_be_made_by_attrs() -> None:
    @frozen
    class Base:
        first: int

    @attrs.frozen
    class Child(Base):
        second: int

    assert Child(1, 2) == Child(1, 2)
    assert not waits(Base)


def test_a_child_without_fields_of_its_own_is_constructed_as_its_base() -> None:
    @frozen
    class Base:
        first: int

    class Child(Base):
        pass

    assert Child(1).first == 1


def test_a_constructor_is_made_with_the_class() -> None:
    def doubled(cls: type, init: object) -> object:
        asked.append(cls)
        return lambda self, x: init(self, 2 * x)  # type: ignore[operator]

    asked: list[type] = []

    @frozen
    class Point:
        x: int

    construct_by(Point, doubled)  # type: ignore[arg-type]
    assert asked == []

    assert Point(2).x == 4
    construct_by(Point, doubled)  # type: ignore[arg-type]
    assert Point(2).x == 8
    assert asked == [Point, Point]


def test_many_threads_make_a_class_once() -> None:
    threads = 8
    for _ in range(20):

        @event
        @frozen_event(kw_only=True)
        class Told(events.Event):
            text: str

        start = Barrier(threads)

        def tell(start: Barrier = start, told: type[Told] = Told) -> Told:
            start.wait()
            return told(text="x")

        with ThreadPoolExecutor(threads) as pool:
            told = [each.result() for each in [pool.submit(tell) for _ in range(threads)]]

        assert {*map(repr, told)} == {"Told(text='x')"}
        assert {tuple(vars(each)) for each in told} == {("text",)}
        assert made(Told) is Told


STEPS = (*range(1, 40), *range(40, 100_000, 37))


def test_a_class_whose_making_was_interrupted_at_any_step_is_made_when_it_is_needed_again() -> None:
    made_after = 0
    for step in STEPS:

        @frozen
        class Asked:
            by: str
            when: str | None = None

        if not is_interrupted(partial(made, Asked), step, within=[_frozen, attr_make]):
            break
        made_after += 1
        assert Asked(by="vn") == Asked(by="vn", when=None)
        assert [field.name for field in attrs.fields(Asked)] == ["by", "when"]

    assert made_after > 20
