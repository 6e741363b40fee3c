"""Status of a commitment: the first rule that matches, and its evidence."""

from collections.abc import Callable

import pytest

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.builders import office
from tests.unit.rules.commitments import (
    commitment,
    commitment_on,
    fulfilment,
    statuses,
)
from tests.unit.rules.instruments import registration, signature

DAY = "2020-06-15"


def released(when: str, *by: str) -> Event:
    return events.CommitmentReleased(commitment="c", by=by or "fr", when=when)


def cancelled(when: str) -> Event:
    return events.CommitmentCancelled(commitment="c", by="vn", when=when)


def met(when: str, condition: str = "money") -> Event:
    return events.ConditionMet(commitment="c", condition=condition, when=when)


def failed(when: str, condition: str = "money") -> Event:
    return events.ConditionFailed(commitment="c", condition=condition, when=when)


def rescheduled(when: str, due: str) -> Event:
    return events.CommitmentRescheduled(commitment="c", due=due, when=when)


def put(when: str = "2020-01-01") -> Event:
    return events.ProposalMade(proposal="p", partnership="vnfr", by="vn", text="help", when=when)


def planned(planned: str | None) -> Event:
    return events.MeetingScheduled(
        meeting="m", kind="talks", partnership="vnfr", planned=planned, when="2019-09-16"
    )


def held(when: str) -> Event:
    return events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when=when)


# --- the first rule that matches

MOU = [registration(), signature("2019-01-01", until="2020-05-31")]

# Ledgers in which a rule and all rules after it would match; each names the one that wins.
FIRST_MATCH: list[tuple[str, list[Event]]] = [
    (
        "fulfilled",  # rather than expired, conditional, overdue, standing
        [
            *MOU,
            commitment(conditions=["money"], due="2020-02", standing=True, under="x"),
            fulfilment("2020-03-01"),
        ],
    ),
    (
        "released",
        [
            *MOU,
            commitment(conditions=["money"], due="2020-02", standing=True, under="x"),
            released("2020-03-01"),
        ],
    ),
    (
        "cancelled",
        [
            *MOU,
            commitment(conditions=["money"], due="2020-02", standing=True, under="x"),
            cancelled("2020-03-01"),
        ],
    ),
    (
        "expired",  # with its instrument
        [*MOU, commitment(conditions=["money"], due="2020-02", standing=True, under="x")],
    ),
    (
        "expired",  # by a condition that failed, another being open
        [
            commitment(conditions=["money", "visa"], due="2020-02", standing=True),
            failed("2020-03-01"),
        ],
    ),
    ("conditional", [put(), commitment(conditions=["money"], depends_on="p", standing=True)]),
    ("conditional", [commitment(conditions=["money"], due="2020-02", standing=True)]),
    ("blocked", [put(), commitment(depends_on="p", standing=True)]),
    ("blocked", [planned("2020-12"), commitment(due_meeting="m", standing=True)]),
    ("overdue", [commitment(due="2020-02", standing=True)]),
    ("due_soon", [commitment(due="2020-07-15", standing=True)]),
    ("standing", [commitment(standing=True)]),
    ("standing", [commitment(due="2021", standing=True)]),
    ("pending", [commitment(due="2021")]),
    ("pending", [commitment()]),
]


@pytest.mark.parametrize(
    ("status", "acts"),
    FIRST_MATCH,
    ids=[f"{number}-{status}" for number, (status, _) in enumerate(FIRST_MATCH)],
)
def test_the_first_rule_that_matches_gives_the_status(status: str, acts: list[Event]) -> None:
    ledger = office(*acts)

    assert statuses(ledger, DAY) == [status]
    is_open = status not in {"fulfilled", "released", "cancelled", "expired"}
    assert [item.id for item in ledger.view(DAY).commitments()] == (["c"] if is_open else [])
    assert [item.id for item in ledger.view(DAY).commitments(status=status)] == ["c"]


def test_a_commitment_is_none_before_it_is_made() -> None:
    ledger = office(commitment("2020-01-01"))

    assert statuses(ledger, "2019-12-31", "2020-01-01") == ["none", "pending"]
    assert ledger.view("2019-12-31").commitments(open=None) == ()


# --- due dates


@pytest.mark.parametrize(
    ("due", "last", "next_day"),
    [
        ("2022", "2022-12-31", "2023-01-01"),
        ("2022-02", "2022-02-28", "2022-03-01"),
        ("2022-08-16", "2022-08-16", "2022-08-17"),
        ("2022~", "2022-12-31", "2023-01-01"),
        ("2022-23", "2022-11-30", "2022-12-01"),
        ("2022-24", "2023-02-28", "2023-03-01"),
        ("2020/2022-03-31", "2022-03-31", "2022-04-01"),
        ("../2022-03-31", "2022-03-31", "2022-04-01"),
        ("[2022-01..2022-03]", "2022-03-31", "2022-04-01"),
    ],
)
def test_a_fuzzy_due_date_bites_only_after_its_latest_day(
    due: str, last: str, next_day: str
) -> None:
    ledger = office(commitment(due=due))

    assert statuses(ledger, last, next_day) == ["due_soon", "overdue"]
    assert commitment_on(ledger, next_day).days_overdue == 1
    assert str(commitment_on(ledger, next_day).since) == next_day


def test_a_commitment_is_due_soon_within_thirty_days_both_included() -> None:
    ledger = office(commitment(due="2020-06-30"))

    assert statuses(ledger, "2020-05-30", "2020-05-31", "2020-06-30", "2020-07-01") == [
        "pending",
        "due_soon",
        "due_soon",
        "overdue",
    ]


@pytest.mark.parametrize(
    "event",
    [commitment(due_text="upcoming"), commitment(), commitment(due="2020/..")],
)
def test_what_has_no_last_day_is_never_overdue(event: Event) -> None:
    ledger = office(event)

    assert statuses(ledger, "2029-12-31") == ["pending"]


@pytest.mark.parametrize("event", [commitment(due_text="upcoming"), commitment()])
def test_what_is_pending_without_a_due_date_is_undated(event: Event) -> None:
    assert commitment_on(office(event), DAY).flags == ("undated",)


def test_a_commitment_put_off_is_due_on_the_new_date() -> None:
    ledger = office(commitment(due="2020-02"), rescheduled("2020-04-01", "2020-12-31"))

    assert statuses(ledger, "2020-03-31", "2020-04-01", "2021-01-01") == [
        "overdue",
        "pending",
        "overdue",
    ]
    assert str(commitment_on(ledger, DAY).due) == "2020-12-31"


@pytest.mark.parametrize(
    ("when", "late", "late_rescheduled"),
    [
        ("2020-02-29", 0, 0),
        ("2020-03-01", 1, 0),
        ("2020-06-30", 122, 0),
        ("2020-07-02", 124, 2),
        ("2020-07", 123, 1),
    ],
)
def test_lateness_counts_from_the_first_due_date_and_from_the_last(
    when: str, late: int, late_rescheduled: int
) -> None:
    ledger = office(
        commitment(due="2020-02"),
        rescheduled("2020-02-10", "2020-05-31"),
        rescheduled("2020-02-20", "2020-06-30"),
        fulfilment(when),
    )
    answer = commitment_on(ledger, "2021-01-01")

    assert (answer.late_by, answer.late_by_rescheduled) == (late, late_rescheduled)
    assert [item.id for item in ledger.view("2021-01-01").commitments(late=True)] == (
        ["c"] if late else []
    )


def test_lateness_is_unknown_where_nothing_was_due() -> None:
    answer = commitment_on(
        office(commitment(due_text="soon"), fulfilment("2025-01-01")), "2026-01-01"
    )

    assert (answer.late_by, answer.late_by_rescheduled) == (None, None)


def test_a_date_set_later_for_what_had_none_is_the_first_due_date() -> None:
    ledger = office(
        commitment(due_text="soon"),
        rescheduled("2020-02-01", "2020-03-31"),
        fulfilment("2020-04-10"),
    )

    assert commitment_on(ledger, "2021-01-01").late_by == 10


def test_the_agenda_tells_the_most_urgent_first() -> None:
    ledger = office(
        commitment(name="later", due="2020-07-01"),
        commitment(name="oldest", due="2020-02"),
        commitment(name="undated"),
        commitment(name="far", due="2021"),
        commitment(name="overdue", due="2020-05-31"),
    )

    agenda = ledger.view(DAY).agenda(within_days=16)
    assert [item.id for item in agenda] == ["oldest", "overdue", "later"]
    assert [item.id for item in ledger.view(DAY).agenda(within_days=15)] == ["oldest", "overdue"]


# --- who may let off


def test_one_of_several_creditors_releases_for_itself_only() -> None:
    ledger = office(
        commitment(creditors=["fr", "cu"]),
        released("2020-03-01", "fr"),
        released("2020-05-01", "cu"),
    )

    assert statuses(ledger, "2020-04-30", "2020-05-01") == ["pending", "released"]
    assert str(commitment_on(ledger, DAY).since) == "2020-05-01"


def test_the_release_of_a_creditor_holds_for_whoever_takes_over_from_it() -> None:
    ledger = office(
        commitment(creditors=["fr", "cu"]),
        released("2020-03-01", "fr"),
        events.PartySucceeded(party="fr", by="unesco", when="2020-04-01"),
        released("2020-05-01", "cu"),
    )

    assert statuses(ledger, "2020-04-30", "2020-05-01") == ["pending", "released"]


def test_any_debtor_may_cancel() -> None:
    ledger = office(commitment(debtors=["most", "vn"]), cancelled("2020-03-01"))

    assert statuses(ledger, "2020-02-29", "2020-03-01") == ["pending", "cancelled"]


def test_late_news_of_a_failed_condition_leaves_a_cancelled_commitment_cancelled() -> None:
    ledger = office(
        commitment(conditions="money"),
        cancelled("2020-03-01"),
        events.ConditionFailed(commitment="c", condition="money", when="2020-02-01"),
    )

    assert statuses(ledger, "2020-03-01") == ["cancelled"]


@pytest.mark.parametrize(("close", "status"), [(released, "released"), (cancelled, "cancelled")])
def test_a_fuzzy_making_does_not_keep_its_parties_from_closing_it(
    close: Callable[[str], Event], status: str
) -> None:
    ledger = office(commitment("2020"), close("2020-06-30"))

    assert statuses(ledger, "2021-01-01") == [status]


# --- conditions


def test_every_condition_must_be_met() -> None:
    ledger = office(
        commitment(conditions=["money", "visa"], due="2020-02"),
        met("2020-03-01", "money"),
        met("2020-04-01", "visa"),
    )

    assert statuses(ledger, "2020-03-31", "2020-04-01") == ["conditional", "overdue"]
    assert commitment_on(ledger, "2020-03-31").conditions_open == ("visa",)


def test_another_act_may_meet_a_condition() -> None:
    ledger = office(
        commitment(conditions=["money"]),
        events.StatementMade(
            partnership="vnfr", text="the grant is there", meets="c/money", when="2020-03-01"
        ),
    )

    assert statuses(ledger, "2020-02-29", "2020-03-01") == ["conditional", "pending"]


def test_conditions_are_named_within_their_own_commitment() -> None:
    ledger = office(
        commitment(conditions=["money"]),
        commitment(name="d", conditions=["money"]),
        met("2020-03-01"),
    )

    assert statuses(ledger, DAY) == ["pending"]
    assert statuses(ledger, DAY, name="d") == ["conditional"]


def test_a_condition_that_failed_ends_the_commitment() -> None:
    ledger = office(commitment(conditions=["money"]), failed("2020-03-01"))

    assert statuses(ledger, "2020-02-29", "2020-03-01") == ["conditional", "expired"]
    assert str(commitment_on(ledger, DAY).since) == "2020-03-01"


# --- dependencies

CLOSINGS: list[Event] = [
    events.ProposalAccepted(proposal="p", by="fr", when="2020-06-01"),
    events.ProposalDeclined(proposal="p", by="fr", when="2020-06-01"),
    events.ProposalWithdrawn(proposal="p", by="vn", when="2020-06-01"),
    events.StatementMade(partnership="vnfr", text="done", realises="p", when="2020-06-01"),
]


@pytest.mark.parametrize("closing", CLOSINGS, ids=lambda event: type(event).__name__)
def test_an_open_proposal_blocks_what_depends_on_it_until_it_is_closed(closing: Event) -> None:
    ledger = office(
        put(),
        commitment(depends_on="p"),
        events.ProposalAcknowledged(proposal="p", by="fr", when="2020-02-01"),
        closing,
    )

    assert statuses(ledger, "2020-05-31", "2020-06-01") == ["blocked", "pending"]
    assert commitment_on(ledger, "2020-05-31").flags == ("dependency_open",)
    assert commitment_on(ledger, "2020-05-31").depends_on == ("p",)
    assert commitment_on(ledger, "2020-06-01").flags == ("undated",)


def test_with_a_due_date_of_its_own_the_date_rules_and_the_dependency_is_a_flag() -> None:
    """Test a real case: a target by the end of 2022 that rests on help from others."""
    ledger = office(put("2022-07-14"), commitment("2022-07-14", depends_on="p", due="2022"))

    assert statuses(ledger, "2022-07-31", "2022-12-15", "2023-01-15") == [
        "pending",
        "due_soon",
        "overdue",
    ]
    assert commitment_on(ledger, "2023-01-15").flags == ("dependency_open",)


@pytest.mark.parametrize(
    "closing",
    [
        fulfilment("2020-06-01", name="d"),
        events.CommitmentReleased(commitment="d", by="fr", when="2020-06-01"),
        events.CommitmentCancelled(commitment="d", by="vn", when="2020-06-01"),
        events.ConditionFailed(commitment="d", condition="money", when="2020-06-01"),
        events.InstrumentTerminated(instrument="x", when="2020-06-01"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_open_commitment_blocks_what_depends_on_it_until_it_is_closed(closing: Event) -> None:
    ledger = office(
        registration(),
        signature("2019-01-01"),
        commitment(name="d", conditions=["money"], under="x"),
        commitment(depends_on="d"),
        closing,
    )

    assert statuses(ledger, "2020-05-31", "2020-06-01") == ["blocked", "pending"]


def test_a_dependency_that_is_not_made_yet_does_not_block() -> None:
    ledger = office(commitment("2020-05-01", name="d"), commitment("2020-01-01", depends_on="d"))

    assert statuses(ledger, "2020-02-01", "2020-05-01") == ["pending", "blocked"]


# --- meetings


def test_a_commitment_bound_to_a_meeting_is_blocked_until_it_is_held_and_due_then() -> None:
    ledger = office(planned("2020"), commitment(due_meeting="m"), held("2020-10-05/2020-10-07"))

    assert statuses(ledger, "2020-10-06", "2020-10-07", "2020-10-08") == [
        "blocked",
        "due_soon",
        "overdue",
    ]
    assert commitment_on(ledger, "2020-10-06").flags == ()


def test_a_meeting_that_was_cancelled_flags_what_is_bound_to_it() -> None:
    ledger = office(
        planned("2020"),
        commitment(due_meeting="m"),
        events.MeetingCancelled(meeting="m", when="2020-05-01"),
    )

    assert statuses(ledger, "2020-04-30", "2020-05-01") == ["blocked", "blocked"]
    assert commitment_on(ledger, "2020-04-30").flags == ()
    assert commitment_on(ledger, "2020-05-01").flags == ("anchor_cancelled",)


def test_a_meeting_without_a_record_flags_what_is_bound_to_it() -> None:
    ledger = office(planned("2020"), commitment(due_meeting="m"))

    assert commitment_on(ledger, "2020-12-31").flags == ()
    assert commitment_on(ledger, "2021-01-01").flags == ("anchor_overdue",)
    assert statuses(ledger, "2021-06-30") == ["blocked"]


def test_what_is_bound_to_a_meeting_that_slips_slips_with_it() -> None:
    ledger = office(
        planned("2020"),
        commitment(due_meeting="m"),
        events.MeetingPostponed(meeting="m", planned="2021", when="2020-09-01"),
        held("2021-04-01"),
    )

    assert commitment_on(ledger, "2021-01-01").flags == ()
    assert statuses(ledger, "2021-03-31", "2021-04-02") == ["blocked", "overdue"]


def test_a_date_of_its_own_frees_a_commitment_from_its_meeting() -> None:
    ledger = office(
        planned("2020"), commitment(due_meeting="m"), rescheduled("2020-03-01", "2020-05-31")
    )

    assert statuses(ledger, "2020-02-29", "2020-03-01", "2020-06-01") == [
        "blocked",
        "pending",
        "overdue",
    ]
    assert commitment_on(ledger, "2021-06-01").flags == ()


def test_lateness_against_a_meeting_counts_from_its_first_plan_and_from_the_day_held() -> None:
    ledger = office(
        planned("2020-08"),
        commitment(due_meeting="m"),
        held("2020-10-05/2020-10-07"),
        fulfilment("2020-10-17"),
    )
    answer = commitment_on(ledger, "2021-01-01")

    assert (str(answer.first_due), answer.late_by, answer.late_by_rescheduled) == (
        "2020-08",
        47,
        10,
    )


# --- instruments

ENDS: dict[str, list[Event]] = {
    "expired": [registration(), signature("2019-01-01", until="2020-05-31")],
    "terminated": [
        registration(),
        signature("2019-01-01"),
        events.InstrumentTerminated(instrument="x", when="2020-06-01"),
    ],
    "completed": [
        registration("project"),
        signature("2019-01-01"),
        events.InstrumentCompleted(instrument="x", when="2020-06-01"),
    ],
    "abandoned": [
        registration(),
        events.NegotiationOpened(instrument="x", when="2019-01-01"),
        events.NegotiationBrokenOff(instrument="x", when="2020-06-01"),
    ],
    "superseded": [
        registration(),
        registration(name="y", supersedes="x"),
        signature("2019-01-01"),
        signature("2020-06-01", name="y"),
    ],
}


@pytest.mark.parametrize("ending", ENDS)
def test_a_commitment_ends_with_its_instrument_unless_it_survives(ending: str) -> None:
    ledger = office(
        *ENDS[ending],
        commitment(under="x"),
        commitment(name="d", under="x", survives=True),
    )

    assert statuses(ledger, "2020-05-31", "2020-06-01") == ["pending", "expired"]
    assert str(commitment_on(ledger, DAY).since) == "2020-06-01"
    assert statuses(ledger, DAY, name="d") == ["pending"]


@pytest.mark.parametrize(
    "middle",
    [
        events.InstrumentSuspended(instrument="x", when="2020-06-01"),
        events.TerminationNotified(instrument="x", by="fr", ends="2025", when="2020-06-01"),
    ],
    ids=["suspended", "terminating"],
)
def test_what_has_not_ended_ends_no_commitment(middle: Event) -> None:
    ledger = office(registration(), signature("2019-01-01"), commitment(under="x"), middle)

    assert statuses(ledger, DAY) == ["pending"]


def test_a_commitment_lives_again_when_its_instrument_is_prolonged_backwards() -> None:
    ledger = office(
        registration(),
        signature("2019-01-01", until="2020-05-31"),
        commitment(under="x"),
    )
    assert statuses(ledger, "2020-06-01") == ["expired"]

    ledger.record(
        events.InstrumentExtended(
            instrument="x", until="2025", when="2020-08-01", effective="2020-06-01"
        )
    )

    assert statuses(ledger, "2020-06-01") == ["pending"]


# --- parties


def test_delegation_gives_it_another_debtor_and_assignment_another_creditor() -> None:
    ledger = office(
        commitment(),
        events.CommitmentDelegated(commitment="c", to="most", when="2020-02-01"),
        events.CommitmentAssigned(commitment="c", to=["cu", "unesco"], when="2020-03-01"),
    )

    assert commitment_on(ledger, "2020-01-31").debtors == ("vn",)
    assert commitment_on(ledger, "2020-02-01").debtors == ("most",)
    assert commitment_on(ledger, "2020-02-29").creditors == ("fr",)
    assert commitment_on(ledger, "2020-03-01").creditors == ("cu", "unesco")
    assert [item.id for item in ledger.view(DAY).commitments(debtor="most", creditor="cu")] == ["c"]
    assert ledger.view(DAY).commitments(debtor="vn") == ()


def test_one_of_several_debtors_passes_on_its_own_part() -> None:
    ledger = office(
        commitment(debtors=["vn", "cu"]),
        events.CommitmentDelegated(commitment="c", by="cu", to="unesco", when="2020-02-01"),
    )

    assert commitment_on(ledger, DAY).debtors == ("vn", "unesco")


def test_one_of_several_debtors_passes_on_its_own_part_of_a_fuzzy_promise() -> None:
    ledger = office(
        commitment("2020", debtors=["vn", "cu"]),
        events.CommitmentDelegated(commitment="c", by="cu", to="unesco", when="2020-06-30"),
    )

    assert commitment_on(ledger, "2021-01-01").debtors == ("vn", "unesco")


def test_the_new_creditor_releases_not_the_old_one() -> None:
    ledger = office(
        commitment(), events.CommitmentAssigned(commitment="c", to="cu", when="2020-02-01")
    )

    with pytest.raises(RefusedError, match=r"^E607"):
        ledger.record(released("2020-03-01", "fr"))
    ledger.record(released("2020-03-01", "cu"))

    assert statuses(ledger, DAY) == ["released"]


def test_open_commitments_pass_on_to_the_successor_and_history_keeps_the_old_name() -> None:
    ledger = office(
        commitment(name="open", debtors="most"),
        commitment(name="closed", debtors="most"),
        fulfilment("2020-02-01", name="closed"),
        events.PartySucceeded(party="most", by=["unesco", "cu"], when="2020-03-01"),
    )

    assert commitment_on(ledger, "2020-02-29", "open").debtors == ("most",)
    assert commitment_on(ledger, "2020-03-01", "open").debtors == ("unesco", "cu")
    assert commitment_on(ledger, "2020-03-01", "closed").debtors == ("most",)


def test_a_promise_in_an_old_name_is_one_of_the_successor() -> None:
    ledger = office(
        events.PartySucceeded(party="most", by="unesco", when="2019-01-01"),
        events.PartySucceeded(party="unesco", by="cu", when="2019-06-01"),
        commitment("2020-01-01", debtors="most"),
    )

    assert commitment_on(ledger, DAY).debtors == ("cu",)


# --- other acts


def test_progress_is_told_and_leaves_the_status() -> None:
    ledger = office(
        commitment(due="2020-12-31"),
        events.CommitmentProgressed(commitment="c", percent=40, when="2020-03-01"),
        events.CommitmentProgressed(commitment="c", text="slow", when="2020-04-01"),
    )
    answer = commitment_on(ledger, DAY)

    assert (answer.status, answer.percent) == ("pending", 40)


def test_another_act_may_fulfil_several_commitments() -> None:
    ledger = office(
        commitment(name="c"),
        commitment(name="d"),
        events.MeetingHeld(
            id="m",
            meeting="m",
            kind="talks",
            partnership="vnfr",
            fulfils=["c", "d"],
            when="2020-03-01",
        ),
    )

    assert statuses(ledger, "2020-02-29", "2020-03-01") == ["pending", "fulfilled"]
    assert commitment_on(ledger, DAY, "d").decided_by == ("m",)


@pytest.mark.parametrize("close", [released, cancelled], ids=["released", "cancelled"])
def test_what_was_let_off_and_kept_all_the_same_is_fulfilled(
    close: Callable[[str], Event],
) -> None:
    """It can only be recorded in this order: the earlier act came to light later."""
    ledger = office(commitment(), fulfilment("2020-06-01"))

    ledger.record(close("2020-03-01"))

    assert statuses(ledger, "2020-06-01") == ["fulfilled"]


def test_what_ended_with_its_instrument_is_closed() -> None:
    ledger = office(
        registration(),
        signature("2019-01-01", until="2020-05-31"),
        commitment(under="x"),
    )

    with pytest.raises(RefusedError, match=r"^E605"):
        ledger.record(events.CommitmentProgressed(commitment="c", when="2020-06-01"))


def test_an_answer_names_the_events_behind_the_status_and_the_due_date() -> None:
    ledger = office(
        commitment(due="2020-02"),
        events.CommitmentRescheduled(
            id="later", commitment="c", due="2020-05-31", when="2020-02-10"
        ),
        fulfilment("2020-06-20"),
    )

    assert commitment_on(ledger, "2020-02-01").decided_by == ("made-c",)
    assert commitment_on(ledger, "2020-06-15").decided_by == ("later",)
    assert commitment_on(ledger, "2020-06-20").decided_by == ("later", "kept-c")
