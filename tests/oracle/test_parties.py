"""Several parties under one text, sentence by sentence, as the oracle answers them."""

from datetime import date
from typing import Any

import pytest

from tests.oracle.answers import Answer, answers_of
from tests.oracle.facts import Fact, visible_facts
from tests.oracle.test_sentences import act, on_text, values
from tests.oracle.test_sentences import text as bilateral

NAMES = ("a", "b", "c", "d", "e")
WORLD: list[Fact] = [
    *({"id": f"w-{name}", "type": "PartyRegistered", "party": name} for name in NAMES),
    *(
        {"id": f"w-{name}", "type": "PartyRegistered", "party": name, "parent": name[0]}
        for name in ("a-unit", "b-unit", "d-1", "d-2")
    ),
    {"id": "w-p", "type": "PartnershipOpened", "partnership": "p", "parties": ["a", "b", "c"]},
    {"id": "w-q", "type": "PartnershipOpened", "partnership": "q", "parties": ["a", "b"]},
]


def text(kind: str = "treaty", **fields: object) -> Fact:
    return bilateral(kind, **fields)


def answers(*acts: Fact, on: str) -> dict[str, Answer]:
    log = [
        {"id": f"a{position}", **fact, "position": position, "recorded_us": position}
        for position, fact in enumerate([*WORLD, *acts], 1)
    ]
    day = date.fromisoformat(on).toordinal()
    return answers_of(visible_facts(log, on=day, known_us=None, hindsight=True), "p", day)


def of_text(*acts: Fact, on: str) -> Answer:
    return answers(*acts, on=on)["t"]


def party(answer: Answer, name: str, *fields: str) -> list[Any]:
    return values(answer["participations"][name], *fields)


def entered(when: str = "2010-01-01", **fields: object) -> Fact:
    return on_text("InstrumentEnteredIntoForce", when, **fields)


def notice(name: str, ends: str, when: str = "2010-06-01", **fields: object) -> Fact:
    return on_text("TerminationNotified", when, by=[name], ends=ends, **fields)


def consent(name: str, when: str, **fields: object) -> Fact:
    return on_text("InstrumentRatified", when, party=name, **fields)


def accession(name: str, when: str, **fields: object) -> Fact:
    return on_text("InstrumentAcceded", when, party=name, **fields)


def two() -> Fact:
    return text(parties=["a", "b"])


# --- notices


def test_between_two_the_earliest_end_bites() -> None:
    acts = [two(), entered(), notice("a", "2011-02-01"), notice("b", "2011-01-01", "2010-07-01")]

    before, after = (of_text(*acts, on=day) for day in ("2010-12-31", "2011-01-15"))

    assert values(before, "state", "ends", "flags") == ["terminating", "2011-01-01", []]
    assert values(after, "state", "since") == ["terminated", "2011-01-01"]
    assert values(after, "parties", "in_force_for") == [["a", "b"], []]


def test_a_notice_that_is_taken_back_leaves_the_other() -> None:
    acts = [
        *(two(), entered(), notice("a", "2011-01-01"), notice("b", "2011-02-01", "2010-07-01")),
        on_text("TerminationNoticeWithdrawn", "2010-08-01", by=["b"]),
    ]

    answer = of_text(*acts, on="2010-12-31")

    assert values(answer, "state", "ends") == ["terminating", "2011-01-01"]
    assert party(answer, "b", "notice_on") == [None]
    assert of_text(*acts, on="2011-01-01")["state"] == "terminated"


def test_with_more_than_two_that_party_leaves() -> None:
    acts = [text(), entered(), notice("a", "2011-01-01")]

    before, after = (of_text(*acts, on=day) for day in ("2010-12-31", "2011-01-15"))

    assert values(before, "state", "ends", "flags") == ["in_force", None, ["party_leaving"]]
    assert values(after, "state", "parties", "flags") == ["in_force", ["b", "c"], []]
    assert after["in_force_for"] == ["b", "c"]
    assert party(after, "a", "notice_on", "ends", "left_on", "in_force_since") == [
        *("2010-06-01", "2011-01-01", "2011-01-01", None)
    ]


def test_it_is_terminating_only_where_fewer_than_two_would_stay() -> None:
    acts = [text(), entered(), notice("a", "2011-01-01"), notice("b", "2012-01-01")]

    assert values(of_text(*acts, on="2010-07-01"), "state", "ends") == ["terminating", "2012-01-01"]
    assert of_text(*acts, on="2011-06-01")["state"] == "terminating"
    last = of_text(*acts, on="2012-01-01")
    assert values(last, "state", "parties") == ["terminated", ["b", "c"]]


def test_two_that_leave_on_one_day_leave_together() -> None:
    acts = [text(), entered(), notice("a", "2011-01-01"), notice("b", "2011-01-01")]

    last = of_text(*acts, on="2011-01-01")

    assert values(last, "state", "parties") == ["terminated", ["c"]]


def test_an_accession_lets_two_stay_again() -> None:
    acts = [
        *(text(), entered(), notice("a", "2011-01-01"), notice("b", "2012-01-01")),
        accession("d", "2010-09-01"),
    ]

    answer = of_text(*acts, on="2010-10-01")

    assert values(answer, "state", "since", "ends") == ["in_force", "2010-09-01", None]
    assert of_text(*acts, on="2012-06-01")["in_force_for"] == ["c", "d"]


def test_a_notice_for_all_ends_it_for_all() -> None:
    acts = [text(), entered(), notice("a", "2011-01-01", for_all=True)]

    before, after = (of_text(*acts, on=day) for day in ("2010-12-31", "2011-01-01"))

    assert values(before, "state", "ends", "flags") == ["terminating", "2011-01-01", []]
    assert values(after, "state", "parties") == ["terminated", ["a", "b", "c"]]


def test_a_notice_again_replaces_that_partys_own() -> None:
    acts = [two(), entered(), notice("a", "2011-01-01"), notice("a", "2013-01-01", "2010-12-01")]

    assert values(of_text(*acts, on="2012-01-01"), "state", "ends") == ["terminating", "2013-01-01"]


def test_a_unit_gives_notice_for_the_party_above_it() -> None:
    acts = [text(), entered(), notice("a-unit", "2011-01-01")]

    assert of_text(*acts, on="2011-01-01")["parties"] == ["b", "c"]


def test_units_of_one_party_count_as_one() -> None:
    acts = [text(parties=["a", "d-1", "d-2"]), entered(), notice("a", "2011-01-01")]
    alone = [text(parties=["d", "d-1", "d-2"]), entered(), notice("d", "2011-01-01")]

    assert of_text(*acts, on="2010-07-01")["state"] == "terminating"
    assert of_text(*acts, on="2011-01-01")["state"] == "terminated"
    assert of_text(*alone, on="2011-01-01")["state"] == "in_force"


def test_that_few_have_entered_ends_nothing() -> None:
    acts = [text(), entered(parties=["a"]), notice("c", "2011-01-01")]

    assert values(of_text(*acts, on="2011-01-01"), "state", "in_force_for") == ["in_force", ["a"]]


def test_a_leaving_under_a_tacit_clause_stops_no_renewal() -> None:
    clause = {"tacit": True, "years": 1, "notice_months": 3}
    acts = [text(renewal=clause), entered(until="2010-12-31"), notice("a", "2011-01-01")]

    answer = of_text(*acts, on="2011-03-01")

    assert values(answer, "state", "term_end") == ["in_force", "2011-12-31"]
    assert of_text(*acts, on="2010-07-01")["notice_deadline"] == "2010-09-30"


def test_a_termination_by_some_makes_them_leave() -> None:
    ended = on_text("InstrumentTerminated", "2010-06-01", by=["a"])
    acts = [text(), entered(), ended]

    assert values(of_text(*acts, on="2010-06-01"), "state", "parties") == ["in_force", ["b", "c"]]
    assert of_text(text(), entered(), {**ended, "mutual": True}, on="2010-06-01")["parties"] == [
        *("a", "b", "c")
    ]
    assert of_text(two(), entered(), ended, on="2010-06-01")["state"] == "terminated"


# --- consent and entry


def test_who_accedes_is_a_party_from_then() -> None:
    acts = [text(), on_text("InstrumentSigned", "2009-01-01"), entered()]
    acts += [accession("d", "2010-05-01", how="succession")]

    assert of_text(*acts, on="2010-04-30")["parties"] == ["a", "b", "c"]
    answer = of_text(*acts, on="2010-05-01")
    assert values(answer, "state", "flags") == ["in_force", []]
    assert party(answer, "d", "consented_on", "how", "in_force_since", "signed_on") == [
        *("2010-05-01", "succession", "2010-05-01", None)
    ]


def test_an_accession_of_the_last_missing_signer_completes_the_signatures() -> None:
    acts = [text(kind="mou"), on_text("InstrumentSigned", "2010-01-01", signers=["a", "b"])]
    acts += [accession("c", "2010-05-01")]

    assert values(of_text(*acts, on="2010-04-30"), "state", "flags") == [
        *("agreed", ["partially_signed"])
    ]
    assert values(of_text(*acts, on="2010-05-01"), "state", "in_force_for") == [
        *("in_force", ["a", "b", "c"])
    ]


def test_who_left_may_come_back() -> None:
    acts = [text(), entered(), notice("a", "2011-01-01"), accession("a", "2012-01-01")]

    answer = of_text(*acts, on="2012-01-01")

    assert answer["in_force_for"] == ["a", "b", "c"]
    assert party(answer, "a", "notice_on", "left_on", "in_force_since") == [
        *(None, None, "2012-01-01")
    ]


def test_an_entry_with_parties_adds_them() -> None:
    acts = [text(), entered(parties=["a", "b"]), entered("2011-01-01", parties=["c"])]

    first, later = (of_text(*acts, on=day) for day in ("2010-12-31", "2011-01-01"))

    assert values(first, "since", "in_force_for") == ["2010-01-01", ["a", "b"]]
    assert values(later, "since", "in_force_for") == ["2010-01-01", ["a", "b", "c"]]
    assert party(later, "a", "in_force_since") == ["2010-01-01"]


def test_without_parties_it_enters_for_those_that_consented() -> None:
    acts = [text(), consent("a", "2009-01-01"), consent("b", "2009-02-01"), entered()]
    acts += [consent("c", "2011-01-01")]

    assert of_text(*acts, on="2010-06-01")["in_force_for"] == ["a", "b"]
    assert of_text(*acts, on="2010-06-01")["not_ratified"] == ["c"]
    assert party(of_text(*acts, on="2011-01-01"), "c", "in_force_since") == ["2011-01-01"]


def test_without_consents_on_record_it_enters_for_all_but_who_consents_later() -> None:
    acts = [text(), entered(), consent("c", "2011-01-01")]

    assert of_text(*acts, on="2010-06-01")["in_force_for"] == ["a", "b"]
    assert of_text(*acts, on="2011-06-01")["in_force_for"] == ["a", "b", "c"]
    assert of_text(text(), entered(), on="2010-06-01")["in_force_for"] == ["a", "b", "c"]


def test_a_party_that_a_later_entry_names_waits_for_it() -> None:
    acts = [text(), consent("a", "2009-01-01"), consent("b", "2009-01-01"), entered()]
    acts += [consent("c", "2011-01-01"), entered("2011-04-01", parties=["c"])]

    assert of_text(*acts, on="2011-03-31")["in_force_for"] == ["a", "b"]
    assert party(of_text(*acts, on="2011-04-01"), "c", "in_force_since") == ["2011-04-01"]


def test_a_consent_counts_after_the_agreed_length() -> None:
    acts = [text(enters_after={"consents": 2, "days": 30})]
    acts += [consent("a", "2009-01-01"), consent("b", "2009-01-01"), entered()]
    acts += [accession("d", "2011-01-01")]

    assert of_text(*acts, on="2011-01-30")["in_force_for"] == ["a", "b"]
    assert party(of_text(*acts, on="2011-01-31"), "d", "in_force_since") == ["2011-01-31"]


def test_between_two_it_is_in_force_for_both() -> None:
    acts = [two(), consent("a", "2009-01-01"), entered(parties=["a"])]

    assert of_text(*acts, on="2010-01-01")["in_force_for"] == ["a", "b"]


def test_applied_provisionally_it_is_in_force_for_nobody() -> None:
    acts = [text(), on_text("InstrumentProvisionallyApplied", "2010-01-01")]

    assert values(of_text(*acts, on="2010-06-01"), "state", "in_force_for") == ["provisional", []]


def test_on_signature_each_from_its_own() -> None:
    acts = [text("mou", parties=["a", "b"], open_for_signature=True)]
    acts += [on_text("InstrumentSigned", "2010-01-01", signers=["a"])]

    assert values(of_text(*acts, on="2010-01-01"), "state", "flags") == ["signed", []]
    acts += [on_text("InstrumentSigned", "2010-02-01", signers=["b"])]
    acts += [on_text("InstrumentSigned", "2010-03-01", signers=["e"])]
    answer = of_text(*acts, on="2010-03-01")
    assert values(answer, "state", "since") == ["in_force", "2010-02-01"]
    assert answer["parties"] == ["a", "b", "e"]
    assert party(answer, "e", "consented_on", "how") == ["2010-03-01", "signature"]
    assert [party(answer, name, "in_force_since")[0] for name in "abe"] == [
        *("2010-02-01", "2010-02-01", "2010-03-01")
    ]


def test_a_later_entry_begins_no_new_spell() -> None:
    acts = [two(), entered(), entered("2011-01-01", until="2015-12-31")]

    assert values(of_text(*acts, on="2011-01-01"), "since", "term_end") == [
        *("2010-01-01", "2015-12-31")
    ]


def test_consents_that_are_missing() -> None:
    acts = [text(enters_after={"consents": 2, "months": 3}), consent("a", "2009-01-31")]

    assert values(of_text(*acts, on="2009-02-01"), "missing_consents", "flags") == [1, []]
    acts += [consent("b", "2009-11-30")]
    assert of_text(*acts, on="2010-02-27")["flags"] == []
    assert values(of_text(*acts, on="2010-02-28"), "missing_consents", "flags") == [
        *(0, ["may_be_in_force"])
    ]
    acts += [entered("2010-03-01")]
    assert values(of_text(*acts, on="2010-03-01"), "missing_consents", "flags") == [None, []]


def test_who_has_not_ratified() -> None:
    signed = on_text("InstrumentSigned", "2009-01-01")

    assert of_text(text(), on="2009-06-01")["not_ratified"] == []
    assert of_text(text(), signed, on="2009-06-01")["not_ratified"] == ["a", "b", "c"]
    acts = [text(), signed, consent("a", "2009-02-01")]
    assert of_text(*acts, on="2009-06-01")["not_ratified"] == ["b", "c"]
    assert of_text(*acts, entered(), on="2010-06-01")["not_ratified"] == ["b", "c"]
    assert of_text(text(), signed, entered(), on="2010-06-01")["not_ratified"] == []
    assert of_text(text("mou"), signed, on="2009-06-01")["not_ratified"] == []
    adopted = on_text("InstrumentAdopted", "2009-01-01")
    assert values(of_text(text(), adopted, on="2009-06-01"), "state", "not_ratified") == [
        *("agreed", ["a", "b", "c"])
    ]


# --- signatures taken back


def test_a_signature_taken_back() -> None:
    back = on_text("SignatureWithdrawn", "2009-06-01", by=["a"])
    signed = on_text("InstrumentSigned", "2009-01-01")

    answer = of_text(text(), signed, back, on="2009-06-01")
    assert values(answer, "state", "since", "flags") == [
        *("signed", "2009-01-01", ["partially_signed"])
    ]
    both = of_text(two(), signed, back, on="2009-06-01")
    assert values(both, "state", "since") == ["agreed", "2009-06-01"]
    initialled = on_text("InstrumentInitialled", "2008-01-01")
    assert of_text(two(), initialled, signed, back, on="2009-06-01")["state"] == "initialled"
    bound = of_text(text(), signed, consent("a", "2009-02-01"), back, on="2009-06-01")
    assert values(bound, "state", "flags") == ["signed", []]


def test_an_open_text_is_signed_while_one_signature_is_left() -> None:
    acts = [text(open_for_signature=True)]
    acts += [on_text("InstrumentSigned", "2009-01-01", signers=["d", "e"])]
    acts += [on_text("SignatureWithdrawn", "2009-06-01", by=["d"])]

    answer = of_text(*acts, on="2009-06-01")

    assert values(answer, "state", "parties") == ["signed", ["e"]]


# --- parties of a text


def test_parties_are_those_of_the_partnership_on_the_day_of_the_first_signature() -> None:
    joined = act("PartyJoined", "2009-01-01", partnership="p", party="d")
    left = act("PartyLeft", "2011-01-01", partnership="p", party="a")
    acts = [text(), joined, left, on_text("InstrumentSigned", "2010-01-01")]

    assert answers(*acts, on="2011-06-01")["p"]["parties"] == ["b", "c", "d"]
    assert of_text(*acts, on="2011-06-01")["parties"] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("affairs", "parties"),
    [([], ["b", "c", "d"]), (["p"], ["b", "c", "d"]), (["t"], ["b", "c", "d"]), (["q"], NAMES[:3])],
)
def test_a_text_passes_with_its_partnership_or_by_its_name(
    affairs: list[str], parties: list[str]
) -> None:
    succession = act("PartySucceeded", "2011-01-01", party="a", by=["d"], affairs=affairs)

    answer = of_text(text(), entered(), succession, on="2011-01-01")

    assert answer["parties"] == answer["in_force_for"] == list(parties)


def test_what_another_succession_names_passes_with_that() -> None:
    acts = [
        *(text(), entered()),
        act("PartySucceeded", "2011-01-01", party="a", by=["d"], affairs=["p"]),
        act("PartySucceeded", "2012-01-01", party="a", by=["e"], affairs=["t"]),
    ]

    assert of_text(*acts, on="2011-06-01")["parties"] == ["a", "b", "c"]
    assert of_text(*acts, on="2012-06-01")["parties"] == ["b", "c", "e"]
    assert answers(*acts, on="2011-06-01")["p"]["parties"] == ["b", "c", "d"]


def test_a_successor_takes_what_the_party_had() -> None:
    acts = [text(), consent("a", "2009-01-01"), entered(), notice("a", "2012-01-01")]
    acts += [act("PartySucceeded", "2011-01-01", party="a", by=["d", "e"])]

    answer = of_text(*acts, on="2011-01-01")

    assert answer["parties"] == ["b", "c", "d", "e"]
    for name in ("d", "e"):
        assert party(answer, name, "consented_on", "in_force_since", "ends") == [
            *("2009-01-01", "2010-01-01", "2012-01-01")
        ]
    assert party(of_text(*acts, on="2012-01-01"), "d", "left_on") == ["2012-01-01"]


def test_who_takes_over_is_the_one_named() -> None:
    """Syria came back out of the United Arab Republic; whatever names it then means itself."""
    acts = [
        text(),
        act("PartySucceeded", "1958-02-22", party="a", by=["d"]),
        act("PartySucceeded", "1958-02-22", party="b", by=["d"]),
        act("PartySucceeded", "1961-09-28", party="d", by=["a", "b"]),
        consent("b", "1970-01-01"),
    ]

    answer = of_text(*acts, on="1970-01-01")

    assert answer["parties"] == ["a", "b", "c"]
    assert answer["not_ratified"] == ["a", "c"]
    assert of_text(*acts, on="1960-01-01")["parties"] == ["c", "d"]


def test_reservations_are_kept_until_withdrawn() -> None:
    made = on_text("ReservationMade", "2010-02-01", party="a", kind="reservation", text="not 5")
    gone = on_text("ReservationWithdrawn", "2011-02-01", party="a")

    assert party(of_text(text(), made, on="2010-03-01"), "a", "reservations") == [1]
    assert party(of_text(text(), made, gone, on="2011-03-01"), "a", "reservations") == [0]


def test_a_reservation_is_made_with_the_accession_of_the_day() -> None:
    made = on_text("ReservationMade", "2010-02-01", party="d", kind="reservation", text="not 5")

    answer = of_text(text(), made, accession("d", "2010-02-01"), on="2010-02-01")

    assert party(answer, "d", "reservations") == [1]


# --- what replaces what

NEW = {"type": "InstrumentRegistered", "instrument": "n", "partnership": "p", "kind": "treaty"}


def new(**fields: object) -> Fact:
    return {**NEW, "supersedes": ["t"], **fields}


def on_new(type_: str, when: str, **fields: object) -> Fact:
    return act(type_, when, instrument="n", **fields)


def test_a_text_is_replaced_when_nobody_stays_outside() -> None:
    acts = [text(), entered(), new(parties=["a", "b"])]
    acts += [on_new("InstrumentEnteredIntoForce", "2012-01-01")]

    answer = of_text(*acts, on="2013-01-01")
    assert answer["state"] == "in_force"
    assert [party(answer, name, "superseded_by")[0] for name in "abc"] == ["n", "n", None]
    acts += [on_new("InstrumentAcceded", "2014-01-01", party="c")]
    last = of_text(*acts, on="2014-01-01")
    assert values(last, "state", "since", "superseded_by") == ["superseded", "2014-01-01", "n"]


def test_a_text_is_replaced_when_the_last_outsider_leaves() -> None:
    acts = [text(), entered(), new(parties=["a", "b"])]
    acts += [on_new("InstrumentEnteredIntoForce", "2012-01-01"), notice("c", "2013-01-01")]

    last = of_text(*acts, on="2013-01-01")

    assert values(last, "state", "since") == ["superseded", "2013-01-01"]


def test_between_two_a_text_is_replaced_when_the_new_one_is_in_force_for_both() -> None:
    acts = [two(), entered(), new(parties=["a", "b", "c"])]
    acts += [on_new("InstrumentEnteredIntoForce", "2012-01-01", parties=["a", "c"])]

    assert of_text(*acts, on="2013-01-01")["state"] == "in_force"
    acts += [on_new("InstrumentEnteredIntoForce", "2014-01-01", parties=["b"])]
    assert values(of_text(*acts, on="2014-01-01"), "state", "since") == ["superseded", "2014-01-01"]
    other = [two(), entered(), new(parties=["a", "c"])]
    other += [on_new("InstrumentEnteredIntoForce", "2012-01-01")]
    assert of_text(*other, on="2012-01-01")["state"] == "superseded"


def test_a_text_that_never_took_effect_is_asked_of_those_that_signed() -> None:
    acts = [text(open_for_signature=True, parties=["a", "b", "c"])]
    acts += [on_text("InstrumentSigned", "2009-01-01", signers=["a", "b"])]
    acts += [new(parties=["a", "b", "c"]), on_new("InstrumentSigned", "2011-01-01")]
    acts += [on_new("InstrumentEnteredIntoForce", "2012-01-01", parties=["a", "c"])]

    assert of_text(*acts, on="2011-06-01")["state"] == "signed"
    assert of_text(*acts, on="2012-01-01")["state"] == "superseded"


# --- commitments


def promise(debtors: list[str], creditors: list[str], **fields: object) -> Fact:
    who = {"debtors": debtors, "creditors": creditors}
    made = {"commitment": "k", "partnership": "p", "what": "x", "under": "t"}
    return act("CommitmentMade", "2010-02-01", **{**made, **who, **fields})


LEFT = [text(), entered(), notice("a", "2011-01-01")]


@pytest.mark.parametrize(
    ("made", "status", "creditors"),
    [
        (promise(["a"], ["b"]), "expired", ["b"]),
        (promise(["a-unit"], ["b"]), "expired", ["b"]),
        (promise(["b"], ["a"]), "expired", ["a"]),
        (promise(["b"], ["a", "c"]), "pending", ["c"]),
        (promise(["a", "b"], ["c"]), "pending", ["c"]),
        (promise(["a", "b"], ["a", "b"]), "expired", ["b"]),
        (promise(["a"], ["b"], survives=True), "pending", ["b"]),
    ],
)
def test_a_commitment_of_a_party_that_left(made: Fact, status: str, creditors: list[str]) -> None:
    answer = answers(*LEFT, made, on="2011-01-01")["k"]

    assert values(answer, "status", "creditors") == [status, creditors]
    assert answers(*LEFT, made, on="2010-12-31")["k"]["status"] == "pending"
    if status == "expired":
        assert answer["since"] == "2011-01-01"


def test_a_new_due_date_counts_after_a_leaving_too() -> None:
    acts = [*LEFT, promise(["a"], ["b"])]
    acts += [act("CommitmentRescheduled", "2011-02-01", commitment="k", due="2020-01-01")]

    answer = answers(*acts, on="2012-06-01")["k"]

    assert values(answer, "status", "due") == ["expired", "2020-01-01"]


# --- registered twice


def same(duplicate: str, other: str) -> Fact:
    return {"type": "SameAs", "duplicate": duplicate, "same_as": other}


def test_whatever_names_the_duplicate_is_read_as_naming_the_other() -> None:
    twin = {
        **NEW,
        "instrument": "t2",
        "renewal": {"tacit": True, "years": 1},
        "parties": ["a", "e"],
    }
    acts = [
        two(),
        act("InstrumentEnteredIntoForce", "2010-01-01", instrument="t2", until="2010-12-31"),
    ]
    acts += [twin, same("t2", "t")]

    found = answers(*acts, on="2011-06-01")

    assert "t2" not in found
    assert values(found["t"], "state", "parties", "term_end") == [
        *("in_force", ["a", "b"], "2011-12-31")
    ]


def test_two_parties_that_are_one() -> None:
    acts = [text(), same("c", "b"), entered()]

    answer = of_text(*acts, on="2010-01-01")

    assert values(answer, "parties", "in_force_for") == [["a", "b"], ["a", "b"]]


def test_in_force_before_it_was_applied_it_is_in_force_for_nobody() -> None:
    acts = [
        text(state="provisional", when="2012-01-01"),
        entered(),
        entered("2013-01-01", parties=["c"]),
        notice("a", "2030-01-01", "2014-01-01", for_all=True),
    ]

    answer = of_text(*acts, on="2015-01-01")

    assert values(answer, "state", "in_force_for") == ["terminating", []]


def test_a_signature_that_is_refused_settles_nothing() -> None:
    acts = [
        text(),
        on_text("InstrumentProvisionallyApplied", "2010-01-01"),
        on_text("InstrumentTerminated", "2011-01-01"),
        on_text("InstrumentSigned", "2012-01-01"),
        act("PartyJoined", "2013-01-01", partnership="p", party="d"),
    ]

    assert of_text(*acts, on="2014-01-01")["parties"] == ["a", "b", "c", "d"]


def test_a_text_does_not_supersede_itself_once_two_are_one() -> None:
    new = {"type": "InstrumentRegistered", "partnership": "p", "kind": "treaty"}
    acts = [
        *(text(), entered()),
        {**new, "instrument": "n", "state": "in_force", "supersedes": ["m"], "when": "2012-01-01"},
        {**new, "instrument": "m", "supersedes": ["t"]},
        {"type": "SameAs", "duplicate": "m", "same_as": "n"},
    ]

    assert of_text(*acts, on="2013-01-01")["superseded_by"] == "n"


def test_what_a_draft_that_was_replaced_said_passes_to_those_who_take_over() -> None:
    new = {"type": "InstrumentRegistered", "partnership": "p", "kind": "treaty"}
    acts = [
        text(),
        {**new, "instrument": "n", "supersedes": ["t"]},
        act("InstrumentEnteredIntoForce", "2008-01-01", instrument="n"),
        on_text("ReservationMade", "2016-01-01", party="a"),
        act("PartySucceeded", "2018-01-01", party="a", by=["d"]),
    ]

    assert party(of_text(*acts, on="2020-01-01"), "d", "reservations") == [1]


def test_who_took_over_from_a_missing_signer_of_an_open_text_is_no_party() -> None:
    acts = [
        text(open_for_signature=True),
        act("PartySucceeded", "2011-01-01", party="a", by=["b", "d"]),
        on_text("InstrumentSigned", "2014-01-01", missing_signers=["a"]),
    ]

    assert of_text(*acts, on="2015-01-01")["parties"] == ["c"]


def test_an_open_text_at_whose_signature_all_are_missing_is_not_signed() -> None:
    acts = [
        text(open_for_signature=True),
        on_text("InstrumentSigned", "2014-01-01", missing_signers=["a", "b", "c"]),
    ]

    assert values(of_text(*acts, on="2015-01-01"), "state", "parties") == ["none", []]


@pytest.mark.parametrize(("heirs", "left"), [(["b"], "terminated"), (["b", "d"], "in_force")])
def test_a_unit_belongs_to_each_of_those_that_took_over_from_the_party_above_it(
    heirs: list[str], left: str
) -> None:
    acts = [
        text(parties=["a-unit", "c", *heirs]),
        entered(),
        act("PartySucceeded", "2010-03-01", party="a", by=heirs),
        notice("c", "2011-01-01"),
    ]

    assert of_text(*acts, on="2011-01-01")["state"] == left


def test_a_text_that_is_entered_on_the_day_after_its_end_was_in_force_all_the_time() -> None:
    acts = [two(), entered("2010-01-01", until="2010-12-31"), entered("2011-01-01")]

    assert values(of_text(*acts, on="2012-01-01"), "state", "since") == ["in_force", "2010-01-01"]


def test_registered_as_signed_after_an_entry_it_is_in_force_for_nobody() -> None:
    acts = [
        text("programme", state="signed", when="2014-01-01"),
        entered(until="2015-12-31"),
        notice("a", "2030-01-01", "2014-06-01", for_all=True),
    ]

    under_notice = of_text(*acts, on="2015-01-01")

    assert values(under_notice, "state", "in_force_for") == ["terminating", []]
    assert of_text(*acts[:2], on="2016-01-01")["state"] == "expired"


def test_between_two_it_is_replaced_also_where_the_new_text_has_ended_since() -> None:
    new = {"type": "InstrumentRegistered", "partnership": "p", "kind": "treaty"}
    condition = {"consents": 1, "months": 3}
    acts = [
        two(),
        {**new, "instrument": "n", "supersedes": ["t"], "enters_after": condition},
        act("InstrumentEnteredIntoForce", "2012-06-01", instrument="n", parties=["b"]),
        act("InstrumentRatified", "2013-05-09", instrument="n", party="a"),
        act("TerminationNotified", "2013-06-01", instrument="n", by=["b"], ends="2015-08-14"),
    ]

    replaced = of_text(*acts, on="2016-01-01")

    assert values(replaced, "state", "since") == ["superseded", "2013-08-09"]
