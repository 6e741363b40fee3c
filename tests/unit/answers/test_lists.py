"""Lists of answers: tuples that print as a table."""

import copy
import pickle
from datetime import UTC, datetime

import attrs
import pytest

from coopledger import Ledger, View, answers, events
from coopledger.answers import Answers, Commitment
from coopledger.answers._answers import as_answers, columns_of
from coopledger.packs import Pack


def _open(view: View) -> tuple[Commitment, ...]:
    return tuple(view.commitments())


def _number(view: View) -> int:
    return len(view.commitments())


@pytest.fixture(name="ledger", scope="module")
def _ledger() -> Ledger:
    ledger = Ledger.in_memory(
        clock=lambda: datetime(2025, 1, 1, tzinfo=UTC),
        packs=[
            Pack(
                name="lab",
                projections={"open": _open, "number": _number},
            )
        ],
    )
    ledger.record(
        events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
        events.MeetingHeld(
            id="e1", meeting="visit", partnership="VNFR", kind="state visit", when="2018-03-27"
        ),
        *(
            events.CommitmentMade(
                commitment=name,
                partnership="VNFR",
                when="2018-03-27",
                debtors=["FR", "VN"],
                creditors="VN",
                what=f"send the {name}",
                due="2018-04",
            )
            for name in ("draft", "data")
        ),
    )
    return ledger


@pytest.fixture(name="view", scope="module")
def _view(ledger: Ledger) -> View:
    return ledger.view("2018-05-04")


def test_a_list_prints_as_a_table_below_its_number(view: View) -> None:
    assert str(view.commitments()) == (
        "2 commitments\n"
        "\n"
        "STATUS   DAYS  WHAT            OWED BY   TO        DUE      FIRMNESS    ID\n"
        "overdue     4  send the draft  France    Viet Nam  2018-04  commitment  draft\n"
        "                               Viet Nam\n"
        "overdue     4  send the data   France    Viet Nam  2018-04  commitment  data\n"
        "                               Viet Nam"
    )


def test_a_list_shows_itself_in_one_short_line(view: View) -> None:
    assert repr(view.commitments()) == "Answers(2 commitments)"
    assert repr(view.parties()[:1]) == "Answers(1 party)"
    assert repr(view.timeline("VNFR")) == "Answers(4 timeline entries)"
    assert repr(view.events(events.MeetingHeld)) == "Answers(1 meeting held)"


def test_an_answer_shows_itself_in_one_short_line(view: View) -> None:
    promise, why = view.commitments()[0], view.explain("draft")

    assert repr(promise) == (
        "Commitment(send the draft (draft): overdue since 2018-05-01; commitment of FR, VN to VN;…)"
    )
    for answer in (promise, why, *view.partnerships(), *view.timeline("VNFR")):
        assert repr(answer).startswith(f"{type(answer).__name__}(")
        assert "\n" not in repr(answer)
        assert len(repr(answer)) <= 100


def test_an_empty_list_says_of_what_there_is_nothing(view: View) -> None:
    assert str(view.proposals()) == "0 proposals"
    assert view.proposals() == ()


def test_a_list_is_the_tuple_of_its_answers(view: View) -> None:
    found = view.commitments()

    assert found == tuple(found)
    assert hash(found) == hash(tuple(found))
    assert {found: 1}[view.commitments()] == 1


def test_a_list_comes_back_from_a_pickle_and_a_copy(view: View) -> None:
    found = view.commitments()

    for again in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):  # noqa: S301 - its own pickle
        assert again == found
        assert (type(again), again.kind) == (Answers, Commitment)


def test_a_part_of_a_list_is_a_list(view: View) -> None:
    found = view.commitments()

    assert repr(found[1:]) == "Answers(1 commitment)"
    assert found[0] is next(iter(found))


def test_two_lists_of_one_kind_are_one_list(view: View) -> None:
    found = view.commitments()

    assert repr(found + found) == "Answers(4 commitments)"
    assert repr(found + tuple(found)) == "Answers(4 commitments)"


def test_lists_of_two_kinds_are_a_mere_tuple(view: View) -> None:
    assert type(view.commitments() + view.meetings()) is tuple


def test_events_print_with_what_they_say(view: View) -> None:
    assert str(view.events(events.MeetingHeld)) == (
        "1 meeting held\n"
        "\n"
        "WHEN        TYPE         ABOUT  TEXT         ID\n"
        "2018-03-27  MeetingHeld  visit  state visit  e1"
    )


def test_a_pack_answers_with_lists_too(view: View) -> None:
    assert repr(view.query("open")) == "Answers(2 commitments)"
    assert view.query("number") == 2


def test_a_tuple_of_two_kinds_or_of_none_stays_as_it_is(view: View) -> None:
    for value in ((), (1, 2), (view.party("VN"), view.meeting("visit"))):
        assert as_answers(value) is value


def test_a_class_of_a_pack_shows_all_its_fields() -> None:
    @attrs.frozen
    class Party:
        seen_at: str
        name: str

    assert str(as_answers((Party("Ha Noi", "A"),))) == ("1 party\n\nSEEN AT  NAME\nHa Noi   A")


# Asked for by themselves, and never in a list.
ALONE = {"Answers", "Dossier", "Durations", "Explanation", "Series"}


@pytest.mark.parametrize("name", sorted(set(answers.__all__) - ALONE))
def test_every_class_has_columns_that_its_fields_fill(name: str) -> None:
    kind = getattr(answers, name)
    blank = kind(**{field.name: None for field in attrs.fields(kind)})

    assert all(read(blank) in {None, ""} for _, read in columns_of(kind))


def test_a_view_prints_as_its_board(view: View) -> None:
    assert str(view).startswith("Board on 2018-05-04\n")
    assert repr(view) == "View(on=2018-05-04, position=6, hindsight=True)"
