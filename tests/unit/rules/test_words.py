"""A new status of a noun: its place in the list of words, its row in the table, and its text."""

from collections.abc import Collection
from enum import StrEnum

import pytest

from coopledger._display.catalogue import words
from coopledger._rules import commitment, instrument_table, meeting, proposal, stage
from coopledger.terms import (
    CommitmentStatus,
    Flag,
    InstrumentState,
    MeetingStatus,
    ProposalStatus,
    Stage,
)


@pytest.mark.parametrize(
    "words_of_list",
    [Stage, InstrumentState, CommitmentStatus, ProposalStatus, MeetingStatus, Flag],
    ids=["stage", "instrument", "commitment", "proposal", "meeting", "flag"],
)
def test_every_word_has_a_rule_in_the_words_of_pages(words_of_list: type[StrEnum]) -> None:
    missing = [word for word in words_of_list if word not in words().rules[words_of_list.__name__]]

    assert missing == []


@pytest.mark.parametrize(
    ("table", "words_of_list"),
    [
        (instrument_table.TABLE, InstrumentState),
        (proposal.TABLE, ProposalStatus),
        (meeting.TABLE, MeetingStatus),
    ],
    ids=["instrument", "proposal", "meeting"],
)
def test_every_status_has_a_row_in_the_table_of_its_noun(
    table: Collection[StrEnum], words_of_list: type[StrEnum]
) -> None:
    missing = [word for word in words_of_list if word not in table]

    assert missing == []


def test_stages_are_listed_in_the_order_of_their_rules() -> None:
    assert [*(name for name, _ in stage.STAGES), Stage.NONE] == list(Stage)


def test_statuses_of_a_commitment_are_listed_in_the_order_of_their_rules() -> None:
    assert [CommitmentStatus.NONE, *(name for name, _ in commitment.RULES)] == list(
        CommitmentStatus
    )


def test_the_last_five_states_of_an_instrument_are_its_ends() -> None:
    assert set(list(InstrumentState)[-5:]) == instrument_table.ENDED


def test_the_first_four_statuses_of_a_proposal_after_none_are_open() -> None:
    assert set(list(ProposalStatus)[1:5]) == proposal.OPEN
