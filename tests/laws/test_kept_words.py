"""Laws of words that are kept in a file: what is found is what an index made anew would find."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopledger import Ledger, View, events
from coopledger._facts import known_words
from coopledger._recording import indexing
from coopledger.events import Event
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, numbered, office
from tests.laws.mended import Step, mended_histories, take
from tests.laws.test_kept import TODAY
from tests.strategies import GIVEN
from tests.whole import whole

pytestmark = pytest.mark.usefixtures("unmeasured")

WORDS = ("Huế", "Đà Nẵng", "Hue and Da Nang", "合作")
SEARCHES = ("hue", "da nang", "n", "合", "a")
NOTES: st.SearchStrategy[Step] = st.sampled_from(WORDS).map(
    lambda text: events.NoteAdded(subject="vnfr", text=text)
)


def renamed(text: str) -> Callable[[str], Event]:
    """Return what corrects the note of an event."""

    def correct(target: str) -> Event:
        return events.EventCorrected(target=target, changes={"note": text}, reason="a")

    return correct


def mixed(both: tuple[list[Step], list[Step]]) -> st.SearchStrategy[list[Step]]:
    """Draw histories of which the last steps are mixed with words."""
    steps, said = both
    return st.permutations([*steps[-10:], *said]).map(lambda last: [*steps[:-10], *last])


RENAMED: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(WORDS).map(renamed), st.integers(0, 12)
)
SAID: st.SearchStrategy[Step] = st.one_of(NOTES, RENAMED)
SEVERAL: st.SearchStrategy[list[Step]] = st.lists(SAID, max_size=8)
SPOKEN = st.tuples(mended_histories, SEVERAL).flatmap(mixed)


def found(view: View) -> list[tuple[str, ...]]:
    """Return what is found by each search, as texts, and who took part."""
    return [tuple(map(whole, view.find(text))) for text in SEARCHES] + [
        tuple(map(whole, view.people()))
    ]


def opened(path: Path, ids: str) -> Ledger:
    """Return the ledger in the file, as a program opens it."""
    store = SqliteStore(path, durability="fast")
    return Ledger(store, name=NAME, clock=Clock(TODAY), ids=numbered(ids))


def assert_kept_is_anew(path: Path, ledger: Ledger, position: int) -> None:
    """Compare with a program that keeps no words, today and at an earlier position."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "shelf_in", nowhere)
        with opened(path, "none") as anew:
            time = time_of(anew, position)
            assert found(ledger.view(known_at=time)) == found(anew.view(known_at=time))
            assert found(ledger.view()) == found(anew.view())


def nowhere(log: object, ledger: str, vocabulary: object) -> None:
    """Return that nothing is kept."""


def time_of(ledger: Ledger, position: int) -> str:
    """Return when the event at the position was recorded."""
    return next(ledger.events(after=position - 1)).recorded_at.isoformat()


@settings(max_examples=4)  # each opens the log many times
@given(SPOKEN, st.lists(st.integers(0, 3), min_size=40, max_size=40), st.integers(1, 7))
def test_kept_words_find_what_words_made_anew_find(
    steps: list[Step], choices: list[int], stretch: int
) -> None:
    """Two programs record and look in any order, and each of them begins anew now and then."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_words, "_PAGE", stretch)
        patch.setattr(known_words, "_LEAST", (stretch + 1) // 2)
        path = Path(folder) / "office.db"
        office(*GIVEN, clock=Clock(TODAY), store=SqliteStore(path, durability="fast")).close()
        ledgers = [opened(path, "one"), opened(path, "two")]
        for number, step in enumerate(steps):
            choice = choices[number % len(choices)]
            ledger = ledgers[choice % 2]
            take(ledger, step, number)
            if choice & 2:
                ledger.close()
                ledgers[choice % 2] = opened(path, f"n{number}-")
                ledgers[choice % 2].view().find("hue")
        for ledger in ledgers:
            last = ledger.position
            assert_kept_is_anew(path, ledger, last // 2)
            ledger.close()
