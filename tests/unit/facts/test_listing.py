"""Names under which events are found, and the rules by which they are given."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from coopledger import events
from coopledger._facts.listing import Targets, about_name, listing_of, rule, title_name
from coopledger._log.chain import Listing
from coopledger.events import Event
from coopledger.terms import Noun
from coopledger.values import FrozenMapping

TEXT = events.InstrumentRegistered(id="e1", instrument="i", partnership="p", kind="mou")
DISPUTE = events.FactDisputed(id="d", target="e1", field="kind", alternative="treaty")


@attrs.frozen
class Recorded(Targets):
    """Events that are recorded, each in its versions."""

    events: dict[str, tuple[Event, ...]] = attrs.field(factory=dict[str, tuple[Event, ...]])

    def versions(self, event_id: str) -> Sequence[Event]:
        return self.events.get(event_id, ())

    def corrected(self, event: Event, changes: FrozenMapping) -> Event:
        fields: dict[str, Any] = dict(changes)
        return attrs.evolve(event, **fields)


NOTHING = Recorded()


def test_an_event_is_found_under_the_ids_that_it_names_and_brings_in_one() -> None:
    listing = listing_of(TEXT, NOTHING)

    assert listing == Listing(names=("i", "p"), opened=(("instrument", "i"),))


def test_a_party_is_found_under_its_titles_in_small_letters() -> None:
    party = events.PartyRegistered(party="FR", name="France", acronyms=["RF"], kind="state")

    listing = listing_of(party, NOTHING)

    assert set(listing.names) == {"FR", " like fr", " title fr", " title france", " title rf"}
    assert listing.opened == ((Noun.PARTY.value, "FR"),)


def test_a_long_title_has_a_short_name() -> None:
    assert title_name("A" * 200) == " title " + "a" * 200
    assert len(title_name("A" * 201)) < 100
    assert title_name("A" * 201) == title_name("a" * 201) != title_name("a" * 202)


@pytest.mark.parametrize(
    "about",
    [
        events.SourceAdded(target="e1", source="minutes"),
        events.FactDisputed(target="e1", field="kind", alternative="treaty"),
        events.EventRetracted(target="e1", reason="a slip"),
    ],
)
def test_what_is_about_an_event_is_found_under_its_names_first_and_last(about: Event) -> None:
    moved = attrs.evolve(TEXT, partnership="q")

    listing = listing_of(about, Recorded({"e1": (TEXT, moved)}))

    assert listing.names == (about_name("e1"), "i", "p", "q")


def test_a_correction_is_found_under_the_names_that_it_brings_in() -> None:
    correction = events.EventCorrected(
        target="e1", changes={"instrument": "j", "partnership": "q"}, reason="a slip"
    )

    listing = listing_of(correction, Recorded({"e1": (TEXT, TEXT)}))

    assert listing.names == (about_name("e1"), "i", "j", "p", "q")
    assert listing.opened == (
        ("instrument", "j"),
        ("instrument mended", "i"),
        ("instrument mended", "j"),
    )


def test_a_retraction_says_that_an_id_may_be_lost() -> None:
    retraction = events.EventRetracted(target="e1", reason="a slip")

    listing = listing_of(retraction, Recorded({"e1": (TEXT, TEXT)}))

    assert listing.opened == (("instrument mended", "i"),)


def test_the_retraction_of_a_dispute_is_found_under_the_names_of_what_was_disputed() -> None:
    recorded = Recorded({"e1": (TEXT, TEXT), "d": (DISPUTE, DISPUTE)})

    listing = listing_of(events.EventRetracted(target="d", reason="a slip"), recorded)

    assert listing.names == (about_name("d"), about_name("e1"), "i", "p")


def test_two_events_about_each_other_are_no_endless_way() -> None:
    one = events.SourceAdded(id="one", target="two", source="minutes")
    two = events.SourceAdded(id="two", target="one", source="minutes")

    listing = listing_of(one, Recorded({"one": (one, one), "two": (two, two)}))

    assert listing.names == (about_name("one"), about_name("two"))


def test_a_rule_changes_with_the_fields_that_find_an_event() -> None:
    @attrs.frozen(kw_only=True)
    class MeetingCalled(events.MeetingCancelled):
        series: str | None = None

    assert rule(MeetingCalled) != rule(events.MeetingCancelled)
