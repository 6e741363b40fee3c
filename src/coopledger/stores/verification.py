"""Checks that nothing in the log of a ledger was changed, and the checkpoints to keep of it."""

from array import array
from collections.abc import Callable
from itertools import chain

from coopledger._fields.reading import argument, optional_argument, short_repr
from coopledger._log.chain import (
    Fault,
    Head,
    Listing,
    Row,
    Verification,
    beyond_fault,
    genesis,
    kept_fault,
    sound,
    verify,
)
from coopledger._log.checkpoints import (
    Checkpoint,
    PrivateKey,
    PublicKey,
    checkpoint_at,
    private_key,
    public_key,
    signed,
)
from coopledger._progress import Counted, uncounted
from coopledger.errors import ArgumentError, DamagedLogError, MissingPackError, NewerLogError
from coopledger.stores.protocol import Store

_SUMS = 2**64
_REMEDY = (
    "the log is sound, and only what finds its events is wrong: "
    "make a copy with copy_to, which has an index of its own"
)
_MISCOUNTED = "up to here the index of names has more or fewer entries than were written to it"


def refuse_unsound(store: Store, ledger: str, head: Head) -> None:
    """Read every row up to the head back, and refuse one that is not what was recorded.

    Raises:
        DamagedLogError: At the first bad position.
        StoreError: The store cannot be read.
    """
    for _ in sound(ledger, store.read(ledger, up_to=head.position), head=head):
        pass


def verify_log(
    store: Store, ledger: str, *, since: Head | None = None, count: Counted = uncounted
) -> Verification:
    """Check a ledger in its store, also while others append to it.

    What is appended after the check began is not looked at. Without ``since`` from
    position 1, else from its position: the row there must be the one that it was taken from.
    """
    try:
        return _verified(store, ledger, since=since, count=count)
    except DamagedLogError as damaged:  # A row that the store cannot even read.
        return Verification(damaged.position - 1, Fault(damaged.position, damaged.reason))


def _verified(store: Store, ledger: str, *, since: Head | None, count: Counted) -> Verification:
    """Return the verification of a log whose rows can all be read."""
    head = store.head(ledger)
    # A file may say anything of its head: only one at an event can be taken for granted.
    since = since if since and since.position > 0 else None
    after = since.position if since else 0
    if since is not None and after <= head.position:
        row = next(store.read(ledger, after=after - 1, up_to=after), None)
        reason = kept_fault(ledger, row, kept=since)
        if reason is not None:
            return Verification(after - 1, Fault(after, reason))
    verification = verify(
        ledger,
        count(store.read(ledger, after=after, up_to=head.position), head.position - after),
        head=head,
        since=since,
    )
    if verification.fault is not None:
        return verification
    # The row first, then the head: they are committed together, so a row beyond the
    # head that is read here was appended meanwhile only if the head has moved since.
    row = next(store.read(ledger, after=head.position), None)
    if row is None or store.head(ledger).position > head.position:
        return verification
    return Verification(head.position, Fault(head.position + 1, beyond_fault(row, head)))


def index_fault(store: Store, ledger: str, listing: Callable[[Row], Listing]) -> Fault | None:
    """Return the first position at which the index of names is not that of the events, if any.

    What is beyond the index is not looked at. Eight bytes are held for every event: the sums of
    what the index holds and of what it has to hold.

    Args:
        store: The store.
        ledger: The ledger; it is to be verified first.
        listing: Returns the names of each event, called in the order of the log.

    Raises:
        DamagedLogError: A row cannot be read as what it is.
        StoreError: The store cannot be read.
    """
    listed, head = store.listed(ledger), store.head(ledger)
    if listed.position > head.position:
        reason = f"the index of names goes up to position {listed.position}; {_REMEDY}"
        return Fault(max(head.position, 1), reason)
    end, last = max(listed.position, 0), genesis(ledger)
    sums, counts = array("Q", bytes(8 * (end + 1))), array("i", bytes(4 * (end + 1)))

    def add(entry: tuple[str, str, int], sign: int) -> None:
        position = min(max(entry[2], 0), end)
        sums[position] = (sums[position] + sign * hash(entry)) % _SUMS
        counts[position] += sign

    for row in store.read(ledger, up_to=end):
        names = listing(row)
        for noun, name in chain((("", name) for name in names.names), set(names.opened)):
            add((noun, name, row.position), 1)
        last = row.chain
    for entry in store.entries(ledger):
        if entry[2] <= end:
            add(entry, -1)
    if store.listed(ledger).position < end:
        return None  # Somebody makes it once more.
    bad = next((at for at in range(end + 1) if sums[at] or counts[at]), None)
    if bad is None and last != listed.chain:
        return Fault(max(end, 1), f"the index of names is that of another log; {_REMEDY}")
    return None if bad is None else Fault(max(bad, 1), _index_reason(counts[bad]))


def _index_reason(missing: int) -> str:
    """Return what is wrong where more names are expected than there are, fewer, or as many."""
    if missing > 0:
        return f"a name of the event is missing in the index of names; {_REMEDY}"
    if missing < 0:
        return f"the index of names has a name that the event does not have; {_REMEDY}"
    return f"the index of names has another name than the event; {_REMEDY}"


def _count_fault(store: Store, ledger: str, listing: Callable[[Row], Listing]) -> Fault | None:
    """Return the first position at which the index holds more or less than was written to it."""
    if store.is_counted(ledger):
        return None
    try:
        fault = index_fault(store, ledger, listing)
    except (NewerLogError, MissingPackError):
        fault = None  # The events are sound, and only another program can list them.
    if fault is not None or store.is_counted(ledger):
        return fault
    return Fault(max(store.listed(ledger).position, 1), f"{_MISCOUNTED}; {_REMEDY}")


def verify_since(  # noqa: PLR0913 - what is asked, and what is told meanwhile
    store: Store,
    ledger: str,
    since: str | Checkpoint | None,
    *,
    signed_by: bytes | PublicKey | None,
    listing: Callable[[Row], Listing],
    count: Counted = uncounted,
) -> Verification:
    """Check every digest and every link of the chain after the checkpoint.

    Without a checkpoint the entries of the index are counted too; ``listing`` gives the names of
    each event, to find where there are more or fewer than there have to be, and ``count`` is given
    the rows on their way.

    Raises:
        StoreError: The store cannot be read.
        ArgumentError: The checkpoint cannot be read, is of another ledger, or not signed by the
            key.
        MissingExtraError: A key is given, and cryptography is not installed.
    """
    checkpoint = optional_argument("since", Checkpoint.read, since)
    if checkpoint is not None and checkpoint.ledger != ledger:
        remedy = f"is a checkpoint of ledger {checkpoint.ledger!r}: give one of {ledger!r}"
        raise ArgumentError("since", short_repr(str(checkpoint)), remedy)
    if signed_by is not None:
        _refuse_unsigned(checkpoint, argument("signed_by", public_key, signed_by))
    head = checkpoint.head if checkpoint else None
    verification = verify_log(store, ledger, since=head, count=count)
    if checkpoint is not None or verification.fault is not None:
        return verification
    fault = _count_fault(store, ledger, listing)
    return verification if fault is None else Verification(fault.position - 1, fault)


def checkpoint_of(store: Store, ledger: str, *, sign_with: bytes | PrivateKey | None) -> Checkpoint:
    """Return where the ledger ends now, signed if a key is given.

    Raises:
        DamagedLogError: The head does not match the last event; names the first bad position.
        StoreError: The store cannot be read.
        ArgumentError: The key is no Ed25519 private key.
        MissingExtraError: A key is given, and cryptography is not installed.
    """
    key = optional_argument("sign_with", private_key, sign_with)
    head = store.head(ledger)
    fault = verify_log(store, ledger, since=head).fault
    if fault is not None:
        # Where a fault shows at the end, the check of the whole log names its first position.
        fault = verify_log(store, ledger).fault or fault
        raise DamagedLogError(ledger, fault.position, fault.reason)
    checkpoint = checkpoint_at(ledger, head)
    return checkpoint if key is None else signed(checkpoint, key)


def _refuse_unsigned(checkpoint: Checkpoint | None, key: PublicKey) -> None:
    """Refuse a checkpoint that the key did not sign, and a key without a checkpoint."""
    if checkpoint is None:
        raise ArgumentError(
            "since", "None", "is no checkpoint, and signed_by asks for a signed one"
        )
    if not checkpoint.is_signed_by(key):
        fault = (
            "is signed by another key, or was changed" if checkpoint.signature else "is not signed"
        )
        raise ArgumentError(
            "since", short_repr(str(checkpoint)), f"{fault}: give one that the key signed"
        )
