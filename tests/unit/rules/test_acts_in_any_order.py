"""Acts of several parties in an order that no text expects: late news, slips, and what is left."""

import pytest

from coopledger import Ledger, events
from coopledger.terms import ConsentMeans, Flag
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
    parties,
    ratification,
    signing,
    state,
    text,
    text_on,
)


def flags(ledger: Ledger, day: str = "2025-01-01") -> tuple[Flag, ...]:
    """Return the flags of the text on the day."""
    return text_on(ledger, day).flags


def deciding(ledger: Ledger, day: str = "2025-01-01") -> tuple[str, ...]:
    """Return the events that decided the answer on the day."""
    return text_on(ledger, day).decided_by


# --- consents


def test_the_number_of_consents_is_told_by_the_last_one_needed_not_by_later_ones() -> None:
    ledger = office(
        text(enters_after={"consents": 1, "days": 30}),
        ratification("2010-01-01", "vn", id="first"),
        ratification("2015-01-01", "fr", id="second"),
    )

    assert flags(ledger) == (Flag.MAY_BE_IN_FORCE,)
    assert deciding(ledger) == ("first",)


def test_the_number_of_consents_is_not_told_of_a_text_that_ran_out() -> None:
    ledger = office(
        text(enters_after={"consents": 1}, open_for_signature=True),
        signing("2010-01-01", "vn", until="2012-12-31"),
        ratification("2015-01-01", "vn"),
    )

    assert state(ledger, "2025-01-01") == "expired"
    assert flags(ledger) == ()


def test_who_leaves_before_the_entry_takes_its_consent_along() -> None:
    ledger = office(
        text(enters_after={"consents": 1}),
        signing("2009-01-01"),
        ratification("2010-01-01", "vn"),
        notice("2011-01-01", "vn", "2012-01-01"),
    )

    assert Flag.MAY_BE_IN_FORCE in flags(ledger, "2011-12-31")
    assert Flag.MAY_BE_IN_FORCE not in flags(ledger, "2012-01-01")
    assert text_on(ledger, "2012-01-01").missing_consents == 1


def test_each_signature_speaks_for_itself() -> None:
    ledger = office(
        text(kind="mou"),
        signing("2010-01-01", in_force=False),
        signing("2012-01-01", "vn"),
    )

    assert str(participation(ledger, "2025-01-01", "vn").consented_on) == "2012-01-01"
    assert participation(ledger, "2025-01-01", "fr").consented_on is None


def test_in_force_on_signature_it_is_so_for_those_that_signed_before_it_was_said() -> None:
    ledger = office(
        text(),
        signing("2010-01-01", "vn"),
        signing("2011-01-01", "fr", "cu", in_force=True),
    )

    assert in_force_for(ledger, "2025-01-01") == THREE
    assert participation(ledger, "2025-01-01", "vn").consented_on is None


def test_a_definitive_signature_brings_a_text_into_force_that_takes_effect_by_it() -> None:
    ledger = office(
        text("vn", "fr", kind="mou"),
        *(
            ratification(f"201{year}-01-01", party, how=ConsentMeans.DEFINITIVE_SIGNATURE)
            for year, party in enumerate(("vn", "fr"))
        ),
    )

    assert state(ledger, "2025-01-01") == "in_force"


def test_a_definitive_signature_under_a_text_that_has_ended_is_kept_for_the_record() -> None:
    ledger = office(
        text(),
        act(events.InstrumentCompleted, "2012-01-01"),
        ratification("2014-01-01", "vn", how=ConsentMeans.DEFINITIVE_SIGNATURE),
    )

    assert flags(ledger) == ()
    assert str(participation(ledger, "2025-01-01", "vn").signed_on) == "2014-01-01"


def test_a_definitive_signature_that_binds_waits_for_no_length() -> None:
    ledger = office(
        text(kind="mou", enters_after={"consents": 3, "days": 90}),
        entry("2010-01-01", "vn", "fr"),
        ratification("2012-01-01", "cu", how=ConsentMeans.DEFINITIVE_SIGNATURE),
    )

    assert str(participation(ledger, "2025-01-01", "cu").in_force_since) == "2012-01-01"


def test_consents_of_a_text_that_was_in_force_are_not_awaited_after_a_late_background() -> None:
    ledger = office(text(state="signed", when="2012-01-01"), entry("2009-01-01"))

    assert text_on(ledger, "2025-01-01").not_ratified == ()


# --- entries


def test_a_consent_after_an_entry_that_named_the_party_moves_no_first_day() -> None:
    ledger = office(text(), entry("2010-01-01", "vn", "fr"), ratification("2012-01-01", "vn"))

    assert str(participation(ledger, "2025-01-01", "vn").in_force_since) == "2010-01-01"


def test_a_signature_that_binds_counts_for_one_that_had_consented_and_was_not_named() -> None:
    ledger = office(
        text(kind="mou"),
        ratification("2009-01-01", "cu"),
        entry("2010-01-01", "vn", "fr"),
        signing("2012-01-01"),
    )

    assert str(participation(ledger, "2025-01-01", "cu").in_force_since) == "2012-01-01"
    assert str(participation(ledger, "2025-01-01", "cu").consented_on) == "2009-01-01"


def test_a_later_entry_for_some_ends_the_talks_that_were_opened_again() -> None:
    ledger = office(
        *WHOLE,
        act(events.NegotiationOpened, "2015-01-01"),
        entry("2016-01-01", "vn"),
    )

    assert flags(ledger, "2015-12-31") == (Flag.RENEGOTIATING,)
    assert flags(ledger, "2016-01-01") == ()


def test_who_consented_before_the_text_ran_out_and_was_not_bound_is_not_bound_again() -> None:
    ledger = office(
        text(),
        ratification("2009-01-01", "cu"),
        act(
            events.InstrumentEnteredIntoForce,
            "2010-01-01",
            parties=("vn", "fr"),
            until="2012-12-31",
        ),
        act(events.InstrumentExtended, "2014-01-01", years=20),
    )

    assert in_force_for(ledger, "2025-01-01") == ("vn", "fr")


# --- signatures


def test_a_signature_of_one_who_is_no_party_by_then_changes_nothing() -> None:
    ledger = office(
        text(parties=()),
        signing("2012-08-17", "vn", id="signed"),
        events.PartyJoined(partnership="vnfr", party="cu", when="2010-01-01"),
        events.PartyLeft(partnership="vnfr", party="vn", when="2011-01-01"),
    )

    assert state(ledger, "2025-01-01") == "none"
    assert flags(ledger) == ()


def test_an_act_at_which_nobody_signed_is_no_first_signature() -> None:
    ledger = office(text(), signing("2010-01-01", "vn", missing_signers="vn"))

    assert text_on(ledger, "2025-01-01").not_ratified == ()


def test_an_open_text_signed_by_nobody_named_is_signed_by_the_members_of_that_day() -> None:
    ledger = office(
        text(parties=(), open_for_signature=True),
        signing("2010-01-01"),
        events.PartyJoined(partnership="vnfr", party="cu", when="2011-01-01"),
    )

    assert parties(ledger, "2025-01-01") == ("vn", "fr")


def test_who_signs_an_open_text_definitively_belongs_to_it() -> None:
    ledger = office(
        text(parties=(), open_for_signature=True),
        ratification("2012-03-01", "cu", how=ConsentMeans.DEFINITIVE_SIGNATURE),
    )

    assert state(ledger, "2025-01-01") == "signed"
    assert parties(ledger, "2025-01-01") == ("cu",)


def test_a_signature_of_a_spell_that_is_over_may_be_taken_back_for_the_record() -> None:
    ledger = office(
        text(),
        signing("2010-01-01", until="2010-12-31"),
        act(events.SignatureWithdrawn, "2012-01-01", by="cu"),
    )

    assert participation(ledger, "2025-01-01", "cu").signed_on is None
    assert flags(ledger) == ()


def test_a_signature_of_a_new_spell_that_is_taken_back_leaves_the_others_in_part() -> None:
    ledger = office(
        text(),
        signing("2010-01-01", until="2010-12-31"),
        signing("2011-06-01", "vn"),
        signing("2011-07-01", "fr"),
        act(events.SignatureWithdrawn, "2012-01-01", by="fr"),
        act(events.SignatureWithdrawn, "2013-01-01", by="vn"),
    )

    assert flags(ledger, "2012-12-31") == (Flag.PARTIALLY_SIGNED,)
    assert flags(ledger, "2013-01-01") == ()


# --- notices


def test_the_last_notice_given_tells_that_a_party_is_leaving() -> None:
    ledger = office(
        *more_parties("cz", "dk"),
        text(*THREE, "cz", "dk"),
        signing("2010-01-01"),
        entry("2010-06-01"),
        notice("2011-01-01", "vn", "2030-01-01", id="one"),
        notice("2012-01-01", "fr", "2031-01-01", id="two"),
    )

    assert flags(ledger) == (Flag.PARTY_LEAVING,)
    assert "two" in deciding(ledger)
    assert "one" not in deciding(ledger)


def test_who_left_by_a_termination_still_shows_its_notice() -> None:
    ledger = office(
        *more_parties("cz"),
        text(*THREE, "cz"),
        signing("2010-01-01"),
        entry("2010-06-01"),
        notice("2011-01-01", "vn", "2012-01-01"),
        act(events.InstrumentTerminated, "2011-06-01", by="vn"),
    )

    left = participation(ledger, "2025-01-01", "vn")
    assert (str(left.notice_on), str(left.ends)) == ("2011-01-01", "2012-01-01")
    assert str(left.left_on) == "2011-06-01"


def test_the_accession_of_the_last_missing_signer_lets_two_stay_again() -> None:
    ledger = office(
        text(),
        signing("2010-01-01", "vn", "fr"),
        entry("2010-06-01", "vn", "fr"),
        notice("2011-01-01", "vn", "2020-01-01"),
        act(events.InstrumentAcceded, "2012-01-01", party="cu"),
    )

    assert state(ledger, "2011-06-01") == "terminating"
    assert state(ledger, "2013-01-01") == "in_force"


# --- things that were registered twice


@pytest.mark.parametrize("hindsight", [True, False])
def test_the_end_that_only_a_duplicate_tells_counts(*, hindsight: bool) -> None:
    ledger = office(
        text(name="d", kind="mou", until="2012-05-16"),
        text(kind="mou"),
        act(events.InstrumentProvisionallyApplied, "2008-06-25"),
        events.SameAs(duplicate="d", same_as="t"),
    )

    assert ledger.view("2025-01-01", hindsight=hindsight).instrument("t").state == "expired"


def test_a_text_that_replaces_a_duplicate_replaces_the_other() -> None:
    ledger = office(
        text(name="d"),
        text(),
        text(name="new", supersedes="d"),
        events.SameAs(duplicate="d", same_as="t"),
        act(events.InstrumentExtended, "2019-04-21", name="new", years=20),
    )

    assert state(ledger, "2025-01-01") == "superseded"


def test_the_duplicate_that_tells_the_renewal_is_told_with_the_term() -> None:
    ledger = office(
        text(name="d", renewal={"tacit": True, "years": 1}, id="telling"),
        text(id="silent"),
        act(events.InstrumentEnteredIntoForce, "2010-01-01", until="2010-12-31"),
        events.SameAs(duplicate="d", same_as="t"),
    )

    assert "telling" in deciding(ledger)
    assert "silent" not in deciding(ledger)


@pytest.mark.parametrize(
    ("day", "since"), [("2017-01-01", "2016-12-12"), ("2025-01-01", "2016-12-12")]
)
def test_a_commitment_of_which_the_duplicate_was_made_before_counts_from_then(
    day: str, since: str
) -> None:
    def made(name: str, when: str) -> events.CommitmentMade:
        return events.CommitmentMade(
            commitment=name,
            partnership="vnfr",
            what="a map",
            debtors="vn",
            creditors="fr",
            when=when,
        )

    ledger = office(
        made("d", "2016-02-13"),
        events.CommitmentFulfilled(commitment="d", when="2016-12-12"),
        made("c", "2018-04-21"),
        events.SameAs(duplicate="d", same_as="c"),
    )
    answer = ledger.view(day).commitment("c")

    assert (answer.status, str(answer.since)) == ("fulfilled", since)


def test_a_commitment_that_a_leaving_ended_is_certain_whatever_the_end_of_the_text() -> None:
    ledger = office(
        text(renewal={"tacit": True, "years": 2}),
        act(events.InstrumentEnteredIntoForce, "2010-01-01", until="2014?"),
        notice("2013-02-22", "vn", "2018-07-19"),
        events.CommitmentMade(
            commitment="c",
            partnership="vnfr",
            what="a map",
            debtors="vn",
            creditors="fr",
            under="t",
            when="2017-04-01",
        ),
    )

    assert ledger.view("2020-01-01").commitment("c").certain


def took_over(when: str, party: str, *by: str) -> events.PartySucceeded:
    """Return a succession to everything of a party."""
    return events.PartySucceeded(when=when, party=party, by=by)


# --- acts under notice


@pytest.mark.parametrize(
    "binding",
    [entry("2011-06-01", "vn"), signing("2011-06-01", "vn", in_force=True)],
)
def test_under_notice_who_is_bound_only_now_would_leave_too_few(binding: events.Event) -> None:
    ledger = office(
        text(),
        entry("2010-01-01", "fr"),
        notice("2011-01-01", "vn", "2012-01-01"),
        binding,
    )

    assert [state(ledger, day) for day in ("2011-05-31", "2011-06-01", "2012-01-01")] == (
        ["in_force", "terminating", "terminated"]
    )


def test_under_notice_others_are_bound_by_what_is_told_of_the_text() -> None:
    ledger = office(
        text(state="in_force", when="2012-01-01"),
        entry("2010-01-01", "vn"),
        notice("2011-01-01", "vn", "2013-01-01"),
    )

    assert [state(ledger, day) for day in ("2011-06-01", "2012-01-01", "2013-01-01")] == (
        ["terminating", "in_force", "in_force"]
    )
    assert in_force_for(ledger, "2013-01-01") == ("fr", "cu")


def test_a_signature_that_binds_waits_for_no_later_entry_of_its_party() -> None:
    ledger = office(
        text(),
        entry("2010-01-01", "fr", "cu"),
        signing("2012-01-01", "vn", in_force=True),
        entry("2014-01-01", "vn"),
    )

    assert str(participation(ledger, "2025-01-01", "vn").in_force_since) == "2012-01-01"


def test_a_notice_that_is_taken_back_after_the_end_was_given_all_the_same() -> None:
    ledger = office(
        text(),
        entry("2010-01-01"),
        notice("2011-01-01", "vn", "2015-01-01"),
        act(events.TerminationNoticeWithdrawn, "2013-01-01", by="vn"),
        act(events.InstrumentTerminated, "2012-01-01", mutual=True),
    )

    assert str(participation(ledger, "2025-01-01", "vn").notice_on) == "2011-01-01"


def test_a_unit_that_accedes_later_is_no_later_consent_of_the_party_above_it() -> None:
    ledger = office(
        text(),
        entry("2010-01-01"),
        act(events.InstrumentAcceded, "2012-01-01", party="most"),
    )

    assert in_force_for(ledger, "2011-01-01") == THREE


def test_an_entry_for_one_that_late_news_makes_no_party_is_for_nobody() -> None:
    three = events.PartyJoined(partnership="vnfr", party="cu", when="2009-01-01")
    ledger = office(
        *more_parties("cz"),
        three,
        events.PartyJoined(partnership="vnfr", party="cz", when="2009-01-01"),
        text(parties=()),
        entry("2012-01-01", "cz"),
        events.PartyLeft(partnership="vnfr", party="cz", when="2010-01-01"),
    )

    assert state(ledger, "2025-01-01") == "in_force"
    assert in_force_for(ledger, "2025-01-01") == ()


def test_under_notice_two_stay_once_a_late_consent_counts() -> None:
    ledger = office(
        *more_parties("cz"),
        text(enters_after={"consents": 2, "days": 30}, state="in_force"),
        notice("2013-01-01", "vn", "2015-01-01"),
        act(events.TerminationNotified, "2013-01-01", by="fr", ends="2016-01-01"),
        act(events.InstrumentAcceded, "2014-01-01", party="cz"),
    )

    assert [state(ledger, day) for day in ("2014-01-30", "2014-01-31", "2017-01-01")] == (
        ["terminating", "in_force", "in_force"]
    )


def test_who_leaves_on_the_day_of_a_succession_keeps_its_name() -> None:
    ledger = office(
        *more_parties("cz"),
        text(),
        entry("2010-01-01"),
        notice("2014-01-01", "vn", "2015-01-01"),
        took_over("2015-01-01", "vn", "cz"),
    )

    assert str(participation(ledger, "2025-01-01", "vn").left_on) == "2015-01-01"


HEIR = (
    text(*THREE, "cz"),
    ratification("2009-01-01", "vn"),
    entry("2010-01-01", "vn"),
    entry("2011-01-01", "fr", "cu", "cz"),
    took_over("2012-01-01", "vn", "fr"),
)


def test_an_heir_leaves_with_all_that_it_has_at_once() -> None:
    ledger = office(
        *more_parties("cz"),
        *HEIR,
        ratification("2013-01-01", "fr"),
        notice("2014-01-01", "fr", "2015-01-01"),
    )
    left = participation(ledger, "2025-01-01", "fr")

    assert state(ledger, "2025-01-01") == "in_force"
    assert (str(left.consented_on), str(left.left_on)) == ("2009-01-01", "2015-01-01")


def test_an_heir_that_is_bound_itself_keeps_its_own_first_day() -> None:
    ledger = office(*more_parties("cz"), *HEIR)

    assert str(participation(ledger, "2025-01-01", "fr").in_force_since) == "2011-01-01"


# --- whose text it is, where its registration names nobody


JOINED = events.PartyJoined(partnership="vnfr", party="cu", when="2015-01-01")


def test_what_changes_nothing_of_a_text_that_was_replaced_settles_nothing() -> None:
    ledger = office(
        text(parties=()),
        act(events.InstrumentExtended, "2012-01-01", until="2030-12-31"),
        JOINED,
        text("vn", "fr", name="new", supersedes="t"),
        entry("2010-01-01", name="new"),
    )

    assert state(ledger, "2025-01-01") == "superseded"
    assert parties(ledger, "2025-01-01") == ("vn", "fr", "cu")


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2010-12-31", ("vn", "fr")), ("2013-12-31", ("vn", "fr", "cu"))],
)
def test_a_prolongation_settles_what_was_applied_only_once_that_ran_out(
    until: str, expected: tuple[str, ...]
) -> None:
    ledger = office(
        text(parties=()),
        act(events.InstrumentProvisionallyApplied, "2010-01-01", until=until),
        act(events.InstrumentExtended, "2012-01-01", until="2030-12-31"),
        JOINED,
    )

    assert parties(ledger, "2025-01-01") == expected


# --- successions


def test_who_left_a_text_in_application_keeps_its_name() -> None:
    ledger = office(
        *more_parties("cz"),
        events.PartyJoined(partnership="vnfr", party="cu", when="2009-01-01"),
        text(parties=()),
        act(events.InstrumentProvisionallyApplied, "2010-01-01"),
        act(events.InstrumentTerminated, "2012-01-01", by="vn"),
        took_over("2015-01-01", "vn", "cz"),
    )

    assert parties(ledger, "2025-01-01") == ("fr", "cu")
    assert str(participation(ledger, "2025-01-01", "vn").left_on) == "2012-01-01"


def test_who_comes_back_by_a_succession_is_itself_where_the_list_is_not_settled() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(parties=()),
        took_over("2010-01-01", "vn", "cz"),
        took_over("2012-01-01", "fr", "vn", "sk"),
    )

    assert parties(ledger, "2025-01-01") == ("cz", "vn", "sk")


BACK = (took_over("2010-01-01", "vn", "cz"), took_over("2012-01-01", "sk", "vn"))


@pytest.mark.parametrize("others", [("fr", "cu"), ("fr", "cu", "vn")])
def test_who_came_back_by_a_succession_accedes_for_itself(others: tuple[str, ...]) -> None:
    ledger = office(
        *more_parties("cz", "sk", "ru"),
        text(*others, "ru"),
        signing("2009-01-01"),
        *BACK,
        act(events.InstrumentAcceded, "2014-01-01", party="vn"),
    )
    came, answer = participation(ledger, "2025-01-01", "vn"), parties(ledger, "2025-01-01")

    assert (str(came.consented_on), came.signed_on) == ("2014-01-01", None)
    assert set(answer) == {"fr", "cu", "ru", "vn", *(("cz",) if "vn" in others else ())}
    if "vn" in others:
        kept = participation(ledger, "2025-01-01", "cz")
        assert (str(kept.signed_on), kept.consented_on) == ("2009-01-01", None)
        assert "vn" not in parties(ledger, "2013-12-31")


def test_a_later_consent_of_one_that_came_back_is_its_own() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text("fr", "cu", open_for_signature=True),
        *BACK,
        signing("2014-01-01", "vn"),
        entry("2015-01-01"),
        ratification("2016-01-01", "vn"),
    )

    assert in_force_for(ledger, "2015-12-31") == ("fr", "cu")
    assert str(participation(ledger, "2025-01-01", "vn").in_force_since) == "2016-01-01"


def test_one_of_two_heirs_that_is_a_party_itself_acts_for_itself_alone() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(*THREE, "cz", "sk"),
        took_over("2010-01-01", "vn", "cz", "sk"),
        act(events.InstrumentAcceded, "2012-01-01", party="cz"),
    )

    assert participation(ledger, "2025-01-01", "sk").consented_on is None


def test_an_heir_that_was_a_party_itself_and_leaves_has_left() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(*THREE, "cz", "sk", state="signed"),
        took_over("2010-01-01", "vn", "cz", "sk"),
        act(events.InstrumentTerminated, "2012-01-01", by="sk"),
    )

    assert parties(ledger, "2025-01-01") == ("cz", "fr", "cu")


def test_an_heir_shows_what_it_lacked_when_it_took_over_not_what_it_did_later() -> None:
    ledger = office(
        text(),
        signing("2010-01-01", "vn"),
        took_over("2012-01-01", "vn", "cu"),
        signing("2014-01-01"),
    )

    assert str(participation(ledger, "2025-01-01", "cu").signed_on) == "2010-01-01"


def test_who_takes_over_from_an_heir_shows_what_that_heir_showed() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(),
        signing("2008-01-01", "fr"),
        ratification("2016-01-01", "cu"),
        took_over("2010-01-01", "vn", "cz", "fr"),
        signing("2012-01-01"),
        took_over("2020-01-01", "fr", "sk"),
    )

    for day, party in (("2019-12-31", "fr"), ("2025-01-01", "sk")):
        assert str(participation(ledger, day, party).signed_on) == "2008-01-01"


def shared(*acts: events.Event) -> Ledger:
    """Return the ledger of a text of which two took over the part of Viet Nam, and of acts."""
    return office(
        *more_parties("cz", "sk"),
        text(enters_after={"consents": 2, "days": 30}),
        signing("2009-01-01"),
        took_over("2010-01-01", "vn", "cz", "sk"),
        *acts,
    )


@pytest.mark.parametrize(
    "consent",
    [
        ratification("2012-01-01", "cz"),
        act(events.InstrumentAcceded, "2012-01-01", party="cz"),
    ],
)
def test_the_consent_of_one_of_two_heirs_is_its_own(consent: events.Event) -> None:
    ledger = shared(consent)
    answer = text_on(ledger, "2025-01-01")

    assert participation(ledger, "2025-01-01", "cz").consented_on is not None
    assert participation(ledger, "2025-01-01", "sk").consented_on is None
    assert (answer.missing_consents, answer.not_ratified) == (1, ("sk", "fr", "cu"))
    assert [str(each.signed_on) for each in ledger.view("2025-01-01").participations("t")] == (
        ["2009-01-01"] * 4
    )


def test_one_of_two_heirs_leaves_alone() -> None:
    ledger = shared(
        entry("2011-01-01"),
        notice("2012-01-01", "cz", "2013-01-01"),
        notice("2012-02-01", "sk", "2015-01-01"),
    )

    assert set(parties(ledger, "2013-01-01")) == {"sk", "fr", "cu"}
    assert set(parties(ledger, "2015-01-01")) == {"fr", "cu"}
    assert set(in_force_for(ledger, "2012-12-31")) == {"cz", "sk", "fr", "cu"}


def test_one_of_two_heirs_signs_alone_and_the_other_is_missing() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(),
        took_over("2010-01-01", "vn", "cz", "sk"),
        signing("2011-01-01", "cz", "fr", "cu"),
    )

    assert text_on(ledger, "2025-01-01").missing_signers == ("sk",)


def test_who_is_missing_of_two_heirs_has_not_signed() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(),
        took_over("2010-01-01", "vn", "cz", "sk"),
        signing("2011-01-01", missing_signers="sk"),
    )

    assert text_on(ledger, "2025-01-01").missing_signers == ("sk",)


def test_an_heir_that_keeps_the_name_of_the_party_acts_for_itself_alone() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(),
        took_over("2009-01-01", "vn", "cz"),
        took_over("2010-01-01", "cz", "vn", "sk"),
        ratification("2012-01-01", "vn"),
    )

    assert participation(ledger, "2025-01-01", "vn").consented_on is not None
    assert participation(ledger, "2025-01-01", "sk").consented_on is None


def test_what_one_of_two_heirs_has_alone_passes_on_alone() -> None:
    ledger = shared(
        ratification("2012-01-01", "cz"),
        *more_parties("pl"),
        took_over("2014-01-01", "cz", "pl"),
    )

    assert set(parties(ledger, "2025-01-01")) == {"pl", "sk", "fr", "cu"}
    assert participation(ledger, "2025-01-01", "pl").consented_on is not None
    assert set(parties(ledger, "2012-06-01")) == {"cz", "sk", "fr", "cu"}


def test_who_left_and_comes_back_by_a_succession_shows_what_it_took_over() -> None:
    ledger = office(
        *more_parties("cz"),
        text(*THREE, "cz"),
        signing("2008-01-01", "vn"),
        signing("2010-01-01", "fr", "cu", "cz"),
        entry("2010-06-01"),
        notice("2011-01-01", "vn", "2012-01-01"),
        took_over("2013-01-01", "fr", "vn"),
    )

    assert str(participation(ledger, "2025-01-01", "vn").signed_on) == "2010-01-01"


def test_an_heir_that_is_a_party_itself_has_not_left_with_the_other_heir() -> None:
    ledger = office(
        *more_parties("cz"),
        text(*THREE, "cz", state="in_force"),
        took_over("2010-01-01", "vn", "cz", "fr"),
        *more_parties("sk"),
        text("vn", "cu", "fr", name="u", state="in_force"),
        notice("2011-01-01", "vn", "2013-01-01", name="u"),
        notice("2012-01-01", "fr", "2030-01-01", name="u"),
        took_over("2015-01-01", "fr", "sk"),
    )
    answers = ledger.view("2025-01-01").participations("u")

    assert {each.party: str(each.left_on) for each in answers} == {
        "cz": "2013-01-01",
        "cu": "None",
        "sk": "None",
    }


def test_a_definitive_signature_of_an_open_text_that_has_ended_is_kept_for_the_record() -> None:
    ledger = office(
        text(open_for_signature=True, state="in_force"),
        act(events.InstrumentTerminated, "2017-05-08"),
        *more_parties("cz"),
        ratification("2020-01-01", "cz", how="definitive_signature", effective="2021-01-01"),
    )

    assert participation(ledger, "2025-01-01", "cz").how == "definitive_signature"


# --- texts that others replace


def test_a_successor_under_the_new_text_alone_counts_for_the_party_of_the_old_one() -> None:
    ledger = office(
        *more_parties("cz"),
        text(state="in_force"),
        text(name="new", supersedes="t"),
        events.PartySucceeded(when="2010-01-01", party="vn", by="cz", affairs="new"),
        entry("2012-01-01", name="new"),
    )

    assert state(ledger, "2012-01-01") == "superseded"


def test_between_two_a_text_that_is_applied_replaces_none_when_one_leaves_later() -> None:
    ledger = office(
        text("vn", "fr"),
        entry("2010-01-01"),
        text(name="new", supersedes="t", parties=()),
        act(events.InstrumentProvisionallyApplied, "2012-01-01", name="new"),
        events.PartyLeft(partnership="vnfr", party="vn", when="2014-01-01"),
    )

    assert state(ledger, "2025-01-01") == "in_force"


def test_of_two_texts_that_bind_a_party_instead_the_first_one_is_told() -> None:
    ledger = office(
        text(),
        entry("2010-01-01"),
        *(text(name=name, supersedes="t") for name in ("first", "second")),
        *(entry("2012-01-01", "vn", name=name) for name in ("second", "first")),
    )

    assert participation(ledger, "2025-01-01", "vn").superseded_by == "first"


def test_a_text_is_replaced_on_the_day_on_which_a_successor_comes_in() -> None:
    ledger = office(
        *more_parties("cz"),
        text(),
        signing("2009-01-01", "cu"),
        text("vn", "fr", "cz", name="new", supersedes="t"),
        entry("2012-01-01", name="new"),
        took_over("2015-01-01", "vn", "cu"),
    )

    assert state(ledger, "2014-12-31") == "agreed"
    assert state(ledger, "2015-01-01") == "superseded"


def test_a_new_text_that_has_ended_binds_nobody_in_the_place_of_the_old_one() -> None:
    ledger = office(
        *more_parties("cz"),
        text(*THREE, "cz"),
        signing("2009-01-01"),
        entry("2009-06-01"),
        text(name="new", supersedes="t"),
        act(events.InstrumentExtended, "2012-01-01", name="new", years=20),
        notice("2013-01-01", "vn", "2018-01-12", name="new", for_all=True),
    )

    assert participation(ledger, "2018-01-11", "vn").superseded_by == "new"
    assert participation(ledger, "2018-01-12", "vn").superseded_by is None


def test_between_two_it_was_replaced_though_one_left_the_new_text_before_that_ran_out() -> None:
    ledger = office(
        *more_parties("cz"),
        text("vn", "fr", kind="mou"),
        text("vn", "fr", "cz", name="new", state="signed", supersedes="t"),
        act(
            events.InstrumentEnteredIntoForce,
            "2012-01-05",
            name="new",
            until="2013-12-02",
        ),
        act(events.InstrumentTerminated, "2012-06-24", name="new", by="vn"),
    )

    assert state(ledger, "2017-01-01") == "superseded"


# --- who is gone


def test_who_left_does_not_act_through_what_it_shares_with_another_heir() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(*THREE, "cz"),
        act(events.InstrumentExtended, "2009-01-01", years=30),
        took_over("2010-01-01", "vn", "cz", "sk"),
        ratification("2010-06-01", "cz", effective="2014-01-01"),
        act(events.InstrumentTerminated, "2012-01-01", by="cz"),
    )

    assert participation(ledger, "2025-01-01", "sk").consented_on is None


def test_an_heir_that_had_left_before_it_took_over_shows_when_it_left_last() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(*THREE, "cz", "sk"),
        act(events.InstrumentExtended, "2010-01-01", years=30),
        act(events.InstrumentTerminated, "2011-01-01", by="cz"),
        took_over("2012-01-01", "vn", "cz"),
        act(events.InstrumentTerminated, "2014-01-01", by="vn"),
    )

    assert str(participation(ledger, "2025-01-01", "cz").left_on) == "2014-01-01"


# --- spells that are over


def test_in_force_before_it_was_applied_it_is_in_force_for_nobody() -> None:
    ledger = office(
        text("vn", "fr", state="provisional", when="2012-01-01"),
        entry("2010-01-01"),
        act(events.InstrumentSuspended, "2014-01-01"),
    )

    assert [in_force_for(ledger, day) for day in ("2011-01-01", "2025-01-01")] == [
        ("vn", "fr"),
        (),
    ]


def test_what_entered_before_the_text_ended_is_over_whatever_is_told_of_it_after() -> None:
    ledger = office(
        text("vn", "fr", state="agreed", when="2012-01-01"),
        entry("2010-01-01"),
        act(events.InstrumentTerminated, "2011-01-01"),
        entry("2014-01-01"),
    )

    assert str(participation(ledger, "2025-01-01", "fr").in_force_since) == "2014-01-01"


def test_a_text_whose_end_was_told_when_it_had_passed_is_prolonged_for_those_it_bound() -> None:
    ledger = office(
        text(until="2012-12-31", when="2014-01-01"),
        entry("2013-06-01", "vn", "fr"),
        act(events.InstrumentExtended, "2016-01-01"),
    )

    assert in_force_for(ledger, "2025-01-01") == ("vn", "fr")


def test_an_heir_shows_its_new_signature_not_one_of_a_spell_that_is_over() -> None:
    ledger = office(
        *more_parties("cz"),
        text(),
        signing("2008-01-01"),
        act(events.InstrumentEnteredIntoForce, "2009-01-01", until="2010-12-31"),
        took_over("2012-01-01", "vn", "cu", "cz"),
        act(
            events.InstrumentRatified,
            "2014-01-01",
            party="cu",
            how=ConsentMeans.DEFINITIVE_SIGNATURE,
        ),
    )

    assert str(participation(ledger, "2025-01-01", "cu").signed_on) == "2014-01-01"


# --- whose consent, whose notice


@pytest.mark.parametrize("day", ["2012-06-01", "2025-01-01"])
def test_an_entry_that_names_a_party_makes_its_earlier_consents_wait_no_more(day: str) -> None:
    ledger = office(
        text(),
        entry("2010-01-01", "vn", "fr"),
        ratification("2012-01-01", "cu"),
        ratification("2014-01-01", "cu"),
        entry("2016-01-01", "cu"),
    )

    assert str(participation(ledger, day, "cu").in_force_since) == "2012-01-01"


def test_the_consent_of_one_heir_changes_no_past_day_of_the_other() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(),
        act(events.InstrumentExtended, "2010-01-01"),
        took_over("2012-01-01", "vn", "cz", "sk"),
        ratification("2014-01-01", "sk"),
    )

    for day, expected in (("2013-01-01", ("fr", "cu")), ("2025-01-01", ("sk", "fr", "cu"))):
        assert set(in_force_for(ledger, day)) == set(expected)


def test_those_that_took_over_from_one_that_consented_are_counted_each() -> None:
    ledger = office(
        *more_parties("cz", "sk"),
        text(enters_after={"consents": 2, "days": 30}),
        ratification("2010-01-01", "vn"),
        took_over("2012-01-01", "vn", "cz", "sk"),
    )

    assert [Flag.MAY_BE_IN_FORCE in flags(ledger, day) for day in ("2011-12-31", "2025-01-01")] == (
        [False, True]
    )


def test_who_came_back_as_an_heir_and_leaves_is_shown_beside_those_that_have_its_old_part() -> None:
    ledger = office(
        *more_parties("cz"),
        text(*THREE, "cz", state="in_force"),
        took_over("2010-01-01", "vn", "fr"),
        notice("2011-01-01", "cu", "2020-01-01"),
        took_over("2012-01-01", "cu", "vn", "fr"),
    )

    assert str(participation(ledger, "2025-01-01", "vn").left_on) == "2020-01-01"


def test_between_two_an_open_text_stays_signed_while_one_signature_is_left() -> None:
    ledger = office(
        text("vn", "fr", open_for_signature=True),
        signing("2010-01-01"),
        act(events.SignatureWithdrawn, "2012-01-01", by="fr"),
    )

    assert state(ledger, "2025-01-01") == "signed"


def test_an_heir_that_gave_notice_does_not_stay_by_what_it_shares_with_another_one() -> None:
    ledger = office(
        *more_parties("cz"),
        *more_parties("unit", parent="fr"),
        text("vn", "fr", "unit", "cz", state="in_force"),
        took_over("2010-01-01", "vn", "fr", "cz"),
        notice("2012-01-01", "cz", "2014-01-01"),
    )

    assert state(ledger, "2013-01-01") == "terminating"


def test_who_left_an_open_text_does_not_sign_it_with_the_other_members() -> None:
    ledger = office(
        text(parties=(), open_for_signature=True),
        events.PartyJoined(partnership="vnfr", party="cu", when="2009-01-01"),
        signing("2010-01-01"),
        entry("2011-01-01"),
        act(events.InstrumentTerminated, "2012-01-01", by="cu"),
        signing("2014-01-01"),
    )

    assert parties(ledger, "2025-01-01") == ("vn", "fr")


def test_a_notice_that_replaces_one_for_all_lets_the_text_live_on() -> None:
    ledger = office(
        *WHOLE,
        notice("2012-01-01", "vn", "2030-01-01", for_all=True),
        notice("2014-01-01", "vn", "2016-01-01"),
    )

    assert [state(ledger, day) for day in ("2013-01-01", "2014-01-01", "2025-01-01")] == [
        "terminating",
        "in_force",
        "in_force",
    ]


def test_a_unit_of_a_party_that_two_took_over_acts_for_both() -> None:
    ledger = office(
        *more_parties("unit", parent="vn"),
        text(),
        took_over("2012-01-01", "vn", "fr", "cu"),
        ratification("2018-01-01", "unit"),
    )

    for heir in ("fr", "cu"):
        assert str(participation(ledger, "2025-01-01", heir).consented_on) == "2018-01-01"


def test_who_had_ratified_before_it_acceded_has_still_to_sign() -> None:
    ledger = office(
        text("vn", "fr"),
        act(events.InstrumentAcceded, "2014-01-01", party="fr"),
        ratification("2008-03-08", "fr"),
        signing("2018-12-02", "vn"),
    )

    assert text_on(ledger, "2025-01-01").missing_signers == ("fr",)
    assert state(ledger, "2025-01-01") == "agreed"


def test_who_takes_over_from_two_has_the_reservations_of_the_first() -> None:
    ledger = office(
        *more_parties("cz"),
        *WHOLE,
        act(events.ReservationMade, "2016-01-01", party="fr", kind="reservation", text="Not here."),
        took_over("2017-01-01", "cu", "cz"),
        took_over("2018-01-01", "fr", "cz"),
    )

    assert participation(ledger, "2025-01-01", "cz").reservations == ()
