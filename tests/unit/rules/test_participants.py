"""Each of several parties: what it does under a text, for whom it is in force, and who leaves."""

from typing import Any

import pytest

from coopledger import Ledger, events
from coopledger.answers import Instrument
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.terms import ConsentMeans, Flag
from tests.builders import Clock, office
from tests.unit.rules.several import (
    THREE,
    WHOLE,
    act,
    entry,
    in_force_for,
    more_parties,
    notice,
    participation,
    parties,
    ratification,
    signing,
    state,
    text,
    text_on,
)

PAIR = (text("vn", "fr"), signing("2005-01-01"), entry("2005-06-01"))
TWO_NOTICES = (
    *PAIR,
    notice("2010-01-01", "vn", "2011-01-01"),
    notice("2010-02-01", "fr", "2011-02-01"),
)

# --- two lists: whose text it is, and for whom it is in force


def test_parties_are_those_of_the_partnership_on_the_day_of_the_first_act() -> None:
    ledger = office(
        text(parties=()),
        signing("2010-01-01"),
        events.PartyJoined(partnership="vnfr", party="cu", when="2011-01-01"),
    )

    assert parties(ledger, "2012-01-01") == ("vn", "fr")


def test_until_the_first_act_parties_are_those_of_the_day_asked() -> None:
    ledger = office(
        text(parties=()),
        events.PartyJoined(partnership="vnfr", party="cu", when="2011-01-01"),
    )

    assert parties(ledger, "2010-12-31") == ("vn", "fr")
    assert parties(ledger, "2011-01-01") == ("vn", "fr", "cu")


def test_a_text_is_in_force_for_nobody_while_it_is_only_signed_or_applied() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        act(events.InstrumentProvisionallyApplied, "2010-03-01"),
        entry("2010-06-01"),
        act(events.InstrumentSuspended, "2011-01-01"),
    )

    assert in_force_for(ledger, "2010-02-01") == ()
    assert in_force_for(ledger, "2010-04-01") == ()
    assert in_force_for(ledger, "2010-06-01") == THREE
    assert in_force_for(ledger, "2011-01-01") == THREE


def test_a_text_follows_the_succession_of_its_parties_from_its_day_on() -> None:
    ledger = office(
        *more_parties("dd"),
        text("vn", "fr"),
        signing("2010-01-01"),
        entry("2010-06-01"),
        events.PartySucceeded(party="vn", by="dd", when="2012-01-01"),
    )
    view = ledger.view("2012-01-01")

    assert parties(ledger, "2011-12-31") == ("vn", "fr")
    assert parties(ledger, "2012-01-01") == view.partnership("vnfr").parties == ("dd", "fr")
    assert in_force_for(ledger, "2012-01-01") == ("dd", "fr")


def test_what_an_event_says_for_a_past_day_keeps_the_old_names() -> None:
    ledger = office(
        *more_parties("dd"),
        text("vn", "fr"),
        signing("2010-01-01"),
        events.PartySucceeded(party="vn", by="dd", when="2012-01-01"),
    )

    (signature,) = ledger.view("2013-01-01").signatures()
    assert signature.parties == ("vn", "fr")


@pytest.mark.parametrize(
    ("affairs", "followed"),
    [((), {"t", "u"}), (("t",), {"t"}), (("u",), {"u"}), (("vnfr",), {"t", "u"})],
)
def test_a_succession_carries_the_affairs_that_it_names(
    affairs: tuple[str, ...], followed: set[str]
) -> None:
    ledger = office(
        *more_parties("dd"),
        text("vn", "fr"),
        text("vn", "fr", name="u"),
        signing("2010-01-01"),
        signing("2010-01-01", name="u"),
        events.PartySucceeded(party="vn", by="dd", affairs=affairs, when="2012-01-01"),
    )

    names = {name for name in ("t", "u") if "dd" in parties(ledger, "2012-01-01", name)}
    assert names == followed


def test_a_partnership_carries_what_is_not_named_in_another_succession() -> None:
    ledger = office(
        *more_parties("dd", "ee"),
        text("vn", "fr"),
        text("vn", "fr", name="u"),
        signing("2010-01-01"),
        signing("2010-01-01", name="u"),
        events.PartySucceeded(party="vn", by="dd", affairs="vnfr", when="2012-01-01"),
        events.PartySucceeded(party="vn", by="ee", affairs="u", when="2012-01-01"),
    )

    assert parties(ledger, "2012-01-01") == ("dd", "fr")
    assert parties(ledger, "2012-01-01", "u") == ("ee", "fr")


def test_what_another_succession_names_stays_until_then() -> None:
    """Told on a day between the two as it is told afterwards."""
    ledger = office(
        *more_parties("dd", "ee"),
        text("vn", "fr"),
        signing("2010-01-01"),
        events.PartySucceeded(party="vn", by="dd", when="2012-01-01"),
        events.PartySucceeded(party="vn", by="ee", affairs="vnfr", when="2014-01-01"),
    )

    assert parties(ledger, "2013-12-31") == ("vn", "fr")
    assert parties(ledger, "2014-01-01") == ("ee", "fr")
    past = ledger.view("2013-12-31", hindsight=False)
    assert past.instrument("t").parties == ("dd", "fr")


# Who consents later is not bound by an entry for all; it may do so through others.
SUCCEEDED = events.PartySucceeded(party="fr", by="unesco", when="2012-01-01")
THROUGH_OTHERS: dict[str, tuple[Event, ...]] = {
    "by itself": (ratification("2013-01-01", "fr"),),
    "by a unit": (ratification("2013-01-01", "mesr"),),
    "by an heir": (SUCCEEDED, ratification("2013-01-01", "unesco")),
}


@pytest.mark.parametrize("later", THROUGH_OTHERS.values(), ids=THROUGH_OTHERS)
def test_a_consent_to_come_is_seen_whoever_gives_it(later: tuple[Event, ...]) -> None:
    ledger = office(text(), entry("2011-01-01"), *later)

    assert in_force_for(ledger, "2011-06-01") == ("vn", "cu")
    assert len(in_force_for(ledger, "2013-01-01")) == 3


def test_the_consent_of_a_unit_that_is_a_party_is_its_own() -> None:
    ledger = office(
        text("vn", "fr", "mesr"), entry("2011-01-01"), ratification("2013-01-01", "mesr")
    )

    assert in_force_for(ledger, "2011-06-01") == ("vn", "fr")


def test_an_entry_to_come_may_name_an_heir() -> None:
    ledger = office(
        text(),
        ratification("2010-01-01", "vn"),
        entry("2011-01-01"),
        ratification("2011-03-01", "fr"),
        SUCCEEDED,
        entry("2013-01-01", "unesco"),
    )

    assert in_force_for(ledger, "2011-06-01") == ("vn",)
    assert in_force_for(ledger, "2013-01-01") == ("vn", "unesco")


# --- accession


def test_who_accedes_belongs_to_the_text_from_then_and_needs_no_membership() -> None:
    ledger = office(*WHOLE, act(events.InstrumentAcceded, "2012-01-01", party="unesco"))

    assert parties(ledger, "2011-12-31") == THREE
    assert parties(ledger, "2012-01-01") == (*THREE, "unesco")
    assert in_force_for(ledger, "2012-01-01") == (*THREE, "unesco")
    assert text_on(ledger, "2012-01-01").missing_signers == ()
    assert participation(ledger, "2012-01-01", "unesco").how is ConsentMeans.ACCESSION


def test_a_party_named_from_the_start_that_accedes_is_no_missing_signer() -> None:
    ledger = office(
        text(),
        signing("2010-01-01", "vn", "fr"),
        act(events.InstrumentAcceded, "2010-03-01", party="cu"),
    )

    assert text_on(ledger, "2010-02-01").missing_signers == ("cu",)
    assert state(ledger, "2010-02-01") == "agreed"
    assert text_on(ledger, "2010-03-01").missing_signers == ()
    assert state(ledger, "2010-03-01") == "signed"


def test_who_left_comes_back_by_accession_without_its_old_notice() -> None:
    ledger = office(
        *WHOLE,
        notice("2011-01-01", "cu", "2012-01-01"),
        act(events.InstrumentAcceded, "2013-01-01", party="cu"),
    )
    gone, back = (participation(ledger, day, "cu") for day in ("2012-06-01", "2013-01-01"))

    assert (str(gone.notice_on), str(gone.left_on)) == ("2011-01-01", "2012-01-01")
    assert gone.in_force_since is None
    assert (back.notice_on, back.ends, back.left_on) == (None, None, None)
    assert str(back.in_force_since) == "2013-01-01"
    assert back.signed_on is None
    assert in_force_for(ledger, "2012-06-01") == ("vn", "fr")
    assert parties(ledger, "2013-01-01") == THREE


@pytest.mark.parametrize("cls", [events.InstrumentAcceded, events.InstrumentAdopted])
def test_nobody_joins_or_adopts_a_text_that_has_ended(cls: type[Event]) -> None:
    ledger = office(*WHOLE, act(events.InstrumentTerminated, "2012-01-01"))
    fields = {"party": "unesco"} if cls is events.InstrumentAcceded else {}

    with pytest.raises(RefusedError) as caught:
        ledger.record(act(cls, "2013-01-01", **fields))

    assert caught.value.findings[0].code == "E501"


# --- consent


@pytest.mark.parametrize(
    "how", ["ratification", "acceptance", "approval", "notification", "formal_confirmation"]
)
def test_a_consent_keeps_its_day_and_its_means(how: str) -> None:
    ledger = office(text(), signing("2010-01-01"), ratification("2010-06-01", "vn", how=how))
    shown = participation(ledger, "2010-06-01", "vn")

    assert (str(shown.consented_on), shown.how) == ("2010-06-01", how)


def test_a_definitive_signature_is_a_signature_and_a_consent() -> None:
    ledger = office(
        text(),
        *(ratification("2010-01-01", party, how="definitive_signature") for party in THREE),
    )
    shown = participation(ledger, "2010-01-01", "vn")

    assert str(shown.signed_on) == str(shown.consented_on) == "2010-01-01"
    assert shown.how is ConsentMeans.DEFINITIVE_SIGNATURE
    assert state(ledger, "2010-01-01") == "signed"
    assert text_on(ledger, "2010-01-01").not_ratified == ()


def test_an_approval_within_is_no_consent() -> None:
    ledger = office(
        text(), signing("2010-01-01"), act(events.InstrumentApproved, "2010-02-01", by="vn")
    )

    assert participation(ledger, "2010-02-01", "vn").consented_on is None
    assert text_on(ledger, "2010-02-01").not_ratified == THREE


# --- entry into force


def test_an_entry_that_names_parties_is_for_those_and_a_later_one_moves_no_since() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        entry("2010-06-01", "vn", "fr"),
        entry("2011-01-01", "cu"),
    )

    assert in_force_for(ledger, "2010-12-31") == ("vn", "fr")
    assert in_force_for(ledger, "2011-01-01") == THREE
    assert str(text_on(ledger, "2011-01-01").since) == "2010-06-01"
    assert str(participation(ledger, "2011-01-01", "vn").in_force_since) == "2010-06-01"
    assert str(participation(ledger, "2011-01-01", "cu").in_force_since) == "2011-01-01"


def test_a_later_entry_for_a_party_does_not_resume_a_suspended_text() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        entry("2010-06-01", "vn", "fr"),
        act(events.InstrumentSuspended, "2010-09-01"),
        entry("2011-01-01", "cu"),
    )

    assert state(ledger, "2011-01-01") == "suspended"
    assert in_force_for(ledger, "2011-01-01") == THREE


def test_without_names_an_entry_is_for_those_that_had_consented_by_then() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        ratification("2010-03-01", "vn"),
        ratification("2010-04-01", "fr"),
        entry("2010-06-01"),
        ratification("2011-01-01", "cu"),
    )

    assert in_force_for(ledger, "2010-06-01") == ("vn", "fr")
    assert in_force_for(ledger, "2010-12-31") == ("vn", "fr")
    assert in_force_for(ledger, "2011-01-01") == THREE


def test_without_any_consent_by_then_an_entry_is_for_all_but_those_that_consent_later() -> None:
    acts = [text(), signing("2010-01-01"), entry("2010-06-01")]
    ledger = office(*acts, ratification("2011-01-01", "cu"))

    assert in_force_for(office(*acts), "2010-06-01") == THREE
    assert in_force_for(ledger, "2010-06-01") == ("vn", "fr")
    assert in_force_for(ledger, "2011-01-01") == THREE


def test_between_two_an_entry_is_for_both_whatever_it_names() -> None:
    ledger = office(text("vn", "fr"), signing("2010-01-01"), entry("2010-06-01", "vn"))

    assert in_force_for(ledger, "2010-06-01") == ("vn", "fr")


@pytest.mark.parametrize(
    ("length", "day"), [({"days": 30}, "2011-01-31"), ({"months": 2}, "2011-03-01")]
)
def test_a_late_consent_counts_after_the_length_of_the_condition(
    length: dict[str, int], day: str
) -> None:
    ledger = office(
        text(enters_after={"consents": 2, **length}),
        signing("2010-01-01"),
        ratification("2010-03-01", "vn"),
        ratification("2010-04-01", "fr"),
        entry("2010-06-01"),
        ratification("2011-01-01", "cu"),
    )

    assert in_force_for(ledger, "2011-01-01") == ("vn", "fr")
    assert in_force_for(ledger, day) == THREE
    assert str(participation(ledger, day, "cu").in_force_since) == day


def test_a_text_in_force_from_the_background_or_by_an_extension_is_so_for_all() -> None:
    registered = office(text(state="in_force", when="2010-01-01"))
    extended = office(text(), act(events.InstrumentExtended, "2010-01-01", years=3))

    assert in_force_for(registered, "2010-01-01") == THREE
    assert in_force_for(extended, "2010-01-01") == THREE


def test_in_force_on_signature_each_is_bound_from_its_own_but_not_before_the_text() -> None:
    ledger = office(
        text(kind="mou"),
        signing("2010-01-01", "vn"),
        signing("2010-02-01", "fr"),
        signing("2010-03-01", "cu"),
    )

    assert in_force_for(ledger, "2010-02-15") == ()
    assert in_force_for(ledger, "2010-03-01") == THREE
    assert str(participation(ledger, "2010-03-01", "vn").in_force_since) == "2010-03-01"


def test_a_successor_takes_the_entry_of_its_predecessor() -> None:
    ledger = office(
        *more_parties("dd"),
        *WHOLE,
        events.PartySucceeded(party="cu", by="dd", when="2012-01-01"),
    )

    assert in_force_for(ledger, "2012-01-01") == ("vn", "fr", "dd")
    assert str(participation(ledger, "2012-01-01", "dd").in_force_since) == "2010-06-01"


# --- open for signature, and conditions of entry


def test_an_open_text_belongs_to_those_that_sign_and_nobody_is_missing() -> None:
    ledger = office(
        text(open_for_signature=True, parties=()),
        signing("2010-01-01", "vn"),
        signing("2010-03-01", "cu"),
    )

    assert state(ledger, "2009-12-31") == "none"
    assert state(ledger, "2010-01-01") == "signed"
    assert parties(ledger, "2010-01-01") == ("vn",)
    assert parties(ledger, "2010-03-01") == ("vn", "cu")
    assert text_on(ledger, "2010-01-01").missing_signers == ()
    assert text_on(ledger, "2010-01-01").not_ratified == ("vn",)


def test_an_open_text_that_binds_by_signature_is_in_force_from_the_second() -> None:
    ledger = office(
        text(open_for_signature=True, parties=(), kind="mou"),
        signing("2010-01-01", "vn"),
        signing("2010-02-01", "fr"),
        signing("2010-03-01", "cu"),
    )

    assert [state(ledger, day) for day in ("2010-01-01", "2010-02-01")] == ["signed", "in_force"]
    assert in_force_for(ledger, "2010-02-01") == ("vn", "fr")
    assert in_force_for(ledger, "2010-03-01") == ("vn", "fr", "cu")
    assert [str(participation(ledger, "2010-03-01", party).in_force_since) for party in THREE] == [
        "2010-02-01",
        "2010-02-01",
        "2010-03-01",
    ]


def test_an_open_text_counts_once_with_those_that_signed_within_the_period() -> None:
    view = office(
        text(open_for_signature=True, parties=()),
        signing("2010-01-01", "vn"),
        signing("2010-02-01", "fr"),
        signing("2011-03-01", "cu"),
    ).view("2012-01-01")

    assert [each.parties for each in view.signatures()] == [THREE]
    assert [each.parties for each in view.signatures(period="2010")] == [("vn", "fr")]
    assert view.signatures(period="2011") == ()


def test_a_text_to_which_parties_acceded_enters_into_force_without_a_signature() -> None:
    ledger = office(
        text(open_for_signature=True, parties=()),
        act(events.InstrumentAdopted, "2009-01-01"),
        act(events.InstrumentAcceded, "2010-01-01", party="vn"),
        act(events.InstrumentAcceded, "2010-02-01", party="fr"),
    )
    receipt = ledger.record(entry("2010-06-01"))

    assert "W501" not in {warning.code for warning in receipt.warnings}


@pytest.mark.parametrize("confirmed", ["2012-01-01", "2012-03-01"])
def test_a_termination_by_one_that_left_confirms_its_notice_and_ends_nothing(
    confirmed: str,
) -> None:
    ledger = office(
        *WHOLE,
        notice("2011-01-01", "vn", "2012-01-01"),
        act(events.InstrumentTerminated, confirmed, by="vn"),
    )

    assert state(ledger, "2013-01-01") == "in_force"
    assert parties(ledger, "2013-01-01") == ("fr", "cu")
    assert str(participation(ledger, "2013-01-01", "vn").left_on) == "2012-01-01"


def test_who_left_and_came_back_signed_when_it_did() -> None:
    came_back = [
        notice("2012-01-01", "vn", "2013-01-01"),
        act(events.InstrumentAcceded, "2014-01-01", party="vn"),
    ]
    closed = office(*WHOLE, *came_back)
    opened = office(
        text(open_for_signature=True, parties=()),
        *(signing("2010-01-01", party) for party in THREE),
        entry("2010-06-01"),
        *came_back,
    )

    for ledger in (closed, opened):
        (signed,) = ledger.view("2015-01-01").signatures(period="2010")
        assert signed.parties == THREE


def test_who_came_back_has_signed_nothing_in_its_new_spell() -> None:
    ledger = office(
        *WHOLE,
        notice("2012-01-01", "vn", "2013-01-01"),
        act(events.InstrumentAcceded, "2014-01-01", party="vn"),
    )

    before, after = (participation(ledger, day, "vn") for day in ("2012-06-01", "2015-01-01"))
    assert (str(before.signed_on), str(before.ends)) == ("2010-01-01", "2013-01-01")
    assert (after.signed_on, after.ends, after.left_on) == (None, None, None)
    assert str(after.consented_on) == "2014-01-01"


def test_a_signature_of_an_open_text_by_all_is_by_the_partners_of_its_day() -> None:
    ledger = office(
        text(open_for_signature=True, parties=()),
        signing("2010-01-01"),
        events.PartyJoined(partnership="vnfr", party="cu", when="2011-01-01"),
        events.PartyLeft(partnership="vnfr", party="fr", when="2012-01-01"),
    )

    for day in ("2010-01-01", "2013-01-01"):
        assert parties(ledger, day) == ("vn", "fr")


def test_missing_consents_are_counted_and_the_text_may_be_in_force_after_the_length() -> None:
    ledger = office(
        text(enters_after={"consents": 2, "days": 30}),
        signing("2010-01-01"),
        ratification("2010-03-01", "vn"),
        ratification("2010-04-01", "fr"),
    )
    days = ("2010-01-01", "2010-03-01", "2010-04-01")

    assert [text_on(ledger, day).missing_consents for day in days] == [2, 1, 0]
    assert Flag.MAY_BE_IN_FORCE not in text_on(ledger, "2010-04-30").flags
    assert Flag.MAY_BE_IN_FORCE in text_on(ledger, "2010-05-01").flags
    assert state(ledger, "2010-05-01") == "signed"
    ledger.record(entry("2010-06-01"))
    assert Flag.MAY_BE_IN_FORCE not in text_on(ledger, "2010-06-01").flags
    assert Flag.MAY_BE_IN_FORCE in text_on(ledger, "2010-05-31").flags
    assert text_on(ledger, "2010-06-01").missing_consents is None


def test_a_text_that_a_conference_adopts_is_agreed() -> None:
    ledger = office(text(), act(events.InstrumentAdopted, "2010-01-01"))

    assert state(ledger, "2010-01-01") == "agreed"
    assert text_on(ledger, "2010-01-01").not_ratified == THREE


# --- who has not consented


def test_the_parties_without_consent_are_told_before_the_entry() -> None:
    names = [f"p{number}" for number in range(8)]
    ledger = office(
        *more_parties(*names),
        text(*names),
        signing("2010-01-01"),
        *(ratification("2011-01-01", name) for name in names[:5]),
    )

    assert text_on(ledger, "2009-01-01").not_ratified == ()
    assert text_on(ledger, "2010-01-01").not_ratified == tuple(names)
    assert text_on(ledger, "2011-01-01").not_ratified == tuple(names[5:])


def test_after_the_entry_they_are_told_only_where_some_consent_is_on_record() -> None:
    silent = office(*WHOLE)
    told = office(text(), signing("2010-01-01"), ratification("2010-03-01", "vn"), entry("2010-06"))

    assert text_on(silent, "2010-06-01").not_ratified == ()
    assert text_on(told, "2010-06-30").not_ratified == ("fr", "cu")


def test_nobody_is_told_of_a_text_that_binds_by_signature_or_has_ended() -> None:
    bound = office(text(kind="mou"), signing("2010-01-01"))
    ended = office(
        text(),
        signing("2010-01-01"),
        ratification("2010-03-01", "vn"),
        entry("2010-06-01"),
        act(events.InstrumentTerminated, "2011-01-01"),
    )

    assert text_on(bound, "2010-01-01").not_ratified == ()
    assert text_on(ended, "2010-12-31").not_ratified == ("fr", "cu")
    assert text_on(ended, "2011-01-01").not_ratified == ()


# --- notices


def test_between_two_the_earliest_end_of_two_notices_bites() -> None:
    ledger = office(*TWO_NOTICES)
    shown = text_on(ledger, "2011-01-15")

    assert (str(shown.state), str(shown.since)) == ("terminated", "2011-01-01")


def test_a_notice_taken_back_leaves_that_of_the_other() -> None:
    back = act(events.TerminationNoticeWithdrawn, "2010-03-01", by="fr")
    ledger = office(*TWO_NOTICES, back)

    assert state(ledger, "2010-06-01") == "terminating"
    assert str(text_on(ledger, "2010-06-01").ends) == "2011-01-01"
    assert state(ledger, "2011-01-01") == "terminated"
    assert participation(ledger, "2010-06-01", "fr").notice_on is None
    assert str(participation(ledger, "2010-06-01", "vn").notice_on) == "2010-01-01"


def test_the_first_notice_taken_back_leaves_the_later_end() -> None:
    ledger = office(*TWO_NOTICES, act(events.TerminationNoticeWithdrawn, "2010-03-01", by="vn"))

    assert state(ledger, "2011-01-15") == "terminating"
    assert state(ledger, "2011-02-01") == "terminated"


def test_of_more_than_two_the_one_that_gave_notice_leaves_and_the_text_lives() -> None:
    ledger = office(*WHOLE, notice("2011-01-01", "vn", "2012-01-01"))
    leaving = text_on(ledger, "2011-06-01")

    assert (str(leaving.state), leaving.flags, leaving.ends) == (
        "in_force",
        (Flag.PARTY_LEAVING,),
        None,
    )
    assert str(participation(ledger, "2011-06-01", "vn").ends) == "2012-01-01"
    assert in_force_for(ledger, "2011-12-31") == THREE
    assert in_force_for(ledger, "2012-01-01") == ("fr", "cu")
    assert parties(ledger, "2012-01-01") == ("fr", "cu")
    assert state(ledger, "2012-01-01") == "in_force"
    assert text_on(ledger, "2012-01-01").flags == ()
    assert str(participation(ledger, "2012-01-01", "vn").left_on) == "2012-01-01"


def test_the_text_is_terminating_where_fewer_than_two_would_stay() -> None:
    ledger = office(
        *WHOLE,
        notice("2011-01-01", "vn", "2012-01-01"),
        notice("2011-02-01", "fr", "2013-01-01"),
    )
    days = ("2011-01-31", "2011-02-01", "2012-12-31", "2013-01-01")

    assert [state(ledger, day) for day in days] == [
        "in_force",
        "terminating",
        "terminating",
        "terminated",
    ]
    assert str(text_on(ledger, "2011-02-01").ends) == "2013-01-01"


def test_a_notice_for_all_ends_the_text_for_all() -> None:
    ledger = office(*WHOLE, notice("2011-01-01", "vn", "2012-01-01", for_all=True))

    assert Flag.PARTY_LEAVING not in text_on(ledger, "2011-06-01").flags
    assert [state(ledger, day) for day in ("2011-06-01", "2012-01-01")] == [
        "terminating",
        "terminated",
    ]


@pytest.mark.parametrize("ends", ["2011-06-01", "2013-06-01"])
def test_a_notice_given_again_replaces_that_party_s_own_whatever_its_end(ends: str) -> None:
    ledger = office(
        *WHOLE,
        notice("2011-01-01", "vn", "2012-01-01"),
        notice("2011-03-01", "vn", ends),
    )

    assert str(participation(ledger, "2011-03-01", "vn").ends) == ends
    assert str(participation(ledger, "2014-01-01", "vn").left_on) == ends


def test_a_unit_gives_notice_for_the_party_above_it() -> None:
    ledger = office(*WHOLE, notice("2011-01-01", "most", "2012-01-01"))

    assert parties(ledger, "2012-01-01") == ("fr", "cu")


def test_units_of_one_party_count_as_one_when_it_is_asked_whether_two_stay() -> None:
    ledger = office(
        text("vn", "most", "fr"),
        signing("2010-01-01"),
        entry("2010-06-01"),
        notice("2011-01-01", "fr", "2012-01-01"),
    )

    assert state(ledger, "2011-01-01") == "terminating"
    assert state(ledger, "2012-01-01") == "terminated"


@pytest.mark.parametrize(("heirs", "left"), [(("cu",), "terminated"), (("cu", "de"), "in_force")])
def test_a_unit_belongs_to_each_of_those_that_took_over_from_the_party_above_it(
    heirs: tuple[str, ...], left: str
) -> None:
    ledger = office(
        *more_parties("de"),
        text("most", "fr", *heirs),
        signing("2010-01-01"),
        entry("2010-06-01"),
        events.PartySucceeded(party="vn", by=heirs, when="2010-09-01"),
        notice("2011-01-01", "fr", "2012-01-01"),
    )

    assert state(ledger, "2012-01-01") == left


def test_units_count_each_where_all_parties_belong_to_one() -> None:
    ledger = office(
        *more_parties("a", "b", "c", parent="vn"),
        text("a", "b", "c"),
        signing("2010-01-01"),
        entry("2010-06-01"),
        notice("2011-01-01", "a", "2012-01-01"),
    )

    assert state(ledger, "2012-01-01") == "in_force"
    assert parties(ledger, "2012-01-01") == ("b", "c")


def test_only_those_for_whom_it_is_in_force_are_counted() -> None:
    ledger = office(
        text(),
        signing("2010-01-01"),
        ratification("2010-03-01", "vn"),
        ratification("2010-04-01", "fr"),
        entry("2010-06-01"),
        notice("2011-01-01", "vn", "2012-01-01"),
    )

    assert state(ledger, "2011-01-01") == "terminating"


def test_that_few_have_entered_ends_no_text() -> None:
    ledger = office(text(), signing("2010-01-01"), entry("2010-06-01", "vn"))

    assert state(ledger, "2015-01-01") == "in_force"
    assert in_force_for(ledger, "2015-01-01") == ("vn",)


@pytest.mark.parametrize(
    ("told", "since"),
    [
        ({"when": "2017-06-01", "ends": "2018-06-30"}, "2017-06-01"),
        ({"when": "../2017-06-01", "effective": "2018-07-22", "ends": "2018-06"}, "2018-07-22"),
    ],
    ids=["before it leaves", "on the day on which it leaves"],
)
def test_a_notice_ends_the_text_that_runs_on_once_only_two_are_left(
    told: dict[str, str], since: str
) -> None:
    """Only one is bound, so that nobody is counted who leaves; the rest are two all the same."""
    ledger = office(
        text(),
        entry("2015-05-15", "cu"),
        notice("2017-05-01", "fr", "2018-12-31"),
        notice(by="vn", **told),
    )
    shown = text_on(ledger, "2018-07-22")

    assert (str(shown.state), str(shown.since)) == ("terminating", since)
    assert str(shown.ends) == "2018-12-31"
    assert (shown.parties, shown.in_force_for) == (("fr", "cu"), ("cu",))
    assert state(ledger, "2018-12-31") == "terminated"


def test_two_that_leave_on_one_day_leave_more_than_two_together() -> None:
    ledger = office(
        text(),
        entry("2015-05-15", "cu"),
        notice("2017-05-01", "fr", "2018-06-30"),
        notice("2017-06-01", "vn", "2018-06-30"),
    )

    assert [state(ledger, day) for day in ("2018-06-29", "2018-06-30")] == ["in_force", "in_force"]
    assert parties(ledger, "2018-06-30") == ("cu",)


def test_a_termination_by_one_of_several_is_for_itself() -> None:
    ledger = office(*WHOLE, act(events.InstrumentTerminated, "2012-01-01", by="vn"))

    assert state(ledger, "2012-01-01") == "in_force"
    assert parties(ledger, "2012-01-01") == ("fr", "cu")


@pytest.mark.parametrize("more", [{}, {"by": "vn", "mutual": True}, {"by": ["vn", "fr"]}])
def test_a_termination_by_nobody_by_all_or_by_too_many_is_for_all(more: dict[str, Any]) -> None:
    ledger = office(*WHOLE, act(events.InstrumentTerminated, "2012-01-01", **more))

    assert state(ledger, "2012-01-01") == "terminated"


def test_a_termination_confirms_the_notice_of_the_party() -> None:
    ledger = office(
        *WHOLE,
        notice("2011-01-01", "vn", "2012-01-01"),
        act(events.InstrumentTerminated, "2011-06-01", by="vn"),
    )

    assert str(participation(ledger, "2012-06-01", "vn").left_on) == "2011-06-01"
    assert state(ledger, "2012-06-01") == "in_force"


# --- signatures taken back, reservations


def test_a_signature_taken_back_does_not_lower_the_state_while_two_are_left() -> None:
    ledger = office(
        text(), signing("2010-01-01"), act(events.SignatureWithdrawn, "2010-03-01", by="cu")
    )
    shown = text_on(ledger, "2010-03-01")

    assert (str(shown.state), shown.missing_signers) == ("signed", ("cu",))
    assert Flag.PARTIALLY_SIGNED in shown.flags
    assert participation(ledger, "2010-03-01", "cu").signed_on is None


@pytest.mark.parametrize("initialled", [True, False])
@pytest.mark.parametrize(
    ("names", "by"), [(("vn", "fr"), ["vn"]), (THREE, ["vn", "fr"])], ids=["of two", "of three"]
)
def test_with_fewer_than_two_signatures_the_text_is_agreed_or_initialled_again(
    names: tuple[str, ...], by: list[str], *, initialled: bool
) -> None:
    ledger = office(
        text(*names),
        *([act(events.InstrumentInitialled, "2009-12-01")] if initialled else []),
        signing("2010-01-01"),
        act(events.SignatureWithdrawn, "2010-03-01", by=by),
    )

    assert state(ledger, "2010-03-01") == ("initialled" if initialled else "agreed")


def test_reservations_are_kept_with_the_participation_and_change_no_state() -> None:
    ledger = office(
        *WHOLE,
        act(
            events.ReservationMade,
            "2010-01-01",
            party="cu",
            kind="reservation",
            article="12",
            text="no court",
        ),
        act(events.ReservationMade, "2010-01-02", party="cu", kind="declaration", text="clear"),
        act(events.ReservationWithdrawn, "2015-01-01", party="cu", article="12"),
    )

    assert participation(ledger, "2014-12-31", "cu").reservations == (
        "reservation on 12: no court",
        "declaration: clear",
    )
    assert participation(ledger, "2015-01-01", "cu").reservations == ("declaration: clear",)
    assert state(ledger, "2015-01-01") == "in_force"


# --- members of a partnership


def test_members_of_a_partnership_come_and_go() -> None:
    ledger = office(
        events.PartyJoined(partnership="vnfr", party="cu", when="2010-01-01"),
        events.PartyLeft(partnership="vnfr", party="vn", when="2012-01-01"),
    )

    assert [
        ledger.view(day).partnership("vnfr").parties
        for day in ("2009-12-31", "2010-01-01", "2012-01-01")
    ] == [("vn", "fr"), THREE, ("fr", "cu")]


ACTIVITY: list[Event] = [
    act(events.InstrumentAcceded, "2012-01-01", party="unesco"),
    ratification("2012-01-01", "vn"),
    act(events.InstrumentAdopted, "2012-01-01"),
    act(events.SignatureWithdrawn, "2012-01-01", by="vn"),
    act(events.ReservationMade, "2012-01-01", party="vn", kind="declaration", text="clear"),
    events.PartyJoined(partnership="vnfr", party="cu", when="2012-01-01"),
]


@pytest.mark.parametrize("event", ACTIVITY, ids=lambda event: type(event).__name__)
def test_acts_of_single_parties_are_activity(event: Event) -> None:
    ledger = office(text(), signing("2010-01-01"), event)

    assert str(ledger.view("2013-01-01").partnership("vnfr").last_activity) == "2012-01-01"


# --- known when


def text_known(ledger: Ledger, day: str, known_at: str) -> Instrument:
    return ledger.view(day, known_at=known_at).instrument("t")


def test_late_news_of_an_accession_and_a_leaving_counts_from_when_it_is_known() -> None:
    clock = Clock("2015-01-01")
    ledger = office(*WHOLE, clock=clock)
    clock.set("2016-01-01")
    ledger.record(act(events.InstrumentAcceded, "2012-01-01", party="unesco"))
    clock.set("2017-01-01")
    ledger.record(notice("2012-06-01", "vn", "2013-01-01"))

    assert text_known(ledger, "2013-06-01", "2015-06-01").in_force_for == THREE
    assert text_known(ledger, "2013-06-01", "2016-06-01").in_force_for == (*THREE, "unesco")
    assert text_known(ledger, "2013-06-01", "2017-06-01").in_force_for == ("fr", "cu", "unesco")
    assert text_known(ledger, "2011-06-01", "2017-06-01").in_force_for == THREE


# --- notice of a text that never entered into force


def test_a_text_under_notice_before_its_entry_still_waits_for_consents() -> None:
    ledger = office(
        text("vn", "fr"), signing("2015-01-01"), notice("2015-06-01", "vn", "2016-06-30")
    )
    treaty = text_on(ledger, "2015-06-01")

    assert (treaty.state, treaty.in_force_for) == ("terminating", ())
    assert treaty.not_ratified == ("vn", "fr")


def test_of_three_that_only_signed_two_stay_when_one_leaves() -> None:
    ledger = office(text(), signing("2015-01-01"), notice("2015-06-01", "vn", "2016-01-01"))

    assert [state(ledger, day) for day in ("2015-06-01", "2016-01-01")] == ["signed", "signed"]
    assert parties(ledger, "2016-01-01") == ("fr", "cu")


def test_whoever_took_over_leaves_under_the_old_name_too() -> None:
    ledger = office(
        events.PartyJoined(partnership="vnfr", party="mesr", when="2015-01-01"),
        events.PartyLeft(partnership="vnfr", party="fr", when="2018-06-03"),
        events.PartySucceeded(party="fr", by="mesr", when="2015-01-02"),
    )

    assert ledger.view("2018-06-02").partnership("vnfr").parties == ("vn", "mesr")
    assert ledger.view("2018-06-03").partnership("vnfr").parties == ("vn",)


def test_a_party_that_joins_under_its_old_name_is_the_one_that_took_over() -> None:
    ledger = office(
        events.PartySucceeded(party="cu", by="mesr", when="2015-01-02"),
        events.PartyJoined(partnership="vnfr", party="cu", when="2016-01-01"),
        events.PartyLeft(partnership="vnfr", party="mesr", when="2018-06-03"),
    )

    assert ledger.view("2016-01-01").partnership("vnfr").parties == ("vn", "fr", "mesr")
    assert ledger.view("2018-06-03").partnership("vnfr").parties == ("vn", "fr")


def test_who_left_again_as_an_heir_shows_nothing_of_the_spell_before() -> None:
    ledger = office(
        *more_parties("cz", "de"),
        text(parties=(), open_for_signature=True, kind="mou"),
        signing("2008-01-01", "vn", "fr"),
        signing("2010-01-01", "cz", "de"),
        notice("2010-06-01", "vn", "2011-01-01"),
        signing("2011-06-01", "cu"),
        events.PartySucceeded(party="cu", by="vn", when="2012-01-01"),
        notice("2013-01-01", "vn", "2014-01-01"),
    )

    again = participation(ledger, "2015-01-01", "vn")
    assert str(again.left_on) == "2014-01-01"
    assert (str(again.signed_on), str(again.consented_on)) == ("2011-06-01", "2011-06-01")


def test_notices_change_nothing_of_a_text_that_is_registered_below_signed_since() -> None:
    drafted = text(state="agreed", when="2013-01-01")
    noticed = notice("2011-01-01", "vn", "2015-01-01")
    ledger = office(drafted, entry("2010-02-01"), noticed, signing("2016-01-01"))

    assert [state(ledger, day) for day in ("2015-06-01", "2016-01-01")] == ["agreed", "signed"]
    assert parties(ledger, "2015-06-01") == THREE
    assert str(participation(ledger, "2016-06-01", "vn").left_on) == "2016-01-01"


def test_a_notice_for_all_ends_no_text_that_is_registered_below_signed_since() -> None:
    drafted = text(state="agreed", when="2013-01-01")
    noticed = notice("2011-01-01", "vn", "2015-01-01", for_all=True)
    ledger = office(drafted, entry("2010-02-01"), noticed)

    assert state(ledger, "2016-01-01") == "agreed"


def test_by_a_definitive_signature_that_lets_two_stay_the_notice_ends_the_text_no_more() -> None:
    ledger = office(
        text(state="in_force", when="2010-01-01"),
        notice("2011-01-01", "vn", "2014-01-01"),
        ratification("2012-01-01", "cu", how="definitive_signature"),
    )

    assert [state(ledger, day) for day in ("2011-06-01", "2012-01-01", "2014-01-01")] == [
        "terminating",
        "in_force",
        "in_force",
    ]
