import string
from enum import StrEnum

import attrs
import pytest

from coopledger import events, terms
from coopledger._display.catalogue import ENGLISH, LANGUAGES, Words, words
from coopledger.errors import ArgumentError
from coopledger.events.envelope import is_event
from coopledger.terms import Flag, InstrumentKind, Stage
from tests.strategies import CLASSES

LISTS = [getattr(terms, name) for name in terms.__all__]
OTHERS = [language for language in LANGUAGES if language != ENGLISH]


def _names(text: str | dict[str, str]) -> set[str]:
    forms = [text] if isinstance(text, str) else [*text.values()]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("terms_of_list", LISTS, ids=lambda each: each.__name__)
def test_english_has_a_word_for_every_member_of_every_list(
    terms_of_list: type[StrEnum],
) -> None:
    assert set(words().terms[terms_of_list.__name__]) == set(terms_of_list)


def test_every_kind_of_act_has_a_word_and_one_of_another_vocabulary_its_name() -> None:
    kinds = {name for name in events.__all__ if is_event(getattr(events, name))}
    known = {name.removeprefix("act_") for name in words().texts if name.startswith("act_")}

    assert known == kinds
    assert words("vi").act("CommitmentFulfilled") == words("vi").text("act_CommitmentFulfilled")
    assert words().act("DeviceLent") == "device lent"


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_every_word_that_english_has(language: str) -> None:
    english, other = words(), words(language)

    assert other.terms.keys() == english.terms.keys()
    assert other.rules.keys() == english.rules.keys()
    for name in english.terms:
        assert other.terms[name].keys() == english.terms[name].keys()
    for name in english.rules:
        assert other.rules[name].keys() == english.rules[name].keys()
    assert other.fields.keys() == english.fields.keys()
    assert other.texts.keys() == english.texts.keys()


def test_every_field_of_an_event_has_a_word() -> None:
    fields = {field.name for cls in CLASSES for field in attrs.fields(cls)}

    assert set(words().fields) == fields
    assert words("vi").field("depth_of_pack") == "depth of pack"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_holds_the_same_names_in_braces(language: str) -> None:
    english, other = words().texts, words(language).texts

    assert {name: _names(text) for name, text in other.items()} == {
        name: _names(english[name]) for name in other
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_differs_by_number_has_both_forms(language: str) -> None:
    by_number = [text for text in words(language).texts.values() if not isinstance(text, str)]

    assert all(set(text) == {"one", "other"} for text in by_number)


def test_words_that_no_native_reader_has_read_say_so() -> None:
    assert [language for language in LANGUAGES if words(language).is_reviewed] == [ENGLISH]


def test_the_word_of_each_list_is_its_own() -> None:
    assert words().term(Flag.TERMINATING) == "notice given"
    assert words().term(terms.InstrumentState.TERMINATING) == "terminating"
    assert words().term(InstrumentKind.MOU) == "MoU"


def test_a_word_that_a_language_lacks_is_english() -> None:
    vietnamese = words("vi")
    lacking = attrs.evolve(vietnamese, terms={}, rules={}, fields={}, texts={})

    assert vietnamese.term(Stage.ACTIVE) == "đang hiệu lực"
    assert lacking.term(Flag.GAP) == "gap"
    assert lacking.rule(Stage.CONTACT) == words().rule(Stage.CONTACT)
    assert lacking.field("due") == "due"
    assert lacking.text("shown", n=3) == "3 shown"


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 1, "1 day overdue"),
        ("en", 27, "27 days overdue"),
        ("en", 0, "0 days overdue"),
        ("fr", 0, "en retard de 0 jour"),
        ("fr", 27, "en retard de 27 jours"),
        ("vi", 1, "quá hạn 1 ngày"),
    ],
)
def test_a_number_chooses_the_form(language: str, number: int, text: str) -> None:
    assert words(language).text("days_overdue", n=number) == text


def test_a_heading_begins_with_a_capital() -> None:
    assert words().heading("in force") == "In force"
    assert words("vi").heading("đã ký") == "Đã ký"


def test_a_text_that_no_language_has_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        words("vi").text("no such text")


@pytest.mark.parametrize("language", ["de", "EN", ""])
def test_a_language_without_words_is_refused(language: str) -> None:
    with pytest.raises(ArgumentError, match="is no language with words: en, fr, vi"):
        words(language)


def test_words_are_read_once() -> None:
    first: Words = words("vi")

    assert words("vi") is first
