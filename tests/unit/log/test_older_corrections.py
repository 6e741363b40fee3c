"""A correction holds fields in the shape of its own day, and goes on to mean what it meant."""

from collections.abc import Callable

import attrs
import pytest

from coopledger import Ledger, events
from coopledger._log.vocabulary import Fields
from coopledger.errors import RefusedError
from coopledger.packs import Pack, event, readers
from coopledger.stores import MemoryStore
from tests.builders import Clock, office


@event
@attrs.frozen(kw_only=True)
class SampleBefore(events.Act):
    """A sample, as the first version of the pack had it."""

    about: str = attrs.field(converter=readers.identifier)
    weight: int = attrs.field(default=0, converter=readers.non_negative)


@event
@attrs.frozen(kw_only=True)
class Sample(events.Act):
    """A sample: what it is about has another name, and its weight is counted in grams."""

    partnership: str = attrs.field(converter=readers.identifier)
    weight: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(readers.text)
    )


def renamed(fields: Fields) -> Fields:
    return {("partnership" if name == "about" else name): value for name, value in fields.items()}


def in_grams(fields: Fields) -> Fields:
    weight = fields.get("weight")
    return fields | {"weight": f"{weight} kg"} if isinstance(weight, int) else fields


BEFORE = Pack(name="lab", types={"lab.sample": (1, SampleBefore)})
AFTER = Pack(
    name="lab",
    types={"lab.sample": (3, Sample)},
    steps={("lab.sample", 1): renamed, ("lab.sample", 2): in_grams},
)


def corrected_ledger(*changes: dict[str, object]) -> Ledger:
    """Return a ledger with a sample corrected under the first version and read by the third."""
    store = MemoryStore()
    before = office(
        SampleBefore(id="s", about="vnfr", weight=2, when="2022"), store=store, packs=[BEFORE]
    )
    for number, fields in enumerate(changes):
        before.record(
            events.EventCorrected(id=f"k{number}", target="s", changes=fields, reason="a slip")
        )
    return Ledger(store, name=before.name, clock=Clock(), packs=[AFTER])


def sample_of(ledger: Ledger) -> Sample:
    """Return the sample as it is known now."""
    (sample,) = ledger.view("2030-01-01").events(Sample)
    return sample


def test_a_correction_of_an_older_version_still_says_what_it_said() -> None:
    assert sample_of(corrected_ledger({"about": "vncu", "weight": 3})).partnership == "vncu"
    assert sample_of(corrected_ledger({"about": "vncu", "weight": 3})).weight == "3 kg"
    assert sample_of(corrected_ledger({"weight": 3})).partnership == "vnfr"


def test_what_it_cleared_stays_cleared() -> None:
    assert sample_of(corrected_ledger({"weight": None})).weight is None


def test_a_newer_correction_comes_after_the_older_one() -> None:
    ledger = corrected_ledger({"about": "vncu", "weight": 3})
    ledger.record(events.EventCorrected(target="s", changes={"weight": "3200 g"}, reason="weighed"))

    assert (sample_of(ledger).partnership, sample_of(ledger).weight) == ("vncu", "3200 g")


def test_what_was_corrected_is_found_under_the_id_that_the_older_correction_brought() -> None:
    view = corrected_ledger({"about": "vncu"}).view("2030-01-01")

    assert [moment.event for moment in view.timeline("vncu")] == ["w8", "s"]
    assert [moment.event for moment in view.timeline("vnfr")] == ["w7"]


def test_a_correction_recorded_again_is_the_same_and_kept_as_it_was_written() -> None:
    ledger = corrected_ledger({"about": "vncu"})
    before = tuple(ledger.events())[-1]
    again = ledger.record(before.event)

    assert isinstance(before.event, events.EventCorrected)
    assert before.event.changes == {"about": "vncu"}
    assert again.replayed


def test_a_dispute_names_the_field_by_the_name_that_it_has_today() -> None:
    store = MemoryStore()
    before = office(SampleBefore(id="s", about="vnfr", when="2022"), store=store, packs=[BEFORE])
    before.record(events.FactDisputed(id="d", target="s", field="about", alternative="vncu"))
    ledger = Ledger(store, name=before.name, clock=Clock(), packs=[AFTER])
    (conflict,) = ledger.view("2030-01-01").conflicts()

    assert (conflict.field, conflict.holds) == ("partnership", "vnfr")
    assert ledger.record(tuple(ledger.events())[-1].event).replayed
    assert [finding.code for finding in ledger.check("2030-01-01")] == ["W105"]


NOTE = events.NoteAdded(id="n", subject="vnfr", text="a")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("vncu", ("vncu",)), (["vncu", "fr"], ("vncu", "fr"))],
    ids=["of one thing", "of several"],
)
def test_what_a_note_is_about_may_be_corrected_in_either_shape(
    subject: object, expected: tuple[str, ...]
) -> None:
    mend = events.EventCorrected(target="n", changes={"subject": subject}, reason="a slip")
    (note,) = office(NOTE, mend).view("2030-01-01").events(events.NoteAdded)

    assert note.subject == expected


REFUSED: list[tuple[Callable[[], events.Event], str]] = [
    (
        lambda: events.NoteAdded(subject=["vnfr", "fra", "nowhere"], text="a"),
        (
            "E102 NoteAdded: subject: unknown id 'fra'; did you mean 'fr'?\n"
            "E102 NoteAdded: subject: unknown id 'nowhere'"
        ),
    ),
    (
        lambda: events.NoteAdded(subject=[], text="a"),
        "E105 NoteAdded: 'subject' is empty: name at least one",
    ),
    (
        lambda: events.EventCorrected(
            id="k", target="n", changes={"subject": ["vnfr", "fra"]}, reason="a slip"
        ),
        "E102 EventCorrected 'k': changes: subject: unknown id 'fra'; did you mean 'fr'?",
    ),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_each_id_that_a_note_names_must_be_known(
    make: Callable[[], events.Event], message: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        office(NOTE).record(make())

    assert str(refused.value) == message
