"""One office: all stories and histories in one ledger, and what a ministry asks on a Monday.

The Ministry of Science and Technology of Viet Nam (MOST) is taken as an office that keeps what was
published of its cooperation, and of that of others. It is the first Monday of 2023, and counted is
what was known by then. Each question is one call; where nothing is recorded, that is the answer.

It reads the other examples: run it from the root of the project.

    python -m examples.one_office [FILE]
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View, events
from coopledger.render import table
from examples import (
    history_cern_members,
    history_eu_comoros_fisheries,
    history_eu_korea_trade,
    history_trans_pacific,
    story_a_vistip_ccifv,
    story_b_france_unesco_wipo,
    story_c_the_year_2019,
    story_d_france_and_cuba,
    story_e_vistip_cstec,
)

Diary = dict[str, list[events.Event]]

DIARIES: tuple[Diary, ...] = (
    story_a_vistip_ccifv.DIARY,
    story_b_france_unesco_wipo.DIARY,
    story_c_the_year_2019.DIARY,
    story_d_france_and_cuba.DIARY,
    story_e_vistip_cstec.DIARY,
    history_eu_korea_trade.DIARY,
    history_eu_comoros_fisheries.DIARY,
    history_cern_members.DIARY,
    history_trans_pacific.DIARY,
)
MONDAY, LAST_MONDAY = "2023-01-02", "2022-12-26"
MANY = 3


def one_diary(diaries: Iterable[Diary]) -> Diary:
    """Return the pages of all diaries by day; what several of them register is there once."""
    diaries = tuple(diaries)
    one: Diary = {}
    known: dict[str | None, events.Event] = {}
    for day in sorted({day for diary in diaries for day in diary}):
        page = {event.id: event for diary in diaries for event in diary.get(day, [])}
        one[day] = [event for id, event in page.items() if id not in known]
        known |= page
    return one


def record(path: str | Path, diaries: Iterable[Diary] = DIARIES) -> None:
    """Record the diaries in the ledger of that file, with its clock at noon of each day."""
    for day, page in one_diary(diaries).items():
        clock = partial(datetime.fromisoformat, f"{day}T12:00:00Z")
        with Ledger.open(path, clock=clock) as ledger:
            ledger.record(*page)


def main(path: str | Path) -> None:
    """Record everything, then ask on Monday, as it was known by then."""
    record(path)
    with Ledger.open(path) as ledger:
        view = ledger.view(on=MONDAY, known_at=MONDAY)
        print(view.news(LAST_MONDAY))
        ask_about_texts(view)
        ask_about_promises(view)
        ask_about_silence(view)


def ask_about_texts(view: View) -> None:
    """Ask under which texts nothing is done, and which ends somebody must decide."""
    idle = view.instruments(state="in_force", without_yield=True, country="VN")
    answer(
        "Under which texts in force was nothing ever done?",
        [[each.title, each.since or "", names(view, each.parties)] for each in idle],
        headers=["text", "since", "between"],
    )
    given_up = view.instruments(state="in_force", conduct="given_up", country="VN")
    answer(
        "Which of them are given up?",
        [[each.title, each.since] for each in given_up],
        headers=["text", "since"],
    )
    undecided = view.expiring(within_days=180, undecided=True, country="VN")
    unknown = view.instruments(flag="end_unknown", country="VN")
    answer(
        "Which ends must be decided, or looked up first?",
        [[each.title, each.term_end or "nobody recorded it"] for each in (*undecided, *unknown)],
        headers=["text", "end"],
    )


def ask_about_promises(view: View) -> None:
    """Ask what is overdue and with whom, what stands in the way, and which sums are promised."""
    overdue = view.commitments(status="overdue", country="VN")
    answer(
        "What is overdue, and in whose hands?",
        [
            [
                each.responsible or "nobody",
                each.what,
                names(view, each.creditors),
                each.days_overdue,
            ]
            for each in sorted(overdue, key=lambda each: each.responsible or "")
        ],
        headers=["responsible", "what", "to", "days"],
    )
    answer(
        "What stands in the way, and with whom?",
        [*obstacles(view), *waits(view)],
        headers=["of what", "what", "with"],
    )
    answer(
        "What is nobody's?",
        [
            [each.text, each.status.replace("_", " "), view.title(each.partnership or "")]
            for each in view.unassigned(country="VN")
        ],
        headers=["what", "status", "between"],
    )
    answer(
        "Which sums were promised, by anybody whom we know?",
        [
            [names(view, each.by), each.promised.value, each.paid.value, each.currency]
            for each in view.sums(by="creditor")
        ],
        headers=["to", "promised", "paid", "in"],
    )


def ask_about_silence(view: View) -> None:
    """Ask who has not answered us, and from whom nothing was heard."""
    waiting = view.proposals(waiting_days=90, country="VN")
    answer(
        "What has had no answer for 90 days?",
        [
            [view.title(each.id), view.title(each.partnership or ""), each.unanswered_for]
            for each in waiting
        ],
        headers=["what", "between", "days"],
    )
    answer(
        "Where was nothing heard for a year?",
        [
            [view.title(each.id), each.stage, each.last_heard]
            for each in view.partnerships(unheard_days=365, country="VN")
        ],
        headers=["between", "stage", "last heard"],
    )


def obstacles(view: View) -> Iterator[list[str]]:
    """Yield what somebody reported to stand in the way."""
    for each in view.obstacles(country="VN"):
        yield [view.title(each.subject or ""), each.text or "", names(view, each.lies_with)]


def waits(view: View) -> Iterator[list[str]]:
    """Yield the promises that wait for another thing, or for a meeting."""
    for each in view.commitments(country="VN"):
        for id in each.depends_on:
            yield [each.what or "", view.title(id), names(view, view.proposal(id).to)]
        if each.status == "blocked" and each.due_meeting:
            meeting = view.meeting(each.due_meeting)
            yield [each.what or "", view.title(meeting.id), view.title(meeting.partnership or "")]


def answer(question: str, rows: Sequence[Sequence[object]], *, headers: Sequence[str]) -> None:
    """Print the question, and the rows of its answer."""
    cells = [[each if isinstance(each, int) else str(each) for each in row] for row in rows]
    print("", question, "", table(cells, headers=headers) or "Nothing is recorded.", sep="\n")


def names(view: View, parties: Sequence[str]) -> str:
    """Return the names of the parties, each on a line; of many how many there are."""
    few = len(parties) <= MANY
    return "\n".join(map(view.title, parties)) if few else f"{len(parties)} parties"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
