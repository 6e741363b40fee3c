"""Wrote tests/golden/v1/log.jsonl, once; kept for the record. See README.md.

    python -m tests.golden.write_v1

The story is made up. After its prelude, the first event of each type carries every field that
an event may carry (`_whole`), so that each of them is in the log for each type.
"""

import json
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

import attrs

from coopledger import Ledger, events
from coopledger._log.vocabulary import CORE, TAGS
from coopledger.events import Event
from coopledger.stores import MemoryStore, Row
from coopledger.terms import (
    Basis,
    CommitmentFirmness,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
    Role,
)
from tests.builders import Clock, build_event

LOG = Path(__file__).parent / "v1" / "log.jsonl"
NAME = "golden"
ZONE = "Asia/Ho_Chi_Minh"

# Every accepted spelling of a date.
SPELLINGS = (
    *("2022-08-16", "2022-08", "2022", "2024-02-29", "0001-01-01", "9999-12-31"),
    *("2023-21", "2023-22", "2023-23", "2023-24"),
    *("202X", "20XX", "2022-XX", "2022-08-XX", "2022-XX-XX", "202X?", "2022-XX~", "2022-08-XX%"),
    *("2022~", "2013?", "2004-06%", "2022-08-16~", "2022-08-16?", "2022-08-16%", "2023-24~"),
    *("2022-08-16T09:30:00", "2022-08-16T09:30:00Z"),
    *("2022-08-16T09:30:00+07:00", "2022-08-16T09:30:00-04", "2022-08-16T09:30:00+14:00"),
    *("2018-03-25/2018-03-27", "2022-08/2022-08-16", "2018~/2018-21", "2022/2022"),
    *("2018/..", "2018-03/", "../2008-02-21", "/2008-02", "2018-03-25?/..", "../2008-02%"),
    *("[2020..2022-03]", "[2020..]", "[..2022-08-16]", "[2022-21..2022-23]"),
)

# Texts and numbers that have broken somebody's reader.
STRANGE: dict[str, object] = {
    "Hà Nội": "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "two normal forms": ["Hà Nội", "Ha\u0300 No\u0323\u0302i"],
    "line ends": "a\u2028b\u2029c\x85d\r\ne",
    "escaped": '"quoted" \\ back/slash \t \x1f \x7f',
    "far away": "\U0001f91d\U0001f3fd \ufeff \U0010ffff",
    "numbers": [0, -1, 2**53, -(2**53), 0.1, -2.5, 1e-07, 1e22],
    "rest": {"none": None, "true": True, "false": False, "empty": [], "deep": [[{"x": {}}]]},
    "looks like": ["null", "NaN", "1e999", "2022-08-16", ""],
    "B": "capitals come before small letters",
    "a": "and \u0301 after both",
}


def _prelude() -> Iterator[Event]:
    """Yield the events that the story needs first, with an errand for every type to fulfil."""
    for party, country in (("vn", "VN"), ("se", "SE"), ("fi", "FI")):
        yield events.PartyRegistered(party=party, name=party.upper(), kind="state", country=country)
    yield events.PartnershipOpened(partnership="errands", parties=["vn", "se"])
    yield events.MeetingScheduled(
        meeting="session-0", kind="session", partnership="errands", when="1969-10"
    )
    yield events.ProposalMade(
        proposal="idea", partnership="errands", by="vn", text="Write it down.", when="1969-11"
    )
    yield events.CommitmentMade(
        commitment="filing",
        partnership="errands",
        debtors="vn",
        creditors="se",
        what="file two copies",
        conditions="copies",
        standing=True,
        when="1969-11-30",
    )
    for tag, firmness in zip(TAGS, cycle(CommitmentFirmness), strict=False):
        yield events.CommitmentMade(
            commitment=f"errand-{tag}",
            partnership="errands",
            debtors="vn",
            creditors="se",
            what="one errand",
            firmness=firmness,
            when="1969-12-31",
        )


def _parties() -> Iterator[Event]:
    """Yield parties of every kind, and partnerships."""
    yield events.PartyRegistered(
        party="vast",
        name="Viện Hàn lâm Khoa học và Công nghệ Việt Nam",
        kind="agency",
        acronyms=["VAST", "VHLKHCN"],
        other_names="Vietnam Academy of Science\u2028and Technology",
        country="VN",
        parent="vn",
        founded="1975-05-20",
        identifiers={"ror": "https://ror.example/02wsd5p50", "old": [1, None]},
    )
    yield events.PartyRegistered(party="kva", name="Academy of Sciences", kind="unit", parent="se")
    for kind in PartyKind:
        yield events.PartyRegistered(party=f"a-{kind}", name=f"A {kind}", kind=kind)
    yield events.PartyRenamed(
        party="kva", name="Royal Academy of Sciences", acronyms="KVA", when="2018-02-01"
    )
    yield events.PartnershipOpened(partnership="states", parties=["vn", "se"])
    yield events.PartnershipOpened(
        partnership="science",
        parties=["vast", "kva"],
        scope="Khoa học",
        parent="states",
        responsible="Desk 3",  # Version 1 called it owner.
        dormant_after=365,
    )
    yield events.PartnershipOpened(partnership="old", parties=["vn", "a-centre"])
    yield events.PartnershipOpened(partnership="lake", parties=["vn", "fi"])


def _background() -> Iterator[Event]:
    """Yield instruments of every kind, and in every state that the background may tell."""
    yield events.InstrumentRegistered(
        instrument="letter",
        partnership="science",
        kind="loi",
        title="Thư ngỏ ý",
        state="in_force",
        until="2025-12-31",
    )
    yield events.InstrumentRegistered(
        instrument="treaty",
        partnership="states",
        kind="agreement",
        title="Agreement on Science",
        parties=["vn", "se"],
        legal_regime="Law on Treaties 2016",
        renewal={"tacit": True, "years": 5, "notice_months": 6},
        force="separate",
    )
    yield events.InstrumentRegistered(
        instrument="mou",
        partnership="science",
        kind="mou",
        supersedes="letter",
        extends="letter",
        implements="treaty",
        force="on_signature",
    )
    for name, kind in (("protocol", "protocol"), ("lab", "project"), ("fund", "contract")):
        yield events.InstrumentRegistered(instrument=name, partnership="states", kind=kind)
    for kind, state in zip(cycle(InstrumentKind), InstrumentState, strict=False):
        yield events.InstrumentRegistered(
            instrument=f"once-{state}", partnership="old", kind=kind, state=state
        )


def _treaty() -> Iterator[Event]:
    """Yield the life of the treaty, from talks to its second term."""
    yield events.NegotiationOpened(instrument="treaty", round=1, when="2018-03-01")
    yield events.NegotiationConcluded(instrument="treaty", when="2018-03-25/2018-03-27")
    yield events.InstrumentInitialled(instrument="treaty", when="2018-03-27")
    yield events.InstrumentApproved(instrument="treaty", by="vast", when="2018-04~")
    yield events.InstrumentSigned(
        id="signed-by-one",
        instrument="treaty",
        signers="vn",
        witnesses=["H. M. Carl", "Nguyễn Thị Minh"],
        missing_signers="se",
        until="2020-12-31",
        in_force=False,
        when="2018-05-02",
    )
    yield events.InstrumentSigned(
        id="signed-by-both", instrument="treaty", signers="se", when="2018-05-04"
    )
    yield events.InstrumentProvisionallyApplied(
        instrument="treaty", until="2018-12-31", when="2018-06-01", effective="2018-05-05"
    )
    yield events.InstrumentRatified(instrument="treaty", party="vn", when="2018-07-10")
    yield events.InstrumentEnteredIntoForce(
        id="in-force",
        instrument="treaty",
        until="2020-12-31",
        parties=["vn", "se"],
        when="2018-09-01",
    )
    yield events.InstrumentAmended(
        instrument="treaty", by_instrument="protocol", summary="Article 3", when="2018-11"
    )
    yield events.InstrumentSuspended(instrument="treaty", reason="flood", when="2019-02-01")
    yield events.InstrumentResumed(instrument="treaty", when="2019-04-01")
    yield events.TerminationNotified(
        instrument="treaty", by="se", when="2019-06-01", ends="2019-12-31"
    )
    yield events.TerminationNoticeWithdrawn(instrument="treaty", when="2019-07-01")
    yield events.InstrumentExtended(
        instrument="treaty", until="2021-06-30", years=1, tacit=True, when="2020-11-01"
    )
    yield events.InstrumentRenewed(
        instrument="treaty", until="2026-06-30", years=5, tacit=True, when="2021-06-30"
    )


def _other_texts() -> Iterator[Event]:
    """Yield a text that replaces another, one done, one ended, one given up, one carried out."""
    yield events.InstrumentSigned(id="mou-signed", instrument="mou", when="2019-09-09")
    yield events.InstrumentSigned(instrument="lab", in_force=True, when="2019-10")
    yield events.InstrumentCompleted(
        instrument="lab", result="Phòng thí nghiệm\u2028is open", when="2021-03-31"
    )
    yield events.InstrumentEnteredIntoForce(instrument="fund", when="2019-11-01")
    yield events.InstrumentTerminated(
        instrument="fund", by=["vn", "se"], mutual=True, when="2021-01-15", effective="2021-02-01"
    )
    yield events.NegotiationBrokenOff(
        instrument="protocol", reason="no mandate", when="2021-05-05?"
    )
    yield events.ImplementationReported(
        instrument="treaty",
        partnership="states",
        period="2020/2021",
        partners=["KVA", "VAST"],
        when="2021-12-01",
    )
    yield events.MilestoneReached(
        name="100th paper", instrument="treaty", partnership="states", when="2021-12-02"
    )


def _meetings() -> Iterator[Event]:
    """Yield a series of meetings: one held, one put off, one called off."""
    place = {"series": "board", "host": "vast", "within": "session-0", "partnership": "science"}
    for number, meeting in enumerate(("board-1", "board-2", "board-3"), start=1):
        planned = {"meeting": meeting, "number": number, "planned": f"202{number}-05"}
        given = place | planned | {"kind": "board", "when": "2020-12-24"}
        yield build_event(events.MeetingScheduled, given)
    held = {"id": "board-1-held", "meeting": "board-1", "number": 1, "when": "2021-05-17"}
    topics = {"kind": "họp ban", "topics": ["budget", "ngân sách"]}
    yield build_event(events.MeetingHeld, place | held | topics)
    yield events.MeetingPostponed(meeting="board-2", planned="2022-09-14", when="2022-04-01")
    yield events.MeetingCancelled(meeting="board-3", reason="bão", when="2022-05-01")


def _proposals() -> Iterator[Event]:
    """Yield proposals of every firmness, and every answer."""
    answer = {"partnership": "science", "by": "kva", "to": "vast", "instrument": "mou"}
    answer["text"] = "Xin cảm ơn."
    wish = {"proposal": "exchange", "text": "a wish", "when": "2022-01-10"}
    yield build_event(events.InterestExpressed, answer | wish)
    for firmness in ProposalFirmness:
        yield events.ProposalMade(
            proposal=f"put-as-{firmness}",
            partnership="science",
            by="vast",
            to="kva",
            text=f"as {firmness}",
            firmness=firmness,
            instrument="mou",
            due="2023-24",
            counter_to="exchange",
            when="2022-02-01",
        )
    answers: tuple[tuple[type[Event], str, str], ...] = (
        (events.ProposalAcknowledged, "put-as-proposal", "2022-02-10"),
        (events.ProposalCountered, "put-as-proposal", "2022-02-11"),
        (events.ProposalAgreedInPrinciple, "put-as-proposal", "2022-02-12"),
        (events.ProposalDeclined, "put-as-request", "2022-03-01"),
    )
    for cls, proposal, when in answers:
        yield build_event(cls, answer | {"proposal": proposal, "when": when})
    accepted = {"proposal": "put-as-offer", "creates": "loan", "when": "2022-03-02"}
    yield build_event(events.ProposalAccepted, answer | accepted)
    withdrawn = {"proposal": "put-as-invitation", "when": "2022-03-03", "by": "vast", "to": "kva"}
    yield build_event(events.ProposalWithdrawn, answer | withdrawn)


def _promise(commitment: str, due: str | None = None, due_text: str | None = None) -> Event:
    """Return a plain commitment of the academies."""
    return events.CommitmentMade(
        commitment=commitment,
        partnership="science",
        debtors="vast",
        creditors="kva",
        what="lend a telescope",
        due=due,
        due_text=due_text,
        when="2022-04-01",
    )


def _commitments() -> Iterator[Event]:
    """Yield commitments with every event that can happen to one."""
    yield events.CommitmentMade(
        id="loan-made",
        commitment="loan",
        partnership="science",
        debtors="vast",
        creditors=["kva", "se"],
        what="cho mượn kính thiên văn",
        firmness="agreed",
        due="2022-12-31",
        not_before="2022-06",
        conditions=[{"id": "visa", "text": "thị thực"}, "money"],
        depends_on=["put-as-wish", "filing"],
        under="mou",
        survives=True,
        amount="250000.50 EUR",
        when="2022-03-15",
    )
    yield _promise("talk", due_text="upcoming")
    yield events.CommitmentMade(
        commitment="host",
        partnership="science",
        debtors="vast",
        creditors="kva",
        what="host the board",
        due_meeting="board-2",
        when="2022-04-01",
    )
    yield events.ConditionMet(commitment="loan", condition="visa", when="2022-05-10")
    yield events.ConditionMet(commitment="loan", condition="money", when="2022-05-11")
    yield events.CommitmentProgressed(commitment="loan", percent=40, text="40 %", when="2022-08-01")
    yield events.CommitmentRescheduled(
        id="loan-later", commitment="loan", due="2023-06-30", by="kva", when="2022-11-11"
    )
    for name in ("done", "off", "free", "doomed", "moved"):
        yield _promise(name, due="2022")
    yield events.CommitmentFulfilled(commitment="done", evidence="photo", when="2022-12-01")
    yield events.CommitmentCancelled(commitment="off", by="vast", when="2022-12-02")
    yield events.CommitmentReleased(commitment="free", by="kva", when="2022-12-03")
    yield events.CommitmentMade(
        commitment="risky",
        partnership="science",
        debtors="vast",
        creditors="kva",
        what="launch",
        conditions="weather",
        when="2022-04-02",
    )
    yield events.ConditionFailed(commitment="risky", condition="weather", when="2022-12-04")
    yield events.CommitmentDelegated(commitment="moved", to="vn", by="vast", when="2022-12-05")
    yield events.CommitmentAssigned(commitment="moved", to="se", by="kva", when="2022-12-06")


def _reports() -> Iterator[Event]:
    """Yield reports of others, and our notes about them."""
    yield events.FigureReported(
        figure="papers",
        measure="papers\u2029together",
        value=100,
        period="2018/2021",
        partners="KVA",
        partnership="science",
        kinds=list(InstrumentKind),
        when="2022-12-20",
    )
    yield events.FigureReported(
        figure="visits", measure="visits", value="vài chục", period="202X", when="2022-12-20"
    )
    yield events.StatusReported(
        id="said-closed", subject="treaty", state="hết hiệu lực", when="2022-12-21"
    )
    yield events.StatementMade(
        partnership="science", text="We go on.", by=["The minister"], when="2022-12-22"
    )
    yield events.NoteAdded(id="wrong-note", subject="mou", text="ghi chú sai")
    yield events.NoteAdded(id="right-note", subject="kva", text="ghi chú đúng")
    yield events.PartySucceeded(party="a-centre", by=["a-company", "a-person"], when="2022-12-30")
    yield events.PartnershipClosed(partnership="old", reason="hết việc", when="2022-12-31")


def _mended() -> Iterator[Event]:
    """Yield the events that correct earlier mistakes."""
    yield events.EventCorrected(
        id="mend-the-visit",
        target="board-1-held",
        changes={"when": "2021-05-18", "topics": ["ngân sách"], "place": {"name": "Huế"}},
        reason="the minutes say Tuesday",
    )
    yield events.EventCorrected(
        id="mend-the-loan", target="loan-made", changes={"amount": None}, reason="a gift in kind"
    )
    yield events.EventRetracted(id="take-back", target="loan-later", reason="that was another loan")
    yield events.EventRetracted(target="wrong-note", reason="nhầm")
    yield events.SourceAdded(id="second-source", target="in-force", source="Official gazette 9")
    yield events.FactDisputed(
        target="in-force", field="when", alternative="2018-09-02", source="https://news.example/9"
    )
    yield events.FactDisputed(target="loan-made", field="amount", alternative=300000)


# When it was recorded, and what. The first page takes more than ten microseconds to write, so
# that it begins in 1969 and ends in 1970; before the reports, the clock ran back.
DIARY = (
    ("1969-12-31T23:59:59.999990+00:00", _prelude),
    ("2018-02-01T09:30:00.000001+00:00", _parties),
    ("2018-02-01T09:30:00.000002+00:00", _background),
    ("2021-12-31T18:00:00+07:00", _treaty),
    ("2021-12-31T18:00:01+07:00", _other_texts),
    ("2022-12-31T16:59:59.999000+00:00", _meetings),
    ("2022-12-31T16:59:59.999000+00:00", _proposals),
    ("2022-12-31T16:59:59.999000+00:00", _commitments),
    ("2022-12-31T12:00:00+00:00", _reports),
    ("2024-02-29T23:59:59.999999+00:00", _mended),
)


def write() -> str:
    """Return the log as text, one row a line."""
    clock, store, numbers = Clock(), MemoryStore(), count(1)
    ledger = Ledger(store, name=NAME, timezone=ZONE, clock=clock, ids=lambda: f"e{next(numbers)}")
    spellings = cycle(SPELLINGS)
    words = zip(cycle(Basis), cycle(Role), strict=False)
    told: set[type[Event]] = set()
    for now, page in DIARY:
        clock.set(now)
        found = list(page())
        if page is not _prelude:
            for index, event in enumerate(found):
                if type(event) not in told:
                    told.add(type(event))
                    basis, role = next(words)
                    found[index] = whole(event, published=next(spellings), basis=basis, role=role)
        receipt = ledger.record(*found, by="Lê")
        for warning in receipt.warnings:
            print(warning)  # noqa: T201
    return "".join(map(line, store.read(NAME)))


def whole(event: Event, *, published: str, basis: Basis, role: Role) -> Event:
    """Return the event with every field of the envelope."""
    tag, _ = CORE.tag_of(type(event))
    when = event.when or "2018-01"
    source = {
        "publisher": "Bộ Khoa học",
        "title": f"Bản tin\u2028{tag}",
        "address": "https://news.example/1",
        "author": "Trần Văn A",
        "published": published,
        "retrieved": "2024-02-29",
        "locator": "p. 3",
        "quote": "“…”",
        "basis": basis,
    }
    return attrs.evolve(
        event,
        when=when,
        effective=event.effective or when,
        source=[*event.source, source],
        inferred=["note", "when"],
        participants=[
            {"person": "Đỗ Thị B", "post": "Vụ trưởng", "party": "vn", "role": role},
            "A. Svensson",
        ],
        place={"name": "Hà Nội", "country": "VN"},
        at_meeting="session-0",
        fulfils=f"errand-{tag}",
        realises="idea",
        meets="filing/copies",
        note="chú thích",
        tags=["a", "á"],
        ext=STRANGE if isinstance(event, events.PartyRegistered) else {"loại": tag},
        recorded_by="Phạm C",
    )


def line(row: Row) -> str:
    """Return one row; hashes in hexadecimal, the payload as the text of its bytes."""
    columns = attrs.asdict(row) | {
        "payload": row.payload.decode(),
        "digest": row.digest.hex(),
        "chain": row.chain.hex(),
    }
    return json.dumps(columns, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    text = write()
    with LOG.open("x", encoding="utf-8", newline="") as log:  # never over an older one
        log.write(text)
