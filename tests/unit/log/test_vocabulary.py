"""Vocabulary of a ledger, and how a pack enlarges it."""

import attrs
import pytest

from coopledger import events
from coopledger._log.codec import decode, encode
from coopledger._log.vocabulary import CORE, Fields, Types
from coopledger.errors import ArgumentError, MissingPackError, NewerLogError
from coopledger.events import Event
from coopledger.packs import event


@event
@attrs.frozen(kw_only=True)
class SampleSent(events.Act):
    """A laboratory sent a sample."""

    partnership: str
    sample: str


class Bare(Event):
    """Event class that names no fault of a call, for want of the decorator."""


def renamed(fields: Fields) -> Fields:
    return {("sample" if name == "probe" else name): value for name, value in fields.items()}


LAB = CORE.enlarged({"lab.sample-sent": (2, SampleSent)}, {("lab.sample-sent", 1): renamed})
SENT = SampleSent(id="e1", partnership="p", sample="s-7", when="2022")


def test_a_type_of_a_pack_is_written_and_read_like_any_other() -> None:
    assert LAB.tag_of(SampleSent) == ("lab.sample-sent", 2)
    assert decode("lab.sample-sent", 2, encode(SENT), "e1", vocabulary=LAB) == SENT


def test_an_older_version_of_it_is_lifted() -> None:
    old = b'{"partnership":"p","probe":"s-7","when":"2022"}'

    assert decode("lab.sample-sent", 1, old, "e1", vocabulary=LAB) == SENT


def test_without_the_pack_its_events_are_not_guessed() -> None:
    with pytest.raises(MissingPackError, match="is defined by a pack"):
        decode("lab.sample-sent", 2, encode(SENT), "e1")


def test_a_newer_version_of_it_is_not_guessed() -> None:
    with pytest.raises(NewerLogError, match="version 3 is newer than this program"):
        decode("lab.sample-sent", 3, encode(SENT), "e1", vocabulary=LAB)


REFUSED: list[tuple[Types, str]] = [
    ({"sample-sent": (1, SampleSent)}, "'sample-sent' is no free tag of a pack"),
    ({"lab.note": (1, events.NoteAdded)}, "NoteAdded is no event class of its own"),
    ({"lab.text": (1, str)}, "str is no event class of its own"),  # type: ignore[dict-item]  # pyright: ignore[reportAssignmentType]
    ({"lab.x": (1, SampleSent), "lab.y": (1, SampleSent)}, "SampleSent is no event class of its"),
    ({"lab.Sample": (1, SampleSent)}, "'lab.Sample' is no free tag of a pack"),
    ({"lab.sample": (0, SampleSent)}, "'lab.sample' is no free tag of a pack"),
    ({"lab.bare": (1, Bare)}, "Bare is no event class of its own: decorate one with packs.event"),
    ({"lab.sample-sent": (3, SampleSent)}, "'lab.sample-sent' has no step from version 1 to 2"),
]


@pytest.mark.parametrize(("types", "message"), REFUSED)
def test_what_could_not_be_read_again_is_refused(types: Types, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        CORE.enlarged(types, {})


def test_two_packs_cannot_share_a_tag() -> None:
    @event
    @attrs.frozen(kw_only=True)
    class Other(Event):
        """Another."""

    with pytest.raises(ArgumentError, match="is no free tag"):
        LAB.enlarged({"lab.sample-sent": (1, Other)}, {})
