"""The checker of histories finds each view that is not recent, and no other."""

import pytest

from tests.recency.history import History, Look, Program, Receipt, Stale, stale_looks


def look(
    position: int, *, began: int, program: str = "a", told: int = 0, holds: bool = True
) -> Look:
    return Look(
        program=program,
        began_ns=began,
        ended_ns=began + 5,
        position=position,
        at_least=told,
        holds=holds,
    )


def receipt(position: int, *, ended: int, program: str = "a") -> Receipt:
    return Receipt(program=program, ended_ns=ended, position=position)


def history(*calls: Look | Receipt, forked_ns: int = 0) -> History:
    programs = [Program("a"), Program("b"), Program("child", "a", forked_ns)]
    receipts = [each for each in calls if isinstance(each, Receipt)]
    return History(programs, receipts, [each for each in calls if isinstance(each, Look)])


def promises(*calls: Look | Receipt, forked_ns: int = 0) -> list[str]:
    return [each.promise for each in stale_looks(history(*calls, forked_ns=forked_ns))]


def test_a_view_that_knows_every_receipt_held_is_recent() -> None:
    assert promises(receipt(3, ended=10), look(3, began=20), look(4, began=30)) == []


def test_a_view_behind_a_receipt_of_its_program_is_stale() -> None:
    behind = look(2, began=20)

    assert stale_looks(history(receipt(3, ended=10), behind)) == [Stale("own receipt", behind, 3)]


@pytest.mark.parametrize("ended", [20, 30])
def test_a_receipt_that_was_not_held_yet_is_not_asked_for(ended: int) -> None:
    assert promises(receipt(3, ended=ended), look(2, began=20)) == []


def test_a_later_receipt_does_not_hide_an_earlier_one_with_a_later_position() -> None:
    assert promises(receipt(5, ended=10), receipt(3, ended=11), look(4, began=20)) == [
        "own receipt"
    ]


def test_another_program_is_not_asked_about() -> None:
    assert promises(receipt(3, ended=10), look(2, began=20, program="b")) == []


def test_a_view_behind_an_earlier_one_is_stale() -> None:
    assert promises(look(4, began=10), look(3, began=20)) == ["earlier view"]


def test_views_at_the_same_time_may_be_in_any_order() -> None:
    assert promises(look(4, began=10), look(3, began=12)) == []


def test_a_view_behind_the_position_that_it_was_told_is_stale() -> None:
    assert promises(look(3, began=10, told=4), look(4, began=20, told=4)) == ["told position"]


def test_a_view_without_what_its_position_holds_is_found() -> None:
    assert promises(look(3, began=10, holds=False)) == ["content"]


def test_a_child_holds_what_its_parent_held_at_the_fork() -> None:
    calls = (
        receipt(3, ended=10),
        receipt(5, ended=30),
        look(4, began=40, program="child"),
        look(2, began=50, program="child"),
    )

    assert promises(*calls, forked_ns=20) == ["own receipt", "earlier view"]
    assert promises(*calls, forked_ns=35) == ["own receipt", "own receipt", "earlier view"]
