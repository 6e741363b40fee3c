"""Errors are values: they compare, pickle, print what would do, and say who must act."""

import pickle

import pytest

from coopledger import errors
from coopledger.errors import (
    ArgumentError,
    CallerError,
    CallOrderError,
    CoopledgerError,
    DamagedLogError,
    FieldError,
    Finding,
    MissingExtraError,
    MissingPackError,
    NewerLogError,
    OperatorError,
    PositionMovedError,
    RefusedError,
    StoreBusyError,
    StoreConflictError,
    StoreError,
    SubscriptionTakenError,
    UnknownIdError,
    UnknownLedgerError,
)

REFUSED = RefusedError(
    (
        Finding("E105", "'text' is missing", "text", event_type="NoteAdded", event_id="e1"),
        Finding(
            "E102",
            "subject: unknown id 'x'",
            "subject",
            event_type="NoteAdded",
            where="event 2 of 3",
        ),
    )
)
TEXTS: list[tuple[CoopledgerError, str]] = [
    (FieldError("E104", "'x'", "is not a date"), "E104 'x' is not a date"),
    (FieldError("E104", "'x'", "is not a date", "when"), "E104 when: 'x' is not a date"),
    (
        REFUSED,
        (
            "E105 NoteAdded 'e1': 'text' is missing\n"
            "E102 NoteAdded, event 2 of 3: subject: unknown id 'x'"
        ),
    ),
    (
        UnknownIdError("party", "CCIVF", "CCIFV"),
        "E102 unknown party 'CCIVF'; did you mean 'CCIFV'?",
    ),
    (UnknownIdError("party", "x", None), "E102 unknown party 'x'"),
    (
        UnknownLedgerError("ledger", "vistp", "vistip"),
        "E102 unknown ledger 'vistp'; did you mean 'vistip'?",
    ),
    (ArgumentError("on", "'x'", "is not a date"), "on='x' is not a date"),
    (CallOrderError("it has ended", "make another one"), "it has ended: make another one"),
    (
        PositionMovedError("office", 3, 5),
        "ledger 'office' is at position 5, not 3: read what was recorded since, then record again",
    ),
    (
        SubscriptionTakenError("office", "mailer"),
        (
            "subscription 'mailer' of ledger 'office' was taken by another reader since: let that "
            "one go on, or subscribe again to take it back"
        ),
    ),
    (StoreError("a.db", "is read only"), "a.db: is read only"),
    (StoreBusyError("a.db", "is locked"), "a.db: is locked"),
    (StoreConflictError("a.db", "'e1' is stored"), "a.db: 'e1' is stored"),
    (
        DamagedLogError("office", 7, "the content does not match its digest"),
        "ledger 'office' is damaged at position 7: the content does not match its digest",
    ),
    (
        MissingExtraError("sign", "cryptography"),
        "cryptography is not installed: pip install 'coopledger[sign]'",
    ),
    (
        NewerLogError("format 2", "format 1"),
        "format 2 is newer than this program (format 1): upgrade coopledger",
    ),
    (
        MissingPackError("lab.sample-sent"),
        "event type 'lab.sample-sent' is defined by a pack: open the ledger with packs=[it]",
    ),
]


@pytest.mark.parametrize(("error", "text"), TEXTS)
def test_an_error_says_what_was_found_and_what_would_do(error: CoopledgerError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize("error", [error for error, _ in TEXTS])
def test_an_error_is_a_value(error: CoopledgerError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert again == error
    assert (str(again), hash(again)) == (str(error), hash(error))
    assert error != ValueError(*error.args)


def test_errors_of_different_types_differ() -> None:
    assert StoreError("a", "b") != StoreBusyError("a", "b")
    assert len({StoreError("a", "b"), StoreBusyError("a", "b"), StoreError("a", "b")}) == 2


CALLER = {
    FieldError,
    RefusedError,
    UnknownIdError,
    UnknownLedgerError,
    ArgumentError,
    CallOrderError,
    PositionMovedError,
    SubscriptionTakenError,
}
OPERATOR = {
    StoreError,
    StoreBusyError,
    StoreConflictError,
    DamagedLogError,
    NewerLogError,
    MissingPackError,
    MissingExtraError,
}


def test_the_branch_says_who_must_act() -> None:
    assert all(issubclass(error, CallerError) for error in CALLER)
    assert all(issubclass(error, OperatorError) for error in OPERATOR)
    roots = {CoopledgerError, CallerError, OperatorError}
    assert {getattr(errors, name) for name in errors.__all__} == CALLER | OPERATOR | roots | {
        Finding
    }


def test_the_name_of_a_field_is_put_before_its_own() -> None:
    error = FieldError("E106", "5", "is no text").within("title").within("source")

    assert str(error) == "E106 source.title: 5 is no text"
