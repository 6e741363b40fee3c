"""Facts that are gathered under a common name count as they replay, in whatever order recorded."""

import pytest

from coopledger import events
from coopledger._facts.index import by_replay_key, holding_name
from tests.builders import office

LATE, EARLY = "2020-03-01", "2020-02-01"


@pytest.mark.parametrize("days", [(EARLY, LATE), (LATE, EARLY)])
def test_what_somebody_holds_replays_in_its_order(days: tuple[str, str]) -> None:
    ledger = office(
        *(
            events.ProposalMade(
                proposal=f"p{day}",
                partnership="vnfr",
                by="vn",
                text="a",
                responsible="Desk",
                when="2020-01-01",
                effective=day,
            )
            for day in days
        )
    )
    visible = ledger.view("2021-01-01")._snapshot.visible  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - facts of all

    held = visible.naming(holding_name("Desk"))
    assert held == sorted(held, key=by_replay_key)
    assert [str(fact.event.effective) for fact in held] == [EARLY, LATE]


@pytest.mark.parametrize("is_given_up_first", [True, False])
def test_a_partnership_is_given_up_until_it_is_resumed(*, is_given_up_first: bool) -> None:
    given_up = events.CooperationGivenUp(partnership="vnfr", when="2020-01-01", effective=LATE)
    resumed = events.CooperationResumed(partnership="vnfr", when="2020-01-01", effective=EARLY)
    acts = (given_up, resumed) if is_given_up_first else (resumed, given_up)
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="mou", when="2019-01-01"),
        *acts,
    )

    assert ledger.view("2020-02-15").instrument("mou").conduct != "given_up"
    assert ledger.view("2020-03-15").instrument("mou").conduct == "given_up"
