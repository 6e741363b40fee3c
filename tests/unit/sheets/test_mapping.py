from datetime import date
from pathlib import Path

import attrs
import pytest
from openpyxl import Workbook

from coopledger import sheets
from coopledger.errors import ArgumentError
from coopledger.sheets import Proposal, Rows, SheetMapping, Tab
from tests.unit.sheets.offices import US, make_office, mapping_of, text

pytestmark = pytest.mark.usefixtures("folder")
PROMISE = ["1", "send it", "T1", "us", "Q3 2024", "open"]
VISIT = ["V1", "2024-03-01", "IDR", "visit", "Huế", "seeds"]
PROPOSAL = Proposal(spelling="I.D.R.", meant="IDR", why="the same letters, spelled otherwise")


def test_a_mapping_is_guessed_from_the_headers_and_shown() -> None:
    mapping = mapping_of(make_office([text()], [PROMISE], [VISIT]))

    assert str(mapping) == (
        "We are OC; day before month; as of 2024-06-30\n\n"
        "'Texts': texts, headers in row 1\n\n"
        "FIELD    COLUMN\n"
        "key      No.\n"
        "title    Title\n"
        "partner  Partner\n"
        "country  Country\n"
        "kind     Type\n"
        "signed   Signed on\n"
        "until    Valid until\n"
        "state    Status\n\n"
        "'Actions': promises, headers in row 1\n\n"
        "FIELD    COLUMN\n"
        "key      No.\n"
        "what     Action\n"
        "under    Text\n"
        "owed_by  By whom\n"
        "due      Due\n"
        "status   Status\n"
        "done     Done on\n\n"
        "'Visits': meetings, headers in row 1\n\n"
        "FIELD    COLUMN\n"
        "key      Ref\n"
        "held     Held on\n"
        "partner  Partner\n"
        "kind     Meeting\n"
        "place    Venue\n"
        "topics   Topics"
    )


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            "N°|Intitulé de l'accord|Partenaire|Pays|Nature|Date de signature|Échéance|Statut",
            "key title partner country kind signed until state",
        ),
        (
            "STT|Tên văn bản|Cơ quan đối tác|Quốc gia|Loại|Ngày ký|Ngày hết hạn|Tình trạng",
            "key title partner country kind signed until state",
        ),
        ("Mã số|Công việc|Thỏa thuận|Hạn chót|Cán bộ phụ trách", "key what under due responsible"),
        ("Réf|Tâche|Accord|Délai|Avancement", "key what under due status"),
        ("Ngày họp|Đối tác|Địa điểm|Chủ đề", "held partner place topics"),
    ],
)
def test_headers_are_known_in_three_languages(headers: str, fields: str) -> None:
    path = Path("bang.csv")
    path.write_text(f"BẢNG THEO DÕI\n\n{headers.replace('|', ';')}\na;b\n", encoding="utf-8")

    (tab,) = sheets.guess(path, us="OC").tabs

    assert (tab.header, sorted(tab.columns)) == (3, sorted(fields.split()))
    assert set(tab.columns.values()) == set(headers.split("|"))


def test_columns_of_which_nothing_is_taken_are_told() -> None:
    path = Path("office.csv")
    path.write_text("Partner,Signed,Colour\nIDR,2020,blue\n", encoding="utf-8")

    mapping = sheets.guess(path, us="OC")

    assert str(mapping).endswith("not taken: Colour")
    assert '# not taken: "Colour"' in mapping.to_toml()


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["16/08/2022", "01/02/2022"], True),
        (["08/16/2022", "01/02/2022"], False),
        (["16/08/2022", "08/16/2022"], None),
        (["01/02/2022"], None),
    ],
)
def test_the_order_of_day_and_month_is_guessed_from_dates_with_one_reading(
    dates: list[str],
    order: bool | None,  # noqa: FBT001 - one of three
) -> None:
    path = Path("office.csv")
    path.write_text("\n".join(["Partner,Signed", *(f"IDR,{each}" for each in dates)]), "utf-8")

    assert sheets.guess(path, us="OC").day_first is order


def test_an_older_encoding_is_found_and_shown() -> None:
    path = Path("office.csv")
    path.write_bytes("Partenaire;Signé le\nInstitut d'été;2020\n".encode("cp1252"))

    mapping = sheets.guess(path, us="OC")

    assert (mapping.encoding, mapping.tabs[0].columns["signed"]) == ("cp1252", "Signé le")


def test_a_sheet_without_headers_has_no_guess() -> None:
    path = Path("office.csv")
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(ArgumentError) as error:
        sheets.guess(path, us="OC")

    assert str(error.value) == (
        "file='office.csv' has no row that looks like headers, with a partner among them: "
        "write the mapping"
    )


def test_a_mapping_comes_back_from_its_toml() -> None:
    mapping = mapping_of(make_office([text()], [PROMISE], [VISIT])).accept(PROPOSAL)
    mapping = attrs.evolve(mapping, words={'gia "hạn"': "in_force"}, delimiter=";")

    assert SheetMapping.from_toml(mapping.to_toml()) == mapping


def test_all_that_we_are_comes_back_from_toml() -> None:
    us = {"party": "OC", "acronyms": ["OC", "ỐC"], "identifiers": {"ror": "00"}, "founded": "1990"}
    mapping = attrs.evolve(mapping_of(make_office([text()])), us=us)

    assert SheetMapping.from_toml(mapping.to_toml()) == mapping


def test_proposals_are_comments_in_toml_which_take_none() -> None:
    mapping = mapping_of(make_office([text()]))

    toml = mapping.to_toml([PROPOSAL])

    assert '\n# "I.D.R." = "IDR"\n' in toml
    assert SheetMapping.from_toml(toml) == mapping
    taken = SheetMapping.from_toml(toml.replace('# "I', '"I'))
    assert taken == mapping.accept(PROPOSAL)
    assert mapping.keep_apart(PROPOSAL).partners == {"I.D.R.": "I.D.R."}


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("us =", "mapping='us =' is no TOML: invalid value (at end of document)"),
        ("tabs = 1", "mapping.tabs=1 is no list: write [[tabs]]"),
        ("tabs = [1]", "mapping.tabs[0]=1 is no table"),
        (
            'us = "OC"\ntap = 1',
            "mapping='tap' is no field: its fields are us, tabs, source, day_first",
        ),
        ("source = 's'", "mapping='us' is missing"),
        ('[[tabs]]\nrows = "texts"', "mapping.tabs[0]='header' is missing"),
        (
            '[[tabs]]\nrows = "text"\nheader = 1',
            "mapping.tabs[0].rows='text' is not one of texts, promises, meetings; did you mean",
        ),
        ('us = "OC"\nday_first = "yes"', "mapping.day_first='yes' is no order: give True, False"),
        ("us = 1", "mapping.us=1 is no mapping"),
    ],
)
def test_a_fault_of_toml_is_told_with_its_place(toml: str, told: str) -> None:
    with pytest.raises(ArgumentError) as error:
        SheetMapping.from_toml(toml)

    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    ("tab", "told"),
    [
        (
            Tab(name="Text", rows=Rows.TEXTS, header=1, columns={}),
            "mapping.tabs='Text' is no tab of the file; did you mean 'Texts'?",
        ),
        (
            Tab(name="Texts", rows=Rows.TEXTS, header=1, columns={"sined": "Signed on"}),
            "mapping.tabs.Texts='sined' is no field of texts; did you mean 'signed'?",
        ),
        (
            Tab(name="Texts", rows=Rows.TEXTS, header=1, columns={"signed": "Signed"}),
            "mapping.tabs.Texts='Signed' is no header of row 1; did you mean 'Signed on'?",
        ),
        (
            Tab(name="Texts", rows=Rows.TEXTS, header=9, columns={"signed": "Signed"}),
            "mapping.tabs.Texts='Signed' is no header of row 9",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_refused(tab: Tab, told: str) -> None:
    path = make_office([text()])

    with pytest.raises(ArgumentError) as error:
        sheets.read(path, SheetMapping(us=US, tabs=[tab]))

    assert str(error.value) == told


def test_what_we_are_is_read_as_our_registration() -> None:
    path = make_office([text()])

    with pytest.raises(ArgumentError, match="us=None is no id: give it as text"):
        sheets.guess(path, us={"name": "no id"})
    with pytest.raises(ArgumentError, match=r"us\.kind='agence' is not one of"):
        sheets.read(path, sheets.guess(path, us={"party": "OC", "kind": "agence"}))


def test_tabs_with_other_things_are_passed_over() -> None:
    book = Workbook()
    book.worksheets[0].append(["Lunch", date(2022, 1, 1)])
    tab = book.create_sheet("Textes")
    tab.append(["Partenaire", "Titre", "Signé"])
    book.save("office.xlsx")

    assert [tab.name for tab in sheets.guess("office.xlsx", us="OC").tabs] == ["Textes"]


def test_a_tab_that_is_not_taken_in_is_named_with_the_reason() -> None:
    book = Workbook()
    book.worksheets[0].append(["Partner", "Title", "Signed"])
    book.create_sheet("Ideas").append(["What", "Due", "Notes"])
    book.create_sheet("Menu").append(["Lunch"])
    book.create_sheet("Blank")
    book.save("office.xlsx")
    mapping = sheets.guess("office.xlsx", us="OC")

    told = [
        "'Ideas' is not taken in: no column of it is known to tell the partner",
        "'Menu' is not taken in: no row of it looks like headers",
        "'Blank' is not taken in: it is empty",
    ]
    assert str(mapping).split("\n\n")[-3:] == told
    toml = mapping.to_toml()
    assert '\n# [[tabs]]\n# name = "Ideas"\n# rows = "promises"\n# header = 1\n' in toml
    sheet = sheets.read("office.xlsx", SheetMapping.from_toml(toml))
    assert str(sheet).splitlines()[1:] == [f"tab {line}" for line in told]
    one = attrs.evolve(mapping, tabs=[])
    assert sheets.read("office.xlsx", one).left_out["Sheet"] == "the mapping does not name it"


@pytest.mark.parametrize("header", ["For whom", "To", "Pour qui", "Cho ai"])
def test_for_whom_is_the_partner_where_no_other_column_is(header: str) -> None:
    path = Path("office.csv")
    path.write_text(f"What,Who,{header},Due\nsend,us,IDR,2024\n", encoding="utf-8")

    (tab,) = sheets.guess(path, us="OC").tabs

    assert (tab.rows, tab.columns["partner"]) == (Rows.PROMISES, header)


def test_a_word_that_is_none_of_ours_is_refused_with_the_list() -> None:
    with pytest.raises(ArgumentError) as error:
        SheetMapping.from_toml('tabs = []\n[us]\nparty = "OC"\n[words]\nx = "blorp"')

    assert "'blorp' is no word of ours: write one of " in str(error.value)
