"""Filters that are the same on every list: whose things, of which country, with which tag."""

from collections.abc import Callable

import pytest

from coopledger import View, events
from coopledger.errors import ArgumentError
from tests.builders import office

Asking = Callable[..., tuple[object, ...]]
LISTS: dict[str, Callable[[View], Asking]] = {
    "instruments": lambda view: view.instruments,
    "expiring": lambda view: view.expiring,
    "signatures": lambda view: view.signatures,
    "commitments": lambda view: view.commitments,
    "agenda": lambda view: view.agenda,
    "proposals": lambda view: view.proposals,
    "meetings": lambda view: view.meetings,
}


def _acts(home: str, by: str, to: str) -> list[events.Event]:
    """Return one thing of each noun of a partnership, called after it."""
    return [
        events.InstrumentRegistered(
            instrument=f"{home}-text", partnership=home, kind="mou", tags="Water"
        ),
        events.InstrumentSigned(instrument=f"{home}-text", when="2022-01-01", until="2023-02-01"),
        events.CommitmentMade(
            commitment=f"{home}-promise",
            partnership=home,
            debtors=by,
            creditors=to,
            what="a report",
            when="2022-01-01",
            due="2023-01-10",
            tags="water",
        ),
        events.ProposalMade(
            proposal=f"{home}-offer",
            partnership=home,
            by=by,
            text="a lab",
            when="2022-01-01",
            tags=["WATER", "lab"],
        ),
        events.MeetingHeld(
            meeting=f"{home}-visit", partnership=home, kind="Visit", when="2022-01-01", tags="water"
        ),
    ]


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    return office(
        events.PartnershipOpened(partnership="sea", parties=["most", "mesr"], parent="vnfr"),
        *_acts("vnfr", "vn", "fr"),
        *_acts("vncu", "vn", "cu"),
        *_acts("sea", "most", "mesr"),
        events.InstrumentRegistered(instrument="other", partnership="sea", kind="loi"),
        events.NoteAdded(subject=["vnfr", "cu"], text="a note", tags="water"),
    ).view("2023-01-01")


def homes(found: tuple[object, ...]) -> list[str]:
    """Return of which partnerships the things are."""
    return [getattr(each, "partnership") for each in found]  # noqa: B009 - of any answer


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"partnership": "vnfr", "tag": "water"}, ["vnfr"]),
        ({"partnership": "vnfr", "with_children": True, "tag": "water"}, ["vnfr", "sea"]),
        ({"party": "cu"}, ["vncu"]),
        ({"party": "most", "tag": "WATER"}, ["sea"]),
        ({"party": "fr", "with_children": True, "tag": "water"}, ["vnfr", "sea"]),
        ({"country": "FR", "tag": "wAter"}, ["vnfr", "sea"]),
        ({"country": "VN", "party": "fr"}, ["vnfr"]),
        ({"tag": "wat"}, []),
    ],
)
def test_a_list_is_narrowed_to_a_part_of_the_ledger(
    view: View, name: str, filters: dict[str, object], kept: list[str]
) -> None:
    assert homes(LISTS[name](view)(**filters)) == kept


def test_partnerships_and_parties_have_tags_too(view: View) -> None:
    assert [each.id for each in view.partnerships(tag="water")] == ["vnfr"]
    assert [each.id for each in view.parties(tag="water")] == ["cu"]


def test_meetings_are_of_a_kind_in_whatever_case(view: View) -> None:
    assert len(view.meetings(kind="visit", partnership="vnfr")) == 1
    assert view.meetings(kind="talks") == ()


def test_texts_that_expire_are_of_a_kind(view: View) -> None:
    assert [each.id for each in view.expiring(kind="mou", party="cu")] == ["vncu-text"]
    assert view.expiring(kind="loi") == ()


def test_children_of_nothing_are_refused(view: View) -> None:
    with pytest.raises(ArgumentError) as refused:
        view.instruments(with_children=True)

    assert str(refused.value) == "with_children=True needs a partnership or a party: name one"


def test_a_filter_that_no_list_has_is_refused_with_the_nearest(view: View) -> None:
    with pytest.raises(TypeError) as refused:
        view.meetings(partnerschip="vnfr")  # type: ignore[call-arg]  # for whom no checker warns

    assert str(refused.value) == (
        "View.meetings() got an unexpected keyword argument 'partnerschip'; "
        "did you mean 'partnership'?"
    )
