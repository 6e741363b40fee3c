from pathlib import Path

import pytest

from coopledger.errors import ArgumentError, StoreError
from coopledger.sheets import _csv_files
from tests.unit.sheets.files import only, texts

ROWS = "Partner,Signed\nĐại học Huế,16/08/2022\n"
EXPECTED = [["Partner", "Signed"], ["Đại học Huế", "16/08/2022"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "office.csv"
    path.write_bytes(ROWS.replace(",", delimiter).encode(encoding))

    assert texts(only(path)) == EXPECTED


@pytest.mark.usefixtures("folder")
def test_another_encoding_is_told() -> None:
    path = Path("office.csv")
    path.write_bytes("Partenaire;Signé\nInstitut Pasteur;août 2022\n".encode("cp1252"))

    with pytest.raises(ArgumentError) as refusal:
        only(path)

    assert str(refusal.value) == (
        "file='office.csv' is not in utf-8 at byte 16: save it as UTF-8, or say its encoding, "
        "such as encoding='cp1252'"
    )
    assert texts(only(path, encoding="cp1252"))[1] == ["Institut Pasteur", "août 2022"]


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_text(ROWS, encoding="utf-8")

    with pytest.raises(ArgumentError, match="'utf-9' is no encoding"):
        only(path, encoding="utf-9")


def test_the_line_that_tells_a_program_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_text("sep=;\nA,B;C\n1;2\n", encoding="utf-8")

    table = only(path)

    assert texts(table) == [["A,B", "C"], ["1", "2"]]
    assert [row.number for row in table.rows] == [2, 3]


def test_rows_have_the_numbers_of_their_lines_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_text('A,B\n,\n"two\r\nlines",x\n\nlast,y\n', encoding="utf-8", newline="")

    table = only(path)

    assert [row.number for row in table.rows] == [1, 3, 6]
    assert table.rows[1].cells[0].text == "two\nlines"


def test_the_apostrophe_before_what_would_be_a_formula_is_no_part_of_the_text(
    tmp_path: Path,
) -> None:
    path = tmp_path / "office.csv"
    path.write_text("A,B\n'=1+1,''=x\n'n Sync,-5\n", encoding="utf-8")

    assert texts(only(path))[1:] == [["=1+1", "'=x"], ["'n Sync", "-5"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("A,B\n" + "x," * 300, "has a row of 301 cells: at most 256 are read"),
        ("A,B\n" + "x,y\n" * 20_000, "has more than 20000 rows: divide it"),
        ("x" * 200_000, "has a line of more than 131068 letters: is it CSV?"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_larger_than_is_read_is_refused(content: str, words: str) -> None:
    path = Path("office.csv")
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ArgumentError) as refusal:
        only(path)

    assert str(refusal.value) == f"file='office.csv' {words}"


def test_more_cells_than_are_read_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.csv"
    path.write_text(ROWS, encoding="utf-8")
    monkeypatch.setattr(_csv_files, "MOST_CELLS", 3)

    with pytest.raises(ArgumentError, match="has more than 3 cells: divide it"):
        only(path)


def test_a_file_of_100_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)

    with pytest.raises(ArgumentError, match="has 100 MB, and at most 50 are read: divide it"):
        only(path)


def test_a_long_cell_is_a_fault_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_text(f"A,B\n{'x' * 40_000},y\n", encoding="utf-8")

    cell = only(path).rows[1].cells[0]

    assert cell.fault == "is longer than the 32767 letters of a cell"


def test_an_unclosed_quote_is_no_csv(tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_text('A,B\n"' + "line of words\n" * 20_000, encoding="utf-8")

    with pytest.raises(ArgumentError, match="is no CSV: field larger than field limit"):
        only(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory: check the path and the disk"):
        only(tmp_path / "none.csv")


def test_whether_a_file_is_in_an_encoding(tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_bytes("é".encode("cp1252"))

    assert not _csv_files.is_in(path, "utf-8")
    assert _csv_files.is_in(path, "cp1252")
