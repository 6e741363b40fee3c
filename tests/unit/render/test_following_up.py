"""What an office follows up, on plain pages and on those of a terminal."""

from io import StringIO

import pytest
from rich.console import Console, RenderableType

from coopledger.render import board, dossier, pending
from coopledger.render.terminal import Screen
from tests.followed_up import US, followed_up

SCREEN = Screen(followed_up(), us=US)


def printed(page: RenderableType, width: int = 200) -> str:
    """Return what a terminal shows."""
    file = StringIO()
    Console(file=file, width=width).print(page)
    return file.getvalue()


def squeezed(page: str) -> str:
    """Return a page with one blank for many, and for line breaks."""
    return " ".join(page.split())


def row_of(page: str, words: str) -> str:
    """Return the line in which the words stand."""
    return next(line for line in page.splitlines() if words in line)


def test_a_plain_board_tells_conduct_below_the_stage_and_flags_with_their_day() -> None:
    page = board(followed_up(), us=US, width=200)
    at = page.splitlines()[2].index("STAGE")
    conducts = {line[at:].split("  ")[0] for line in page.splitlines()[3:] if line[at:].strip()}

    assert {"under way", "not begun", "given up", "at rest", "done"} <= conducts
    for flag in ("obstructed since 2026-01-10", "unheard since 2023-06-12", "session overdue"):
        assert flag in page


def test_a_board_of_a_terminal_has_the_conduct_beside_the_stage_or_below_it() -> None:
    wide, narrow = (printed(SCREEN.board(), width) for width in (200, 80))

    assert "● active under way 12 Oct 2024" in squeezed(row_of(wide, "Nordhavn"))
    flags = "term ends soon, obstacle in the way since 10 Jan 2026, session overdue, to be decided"
    assert flags in row_of(wide, "Nordhavn")
    assert "CONDUCT" not in narrow
    assert "under way" in narrow


def test_plain_pending_tells_how_a_promise_is_followed_up() -> None:
    page = pending(followed_up(), us=US, width=200)

    assert "RESPONSIBLE" in page
    assert "worth 12000 EUR · 8000 EUR outstanding" in page
    assert "set anew 2 times, first due 2025-06-30" in page
    assert "asked 2 times, last on 2026-10-01 · ask again on 2026-12-10" in page
    assert "obstructed since 2026-01-10" in row_of(page, "send forty cores")
    assert "\n\nOutstanding: 8000 EUR\n" in page


def test_pending_on_a_terminal_tells_the_rhythm_hands_and_sums() -> None:
    page = printed(SCREEN.pending(), 260)
    sums = "Outstanding: we owe 8000 EUR; they owe 500 EUR, 90000000 VND"

    assert "every 3 months · next on 31 Dec 2026" in page
    assert row_of(page, "Send the quarterly report").split()[-2:] == ["Minh", "report"]
    assert "obstacle in the way since 10 Jan 2026" in row_of(page, "Send forty cores")
    assert page.splitlines()[-1] == sums
    assert printed(Screen(followed_up()).pending()).splitlines()[-1] == (
        "Outstanding: 8500 EUR, 90000000 VND"
    )


def test_the_agenda_of_a_terminal_holds_sessions_and_ends_to_decide_on() -> None:
    page = printed(SCREEN.agenda(within_days=30))

    assert "session overdue" in row_of(page, "Session due: joint committee")
    assert "to be decided" in row_of(page, "Last day for notice")
    assert row_of(page, "To be decided: MoU").split()[:3] == ["▮", "in", "154"]
    assert "Hoa" in row_of(page, "Ask again: a summer school")


def test_the_page_of_a_partnership_tells_what_is_under_way_in_the_way_and_due() -> None:
    page = squeezed(printed(SCREEN.history("north")))

    for line in (
        "done under its texts: under way since 4 May 2026; in its way: the visas",
        "responsible: Lan",
        "last heard: 1 Sep 2026",
        "in the way: the visas are not granted; send forty cores; lies with Nordhavn Universitet,",
        "the consulate; through the embassy; since 10 Jan 2026; last asked the embassy, 1 Oct 2026",
        "Done, as reported: training: 12 people (1 report)",
        "joint committee: every 12 months; due 6 May 2026; session overdue",
    ):
        assert line in page


def test_a_dossier_names_who_sees_to_what_and_what_is_in_the_way() -> None:
    page = squeezed(dossier(followed_up(), party="nu", width=200))

    assert "OBSTACLES OBSTACLE IN THE WAY OF LIES WITH THROUGH SINCE LAST ASKED ID" in page
    assert "the visas are not granted send forty cores Nordhavn Universitet the embassy" in page
    assert page.count("RESPONSIBLE") == 4
    assert "12000 EUR" in page
    assert "8000 EUR outstanding" in page


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("unassigned", ("◇ pending", "▮ in force", "30 Apr 2027")),
        (
            "obstacles",
            (
                "the visas are not granted",
                "10 Jan 2026",
                "the consulate",
                "1 Oct 2026",
                "the embassy",
            ),
        ),
    ],
)
def test_lists_of_a_terminal_have_signs_and_days_in_words(
    title: str, words: tuple[str, ...]
) -> None:
    page = printed(SCREEN.listed(title, getattr(followed_up(), title)()))

    assert page.startswith(f"{title} on 27 Nov 2026: ")
    assert [each for each in words if each not in page] == []
    assert "TIMES" not in page


def test_what_is_found_and_what_is_new_has_pages_of_a_terminal() -> None:
    view = followed_up()
    found = printed(SCREEN.listed("Found", view.find("ship")))
    news = printed(SCREEN.news(view.news("2026-09-15")))

    assert "promise" in row_of(found, "pay the ship")
    assert news.startswith("New since 15 Sep 2026, on 27 Nov 2026\n\nOverdue: 1\n")
    assert "◆ overdue" in row_of(news, "send the quarterly report")
    assert "every 3 months · next on 31 Dec 2026" in news
    assert "Recorded: " in news
    assert "Obstacle" in row_of(news, "the visas are not granted")


def test_empty_lists_of_a_terminal_say_so() -> None:
    view = followed_up()
    nothing = "Nothing of this kind is known then"

    assert nothing in printed(SCREEN.listed("Found", view.find("nowhere")))
    assert nothing in printed(SCREEN.news(view.news(view.position)))


def test_printed_lists_tell_conduct_rhythm_and_sums() -> None:
    view = followed_up()

    assert "under way" in str(view.instruments())
    assert "CONDUCT" in str(view.partnerships())
    assert "every 3" in str(view.commitments())
    assert str(view.commitments()).endswith("\n\nOutstanding: 8500 EUR, 90000000 VND")
    assert "TIMES" not in str(view.unassigned())
    assert "TIMES" in str(view.asking_again(within_days=30))
