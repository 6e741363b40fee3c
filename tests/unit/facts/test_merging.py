"""What was registered twice is read as one, from the record of that on, and apart once more."""

import attrs
import pytest

from coopledger import Ledger, events
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.builders import Clock, office

BEFORE, SAID, AFTER = "2020-01-01", "2021-01-01", "2021-06-01"


def merged(*acts: Event, duplicate: str, same_as: str) -> tuple[Ledger, Clock]:
    """Return a ledger in which a thing is found to be registered twice, and its clock."""
    clock = Clock(BEFORE)
    ledger = office(*acts, clock=clock)
    clock.set(SAID)
    ledger.record(events.SameAs(id="same", duplicate=duplicate, same_as=same_as))
    clock.set(AFTER)
    return ledger, clock


LAOS = events.PartyRegistered(party="la", name="Laos", kind="state")
LAO = events.PartyRegistered(
    id="lao", party="lao", name="Lao PDR", kind="state", country="LA", acronyms="LPDR"
)
OPENED = events.PartnershipOpened(partnership="vnla", parties=["vn", "la"])
TWIN = events.PartnershipOpened(partnership="twin", parties=["vn", "lao"], scope="rivers")


def test_two_parties_are_one_and_the_duplicate_fills_what_is_left_out() -> None:
    ledger, _ = merged(LAOS, LAO, OPENED, duplicate="lao", same_as="la")
    view = ledger.view()
    shown = view.party("lao")

    assert shown == view.party("la")
    assert (shown.id, shown.name, shown.country) == ("la", "Laos", "LA")
    assert shown.acronyms == ("LPDR",)
    assert "lao" not in {each.id for each in view.parties()}
    assert view.dossier(party="lao").name == "Laos"
    assert view.dossier(party="lao").parties == ("la",)


def test_before_its_record_time_they_are_two_whatever_day_is_asked() -> None:
    ledger, _ = merged(LAOS, LAO, duplicate="lao", same_as="la")

    for day in ("2019-01-01", "2030-01-01"):
        assert ledger.view(day, known_at="2020-06-01").party("lao").id == "lao"
        assert ledger.view(day).party("lao").id == "la"


def test_whatever_names_the_duplicate_is_read_as_naming_the_other() -> None:
    ledger, _ = merged(
        LAOS,
        LAO,
        OPENED,
        events.InstrumentRegistered(
            instrument="t", partnership="vnla", kind="mou", parties=["vn", "lao"]
        ),
        events.InstrumentSigned(instrument="t", signers="lao", when="2019-01-01"),
        events.InstrumentSigned(instrument="t", signers="vn", when="2019-02-01"),
        events.CommitmentMade(
            commitment="c",
            partnership="vnla",
            debtors="lao",
            creditors="vn",
            what="a map",
            when="2019-03-01",
        ),
        duplicate="lao",
        same_as="la",
    )
    view = ledger.view("2020-01-01")

    assert view.instrument("t").parties == ("vn", "la")
    assert {each.party for each in view.participations("t")} == {"vn", "la"}
    assert view.commitment("c").debtors == ("la",)
    assert [each.id for each in view.commitments(debtor="lao")] == ["c"]


def test_two_partnerships_are_one_with_all_that_belongs_to_them() -> None:
    ledger, _ = merged(
        LAOS,
        LAO,
        OPENED,
        TWIN,
        events.InstrumentRegistered(instrument="t", partnership="twin", kind="mou"),
        events.InstrumentSigned(instrument="t", when="2019-01-01"),
        duplicate="twin",
        same_as="vnla",
    )
    view, before = ledger.view(), ledger.view(known_at="2020-06-01")

    assert view.partnership("twin").id == "vnla"
    assert [each.id for each in view.partnership("vnla").instruments] == ["t"]
    assert view.partnership("vnla").scope == "rivers"
    assert view.instrument("t").partnership == "vnla"
    assert before.partnership("vnla").instruments == ()
    assert str(view.partnership("vnla").stage) == "active"
    assert str(before.partnership("vnla").stage) != "active"


def test_two_texts_are_one_with_the_acts_on_both() -> None:
    ledger, _ = merged(
        events.InstrumentRegistered(instrument="t", partnership="vnfr", kind="treaty"),
        events.InstrumentRegistered(
            instrument="u", partnership="vnfr", kind="mou", title="On rivers"
        ),
        events.InstrumentSigned(instrument="u", when="2018-01-01"),
        events.InstrumentEnteredIntoForce(instrument="t", when="2019-01-01"),
        duplicate="u",
        same_as="t",
    )
    shown = ledger.view("2019-01-01").instrument("u")

    assert (shown.id, str(shown.kind), shown.title) == ("t", "treaty", "On rivers")
    assert (str(shown.signed_on), str(shown.state)) == ("2018-01-01", "in_force")


def test_two_commitments_are_one_and_closed_by_either() -> None:
    made = [
        events.CommitmentMade(
            commitment=name,
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a map",
            when="2019-01-01",
        )
        for name in ("c", "d")
    ]
    ledger, _ = merged(
        *made,
        events.CommitmentFulfilled(commitment="d", when="2019-06-01"),
        duplicate="d",
        same_as="c",
    )

    assert str(ledger.view("2019-06-01").commitment("c").status) == "fulfilled"
    assert str(ledger.view("2019-06-01", known_at="2020-06-01").commitment("c").status) == "pending"


def test_two_proposals_and_two_meetings_are_one() -> None:
    ledger, _ = merged(
        *(
            events.ProposalMade(
                proposal=name, partnership="vnfr", by="vn", text="a map", when="2019-01-01"
            )
            for name in ("p", "q")
        ),
        events.ProposalAccepted(proposal="q", by="fr", when="2019-06-01"),
        events.MeetingScheduled(
            meeting="m", kind="session", partnership="vnfr", planned="2019-05", when="2019-01-01"
        ),
        events.MeetingHeld(meeting="n", kind="session", partnership="vnfr", when="2019-05-02"),
        duplicate="q",
        same_as="p",
    )
    ledger.record(events.SameAs(duplicate="n", same_as="m"))
    view = ledger.view()

    assert str(view.proposal("p").status) == str(view.proposal("q").status) == "accepted"
    assert (str(view.meeting("m").status), str(view.meeting("m").held)) == ("held", "2019-05-02")


def test_taken_back_it_leaves_two_again_and_the_past_as_it_was_known() -> None:
    ledger, clock = merged(LAOS, LAO, duplicate="lao", same_as="la")
    clock.set("2022-01-01")
    ledger.record(events.EventRetracted(target="same", reason="two countries"))

    assert ledger.view().party("lao").name == "Lao PDR"
    assert ledger.view().party("la").acronyms == ()
    assert ledger.view(known_at=AFTER).party("lao").id == "la"


def test_a_correction_makes_it_the_same_as_another() -> None:
    other = events.PartyRegistered(party="other", name="Other", kind="state")
    ledger, clock = merged(LAOS, LAO, other, duplicate="lao", same_as="other")
    clock.set("2022-01-01")
    ledger.record(
        events.EventCorrected(target="same", changes={"same_as": "la"}, reason="the wrong id")
    )

    assert ledger.view().party("lao").id == "la"
    assert ledger.view(known_at=AFTER).party("lao").id == "other"


def test_a_corrected_registration_of_the_duplicate_is_read_as_corrected() -> None:
    ledger, _ = merged(LAOS, LAO, duplicate="lao", same_as="la")
    ledger.record(
        events.EventCorrected(target="lao", changes={"country": "TH"}, reason="a slip of the pen")
    )

    assert ledger.view().party("la").country == "TH"


def test_of_three_ids_all_answer_as_the_last() -> None:
    third = events.PartyRegistered(party="third", name="ປະເທດລາວ", kind="state")
    ledger, _ = merged(LAOS, LAO, third, duplicate="lao", same_as="third")
    ledger.record(events.SameAs(duplicate="third", same_as="la"))

    assert {ledger.view().party(name).id for name in ("la", "lao", "third")} == {"la"}


@pytest.mark.parametrize("order", [1, -1])
def test_it_does_not_matter_which_registration_is_the_older(order: int) -> None:
    ledger, _ = merged(*[LAOS, LAO][::order], duplicate="lao", same_as="la")

    assert ledger.view().party("lao").name == "Laos"


def test_the_rest_of_the_log_is_as_it_was() -> None:
    ledger, _ = merged(LAOS, LAO, OPENED, duplicate="lao", same_as="la")

    assert not [each for each in ledger.check() if each.is_refusal]
    ledger.record(
        events.PartyRenamed(party="lao", name="Lao People's Democratic Republic", when="2020-01-01")
    )
    assert ledger.view().party("la").name == "Lao People's Democratic Republic"


def test_whoever_writes_the_duplicate_means_the_other_in_what_is_recorded_later() -> None:
    ledger, _ = merged(
        LAOS,
        LAO,
        OPENED,
        TWIN,
        events.InstrumentRegistered(instrument="t", partnership="vnla", kind="treaty"),
        events.CommitmentMade(
            commitment="c",
            partnership="vnla",
            debtors="la",
            creditors="vn",
            what="a map",
            when="2019-03-01",
        ),
        events.ProposalMade(
            proposal="p", partnership="vnla", by="la", to="vn", text="a dam", when="2019-04-01"
        ),
        duplicate="lao",
        same_as="la",
    )
    ledger.record(
        events.InstrumentSigned(instrument="t", signers=["vn", "lao"], when="2020-01-01"),
        events.InstrumentRatified(instrument="t", party="lao", when="2020-02-01"),
        events.CommitmentCancelled(commitment="c", by="lao", when="2020-03-01"),
        events.ProposalWithdrawn(proposal="p", by="lao", when="2020-04-01"),
    )
    view = ledger.view("2020-05-01")

    assert view.instrument("t").not_ratified == ("vn",)
    assert (view.commitment("c").status, view.proposal("p").status) == ("cancelled", "withdrawn")


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("E205", events.PartnershipOpened(partnership="own", parties=["la", "lao"])),
        ("E204", events.PartySucceeded(party="la", by="lao", when="2020")),
        ("E207", events.PartyJoined(partnership="vnla", party="lao", when="2020")),
        (
            "E601",
            events.CommitmentMade(
                commitment="own",
                partnership="vnla",
                debtors="la",
                creditors="lao",
                what="a map",
                when="2020",
            ),
        ),
        (
            "E401",
            events.InterestExpressed(
                proposal="own", partnership="vnla", by="la", to="lao", when="2020"
            ),
        ),
    ],
)
def test_what_nobody_does_with_itself_is_refused_by_the_name_of_the_duplicate_too(
    code: str, event: Event
) -> None:
    ledger, _ = merged(LAOS, LAO, OPENED, duplicate="lao", same_as="la")

    with pytest.raises(RefusedError, match=f"^{code}"):
        ledger.record(event)


# --- what registers one thing and names another

STANDING = events.InstrumentRegistered(
    instrument="t", partnership="vnfr", kind="mou", state="in_force"
)
TWICE = events.InstrumentRegistered(instrument="twice", partnership="vnfr", kind="mou")


def test_a_text_that_was_registered_twice_is_still_replaced() -> None:
    """The registration of the new text names the old one, and is none of it."""
    ledger = office(
        STANDING,
        TWICE,
        events.InstrumentRegistered(
            instrument="new", partnership="vnfr", kind="mou", supersedes="t"
        ),
        events.InstrumentSigned(instrument="new", when="2018-01-01"),
        events.SameAs(duplicate="twice", same_as="t"),
    )
    answer = ledger.view("2019-01-01").instrument("twice")

    assert (answer.state, answer.superseded_by) == ("superseded", "new")


def test_what_hangs_on_something_registered_twice_still_does() -> None:
    ledger = office(
        STANDING,
        TWICE,
        events.InstrumentRegistered(
            instrument="plan", partnership="vnfr", kind="project", implements="t"
        ),
        events.PartnershipOpened(partnership="again", parties=["vn", "fr"]),
        events.PartnershipOpened(partnership="below", parties=["vn", "fr"], parent="vnfr"),
        events.InstrumentRegistered(instrument="low", partnership="below", kind="mou"),
        events.CommitmentMade(
            commitment="a",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2018-01-01",
        ),
        events.CommitmentMade(
            commitment="b",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2018-01-01",
        ),
        events.CommitmentMade(
            commitment="then",
            partnership="vnfr",
            depends_on="a",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2018-01-01",
        ),
        events.SameAs(duplicate="twice", same_as="t"),
        events.SameAs(duplicate="again", same_as="vnfr"),
        events.SameAs(duplicate="b", same_as="a"),
    )
    view = ledger.view("2019-01-01")

    assert [each.id for each in view.dependents("twice")] == ["plan"]
    assert [each.id for each in view.dependents("b")] == ["then"]
    assert "below" in [each.id for each in view.dependents("again")]
    family = view.partnership("again", with_children=True)
    assert "low" in [each.id for each in family.instruments]


def test_nothing_contains_succeeds_or_replaces_itself() -> None:
    ledger = office(
        LAOS,
        attrs.evolve(LAO, parent="la"),
        OPENED,
        attrs.evolve(TWIN, parent="vnla"),
        events.PartySucceeded(party="la", by="lao", when="2019-01-01"),
        events.InstrumentRegistered(instrument="t", partnership="vnla", kind="mou"),
        events.InstrumentRegistered(
            instrument="u",
            partnership="vnla",
            kind="mou",
            supersedes="t",
            extends="t",
            implements="t",
        ),
        events.InstrumentAmended(instrument="t", by_instrument="u", when="2019-01-01"),
        *(
            events.SameAs(duplicate=duplicate, same_as=same_as)
            for duplicate, same_as in (("lao", "la"), ("twin", "vnla"), ("u", "t"))
        ),
    )
    view = ledger.view("2021-01-01")
    party, text = view.party("la"), view.instrument("t")

    assert (party.parent, party.succeeds, party.succeeded_by) == (None, (), ())
    assert view.partnership("vnla").parent is None
    assert (text.supersedes, text.extends, text.implements, text.amended_by) == ((), (), (), ())


def test_a_promise_that_waits_for_another_one_does_not_wait_for_itself_once_they_are_one() -> None:
    promises = [
        events.CommitmentMade(
            commitment=name,
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="a",
            when="2010-01-01",
            depends_on=depends_on,
        )
        for name, depends_on in (("c1", ()), ("c2", "c1"))
    ]
    ledger = office(*promises, events.SameAs(duplicate="c1", same_as="c2"))
    answer = ledger.view("2025-01-01").commitment("c2")

    assert (answer.status, answer.depends_on) == ("pending", ())
