"""Words of what is shown, by language: one file for each, and English where a word is missing.

A text of the catalogue may hold names in braces, and may differ by number: `one` and `other`.
"""

import json
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from coopledger._frozen import frozen
from coopledger._suggest import did_you_mean
from coopledger.errors import ArgumentError

WORDS = Path(__file__).with_name("words")
ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "vi")
NUMBER = "n"  # The name of the number by which a text differs.


@frozen(eq=False)
class Words:
    """Words of one language.

    Attributes:
        language: Its code.
        is_reviewed: Whether a native reader has read them.
        singular: The numbers that take the form `one`.
        terms: The words of the closed lists, by the name of the list.
        rules: What each stage, state, status and flag means, by the name of the list.
        fields: What the fields of events are called, by name.
        texts: All other texts, by name.
        fallback: The words that stand in where one is missing.
    """

    language: str
    is_reviewed: bool
    singular: tuple[int, ...]
    terms: dict[str, dict[str, str]]
    rules: dict[str, dict[str, str]]
    fields: dict[str, str]
    texts: dict[str, str | dict[str, str]]
    fallback: "Words | None" = None

    def term(self, word: StrEnum) -> str:
        """Return a word of a closed list, such as a stage or a flag."""
        known = self.terms.get(type(word).__name__, {})
        if word not in known and self.fallback is not None:
            return self.fallback.term(word)
        return known[word]

    def rule(self, word: StrEnum) -> str:
        """Return what a stage, state or status means, or what a flag says."""
        known = self.rules.get(type(word).__name__, {})
        if word not in known and self.fallback is not None:
            return self.fallback.rule(word)
        return known[word]

    def field(self, name: str) -> str:
        """Return what a field of an event is called; the name of one of a pack, split."""
        known = self.fields.get(name)
        if known is None and self.fallback is not None:
            return self.fallback.field(name)
        return known or name.replace("_", " ")

    def text(self, name: str, /, **values: str | int) -> str:
        """Return the text of a name, with the values in the place of the names in braces."""
        number = values.get(NUMBER)
        return self.form(name, number if isinstance(number, int) else None).format(**values)

    def form(self, name: str, number: int | None = None) -> str:
        """Return the text of a name, in the form for the number, with its names in braces."""
        text = self.texts.get(name)
        if text is None and self.fallback is not None:
            return self.fallback.form(name, number)
        if text is None:
            raise KeyError(name)
        if isinstance(text, str):
            return text
        return text["one" if number in self.singular else "other"]

    def act(self, kind: str) -> str:
        """Return the word for acts of a kind of event; the name of a kind that has none, split."""
        name = f"act_{kind}"
        is_known = name in self.texts or (self.fallback is not None and name in self.fallback.texts)
        if is_known:
            return self.text(name)
        return "".join(f" {each.lower()}" if each.isupper() else each for each in kind).strip()

    def heading(self, text: str) -> str:
        """Return a text as it stands at the beginning of a line, with its first letter capital."""
        return text[:1].upper() + text[1:]


def words(language: str = ENGLISH) -> Words:
    """Return the words of a language.

    Raises:
        ArgumentError: There are no words of this language.
    """
    if language not in LANGUAGES:
        raise ArgumentError(
            "language",
            repr(language),
            f"is no language with words: {', '.join(LANGUAGES)}{did_you_mean(language, LANGUAGES)}",
        )
    return _read(language)


@lru_cache
def _read(language: str) -> Words:
    """Return the words of the file of a language."""
    content = (WORDS / f"{language}.json").read_bytes()
    file: dict[str, Any] = json.loads(content)
    return Words(
        language=language,
        is_reviewed=file["reviewed"],
        singular=tuple(file["one"]),
        terms=file["terms"],
        rules=file["rules"],
        fields=file["fields"],
        texts=file["texts"],
        fallback=None if language == ENGLISH else words(),
    )
