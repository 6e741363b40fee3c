"""Random interleavings of recording and following, against a plain model.

"Every event is handed out at least once, in order; what is saved comes no more, unless it is asked
for by a replay": with one reader for each name, the last that subscribed.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import count
from tempfile import TemporaryDirectory
from typing import Literal

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coopledger import events
from coopledger.errors import ArgumentError, CallOrderError, SubscriptionTakenError
from coopledger.stores import MemoryStore, Store
from coopledger.stores.sqlite import SqliteStore
from coopledger.subscriptions import Batch, Retry, Subscription
from tests.builders import WORLD, office

SIZE = 3  # events in a batch
NAME = "mailer"

Stretch = tuple[int, int]


@attrs.define
class Model:
    """Plain model of a subscription.

    Attributes:
        wanted: For every event of the log, whether the subscription is about it.
        position: Up to where everything is dealt with or parked.
        reached: The greatest position that it ever was at.
        failures: How often in a row the next batch has failed.
        parked: What was put aside, and whether it had been dealt with before.
        done: How often each event was dealt with, replays not counted.
    """

    wanted: list[bool] = attrs.field(factory=lambda: [False] * len(WORLD))
    position: int = 0
    reached: int = 0
    failures: int = 0
    parked: dict[Stretch, bool] = attrs.field(factory=dict[Stretch, bool])
    done: Counter[int] = attrs.field(factory=Counter[int])

    def events(self, stretch: Stretch) -> list[int]:
        after, up_to = stretch
        return [place for place in range(after + 1, up_to + 1) if self.wanted[place - 1]]

    def handed_out(self, stretch: Stretch) -> list[int]:
        """Return the events that are not parked, which wait until somebody settles them."""
        return [place for place in self.events(stretch) if not self.is_parked(place)]

    def is_parked(self, place: int) -> bool:
        return any(after < place <= up_to for after, up_to in self.parked)

    def stretches(self) -> Iterator[tuple[Stretch, bool]]:
        """Yield the next batches, each with whether it is replayed."""
        after = self.position
        while after < len(self.wanted):
            replayed = after < self.reached
            end = self.reached if replayed else len(self.wanted)
            up_to = self.up_to(after, end)
            yield (after, up_to), replayed
            after = up_to

    def up_to(self, after: int, end: int) -> int:
        """Return the end of the next stretch; each parked one is a stretch without events."""
        for aside_after, aside_up_to in sorted(self.parked):
            if aside_after <= after < aside_up_to:
                return min(aside_up_to, end)
            if after < aside_after:
                end = min(end, aside_after)
        up_to = after
        while up_to < end and len(self.events((after, up_to))) < SIZE:
            up_to += 1
        return up_to

    def save(self, stretch: Stretch, *, replayed: bool) -> None:
        self.position = stretch[1]
        self.reached = max(self.reached, self.position)
        self.failures = 0
        if not replayed:
            self.done.update(self.handed_out(stretch))

    def park(self, stretch: Stretch, *, replayed: bool) -> None:
        self.parked[stretch] = replayed and self.parked.get(stretch, True)
        self.save(stretch, replayed=True)

    def settle(self, stretch: Stretch) -> None:
        if not self.parked.pop(stretch):
            self.done.update(self.events(stretch))


class Reading(RuleBasedStateMachine):
    """Ledger, its readers, of which the last one counts, and the model."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = office(store=self.store())
        self.model = Model()
        self.numbers = count()
        self.readers: list[Subscription] = []
        self.left: list[Batch] = []
        self.subscribe()
        self.left_by = self.reader

    def store(self) -> Store:
        return MemoryStore()

    @property
    def reader(self) -> Subscription:
        return self.readers[-1]

    @rule(wanted=st.lists(st.booleans(), min_size=1, max_size=6))
    def record(self, wanted: list[bool]) -> None:
        self.ledger.record(
            *(
                events.NoteAdded(subject="vnfr", text=f"note {next(self.numbers)}")
                if is_wanted
                else events.StatementMade(partnership="vnfr", text="a", when="2020")
                for is_wanted in wanted
            )
        )
        self.model.wanted += wanted

    @rule()
    def subscribe(self) -> None:
        found = self.ledger.subscribe(NAME, types=events.NoteAdded, batch_size=SIZE)
        self.readers.append(found)

    @rule(saved=st.integers(0, 3))
    def pull(self, saved: int) -> None:
        """Pull every batch that is ready; save the first few."""
        expected = list(self.model.stretches())
        found = list(self.reader.batches())
        assert [(self.told(each), each.replayed) for each in found] == expected
        for batch in found:
            assert [each.position for each in batch.events] == self.model.handed_out(
                self.told(batch)
            )
        for batch in found[:saved]:
            batch.save()
            self.model.save(self.told(batch), replayed=batch.replayed)
        self.left, self.left_by = found, self.reader

    @precondition(lambda self: self.left)
    @rule(data=st.data())
    def save_late(self, data: st.DataObject) -> None:
        """Save an earlier batch, which counts only from the present reader and in its order."""
        batch = data.draw(st.sampled_from(self.left))
        if self.left_by is not self.reader:
            with pytest.raises(SubscriptionTakenError):
                batch.save()
        elif self.model.position != batch.after:
            with pytest.raises(CallOrderError):
                batch.save()

    @precondition(lambda self: len(self.readers) > 1)
    @rule(data=st.data())
    def overtaken(self, data: st.DataObject) -> None:
        """Check that an earlier reader can do nothing any more."""
        earlier = data.draw(st.sampled_from(self.readers[:-1]))
        with pytest.raises(SubscriptionTakenError):
            list(earlier.batches())
        with pytest.raises(SubscriptionTakenError):
            earlier.replay()
        with pytest.raises(SubscriptionTakenError):
            earlier.run(lambda _: None)

    @rule(
        outcomes=st.lists(st.booleans(), max_size=6),
        failing=st.sampled_from(["stop", "park"]),
        attempts=st.integers(1, 3),
    )
    def run_handler(
        self, outcomes: list[bool], failing: Literal["stop", "park"], attempts: int
    ) -> None:
        """Run a handler whose attempts end as listed, and after that all succeed."""
        given = iter(outcomes)

        def handle(_: Batch) -> None:
            if not next(given, True):
                raise LookupError

        expected = self.expected_of_run(iter(outcomes), failing, attempts)
        retry = Retry(attempts=attempts, first_pause_seconds=0)
        try:
            self.reader.run(handle, failing=failing, retry=retry)
        except LookupError:
            assert expected == "stopped"
        else:
            assert expected == "caught up"

    def expected_of_run(
        self, given: Iterator[bool], failing: Literal["stop", "park"], attempts: int
    ) -> str:
        for stretch, replayed in list(self.model.stretches()):
            tried = iter(range(attempts))
            if not self.model.handed_out(stretch) or any(next(given, True) for _ in tried):
                self.model.save(stretch, replayed=replayed)
            elif failing == "park":
                self.model.park(stretch, replayed=replayed)
            else:
                self.model.failures += attempts
                return "stopped"
        return "caught up"

    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        after = data.draw(st.integers(0, self.model.reached + 2))
        if after > self.model.reached:
            with pytest.raises(ArgumentError):
                self.reader.replay(after=after)
            return
        self.reader.replay(after=after)
        self.model.position, self.model.failures = after, 0

    @precondition(lambda self: self.model.parked)
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.model.parked)))
        for batch in self.reader.parked():
            if self.told(batch) == chosen:
                assert [each.position for each in batch.events] == self.model.events(chosen)
                batch.save()
        self.model.settle(chosen)

    @invariant()
    def the_status_is_that_of_the_model(self) -> None:
        model, status = self.model, self.reader.status
        assert (status.position, status.reached, status.failures) == (
            model.position,
            model.reached,
            model.failures,
        )
        assert status.lag == len(model.wanted) - model.position
        parked = {(each.after, each.up_to): each.replayed for each in status.parked}
        assert parked == model.parked

    def teardown(self) -> None:
        """Check that every wanted event was handled exactly once, replays not counted."""
        self.reader.run(lambda _: None)
        assert self.reader.status.lag == 0
        for stretch, replayed in list(self.model.stretches()):
            self.model.save(stretch, replayed=replayed)
        for batch in self.reader.parked():
            batch.save()
            self.model.settle(self.told(batch))
        wanted = self.model.events((0, len(self.model.wanted)))
        assert self.model.done == Counter(wanted)
        self.ledger.close()

    @staticmethod
    def told(batch: Batch) -> Stretch:
        return batch.after, batch.up_to


class ReadingFile(Reading):
    """Rules of `Reading`, on a file."""

    def store(self) -> Store:
        self.folder = TemporaryDirectory()
        return SqliteStore(f"{self.folder.name}/office.db", durability="fast")

    def teardown(self) -> None:
        super().teardown()
        self.folder.cleanup()


TestReading = Reading.TestCase
TestReading.settings = settings(
    max_examples=max(5, settings().max_examples), stateful_step_count=25
)
TestReadingFile = ReadingFile.TestCase
TestReadingFile.settings = settings(
    max_examples=max(5, settings().max_examples // 4), stateful_step_count=25
)
