from datetime import date
from pathlib import Path

import attrs
import pytest
from openpyxl import load_workbook

from coopledger import events, sheets
from coopledger.errors import MissingExtraError
from coopledger.events import Event
from coopledger.sheets import SheetMapping, _values
from tests.unit.sheets.offices import empty_ledger, make_office, mapping_of, read_office, text

pytestmark = pytest.mark.usefixtures("folder")


Rows = list[list[object]]
Names = tuple[str, ...]
WRITE = "write it as 2022, 2022-08, 2022-08-16 or 2022-08-01/2022-08-16"
PROBLEMS = f"""\
Texts!D2 Country: 'Atlantis' is no name or code of a country
Texts!E2 Type: 'MoUx' is no word that is known: write one of treaty, agreement, protocol, mou, \
loi, statement, exchange_of_notes, minutes, action_plan, programme, project, membership, contract, \
other; did you mean 'mou'?
Texts!F2 Signed on: '31/02/2023' is not a date: there is no such day; {WRITE}
Texts!H2 Status: 'in forcee' is no word that is known: write one of contemplated, negotiating, \
agreed, initialled, signed, provisional, in_force, terminating, suspended, expired, terminated, \
superseded, completed, abandoned; did you mean 'in force'?
Texts!C3 Partner: is blank: say with whom
Texts!A4 No.: 'T1' stands at Texts!A2 too: give each row its own
Texts!A5 No.: is blank: say it
Texts!B5 Title: 'S\\x1b[2J' holds control characters; did you mean 'S[2J'?
Texts!D5 Country: 'France' is not the country of this partner elsewhere: Texts!D4 says JP
Texts!C6 Partner: 'Office of Cooperation' is our own party: say with whom
Texts!F7 Signed on: '08-09-22' is not a date: write the year in four digits, e.g. 2022-08-16
Actions!B2 Action: is blank: say it
Actions!row 3 partner: is blank: say with whom, or under which text
Actions!C3 Text: 'T9' is no key or title of a text
Actions!D3 By whom: 'nobody' is no word that is known: write one of us, partner, both
Actions!E3 Due: 'someday' is not a date: {WRITE}
Actions!row 4 partner: is blank: say with whom, or under which text
Visits!B2 Held on: is blank: say when
Visits!C2 Partner: is blank: say with whom
Visits!A3 Ref: 'T2' stands at Texts!A3 too: give each row its own"""


def _one(cls: type[Event], *, texts: Rows | None = None, promises: Rows | None = None) -> Event:
    sheet = read_office(texts or [text()], promises or [])
    assert [str(problem) for problem in sheet.problems] == []
    (event,) = [each for each in sheet.events if isinstance(each, cls)]
    return event


def test_a_text_is_registered_and_signed_and_its_partner_and_partnership_before() -> None:
    source = {"title": "office.xlsx", "locator": "Texts, T1"}

    assert read_office([text()]).events == (
        events.PartyRegistered(
            id="OC/registered",
            party="OC",
            name="Office of Cooperation",
            kind="agency",
            country="VN",
            source={"title": "office.xlsx"},
        ),
        events.PartyRegistered(
            id="IDR/registered",
            party="IDR",
            name="IDR",
            kind="other",
            country="FR",
            inferred=["kind"],
            source={"title": "office.xlsx"},
        ),
        events.PartnershipOpened(
            id="OC-IDR/opened",
            partnership="OC-IDR",
            parties=["OC", "IDR"],
            source={"title": "office.xlsx"},
        ),
        events.InstrumentRegistered(
            id="T1/registered",
            instrument="T1",
            partnership="OC-IDR",
            kind="mou",
            title="Seeds",
            source=source,
        ),
        events.InstrumentSigned(
            id="T1/signed", instrument="T1", when="2020-05-01", until="2026-12-31", source=source
        ),
        events.StatusReported(
            id="T1/as-of",
            subject="T1",
            state="in_force",
            when="../2024-06-30",
            inferred=["when"],
            source=source,
        ),
    )


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        (date(2022, 8, 16), "2022-08-16"),
        ("16/08/2022", "2022-08-16"),
        ("Q3 2022", "2022-07/2022-09"),
        ("quý III/2022", "2022-07/2022-09"),
        ("août 2022", "2022-08"),
        (2022, "2022"),
        (2022.0, "2022"),
        (44789, "2022-08-16"),
        (44789.0, "2022-08-16"),
    ],
)
def test_a_date_is_read_as_it_is_shown(cell: object, when: str) -> None:
    signed = _one(events.InstrumentSigned, texts=[text("T1", "S", "IDR", "", "MoU", cell)])

    assert str(signed.when) == when


@pytest.mark.parametrize(
    ("cell", "due", "words"),
    [
        ("end of 2024", "2024-12", None),
        ("fin 2024", "2024-12", None),
        ("cuối năm 2024", "2024-12", None),
        ("tbd", "", None),
        ("chưa rõ", "", None),
        ("?", "", None),
        ("upcoming", "", "upcoming"),
        ("Dès que possible", "", "Dès que possible"),
    ],
)
def test_a_due_date_may_be_an_end_unknown_or_in_words(
    cell: str, due: str, words: str | None
) -> None:
    made = _one(events.CommitmentMade, promises=[["P1", "send it", "T1", "us", cell]])

    assert isinstance(made, events.CommitmentMade)
    assert (str(made.due or ""), made.due_text) == (due, words)


@pytest.mark.parametrize(
    ("side", "debtors", "creditors", "inferred"),
    [
        ("us", ("OC",), ("IDR",), ()),
        ("Office of Cooperation", ("OC",), ("IDR",), ()),
        ("đối tác", ("IDR",), ("OC",), ()),
        ("IDR", ("IDR",), ("OC",), ()),
        ("hai bên", ("OC", "IDR"), ("OC", "IDR"), ()),
        (None, ("OC", "IDR"), ("OC", "IDR"), ("debtors", "creditors")),
    ],
)
def test_who_owes_a_promise_is_told_or_inferred(
    side: str | None, debtors: Names, creditors: Names, inferred: Names
) -> None:
    made = _one(events.CommitmentMade, promises=[["P1", "send it", "T1", side]])

    assert isinstance(made, events.CommitmentMade)
    assert (made.debtors, made.creditors) == (debtors, creditors)
    assert made.inferred == (*inferred, "when")
    assert (str(made.when), made.under, made.firmness) == (
        "2020-05-01",
        "T1",
        "agreed" if len(debtors) > 1 else "commitment",
    )


@pytest.mark.parametrize(
    ("status", "done", "event"),
    [
        (
            "done",
            "2024-05-02",
            events.CommitmentFulfilled(id="P1/done", commitment="P1", when="2024-05-02"),
        ),
        (
            "đã hoàn thành",
            None,
            events.CommitmentFulfilled(
                id="P1/done", commitment="P1", when="../2024-06-30", inferred=["when"]
            ),
        ),
        (
            None,
            "oui",
            events.CommitmentFulfilled(
                id="P1/done", commitment="P1", when="../2024-06-30", inferred=["when"]
            ),
        ),
        (
            "annulé",
            None,
            events.CommitmentCancelled(
                id="P1/cancelled", commitment="P1", by="OC", when="../2024-06-30", inferred=["when"]
            ),
        ),
        ("đang làm", None, None),
    ],
)
def test_what_became_of_a_promise(
    status: str | None, done: str | None, event: Event | None
) -> None:
    row = ["P1", "send it", "T1", "us", "2024", status, done]

    said = [each for each in read_office([text()], [row]).events if each.id.startswith("P1/")]  # type: ignore[union-attr]

    outcomes = [event for event in said if not isinstance(event, events.CommitmentMade)]
    source = {"title": "office.xlsx", "locator": "Actions, P1"}
    assert [vars(each) for each in outcomes] == (
        [] if event is None else [vars(event) | {"source": outcomes[0].source}]
    )
    assert all(vars(each.source[0]) == vars(type(each.source[0])(**source)) for each in said)


@pytest.mark.parametrize(
    ("signed", "until", "state", "said"),
    [
        (None, "2026", "in force", ["state=in_force until=2026"]),
        (None, "2026", None, ["state=in_force until=2026 inferred"]),
        (None, None, "dự thảo", ["state=negotiating"]),
        (None, "vô thời hạn", "active", ["state=in_force open_ended"]),
        ("2020", "vô thời hạn", None, ["", "signed open_ended"]),
        ("2020", None, "résilié", ["", "signed", "terminated"]),
        ("2020", None, "completed", ["", "signed", "completed"]),
        ("2020", None, "on hold", ["", "signed", "suspended"]),
    ],
)
def test_the_state_of_a_text_is_told_where_no_act_tells_it(
    signed: str | None, until: str | None, state: str | None, said: list[str]
) -> None:
    sheet = read_office([text("T1", "S", "IDR", "", "MoU", signed, until, state)])

    told = [each for each in sheet.events if (each.id or "").startswith("T1/")]

    assert [_told(each) for each in told] == said
    assert sheet.problems == ()


def _told(event: Event) -> str:
    words = [] if isinstance(event, events.InstrumentRegistered) else [str(event.id)[3:]]
    words += [
        f"{name}={getattr(event, name)}"
        for name in ("state", "until")
        if getattr(event, name, None) is not None
    ]
    words += ["open_ended"] if getattr(event, "open_ended", False) else []
    words += ["inferred"] if "state" in event.inferred else []
    return " ".join(words)


def test_an_agreement_in_force_entered_into_force_by_the_day_of_the_sheet() -> None:
    row = text("T1", "S", "IDR", "", "Hiệp định", "2020", None, "còn hiệu lực")

    entered = _one(events.InstrumentEnteredIntoForce, texts=[row])

    assert (str(entered.when), entered.inferred) == ("../2024-06-30", ("when",))


def test_terms_entries_and_ends_have_columns_of_their_own() -> None:
    path = Path("office.csv")
    path.write_text(
        "Partner;Title;Signed;In force since;Term;Ended;Place\n"
        "IDR;MoU on seeds;2020;2021;5 years;;Huế\n"
        "IDR;Protocol;2020;;18 tháng;2023;\n"
        "IDR;Third;2020;;vô thời hạn;;\n"
        "IDR;Fourth;2020;;some time;;\n",
        encoding="utf-8",
    )

    sheet = sheets.read(path, sheets.guess(path, us="OC"))

    said = {each.id: each for each in sheet.events}
    first = said["idr-mou-on-seeds-2020/in-force"]
    assert isinstance(first, events.InstrumentEnteredIntoForce)
    assert (first.years, str(first.when)) == (5, "2021")
    assert str(getattr(said["idr-mou-on-seeds-2020/signed"], "place").name) == "Huế"  # noqa: B009
    assert getattr(said["idr-protocol-2020/signed"], "months") == 18  # noqa: B009
    assert str(said["idr-protocol-2020/terminated"].when) == "2023"
    assert getattr(said["idr-third-2020/signed"], "open_ended")  # noqa: B009
    assert [str(each) for each in sheet.problems] == [
        "E5 Term: 'some time' is no length: write it as 5 years, 18 months or indefinite"
    ]


def test_a_meeting_was_held_or_is_planned() -> None:
    rows = [["V1", "2024-03", "IDR", "visit", "Huế", "seeds"], ["V2", "2024-09", "IDR"]]

    said = {each.id: each for each in read_office(meetings=rows).events}

    held, planned = said["V1/held"], said["V2/planned"]
    assert isinstance(held, events.MeetingHeld)
    assert isinstance(planned, events.MeetingScheduled)
    assert (str(held.when), held.kind, held.topics) == ("2024-03", "visit", ("seeds",))
    assert (str(planned.planned), str(planned.when)) == ("2024-09", "2024-06-30")
    assert planned.kind == "meeting"


def test_several_partners_stand_in_one_cell() -> None:
    sheet = read_office([text(partner="IDR; CQE\nUBL")])

    (opened,) = [each for each in sheet.events if isinstance(each, events.PartnershipOpened)]
    assert opened.parties == ("OC", "IDR", "CQE", "UBL")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("France", "FR"),
        ("Pháp", "FR"),
        ("Allemagne", "DE"),
        ("Đức", "DE"),
        ("Hàn Quốc", "KR"),
        ("Corée du Sud", "KR"),
        ("jp", "JP"),
        ("USA", "US"),
        ("CHDCND Lào", None),
        ("Lào", "LA"),
    ],
)
def test_countries_are_known_in_three_languages(name: str, code: str | None) -> None:
    sheet = read_office([text("T1", "S", "IDR", name)])

    if code is None:
        assert [str(each) for each in sheet.problems] == [
            "Texts!D2 Country: 'CHDCND Lào' is no name or code of a country"
        ]
    else:
        assert getattr(sheet.events[1], "country") == code  # noqa: B009


def test_every_bad_cell_is_told_at_once_with_what_would_do() -> None:
    texts: Rows = [
        text("T1", "S", "IDR", "Atlantis", "MoUx", "31/02/2023", "2026", "in forcee"),
        text("T2", "S", None),
        text("T1", "S", "IDR", "Japan"),
        text(None, "S_x001B_[2J", "IDR", "France"),
        text("T5", "S", "Office of Cooperation"),
        text("T6", "S", "IDR", "Japan", "MoU", "08-09-22"),
    ]
    promises: Rows = [
        ["1", None, "T2", "us"],
        ["2", "send it", "T9", "nobody", "someday"],
        ["3", "send it", None],
        ["4", "wait", "T2"],
    ]
    meetings: Rows = [["V1", None, None], ["T2", "2024", "IDR"]]

    sheet = read_office(texts, promises, meetings)

    assert "\n".join(map(str, sheet.problems)) == PROBLEMS
    assert repr(sheet) == "Sheet(0 of 12 rows are good, 20 problems, 0 names in doubt)"


def test_what_needs_a_day_says_so_where_the_sheet_has_none() -> None:
    texts = [
        text("T1", "S", "IDR", "", "MoU", None, None, None),
        text("T2", "S", "IDR", "", "MoU", "2020", None, "terminated"),
    ]

    sheet = read_office(texts, [["1", "send it", "T1", "us", None, "done"]], as_of=None)

    missing = "is missing: give the day in a column, or say by as_of= on which day all this was so"
    assert [str(each) for each in sheet.problems] == [
        f"Texts!H3 Status: 'terminated' needs a day, which {missing}",
        f"Actions!row 2 made: {missing}",
        f"Actions!F2 Status: 'done' needs a day, which {missing}",
    ]


def test_words_and_names_of_the_sheet_are_learnt_from_the_mapping() -> None:
    path = make_office([text("T1", "S", "I D R", "", "Texte", "2020", None, "vivant")])
    mapping = mapping_of(path)
    words = {"Texte": "mou", "VIVANT": "in_force"}

    mapping = SheetMapping(
        us=mapping.us, tabs=mapping.tabs, words=words, partners={"I D R": "Institut"}
    )
    sheet = sheets.read(path, mapping)

    assert sheet.problems == ()
    party = sheet.events[1]
    assert isinstance(party, events.PartyRegistered)
    assert (party.party, party.name, party.other_names) == ("institut", "Institut", ("I D R",))


def test_merged_headings_and_blank_rows_are_no_rows() -> None:
    path = make_office([text(), [], ["FRANCE"], text("T2")])
    book = load_workbook(path)
    book["Texts"].merge_cells("A4:H4")
    book.save(path)

    sheet = sheets.read(path, mapping_of(path))

    assert str(sheet) == "office.xlsx: 2 of 2 texts are good, 9 events"


def test_what_the_ledger_has_is_known_by_all_its_names() -> None:
    ledger = empty_ledger()
    ledger.record(
        events.PartyRegistered(
            party="inst",
            name="Institut des Deux Rives",
            kind="centre",
            acronyms="IDR",
        ),
        events.PartyRegistered(party="OC", name="Office", kind="agency"),
        events.PartnershipOpened(partnership="rivers", parties=["OC", "inst"]),
        events.InstrumentRegistered(
            instrument="frame", partnership="rivers", kind="mou", title="Frame of 2010"
        ),
    )
    path = make_office([text(partner="idr")], [["P1", "send it", "Frame of 2010", "us"]])

    sheet = sheets.read(path, mapping_of(path), view=ledger.view())

    assert [each.id for each in sheet.events] == [
        *("T1/registered", "T1/signed", "T1/as-of", "P1/made")
    ]
    made = sheet.events[-1]
    assert isinstance(made, events.CommitmentMade)
    assert (made.under, made.partnership, made.creditors) == ("frame", "rivers", ("inst",))
    assert sheet.record(ledger).rejected == ()


def test_what_an_event_refuses_is_told_of_its_cell() -> None:
    (problem,) = read_office([text("T" * 201)]).problems

    assert problem.place == "Texts!A2"
    assert problem.remedy.endswith("is longer than the 200 characters of an id")


def test_formulas_without_a_result_and_words_for_nobody_knows_are_no_values() -> None:
    path = make_office([text("T1", "=1+1", "IDR", "?")], [["P1", "send it", "tbd", "?"]])

    sheet = sheets.read(path, mapping_of(path))

    assert [(problem.place, problem.remedy[:28]) for problem in sheet.problems] == [
        ("Texts!B2", "is a formula without a resul"),
        ("Actions!row 2", "is blank: say with whom, or "),
    ]


def test_without_babel_countries_are_known_in_english_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_values, "country_name", _english_alone)
    _values.names_by_language.cache_clear()
    _values.codes_by_name.cache_clear()
    try:
        sheet = read_office([text("T1", "S", "IDR", "Allemagne"), text("T2", "S", "IDR", "Japan")])
    finally:
        _values.names_by_language.cache_clear()
        _values.codes_by_name.cache_clear()

    (problem,) = sheet.problems
    assert str(problem) == (
        "Texts!D2 Country: 'Allemagne' is no name or code of a country; French and Vietnamese "
        "need coopledger[languages]"
    )


def _english_alone(code: str, language: str) -> str:
    if language != "en":
        raise MissingExtraError("languages", "Babel")
    return {"JP": "Japan"}.get(code, code)


@pytest.mark.parametrize(
    ("mark", "is_done"),
    [
        *(("x", True), ("✓", True), ("✔️", True), ("yes", True), (True, True), ("ferdig", True)),
        *(("☐", False), ("no", False), ("?", False)),
    ],
)
def test_a_mark_in_a_column_of_what_is_done_says_so(
    mark: object,
    is_done: bool,  # noqa: FBT001 - a case
) -> None:
    path = make_office([text()], [["P1", "send it", "T1", "us", "2024", None, mark]])
    mapping = attrs.evolve(mapping_of(path), words={"ferdig": "done"})

    sheet = sheets.read(path, mapping)

    assert sheet.problems == ()
    assert any(each.id == "P1/done" for each in sheet.events) == is_done
