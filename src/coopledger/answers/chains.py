"""Chain of texts: what came after a text, as a tree."""

from collections.abc import Iterator

from coopledger._display.catalogue import words
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._shown import Shown
from coopledger.answers._ties import ties_to
from coopledger.answers._wording import label, named, one_line, state_since
from coopledger.answers.instruments import Instrument, instrument
from coopledger.terms import TextRelation

INDENT = "  "


@frozen(kw_only=True)
class TextTree(Shown):
    """Text, and below it those that came after it; `str` gives one line for each.

    Attributes:
        id: Its id.
        text: The answer about it.
        relations: How it stands to the text above it; nothing at the top.
        texts: The trees of those that change it, and then of those that prolong, carry out or
            replace it or end with it, in the order of their recording; each text once.
    """

    id: str
    text: Instrument
    relations: tuple[TextRelation, ...]
    texts: tuple["TextTree", ...]

    def __str__(self) -> str:
        """Return the text, and those below it further to the right, one line each."""
        return "\n".join(map(printable, _lines(self, "")))


def _lines(tree: TextTree, indent: str) -> Iterator[str]:
    """Yield the line of the text, and those of the texts below it."""
    text = tree.text
    name = named(text.title, text.id)
    ties = ", ".join(map(label, tree.relations))
    yield indent + one_line(
        f"{ties}: {name}" if ties else name,
        state_since(text.state, text.since, certain=text.since_certain),
        words().term(text.kind) if text.kind and text.short_title == text.title else None,
    )
    for each in tree.texts:
        yield from _lines(each, indent + INDENT)


def texts_of(snapshot: Snapshot, name: str) -> TextTree:
    """Return the tree of the texts that came after the instrument, by the day."""
    return _tree(snapshot, name, (), seen={name})


def _tree(
    snapshot: Snapshot, name: str, relations: tuple[TextRelation, ...], *, seen: set[str]
) -> TextTree:
    """Return the tree below a text, without what was seen before."""
    text = instrument(snapshot, name)
    below: dict[str, list[TextRelation]] = {}
    for relation, other in _below(snapshot, text):
        if other not in seen:
            below.setdefault(other, []).append(relation)
    seen.update(below)
    return TextTree(
        id=name,
        text=text,
        relations=relations,
        texts=tuple(
            _tree(snapshot, other, tuple(ties), seen=seen) for other, ties in below.items()
        ),
    )


def _below(snapshot: Snapshot, text: Instrument) -> Iterator[tuple[TextRelation, str]]:
    """Yield each text that came after this one, with the relation of the two."""
    yield from ((TextRelation.AMENDS, other) for other in text.amended_by)
    yield from ties_to(snapshot, text.id)
