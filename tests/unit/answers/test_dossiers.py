"""Everything about a party or a country: what it holds, and on which day, as known when."""

import pytest

from coopledger import Ledger, View, events
from coopledger.answers import Dossier
from coopledger.errors import ArgumentError, UnknownIdError
from tests.builders import Clock, build_event, office

DAY = "2020-06-15"


def promise(name: str, partnership: str, **fields: object) -> events.CommitmentMade:
    defaults = {"commitment": name, "partnership": partnership, "what": "a", "when": "2020-01-01"}
    return build_event(events.CommitmentMade, {**defaults, **fields})


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    """Return a view of Cuba and one of its institutes, with acts in a partnership and outside."""
    return office(
        events.PartyRegistered(party="icidca", name="Institute", kind="centre", parent="cu"),
        events.PartnershipOpened(partnership="sugar", parties=["most", "icidca"]),
        events.InstrumentRegistered(instrument="mou", partnership="sugar", kind="mou"),
        events.InstrumentSigned(id="s1", instrument="mou", when="2019-05-20", source="a paper"),
        events.InstrumentRegistered(instrument="plan", partnership="vncu", kind="action_plan"),
        events.InstrumentRegistered(instrument="other", partnership="vnfr", kind="mou"),
        promise("theirs", "vncu", debtors="vn", creditors="cu", source="minutes"),
        promise("not-theirs", "vnfr", debtors="vn", creditors="fr"),
        promise("beside", "vnfr", debtors="fr", creditors="icidca"),
        events.CommitmentFulfilled(id="kept", commitment="beside", when="2020-02-01"),
        promise("later", "vncu", debtors="vn", creditors="cu", when="2021-01-01"),
        events.ProposalMade(
            proposal="asked", partnership="vncu", by="cu", text="a", when="2020-03-01"
        ),
        events.MeetingHeld(meeting="m1", kind="talks", partnership="vncu", when="2020-01-15"),
        events.MeetingHeld(
            meeting="m2",
            kind="seminar",
            partnership="vnfr",
            when="2020-01-20",
            participants={"person": "A guest", "party": "icidca"},
            source=["a paper", "another"],
        ),
        events.MeetingHeld(meeting="m3", kind="talks", partnership="vnfr", when="2020-01-20"),
        events.FigureReported(
            id="f1",
            figure="documents",
            measure="documents signed",
            value=7,
            period="2019",
            partners=["SE", "Cuba"],
            when="2020-04-22",
        ),
        events.ImplementationReported(
            id="i1", partnership="vnfr", partners="CU", when="2019", source="a paper"
        ),
        events.SourceAdded(target="s1", source="minutes"),
    ).view(DAY)


def ids(answers: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(getattr(item, "id", "") for item in answers)


@pytest.fixture(name="cuba", scope="module")
def _cuba(view: View) -> Dossier:
    return view.dossier(country="CU")


def test_a_dossier_of_a_country_is_about_its_parties_and_those_below_them(cuba: Dossier) -> None:
    assert (cuba.subject, cuba.name) == ("CU", "Cuba")
    assert cuba.parties == ("cu", "icidca")


def test_a_dossier_holds_what_belongs_to_the_partnerships_and_what_names_a_party(
    cuba: Dossier,
) -> None:
    assert ids(cuba.partnerships) == ("vncu", "sugar")
    assert ids(cuba.instruments) == ("mou", "plan")
    assert ids(cuba.commitments) == ("theirs", "beside")
    assert ids(cuba.proposals) == ("asked",)
    assert ids(cuba.meetings) == ("m1", "m2")
    assert ids(cuba.figures) == ("documents",)


def test_the_answers_of_a_dossier_are_those_of_the_view(view: View, cuba: Dossier) -> None:
    assert cuba.partnerships == (view.partnership("vncu"), view.partnership("sugar"))
    assert cuba.instruments[0] == view.instrument("mou")
    assert cuba.commitments[0] == view.commitment("theirs")
    assert cuba.proposals[0] == view.proposal("asked")
    assert cuba.meetings[0] == view.meeting("m1")
    assert cuba.figures == view.figures()


def test_a_dossier_tells_what_its_parties_did_under_texts(view: View, cuba: Dossier) -> None:
    signed, planned = view.participations("mou"), view.participations("plan")

    assert cuba.participations == (
        *(each for each in signed if each.party == "icidca"),
        *(each for each in planned if each.party == "cu"),
    )


def test_a_dossier_adds_up_what_its_parties_owe_and_are_owed() -> None:
    def of(name: str, debtors: list[str], creditors: list[str], amount: str) -> events.Event:
        return promise(name, "vncu", debtors=debtors, creditors=creditors, amount=amount)

    view = office(
        of("a", ["cu"], ["vn"], "10 EUR"),
        of("b", ["cu"], ["vn"], "5 EUR"),
        of("c", ["cu", "fr"], ["vn"], "7 USD"),
        of("d", ["vn"], ["cu"], "9 EUR"),
        events.CommitmentProgressed(commitment="a", amount="4 EUR", when="2020-02-01"),
    ).view(DAY)
    cuba = view.dossier(party="cu")

    assert [(each.by, each.outstanding.value, each.currency) for each in cuba.owes] == [
        *((("vn",), "11", "EUR"), (("vn",), "7", "USD")),
    ]
    assert [(each.by, each.outstanding.value, each.currency) for each in cuba.owed] == [
        (("vn",), "9", "EUR"),
    ]
    assert view.dossier(party="vn").owed == view.sums(by="debtor", creditor="vn")


def test_the_timeline_of_a_dossier_is_in_the_order_in_which_things_count(cuba: Dossier) -> None:
    entries = [(str(entry.when), entry.about) for entry in cuba.timeline if entry.when]

    assert entries == [
        ("2019-05-20", "mou"),
        ("2019", "vnfr"),
        ("2020-01-01", "theirs"),
        ("2020-01-01", "beside"),
        ("2020-01-15", "m1"),
        ("2020-01-20", "m2"),
        ("2020-02-01", "beside"),
        ("2020-03-01", "asked"),
        ("2020-04-22", "documents"),
    ]


def test_a_dossier_tells_every_source_once_in_the_order_of_first_use(cuba: Dossier) -> None:
    assert [source.title for source in cuba.sources] == ["a paper", "minutes", "another"]


def test_the_events_of_a_dossier_are_those_of_its_timeline_in_log_order(cuba: Dossier) -> None:
    assert sorted(cuba.events) == sorted(entry.event for entry in cuba.timeline)
    assert cuba.events.index("s1") < cuba.events.index("kept") < cuba.events.index("i1")


def test_a_dossier_of_a_party_is_about_it_and_those_below_it(view: View, cuba: Dossier) -> None:
    state, institute = view.dossier(party="cu"), view.dossier(party="icidca")

    assert (state.subject, state.name) == ("cu", "Cuba")
    assert state.timeline == cuba.timeline
    assert institute.parties == ("icidca",)
    assert ids(institute.partnerships) == ("sugar",)
    assert ids(institute.commitments) == ("beside",)
    assert institute.figures == ()


def test_a_country_without_a_party_is_still_told_of_where_it_is_named() -> None:
    view = office(
        events.FigureReported(
            id="f1",
            figure="documents",
            measure="documents signed",
            value=7,
            period="2019",
            partners=["se"],
            when="2020-04-22",
        )
    ).view(DAY)
    sweden, chad = view.dossier(country="SE"), view.dossier(country="TD")

    assert (sweden.name, sweden.parties, ids(sweden.figures)) == (None, (), ("documents",))
    assert (chad.parties, chad.timeline, chad.events) == ((), (), ())


def test_the_name_is_that_of_the_day() -> None:
    renamed = events.PartyRenamed(party="mesr", name="Ministry of Research", when="2020-02-01")
    ledger = office(renamed)

    assert ledger.view("2020-01-31").dossier(party="mesr").name == "MESR"
    assert ledger.view("2020-02-01").dossier(party="mesr").name == "Ministry of Research"


def test_both_the_party_that_went_and_its_heir_have_the_partnership() -> None:
    ledger = office(
        events.PartyRegistered(party="heir", name="Heir", kind="state"),
        events.PartySucceeded(party="cu", by="heir", when="2020-02-01"),
    )

    assert ids(ledger.view("2020-01-31").dossier(party="heir").partnerships) == ()
    assert ids(ledger.view("2020-02-01").dossier(party="heir").partnerships) == ("vncu",)
    assert ids(ledger.view("2020-02-01").dossier(party="cu").partnerships) == ("vncu",)


@pytest.fixture(name="learning", scope="module")
def _learning() -> Ledger:
    """Return a ledger that heard in 2020 of a meeting, in 2021 of an earlier one and a new name."""
    clock = Clock("2020-05-01T12:00:00+00:00")
    ledger = office(
        events.MeetingHeld(meeting="m1", kind="talks", partnership="vncu", when="2020-01-15"),
        clock=clock,
    )
    clock.set("2021-05-01")
    ledger.record(
        events.MeetingHeld(meeting="m0", kind="talks", partnership="vncu", when="2019-01-15"),
        promise("c", "vncu", debtors="vn", creditors="cu", when="2021-01-01", effective="2019"),
        events.PartyRegistered(party="lab", name="Laboratory", kind="unit", parent="cu"),
    )
    return ledger


def test_a_dossier_is_told_as_it_was_known(learning: Ledger) -> None:
    then = learning.view(DAY, known_at="2020-12-31").dossier(country="CU")
    now = learning.view(DAY).dossier(country="CU")

    assert (then.parties, ids(then.meetings)) == (("cu",), ("m1",))
    assert (now.parties, ids(now.meetings)) == (("cu", "lab"), ("m1", "m0"))


def test_a_dossier_is_told_as_of_its_day(learning: Ledger) -> None:
    assert ids(learning.view("2019-06-15").dossier(party="cu").meetings) == ("m0",)


def test_without_hindsight_what_reaches_back_is_not_told(learning: Ledger) -> None:
    assert ids(learning.view(DAY).dossier(party="cu").commitments) == ("c",)
    assert learning.view(DAY, hindsight=False).dossier(party="cu").commitments == ()


def test_a_party_that_was_not_known_then_has_an_empty_dossier(learning: Ledger) -> None:
    dossier = learning.view(DAY, known_at="2020-12-31").dossier(party="lab")

    assert (dossier.name, dossier.parties, dossier.timeline) == (None, (), ())


def test_a_dossier_prints_on_one_line(view: View, cuba: Dossier) -> None:
    assert str(cuba) == (
        "CU (Cuba): partnerships 2; instruments 2; participations 2; commitments 2; proposals 1; "
        "meetings 2; figures 1; timeline 15; sources 3"
    )
    assert str(view.dossier(country="SE")) == "SE: figures 1; timeline 1"


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ({}, "party=None and country=None: give exactly one of the two"),
        (
            {"party": "cu", "country": "CU"},
            "party='cu' and country='CU': give exactly one of the two",
        ),
        (
            {"country": "UK"},
            "country='UK' is not a country code of ISO 3166-1 alpha-2; did you mean 'GB'?",
        ),
    ],
)
def test_exactly_one_of_party_and_country_is_asked_for(
    view: View, subject: dict[str, str], line: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        view.dossier(**subject)

    assert str(caught.value) == line


def test_a_party_that_is_not_known_is_refused_with_the_nearest(view: View) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'icidca'"):
        view.dossier(party="icidac")
