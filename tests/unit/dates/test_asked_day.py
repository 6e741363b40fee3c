"""A day that notes: from which day until which day what was asked of it stays true."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._dates.asked_day import AskedDay, Day, DaysLeft, Spell

Question = Callable[[Day], object]

DAY, FAR = 100, 200

# What rules and answers ask of a day; each with the whole number that it is compared with.
QUESTIONS: dict[str, Callable[[Day, int], object]] = {
    "day < other": lambda day, other: day < other,
    "day <= other": lambda day, other: day <= other,
    "day > other": lambda day, other: day > other,
    "day >= other": lambda day, other: day >= other,
    "other < day": lambda day, other: other < day,
    "other <= day": lambda day, other: other <= day,
    "other > day": lambda day, other: other > day,
    "other >= day": lambda day, other: other >= day,
    "day + 3 > other": lambda day, other: day + 3 > other,
    "day - 3 <= other": lambda day, other: day - 3 <= other,
    "day - other >= 7": lambda day, other: day - other >= 7,
    "other - day < 7": lambda day, other: other - day < 7,
    "other - day > 7": lambda day, other: other - day > 7,
    "0 <= other - day <= 7": lambda day, other: 0 <= other - day <= 7,
    "other - 2 <= day <= other + 2": lambda day, other: other - 2 <= day <= other + 2,
}


def spell_of(question: Question, day: int) -> Spell:
    """Return the days on which the question has the answer that it has on the day."""
    spell = Spell(day)
    question(AskedDay(spell))
    return spell


@pytest.mark.parametrize("name", QUESTIONS)
@given(day=st.integers(90, 110), other=st.integers(80, 120))
def test_it_answers_like_a_whole_number_and_notes_the_first_day_of_another_answer(
    name: str, day: int, other: int
) -> None:
    """'It notes the next day on which a comparison would flip', and the last one before."""

    def question(asked: Day) -> object:
        return QUESTIONS[name](asked, other)

    spell = Spell(day)
    assert question(AskedDay(spell)) == question(day)
    assert spell.since <= day < spell.until
    for each in range(max(spell.since, 0), min(spell.until, FAR)):
        assert question(each) == question(day)
    if len(name.split()) == 3:
        assert question(spell.until) != question(day) or spell.until > FAR
        assert spell.since == 0 or question(spell.since - 1) != question(day)


def test_the_nearest_days_of_several_questions_are_noted() -> None:
    spell = Spell(DAY)
    asked = AskedDay(spell)

    assert [asked > 150, asked > 120, asked > 40, asked > 70] == [False, False, True, True]

    assert (spell.since, spell.until) == (71, 121)


def test_a_spell_holds_on_its_days() -> None:
    spell = spell_of(lambda day: day > 120 or day > 70, DAY)

    assert [spell.holds_on(day) for day in (70, 71, 120, 121)] == [False, True, True, False]


def test_what_nothing_was_asked_of_holds_on_every_day() -> None:
    assert Spell(DAY).holds_on(1)
    assert Spell(DAY).holds_on(3_652_059)  # 9999-12-31


def test_days_that_went_by_are_told_for_other_days() -> None:
    since, left = AskedDay(Spell(DAY)) - 90, 150 - AskedDay(Spell(DAY))

    assert isinstance(left, DaysLeft)
    assert [since.on(DAY), since.on(130)] == [10, 40]
    assert [left.on(DAY), left.on(130)] == [50, 20]


USES: dict[str, Callable[[Any], object]] = {
    "int": int,
    "hash": hash,
    "truth": bool,
    "index": range,
    "equality": lambda day: bool(day == DAY),
    "times": lambda day: day * 2,
    "another day": lambda day: day > day + 1,
    "from another day": lambda day: day - day,
    "minus": lambda day: -day,
    "twice from a day": lambda day: 5 - (5 - day),
}


@pytest.mark.parametrize("name", USES)
def test_what_it_does_not_understand_is_a_type_error(name: str) -> None:
    with pytest.raises(TypeError):
        USES[name](AskedDay(Spell(DAY)))
