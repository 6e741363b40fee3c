"""Conduct of texts and partnerships: what is told, since when, by which events, and the filters."""

import pytest

from coopledger import Ledger, events
from coopledger._rules import conduct
from coopledger.answers import _conduct
from coopledger.events import Event
from coopledger.render import board
from coopledger.terms import Conduct
from tests.builders import office
from tests.counting import Calls

TEXT = events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="agreement")
SIGNED = events.InstrumentSigned(id="s", instrument="mou", when="2015-01-01", until="2030-12-31")
IN_FORCE = events.InstrumentEnteredIntoForce(id="f", instrument="mou", when="2015-02-01")
STARTED = (TEXT, SIGNED, IN_FORCE)
DAY = "2016-06-01"


def promise(**fields: object) -> Event:
    return events.CommitmentMade(
        **{
            "id": "c",
            "commitment": "copies",
            "partnership": "vnfr",
            "debtors": "vn",
            "creditors": "fr",
            "what": "send copies",
            "under": "mou",
            "when": "2015-03-01",
            **fields,
        }  # type: ignore[arg-type]  # each of its own type
    )


def given_up(event_id: str, when: str, **fields: object) -> Event:
    about = {} if "partnership" in fields else {"instrument": "mou"}
    return events.CooperationGivenUp(id=event_id, when=when, **about, **fields)  # type: ignore[arg-type]


def told(ledger: Ledger, on: str = DAY) -> tuple[object, ...]:
    text = ledger.view(on).instrument("mou")
    return text.conduct, str(text.conduct_since), text.conduct_certain, text.conduct_by


def report(event_id: str, when: str) -> Event:
    return events.ImplementationReported(id=event_id, instrument="mou", when=when)


def test_a_text_in_effect_under_which_nothing_is_recorded_has_not_begun() -> None:
    assert told(office(*STARTED)) == ("not_begun", "2015-02-01", True, ("f",))


def test_a_text_that_is_not_in_effect_has_no_conduct() -> None:
    ledger = office(TEXT, SIGNED, report("i", "2015-03-01"))

    assert told(ledger) == (None, "None", True, ())
    assert ledger.view(DAY).partnership("vnfr").conduct is None


def test_a_text_is_under_way_since_the_first_deed_after_the_last_pause() -> None:
    ledger = office(*STARTED, report("i", "2015-03-01"), report("j", "2015-09"))

    assert told(ledger) == ("under_way", "2015-03-01", False, ("j",))
    assert told(ledger, "2017-09-29") == ("under_way", "2015-03-01", False, ("j",))
    assert told(ledger, "2017-10-01") == ("at_rest", "2017-09-30", False, ("j",))


def test_a_report_about_the_partnership_alone_is_about_no_single_text() -> None:
    ledger = office(
        *STARTED, events.ImplementationReported(id="i", partnership="vnfr", when="2015-03-01")
    )

    assert told(ledger)[0] == "not_begun"


def test_a_text_whose_commitments_are_all_kept_is_done_since_the_last_of_them() -> None:
    kept = events.CommitmentFulfilled(id="k", commitment="copies", when="2015-04-01")
    more = promise(id="d", commitment="more", when="2015-05-01")
    freed = events.CommitmentReleased(id="l", commitment="more", by="fr", when="2015-06-01")

    assert told(office(*STARTED, promise(), kept)) == ("done", "2015-04-01", True, ("k",))
    assert told(office(*STARTED, promise(), kept, more))[:2] == ("under_way", "2015-05-01")
    done = office(*STARTED, promise(), kept, more, freed)
    assert told(done) == ("done", "2015-06-01", True, ("k", "l"))


def test_a_text_is_given_up_once_each_party_has_said_so() -> None:
    first, second = given_up("a", "2015-05-01", by="most"), given_up("b", "2015-07-01", by="fr")

    some = office(*STARTED, promise(), first).view(DAY)
    assert (some.instrument("mou").conduct, some.instrument("mou").flags) == (
        *("not_begun", ("given_up_by_some",)),
    )
    assert some.instrument("mou").decided_by == ("s", "f", "a")
    assert some.commitment("copies").flags == ("given_up_by_some", "undated")
    assert some.partnership("vnfr").flags == ("given_up_by_some",)

    ledger = office(*STARTED, promise(), first, second)
    assert told(ledger) == ("given_up", "2015-07-01", True, ("a", "b"))
    assert ledger.view(DAY).instrument("mou").flags == ()
    assert ledger.view(DAY).commitment("copies").flags == ("given_up", "undated")
    assert "given up since 2015-07-01" in str(ledger.view(DAY).instrument("mou"))


def test_the_reason_of_a_text_and_the_board_tell_who_gave_it_up() -> None:
    some = office(*STARTED, given_up("a", "2015-05-01", by="most")).view(DAY)
    every = office(*STARTED, given_up("a", "2015-05-01")).view(DAY)

    assert "given up by Viet Nam" in some.explain("mou").details
    assert "given up by France, Viet Nam" in every.explain("mou").details
    assert "given up by some" in board(some, width=200)
    assert "given up by some" not in board(every, width=200)
    assert "given up" in board(every, width=200)


def test_who_goes_on_takes_back_its_own_word() -> None:
    resumed = events.CooperationResumed(id="b", instrument="mou", by="fr", when="2015-09-01")
    ledger = office(*STARTED, given_up("a", "2015-05-01"), resumed)

    assert told(ledger, "2015-08-31")[0] == "given_up"
    assert told(ledger)[:2] == ("not_begun", "2015-09-01")
    assert ledger.view(DAY).instrument("mou").flags == ("given_up_by_some",)


def test_what_is_said_of_a_partnership_is_said_of_its_texts_in_effect_then() -> None:
    newer = (
        events.InstrumentRegistered(instrument="new", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="new", when="2015-06-01"),
    )
    ledger = office(*STARTED, *newer, given_up("a", "2015-05-01", partnership="vnfr"))

    view = ledger.view(DAY)
    assert [view.instrument(each).conduct for each in ("mou", "new")] == ["given_up", "not_begun"]


def test_a_new_time_in_effect_begins_without_what_was_given_up() -> None:
    ended = events.InstrumentSigned(id="s", instrument="mou", when="2015-01-01", until="2015-12-31")
    again = events.InstrumentRenewed(instrument="mou", until="2030", when="2016-03-01")
    ledger = office(TEXT, ended, IN_FORCE, given_up("a", "2015-05-01"), again)

    assert told(ledger, "2015-06-01")[0] == "given_up"
    assert told(ledger)[:2] == ("not_begun", "2016-03-01")


def test_the_liveliest_text_tells_the_conduct_of_the_partnership() -> None:
    plan = events.InstrumentRegistered(instrument="plan", partnership="vnfr", kind="mou")
    signed = events.InstrumentSigned(id="p", instrument="plan", when="2015-01-15")
    view = office(*STARTED, plan, signed, report("i", "2015-03-01")).view(DAY)
    partnership = view.partnership("vnfr")

    assert (partnership.conduct, str(partnership.conduct_since)) == ("under_way", "2015-03-01")
    assert (partnership.conduct_certain, partnership.conduct_by) == (True, ("i",))


def test_texts_and_partnerships_are_filtered_by_conduct() -> None:
    view = office(*STARTED, given_up("a", "2015-05-01")).view(DAY)

    assert [each.id for each in view.instruments(conduct=Conduct.GIVEN_UP)] == ["mou"]
    assert [each.id for each in view.partnerships(conduct="given_up")] == ["vnfr"]
    assert view.instruments(conduct="under_way") == ()
    assert view.partnerships(conduct="done") == ()


def test_a_deed_that_was_retracted_is_none() -> None:
    ledger = office(*STARTED, report("i", "2015-03-01"))
    ledger.record(events.EventRetracted(id="x", target="i", reason="of another text"))

    assert told(ledger)[0] == "not_begun"
    assert ledger.view(DAY).without("x").instrument("mou").conduct == "under_way"


def test_words_of_giving_up_are_not_gone_through_again_for_each_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walks = Calls(monkeypatch, conduct, "given_up").of(_conduct, "given_up")
    walks.of(_conduct, "course_of")

    def walks_for(words: int) -> int:
        days = [f"2015-03-{day:02}" for day in range(1, words + 1)]
        ledger = office(*STARTED, *(given_up(day, day, by="vn") for day in days))
        return walks.during(lambda: told(ledger))

    assert walks_for(5) == walks_for(20) > 0
