"""Every answer prints as one line that a person can read."""

from datetime import UTC, datetime

import pytest

from coopledger import Ledger, View, events


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    """Return a year of an institute and a university, seen at its end."""
    ledger = Ledger.in_memory(clock=lambda: datetime(2024, 12, 31, tzinfo=UTC))
    ledger.record(
        events.PartyRegistered(party="institute", name="Institute", kind="centre", country="VN"),
        events.PartyRegistered(
            party="university", name="University", kind="university", country="FR"
        ),
        events.PartnershipOpened(partnership="ocean", parties=["institute", "university"]),
        events.PartnershipOpened(partnership="lake", parties=["institute", "university"]),
        events.PartnershipOpened(partnership="idle", parties=["institute", "university"]),
        events.InstrumentRegistered(
            instrument="mou", partnership="ocean", kind="mou", title="On the\nsea", id="named"
        ),
        events.InstrumentRegistered(instrument="plan", partnership="ocean", kind="action_plan"),
        events.InstrumentRegistered(
            instrument="next", partnership="ocean", kind="mou", supersedes="mou"
        ),
        events.InstrumentRegistered(instrument="half", partnership="ocean", kind="agreement"),
        events.InstrumentSigned(id="s1", instrument="mou", when="2024-01-10", until="2025-06-30"),
        events.InstrumentSigned(instrument="plan", when="2024-02", effective="2024-01-01"),
        events.TerminationNotified(
            instrument="plan", when="2024-12-01", by="institute", ends="2025-03-01"
        ),
        events.InstrumentSigned(instrument="half", when="2024-03-01", signers="institute"),
        events.InstrumentRegistered(instrument="waits", partnership="lake", kind="agreement"),
        events.InstrumentSigned(instrument="waits", when="2024-04-01"),
        events.InstrumentRegistered(
            instrument="rolls",
            partnership="lake",
            kind="mou",
            renewal={"tacit": True, "years": 3, "notice_months": 3},
        ),
        events.InstrumentSigned(instrument="rolls", when="2020-01-01", until="2022-12-31"),
        events.InstrumentSigned(instrument="next", when="2024-11-01"),
        events.MeetingHeld(
            partnership="ocean",
            kind="talks",
            meeting="m1",
            when="2024-01-10",
            series="S",
            number=1,
            host="institute",
            participants=["A Person", {"post": "Dean", "party": "university"}, {"role": "guest"}],
        ),
        events.MeetingHeld(
            partnership="ocean", kind="talks", meeting="m3", when="2024-03-10", series="S", number=3
        ),
        events.MeetingScheduled(
            partnership="ocean",
            kind="talks",
            meeting="m4",
            when="2024-03-10",
            planned="2025",
            place="Hanoi",
            series="S",
            number=4,
            host="university",
        ),
        events.MeetingScheduled(
            partnership="ocean", kind="talks", meeting="t", when="2024-03-10", series="T"
        ),
        events.ProposalMade(
            proposal="lab",
            partnership="ocean",
            when="2024-11-01",
            by="university",
            text="share a laboratory",
            instrument="next",
            due="2025",
        ),
        events.ProposalAcknowledged(
            proposal="asked", partnership="ocean", when="2024-11-01", by="university"
        ),
        events.CommitmentMade(
            commitment="data",
            partnership="ocean",
            when="2024-01-10",
            debtors="institute",
            creditors="university",
            what="send the data",
            due="2024-11",
            depends_on="lab",
        ),
        events.CommitmentMade(
            commitment="staff",
            partnership="ocean",
            when="2024-01-10",
            debtors="university",
            creditors="institute",
            what="send two people",
            due="2024-02",
        ),
        events.CommitmentFulfilled(commitment="staff", when="2024-03-10"),
        events.CommitmentMade(
            commitment="ship",
            partnership="ocean",
            when="2024-01-10",
            debtors="university",
            creditors="institute",
            what="lend the ship",
            due_text="soon",
            conditions=["paid", "insured"],
        ),
        events.CommitmentMade(
            commitment="crew",
            partnership="ocean",
            when="2024-01-10",
            debtors="university",
            creditors="institute",
            what="send the crew",
            conditions="hired",
        ),
        events.ConditionMet(commitment="crew", condition="hired", when="2024-02-01"),
    )
    return ledger.view(on="2024-12-31")


@pytest.mark.parametrize(
    ("partnership", "line"),
    [
        (
            "ocean",
            (
                "Institute – University (ocean): active since 2024-01-01; On the sea (mou) "
                "superseded, action plan (plan) terminating, MoU (next) in force, agreement "
                "(half) agreed; last activity 2024-12-01; expiring; terminating"
            ),
        ),
        ("idle", "Institute – University (idle): none"),
    ],
)
def test_a_partnership(view: View, partnership: str, line: str) -> None:
    assert str(view.partnership(partnership)) == line


@pytest.mark.parametrize(
    ("instrument", "line"),
    [
        (
            "mou",
            (
                "On the sea (mou): superseded since 2024-11-01; MoU of institute, university; "
                "signed 2024-01-10; replaced by next"
            ),
        ),
        (
            "plan",
            (
                "action plan, Institute – University (plan): terminating since 2024-12-01; "
                "signed 2024-02; out of effect from 2025-03-01"
            ),
        ),
        (
            "next",
            (
                "MoU, Institute – University (next): in force since 2024-11-01; signed "
                "2024-11-01; replaces mou; end unknown"
            ),
        ),
        (
            "waits",
            (
                "agreement, Institute – University (waits): signed since 2024-04-01; signed "
                "2024-04-01; still to ratify: institute, university"
            ),
        ),
        (
            "rolls",
            (
                "MoU, Institute – University (rolls): in force since 2020-01-01; signed "
                "2020-01-01; until 2025-12-31; notice by 2025-09-30; tacitly renewed"
            ),
        ),
        (
            "half",
            (
                "agreement, Institute – University (half): agreed since 2024-03-01; still to "
                "sign: university; still to ratify: institute, university; partially signed"
            ),
        ),
    ],
)
def test_an_instrument(view: View, instrument: str, line: str) -> None:
    assert str(view.instrument(instrument)) == line


@pytest.mark.parametrize(
    ("commitment", "line"),
    [
        (
            "data",
            (
                "send the data (data): overdue since 2024-12-01; commitment of institute to "
                "university; due 2024-11; 31 days overdue; waits for lab; dependency open"
            ),
        ),
        (
            "staff",
            (
                "send two people (staff): fulfilled since 2024-03-10; commitment of university "
                "to institute; due 2024-02; 10 days late"
            ),
        ),
        (
            "ship",
            (
                "lend the ship (ship): conditional since 2024-01-10; commitment of university to "
                'institute; due "soon"; if paid, insured'
            ),
        ),
        (
            "crew",
            (
                "send the crew (crew): pending since 2024-02-01; commitment of university to "
                "institute; met: hired; undated"
            ),
        ),
    ],
)
def test_a_commitment(view: View, commitment: str, line: str) -> None:
    assert str(view.commitment(commitment)) == line


@pytest.mark.parametrize(
    ("proposal", "line"),
    [
        (
            "lab",
            (
                "share a laboratory (lab): open since 2024-11-01; proposal of university to "
                "institute; about next; due 2025; unanswered for 60 days"
            ),
        ),
        ("asked", "asked: under consideration since 2024-11-01; silent for 60 days"),
    ],
)
def test_a_proposal(view: View, proposal: str, line: str) -> None:
    assert str(view.proposal(proposal)) == line


@pytest.mark.parametrize(
    ("meeting", "line"),
    [
        ("m1", "talks (m1): held 2024-01-10; number 1 of S; with A Person, Dean"),
        ("m4", "talks (m4): scheduled since 2024-03-10; number 4 of S; planned for 2025; Hanoi"),
        ("t", "talks (t): scheduled since 2024-03-10; one of T"),
    ],
)
def test_a_meeting(view: View, meeting: str, line: str) -> None:
    assert str(view.meeting(meeting)) == line


@pytest.mark.parametrize(
    ("series", "line"),
    [
        ("S", "S: last held 3; missing 2; next 4 (m4); hosted by university"),
        ("T", "T: none held"),
    ],
)
def test_a_series(view: View, series: str, line: str) -> None:
    assert str(view.series(series)) == line


def test_a_signature(view: View) -> None:
    assert str(view.signatures(period="2024-01")[0]) == (
        "mou: signed 2024-01-10; mou of ocean; FR, VN"
    )


def test_a_date_that_is_not_exact_is_marked() -> None:
    ledger = Ledger.in_memory(clock=lambda: datetime(2024, 12, 31, tzinfo=UTC))
    ledger.record(
        events.PartyRegistered(party="a", name="A", kind="centre"),
        events.PartyRegistered(party="b", name="B", kind="centre"),
        events.PartnershipOpened(partnership="ab", parties=["a", "b"]),
        events.MeetingHeld(meeting="m", partnership="ab", kind="talks", when="2024-05"),
    )

    assert str(ledger.view(on="2024-12-31").partnership("ab")) == (
        "A – B (ab): contact since 2024-05-31~; last activity 2024-05-31~"
    )


def test_a_change_of_the_stage(view: View) -> None:
    assert str(view.stage_history("ocean")[0]) == "2024-01-01: active"


def test_a_moment_of_a_timeline(view: View) -> None:
    lines = [str(moment) for moment in view.timeline("ocean")]

    assert "undated: InstrumentRegistered mou (named); On the sea" in lines
    assert "2024-01-10: InstrumentSigned mou (s1)" in lines


def test_an_explanation_has_its_events_below_the_sentence(view: View) -> None:
    why = view.explain("next")

    assert str(why).split("\n") == [why.sentence, *(f"  {event}" for event in why.events)]
