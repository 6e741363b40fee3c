"""Calls of users pass type checkers, and their answers have the types written here.

`nox -s types` checks this file with mypy and pyright, both strict; pytest runs it, so that no
example is only well typed.
"""

import asyncio
import gzip
import inspect
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import assert_type

import attrs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from coopledger import (
    Checkpoint,
    EdtfDate,
    ImportReceipt,
    Ledger,
    Ledgers,
    Receipt,
    Recorded,
    Transaction,
    Verification,
    View,
    aio,
    dates,
    events,
)
from coopledger._dates.lazy_types import Date, DateTime
from coopledger.answers import (
    Alternative,
    Answers,
    CalendarEntry,
    Clause,
    Commitment,
    Conflict,
    Dependent,
    Difference,
    Dossier,
    Durations,
    Duty,
    Explanation,
    Figure,
    Found,
    Instrument,
    Matter,
    Meeting,
    News,
    Obstacle,
    Occurrence,
    Outcome,
    Participation,
    Partnership,
    Party,
    Passage,
    Person,
    Post,
    Proposal,
    Series,
    Signature,
    Sourcing,
    StageChange,
    StageSpell,
    Sum,
    TextTree,
    TimelineEntry,
    Yield,
)
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.packs import Obligation, Pack, days_after
from coopledger.plain import Plain, as_dict, as_rows, columns
from coopledger.report import report
from coopledger.stores import MemoryStore
from coopledger.stores.sqlite import SqliteStore
from coopledger.subscriptions import Batch, Parked, Retry, Subscription, SubscriptionStatus
from coopledger.terms import (
    Basis,
    CommitmentFirmness,
    CommitmentStatus,
    Conduct,
    ConflictKind,
    DutyStatus,
    EntryState,
    Flag,
    Footing,
    Force,
    Inconsistency,
    InstrumentKind,
    InstrumentState,
    MeetingStatus,
    Noun,
    PartyKind,
    ProposalFirmness,
    ProposalStatus,
    RenewalDecision,
    Role,
    Stage,
    SumsBy,
    Weight,
    YieldKind,
    YieldsBy,
)
from coopledger.values import (
    Amount,
    Condition,
    Document,
    FrozenMapping,
    Participant,
    Place,
    Recurrence,
    Renewal,
    Source,
)
from tests.builders import Clock, office

# --- what an event accepts, and what it holds


def test_a_date_may_be_text_a_day_or_a_date() -> None:
    for when in ("2022-08-16", date(2022, 8, 16), EdtfDate("2022-08-16")):
        held = events.MeetingHeld(meeting="visit", when=when)
        assert_type(held.when, EdtfDate)
        assert_type(held.effective, EdtfDate | None)


def test_a_date_that_may_be_missing_accepts_the_same() -> None:
    for due in ("2022-08-16", date(2022, 8, 16), EdtfDate("2022-08-16"), None):
        made = events.ProposalMade(
            proposal="p", partnership="vnfr", by="vn", text="a", when="2022", due=due
        )
        assert_type(made.due, EdtfDate | None)


def test_a_date_is_read_in_another_hand() -> None:
    assert_type(dates.read("Q3 2024"), EdtfDate)
    assert_type(dates.read("08-09-2022", day_first=True), EdtfDate)
    assert_type(dates.read(date(2022, 8, 16), day_first=None), EdtfDate)


def test_one_id_may_stand_for_several() -> None:
    for by in ("vn", ["vn"], ("vn", "fr"), iter(["vn"])):
        approved = events.InstrumentApproved(instrument="mou", by=by, when="2022")
        assert_type(approved.by, tuple[str, ...])


def test_a_word_may_be_text_or_a_member_of_its_list() -> None:
    assert_type(events.PartyRegistered(party="a", name="A", kind="state").kind, PartyKind)
    assert_type(events.PartyRegistered(party="a", name="A", kind=PartyKind.STATE).kind, PartyKind)
    registered = events.InstrumentRegistered(
        instrument="mou", partnership="vnfr", kind="mou", force="separate", state="in_force"
    )
    assert_type(registered.kind, InstrumentKind)
    assert_type(registered.force, Force | None)
    assert_type(registered.state, InstrumentState | None)
    figure = events.FigureReported(
        figure="f", measure="texts", value=3, period="2022", when="2022", kinds=["mou", "loi"]
    )
    assert_type(figure.kinds, tuple[InstrumentKind, ...])
    assert_type(figure.value, int | float | str)


def test_a_participant_may_be_a_name_a_mapping_or_a_value() -> None:
    chair: Mapping[str, object] = {"person": "A", "role": "chair"}
    for who in ("A", {"person": "A"}, chair, Participant(person="A"), ["A", {"post": "Head"}]):
        held = events.MeetingHeld(meeting="visit", when="2022", participants=who)
        assert_type(held.participants, tuple[Participant, ...])
    assert_type(Participant(person="A", role="chair").role, Role | None)


def test_a_document_may_be_a_text_a_mapping_or_a_value() -> None:
    for what in ("Minutes", {"title": "Minutes"}, Document(title="Minutes"), ["A", "B"]):
        held = events.MeetingHeld(meeting="visit", when="2022", documents=what)
        assert_type(held.documents, tuple[Document, ...])


def test_a_source_may_be_a_text_a_mapping_or_a_value() -> None:
    for source in ("minutes", {"title": "minutes"}, Source(title="minutes"), ["a", "b"]):
        added = events.SourceAdded(target="e1", source=source)
        assert_type(added.source, tuple[Source, ...])
    assert_type(Source(basis="press", published=date(2022, 8, 16)).basis, Basis | None)
    assert_type(Source(basis=Basis.PRESS, published="2022").published, EdtfDate | None)


def test_the_other_values_may_be_texts_or_mappings() -> None:
    made = events.CommitmentMade(
        commitment="c1",
        partnership="vnfr",
        debtors="vn",
        creditors=["fr"],
        what="report",
        when="2022",
        conditions=["money", {"id": "visa", "text": "a visa"}, Condition(id="hall")],
        amount="250000 EUR",
        due="2022-12-31",
        recurs={"months": 6, "times": 4},
        place={"name": "Hanoi", "country": "VN"},
        ext={"desk": 3},
    )
    assert_type(made.conditions, tuple[Condition, ...])
    assert_type(made.amount, Amount | None)
    assert_type(made.recurs, Recurrence | None)
    assert_type(made.place, Place | None)
    assert_type(made.ext, FrozenMapping)
    assert_type(made.firmness, CommitmentFirmness)
    assert_type(made.standing, bool)
    renewed = events.InstrumentRegistered(
        instrument="a", partnership="vnfr", kind="agreement", renewal={"tacit": True, "years": 5}
    )
    assert_type(renewed.renewal, Renewal | None)


def test_the_changes_of_a_correction_are_a_mapping() -> None:
    correction = events.EventCorrected(
        target="e1", changes={"when": "2022", "note": None}, reason="a"
    )
    assert_type(correction.changes, FrozenMapping)


# --- opening a ledger, recording, and what comes back


def test_a_ledger_is_opened_by_a_text_or_a_path(tmp_path: Path) -> None:
    def now() -> datetime:
        return datetime(2022, 8, 16, tzinfo=UTC)

    for address in (str(tmp_path / "log.db"), tmp_path / "log.db"):
        with Ledger.open(address, name="a", timezone="UTC", clock=now, durability="fast") as ledger:
            assert_type(ledger, Ledger)
    waiting = Ledger.open(tmp_path / "log.db", lock_timeout_seconds=5)
    assert_type(waiting, Ledger)
    waiting.close()
    assert_type(Ledger.in_memory(clock=now, ids=iter("abc").__next__), Ledger)
    assert_type(Ledger(MemoryStore(), clock=Clock()), Ledger)
    for strict in (True, {"W105"}, ["W105", "W501"], frozenset[str]()):
        assert_type(Ledger.in_memory(strict=strict), Ledger)


def test_recording_gives_a_receipt() -> None:
    ledger = office()
    note = events.NoteAdded(subject="vnfr", text="a")
    assert_type(events.NoteAdded(subject=["vnfr", "vn"], text="a").subject, tuple[str, ...])
    receipt = ledger.record(note, note, by="Lan", dry_run=True, expect=ledger.position)
    assert_type(receipt, Receipt)
    assert_type(receipt.events, Sequence[Recorded])
    assert_type(receipt.warnings, tuple[Finding, ...])
    assert_type(receipt.replayed, bool)
    assert_type(receipt.events[0].event, Event)
    assert_type(receipt.events[0].id, str)
    assert_type(receipt.events[0].position, int)
    assert_type(receipt.events[0].recorded_us, int)
    assert_type(receipt.events[0].recorded_at, DateTime)
    assert_type(receipt.events[0].digest, bytes)


def test_a_ledger_records_in_a_transaction_of_the_host(tmp_path: Path) -> None:
    with (
        Ledger.open(tmp_path / "office.db") as ledger,
        closing(sqlite3.connect(tmp_path / "office.db")) as connection,
    ):
        with ledger.transaction(connection=connection, expect=0) as transaction:
            assert_type(transaction, Transaction)
            tried = transaction.record(
                events.PartyRegistered(party="a", name="A", kind="other"), by="Lan"
            )
            assert_type(tried, Receipt)
        assert_type(transaction.receipt, Receipt)


def test_a_ledger_is_awaited(tmp_path: Path) -> None:
    note = events.NoteAdded(subject="vnfr", text="a")

    async def calls() -> None:
        async with aio.Ledger.open(tmp_path / "office.db", name="a", clock=Clock()) as ledger:
            assert_type(ledger, aio.Ledger)
        assert_type(await aio.Ledger.in_memory(), aio.Ledger)
        front = aio.Ledger(office())
        assert_type(await front.record(note, by="Lan", dry_run=True), Receipt)
        assert_type(await front.view("2022-12-31", hindsight=False), View)
        assert_type(await front.check(), tuple[Finding, ...])
        assert_type(await front.verify(), Verification)
        assert_type(await front.position(), int)
        assert_type(await front.write(lambda it: it.record(note)), Receipt)
        assert_type(await front.read(lambda it: it.position), int)
        assert_type(await front.copy_to(await aio.Ledger.in_memory(name="office")), Checkpoint)
        async with aio.Ledgers.open(tmp_path / "office.db", timezone="Asia/Tokyo") as ledgers:
            assert_type(ledgers, aio.Ledgers)
            assert_type(await ledgers.named("a"), aio.Ledger)
            assert_type(await ledgers.get("b"), aio.Ledger | None)
            assert_type(await ledgers.names(), tuple[str, ...])
        async for recorded in front.events(after=3):
            assert_type(recorded, Recorded)
        async with front.subscribe("table", types=events.NoteAdded) as subscription:
            assert_type(subscription, aio.Subscription)
            async for batch in subscription.batches(wait_seconds=0, until=9):
                assert_type(batch, Batch)
                await subscription.save(batch)
            await subscription.run(subscription.save, retry=Retry(attempts=2), wait_seconds=1)
            await subscription.run(print, failing="park", until=9)
            assert_type(await subscription.status(), SubscriptionStatus)
        assert_type(await front.subscriptions(), tuple[SubscriptionStatus, ...])

    asyncio.run(calls())


def test_minutes_are_events() -> None:
    minutes = events.meeting(
        meeting="m1",
        partnership="VNFR",
        when=date(2022, 8, 16),
        kind="talks",
        parties=["VN", "FR"],
        wishes=[{"by": "VN", "text": "visits"}],
        agreed="meet each year",
        signed=({"instrument": "MOU", "kind": "mou"}, "LOI"),
        next=date(2023, 8, 16),
    )
    assert_type(minutes, tuple[events.Event, ...])


def test_long_work_tells_how_far_it_is() -> None:
    ledger, told = office(), list[tuple[int, int | None]]()
    assert_type(
        ledger.check(progress=lambda done, of: told.append((done, of))), tuple[Finding, ...]
    )
    ledger.verify(progress=lambda done, of: told.append((done, of)))
    assert_type(report(ledger.view(), progress=None), str)
    assert_type(columns(Commitment), list[str])


def test_a_ledger_is_moved_through_paths_and_streams_of_bytes(tmp_path: Path) -> None:
    ledger, stream, zipped = office(), BytesIO(), tmp_path / "log.jsonl.gz"
    told: list[tuple[int, int | None]] = []
    assert_type(ledger.export_jsonl(str(tmp_path / "log.jsonl")), int)
    ledger.export_jsonl(stream, plain=True, progress=lambda done, of: told.append((done, of)))
    with gzip.open(zipped, "wb") as target:
        ledger.export_jsonl(target)
    with gzip.open(zipped, "rb") as source:
        assert_type(Ledger.in_memory(name=ledger.name).restore_jsonl(source), int)
    stream.seek(0)
    receipt = Ledger.in_memory().import_jsonl(
        stream, by="Lan", dry_run=True, rejects=tmp_path / "bad.jsonl", progress=None
    )
    assert_type(receipt, ImportReceipt)
    assert_type(receipt.already, int)
    assert_type(receipt.rejected, tuple[Finding, ...])
    assert_type(receipt.rejected_lines, int)
    for finding in receipt.rejected:
        assert_type(finding.file, str | None)
        assert_type(finding.line, int | None)
        assert_type(finding.unknown, str | None)


def test_a_ledger_tells_its_events_and_whether_they_are_sound() -> None:
    ledger = office()
    assert_type(ledger.events(after=1), Iterator[Recorded])
    assert_type(ledger.verify(), Verification)
    assert_type(ledger.check("2022-12-31"), tuple[Finding, ...])
    for finding in ledger.check(on=date(2022, 12, 31)):
        assert_type(finding.weight, Weight)
        assert_type(finding.positions, tuple[int, ...])
        assert_type(finding.events, tuple[str, ...])
    assert_type(ledger.position, int)
    assert_type(ledger.name, str)
    assert_type(ledger.timezone, str)


def test_many_ledgers_are_a_mapping(tmp_path: Path) -> None:
    with Ledgers.open(tmp_path / "offices.db", timezone="Asia/Ho_Chi_Minh") as ledgers:
        assert_type(ledgers, Ledgers)
        assert_type(ledgers.named("vistip"), Ledger)
        assert_type(dict(ledgers), dict[str, Ledger])
        assert_type(list(ledgers), list[str])
        assert_type(ledgers.get("vistip"), Ledger | None)
        assert_type(ledgers.backup(tmp_path / "backup.db"), tuple[Checkpoint, ...])
        assert_type("vistip" in ledgers, bool)
    made = Ledgers(MemoryStore(), clock=Clock(), ids=lambda: "e1", strict="W401", packs=[])
    made.named("vistip").record(events.PartyRegistered(party="vn", name="VN", kind="state"))
    assert_type(made["vistip"], Ledger)


def test_one_pack_is_given_as_it_is(tmp_path: Path) -> None:
    assert_type(Ledger.in_memory(packs=OWN), Ledger)
    assert_type(Ledger(MemoryStore(), packs=OWN), Ledger)
    with Ledgers.open(tmp_path / "offices.db", packs=OWN) as ledgers:
        assert_type(ledgers, Ledgers)


def test_a_ledger_is_copied(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    with office(store=SqliteStore(tmp_path / "log.db")) as ledger:
        assert_type(ledger.backup(tmp_path / "backup.db"), Checkpoint)
        ledger.backup(str(tmp_path / "2.db"), progress=lambda done, of: told.append((done, of)))
        assert_type(ledger.copy_to(Ledger.in_memory(name=ledger.name), progress=None), Checkpoint)
    assert told


def test_a_checkpoint_is_kept_signed_and_verified() -> None:
    ledger, key = office(), Ed25519PrivateKey.from_private_bytes(bytes(32))
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    kept = ledger.checkpoint(sign_with=key)
    assert_type(kept, Checkpoint)
    assert_type(kept.position, int)
    assert_type(kept.chain, bytes)
    assert_type(kept.recorded_at, DateTime | None)
    assert_type(kept.signature, bytes | None)
    assert_type(Checkpoint.read(str(kept)), Checkpoint)
    assert_type(kept.is_signed_by(key.public_key()), bool)
    assert_type(ledger.verify(kept), Verification)
    assert_type(ledger.verify(since=str(kept), signed_by=pem), Verification)
    assert_type(ledger.verify(since=kept, signed_by=key.public_key()), Verification)


# --- views and their answers


def reports(view: View) -> Iterator[Obligation]:
    """Yield a duty for each signature."""
    for signed in view.events(events.InstrumentSigned):
        yield Obligation(
            rule="a rule",
            what="report",
            about=signed.instrument,
            owed_by="vn",
            due=days_after(signed.when, 15),
            because=signed,
        )


def parties_of(view: View, *, partnership: str) -> tuple[str, ...]:
    """Return the answer to a question of the pack."""
    return view.partnership(partnership).parties


OWN = Pack(name="own", duties=(reports,), projections={"parties_of": parties_of})


def world() -> View:
    """Return a view of an office with one thing of each sort."""
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="mou", when="2022-03-01"),
        events.ProposalMade(proposal="p", partnership="vnfr", by="vn", text="a", when="2022"),
        events.CommitmentMade(
            commitment="c",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="report",
            under="mou",
            when="2022-03-01",
        ),
        events.MeetingHeld(
            meeting="m",
            kind="talks",
            partnership="vnfr",
            series="board",
            number=1,
            when="2022-03-01",
            topics="the board",
            participants={"person": "Zhao Xinli", "post": "Director"},
        ),
        events.StatementMade(partnership="vnfr", text="a", at_meeting="m", when="2022-03-01"),
        events.FigureReported(
            id="reported",
            figure="f",
            measure="texts signed",
            value=3,
            period="2022",
            when="2022",
        ),
        events.ObstacleReported(obstacle="o", subject="mou", text="a", when="2022-05-01"),
        events.FactDisputed(target="reported", field="value", alternative=4),
        packs=[OWN],
    )
    return ledger.view("2023-01-15")


def test_a_view_is_asked_for_by_text_a_day_or_a_date() -> None:
    ledger = office()
    for on in ("2022-08-16", date(2022, 8, 16), EdtfDate("2022-08-16"), None):
        assert_type(ledger.view(on=on), View)
        assert_type(ledger.view(on, known_at=on, hindsight=False), View)
    assert_type(ledger.view(known_at=datetime(2022, 8, 16, tzinfo=UTC)), View)
    assert_type(ledger.view().on, Date)
    assert_type(ledger.view().hindsight, bool)
    assert_type(ledger.view().position, int)


def test_the_questions_about_one_thing() -> None:
    view = world()
    assert_type(view.title("vnfr", us="vn"), str)
    assert_type(view.partnership("vnfr"), Partnership)
    assert_type(view.stage_history("vnfr"), Answers[StageChange])
    assert_type(view.durations("vnfr", with_children=True), Durations)
    assert_type(view.timeline("vnfr", with_children=True), Answers[TimelineEntry])
    assert_type(view.instrument("mou"), Instrument)
    assert_type(view.texts_of("mou"), TextTree)
    assert_type(view.commitment("c"), Commitment)
    assert_type(view.proposal("p"), Proposal)
    assert_type(view.meeting("m"), Meeting)
    assert_type(view.dependents("mou"), Answers[Dependent])
    assert_type(view.outcomes("m"), Answers[Outcome])
    assert_type(view.party("vn"), Party)
    assert_type(view.series("board"), Series)
    assert_type(view.explain("mou"), Explanation)


def test_the_questions_about_many_things() -> None:
    view = world()
    partnerships = view.partnerships(stage="active", flag="dormant", party="vn", country="FR")
    assert_type(partnerships, Answers[Partnership])
    instruments = view.instruments(
        state=InstrumentState.IN_FORCE,
        flag=Flag.EXPIRING,
        kind="mou",
        partnership="vnfr",
        incomplete=True,
    )
    assert_type(instruments, Answers[Instrument])
    assert_type(view.instruments(party="vn", without_document=True), Answers[Instrument])
    expiring = view.expiring(within_days=30, state="in_force", kind="mou", flag="expiring")
    assert_type(expiring, Answers[Instrument])
    signed = view.signatures(period=EdtfDate("2022"), partnership="vnfr", kind="mou", country="FR")
    assert_type(signed, Answers[Signature])
    commitments = view.commitments(
        partnership="vnfr",
        debtor="vn",
        creditor="fr",
        status=CommitmentStatus.OVERDUE,
        flag="undated",
        firmness="target",
        late=True,
        conditions_met=True,
        open=None,
    )
    assert_type(commitments, Answers[Commitment])
    agenda = view.agenda(within_days=7, status="overdue", flag="undated", firmness="target")
    assert_type(agenda, Answers[Commitment])
    assert_type(view.calendar(past_days=30, responsible="Lan"), Answers[CalendarEntry])
    entries = view.calendar(kind="due", noun="commitment", state=EntryState.OPEN)
    assert_type(entries, Answers[CalendarEntry])
    sums = view.sums(by="creditor", partnership="vnfr", debtor="vn", creditor="fr")
    assert_type(sums, Answers[Sum])
    assert_type(view.sums(by=SumsBy.DEBTOR), Answers[Sum])
    assert_type(view.asking_again(within_days=7, responsible="Lan"), Answers[Matter])
    assert_type(view.asking_again(noun="proposal"), Answers[Matter])
    assert_type(view.unassigned(noun=Noun.PROPOSAL, partnership="vnfr"), Answers[Matter])
    yields = view.yields(partnership="vnfr", period="2022", by="kind")
    assert_type(yields, Answers[Yield])
    assert_type(view.yields(instrument="mou", by=YieldsBy.KIND), Answers[Yield])
    assert_type(view.yields(kind=YieldKind.VISIT, country="FR"), Answers[Yield])
    proposals = view.proposals(
        partnership="vnfr",
        status="open",
        firmness=ProposalFirmness.WISH,
        flag="obstructed",
        by="vn",
        to="fr",
        waiting_days=30,
    )
    assert_type(proposals, Answers[Proposal])
    meetings = view.meetings(status=MeetingStatus.HELD, party="vn", partnership="vnfr")
    assert_type(meetings, Answers[Meeting])
    assert_type(view.parties(country="FR", kind=PartyKind.STATE), Answers[Party])
    assert_type(view.parties(kind="ministry"), Answers[Party])
    assert_type(view.parties(tag="water", partnership="vnfr"), Answers[Party])


def test_the_questions_about_words_and_people() -> None:
    view = world()
    assert_type(view.find("board", noun=Noun.MEETING, partnership="vnfr"), Answers[Found])
    assert_type(view.find("board", noun="meeting", with_children=False), Answers[Found])
    assert_type(view.people(party="vn", tag="water"), Answers[Person])
    assert_type(view.person("Zhao Xinli"), Person)


def test_the_questions_about_two_views() -> None:
    view = world()
    assert_type(view.without("w1", "w2"), View)
    assert_type(view.compare(view), Answers[Difference])
    assert_type(view.compare(view, noun="commitment", party="vn"), Answers[Difference])


def test_the_questions_of_those_who_report() -> None:
    view = world()
    figures = view.figures(partnership="vnfr", period="2022", measure="signed", kind="mou")
    assert_type(figures, Answers[Figure])
    assert_type(view.conflicts("reported"), Answers[Conflict])
    assert_type(view.conflicts(kind=ConflictKind.DISPUTED, partnership="vnfr"), Answers[Conflict])
    for since in ("2021-12-31", date(2021, 1, 1), EdtfDate("2021-06-30"), 1):
        assert_type(view.news(since), News)
    assert_type(view.news(1, responsible="Lan"), News)
    assert_type(view.dossier(party="vn"), Dossier)
    assert_type(view.dossier(country="FR"), Dossier)
    for basis in ("press", Footing.NONE, Basis.MEMORY):
        assert_type(view.sourcing(basis=basis, sources=1, tag="water"), Answers[Sourcing])


def test_the_questions_of_ones_own() -> None:
    view = world()
    assert_type(view.events(events.MeetingHeld, country="FR"), Answers[events.MeetingHeld])
    duties = view.duties(status="overdue", flag="perhaps_late", within_days=10, party="vn")
    assert_type(duties, Answers[Duty])
    assert_type(view.duties(status=DutyStatus.DONE), Answers[Duty])
    assert_type(view.participations("mou"), Answers[Participation])
    assert view.query("parties_of", partnership="vnfr") == ("vn", "fr")


def test_answers_turn_into_plain_values() -> None:
    view = world()
    assert_type(as_dict(view.commitment("c")), dict[str, Plain])
    assert_type(as_rows(view.commitments()), list[dict[str, str | int | float | None]])
    assert_type(as_rows([view.party("vn")]), list[dict[str, str | int | float | None]])


def test_every_question_of_a_view_is_among_these_examples() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    questions = [name for name, _ in inspect.getmembers(View, inspect.isfunction) if name[0] != "_"]

    assert [name for name in questions if f"view.{name}(" not in source] == []


def check_that_each_is_told(cls: type[attrs.AttrsInstance], name: str) -> None:
    """Fail for a field of the class that no example here asks for."""
    source = Path(__file__).read_text(encoding="utf-8")

    assert [
        field for field in attrs.fields_dict(cls) if f"assert_type({name}.{field}, " not in source
    ] == []


def test_the_fields_of_a_partnership() -> None:
    partnership = world().partnership("vnfr")
    assert_type(partnership.id, str)
    assert_type(partnership.title, str)
    assert_type(partnership.parties, tuple[str, ...])
    assert_type(partnership.scope, str | None)
    assert_type(partnership.parent, str | None)
    assert_type(partnership.responsible, str | None)
    assert_type(partnership.stage, Stage)
    assert_type(partnership.since, Date | None)
    assert_type(partnership.since_certain, bool)
    assert_type(partnership.flags, tuple[Flag, ...])
    assert_type(partnership.instruments, tuple[Instrument, ...])
    assert_type(partnership.last_activity, EdtfDate | None)
    assert_type(partnership.certain, bool)
    assert_type(partnership.decided_by, tuple[str, ...])
    assert_type(partnership.conduct, Conduct | None)
    assert_type(partnership.conduct_since, Date | None)
    assert_type(partnership.conduct_certain, bool)
    assert_type(partnership.conduct_by, tuple[str, ...])
    assert_type(partnership.obstructed_since, Date | None)
    assert_type(partnership.last_heard, EdtfDate | None)
    check_that_each_is_told(Partnership, "partnership")


def test_the_fields_of_a_change_of_stage() -> None:
    change = world().stage_history("vnfr")[0]
    assert_type(change.day, Date | None)
    assert_type(change.stage, Stage)
    assert_type(change.certain, bool)
    assert_type(change.decided_by, tuple[str, ...])
    check_that_each_is_told(StageChange, "change")


def test_the_fields_of_durations() -> None:
    durations = world().durations("vnfr")
    assert_type(durations.partnership, str)
    assert_type(durations.first_contact, EdtfDate | None)
    assert_type(durations.first_signature, EdtfDate | None)
    assert_type(durations.days_to_signature, int | None)
    assert_type(durations.spells, tuple[StageSpell, ...])
    assert_type(durations.certain, bool)
    assert_type(durations.decided_by, tuple[str, ...])
    check_that_each_is_told(Durations, "durations")


def test_the_fields_of_a_spell_at_a_stage() -> None:
    spell = world().durations("vnfr").spells[0]
    assert_type(spell.stage, Stage)
    assert_type(spell.since, Date | None)
    assert_type(spell.ended, Date | None)
    assert_type(spell.days, int | None)
    assert_type(spell.certain, bool)
    assert_type(spell.decided_by, tuple[str, ...])
    check_that_each_is_told(StageSpell, "spell")


def test_the_fields_of_a_moment_of_a_timeline() -> None:
    moment = world().timeline("vnfr")[0]
    assert_type(moment.when, EdtfDate | None)
    assert_type(moment.effective, EdtfDate | None)
    assert_type(moment.event, str)
    assert_type(moment.type, str)
    assert_type(moment.about, str)
    assert_type(moment.text, str)
    assert_type(moment.by, tuple[str, ...])
    assert_type(moment.said, str)
    assert_type(moment.more, tuple[Clause, ...])
    assert_type(moment.sources, tuple[Source, ...])
    assert_type(moment.recorded_us, int)
    assert_type(moment.recorded_by, str | None)
    check_that_each_is_told(TimelineEntry, "moment")


def test_the_fields_of_an_instrument() -> None:
    instrument = world().instrument("mou")
    assert_type(instrument.id, str)
    assert_type(instrument.partnership, str | None)
    assert_type(instrument.kind, InstrumentKind | None)
    assert_type(instrument.title, str)
    assert_type(instrument.parties, tuple[str, ...])
    assert_type(instrument.signed_on, EdtfDate | None)
    assert_type(instrument.term_start, EdtfDate | None)
    assert_type(instrument.state, InstrumentState)
    assert_type(instrument.since, Date | None)
    assert_type(instrument.since_certain, bool)
    assert_type(instrument.flags, tuple[Flag, ...])
    assert_type(instrument.term_end, EdtfDate | None)
    assert_type(instrument.notice_deadline, EdtfDate | None)
    assert_type(instrument.ends, EdtfDate | None)
    assert_type(instrument.missing_signers, tuple[str, ...])
    assert_type(instrument.in_force_for, tuple[str, ...])
    assert_type(instrument.not_ratified, tuple[str, ...])
    assert_type(instrument.missing_consents, int | None)
    assert_type(instrument.depositary, str | None)
    assert_type(instrument.identifiers, tuple[str, ...])
    assert_type(instrument.documents, tuple[Document, ...])
    assert_type(instrument.amended_by, tuple[str, ...])
    assert_type(instrument.extends, tuple[str, ...])
    assert_type(instrument.implements, tuple[str, ...])
    assert_type(instrument.supersedes, tuple[str, ...])
    assert_type(instrument.superseded_by, str | None)
    assert_type(instrument.is_incomplete, bool)
    assert_type(instrument.short_title, str)
    assert_type(instrument.certain, bool)
    assert_type(instrument.decided_by, tuple[str, ...])
    assert_type(instrument.last_asked, EdtfDate | None)
    assert_type(instrument.times_asked, int)
    assert_type(instrument.ask_again, EdtfDate | None)
    assert_type(instrument.responsible, str | None)
    assert_type(instrument.amends, tuple[str, ...])
    assert_type(instrument.extended_by, tuple[str, ...])
    assert_type(instrument.implemented_by, tuple[str, ...])
    assert_type(instrument.ends_with, str | None)
    assert_type(instrument.decision, RenewalDecision | None)
    assert_type(instrument.conduct, Conduct | None)
    assert_type(instrument.conduct_since, Date | None)
    assert_type(instrument.conduct_certain, bool)
    assert_type(instrument.conduct_by, tuple[str, ...])
    assert_type(instrument.obstructed_since, Date | None)
    check_that_each_is_told(Instrument, "instrument")


def test_the_fields_of_a_signature() -> None:
    signature = world().signatures()[0]
    assert_type(signature.instrument, str)
    assert_type(signature.partnership, str)
    assert_type(signature.kind, InstrumentKind)
    assert_type(signature.when, EdtfDate)
    assert_type(signature.parties, tuple[str, ...])
    assert_type(signature.countries, tuple[str, ...])
    assert_type(signature.without_country, tuple[str, ...])
    assert_type(signature.event, str)
    check_that_each_is_told(Signature, "signature")


def test_the_fields_of_a_figure() -> None:
    figure = world().figures()[0]
    assert_type(figure.id, str)
    assert_type(figure.measure, str)
    assert_type(figure.period, EdtfDate)
    assert_type(figure.partnership, str | None)
    assert_type(figure.kinds, tuple[InstrumentKind, ...])
    assert_type(figure.unit, str | None)
    assert_type(figure.claimed, int | float | str)
    assert_type(figure.recorded, int | None)
    assert_type(figure.unaccounted, int | None)
    assert_type(figure.partners, tuple[str, ...])
    assert_type(figure.recorded_with_partners, int | None)
    assert_type(figure.partners_recorded, tuple[str, ...])
    assert_type(figure.inconsistencies, tuple[Inconsistency, ...])
    assert_type(figure.certain, bool)
    assert_type(figure.decided_by, tuple[str, ...])
    check_that_each_is_told(Figure, "figure")


def test_the_fields_of_what_is_found() -> None:
    found = world().find("board")[0]
    assert_type(found.id, str)
    assert_type(found.noun, Noun)
    assert_type(found.title, str)
    assert_type(found.passages, tuple[Passage, ...])
    assert_type(found.decided_by, tuple[str, ...])
    check_that_each_is_told(Found, "found")
    passage = found.passages[0]
    assert_type(passage.field, str)
    assert_type(passage.text, str)
    assert_type(passage.event, str)
    check_that_each_is_told(Passage, "passage")


def test_the_fields_of_a_person() -> None:
    person = world().person("Zhao Xinli")
    assert_type(person.name, str)
    assert_type(person.other_names, tuple[str, ...])
    assert_type(person.posts, tuple[Post, ...])
    assert_type(person.meetings, tuple[str, ...])
    assert_type(person.signed, tuple[str, ...])
    assert_type(person.responsible_for, tuple[str, ...])
    assert_type(person.decided_by, tuple[str, ...])
    check_that_each_is_told(Person, "person")
    post = person.posts[0]
    assert_type(post.post, str | None)
    assert_type(post.party, str | None)
    assert_type(post.first, EdtfDate | None)
    assert_type(post.last, EdtfDate | None)
    check_that_each_is_told(Post, "post")


def test_the_fields_of_an_obstacle() -> None:
    view = world()
    assert_type(view.obstacles(lies_with=None, subject="mou", open=True), Answers[Obstacle])
    obstacle = view.obstacles()[0]
    assert_type(obstacle.id, str)
    assert_type(obstacle.partnership, str | None)
    assert_type(obstacle.subject, str | None)
    assert_type(obstacle.text, str | None)
    assert_type(obstacle.lies_with, tuple[str, ...])
    assert_type(obstacle.via, tuple[str, ...])
    assert_type(obstacle.is_open, bool)
    assert_type(obstacle.since, Date | None)
    assert_type(obstacle.since_certain, bool)
    assert_type(obstacle.removed_on, EdtfDate | None)
    assert_type(obstacle.certain, bool)
    assert_type(obstacle.decided_by, tuple[str, ...])
    assert_type(obstacle.last_asked, EdtfDate | None)
    assert_type(obstacle.asked, tuple[str, ...])
    check_that_each_is_told(Obstacle, "obstacle")


def test_the_fields_of_what_a_fact_rests_on() -> None:
    sourcing = world().sourcing()[0]
    assert_type(sourcing.event, str)
    assert_type(sourcing.type, str)
    assert_type(sourcing.about, str)
    assert_type(sourcing.text, str)
    assert_type(sourcing.bases, tuple[Footing, ...])
    assert_type(sourcing.sources, int)
    assert_type(sourcing.inferred, tuple[str, ...])
    assert_type(sourcing.decided_by, tuple[str, ...])
    check_that_each_is_told(Sourcing, "sourcing")


def test_the_fields_of_a_conflict() -> None:
    conflict = world().conflicts()[0]
    assert_type(conflict.kind, ConflictKind)
    assert_type(conflict.event, str)
    assert_type(conflict.about, str)
    assert_type(conflict.field, str)
    assert_type(conflict.holds, str | None)
    assert_type(conflict.alternatives, tuple[Alternative, ...])
    assert_type(conflict.certain, bool)
    assert_type(conflict.decided_by, tuple[str, ...])
    check_that_each_is_told(Conflict, "conflict")


def test_the_fields_of_an_alternative() -> None:
    alternative = world().conflicts()[0].alternatives[0]
    assert_type(alternative.says, str)
    assert_type(alternative.event, str)
    assert_type(alternative.sources, tuple[Source, ...])
    assert_type(alternative.adopted, bool)
    check_that_each_is_told(Alternative, "alternative")


def test_the_fields_of_a_dossier() -> None:
    dossier = world().dossier(country="FR")
    assert_type(dossier.subject, str)
    assert_type(dossier.name, str | None)
    assert_type(dossier.parties, tuple[str, ...])
    assert_type(dossier.partnerships, tuple[Partnership, ...])
    assert_type(dossier.instruments, tuple[Instrument, ...])
    assert_type(dossier.commitments, tuple[Commitment, ...])
    assert_type(dossier.proposals, tuple[Proposal, ...])
    assert_type(dossier.meetings, tuple[Meeting, ...])
    assert_type(dossier.figures, tuple[Figure, ...])
    assert_type(dossier.timeline, tuple[TimelineEntry, ...])
    assert_type(dossier.sources, tuple[Source, ...])
    assert_type(dossier.events, tuple[str, ...])
    assert_type(dossier.participations, tuple[Participation, ...])
    assert_type(dossier.owes, tuple[Sum, ...])
    assert_type(dossier.owed, tuple[Sum, ...])
    check_that_each_is_told(Dossier, "dossier")


def test_the_fields_of_a_sum() -> None:
    for total in world().sums(by="creditor"):
        assert_type(total.by, tuple[str, ...])
        assert_type(total.currency, str)
        assert_type(total.promised, Amount)
        assert_type(total.paid, Amount)
        assert_type(total.outstanding, Amount)
        assert_type(total.commitments, tuple[str, ...])
        assert_type(total.certain, bool)
    check_that_each_is_told(Sum, "total")


def test_the_fields_of_a_commitment() -> None:
    commitment = world().commitment("c")
    assert_type(commitment.id, str)
    assert_type(commitment.partnership, str | None)
    assert_type(commitment.what, str | None)
    assert_type(commitment.firmness, CommitmentFirmness | None)
    assert_type(commitment.debtors, tuple[str, ...])
    assert_type(commitment.debtors_open, tuple[str, ...])
    assert_type(commitment.creditors, tuple[str, ...])
    assert_type(commitment.made_on, EdtfDate | None)
    assert_type(commitment.status, CommitmentStatus)
    assert_type(commitment.since, Date | None)
    assert_type(commitment.since_certain, bool)
    assert_type(commitment.flags, tuple[Flag, ...])
    assert_type(commitment.due, EdtfDate | None)
    assert_type(commitment.due_text, str | None)
    assert_type(commitment.due_meeting, str | None)
    assert_type(commitment.days_overdue, int | None)
    assert_type(commitment.late_by, int | None)
    assert_type(commitment.late_by_rescheduled, int | None)
    assert_type(commitment.conditions_open, tuple[str, ...])
    assert_type(commitment.conditions_met, tuple[str, ...])
    assert_type(commitment.depends_on, tuple[str, ...])
    assert_type(commitment.percent, int | None)
    assert_type(commitment.amount, Amount | None)
    assert_type(commitment.certain, bool)
    assert_type(commitment.decided_by, tuple[str, ...])
    assert_type(commitment.last_asked, EdtfDate | None)
    assert_type(commitment.times_asked, int)
    assert_type(commitment.ask_again, EdtfDate | None)
    assert_type(commitment.responsible, str | None)
    assert_type(commitment.first_due, EdtfDate | None)
    assert_type(commitment.times_rescheduled, int)
    assert_type(commitment.paid, Amount | None)
    assert_type(commitment.outstanding, Amount | None)
    assert_type(commitment.obstructed_since, Date | None)
    assert_type(commitment.promised, Amount | None)
    assert_type(commitment.recurs, Recurrence | None)
    assert_type(commitment.next_due, EdtfDate | None)
    assert_type(commitment.occurrences, tuple[Occurrence, ...])
    for occurrence in commitment.occurrences:
        assert_type(occurrence.date, EdtfDate)
        assert_type(occurrence.due, EdtfDate)
        assert_type(occurrence.status, CommitmentStatus)
        assert_type(occurrence.late_by, int | None)
        assert_type(occurrence.decided_by, tuple[str, ...])
    check_that_each_is_told(Commitment, "commitment")
    check_that_each_is_told(Occurrence, "occurrence")


def test_the_fields_of_a_proposal() -> None:
    proposal = world().proposal("p")
    assert_type(proposal.id, str)
    assert_type(proposal.partnership, str | None)
    assert_type(proposal.instrument, str | None)
    assert_type(proposal.by, tuple[str, ...])
    assert_type(proposal.to, tuple[str, ...])
    assert_type(proposal.text, str | None)
    assert_type(proposal.firmness, ProposalFirmness | None)
    assert_type(proposal.made_on, EdtfDate | None)
    assert_type(proposal.status, ProposalStatus)
    assert_type(proposal.since, Date | None)
    assert_type(proposal.since_certain, bool)
    assert_type(proposal.due, EdtfDate | None)
    assert_type(proposal.unanswered_for, int | None)
    assert_type(proposal.certain, bool)
    assert_type(proposal.decided_by, tuple[str, ...])
    assert_type(proposal.last_asked, EdtfDate | None)
    assert_type(proposal.times_asked, int)
    assert_type(proposal.ask_again, EdtfDate | None)
    assert_type(proposal.responsible, str | None)
    assert_type(proposal.obstructed_since, Date | None)
    assert_type(proposal.flags, tuple[Flag, ...])
    check_that_each_is_told(Proposal, "proposal")


def test_the_fields_of_a_meeting() -> None:
    meeting = world().meeting("m")
    assert_type(meeting.id, str)
    assert_type(meeting.partnership, str | None)
    assert_type(meeting.kind, str | None)
    assert_type(meeting.status, MeetingStatus)
    assert_type(meeting.since, Date | None)
    assert_type(meeting.since_certain, bool)
    assert_type(meeting.planned, EdtfDate | None)
    assert_type(meeting.first_planned, EdtfDate | None)
    assert_type(meeting.times_postponed, int)
    assert_type(meeting.held, EdtfDate | None)
    assert_type(meeting.place, Place | None)
    assert_type(meeting.host, str | None)
    assert_type(meeting.series, str | None)
    assert_type(meeting.number, int | None)
    assert_type(meeting.within, str | None)
    assert_type(meeting.participants, tuple[Participant, ...])
    assert_type(meeting.certain, bool)
    assert_type(meeting.decided_by, tuple[str, ...])
    assert_type(meeting.last_asked, EdtfDate | None)
    assert_type(meeting.times_asked, int)
    assert_type(meeting.ask_again, EdtfDate | None)
    assert_type(meeting.responsible, str | None)
    check_that_each_is_told(Meeting, "meeting")


def test_the_fields_of_a_dependent() -> None:
    dependent = world().dependents("mou")[0]
    assert_type(dependent.id, str)
    assert_type(dependent.noun, Noun)
    assert_type(dependent.tie, str)
    assert_type(dependent.hangs_on, str)
    assert_type(dependent.steps, int)
    assert_type(dependent.status, StrEnum)
    assert_type(dependent.flags, tuple[Flag, ...])
    assert_type(dependent.status_if_cancelled, StrEnum)
    assert_type(dependent.flags_if_cancelled, tuple[Flag, ...])
    assert_type(dependent.is_affected, bool)
    assert_type(dependent.certain, bool)
    assert_type(dependent.decided_by, tuple[str, ...])
    check_that_each_is_told(Dependent, "dependent")


def test_the_fields_of_an_outcome() -> None:
    outcome = world().outcomes("m")[0]
    assert_type(outcome.meeting, str)
    assert_type(outcome.when, EdtfDate | None)
    assert_type(outcome.event, str)
    assert_type(outcome.type, str)
    assert_type(outcome.about, str)
    assert_type(outcome.text, str)
    assert_type(outcome.status, StrEnum | None)
    assert_type(outcome.certain, bool)
    assert_type(outcome.decided_by, tuple[str, ...])
    check_that_each_is_told(Outcome, "outcome")


def test_the_fields_of_a_difference() -> None:
    view = world()
    difference = view.without("w1").compare(view)[0]
    assert_type(difference.id, str)
    assert_type(difference.noun, Noun)
    assert_type(difference.field, str | None)
    assert_type(difference.old, object)
    assert_type(difference.new, object)
    assert_type(difference.because_of, tuple[str, ...])
    assert_type(difference.decided_by, tuple[str, ...])
    check_that_each_is_told(Difference, "difference")


def test_the_fields_of_a_party() -> None:
    party = world().party("most")
    assert_type(party.id, str)
    assert_type(party.name, str | None)
    assert_type(party.since, Date | None)
    assert_type(party.acronyms, tuple[str, ...])
    assert_type(party.other_names, tuple[str, ...])
    assert_type(party.former_names, tuple[str, ...])
    assert_type(party.kind, PartyKind | None)
    assert_type(party.country, str | None)
    assert_type(party.parent, str | None)
    assert_type(party.succeeds, tuple[str, ...])
    assert_type(party.succeeded_by, tuple[str, ...])
    assert_type(party.partnerships, tuple[str, ...])
    assert_type(party.certain, bool)
    assert_type(party.decided_by, tuple[str, ...])
    check_that_each_is_told(Party, "party")


def test_the_fields_of_a_series() -> None:
    series = world().series("board")
    assert_type(series.id, str)
    assert_type(series.last, int | None)
    assert_type(series.missing, tuple[int, ...])
    assert_type(series.next, int | None)
    assert_type(series.next_meeting, str | None)
    assert_type(series.next_host, str | None)
    assert_type(series.every_months, int | None)
    assert_type(series.next_due, EdtfDate | None)
    assert_type(series.flags, tuple[Flag, ...])
    assert_type(series.decided_by, tuple[str, ...])
    check_that_each_is_told(Series, "series")


def test_the_fields_of_an_explanation() -> None:
    explanation = world().explain("mou")
    assert_type(explanation.id, str)
    assert_type(explanation.title, str)
    assert_type(explanation.state, StrEnum)
    assert_type(explanation.since, Date | None)
    assert_type(explanation.because, str)
    assert_type(explanation.because_of, tuple[str, ...])
    assert_type(explanation.details, tuple[str, ...])
    assert_type(explanation.flags, tuple[Flag, ...])
    assert_type(explanation.sentence, str)
    assert_type(explanation.clauses, tuple[Clause, ...])
    assert_type(explanation.rule, str)
    assert_type(explanation.events, tuple[str, ...])
    assert_type(explanation.certain, bool)
    assert_type(explanation.decided_by, tuple[str, ...])
    assert_type(explanation.acts, Answers[TimelineEntry])
    check_that_each_is_told(Explanation, "explanation")


def test_the_fields_of_a_duty() -> None:
    duty = world().duties()[0]
    assert_type(duty.rule, str)
    assert_type(duty.what, str)
    assert_type(duty.about, str)
    assert_type(duty.owed_by, tuple[str, ...])
    assert_type(duty.due, EdtfDate)
    assert_type(duty.status, DutyStatus)
    assert_type(duty.days_overdue, int | None)
    assert_type(duty.done, EdtfDate | None)
    assert_type(duty.late_by, int | None)
    assert_type(duty.flags, tuple[Flag, ...])
    assert_type(duty.certain, bool)
    assert_type(duty.decided_by, tuple[str, ...])
    check_that_each_is_told(Duty, "duty")


# --- following a ledger


def test_a_subscription_hands_out_batches() -> None:
    ledger = office()
    subscription = ledger.subscribe("mailer", types=events.PartyRegistered, after=0, batch_size=5)
    assert_type(subscription, Subscription)
    assert_type(ledger.subscribe("mailer", types=[events.NoteAdded, events.MeetingHeld]).name, str)
    subscription = ledger.subscribe("mailer")
    for batch in subscription.batches(wait_seconds=0.0, until=3):
        assert_type(batch, Batch)
        assert_type(batch.events, tuple[Recorded, ...])
        assert_type(batch.after, int)
        assert_type(batch.up_to, int)
        assert_type(batch.replayed, bool)
        assert_type(batch.error, str | None)
        batch.save()
    for parked in subscription.parked():
        assert_type(parked, Batch)
    subscription.replay(after=2)
    subscription.run(
        print, failing="park", retry=Retry(attempts=2, longest_pause_seconds=1), wait_seconds=0
    )
    subscription.stop()


def test_the_fields_of_the_status_of_a_subscription() -> None:
    ledger = office()
    assert_type(ledger.subscribe("mailer").status, SubscriptionStatus)
    [status] = ledger.subscriptions()
    assert_type(status.name, str)
    assert_type(status.position, int)
    assert_type(status.lag, int)
    assert_type(status.reached, int)
    assert_type(status.parked, tuple[Parked, ...])
    assert_type(status.failures, int)
    assert_type(status.last_error, str | None)
    check_that_each_is_told(SubscriptionStatus, "status")
