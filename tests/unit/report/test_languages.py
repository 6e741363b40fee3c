"""A report in another language is wholly in that language, but for what was recorded."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from coopledger import Ledger, View, events
from coopledger._display.catalogue import ENGLISH, LANGUAGES, Words, words
from coopledger.errors import ArgumentError
from coopledger.report import report
from coopledger.stores import MemoryStore
from tests.builders import NAME, Clock, office, store_unchecked
from tests.laws.hostile import every_event, parties

TEXT = "Zxqv"
CODES = {"fr"}  # of countries
WORD = re.compile(r"[^\W\d_]{2,}")
TOLD = ("title", "aria-label", "data-l", "alt", "placeholder")
OTHERS = [language for language in LANGUAGES if language != ENGLISH]


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    store = MemoryStore()
    store_unchecked(store, *every_event(TEXT))
    return Ledger(store, name=NAME, clock=Clock()).view("2020-02-20")


def texts_of(known: Words) -> Iterator[str]:
    """Yield all texts of a language, without the names in braces."""
    for group in (known.terms, known.rules):
        for terms in group.values():
            yield from terms.values()
    yield from known.fields.values()
    for text in known.texts.values():
        for form in [text] if isinstance(text, str) else text.values():
            yield re.sub(r"\{\w+\}", " ", form)


def words_of(texts: Iterator[str]) -> set[str]:
    """Return the words of texts in small letters."""
    return {word.casefold() for text in texts for word in WORD.findall(text)}


def shown_on(page: BeautifulSoup) -> Iterator[str]:
    """Yield what a reader sees on a page or hears of it, but for ids."""
    for unseen in page.select("style, code"):
        unseen.decompose()
    yield page.get_text(" ")
    for element in page.select("*"):
        yield from (str(element[name]) for name in TOLD if element.has_attr(name))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("us", [None, parties("")[0]])
def test_no_english_word_of_the_catalogue_is_left(
    view: View, us: str | None, language: str
) -> None:
    page = BeautifulSoup(report(view, us=us, language=language), "html.parser")
    foreign = words_of(texts_of(words())) - words_of(texts_of(words(language))) - CODES
    html = page.select_one("html")

    assert html is not None
    assert html["lang"] == language
    assert words_of(shown_on(page)) & foreign == set()


@pytest.mark.parametrize("language", OTHERS)
def test_words_that_no_native_reader_has_read_say_so_on_the_page(view: View, language: str) -> None:
    footer = BeautifulSoup(report(view, language=language), "html.parser").select_one("footer")

    assert footer is not None
    assert words(language).text("unreviewed") in footer.get_text()
    assert words().text("unreviewed") not in report(view)


def test_a_page_in_vietnamese_reads_as_designed(view: View) -> None:
    page = BeautifulSoup(report(view, us=parties("")[0], language="vi"), "html.parser")
    headers = [each.get_text() for each in page.select("#pending table.p thead th")]

    assert headers == [
        *("Khi nào", "Việc gì", "Ai", "Với", "Hạn, theo lời đã nói", "Mức cam kết"),
        *("Người phụ trách", "Căn cứ"),
    ]
    assert "20 thg 2, 2020" in page.select(".moment")[0].get_text()


@pytest.mark.parametrize(
    ("language", "title", "meeting"),
    [
        ("en", "MoU, Viet Nam – France", "talks 3 in Huế"),
        (
            "fr",
            "protocole d\N{RIGHT SINGLE QUOTATION MARK}accord, Viet Nam – France",
            "talks 3 à Huế",
        ),
        ("vi", "bản ghi nhớ, Viet Nam – France", "talks thứ 3 tại Huế"),
    ],
)
def test_titles_are_words_of_the_record_in_the_words_of_the_language(
    language: str, title: str, meeting: str
) -> None:
    view = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.MeetingHeld(
            meeting="m",
            partnership="vnfr",
            kind="talks",
            when="2020-01-01",
            series="rounds",
            number=3,
            place="Huế",
        ),
    ).view("2021-01-01")

    assert view.title("mou", language=language) == title
    assert view.title("m", language=language) == meeting
    assert view.title("vn", language=language) == "Viet Nam"


def test_a_language_without_words_is_refused(view: View) -> None:
    with pytest.raises(ArgumentError, match="is no language with words"):
        report(view, language="de")
