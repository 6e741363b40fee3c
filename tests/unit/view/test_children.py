"""Children do not lift the parent unless asked."""

import pytest

from coopledger import events
from coopledger.errors import ArgumentError
from tests.builders import office

OFFICE = office(
    events.PartnershipOpened(partnership="family", parties=["vn", "fr"]),
    events.PartnershipOpened(partnership="child", parties=["vn", "fr"], parent="family"),
    events.PartnershipOpened(partnership="grandchild", parties=["vn", "fr"], parent="child"),
    events.StatementMade(partnership="family", text="a", when="2019-01-01", id="talk"),
    events.InstrumentRegistered(instrument="mou", partnership="grandchild", kind="mou"),
    events.InstrumentSigned(instrument="mou", when="2020-01-01", id="signed"),
    events.MeetingScheduled(
        meeting="m", partnership="child", kind="visit", planned="2020-03", when="2020-01-02"
    ),
)


def test_children_do_not_lift_the_parent() -> None:
    partnership = OFFICE.view("2020-06-30").partnership("family")

    assert (partnership.stage, partnership.instruments, partnership.flags) == ("contact", (), ())


def test_asked_for_what_belongs_to_children_counts_as_the_parents_own() -> None:
    partnership = OFFICE.view("2020-06-30").partnership("family", with_children=True)

    assert (partnership.stage, partnership.decided_by[0]) == ("active", "signed")
    assert ([item.id for item in partnership.instruments], partnership.flags) == (
        ["mou"],
        ("unrecorded_meetings",),
    )
    assert str(partnership.last_activity) == "2020-01-02"


def test_the_history_of_stages_may_include_children() -> None:
    view = OFFICE.view("2020-06-30")

    assert [change.stage for change in view.stage_history("family")] == ["contact"]
    assert [change.stage for change in view.stage_history("family", with_children=True)] == [
        "contact",
        "active",
    ]


def test_the_timeline_and_the_durations_may_include_children() -> None:
    view = OFFICE.view("2020-06-30")
    own, whole = view.timeline("family"), view.timeline("family", with_children=True)

    assert [each.event for each in whole if each.event == "signed"] == ["signed"]
    assert {each.event for each in own} < {each.event for each in whole}
    assert view.durations("family").first_signature is None
    assert view.durations("family", with_children=True).first_signature is not None


def test_a_parent_is_not_part_of_its_child() -> None:
    partnership = OFFICE.view("2020-06-30").partnership("child", with_children=True)

    assert (partnership.stage, str(partnership.since)) == ("active", "2020-01-01")


def test_the_choice_is_true_or_false() -> None:
    with pytest.raises(ArgumentError, match="with_children='yes' is neither True nor False"):
        OFFICE.view("2020-06-30").partnership("family", with_children="yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
