"""Why something has its state, in a sentence."""

import attrs
import pytest

from coopledger import events
from tests.builders import office, older_office

PUT = events.ProposalMade(
    proposal="p", partnership="vnfr", by="vn", text="exchange maps", when="2022-03-01"
)
ANNOUNCED = events.MeetingScheduled(
    meeting="m", partnership="vnfr", kind="talks", when="2022-03-01"
)
PROMISE = events.CommitmentMade(
    commitment="c",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="send the list",
    due="2022-06-30",
    when="2022-03-01",
)


def done(when: str) -> events.CommitmentFulfilled:
    return events.CommitmentFulfilled(commitment="c", when=when)


@pytest.mark.parametrize(
    ("acts", "name", "sentence"),
    [
        (
            [PUT],
            "p",
            (
                "exchange maps (p) is open since 2022-03-01: it has had no answer for 306 days; "
                "a proposal of Viet Nam."
            ),
        ),
        (
            [ANNOUNCED],
            "m",
            "talks (m) is scheduled since 2022-03-01: it was announced, and no day is set.",
        ),
        (
            [
                events.MeetingScheduled(
                    meeting="m",
                    partnership="vnfr",
                    kind="talks",
                    when="2022-03-01",
                    planned="2023-02-01",
                )
            ],
            "m",
            "talks (m) is scheduled since 2022-03-01: it was announced for 2023-02-01.",
        ),
        (
            [ANNOUNCED, events.MeetingHeld(meeting="m", when="2022-05")],
            "m",
            "talks (m) was held 2022-05: it is recorded as held.",
        ),
        (
            [PROMISE, done("2022-05-01")],
            "c",
            (
                "send the list (c) is fulfilled since 2022-05-01: it was done by its due date "
                "2022-06-30; "
                "owed by Viet Nam to France, as commitment."
            ),
        ),
        (
            [PROMISE, done("2022-07")],
            "c",
            (
                "send the list (c) is fulfilled since 2022-07-31~: it was done at least 1 day "
                "after its due date; owed by Viet Nam to France, as commitment."
            ),
        ),
    ],
)
def test_a_sentence_says_why(acts: list[events.Event], name: str, sentence: str) -> None:
    assert office(*acts).view("2023-01-01").explain(name).sentence == sentence


CONVENTION = events.InstrumentRegistered(
    instrument="t",
    partnership="vnfr",
    kind="treaty",
    title="Convention",
    parties=["vn", "fr", "cu"],
)
TEXT = [
    CONVENTION,
    events.InstrumentSigned(instrument="t", when="2020-01-01"),
    events.InstrumentEnteredIntoForce(instrument="t", when="2020-06-01"),
    attrs.evolve(PROMISE, under="t"),
]


def test_who_leaves_a_text_and_when_is_named() -> None:
    notice = events.TerminationNotified(instrument="t", by="vn", ends="2023-01-01", when="2022-01")
    explained = office(*TEXT, notice).view("2022-06-01").explain("t")

    assert "Viet Nam leaves on 2023-01-01" in explained.details


def test_a_promise_expires_since_its_debtor_left_or_its_text_ended() -> None:
    left = events.InstrumentTerminated(instrument="t", by="vn", when="2022-05-01")
    ended = events.InstrumentTerminated(instrument="t", mutual=True, when="2022-05-01")
    because = [office(*TEXT, act).view("2022-06-01").explain("c").because for act in (left, ended)]

    assert because == ["Viet Nam left Convention (t)", "Convention (t) is terminated"]


def test_who_keeps_a_text_and_where_it_is_registered_is_told() -> None:
    kept = attrs.evolve(CONVENTION, depositary="fr", identifiers={"UNTS": "54113"})
    view = office(kept).view("2022-06-01")
    text = view.instrument("t")

    assert (text.depositary, text.identifiers) == ("fr", ("UNTS 54113",))
    assert view.explain("t").details == ("depositary: France", "UNTS 54113")


def test_of_many_parties_some_are_named_and_the_others_counted() -> None:
    many = [f"p{number}" for number in range(9)]
    ledger = office(
        *(events.PartyRegistered(party=name, name=name.upper(), kind="state") for name in many),
        events.InstrumentRegistered(
            instrument="t", partnership="vnfr", kind="treaty", title="Convention", parties=many
        ),
        events.InstrumentSigned(instrument="t", when="2020-01-01"),
    )

    assert ledger.view("2021-01-01").explain("t").details == (
        "not ratified by P0, P1, P2, P3, P4, 4 others",
    )


def test_one_day_is_no_days() -> None:
    overdue = office(PROMISE).view(on="2022-07-01")

    assert "its due date 2022-06-30 ended 1 day ago" in overdue.explain("c").sentence
    assert "; 1 day overdue" in str(overdue.commitment("c"))


def test_a_due_date_in_words_is_quoted() -> None:
    owed = attrs.evolve(PROMISE, due=None, due_text="in the upcoming time")

    sentence = office(owed).view(on="2022-07-01").explain("c").sentence
    assert 'due in words: "in the upcoming time"' in sentence


WAITING = attrs.evolve(PROMISE, commitment="w", due=None, depends_on=("c", "d"))


def test_every_event_behind_a_flag_is_named() -> None:
    first, second = attrs.evolve(PROMISE, id="a"), attrs.evolve(PROMISE, commitment="d", id="b")
    waiting = office(first, second, attrs.evolve(WAITING, id="x"))

    assert waiting.view("2023-01-01").commitment("w").decided_by == ("a", "b", "x")


def test_two_things_are_open_and_one_thing_is() -> None:
    ledger = office(PROMISE, attrs.evolve(PROMISE, commitment="d"), WAITING)
    assert (
        "send the list (c), send the list (d) are still open"
        in ledger.view("2023-01-01").explain("w").sentence
    )

    ledger.record(done("2022-05-01"))
    assert "send the list (d) is still open" in ledger.view("2023-01-01").explain("w").sentence


def test_a_partnership_that_was_closed_with_a_text_in_effect_says_so() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="mou", when="2022-01-01"),
        events.PartnershipClosed(id="closed", partnership="vnfr", when="2022-03"),
        events.InstrumentTerminated(instrument="mou", when="2023-01-01"),
    )

    sentences = [
        ledger.view(day).explain("vnfr").sentence
        for day in ("2022-03-30", "2022-03-31", "2023-01-01")
    ]

    assert sentences == [
        "Viet Nam – France (vnfr) is active since 2022-01-01: MoU (mou) is in force.",
        (
            "Viet Nam – France (vnfr) is active since 2022-01-01: MoU (mou) is in force; the "
            "parties closed it on 2022-03 (event closed), which ends no text."
        ),
        "Viet Nam – France (vnfr) is ended since 2023-01-01: MoU (mou) is terminated.",
    ]


def test_a_partnership_tells_what_is_done_under_its_texts_and_what_is_not() -> None:
    ledger = office(
        events.PartnershipOpened(
            id="o", partnership="vnun", parties=["vn", "unesco"], report_every=6
        ),
        events.InstrumentRegistered(id="r", instrument="mou", partnership="vnun", kind="mou"),
        events.InstrumentSigned(id="s", instrument="mou", when="2018-01-01"),
        events.ImplementationReported(id="i", instrument="mou", when="2018-06-01"),
        events.CooperationGivenUp(id="g", instrument="mou", by="vn", when="2018-07-01"),
        events.ObstacleReported(
            id="b", obstacle="visa", subject="mou", text="no visa", when="2018-08-01"
        ),
    )
    awake, silent = (ledger.view(day).explain("vnun") for day in ("2018-12-31", "2021-01-01"))

    assert awake.details == (
        "done under its texts: under way since 2018-06-01",
        "MoU (mou) given up by Viet Nam",
        "in its way: no visa (visa)",
    )
    assert awake.decided_by == ("s", "i", "g", "b")
    assert awake.events[1] == "i: 2018-06-01 ImplementationReported mou"
    assert silent.details == (
        "done under its texts: at rest since 2020-06-01",
        *awake.details[1:],
        "last activity 2018-06-01",
        "last heard 2018-08-01",
    )
    assert {"dormant", "unheard"} < set(silent.flags)


def test_who_gave_a_text_up_is_among_the_events_behind_it() -> None:
    ledger = office(
        events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(id="s", instrument="mou", when="2018-01-01"),
        events.CooperationGivenUp(id="g", instrument="mou", when="2018-07-01"),
    )
    view = ledger.view("2018-12-31")

    assert view.instrument("mou").decided_by == ("s",)
    assert view.explain("mou").decided_by == view.explain("vnfr").decided_by == ("s", "g")
    assert view.explain("vnfr").details == (
        "done under its texts: given up since 2018-07-01",
        "MoU (mou) given up by France, Viet Nam",
    )


def test_no_control_sign_of_a_record_is_printed() -> None:
    ledger = older_office(
        events.StatementMade(partnership="vncu", text="a \x1b[31mword\x9b", when="2020-05-01")
    )

    shown = str(ledger.view("2020-06-15").explain("vncu"))

    assert "\\x1b[31mword\\x9b" in shown
    assert "\x1b" not in shown


def test_the_acts_behind_it_are_entries_of_a_timeline_with_titles() -> None:
    ledger = office()
    kept = done("2022-05-02")
    dispute = events.FactDisputed(target="made", field="due", alternative="2022-12")
    ledger.record(attrs.evolve(PROMISE, id="made"), kept, dispute)
    told = ledger.view(on="2022-12-31").explain("c")

    assert tuple(each.event for each in told.acts) == told.decided_by
    assert {told.acts.name_of(each.about) for each in told.acts} == {"send the list"}
    assert told.acts.name_of("made") == "send the list"
    assert [each.when for each in told.acts if each.type == "CommitmentMade"] == [PROMISE.when]
