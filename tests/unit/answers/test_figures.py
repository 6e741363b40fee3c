"""Reported figures compared with what is recorded of them, on every axis of time."""

from typing import Any

import pytest

from coopledger import Ledger, View, events
from coopledger.answers import Figure
from coopledger.errors import ArgumentError, UnknownIdError
from tests.builders import Clock, build_event, office


def claim(**fields: object) -> events.FigureReported:
    """Return a claim of seven documents signed in 2019, reported on 22 April 2020."""
    defaults: dict[str, object] = {
        "id": "claim",
        "figure": "documents",
        "measure": "documents signed",
        "value": 7,
        "period": "2019",
        "when": "2020-04-22",
    }
    return build_event(events.FigureReported, defaults | fields)


def signed(name: str, when: str, partnership: str = "vnfr", **fields: object) -> list[events.Event]:
    """Return the events of a signed memorandum; the signature has its id with an s before."""
    registered = {"instrument": name, "partnership": partnership, "kind": "mou"}
    return [
        build_event(events.InstrumentRegistered, registered | fields),
        events.InstrumentSigned(id=f"s-{name}", instrument=name, when=when),
    ]


def met(name: str, when: str, kind: str, partnership: str = "vnfr") -> events.MeetingHeld:
    return events.MeetingHeld(
        id=name, meeting=name, partnership=partnership, kind=kind, when=when, source="minutes"
    )


def only(view: View) -> Figure:
    (figure,) = view.figures()
    return figure


def test_a_figure_is_held_against_what_is_recorded() -> None:
    figure = only(
        office(
            *signed("a", "2019-03-01"),
            *signed("b", "2019-06"),
            *signed("c", "2020-01-01"),
            claim(partners=["France", "SE"], kinds=["mou"]),
        ).view("2020-12-31")
    )

    assert (figure.claimed, figure.recorded, figure.unaccounted) == (7, 2, 5)
    assert figure.partners == ("France", "SE")
    assert figure.partners_recorded == ("France",)
    assert figure.kinds == ("mou",)
    assert figure.decided_by == ("s-a", "s-b", "claim")
    assert not figure.certain  # Since "2019-06" is no single day.


def test_a_measure_that_names_a_kind_of_text_counts_that_kind() -> None:
    figure = only(
        office(
            *signed("a", "2019-03-01"),
            *signed("b", "2019-03-01", kind="agreement"),
            claim(measure="memoranda of understanding signed"),
        ).view("2020-12-31")
    )

    assert figure.decided_by == ("s-a", "claim")


def test_what_is_recorded_with_the_partners_named_is_told_beside_the_whole() -> None:
    texts = (*signed("a", "2019-03-01"), *signed("b", "2019-03-01", "vncu"))

    figure = only(office(*texts, claim(value=2, partners="CU")).view("2020-12-31"))

    assert (figure.recorded, figure.recorded_with_partners) == (2, 1)
    assert str(figure).endswith("with CU; recorded with CU (1 of 2)")
    assert only(office(*texts, claim()).view("2020-12-31")).recorded_with_partners is None


def test_a_figure_is_never_counted_itself() -> None:
    view = office(claim()).view("2020-12-31")

    assert view.signatures(period="2019") == ()
    assert only(view).recorded == 0


def test_more_recorded_than_claimed_is_less_than_nothing_unaccounted() -> None:
    figure = only(
        office(*signed("a", "2019-03-01"), *signed("b", "2019-06-01"), claim(value=1)).view(
            "2020-12-31"
        )
    )

    assert figure.unaccounted == -1


def test_words_instead_of_a_number_leave_nothing_to_subtract() -> None:
    figure = only(office(*signed("a", "2019"), claim(value="a number of")).view("2020-12-31"))

    assert (figure.claimed, figure.recorded, figure.unaccounted) == ("a number of", 1, None)


def test_what_nothing_is_known_to_count_is_not_zero() -> None:
    figure = only(office(claim(measure="joint projects")).view("2020-12-31"))

    assert (figure.recorded, figure.unaccounted) == (None, None)
    assert "recorded nothing known to count" in str(figure)


def test_only_the_kinds_that_a_figure_names_are_counted() -> None:
    figure = only(
        office(
            *signed("a", "2019-03-01"),
            *signed("b", "2019-06-01", kind="treaty"),
            claim(kinds=["treaty", "agreement"]),
        ).view("2020-12-31")
    )

    assert figure.decided_by == ("s-b", "claim")


def test_only_meetings_held_of_the_kind_counted_and_wholly_in_the_period() -> None:
    figure = only(
        office(
            met("first", "2019-03-01", "joint committee"),
            met("talks", "2019-03-01", "talks"),
            met("winter", "2019-12-31/2020-01-02", "joint committee"),
            events.MeetingScheduled(
                meeting="next",
                partnership="vnfr",
                kind="joint committee",
                planned="2019-10",
                when="2019-05-01",
            ),
            claim(measure="joint committee meetings", partners=["fr", "DE"]),
        ).view("2020-12-31")
    )

    assert (figure.recorded, figure.unaccounted) == (1, 6)
    assert figure.partners_recorded == ("fr",)
    assert figure.inconsistencies == ("fewer_partners_than_claimed",)
    assert figure.decided_by == ("first", "claim")


@pytest.mark.parametrize(
    "partner", ["fr", "France", "FR", "Mesr", "Ministry", "Enseignement", "M3"]
)
def test_a_partner_is_known_by_its_id_its_names_old_and_new_and_its_country(partner: str) -> None:
    ledger = office(
        events.PartyRegistered(
            party="lab",
            name="Laboratory",
            kind="unit",
            parent="mesr",
            acronyms="M3",
            other_names="Enseignement",
        ),
        events.PartyRenamed(party="mesr", name="Ministry", when="2018"),
        events.PartnershipOpened(partnership="vnlab", parties=["vn", "lab"]),
        *signed("a", "2019-03-01", "vnlab"),
        claim(partners=[partner, "CU"]),
    )

    assert only(ledger.view("2020-12-31")).partners_recorded == (partner,)


def test_a_figure_about_a_partnership_counts_what_lies_in_it_or_below_it() -> None:
    ledger = office(
        events.PartnershipOpened(partnership="below", parties=["most", "mesr"], parent="vnfr"),
        *signed("a", "2019-03-01"),
        *signed("b", "2019-03-01", "below"),
        *signed("c", "2019-03-01", "vncu"),
        claim(partnership="vnfr"),
    )

    assert only(ledger.view("2020-12-31")).decided_by == ("s-a", "s-b", "claim")


def test_a_figure_about_many_at_once_counts_what_lies_with_the_partners_that_it_names() -> None:
    ledger = office(
        events.PartyRegistered(party="many", name="many at once", kind="other"),
        events.PartnershipOpened(partnership="all", parties=["most", "many"]),
        events.PartnershipOpened(partnership="frcu", parties=["fr", "cu"]),
        *signed("a", "2019-03-01"),
        *signed("b", "2019-03-01", "vncu"),
        *signed("c", "2019-03-01", "frcu"),
        claim(partnership="all", partners=["CU", "SE"]),
    )
    figure = only(ledger.view("2020-12-31"))

    assert figure.decided_by == ("s-b", "claim")
    assert figure.partners_recorded == ("CU",)


def test_what_is_said_about_a_figure_is_no_figure_of_its_own() -> None:
    note = events.NoteAdded(subject="documents", text="asked the paper for its list")

    assert len(office(claim(), note).view("2020-12-31").figures()) == 1


def test_a_figure_counts_from_the_day_on_which_it_was_reported() -> None:
    ledger = office(claim())

    assert ledger.view("2020-04-21").figures() == ()
    assert len(ledger.view("2020-04-22").figures()) == 1


@pytest.fixture(name="learning", scope="module")
def _learning() -> Ledger:
    """Return a ledger with a claim of 2020, a late signature of 2021, and a correction of 2022."""
    clock = Clock()
    clock.set("2020-05-01")
    ledger = office(claim(), clock=clock)
    clock.set("2021-05-01")
    ledger.record(*signed("late", "2019-09-01"))
    clock.set("2022-05-01")
    ledger.record(events.EventCorrected(target="claim", changes={"value": 8}, reason="misread"))
    clock.set("2023-05-01")
    ledger.record(events.EventRetracted(target="claim", reason="withdrawn by the paper"))
    return ledger


@pytest.mark.parametrize(
    ("known_at", "claimed", "recorded"),
    [("2020-12-31", 7, 0), ("2021-12-31", 7, 1), ("2022-12-31", 8, 1)],
)
def test_a_figure_is_reconciled_as_it_was_known(
    learning: Ledger, known_at: str, claimed: int, recorded: int
) -> None:
    figure = only(learning.view("2020-12-31", known_at=known_at))

    assert (figure.claimed, figure.recorded) == (claimed, recorded)


def test_a_figure_that_was_retracted_is_gone(learning: Ledger) -> None:
    assert learning.view("2020-12-31").figures() == ()


def test_without_hindsight_a_figure_reported_later_is_not_told() -> None:
    ledger = office(claim(when="2020-04-22", effective="2019-12-31"))

    assert ledger.view("2020-01-15", hindsight=False).figures() == ()
    assert len(ledger.view("2020-01-15").figures()) == 1


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({}, ["of-2019", "of-june", "meetings"]),
        ({"period": "2019"}, ["of-2019", "of-june"]),
        ({"period": "2019-06"}, ["of-june"]),
        ({"partnership": "vnfr"}, ["of-june"]),
        ({"measure": "Document"}, ["of-2019", "of-june"]),
        ({"measure": "signed documents"}, ["of-2019", "of-june"]),
        ({"measure": "signed treaties"}, []),
        ({"measure": "2019"}, []),
        ({"measure": "meetings", "period": "2020"}, ["meetings"]),
    ],
)
def test_figures_are_narrowed(filters: dict[str, Any], kept: list[str]) -> None:
    view = office(
        claim(id="f1", figure="of-2019"),
        claim(id="f2", figure="of-june", period="2019-06", partnership="vnfr"),
        claim(id="f3", figure="meetings", period="2020", when="2021", measure="meetings held"),
    ).view("2022-12-31")

    assert [figure.id for figure in view.figures(**filters)] == kept


def test_a_figure_prints_on_one_line() -> None:
    figure = only(
        office(
            *signed("a", "2019-03-01"),
            claim(measure="sessions signed off", partners=["France", "SE"], value=1),
        ).view("2020-12-31")
    )

    assert str(figure) == (
        "documents: sessions signed off in 2019; claimed 1; recorded 1; unaccounted 0; "
        "with France, SE; recorded with France; more partners than claimed"
    )


def test_an_argument_that_cannot_be_used_is_refused() -> None:
    view = office(claim()).view("2020-12-31")

    with pytest.raises(UnknownIdError, match="did you mean 'vnfr'"):
        view.figures(partnership="vnfra")
    with pytest.raises(ArgumentError, match=r"^period='31/12/2019' .*did you mean 2019-12-31"):
        view.figures(period="31/12/2019")
    with pytest.raises(ArgumentError, match=r"^measure="):
        view.figures(measure=" ")
