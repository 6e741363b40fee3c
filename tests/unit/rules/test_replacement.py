"""A text in the place of another one with more than two parties: when nobody stays outside."""

from coopledger import Ledger, events
from coopledger.events import Event
from tests.builders import office
from tests.unit.rules.several import (
    THREE,
    WHOLE,
    act,
    entry,
    in_force_for,
    more_parties,
    notice,
    participation,
    signing,
    state,
    text,
    text_on,
)


def new(*parties: str) -> tuple[Event, ...]:
    """Return a text of the parties, in force since 2015, in the place of the old one."""
    return (
        text(*parties, name="new", supersedes="t"),
        signing("2014-01-01", name="new"),
        entry("2015-01-01", name="new"),
    )


def superseding(ledger: Ledger, day: str) -> list[str | None]:
    return [participation(ledger, day, party).superseded_by for party in THREE]


def test_the_old_text_lives_on_while_a_party_stays_outside() -> None:
    ledger = office(*WHOLE, *new("vn", "fr"))

    assert state(ledger, "2015-01-01") == "in_force"
    assert in_force_for(ledger, "2015-01-01") == THREE
    assert superseding(ledger, "2014-12-31") == [None, None, None]
    assert superseding(ledger, "2015-01-01") == ["new", "new", None]


def test_it_is_superseded_when_the_last_one_outside_comes_in() -> None:
    ledger = office(
        *WHOLE,
        *new("vn", "fr"),
        act(events.InstrumentAcceded, "2016-01-01", name="new", party="cu"),
    )
    shown = text_on(ledger, "2016-01-01")

    assert state(ledger, "2015-12-31") == "in_force"
    assert (str(shown.state), shown.superseded_by) == ("superseded", "new")
    assert str(shown.since) == "2016-01-01"


def test_it_is_superseded_when_the_last_one_outside_leaves() -> None:
    ledger = office(*WHOLE, *new("vn", "fr"), notice("2016-01-01", "cu", "2017-01-01"))

    assert [state(ledger, day) for day in ("2016-12-31", "2017-01-01")] == [
        "in_force",
        "superseded",
    ]


def test_it_is_superseded_at_once_where_nobody_stays_outside() -> None:
    ledger = office(*more_parties("dd"), *WHOLE, *new(*THREE, "dd"))

    assert [state(ledger, day) for day in ("2014-12-31", "2015-01-01")] == [
        "in_force",
        "superseded",
    ]


def test_under_a_text_that_never_took_effect_signing_the_new_one_is_enough() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        text(name="new", supersedes="t"),
        signing("2014-01-01", name="new"),
        entry("2015-01-01", "vn", "fr", name="new"),
    )

    assert in_force_for(ledger, "2015-01-01", "new") == ("vn", "fr")
    assert state(ledger, "2015-01-01") == "superseded"


def test_who_never_signed_an_old_text_without_effect_does_not_count() -> None:
    acts = (text(), signing("2010-01-01", "vn", "fr"), *new("vn", "fr"))

    assert state(office(*acts), "2015-01-01") == "superseded"


def test_who_took_its_signature_back_does_not_count() -> None:
    back = act(events.SignatureWithdrawn, "2011-01-01", by="cu")
    acts = (text(), signing("2010-01-01"))

    assert state(office(*acts, *new("vn", "fr")), "2015-01-01") == "signed"
    assert state(office(*acts, back, *new("vn", "fr")), "2015-01-01") == "superseded"


def test_a_unit_counts_for_the_party_above_it() -> None:
    assert state(office(*WHOLE, *new("most", "fr", "cu")), "2015-01-01") == "superseded"


def test_a_successor_counts_for_its_predecessor() -> None:
    ledger = office(
        *more_parties("dd"),
        *WHOLE,
        events.PartySucceeded(party="cu", by="dd", when="2012-01-01"),
        *new("vn", "fr", "dd"),
    )

    assert state(ledger, "2015-01-01") == "superseded"


PAIR = (text("vn", "fr"), signing("2010-01-01"), entry("2010-06-01"))


def test_between_two_it_ends_when_the_new_one_is_in_force_for_both() -> None:
    ledger = office(
        *PAIR,
        text(name="new", supersedes="t"),
        signing("2014-01-01", name="new"),
        entry("2015-01-01", "vn", "cu", name="new"),
        entry("2016-01-01", "fr", name="new"),
    )

    assert [state(ledger, day) for day in ("2015-01-01", "2016-01-01")] == [
        "in_force",
        "superseded",
    ]


def test_between_two_it_ends_by_a_text_of_others_when_that_takes_effect() -> None:
    ledger = office(*PAIR, *new("vn", "cu"))

    assert [state(ledger, day) for day in ("2014-12-31", "2015-01-01")] == [
        "in_force",
        "superseded",
    ]


def test_two_or_more_is_counted_when_the_new_text_takes_effect() -> None:
    ledger = office(*WHOLE, notice("2011-01-01", "cu", "2012-01-01"), *new("vn", "unesco"))

    assert state(ledger, "2015-01-01") == "superseded"


def test_only_a_text_of_which_not_both_are_parties_is_warned_of() -> None:
    pair = (text("vn", "fr"), signing("2010-01-01"), entry("2010-06-01"))
    warned = [
        {warning.code for warning in office(*pair).record(registration).warnings}
        for registration in (
            text("vn", "fr", "cu", name="new", supersedes="t"),
            text(parties=(), name="new", supersedes="t", open_for_signature=True),
            text("vn", "cu", name="new", supersedes="t"),
        )
    ]

    assert ["W508" in codes for codes in warned] == [False, False, True]


def test_what_a_duplicate_replaces_counts_where_the_other_replaces_the_duplicate_alone() -> None:
    ledger = office(
        *WHOLE,
        text(name="twice", supersedes="t"),
        text(name="new", supersedes="twice", state="in_force", when="2012-01-01"),
    )
    ledger.record(events.SameAs(duplicate="twice", same_as="new"))

    assert text_on(ledger, "2025-01-01").superseded_by == "new"


def test_what_a_duplicate_replaces_does_not_count_where_the_other_replaces_another_text() -> None:
    ledger = office(
        *WHOLE,
        text(name="other"),
        text(name="twice", supersedes="t"),
        text(name="new", supersedes="other", state="in_force", when="2012-01-01"),
    )
    ledger.record(events.SameAs(duplicate="twice", same_as="new"))

    assert state(ledger, "2025-01-01") == "in_force"
