"""One promise, three questions, three right answers: now, then, and then as we knew it then.

In July 2022 a ministry set itself a target towards WIPO, to be met by the end of the year (it is
taken from story B). Our office came upon the news only on 5 September. What the promise looked
like on 31 August depends on who asks: we who know of it today, or we on that day.

    python examples/as_we_knew_it.py [FILE]
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View, events
from coopledger.render import explanation, table

# What was written down, by the day on which it was.
DIARY: dict[str, list[events.Event]] = {
    "2022-01-03": [
        events.PartyRegistered(id="r1", party="MOST", name="MOST", kind="ministry", country="VN"),
        events.PartyRegistered(
            id="r2", party="WIPO", name="WIPO", kind="international_organisation"
        ),
        events.PartnershipOpened(id="r3", partnership="MOST-WIPO", parties=["MOST", "WIPO"]),
    ],
    "2022-09-05": [
        events.CommitmentMade(
            id="b14",
            commitment="report",
            partnership="MOST-WIPO",
            when="2022-07-07/2022-07-15",  # the journey on which it was said
            debtors="MOST",
            creditors="WIPO",
            what="publish the first report on local-level innovation",
            firmness="target",
            due="2022",
            source={"title": "News page of 15/07/2022", "published": "2022-07-15"},
        ),
    ],
}


def record(path: str | Path) -> None:
    """Record the diary in the ledger of that file, with the ledger's clock at noon of each day."""
    for day, page in DIARY.items():
        clock = partial(datetime.fromisoformat, f"{day}T12:00:00Z")
        with Ledger.open(path, clock=clock) as ledger:
            ledger.record(*page)


def main(path: str | Path) -> None:
    """Record the story, then ask the three questions."""
    record(path)
    with Ledger.open(path) as ledger:
        now = ledger.view(on="2023-01-15")
        as_we_know = ledger.view(on="2022-08-31")
        as_we_knew = ledger.view(on="2022-08-31", known_at="2022-08-31")
        rows = [
            ["now", 'on="2023-01-15"', status_line(now)],
            ["then, as we know today", 'on="2022-08-31"', status_line(as_we_know)],
            [
                "then, as we knew it then",
                'on="2022-08-31", known_at="2022-08-31"',
                status_line(as_we_knew),
            ],
        ]
        print("Where does the report stand?\n")
        print(table(rows, headers=["question", "view", "answer"]), end="\n\n")
        print(explanation(now, "report"))


def status_line(view: View) -> str:
    """Return the status of the promise at that moment, in a few words."""
    promise = view.commitment("report")
    about = "" if promise.certain else "~"
    return (
        f"{promise.status} since {promise.since}{about}"
        if promise.since
        else "no such promise is known"
    )


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
