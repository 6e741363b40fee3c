"""Checks of a whole log: every code of their own, and the refusals and warnings of recording."""

from collections.abc import Sequence

import attrs
import pytest

from coopledger import events
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from docs.parts.codes import CODES
from tests.builders import Clock, build_event, office, rows

SOURCE = "minutes"
MOU = events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou")
SIGNED = events.InstrumentSigned(
    id="s", instrument="mou", until="2024-12-31", when="2020-01-01", source=SOURCE
)
PLANNED = events.MeetingScheduled(
    id="p",
    meeting="jcm11",
    kind="joint committee",
    partnership="vnfr",
    planned="2020",
    when="2019-09-16",
    source=SOURCE,
)
PROMISE = events.CommitmentMade(
    id="c",
    commitment="c1",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="a report",
    when="2019-09-16",
    source=SOURCE,
)
CLAIM = events.FigureReported(
    id="f",
    figure="documents",
    measure="documents signed",
    value=5,
    period="2019",
    partners=["Sweden", "DE"],
    when="2020-04-22",
    source=SOURCE,
)


def session(number: int, *, id: str) -> events.MeetingHeld:
    return events.MeetingHeld(
        id=id,
        meeting=f"jcm{number}",
        kind="joint committee",
        partnership="vnfr",
        series="jcm",
        number=number,
        when=f"20{number:02}",
        source=SOURCE,
    )


def reported(state: str, *, subject: str = "mou", when: str = "2021") -> events.StatusReported:
    return events.StatusReported(id="d", subject=subject, state=state, when=when, source=SOURCE)


@attrs.frozen
class Case:
    """Log, and a finding on it."""

    message: str
    given: Sequence[Event]

    @property
    def code(self) -> str:
        """Return the code, which is the first word of the message."""
        return self.message.split()[0]


CASES = [
    Case(
        "C101 's' at 10, 't' at 11: InstrumentSigned of 2020-01-01 is recorded 2 times with the "
        "same instrument: retract what was recorded twice",
        [MOU, SIGNED, attrs.evolve(SIGNED, id="t")],
    ),
    Case(
        "C101 'a' at 9, 'b' at 10: StatementMade of 2022 is recorded 2 times with the same "
        "partnership, text: retract what was recorded twice",
        [
            events.StatementMade(id=id, partnership="vnfr", text=text, when="2022", source=SOURCE)
            for id, text in (("a", "Friends for ever"), ("b", "friends  for ever"), ("c", "so"))
        ],
    ),
    Case(
        "C101 'c' at 9, 'k' at 10, 'l' at 11, 1 more: CommitmentMade of 2019-09-16 is recorded 4 "
        "times with the same partnership, debtors, creditors, what: retract what was recorded "
        "twice",
        [
            PROMISE,
            *(
                attrs.evolve(PROMISE, id=id, commitment=f"c{number}")
                for number, id in enumerate("klm", 2)
            ),
        ],
    ),
    Case(
        "C101 's' at 10, 't' at 11: InstrumentSigned of 2020-01-01 or 2020-01 is recorded 2 times "
        "with the same instrument: retract what was recorded twice",
        [MOU, SIGNED, attrs.evolve(SIGNED, id="t", when="2020-01")],
    ),
    Case(
        "C101 'f' at 9, 'g' at 10: FigureReported of 2020-04-22 is recorded 2 times with the same "
        "measure, period, value, partners: retract what was recorded twice",
        [CLAIM, attrs.evolve(CLAIM, id="g", figure="again", partners=["DE", "Sweden"])],
    ),
    Case(
        "C201 'o' at 9, 'q' at 10: partnership: 'a' and 'b' have the same parties and scope: are "
        "they one? SameAs reads them as one",
        [
            events.PartnershipOpened(
                id="o", partnership="a", parties=["vn", "fr"], scope="Research, Trade"
            ),
            events.PartnershipOpened(
                id="q", partnership="b", parties=["fr", "vn"], scope="research/trade"
            ),
            events.PartnershipOpened(
                partnership="c", parties=["fr", "vn"], scope="research/trade", parent="a"
            ),
        ],
    ),
    Case(
        "C201 'o' at 9, 'q' at 10: party: 'nafosted' and 'nfst' have the same name: are they one? "
        "SameAs reads them as one",
        [
            events.PartyRegistered(
                id="o",
                party="nafosted",
                name="Quỹ Phát triển Khoa học",
                acronyms="NAFOSTED",
                kind="agency",
                country="VN",
            ),
            events.PartyRegistered(
                id="q",
                party="nfst",
                name="QUY PHAT TRIEN KHOA HOC",
                acronyms="Nafosted",
                kind="agency",
                country="VN",
            ),
            events.PartyRegistered(
                party="other", name="Quỹ Phát triển Khoa học", kind="agency", country="LA"
            ),
        ],
    ),
    Case(
        "C201 'r' at 9, 'q' at 11: instrument: 'mou' and 'memo' have the same title and date: are "
        "they one? SameAs reads them as one",
        [
            attrs.evolve(MOU, title="Memorandum"),
            SIGNED,
            attrs.evolve(MOU, title="memorandum", id="q", instrument="memo"),
            attrs.evolve(SIGNED, id="v", instrument="memo"),
            attrs.evolve(MOU, title="memorandum", id="w", instrument="next"),
            attrs.evolve(SIGNED, id="y", instrument="next", when="2021-01-01"),
        ],
    ),
    Case(
        "C301 'p' at 9: meeting: 'jcm11' was planned for 2020, and nothing is recorded since: "
        "was it held, put off or cancelled?",
        [PLANNED],
    ),
    Case(
        "C301 'q' at 10: meeting: 'jcm11' was planned for 2021, and nothing is recorded since: "
        "was it held, put off or cancelled?",
        [
            PLANNED,
            events.MeetingPostponed(
                id="q", meeting="jcm11", planned="2021", when="2020-03-01", source=SOURCE
            ),
        ],
    ),
    Case(
        "C501 'a' at 11: implements: 'annex' is in_force under a text that has ended: 'mou' is "
        "terminated; if they end together, say so by ends_with",
        [
            MOU,
            SIGNED,
            attrs.evolve(MOU, id="a", instrument="annex", implements="mou"),
            attrs.evolve(SIGNED, id="v", instrument="annex", until="2040"),
            events.InstrumentTerminated(instrument="mou", when="2020-06-01", source=SOURCE),
            attrs.evolve(MOU, id="p", instrument="appendix", implements="mou", ends_with="mou"),
        ],
    ),
    Case(
        "C601 'p' at 11, 'q' at 12: amount: 'c1' is paid in full, 80 EUR, and still pending: is it "
        "fulfilled?",
        [
            PROMISE,
            events.CommitmentVaried(
                id="v", commitment="c1", amount="80 EUR", when="2019-10-01", source=SOURCE
            ),
            *(
                events.CommitmentProgressed(
                    id=id, commitment="c1", amount="40 EUR", when=when, source=SOURCE
                )
                for id, when in (("p", "2020-01-01"), ("q", "2020-02-01"))
            ),
        ],
    ),
    Case(
        "C601 'p' at 10: amount: 2020-06 of 'c1' is paid in full, and not fulfilled: is it?",
        [
            attrs.evolve(PROMISE, due="2020-06", amount="50 EUR", recurs={"months": 6}),
            events.CommitmentProgressed(
                id="p", commitment="c1", amount="50 EUR", when="2020-01-01", source=SOURCE
            ),
        ],
    ),
    Case(
        "C701 'd' at 11: state: 'mou' was declared signed on 2021, and by what is recorded it was "
        "in_force",
        [MOU, SIGNED, reported("Signed")],
    ),
    Case(
        "C701 'd' at 10: state: 'c1' was declared fulfilled on 2021, and by what is recorded it "
        "was pending",
        [PROMISE, reported("fulfilled", subject="c1")],
    ),
    Case(
        "C701 'd' at 9: state: 'vnfr' was declared active on 2021, and by what is recorded it was "
        "none",
        [reported("active", subject="vnfr")],
    ),
    Case(
        "W301 'a' at 9, 'b' at 10: number: 9 and 11 of 'jcm' were held, and no record says "
        "that of 10",
        [session(9, id="a"), session(11, id="b")],
    ),
    Case(
        "W301 'a' at 9, 'b' at 10: number: 5 and 9 of 'jcm' were held, and no record says "
        "that of 6 to 8",
        [session(5, id="a"), session(9, id="b")],
    ),
    Case(
        "W701 's' at 10, 'n' at 11, 'x' at 12: 'mou' is unknown since event 'x', and 2 events "
        "name it: mend what names it, or register it again",
        [
            MOU,
            SIGNED,
            events.NoteAdded(id="n", subject="mou", text="a"),
            events.EventRetracted(id="x", target="r", reason="a slip"),
        ],
    ),
    Case(
        "W701 's' at 10, 'x' at 11: 'mou' is unknown since event 'x', and 1 event names it: mend "
        "what names it, or register it again",
        [
            MOU,
            SIGNED,
            events.EventCorrected(
                id="x", target="r", changes={"instrument": "moa"}, reason="a slip"
            ),
        ],
    ),
    Case(
        "E505 'f' at 10: InstrumentEnteredIntoForce: 'mou' cannot enter into force in 2006: its "
        "first signature is 2007-03-07 (event s)",
        [
            attrs.evolve(MOU, kind="agreement"),
            events.InstrumentEnteredIntoForce(id="f", instrument="mou", when="2006", source=SOURCE),
            events.InstrumentSigned(id="s", instrument="mou", when="2007-03-07", source=SOURCE),
        ],
    ),
    Case(
        "E606 'f' at 10: CommitmentFulfilled: commitment: 'c1' cannot be fulfilled in 2019-12: it "
        "was made on 2020-09-16 (event c)",
        [
            PROMISE,
            events.CommitmentFulfilled(id="f", commitment="c1", when="2019-12", source=SOURCE),
            events.EventCorrected(
                id="x", target="c", changes={"when": "2020-09-16"}, reason="misread"
            ),
        ],
    ),
    Case(
        "W105 's' at 9: StatementMade: 'source' is missing: say what it rests on, be it only "
        "memory",
        [events.StatementMade(id="s", partnership="vnfr", text="a", when="2022")],
    ),
]


def messages_of(*given: Event, on: str | None = None) -> list[str]:
    return [str(finding) for finding in office(*given).check(on)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.message)
def test_a_check_finds(case: Case) -> None:
    assert case.message in messages_of(*case.given)


@pytest.mark.parametrize(
    "given",
    [
        [],
        [MOU, SIGNED],
        [PROMISE, attrs.evolve(PROMISE, id="k", commitment="c2", what="another report")],
        [CLAIM, attrs.evolve(CLAIM, id="g", figure="another", value=7)],
        [CLAIM, attrs.evolve(CLAIM, id="g", figure="another", partners="Sweden")],
        [session(9, id="a"), session(10, id="b"), session(11, id="c")],
        [MOU, SIGNED, reported("in force")],
        [MOU, SIGNED, reported("in-force")],
        [MOU, SIGNED, reported("everybody is happy")],
        [reported("active", subject="vn")],
        [MOU, events.EventRetracted(target="r", reason="a slip")],
        [
            events.StatementMade(id="s", partnership="vnfr", text="a", when="2022"),
            events.SourceAdded(target="s", source=SOURCE),
        ],
        [
            PLANNED,
            events.MeetingHeld(meeting="jcm11", when="2020-06-01", source=SOURCE),
        ],
        [
            events.NoteAdded(id="n", subject="vnfr", text="a"),
            events.SourceAdded(target="n", source=SOURCE),
            events.FactDisputed(target="n", field="text", alternative="b", source=SOURCE),
            events.EventCorrected(target="n", changes={"text": "b"}, reason="a"),
            events.EventRetracted(target="n", reason="a"),
        ],
    ],
)
def test_a_check_finds_nothing_where_all_is_well(given: list[Event]) -> None:
    assert messages_of(*given) == []


def test_calls_on_several_hosts_on_one_day_and_the_visit_around_them_are_not_one() -> None:
    visit = events.MeetingHeld(
        id="v", meeting="visit", partnership="vnfr", kind="visit", when="2020-02-03", source=SOURCE
    )
    calls = [
        attrs.evolve(visit, id=host, meeting=f"call-{host}", host=host, within="visit")
        for host in ("vn", "fr")
    ]
    again = attrs.evolve(calls[0], id="again", meeting="call-again")

    assert messages_of(visit, *calls) == []
    (message,) = messages_of(visit, *calls, again)
    assert message.startswith("C101 'vn' at 10, 'again' at 12: MeetingHeld of 2020-02-03")


def test_two_meetings_held_as_announced_on_one_day_are_two() -> None:
    given = [
        events.MeetingScheduled(
            meeting=meeting, kind=kind, partnership="vnfr", when="2020-01-01", source=SOURCE
        )
        for meeting, kind in (("a", "talks"), ("b", "visit"))
    ]
    held = [
        events.MeetingHeld(meeting=meeting, when="2020-02-01", source=SOURCE) for meeting in "ab"
    ]

    assert messages_of(*given, *held) == []


@pytest.mark.parametrize(
    ("dates", "repeated"),
    [
        (["2015-06", "2015-06-03"], ["ab"]),
        (["2015-06-03", "2015-06-03/2015-06-05"], ["ab"]),
        (["2015", "2015-06-03", "2015-06"], ["abc"]),
        (["../2015-06", "2015"], []),
        (["../2015-06", "2014"], ["ab"]),
        (["2015-06-03", "2015-06-04"], []),
        (["2015-05-30/2015-06-02", "2015-06"], []),
        # The month is one of the two days, and these are two acts.
        (["2015-06-20", "2015-06-03", "2015-06"], ["bc"]),
        (["2015", "2015-03-01", "2015-06-03", "2015-06"], ["ab", "cd"]),
    ],
)
def test_a_date_within_another_may_be_the_same_date(dates: list[str], repeated: list[str]) -> None:
    visits = [
        events.StatementMade(id=id, partnership="vnfr", text="a", when=when, source=SOURCE)
        for id, when in zip("abcd", dates, strict=False)
    ]

    assert ["".join(finding.events) for finding in office(*visits).check()] == repeated


def test_progress_and_rounds_that_differ_are_no_repetition() -> None:
    acts = [
        build_event(by_type, {**fields, "when": when, "source": SOURCE})
        for when, step in (("2020-06", 1), ("2020-06-03", 2))
        for by_type, fields in (
            (events.CommitmentProgressed, {"commitment": "c1", "percent": 20 * step}),
            (events.NegotiationOpened, {"instrument": "mou", "round": step}),
        )
    ]

    assert messages_of(PROMISE, MOU, *acts) == []


def test_a_meeting_is_without_a_record_only_after_its_day() -> None:
    assert messages_of(PLANNED, on="2020-12-31") == []
    assert len(messages_of(PLANNED, on="2021-01-01")) == 1


def test_a_state_declared_after_the_day_is_not_compared() -> None:
    given = [MOU, SIGNED, reported("signed", when="2021-06-01")]

    assert messages_of(*given, on="2021-05-31") == []
    assert len(messages_of(*given, on="2021-06-01")) == 1


def test_the_weightiest_comes_first_and_then_the_earliest() -> None:
    ledger = office(
        events.StatementMade(id="u", partnership="vnfr", text="a", when="2022"),
        PLANNED,
        MOU,
        SIGNED,
        attrs.evolve(SIGNED, id="t"),
        events.EventRetracted(id="x", target="w4", reason="a slip"),
        events.NoteAdded(id="n", subject="mou", text="a"),
        PROMISE,
        events.CommitmentFulfilled(id="f", commitment="c1", when="2019-12", source=SOURCE),
        events.EventCorrected(target="c", changes={"when": "2020"}, reason="misread"),
    )

    assert [(item.weight, item.code, item.positions, item.events) for item in ledger.check()] == [
        ("impossible", "E606", (17,), ("f",)),
        ("doubtful", "C101", (12, 13), ("s", "t")),
        ("incomplete", "W105", (9,), ("u",)),
        ("incomplete", "C301", (10,), ("p",)),
    ]


def test_a_check_writes_nothing_and_says_the_same_again() -> None:
    store = MemoryStore()
    ledger = office(PLANNED, MOU, SIGNED, attrs.evolve(SIGNED, id="t"), store=store)
    before = rows(store), ledger.view().partnerships()

    first, second = ledger.check(), ledger.check()

    assert first == second
    assert len(first) == 2
    assert (rows(store), ledger.view().partnerships()) == before


def test_every_code_that_only_a_check_finds_has_a_case_here() -> None:
    own = {code for code in CODES if code.startswith("C")}

    # C102 is about no events: tests/unit/stores/test_index_tampering.py has its cases.
    assert own - {"C102"} == {case.code for case in CASES if case.code.startswith("C")}


def test_an_empty_ledger_has_nothing_to_check() -> None:
    assert office().check() == ()


def test_record_times_ahead_of_the_clock_are_told_once_and_acts_are_by_the_clock() -> None:
    clock = Clock("2024-01-01")
    ledger = office(clock=clock)
    clock.set("2033-05-01")
    ledger.record(
        events.StatementMade(id="a", partnership="vnfr", text="a", when="2030", source=SOURCE)
    )
    clock.set("2024-03-01")
    ledger.record(events.NoteAdded(id="b", subject="vnfr", text="b"))

    assert list(map(str, ledger.check())) == [
        (
            "E101 'a' at 9: StatementMade: when: 2030 is after the day of recording, 2024-03-01: "
            "record it once it has happened"
        ),
        (
            "W109 'a' at 9: recorded_at: 2033-05-01T12:00:00.000000Z is ahead of the clock, which "
            "says 2024-03-01T12:00:00.000000Z: record times go on from there until the clock has "
            "passed it"
        ),
    ]
    clock.set("2033-05-02")
    assert ledger.check() == ()


def test_a_clock_behind_by_less_than_a_minute_is_told_by_the_check_alone() -> None:
    clock = Clock("2024-01-01")
    ledger = office(clock=clock)
    clock.set("2024-03-01T12:00:01Z")
    ledger.record(events.NoteAdded(id="a", subject="vnfr", text="a"))
    clock.set("2024-03-01T12:00:00Z")

    assert ledger.record(events.NoteAdded(id="b", subject="vnfr", text="b")).warnings == ()
    (finding,) = ledger.check()
    assert str(finding) == (
        "W109 'a' at 9: recorded_at: 2024-03-01T12:00:01.000000Z is ahead of the clock, which "
        "says 2024-03-01T12:00:00.000000Z: record times go on from there until the clock has "
        "passed it"
    )


def test_several_records_of_one_instant_are_not_ahead_of_the_clock() -> None:
    ledger = office(clock=Clock("2024-01-01"))

    ledger.record(*(events.NoteAdded(subject="vnfr", text="a") for _ in range(9)))

    assert ledger.check() == ()


TITLED = attrs.evolve(MOU, title="Memorandum")


@pytest.mark.parametrize(
    "given",
    [
        [
            events.PartyRegistered(party="fund", name="Fund", kind="agency", country="VN"),
            events.PartyRegistered(party="fonds", name="FUND", kind="agency", parent="most"),
        ],
        [
            TITLED,
            SIGNED,
            events.PartnershipOpened(partnership="b", parties=["vn", "fr", "cu"]),
            attrs.evolve(TITLED, id="q", instrument="memo", partnership="b", kind="agreement"),
            attrs.evolve(SIGNED, id="v", instrument="memo"),
        ],
    ],
)
def test_what_another_desk_leaves_out_or_files_elsewhere_is_found(given: list[Event]) -> None:
    assert any("C201" in message for message in messages_of(*given))


@pytest.mark.parametrize(
    "given",
    [
        [
            events.PartyRegistered(party="a", name="Fund", kind="agency", country="VN"),
            events.PartyRegistered(party="b", name="Fund", kind="agency", country="LA"),
            events.PartyRegistered(party="c", name="Fund", kind="agency"),
        ],
        [
            TITLED,
            SIGNED,
            attrs.evolve(TITLED, id="q", instrument="memo", partnership="vncu"),
            attrs.evolve(SIGNED, id="v", instrument="memo"),
        ],
    ],
)
def test_namesakes_of_other_countries_and_texts_with_others_are_not_found(
    given: list[Event],
) -> None:
    assert not any("C201" in message for message in messages_of(*given))


def test_what_is_merged_is_not_found_twice() -> None:
    given = [
        events.PartnershipOpened(partnership="a", parties=["vn", "fr"], scope="trade"),
        events.PartnershipOpened(partnership="b", parties=["vn", "fr"], scope="Trade"),
    ]

    assert any("C201" in message for message in messages_of(*given))
    assert not any(
        "C201" in message
        for message in messages_of(*given, events.SameAs(duplicate="b", same_as="a"))
    )


def test_how_far_checking_and_verifying_are_is_told() -> None:
    ledger = office(MOU, SIGNED, PROMISE)
    told: list[tuple[int, int | None]] = []

    def tell(done: int, total: int | None) -> None:
        told.append((done, total))

    assert ledger.check(progress=tell) == ledger.check()
    assert ledger.verify(progress=tell) == ledger.verify()
    middle = ledger.checkpoint()
    ledger.record(PLANNED)
    ledger.verify(middle, progress=tell)

    number = ledger.position
    assert told == [(number - 1, number - 1), (number - 1, number - 1), (1, 1)]
    with pytest.raises(ArgumentError, match="progress"):
        ledger.check(progress=3)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
