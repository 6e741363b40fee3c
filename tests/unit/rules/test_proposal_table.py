"""Every act on a proposal in every status: the rules, written down once more."""

# ruff: noqa: E501 - the rows of the table are read side by side

import attrs
import pytest

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.terms import ProposalFirmness
from tests.builders import office

DAY_BEFORE, DAY = "2020-05-31", "2020-06-01"

# A wish and a proposal open it, an answer moves it on, what is closed stays closed, and an
# accepted one may still be realised. An acknowledgement or a second counter is no step back.
TABLE = """
| from \\ act          | wish | make | acknowledge         | counter   | agree               | accept   | decline  | withdraw  | realise  |
| none                | open | open | under_consideration | countered | agreed_in_principle | accepted | declined | withdrawn | E102     |
| wished              | =    | =    | under_consideration | countered | agreed_in_principle | accepted | declined | withdrawn | realised |
| open                | =    | E402 | under_consideration | countered | agreed_in_principle | accepted | declined | withdrawn | realised |
| under_consideration | =    | E402 | =                   | countered | agreed_in_principle | accepted | declined | withdrawn | realised |
| countered           | =    | E402 | =                   | =         | agreed_in_principle | accepted | declined | withdrawn | realised |
| agreed_in_principle | =    | E402 | =                   | countered | =                   | accepted | declined | withdrawn | realised |
| accepted            | E404 | E402 | E404                | E404      | E404                | E404     | E404     | E404      | realised |
| declined            | E404 | E402 | E404                | E404      | E404                | E404     | E404     | E404      | E404     |
| withdrawn           | E404 | E402 | E404                | E404      | E404                | E404     | E404     | E404      | E404     |
| realised            | E404 | E402 | E404                | E404      | E404                | E404     | E404     | E404      | =        |
"""
_head, *_rows = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.strip().splitlines()
]
CELLS = {
    (state, act): cell
    for state, *cells in _rows
    for act, cell in zip(_head[1:], cells, strict=True)
}


def act(name: str, when: str) -> Event:
    """Return the act on the proposal `p`; an answer names the partnership."""
    acts: dict[str, Event] = {
        "wish": events.InterestExpressed(
            id=name, proposal="p", partnership="vnfr", by="vn", when=when
        ),
        "make": events.ProposalMade(
            id=name, proposal="p", partnership="vnfr", by="vn", text="a", when=when
        ),
        "acknowledge": events.ProposalAcknowledged(
            id=name, proposal="p", partnership="vnfr", by="fr", when=when
        ),
        "counter": events.ProposalCountered(
            id=name, proposal="p", partnership="vnfr", by="fr", when=when
        ),
        "agree": events.ProposalAgreedInPrinciple(
            id=name, proposal="p", partnership="vnfr", by=["fr", "vn"], when=when
        ),
        "accept": events.ProposalAccepted(
            id=name, proposal="p", partnership="vnfr", by="fr", when=when
        ),
        "decline": events.ProposalDeclined(
            id=name, proposal="p", partnership="vnfr", by="fr", when=when
        ),
        "withdraw": events.ProposalWithdrawn(
            id=name, proposal="p", partnership="vnfr", by="vn", when=when
        ),
        "realise": events.StatementMade(
            id=name, partnership="vnfr", text="done", realises="p", when=when
        ),
    }
    return acts[name]


ROADS = {
    "none": [],
    "wished": ["wish"],
    "open": ["make"],
    "under_consideration": ["make", "acknowledge"],
    "countered": ["make", "counter"],
    "agreed_in_principle": ["make", "agree"],
    "accepted": ["make", "accept"],
    "declined": ["make", "decline"],
    "withdrawn": ["make", "withdraw"],
    "realised": ["make", "realise"],
}


@pytest.mark.parametrize(("state", "name"), CELLS)
def test_an_act_leads_a_proposal_where_the_table_says(state: str, name: str) -> None:
    road = [act(step, f"2020-0{month}-01") for month, step in enumerate(ROADS[state], 1)]
    ledger = office(*road)
    status = "open" if state == "wished" else state
    cell = CELLS[state, name]
    new = attrs.evolve(act(name, DAY), id="new")

    if cell.startswith("E"):
        with pytest.raises(RefusedError) as refused:
            ledger.record(new)
        assert [finding.code for finding in refused.value.findings] == [cell]
        return
    receipt = ledger.record(new)
    before, after = ledger.view(DAY_BEFORE).proposal("p"), ledger.view(DAY).proposal("p")

    assert before.status == status
    assert after.status == (status if cell == "=" else cell)
    assert after.since == (before.since if cell == "=" else ledger.view(DAY).on)
    answered_unrecorded = state == "none" and isinstance(new, events.ProposalAnswer)
    assert [warning.code for warning in receipt.warnings] == (
        ["W401", "W105"] if answered_unrecorded else ["W105"]
    )


# How an answer to a wish leaves it; it may be put as a proposal afterwards.
ANSWERED = [state for state, steps in ROADS.items() if len(steps) == 2 and state != "realised"]


@pytest.mark.parametrize("state", ANSWERED)
def test_a_wish_that_was_answered_may_be_put_and_keeps_its_status(state: str) -> None:
    answered = act(ROADS[state][1], "2020-02-01")
    ledger = office(act("wish", "2020-01-01"), answered)
    cell = "E404" if state in {"accepted", "declined", "withdrawn"} else "="

    if cell == "E404":
        with pytest.raises(RefusedError) as refused:
            ledger.record(act("make", DAY))
        assert [finding.code for finding in refused.value.findings] == [cell]
        return
    ledger.record(act("make", DAY))

    assert ledger.view(DAY).proposal("p").status == state
    assert str(ledger.view(DAY).proposal("p").since) == "2020-02-01"


def test_the_table_has_every_status_and_every_act() -> None:
    assert len(CELLS) == 10 * 9


@pytest.mark.parametrize("counter", ["p", "q"])
def test_a_counter_proposal_counters_the_one_that_it_answers(counter: str) -> None:
    ledger = office(
        act("make", "2020-01-01"),
        events.ProposalMade(
            proposal="q",
            partnership="vnfr",
            by="fr",
            text="b",
            counter_to="p",
            when="2020-02-01",
        ),
    )

    assert ledger.view(DAY).proposal(counter).status == ("countered" if counter == "p" else "open")


def test_a_proposal_on_a_wish_raises_its_firmness() -> None:
    ledger = office(
        act("wish", "2020-01-01"),
        events.ProposalMade(
            proposal="p",
            partnership="vnfr",
            by="vn",
            text="a",
            firmness="request",
            when="2020-03-01",
        ),
    )

    assert ledger.view("2020-02-01").proposal("p").firmness == "wish"
    assert ledger.view(DAY).proposal("p").firmness == "request"
    assert str(ledger.view(DAY).proposal("p").since) == "2020-01-01"


@pytest.mark.parametrize("firmness", [ProposalFirmness.WISH, ProposalFirmness.REQUEST])
def test_of_two_proposals_that_are_one_the_one_put_first_stands(firmness: ProposalFirmness) -> None:
    ledger = office(
        events.ProposalMade(
            id="b",
            proposal="p",
            partnership="vnfr",
            by="vn",
            text="b",
            due="2021",
            firmness=firmness,
            when="2020-03-01",
        ),
        events.ProposalMade(
            id="a", proposal="q", partnership="vnfr", by="vn", text="a", when="2020-01-01"
        ),
        events.SameAs(duplicate="q", same_as="p"),
    )
    answer = ledger.view(DAY).proposal("p")

    assert (answer.firmness, answer.text, answer.due) == ("proposal", "a", None)
    assert (str(answer.made_on), answer.unanswered_for) == ("2020-01-01", 92)
    assert answer.decided_by == ("b", "a")


def test_an_answer_to_an_unrecorded_proposal_opens_it_where_its_instrument_belongs() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="x", partnership="vncu", kind="mou"),
        events.ProposalAcknowledged(proposal="p", instrument="x", by="cu", when="2020-01-01"),
    )
    answer = ledger.view(DAY).proposal("p")

    assert (answer.status, answer.partnership, answer.instrument, answer.firmness) == (
        "under_consideration",
        "vncu",
        "x",
        None,
    )
    assert ledger.view(DAY).instrument("x").state == "contemplated"


def test_a_proposal_goes_to_the_other_parties_unless_it_is_joint() -> None:
    ledger = office(
        act("make", "2020-01-01"),
        events.ProposalMade(
            proposal="joint",
            partnership="vnfr",
            by=["vn", "fr"],
            text="a",
            when="2020-01-01",
        ),
        events.ProposalMade(
            proposal="of-a-child",
            partnership="vnfr",
            by="most",
            text="a",
            when="2020-01-01",
        ),
    )
    view = ledger.view(DAY)

    assert view.proposal("p").to == ("fr",)
    assert view.proposal("joint").to == ()
    assert view.proposal("of-a-child").to == ("fr",)


@pytest.mark.parametrize("reply", ["acknowledge", "counter", "agree"])
def test_a_proposal_waits_since_the_last_act_on_it_while_it_is_open(reply: str) -> None:
    ledger = office(act("make", "2020-01-01"), act(reply, "2020-06-01"))

    def waiting(day: str, days: int) -> bool:
        return bool(ledger.view(day).proposals(waiting_days=days))

    assert ledger.view("2020-01-01").proposal("p").unanswered_for == 0
    assert ledger.view("2020-05-31").proposal("p").unanswered_for == 151
    assert ledger.view("2020-06-01").proposal("p").unanswered_for == 0
    assert ledger.view("2027-06-01").proposal("p").unanswered_for == 2556
    assert "silent for 2556 days" in str(ledger.view("2027-06-01").proposal("p"))
    assert "nobody has acted on it for 2556" in ledger.view("2027-06-01").explain("p").sentence
    assert (waiting("2020-05-31", 151), waiting("2020-05-31", 152)) == (True, False)
    assert (waiting("2020-06-02", 2), waiting("2027-06-01", 2556)) == (False, True)


@pytest.mark.parametrize(
    ("put", "answered", "waits", "is_certain"),
    [
        ("2015-01-01", "../2021-11-29", 2557, False),
        ("../2015-01-01", "../2021-11-29", 33, False),
        ("../2015-01-01", "2021-11-29", 33, True),
    ],
)
def test_waiting_passes_over_an_act_on_a_day_not_known(
    put: str, answered: str, waits: int, *, is_certain: bool
) -> None:
    view = office(act("make", put), act("acknowledge", answered)).view("2022-01-01")
    answer = view.proposal("p")

    assert (answer.unanswered_for, answer.certain) == (waits, is_certain)
    assert bool(view.proposals(waiting_days=90)) is (waits > 90)


def test_passing_over_an_act_that_moves_nothing_leaves_the_days_uncertain() -> None:
    acts = [act("make", "2015-01-01"), act("acknowledge", "2015-02-01")]
    again = events.ProposalAcknowledged(
        proposal="p", partnership="vnfr", by="fr", when="../2021-11-29"
    )
    answer = office(*acts, again).view("2022-01-01").proposal("p")

    assert (answer.unanswered_for, answer.certain) == (2526, False)


@pytest.mark.parametrize("close", ["accept", "decline", "withdraw", "realise"])
def test_what_is_closed_waits_for_nothing(close: str) -> None:
    view = office(act("make", "2020-01-01"), act(close, "2020-06-01")).view("2020-12-31")

    assert view.proposal("p").unanswered_for is None
    assert view.proposals(waiting_days=0) == ()


def test_a_wish_waits_for_no_answer_whichever_event_put_it() -> None:
    made = events.ProposalMade(
        proposal="p", partnership="vnfr", by="vn", text="a", firmness="wish", when="2020-01-01"
    )

    for wish in (act("wish", "2020-01-01"), made):
        for replies in ([], [act("acknowledge", "2020-02-01")]):
            view = office(wish, *replies).view("2027-01-01")
            assert view.proposal("p").unanswered_for is None
            assert view.proposals(waiting_days=0) == ()
    put = office(act("wish", "2020-01-01"), act("make", "2021-01-01")).view("2021-01-31")
    assert [item.unanswered_for for item in put.proposals(waiting_days=30)] == [30]


def test_an_answer_to_what_was_never_recorded_waits_too() -> None:
    view = office(act("acknowledge", "2020-01-01")).view("2020-01-31")

    assert [item.unanswered_for for item in view.proposals(waiting_days=30)] == [30]


def test_late_news_of_an_answer_makes_a_proposal_no_older() -> None:
    text = events.InstrumentRegistered(
        instrument="old", partnership="vnfr", kind="mou", state="in_force", until="2016-06-30"
    )
    end = events.InstrumentTerminated(instrument="old", when="2016-06-30")
    put, answer = act("make", "2016-07-01"), act("acknowledge", "2015-01-01")

    for acts in ([put, answer], [answer, put]):
        ledger = office(text, end, *acts)
        assert ledger.view("2016-06-30").partnership("vnfr").stage == "ended"
        assert ledger.view("2016-07-01").partnership("vnfr").stage == "exploring"


def test_a_child_of_the_proposer_or_its_successor_may_withdraw() -> None:
    for by in ("most", "unesco"):
        ledger = office(
            act("make", "2020-01-01"),
            events.PartySucceeded(party="vn", by="unesco", when="2020-02-01"),
            events.ProposalWithdrawn(proposal="p", by=by, when="2020-03-01"),
        )
        assert ledger.view(DAY).proposal("p").status == "withdrawn"


def test_what_was_put_is_told_also_where_it_was_closed_before_its_fuzzy_date_ends() -> None:
    ledger = office(
        events.ProposalMade(
            proposal="p", partnership="vnfr", by="vn", text="a", firmness="offer", when="2020"
        ),
        events.ProposalDeclined(proposal="p", by="fr", when="2020-05-01"),
    )
    answer = ledger.view("2021-01-01").proposal("p")

    assert answer.status == "declined"
    assert (answer.by, answer.text, answer.firmness) == (("vn",), "a", "offer")


def test_what_was_agreed_is_the_text_of_a_proposal_that_nobody_recorded() -> None:
    thanks = events.ProposalAcknowledged(
        proposal="p", partnership="vnfr", by="fr", when=DAY_BEFORE, text="thanks"
    )
    agreed = events.ProposalAgreedInPrinciple(
        proposal="p", partnership="vnfr", by=["fr", "vn"], when=DAY, text="a laboratory"
    )
    ledger = office(thanks, agreed)

    assert ledger.view(DAY_BEFORE).proposal("p").text is None
    assert ledger.view(DAY).proposal("p").text == "a laboratory"
    assert office(act("make", DAY_BEFORE), agreed).view(DAY).proposal("p").text == "a"
