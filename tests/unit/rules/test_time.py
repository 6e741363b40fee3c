"""Effect, act and record: in which order facts replay, and what was known when."""

from contextlib import suppress
from itertools import combinations, groupby, permutations

import pytest

from coopledger import Ledger, events
from coopledger._facts.index import Fact, by_replay_key
from coopledger.errors import RefusedError, UnknownIdError
from coopledger.events import Event
from tests.builders import Clock, office
from tests.unit.rules.instruments import (
    instrument_on,
    registration,
    signature,
    states,
)

# --- the order of replay


def test_facts_replay_by_effect_whatever_the_order_of_their_recording() -> None:
    acts: list[Event] = [
        events.InstrumentSigned(instrument="x", until="2014-12-31", when="2010-01-01"),
        events.InstrumentSuspended(instrument="x", when="2012-01-01"),
        events.InstrumentResumed(instrument="x", when="2012-06-01"),
        events.TerminationNotified(instrument="x", by="vn", ends="2013-12-31", when="2013-01-01"),
        events.TerminationNoticeWithdrawn(instrument="x", when="2013-06-01", effective="2013-06"),
        events.InstrumentExtended(instrument="x", until="2019-12-31", when="2014-06-01"),
    ]
    days = [f"{year}-{month}" for year in range(2009, 2021) for month in ("03-01", "09-01")]
    outcomes = set[tuple[str, ...]]()
    for order in permutations(acts):
        with suppress(RefusedError):  # A notice is not taken back before it is known.
            outcomes.add(tuple(states(office(registration(), *order), *days)))

    (only,) = outcomes
    assert [state for state, _ in groupby(only)] == [
        "none",
        "in_force",
        "suspended",
        "in_force",
        "terminating",
        "in_force",
        "expired",
    ]


def test_on_one_day_of_effect_the_earlier_act_replays_first() -> None:
    early = events.InstrumentSuspended(instrument="x", when="2015-01-01", effective="2016-01-01")
    late = events.InstrumentResumed(instrument="x", when="2015-06-01", effective="2016-01-01")

    for order in permutations([early, late]):
        ledger = office(registration(), signature("2010-01-01"), *order)
        assert states(ledger, "2015-12-31", "2016-01-01") == ["in_force", "in_force"]


DAY = "2016-01-01"
NOTICE = events.TerminationNotified(instrument="x", by="vn", ends="2017", when=DAY)
WITHDRAWN = events.TerminationNoticeWithdrawn(instrument="x", when=DAY)
# In the order in which they replay.
OF_ONE_DAY: tuple[Event, ...] = (
    events.NegotiationOpened(instrument="x", when=DAY),
    events.NegotiationConcluded(instrument="x", when=DAY),
    events.InstrumentInitialled(instrument="x", when=DAY),
    events.InstrumentSigned(instrument="x", in_force=False, when=DAY),
    events.InstrumentProvisionallyApplied(instrument="x", until="2020", when=DAY),
    events.InstrumentRatified(instrument="x", party="vn", when=DAY),
    events.InstrumentEnteredIntoForce(instrument="x", until="2018", when=DAY),
    events.InstrumentAmended(instrument="x", when=DAY),
    events.InstrumentExtended(instrument="x", years=2, when=DAY),
    events.InstrumentSuspended(instrument="x", when=DAY),
    events.InstrumentResumed(instrument="x", when=DAY),
    NOTICE,
    events.NegotiationBrokenOff(instrument="x", when=DAY),
    events.InstrumentCompleted(instrument="x", when=DAY),
    events.InstrumentTerminated(instrument="x", when=DAY),
)


@pytest.mark.parametrize("state", [None, "signed", "provisional", "in_force", "suspended"])
@pytest.mark.parametrize("pair", [*combinations(OF_ONE_DAY, 2), (NOTICE, WITHDRAWN)])
def test_acts_of_one_day_on_a_text_replay_alike_whichever_was_recorded_first(
    pair: tuple[Event, Event], state: str | None
) -> None:
    found = set[tuple[object, ...]]()
    for order in permutations(pair):
        ledger = office(registration("agreement", state=state))
        with suppress(RefusedError):  # Alone, or before the other, it may be impossible.
            for act in order:
                ledger.record(act)
            text = instrument_on(ledger, DAY)
            found.add((text.state, text.since, text.flags, text.term_end, text.ends))

    assert len(found) <= 1


def test_the_order_of_acts_of_one_day_begins_with_the_registration() -> None:
    acts = (registration(when=DAY), *OF_ONE_DAY[:12], WITHDRAWN, *OF_ONE_DAY[12:])
    facts = [Fact.of(100 - place, act) for place, act in enumerate(acts)]

    assert sorted(facts, key=by_replay_key) == facts


def test_what_is_no_act_on_a_text_keeps_the_order_of_the_log() -> None:
    said = events.StatementMade(partnership="vnfr", text="a", when=DAY)
    asked = events.ProposalMade(proposal="q", partnership="vnfr", by="vn", text="a", when=DAY)
    met = events.MeetingHeld(meeting="m", partnership="vnfr", kind="talks", when=DAY)

    for acts in permutations([said, asked, met]):
        facts = [Fact.of(place, act) for place, act in enumerate(acts, 1)]
        assert sorted(facts, key=by_replay_key) == facts


@pytest.mark.parametrize(
    ("when", "before", "counts_on"),
    [
        ("2016-03-10", "2016-03-09", "2016-03-10"),
        ("2016-03", "2016-03-30", "2016-03-31"),
        ("2016", "2016-12-30", "2016-12-31"),
        ("2016~", "2016-12-30", "2016-12-31"),
        ("2016-03-10/2016-03-12", "2016-03-11", "2016-03-12"),
        ("../2016-03-12", "2016-03-11", "2016-03-12"),
        ("2016/..", "2016-12-30", "2016-12-31"),
        ("2016-24", "2017-02-27", "2017-02-28"),
    ],
)
def test_an_act_counts_from_the_latest_day_of_its_date(
    when: str, before: str, counts_on: str
) -> None:
    ledger = office(registration(), signature(when))

    assert states(ledger, before, counts_on) == ["none", "in_force"]


def test_an_effect_of_its_own_goes_before_the_date_of_the_act() -> None:
    ledger = office(
        registration(),
        events.InstrumentSigned(instrument="x", when="2016-06-01", effective="2017-01"),
    )

    assert states(ledger, "2016-12-31", "2017-01-30", "2017-01-31") == ["none", "none", "in_force"]


# --- hindsight


def test_without_hindsight_acts_after_the_day_are_left_out_though_their_effect_reaches_back() -> (
    None
):
    ledger = office(
        registration("agreement"),
        signature("2016-06-01"),
        events.InstrumentEnteredIntoForce(
            instrument="x", when="2016-09-01", effective="2016-01-01"
        ),
    )
    day = "2016-03-01"

    assert ledger.view(day).instrument("x").state == "in_force"
    assert ledger.view(day, hindsight=False).instrument("x").state == "none"
    assert ledger.view("2016-06-01", hindsight=False).instrument("x").state == "signed"
    assert ledger.view("2016-09-01", hindsight=False).instrument("x").state == "in_force"
    assert ledger.view(day, hindsight=False).partnership("vnfr").stage == "none"


def test_without_hindsight_a_fuzzy_act_is_looked_at_by_its_latest_day() -> None:
    ledger = office(
        registration(),
        events.InstrumentSigned(instrument="x", when="2016", effective="2016-01-01"),
    )

    assert ledger.view("2016-06-01", hindsight=False).instrument("x").state == "none"
    assert ledger.view("2016-12-31", hindsight=False).instrument("x").state == "in_force"


# --- what was known


def known(ledger: Ledger, day: str, at: str) -> str:
    return str(ledger.view(day, known_at=at).instrument("x").state)


def test_what_was_recorded_later_was_not_known_then() -> None:
    clock = Clock("2016-01-10T12:00:00+00:00")
    ledger = office(registration(), clock=clock)
    clock.set("2016-03-01")
    ledger.record(signature("2016-02-01"))

    assert known(ledger, "2016-02-15", "2016-02-28") == "none"
    assert known(ledger, "2016-02-15", "2016-03-01") == "in_force"
    assert known(ledger, "2016-02-15", "2016-03-01T11:59:59.999999Z") == "none"
    assert known(ledger, "2016-02-15", "2016-03-01T12:00:00Z") == "in_force"
    assert known(ledger, "2016-02-15", "2016-03-01T19:00:00+07:00") == "in_force"


def test_a_day_known_at_means_to_its_end_in_the_zone_of_the_ledger() -> None:
    clock = Clock("2016-01-10T17:30:00+00:00")  # 00:30 on the 11th in Hanoi
    hanoi = Ledger.in_memory(timezone="Asia/Ho_Chi_Minh", clock=clock)
    utc = Ledger.in_memory(clock=clock)
    note = events.PartyRegistered(party="vn", name="Viet Nam", kind="state")
    for ledger in (hanoi, utc):
        ledger.record(note)

    assert hanoi.view(known_at="2016-01-10").position == 0
    assert hanoi.view(known_at="2016-01-11").position == 1
    assert utc.view(known_at="2016-01-10").position == 1


def test_what_nobody_knew_yet_has_the_status_none() -> None:
    clock = Clock("2016-01-10T12:00:00+00:00")
    ledger = office(clock=clock)
    clock.set("2017-01-10")
    ledger.record(registration(state="in_force"))
    view = ledger.view("2016-06-01", known_at="2016-06-01")

    assert (view.instrument("x").state, view.instrument("x").kind) == ("none", None)
    assert view.instruments() == ()


def history() -> Ledger:
    """Return a ledger with a signature of February, corrected twice, and retracted in June."""
    clock = Clock("2016-02-10T12:00:00+00:00")
    ledger = office(registration(), clock=clock)
    ledger.record(events.InstrumentSigned(id="s", instrument="x", when="2016-02-01"))
    for month, change in enumerate(("2016-01-15", "2015-12-15"), 4):
        clock.set(f"2016-{month:02}-10")
        ledger.record(
            events.EventCorrected(
                id=f"k{month}", target="s", changes={"when": change}, reason="typed wrongly"
            )
        )
    clock.set("2016-06-10")
    ledger.record(events.EventRetracted(id="r", target="s", reason="it was another text"))
    return ledger


@pytest.mark.parametrize(
    ("known_at", "since"),
    [
        ("2016-02-09", None),
        ("2016-02-10", "2016-02-01"),
        ("2016-04-09", "2016-02-01"),
        ("2016-04-10", "2016-01-15"),
        ("2016-05-10", "2015-12-15"),
        ("2016-06-10", None),
    ],
)
def test_corrections_and_retractions_count_from_their_own_record_time(
    known_at: str, since: str | None
) -> None:
    answer = history().view("2016-12-31", known_at=known_at).instrument("x")

    assert answer.state == ("in_force" if since else "none")
    assert str(answer.since) == str(since)


def test_a_correction_may_lead_an_event_to_another_thing_and_clear_a_field() -> None:
    ledger = office(
        registration(),
        registration(name="y"),
        events.InstrumentSigned(id="s", instrument="x", until="2017-12-31", when="2016-02-01"),
        events.EventCorrected(
            target="s", changes={"instrument": "y", "until": None}, reason="wrong text"
        ),
    )

    assert states(ledger, "2020-01-01") == ["none"]
    assert states(ledger, "2020-01-01", name="y") == ["in_force"]
    assert instrument_on(ledger, "2020-01-01", "y").term_end is None


def test_a_retracted_registration_frees_its_id_and_leaves_the_past_as_it_was() -> None:
    clock = Clock("2016-01-10T12:00:00+00:00")
    ledger = office(clock=clock)
    ledger.record(
        events.InstrumentRegistered(
            id="r", instrument="x", partnership="vnfr", kind="mou", state="in_force"
        )
    )
    clock.set("2017-01-10")
    ledger.record(events.EventRetracted(target="r", reason="typed twice"))

    with pytest.raises(UnknownIdError):
        instrument_on(ledger, "2017-06-01")
    assert ledger.view("2017-06-01", known_at="2016-06-01").instrument("x").state == "in_force"
    with pytest.raises(RefusedError, match=r"^E102"):
        ledger.record(signature("2016-02-01"))
    ledger.record(registration(state="signed"))
    assert instrument_on(ledger, "2017-06-01").state == "signed"


def test_a_late_record_is_tried_at_its_own_place_among_what_is_visible() -> None:
    """Test that an act of 2010 is not refused because of one in 2020."""
    ledger = office(
        registration(),
        signature("2005-01-01"),
        events.InstrumentTerminated(instrument="x", when="2020-01-01"),
    )

    ledger.record(events.InstrumentExtended(instrument="x", until="2025", when="2010-01-01"))

    assert states(ledger, "2010-06-01", "2020-01-01") == ["in_force", "terminated"]
    with pytest.raises(RefusedError, match=r"^E501"):
        ledger.record(events.InstrumentSuspended(instrument="x", when="2021-01-01"))
