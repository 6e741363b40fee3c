"""Wrong calls are refused by both type checkers, and by the library when it is run.

`nox -s types` checks this file with mypy and pyright, both strict. The comment behind each wrong
call holds the error that mypy must find there, and silences pyright too. Where one of them no
longer finds anything, the comment is an unused one, which is an error itself: for mypy by `strict`,
for pyright by the line below.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

import asyncio
from pathlib import Path
from typing import assert_type

import pytest

from coopledger import Ledger, Ledgers, aio, dates, events
from coopledger._dates.lazy_types import Date
from coopledger.errors import ArgumentError, RefusedError
from coopledger.stores import MemoryStore
from coopledger.values import Place, Source
from tests.builders import office

# --- a date in another hand


def test_the_order_of_a_date_is_no_word() -> None:
    with pytest.raises(ArgumentError, match="day_first"):
        dates.read("08-09-2022", day_first="first")  # type: ignore[arg-type]


# --- the fields of an event


def test_a_missing_field() -> None:
    with pytest.raises(RefusedError, match="E105"):
        events.MeetingHeld(meeting="visit")  # type: ignore[call-arg]
    with pytest.raises(RefusedError, match="E105"):
        events.InstrumentRegistered(instrument="mou", partnership="vnfr")  # type: ignore[call-arg]
    with pytest.raises(RefusedError, match="E105"):
        events.ProposalAccepted(proposal="p", when="2022")  # type: ignore[call-arg]


def test_an_unknown_field() -> None:
    with pytest.raises(RefusedError, match="did you mean 'topics'"):
        events.MeetingHeld(meeting="visit", when="2022", topic="a")  # type: ignore[call-arg]
    with pytest.raises(RefusedError, match="E103"):
        events.NoteAdded(subject="a", text="a", percent=3)  # type: ignore[call-arg]


def test_positional_arguments() -> None:
    with pytest.raises(RefusedError, match="by name"):
        events.NoteAdded("vnfr", "a note")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Source("minutes")  # type: ignore[call-arg]


def test_a_number_for_a_date() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.MeetingHeld(meeting="visit", when=2022)  # type: ignore[arg-type]


def test_nothing_for_a_date_that_is_needed() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.MeetingHeld(meeting="visit", when=None)  # type: ignore[arg-type]


def test_a_number_for_an_id() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.MeetingHeld(meeting=7, when="2022")  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="E106"):
        events.PartnershipOpened(partnership="a", parties=[1, 2])  # type: ignore[list-item]


def test_a_number_for_a_word() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.PartyRegistered(party="a", name="A", kind=1)  # type: ignore[arg-type]


def test_a_text_for_yes_or_no() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.InstrumentTerminated(instrument="a", when="2022", mutual="yes")  # type: ignore[arg-type]


def test_a_text_for_a_mapping() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.NoteAdded(subject="vnfr", text="a", ext="desk 3")  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="E106"):
        events.EventCorrected(target="e1", changes="when: 2022", reason="a")  # type: ignore[arg-type]


def test_a_number_for_a_value() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.SourceAdded(target="e1", source=3)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="E106"):
        events.MeetingHeld(meeting="visit", when="2022", participants=3)  # type: ignore[arg-type]


def test_a_value_without_what_it_needs() -> None:
    with pytest.raises(TypeError):
        Place(country="VN")  # type: ignore[call-arg]


def test_an_event_is_never_changed() -> None:
    note = events.NoteAdded(subject="vnfr", text="a")
    with pytest.raises(AttributeError):
        note.text = "b"  # type: ignore[misc]


# --- the ledger and its views


def test_recording_what_is_no_event() -> None:
    note = events.NoteAdded(subject="vnfr", text="a")
    with pytest.raises(ArgumentError, match="record"):
        office().record([note])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        office().record("a note")  # type: ignore[arg-type]


def test_a_ledger_moved_through_texts(tmp_path: Path) -> None:
    ledger, path = office(), tmp_path / "log.jsonl"
    with path.open("w") as target, pytest.raises(ArgumentError, match="a stream of text"):
        ledger.export_jsonl(target)  # type: ignore[arg-type]
    with path.open("r") as source, pytest.raises(ArgumentError, match="a stream of text"):
        ledger.import_jsonl(source)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="neither a path nor an open binary stream"):
        ledger.restore_jsonl(3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="cannot be called"):
        ledger.export_jsonl(path, progress=True)  # type: ignore[arg-type]


def test_a_ledger_copied_to_a_path_or_backed_up_to_a_stream(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="is no ledger"):
        office().copy_to(tmp_path / "log.db")  # type: ignore[arg-type]
    with (tmp_path / "log.db").open("wb") as target, pytest.raises(ArgumentError, match="no path"):
        office().backup(target)  # type: ignore[arg-type]


def test_an_awaited_ledger_with_what_the_ledger_does_not_know() -> None:
    async def calls() -> None:
        front = aio.Ledger(office())
        with pytest.raises(ArgumentError):
            await front.record("a note")  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            await front.view(day="2022")  # type: ignore[call-arg]
        with pytest.raises(ArgumentError):
            await aio.Ledger.in_memory(timezone=7)  # type: ignore[arg-type]

    asyncio.run(calls())


def test_a_mapping_of_ledgers_that_is_written_to() -> None:
    ledgers = Ledgers(MemoryStore())
    with pytest.raises(TypeError):
        ledgers["vistip"] = office()  # type: ignore[index]
    with pytest.raises(TypeError):
        Ledgers.open("offices.db", name="vistip")  # type: ignore[call-arg]


def test_a_ledger_with_what_it_does_not_know() -> None:
    with pytest.raises(TypeError):
        Ledger.in_memory("office")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Ledger.in_memory(zone="UTC")  # type: ignore[call-arg]
    with pytest.raises(ArgumentError):
        Ledger.in_memory(clock=str).view()  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="no code of a warning"):
        Ledger.in_memory(strict=[105])  # type: ignore[list-item]
    with pytest.raises((ArgumentError, ArgumentError), match="durability"):
        Ledger.open("never-made.db", durability="quick")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="pool_size"):
        Ledger.open("never-made.db", pool_size="4")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="lock_timeout_seconds"):
        Ledger.open("never-made.db", lock_timeout_seconds=None)  # type: ignore[arg-type]


def test_a_checkpoint_that_is_none_and_keys_that_are_none() -> None:
    ledger = office()
    with pytest.raises(ArgumentError):
        ledger.verify(since=3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        ledger.verify(since=str(ledger.checkpoint()), signed_by="pem")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        ledger.checkpoint(sign_with="pem")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        ledger.checkpoint(b"pem")  # type: ignore[call-arg]


def test_a_view_of_no_day() -> None:
    with pytest.raises(ArgumentError):
        office().view(on=2022)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        office().view(known_at=2022)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        office().view("2022-08-16", "2022-08-16")  # type: ignore[call-arg]


def test_an_unknown_filter() -> None:
    view = office().view()
    with pytest.raises(TypeError):
        view.partnerships(status="active")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        view.commitments(debtors="vn")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        view.instruments("in_force")  # type: ignore[call-arg]


def test_a_filter_of_a_wrong_type() -> None:
    view = office().view()
    with pytest.raises(ArgumentError):
        view.partnerships(stage=3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        view.signatures(period=2022)  # type: ignore[arg-type]


def test_an_answer_is_never_changed() -> None:
    answer = office().view().partnership("vnfr")
    with pytest.raises(AttributeError):
        answer.certain = True  # type: ignore[misc]


def test_an_unknown_field_of_an_answer() -> None:
    with pytest.raises(AttributeError):
        str(office().view().partnership("vnfr").status)  # type: ignore[attr-defined]


def test_a_day_that_may_be_missing_is_no_day() -> None:
    since = office().view().partnership("vnfr").since
    assert_type(since, Date)  # type: ignore[assert-type]


def test_a_subscription_to_what_is_no_event() -> None:
    with pytest.raises(ArgumentError):
        office().subscribe("mailer", types=str)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        office().subscribe("mailer").run(print, failing="skip")  # type: ignore[arg-type]
