"""Names of texts that stand together, so that no two of them read the same."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from coopledger._display.catalogue import Words, words


class Text(Protocol):
    """Answer about a text, as far as its name goes."""

    @property
    def id(self) -> str:
        """Return its id."""
        ...

    @property
    def kind(self) -> StrEnum | None:
        """Return its kind."""
        ...

    @property
    def state(self) -> StrEnum:
        """Return its state."""
        ...

    @property
    def short_title(self) -> str:
        """Return its own title, or else its kind."""
        ...


def names_apart(texts: Sequence[Text], said: Words | None = None) -> list[str]:
    """Return the kinds of texts that stand together; of two that would read the same, the titles.

    A text without a title of its own has its id behind the kind then.
    """
    said = said or words()
    kinds = [said.term(each.kind) if each.kind else each.id for each in texts]
    same = Counter((kind, each.state) for kind, each in zip(kinds, texts, strict=True))
    return [
        kind if same[kind, each.state] == 1 or kind == each.id else _apart(each, kind)
        for kind, each in zip(kinds, texts, strict=True)
    ]


def _apart(text: Text, kind: str) -> str:
    """Return the title of a text, or its kind and id where it has none of its own."""
    has_none = text.kind is not None and text.short_title == words().term(text.kind)
    return f"{kind} {text.id}" if has_none else text.short_title
