"""Histories from public knowledge give the answers that were worked out by hand."""

from typing import NamedTuple

import pytest

from coopledger import Ledger
from tests.stories.questions import (
    Question,
    bound_since,
    ends,
    expiring,
    flags,
    in_force,
    in_force_for,
    instrument_decided_by,
    last_activity,
    members,
    missing_consents,
    missing_signers,
    not_ratified,
    notice_deadline,
    partnership_decided_by,
    partnership_flags,
    signed,
    since,
    stage,
    state,
    superseded_by,
    term_end,
)


class Answer(NamedTuple):
    """Answer to a question about a history on a day, as known at a day or as known now."""

    history: str
    question: Question
    on: str
    answer: object
    known_at: str | None = None
    hindsight: bool = True


# A treaty with provisional application: what the EU and Korea did with one text, and a protocol.
PROVISIONAL = [
    Answer("F", state("FTA"), "2009-10-14", "none"),
    Answer("F", state("FTA"), "2009-10-15", "initialled"),
    Answer("F", state("FTA"), "2010-10-06", "signed"),
    Answer("F", stage("EU-KR"), "2010-10-06", "signed"),
    Answer("F", not_ratified("FTA"), "2010-12-31", ("EU", "KR")),
    Answer("F", not_ratified("FTA"), "2011-05-04", ("EU",)),
    Answer("F", state("FTA"), "2011-06-30", "signed"),
    Answer("F", state("FTA"), "2011-07-01", "provisional"),
    Answer("F", instrument_decided_by("FTA"), "2011-07-01", ("f5",)),
    Answer("F", stage("EU-KR"), "2011-07-01", "active"),
    Answer("F", partnership_flags("EU-KR"), "2011-07-01", ("provisional_only",), "2011-07-01"),
    Answer("F", state("FTA"), "2015-12-12", "provisional"),
    Answer("F", state("FTA"), "2015-12-13", "in_force"),
    Answer("F", instrument_decided_by("FTA"), "2015-12-13", ("f11",)),
    Answer("F", not_ratified("FTA"), "2015-12-13", ()),
    Answer(
        "F",
        partnership_flags("EU-KR"),
        "2015-12-13",
        ("conflicts", "provisional_only"),
        "2015-12-12",
    ),
    Answer("F", partnership_flags("EU-KR"), "2015-12-13", ("conflicts",)),
    Answer("F", signed("2009"), "2015-12-31", 0),
    Answer("F", signed("2010"), "2015-12-31", 1),
    # The protocol is applied from a day before its own initials.
    Answer("F", since("CROATIA"), "2014-01-15", "2013-07-01"),
    Answer("F", state("CROATIA"), "2014-01-15", "provisional"),
    Answer("F", instrument_decided_by("CROATIA"), "2014-01-15", ("f8",)),
    Answer("F", state("CROATIA"), "2014-01-15", "initialled", hindsight=False),
    Answer("F", instrument_decided_by("CROATIA"), "2014-01-15", ("f6",), hindsight=False),
    Answer("F", state("CROATIA"), "2014-01-15", "none", "2014-01-15"),
    Answer("F", state("CROATIA"), "2014-05-25", "signed", "2014-05-25"),
    Answer("F", state("CROATIA"), "2013-06-30", "none"),
]

# A tacitly renewed agreement with notice given: the EU and the Comoros on fisheries.
TACIT = [
    Answer("G", state("FPA"), "2008-03-05", "none"),
    Answer("G", state("FPA"), "2008-03-06", "in_force"),
    Answer("G", flags("FPA"), "2015-03-05", ("to_decide",)),
    Answer("G", term_end("FPA"), "2015-03-05", "2015-03-05"),
    Answer("G", notice_deadline("FPA"), "2015-03-05", "2014-09-05"),
    Answer("G", instrument_decided_by("FPA"), "2015-03-05", ("r-FPA", "g2")),
    Answer("G", flags("FPA"), "2015-03-06", ("tacitly_renewed",)),
    Answer("G", since("FPA"), "2015-03-06", "2008-03-06"),
    Answer("G", term_end("FPA"), "2015-03-06", "2022-03-05"),
    Answer("G", notice_deadline("FPA"), "2015-03-06", "2021-09-05"),
    # The decision to leave is a statement; the notice is another act.
    Answer("G", state("FPA"), "2018-07-02", "in_force"),
    Answer("G", last_activity("EU-KM"), "2018-07-02", "2018-05-14"),
    Answer("G", expiring(184), "2018-07-02", ()),
    Answer("G", state("FPA"), "2018-07-03", "terminating"),
    Answer("G", instrument_decided_by("FPA"), "2018-07-03", ("r-FPA", "g2", "g8")),
    Answer("G", ends("FPA"), "2018-07-03", "2019-01-03"),
    Answer("G", notice_deadline("FPA"), "2018-07-03", "None"),
    Answer("G", expiring(184), "2018-07-03", ("FPA",)),
    Answer("G", stage("EU-KM"), "2018-07-03", "active"),
    Answer("G", partnership_flags("EU-KM"), "2018-07-03", ("terminating",)),
    Answer("G", state("FPA"), "2019-01-02", "terminating"),
    Answer("G", state("FPA"), "2019-01-03", "terminated"),
    Answer("G", instrument_decided_by("FPA"), "2019-01-03", ("g8",)),
    Answer("G", state("FPA"), "2022-12-31", "in_force", "2018-07-02"),
    Answer("G", term_end("FPA"), "2022-12-31", "2029-03-05", "2018-07-02"),
    Answer("G", state("PROTOCOL"), "2013-12-31", "initialled"),
    Answer("G", state("PROTOCOL"), "2016-12-31", "provisional"),
    Answer("G", state("PROTOCOL"), "2017-01-01", "expired"),
    Answer("G", instrument_decided_by("PROTOCOL"), "2017-01-01", ("g4",)),
]

# A membership ladder: Serbia, Slovenia and Estonia at CERN.
LADDER = [
    Answer("H", state("RS-ASSOCIATE"), "2012-01-10", "signed"),
    Answer("H", state("RS-ASSOCIATE"), "2012-03-15", "in_force"),
    Answer("H", state("RS-ASSOCIATE"), "2012-03-15", "signed", "2015-07-30"),
    Answer("H", state("RS-ASSOCIATE"), "2019-03-23", "in_force"),
    Answer("H", since("RS-ASSOCIATE"), "2019-03-23", "2012-03-15"),
    Answer("H", instrument_decided_by("RS-ASSOCIATE"), "2019-03-23", ("h4",)),
    Answer("H", state("RS-ASSOCIATE"), "2019-03-24", "superseded"),
    Answer("H", superseded_by("RS-ASSOCIATE"), "2019-03-24", "RS-MEMBER"),
    Answer("H", instrument_decided_by("RS-ASSOCIATE"), "2019-03-24", ("h9",)),
    Answer("H", since("RS-MEMBER"), "2025-06-30", "2019-03-24"),
    Answer("H", in_force("CERN-RS"), "2025-06-30", ("RS-COOPERATION", "RS-MEMBER")),
    Answer("H", stage("CERN-RS"), "2001-12-30", "none"),
    Answer("H", stage("CERN-RS"), "2001-12-31", "active"),
    # What makes it active now, and what it has been active since.
    Answer("H", partnership_decided_by("CERN-RS"), "2025-06-30", ("h1", "h9")),
    # The news came on Monday, two days after the membership.
    Answer("H", in_force("CERN-SI"), "2025-06-22", ("SI-COOPERATION", "SI-MEMBER")),
    Answer(
        "H", in_force("CERN-SI"), "2025-06-22", ("SI-COOPERATION", "SI-ASSOCIATE"), "2025-06-22"
    ),
    Answer("H", signed("2016"), "2025-06-30", 1),
    # Estonia was called an associate three weeks before it was one.
    Answer("H", state("EE-ASSOCIATE"), "2021-01-13", "signed"),
    Answer("H", state("EE-ASSOCIATE"), "2021-01-31", "signed"),
    Answer("H", state("EE-ASSOCIATE"), "2021-02-01", "in_force"),
    Answer("H", superseded_by("EE-ASSOCIATE"), "2024-08-30", "EE-MEMBER"),
    Answer("H", in_force("CERN-EE"), "2021-02-01", ("EE-COOPERATION", "EE-ASSOCIATE")),
    Answer("H", in_force("CERN-EE"), "2021-02-01", ("EE-ASSOCIATE",), "2021-02-01"),
]

# A text that twelve signed and that was never in force, and another in its place.
SIX = ("AU", "CA", "JP", "MX", "NZ", "SG")
ELEVEN = ("AU", "BN", "CA", "CL", "JP", "MX", "MY", "NZ", "PE", "SG", "VN")
REPLACED = [
    Answer("I", state("TPP"), "2016-02-03", "none"),
    Answer("I", state("TPP"), "2016-02-04", "signed"),
    Answer("I", missing_signers("TPP"), "2017-01-29", ()),
    # Eleven signatures are left of twelve.
    Answer("I", state("TPP"), "2017-01-30", "signed"),
    Answer("I", flags("TPP"), "2017-01-30", ("partially_signed",)),
    Answer("I", missing_signers("TPP"), "2017-01-30", ("US",)),
    Answer("I", members("PACIFIC"), "2017-01-30", ELEVEN),
    Answer("I", in_force_for("TPP"), "2018-12-29", ()),
    # Signing or consenting to the new one is not enough while it has not taken effect.
    Answer("I", state("TPP"), "2018-12-29", "signed"),
    Answer("I", state("TPP"), "2018-12-30", "superseded"),
    Answer("I", superseded_by("TPP"), "2018-12-30", "CPTPP"),
    Answer("I", not_ratified("TPP"), "2018-12-30", ()),
    Answer("I", missing_consents("CPTPP"), "2018-10-24", 3),
    Answer("I", missing_consents("CPTPP"), "2018-10-31", 0),
    Answer("I", flags("CPTPP"), "2018-12-29", ()),
    # The entry was written down later: until then it may be in force.
    Answer("I", flags("CPTPP"), "2018-12-30", ("may_be_in_force",), "2018-12-31"),
    Answer("I", state("CPTPP"), "2018-12-29", "signed"),
    Answer("I", state("CPTPP"), "2018-12-30", "in_force"),
    Answer("I", in_force_for("CPTPP"), "2018-12-30", SIX),
    Answer("I", in_force_for("CPTPP"), "2019-01-13", SIX),
    Answer("I", in_force_for("CPTPP"), "2019-01-14", (*SIX, "VN")),
    Answer("I", since("CPTPP"), "2024-12-31", "2018-12-30"),
    Answer("I", not_ratified("CPTPP"), "2019-01-14", ("BN", "CL", "MY", "PE")),
    # Sixty days after each consent: as the depositary and the Commission published.
    Answer("I", bound_since("CPTPP", "PE"), "2024-12-31", "2021-09-19"),
    Answer("I", bound_since("CPTPP", "MY"), "2024-12-31", "2022-11-29"),
    Answer("I", bound_since("CPTPP", "CL"), "2024-12-31", "2023-02-21"),
    Answer("I", bound_since("CPTPP", "BN"), "2024-12-31", "2023-07-12"),
    Answer("I", not_ratified("CPTPP"), "2023-07-12", ()),
    Answer("I", members("PACIFIC"), "2024-12-14", ELEVEN),
    Answer("I", members("PACIFIC"), "2024-12-15", (*ELEVEN, "GB")),
    Answer("I", bound_since("CPTPP", "GB"), "2024-12-15", "2024-12-15"),
]


def _name(answer: Answer) -> str:
    known = f", known at {answer.known_at}" if answer.known_at else ""
    hindsight = "" if answer.hindsight else ", without hindsight"
    return f"{answer.history}: {answer.question.words} on {answer.on}{known}{hindsight}"


@pytest.mark.parametrize("answer", PROVISIONAL + TACIT + LADDER + REPLACED, ids=_name)
def test_a_history_gives_the_answer_worked_out_by_hand(
    ledgers: dict[str, Ledger], answer: Answer
) -> None:
    view = ledgers[answer.history].view(
        on=answer.on, known_at=answer.known_at, hindsight=answer.hindsight
    )

    assert answer.question.ask(view) == answer.answer


def test_the_initials_were_taken_for_the_signature(ledgers: dict[str, Ledger]) -> None:
    found = ledgers["F"].view("2017-12-31").conflicts("f2")

    assert [(one.about, one.holds, one.alternatives[0].says) for one in found] == [
        ("FTA", "2010-10-06", "2009-10-15")
    ]


def test_had_no_notice_been_given_the_agreement_would_run_on(ledgers: dict[str, Ledger]) -> None:
    found = ledgers["G"].view("2022-12-31").without("g8").instrument("FPA")

    assert (found.state, str(found.term_end), str(found.notice_deadline), found.flags) == (
        *("in_force", "2029-03-05", "2028-09-05"),
        ("tacitly_renewed",),
    )
    assert found.decided_by == ("r-FPA", "g2")
