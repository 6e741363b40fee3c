"""The part of a ledger that lets readers follow it."""

from collections.abc import Iterable
from functools import partial

from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.fields import (
    asked,
    asked_if_given,
    counted,
    identifier,
    require,
    several,
    whole,
    wrong,
)
from coopledger.recording import Recorder
from coopledger.stores import Store
from coopledger.subscriptions.reading import Reader
from coopledger.subscriptions.statuses import SubscriptionStatus, status_of
from coopledger.subscriptions.subscription import Subscription
from coopledger.tags import Vocabulary

__all__ = ["Subscribable"]


class Subscribable:
    """A ledger that can be followed.

    Attributes:
        name: The name of the ledger.
    """

    name: str
    _store: Store
    _recorder: Recorder

    def subscribe(
        self,
        name: str,
        *,
        types: type[Event] | Iterable[type[Event]] | None = None,
        after: int = 0,
        batch_size: int = 100,
    ) -> Subscription:
        """The one reader of that name, which goes on where it was, in whichever program.

        Whoever subscribes under the name last is the reader: an earlier one can save no more.

        Args:
            name: The name under which the place in the log is kept.
            types: The types of the events that it is about; by default all.
            after: Where a new subscription begins, such as `position` for what is recorded from
                now on. One that is there already stays where it is.
            batch_size: How many events a batch may hold.

        Raises:
            ArgumentError: An argument cannot be used.
            StoreError: The store cannot be written.
        """
        name = asked("name", identifier, name)
        vocabulary = self._recorder.settings.vocabulary
        tags = asked_if_given("types", partial(_tags, vocabulary), types)
        after = asked("after", whole, after)
        most = asked("batch_size", counted, batch_size)
        head = self._store.head(self.name)
        if after > head.position:
            remedy = f"is beyond the last event, which is at position {head.position}"
            raise ArgumentError("after", str(after), remedy)
        reader = Reader(
            store=self._store, ledger=self.name, recorder=self._recorder, tags=tags, most=most
        )
        taken = self._store.take_bookmark(self.name, name, after=after)
        return Subscription(reader, taken)

    def subscriptions(self) -> tuple[SubscriptionStatus, ...]:
        """How every subscription of the ledger is doing, by name.

        Raises:
            StoreError: The store cannot be read.
        """
        bookmarks = self._store.bookmarks(self.name)
        head = self._store.head(self.name)
        return tuple(status_of(bookmark, head) for bookmark in bookmarks)


def _tags(vocabulary: Vocabulary, types: object) -> frozenset[str]:
    """The wire tags of one event type or several; E106 for anything else."""
    unknown = "is no event type of this ledger"

    def tag(cls: type[Event]) -> str:
        require(cls, type, unknown)
        if cls not in vocabulary:
            raise wrong(cls, unknown)
        return vocabulary.tag_of(cls)[0]

    tags = frozenset(several(types, tag))
    if not tags:
        raise wrong(types, "names no event type: leave it out for all of them")
    return tags
