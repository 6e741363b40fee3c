"""Stores that break one promise each, and the tests of the contract that must fail on them.

Run by test_contract.py, in a pytest of its own: ``pytest tests/contracts/broken_stores.py``.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import attrs

from coopledger._log.chain import Listing
from coopledger.stores import Draft, Head, Row, Store
from coopledger.stores.protocol import (
    Appended,
    Cursor,
    IndexPage,
    Listed,
    Names,
    NamesOf,
    Offer,
    Revise,
    Stopped,
)
from tests.contracts.dictionary_store import DictionaryStore
from tests.contracts.drafts import anybody
from tests.contracts.store.contract import StoreContract
from tests.contracts.store.cursors import CursorsContract
from tests.contracts.store.logs import Opener
from tests.contracts.store.naming import NamingContract

__all__ = ["BROKEN"]

SLOW_SECONDS = 0.01


class LeavesGaps(DictionaryStore):
    """Takes its positions from a sequence, which counts what is refused too."""

    def __init__(self) -> None:
        super().__init__()
        self._sequence = 0

    def _refuse_repeated(self, ledger: str, drafts: Sequence[Draft]) -> None:
        self._sequence += len(drafts)
        super()._refuse_repeated(ledger, drafts)

    def _numbered(self, head: Head, drafts: Sequence[Draft], *, clock_us: int) -> tuple[Row, ...]:
        at_sequence = attrs.evolve(head, position=self._sequence - len(drafts))
        return super()._numbered(at_sequence, drafts, clock_us=clock_us)


class TearsBatches(DictionaryStore):
    """Stores the events of a batch one by one, and looks at each only then."""

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        rows: list[Row] = []
        for draft in drafts:
            appended = super().append(
                ledger, [draft], seen=seen, clock_us=clock_us, revise=revise, rests_on=rests_on
            )
            rows += appended.rows
            seen = self.head(ledger).position
        return Appended(rows=tuple(rows))


class ShowsParts(DictionaryStore):
    """Stores all of a batch, and lets others see how far it has come."""

    def _keep(self, ledger: str, rows: tuple[Row, ...]) -> None:
        half = len(rows) // 2
        super()._keep(ledger, rows[:half])
        time.sleep(SLOW_SECONDS)
        super()._keep(ledger, rows[half:])


class ReadsUnderTheLock(DictionaryStore):
    """Keeps writers away as long as somebody reads."""

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        with self._lock:
            yield from super().read(ledger, after=after, up_to=up_to)


class NeverWaits(DictionaryStore):
    """Says at once that there is something new."""

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        del ledger, after, seconds, stopped
        return True


class NeverWakes(DictionaryStore):
    """Looks once whether there is something new, and then waits for as long as it may."""

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        if super().wait(ledger, after=after, seconds=0, stopped=stopped):
            return True
        end = time.monotonic() + seconds
        while time.monotonic() < end and not stopped.is_set():
            time.sleep(0.001)
        return False


class LosesOrder(DictionaryStore):
    """Reads in the order of the ids."""

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        rows = super().read(ledger, after=after, up_to=up_to)
        yield from sorted(rows, key=lambda row: row.event_id)


class ForgetsIds(DictionaryStore):
    """Stores an event under an id that is taken."""

    def _refuse_repeated(self, ledger: str, drafts: Sequence[Draft]) -> None:
        pass


class IgnoresOthers(DictionaryStore):
    """Never lets a writer look at what others stored."""

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        del revise
        return super().append(
            ledger, drafts, seen=seen, clock_us=clock_us, revise=anybody, rests_on=rests_on
        )


class TrustsTheClock(DictionaryStore):
    """Takes the record time from the clock, even where it ran back."""

    def _numbered(self, head: Head, drafts: Sequence[Draft], *, clock_us: int) -> tuple[Row, ...]:
        timeless = attrs.evolve(head, recorded_us=None)
        return super()._numbered(timeless, drafts, clock_us=clock_us)


class TrustsExports(DictionaryStore):
    """Restores whatever it is given."""

    def restore(self, ledger: str, rows: Iterable[Row], *, listing: NamesOf | None = None) -> Head:
        del listing
        self._keep(ledger, tuple(rows))
        return self.head(ledger)


class MixesLedgers(DictionaryStore):
    """Finds the events of every ledger in each."""

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        del ledger
        rows: dict[str, Row] = {}
        for each in self.ledgers():
            rows |= super().find(each, event_ids)
        return rows


class NeverCloses(DictionaryStore):
    """Answers after it was closed."""

    def close(self) -> None:
        pass


class SwallowsRefusals(DictionaryStore):
    """Goes on although the writer refused."""

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        def revised(rows: Iterator[Row]) -> Offer | None:
            with suppress(LookupError):
                return revise(rows)
            return None

        return super().append(
            ledger, drafts, seen=seen, clock_us=clock_us, revise=revised, rests_on=rests_on
        )


class ForgetsCursors(DictionaryStore):
    """Says that it has taken a cursor, and keeps nothing."""

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        del ledger
        return Cursor(name=name, epoch=1, position=after, reached=after)


class ForgetsNames(DictionaryStore):
    """Finds an event under the first of its names alone."""

    def _list(self, ledger: str, listings: Sequence[Listing]) -> None:
        super()._list(ledger, [attrs.evolve(each, names=each.names[:1]) for each in listings])


class ListsBeforehand(DictionaryStore):
    """Finds events under their names that were refused."""

    def _refuse_repeated(self, ledger: str, drafts: Sequence[Draft]) -> None:
        names = [draft.listing for draft in drafts]
        self._listings[ledger] = [*self._listings.get(ledger, []), *names]
        super()._refuse_repeated(ledger, drafts)

    def _list(self, ledger: str, listings: Sequence[Listing]) -> None:
        pass


class HasEverybodyRevise(DictionaryStore):
    """Asks every writer who is behind, whatever its trial rests on."""

    def _is_touched(self, ledger: str, names: Names, *, seen: int) -> bool:
        del ledger, names, seen
        return True


class HasNobodyRevise(DictionaryStore):
    """Looks for names at the position of the writer alone, and not at those after it."""

    def _is_touched(self, ledger: str, names: Names, *, seen: int) -> bool:
        return names is None or seen + 1 in {
            at for each in self.named(ledger, names).values() for at in each
        }


class SkipsWhatIsBehind(DictionaryStore):
    """Lists what is appended although what is before it is not listed."""

    def _list(self, ledger: str, listings: Sequence[Listing]) -> None:
        self._listings[ledger] = [*self._listings.get(ledger, []), *listings]


class OverwritesTheFaster(DictionaryStore):
    """Writes its pages of the index wherever that is by now."""

    def list_rows(
        self,
        ledger: str,
        pages: Iterable[IndexPage],
        *,
        rules: Mapping[str, str],
        since: Listed,
    ) -> bool:
        for page in pages:
            now = self.listed(ledger)
            super().list_rows(ledger, [page], rules=rules, since=now if now.position else since)
        return True


class ChangesZones(DictionaryStore):
    """Gives a ledger every zone that somebody asks for."""

    def settle_zone(self, ledger: str, zone: str) -> str:
        self._zones[ledger] = zone
        return zone


# Each broken store, and one of the tests that find it out.
BROKEN: dict[type[DictionaryStore], str] = {
    LeavesGaps: "test_a_refused_append_leaves_the_way_free",
    TearsBatches: "test_an_id_that_is_stored_is_refused_by_name_and_the_whole_batch_with_it",
    ShowsParts: "test_a_reader_sees_all_of_a_large_batch_or_nothing",
    ReadsUnderTheLock: "test_a_writer_does_not_wait_for_a_reader_between_two_rows",
    NeverWaits: "test_a_reader_waits_no_longer_than_it_likes",
    NeverWakes: "test_a_waiting_reader_is_woken_by_what_another_appends",
    LosesOrder: "test_a_long_log_is_read_whole",
    ForgetsIds: "test_an_id_given_twice_is_refused_by_name",
    IgnoresOthers: "test_a_writer_who_is_behind_revises_what_others_appended",
    TrustsTheClock: "test_record_times_are_the_clocks_and_strictly_increase",
    TrustsExports: "test_rows_that_do_not_follow_each_other_are_refused_all",
    MixesLedgers: "test_ledgers_do_not_see_each_other",
    NeverCloses: "test_a_closed_store_refuses_every_call",
    SwallowsRefusals: "test_a_writer_may_refuse_after_revising_and_nothing_is_stored",
    ForgetsNames: "test_events_are_found_under_the_names_that_they_came_with",
    ListsBeforehand: "test_what_is_refused_leaves_the_index_as_it_is",
    HasEverybodyRevise: (
        "test_a_writer_who_is_behind_is_not_asked_about_what_its_trial_does_not_rest_on"
    ),
    HasNobodyRevise: "test_events_that_come_one_by_one_are_found_however_many_there_are",
    SkipsWhatIsBehind: "test_an_index_that_is_behind_stays_there_and_everybody_revises",
    OverwritesTheFaster: "test_who_lists_after_somebody_was_faster_gives_up",
    ChangesZones: "test_a_zone_is_given_once",
    ForgetsCursors: "test_a_new_cursor_lies_where_it_is_put",
}


def _contract(cls: type[DictionaryStore]) -> type[StoreContract]:
    """Return the contract, asked of the broken store."""

    def new_logs(_: type[StoreContract], folder: Path) -> Opener:
        del folder
        logs: Store = cls()
        return lambda: logs

    members = {"new_logs": classmethod(new_logs), "timeout_seconds": 0.5}
    return type(f"Test{cls.__name__}", (StoreContract, CursorsContract, NamingContract), members)


globals().update({f"Test{cls.__name__}": _contract(cls) for cls in BROKEN})
