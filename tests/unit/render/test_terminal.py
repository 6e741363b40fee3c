"""Tables of a terminal in windows of any width: no word is broken that has room."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from coopledger import Ledger
from coopledger.render.terminal import Screen
from examples.busy_office import open_office

WIDTHS = pytest.mark.parametrize("width", [80, 100, 112, 140, 200])


@pytest.fixture(name="screen", scope="module")
def _screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(folder / "office.db") as ledger:
        yield Screen(ledger.view(), us="HC", is_whole=True)


def printed(page: RenderableType, width: int) -> str:
    console = Console(file=StringIO(), width=width, force_terminal=False)
    console.print(page)
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()


def words_of_partners(screen: Screen) -> set[str]:
    view = screen.view
    titles = [view.title(each.id, us="HC") for each in view.partnerships()]
    return {word for title in titles for word in title.replace("\N{EN DASH}", " ").split()}


@WIDTHS
def test_every_page_fits_its_window(screen: Screen, width: int) -> None:
    pages = (
        *(screen.board(), screen.pending(), screen.agenda(within_days=30)),
        *(screen.history("nordhavn"), screen.explanation("nordhavn")),
    )

    assert max(len(line) for page in pages for line in printed(page, width).splitlines()) <= width


@WIDTHS
def test_no_word_of_a_board_is_broken(screen: Screen, width: int) -> None:
    board = printed(screen.board(), width)

    assert {word for word in words_of_partners(screen) if word not in board} == set()
    assert {"negotiating", "provisional", "terminating", "Programme"} <= set(board.split())


def test_a_narrow_board_goes_without_the_first_day_and_then_the_silence(screen: Screen) -> None:
    heads = [printed(screen.board(), width).splitlines()[2:4] for width in (140, 112, 80)]
    wide, narrow, least = (" ".join(" ".join(head).split()) for head in heads)

    assert "PARTNER STAGE CONDUCT SINCE TEXTS WE OWE THEY OWE SILENT LOOK AT ID" in wide
    assert "PARTNER STAGE TEXTS WE OWE THEY OWE SILENT LOOK AT ID" in narrow
    assert "PARTNER STAGE TEXTS WE OWE THEY OWE LOOK AT" in least


def test_ids_stand_beside_titles_or_below_them(screen: Screen) -> None:
    wide = printed(screen.board(), 140).splitlines()
    narrow = [line.rstrip() for line in printed(screen.board(), 80).splitlines()]

    assert wide[3].startswith("Lao Water Institute ")
    assert wide[3].endswith(" lao")
    at = next(at for at, line in enumerate(narrow) if line.startswith("Lao Water Institute "))
    assert narrow[at + 1].split()[0] == "lao"
    assert "nordhavn-1" in printed(screen.pending(), 130)
    assert "Signed: Memorandum of understanding on ocean data  nordhavn-mou" in printed(
        screen.explanation("nordhavn"), 130
    )


def test_an_id_below_a_title_is_whole(screen: Screen) -> None:
    agenda = printed(screen.agenda(within_days=14), 80).split()
    late = [each.id for each in screen.view.agenda(within_days=14)]

    assert "vastervik-118c2eba" in late
    assert [id for id in late if id not in agenda] == []


def test_an_act_without_a_source_says_so(screen: Screen) -> None:
    history = printed(screen.history("nordhavn"), 130)

    assert re.search("A summer school for young divers +no source", history)


def test_an_end_of_a_term_is_told_before_the_text(screen: Screen) -> None:
    agenda = printed(screen.agenda(within_days=30), 200)

    assert re.search("in 18 days +Term ends: Agreement on training .+Institut du Saint-L", agenda)
    assert re.search("Last day for notice: Memorandum of .+to be decided", agenda)


def test_an_empty_page_says_what_would_fill_it() -> None:
    empty = Screen(Ledger.in_memory().view(on="2024-01-01"))

    assert printed(empty.board(), 100).splitlines()[2:] == [
        "No partnership is known on 1 Jan 2024.",
        "Ask about a later day, or record one: PartnershipOpened opens it.",
    ]
    assert "Nothing is pending." in printed(empty.pending(), 100)
    assert "nothing comes within 30 days" in printed(empty.agenda(within_days=30), 100)


def test_columns_that_fill_a_window_to_its_edge_are_whole(screen: Screen) -> None:
    board = printed(screen.board(), 200)
    page = max(map(len, board.splitlines()))

    assert printed(screen.board(), page) == board
    assert all(line == line.rstrip() for line in board.splitlines())


def test_a_text_stands_on_one_line_with_its_state_where_there_is_room(screen: Screen) -> None:
    for width in (100, 112, 140):
        assert "Agreement negotiating" in printed(screen.board(), width)
