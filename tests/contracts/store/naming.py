"""Contract of a store that keeps an index of names, and the zone of a ledger."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopledger._log.chain import Draft, Listing, Row, beginning, genesis, head_at
from coopledger.errors import StoreConflictError
from coopledger.stores import Store
from coopledger.stores.protocol import Find, IndexPage, Listed, Offer
from coopledger.stores.verification import index_fault
from coopledger.stores.write_steps import MOST_OTHERS, extend
from tests.contracts.drafts import append, draft, ids, nobody_else, numbered
from tests.contracts.store.logs import PATIENT, Logs, Opener

NAMES = ("p1", "p2", " about p1", " title đại sứ quán", "", "P1", "\U0001f600", "\uffee", "n" * 300)
NOUNS = ("partnership", "meeting", "partnership mended")
LISTINGS = st.builds(
    Listing,
    names=st.sets(st.sampled_from(NAMES)).map(lambda names: tuple(sorted(names))),
    opened=st.lists(
        st.tuples(st.sampled_from(NOUNS), st.sampled_from(NAMES)), unique=True, max_size=3
    ).map(tuple),
)
BATCHES = st.lists(st.lists(LISTINGS, min_size=1, max_size=4), max_size=6)
REFUSAL = LookupError("what the trial rests on has changed")


def under(*names: str) -> Listing:
    """Return the listing of an event that is found under those names, and brings nothing in."""
    return Listing(names=tuple(sorted(names)))


def named_drafts(ledger: str, listings: Sequence[Listing], *, after: int = 0) -> list[Draft]:
    """Return drafts e<after + 1> and so on, listed so."""
    return [
        attrs.evolve(draft(ledger, f"e{number}"), listing=listing)
        for number, listing in enumerate(listings, after + 1)
    ]


def refuse(_: Iterator[Row]) -> Offer:
    """Refuse, as a writer whose trial no longer holds."""
    raise REFUSAL


def restore(
    store: Store,
    ledger: str,
    listings: Sequence[Listing],
    *,
    is_listed: bool = False,
) -> list[Row]:
    """Restore a log of that many events, and return its rows; with their names, or without."""
    rows = extend(beginning(ledger), named_drafts(ledger, listings), clock_us=10)

    def listing(row: Row, _: Find) -> Listing:
        return listings[row.position - 1]

    head = store.restore(ledger, rows, listing=listing if is_listed else None)
    assert head == head_at(rows[-1])
    return list(rows)


def pages(rows: Sequence[Row], listings: Sequence[Listing], *, size: int) -> Iterator[IndexPage]:
    """Yield pages of the index of the rows; each row has the listing of its position."""
    for start in range(0, len(rows), size):
        page = rows[start : start + size]
        yield head_at(page[-1]), [(row.position, listings[row.position - 1]) for row in page]


def nothing_listed(ledger: str) -> Listed:
    """Return how far an index is written that is still to be begun."""
    return Listed(position=0, chain=genesis(ledger), rules={})


def check(store: Store, ledger: str, listings: Sequence[Listing]) -> None:
    """Check that the index is written up to so many events, and is theirs."""
    positions: dict[str, list[int]] = defaultdict(list)
    openings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for position, listing in enumerate(listings, 1):
        for name in listing.names:
            positions[name].append(position)
        for noun, name in listing.opened:
            openings[noun].append((position, name))

    assert store.named(ledger, NAMES) == {name: tuple(positions[name]) for name in NAMES}
    for noun in NOUNS:
        for after in (0, 1, len(listings)):
            opened = store.opened(ledger, noun, after=after)
            assert sorted(opened) == sorted(each for each in openings[noun] if each[0] > after)
            assert [position for position, _ in opened] == sorted(each for each, _ in opened)
    every = [("", name, at) for name, found in positions.items() for at in found]
    every += [(noun, name, at) for noun, found in openings.items() for at, name in found]
    assert sorted(store.entries(ledger)) == sorted(every)
    assert index_fault(store, ledger, lambda row: listings[row.position - 1]) is None
    assert store.is_counted(ledger)
    listed, end = store.listed(ledger), len(listings)
    assert listed.position == end
    assert listed.chain == (store.rows(ledger, [end])[end].chain if end else genesis(ledger))


def same(one: Listing, other: Listing) -> bool:
    """Return whether both find an event under the same."""
    return one.names == other.names and set(one.opened) == set(other.opened)


class NamingContract(Logs):
    """Events are found under their names, and writers wait only for those that they rest on.

    Not a part of `StoreContract`, which is also asked of stores that keep logs alone.

    Attributes:
        tells_of_others: Whether a few rows of others come with the answer of an append.
    """

    tells_of_others: ClassVar[bool] = True

    def test_a_ledger_begins_with_an_index_of_nothing(self, store: Store, ledger: str) -> None:
        check(store, ledger, [])

        assert store.named(ledger, []) == {}
        assert store.listed(ledger) == nothing_listed(ledger)

    def test_events_are_found_under_the_names_that_they_came_with(
        self, store: Store, new_ledger: Callable[[], str]
    ) -> None:
        @PATIENT
        @given(BATCHES)
        def are_found(batches: list[list[Listing]]) -> None:
            ledger, other = new_ledger(), new_ledger()
            listings: list[Listing] = []
            for batch in batches:
                append(store, ledger, named_drafts(ledger, batch, after=len(listings)))
                listings += batch
                check(store, ledger, listings)
            check(store, other, [])

        are_found()

    def test_another_who_opens_the_same_logs_finds_the_same(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        listings = [under("p1", "p2"), under("p2")]
        append(store, ledger, named_drafts(ledger, listings))

        check(open_again(), ledger, listings)

    def test_events_are_found_under_any_number_of_names(self, store: Store, ledger: str) -> None:
        listings = [under(f"n{number}", "all") for number in range(1200)]
        append(store, ledger, named_drafts(ledger, listings))
        names = [f"n{number}" for number in range(0, 2400, 2)]

        positions = store.named(ledger, [*names, "all"])

        assert positions.pop("all") == tuple(range(1, 1201))
        assert positions == {
            f"n{number}": (number + 1,) if number < 1200 else () for number in range(0, 2400, 2)
        }

    def test_events_that_come_one_by_one_are_found_however_many_there_are(
        self, store: Store, ledger: str
    ) -> None:
        listings = [
            Listing(names=(f"n{number % 9}", "p1"), opened=(("meeting", f"n{number}"),))
            for number in range(300)
        ]
        for position, listing in enumerate(listings):
            append(store, ledger, named_drafts(ledger, [listing], after=position))
            if position in {254, 255, 256, 299}:
                check(store, ledger, listings[: position + 1])
        names = {"n3": tuple(range(4, 301, 9)), "n9": ()}
        assert store.named(ledger, ["n3", "n9"]) == names
        with pytest.raises(LookupError):
            store.append(
                ledger,
                named_drafts(ledger, [under("p3")], after=300),
                seen=100,
                clock_us=0,
                revise=refuse,
                rests_on=["n3"],
            )

    def test_half_a_sign_names_nothing(self, store: Store, ledger: str) -> None:
        append(store, ledger, named_drafts(ledger, [under("p1")]))

        assert store.named(ledger, ["\ud800", "p1"]) == {"\ud800": (), "p1": (1,)}

    def test_what_is_refused_leaves_the_index_as_it_is(self, store: Store, ledger: str) -> None:
        listings = [under("p1"), under("p2")]
        append(store, ledger, named_drafts(ledger, listings))

        with pytest.raises(StoreConflictError):
            append(store, ledger, named_drafts(ledger, [under("p1"), under("p2")], after=1))
        with pytest.raises(LookupError):
            store.append(
                ledger, named_drafts(ledger, [under("p1")]), seen=0, clock_us=0, revise=refuse
            )

        check(store, ledger, listings)

    def test_a_writer_who_is_behind_is_not_asked_about_what_its_trial_does_not_rest_on(
        self, store: Store, ledger: str
    ) -> None:
        listings = [under("p1"), under("p2", "p3")]
        append(store, ledger, named_drafts(ledger, listings))

        (row,) = store.append(
            ledger,
            named_drafts(ledger, [under("p1")], after=2),
            seen=1,
            clock_us=0,
            revise=nobody_else,
            rests_on={"p1", *(f"n{number}" for number in range(700))},
        ).rows
        append_of_nothing = named_drafts(ledger, [under("p4")], after=3)
        store.append(ledger, append_of_nothing, seen=0, clock_us=0, revise=nobody_else, rests_on=())

        assert row.position == 3
        check(store, ledger, [*listings, under("p1"), under("p4")])

    @pytest.mark.parametrize("others", [1, 50, 51])
    def test_a_few_rows_of_others_come_with_the_answer(
        self, store: Store, ledger: str, others: int
    ) -> None:
        append(store, ledger, named_drafts(ledger, [under("p1")]))
        theirs = append(store, ledger, named_drafts(ledger, [under("p2")] * others, after=1))

        appended = store.append(
            ledger,
            named_drafts(ledger, [under("p1")], after=1 + others),
            seen=1,
            clock_us=0,
            revise=nobody_else,
            rests_on=["p1"],
        )

        assert ids(appended.rows) == [f"e{2 + others}"]
        comes_along = self.tells_of_others and others <= MOST_OTHERS
        assert tuple(appended.others) == (theirs if comes_along else ())

    @pytest.mark.parametrize(
        "rests_on", [None, ["p3"], [*(f"n{number}" for number in range(700)), "p2"]]
    )
    def test_a_writer_who_is_behind_revises_where_its_trial_may_rest_on_what_came(
        self, store: Store, ledger: str, rests_on: list[str] | None
    ) -> None:
        append(store, ledger, named_drafts(ledger, [under("p1"), under("p2", "p3"), under()]))
        seen: list[list[str]] = []

        def revise(rows: Iterator[Row]) -> Offer:
            seen.append(ids(list(rows)))
            return Offer(drafts=named_drafts(ledger, [under("p9")], after=8))

        appended = store.append(
            ledger,
            named_drafts(ledger, [under("p1")], after=3),
            seen=1,
            clock_us=0,
            revise=revise,
            rests_on=rests_on,
        )

        assert seen == [["e2", "e3"]]
        assert ids(appended.rows) == ["e9"]
        assert appended.others == ()
        assert store.named(ledger, ["p1", "p9"]) == {"p1": (1,), "p9": (4,)}

    def test_a_log_may_be_restored_with_its_names(self, store: Store, ledger: str) -> None:
        listings = [under(f"n{number % 7}", "p1") for number in range(1100)]
        restore(store, ledger, listings, is_listed=True)
        check(store, ledger, listings)

        append(store, ledger, named_drafts(ledger, [under("p1", "p2")], after=1100))
        check(store, ledger, [*listings, under("p1", "p2")])

    def test_who_lists_a_row_that_is_restored_finds_those_before(
        self, store: Store, ledger: str
    ) -> None:
        rows = extend(beginning(ledger), named_drafts(ledger, [under("p1")] * 1100), clock_us=10)
        before: list[dict[str, Row]] = []

        def listing(row: Row, find: Find) -> Listing:
            if row.position % 1000 == 2:
                before.append(dict(find(["e1", "e999", "e9999"])))
            return under("p1")

        store.restore(ledger, rows, listing=listing)
        first, other = rows[0], rows[998]
        assert before[0]["e1"] == first
        assert before[1] == {"e1": first, "e999": other}

    def test_an_index_that_is_behind_stays_there_and_everybody_revises(
        self, store: Store, ledger: str
    ) -> None:
        restore(store, ledger, [under("p1"), under("p2")])
        append(store, ledger, named_drafts(ledger, [under("p3")], after=2))

        check(store, ledger, [])
        with pytest.raises(LookupError):
            store.append(
                ledger,
                named_drafts(ledger, [under("p4")], after=3),
                seen=2,
                clock_us=0,
                revise=refuse,
                rests_on=["p4"],
            )

    def test_an_index_that_is_behind_is_written_on_page_by_page(
        self, store: Store, new_ledger: Callable[[], str]
    ) -> None:
        @PATIENT
        @given(st.lists(LISTINGS, min_size=1, max_size=9), st.integers(1, 9), st.integers(1, 9))
        def is_written_on(listings: list[Listing], end: int, size: int) -> None:
            ledger, end = new_ledger(), min(end, len(listings))
            rows = restore(store, ledger, listings)
            start = nothing_listed(ledger)
            rules = {"note-added": "1"}

            assert store.list_rows(
                ledger, pages(rows[:end], listings, size=size), rules=rules, since=start
            )
            check(store, ledger, listings[:end])
            since = store.listed(ledger)
            assert since.rules == {"note-added": "1"}
            assert store.list_rows(
                ledger,
                pages(rows[end:], listings, size=size),
                rules={"note-added": "2", "party-registered": "1"},
                since=since,
            )
            check(store, ledger, listings)
            assert store.listed(ledger).rules == {"note-added": "2", "party-registered": "1"}
            append(store, ledger, named_drafts(ledger, [under("p1")], after=len(listings)))
            check(store, ledger, [*listings, under("p1")])

        is_written_on()

    def test_rules_are_kept_where_there_is_nothing_to_list(self, store: Store, ledger: str) -> None:
        assert store.list_rows(ledger, [], rules={"b": "1"}, since=nothing_listed(ledger))
        append(store, ledger, named_drafts(ledger, [under("p1")]))
        assert store.list_rows(ledger, [], rules={"a": "2"}, since=store.listed(ledger))

        assert store.listed(ledger).rules == {"a": "2", "b": "1"}
        check(store, ledger, [under("p1")])

    def test_who_lists_after_somebody_was_faster_gives_up(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        listings = [under("p1"), under("p2"), under("p1")]
        rows = restore(store, ledger, listings)
        every = pages(rows, listings, size=1)
        assert store.list_rows(
            ledger, [next(every)], rules={"a": "1"}, since=nothing_listed(ledger)
        )
        since = store.listed(ledger)

        def overtaken() -> Iterator[IndexPage]:
            yield next(every)
            other = pages(rows[2:], listings, size=1)
            assert open_again().list_rows(
                ledger, other, rules={"a": "1"}, since=store.listed(ledger)
            )
            yield next(every)

        assert not store.list_rows(ledger, overtaken(), rules={"a": "1"}, since=since)
        assert not store.list_rows(ledger, [], rules={"a": "3"}, since=since)
        check(store, ledger, listings)
        assert store.listed(ledger).rules == {"a": "1"}

    def test_an_index_is_made_once_more(self, store: Store, ledger: str) -> None:
        append(store, ledger, named_drafts(ledger, [under("p1"), under("p2"), under("p1")]))
        rows = list(store.read(ledger))
        listings = [Listing(names=("p2",), opened=(("meeting", "p1"),))] * 3

        listed = store.list_rows(
            ledger,
            pages(rows, listings, size=2),
            rules={"a": "1"},
            since=nothing_listed(ledger),
        )

        assert listed
        check(store, ledger, listings)

    def test_an_index_that_is_not_that_of_the_events_is_told(
        self, store: Store, new_ledger: Callable[[], str]
    ) -> None:
        @PATIENT
        @given(st.lists(LISTINGS, min_size=1, max_size=6), st.data())
        def is_told(listings: list[Listing], data: st.DataObject) -> None:
            ledger = new_ledger()
            restore(store, ledger, listings, is_listed=True)
            at = data.draw(st.integers(0, len(listings) - 1))
            other = data.draw(LISTINGS.filter(lambda each: not same(each, listings[at])))
            expected = [*listings[:at], other, *listings[at + 1 :]]

            fault = index_fault(store, ledger, lambda row: expected[row.position - 1])

            assert fault is not None
            assert fault.position == at + 1
            more = len(other.names) + len(other.opened)
            fewer = len(listings[at].names) + len(listings[at].opened)
            assert ("missing" in fault.reason) == (more > fewer)
            assert ("does not have" in fault.reason) == (more < fewer)

        is_told()

    def test_rows_are_read_by_position(self, store: Store, ledger: str) -> None:
        rows = append(store, ledger, numbered(ledger, 1, 1300))

        assert store.rows(ledger, []) == {}
        assert store.rows(ledger, [1300, 0, 7, 1301, -1, 7]) == {7: rows[6], 1300: rows[-1]}
        assert store.rows(ledger, range(1, 1301)) == {row.position: row for row in rows}

    def test_a_time_is_a_position(self, store: Store, new_ledger: Callable[[], str]) -> None:
        @PATIENT
        @given(
            st.lists(st.integers(-20, 20), unique=True, max_size=12),
            st.lists(st.integers(-25, 25), min_size=1, max_size=6),
        )
        def is_a_position(clock: list[int], asked: list[int]) -> None:
            ledger, times = new_ledger(), sorted(clock)
            for number, time in enumerate(times, 1):
                append(store, ledger, numbered(ledger, number, number), clock_us=time)

            for time in (*asked, -(2**63), 2**63 - 1):
                expected = sum(each <= time for each in times)
                assert store.position_at(ledger, time) == expected

        is_a_position()

    def test_a_zone_is_given_once(
        self, store: Store, ledger: str, new_ledger: Callable[[], str], open_again: Opener
    ) -> None:
        other, filled = new_ledger(), new_ledger()
        append(store, filled, numbered(filled, 1, 1))

        assert store.zone(ledger) is None
        assert store.settle_zone(ledger, "Asia/Ho_Chi_Minh") == "Asia/Ho_Chi_Minh"
        assert open_again().settle_zone(ledger, "UTC") == "Asia/Ho_Chi_Minh"
        assert store.settle_zone(filled, "UTC") == "UTC"

        assert open_again().zone(ledger) == store.zone(ledger) == "Asia/Ho_Chi_Minh"
        assert store.zone(other) is None
        assert ledger not in store.ledgers()
        append(store, ledger, numbered(ledger, 1, 2))
        append(store, filled, numbered(filled, 2, 2))
        assert (store.zone(ledger), store.zone(filled)) == ("Asia/Ho_Chi_Minh", "UTC")
