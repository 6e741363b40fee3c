"""History J: the Paris Agreement, 2015 to 2026: 198 participants, one of whom left, returned, left.

The table of the depositary, `paris_agreement.csv` beside this file, is recorded whole: who signed,
and who consented, on which day and how. The United States have a life in four chapters.

    python examples/history_paris_agreement.py [FILE]
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View, events
from coopledger.render import explanation, table

DEPOSITARY = {
    "publisher": "United Nations Treaty Collection",
    "title": "Multilateral Treaties Deposited with the Secretary-General, Paris Agreement",
    "address": "https://treaties.un.org/Pages/ViewDetails.aspx?chapter=27&mtdsg_no=XXVII-7-d",
    "locator": "chapter XXVII, 7.d",
}
TEXT = {
    "publisher": "United Nations",
    "title": "Paris Agreement, Treaty Series 3156, page 79",
    "locator": "article 21",
}
LEAVING = {
    "publisher": "World Nuclear News",
    "title": "USA formally withdraws from Paris Agreement",
    "published": "2020-11",
}
RETURNING = {
    "publisher": "Spokesman of the Secretary-General of the United Nations",
    "title": "Paris Agreement to enter into force for the United States on 19 February 2021",
    "published": "2021-01-20",
}
LEAVING_AGAIN = {
    "publisher": "Spokesman of the Secretary-General of the United Nations",
    "title": "Daily briefing: notification of withdrawal by the United States",
    "published": "2025-01-28",
}

TABLE = Path(__file__).with_name("paris_agreement.csv")
THRESHOLD = date(2016, 10, 5)  # 55 parties with 55 per cent of emissions had consented
FORCE = date(2016, 11, 4)  # thirty days later
WAIT = timedelta(days=30)
WRITTEN_DOWN = "2026-02-01"


def participants() -> list[dict[str, str]]:
    """Return the rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def registrations(rows: list[dict[str, str]]) -> Iterator[events.Event]:
    """Yield the parties and the text."""
    for row in rows:
        union = row["code"] == "EU"
        yield events.PartyRegistered(
            id=f"r-{row['code']}",
            party=row["code"],
            name=row["name"],
            kind="international_organisation" if union else "state",
            country=None if union else row["code"],
        )
    yield events.PartnershipOpened(
        id="r-CLIMATE", partnership="CLIMATE", parties=[row["code"] for row in rows]
    )
    yield events.InstrumentRegistered(
        id="r-PARIS",
        instrument="PARIS",
        partnership="CLIMATE",
        kind="treaty",
        title="Paris Agreement",
        open_for_signature=True,
        enters_after={"consents": 55, "days": WAIT.days},
        identifiers={"unts": "54113"},
        documents="United Nations, Treaty Series 3156, page 79",
        note="Those 55 must also account for 55 per cent of the emissions.",
        source=TEXT,
    )
    yield events.InstrumentAdopted(
        id="adopted", instrument="PARIS", when="2015-12-12", source=DEPOSITARY
    )


def signatures(rows: list[dict[str, str]]) -> Iterator[events.Event]:
    """Yield what the column of signatures says."""
    for row in rows:
        if row["signed"]:
            yield events.InstrumentSigned(
                id=f"signed-{row['code']}",
                instrument="PARIS",
                when=row["signed"],
                signers=row["code"],
                source=DEPOSITARY,
            )


def consents(rows: list[dict[str, str]]) -> Iterator[events.Event]:
    """Yield what the column of consents says."""
    for row in rows:
        if row["how"] == "accession":
            yield events.InstrumentAcceded(
                id=f"consent-{row['code']}",
                instrument="PARIS",
                when=row["consented"],
                party=row["code"],
                source=DEPOSITARY,
            )
        elif row["how"]:
            yield events.InstrumentRatified(
                id=f"consent-{row['code']}",
                instrument="PARIS",
                when=row["consented"],
                party=row["code"],
                how=row["how"],
                source=DEPOSITARY,
            )


def entries(rows: list[dict[str, str]]) -> Iterator[events.Event]:
    """Yield the entry into force, and those for the parties that came just before it.

    Whoever consented between the threshold and the entry had to wait for thirty days all the same.
    """
    consented = [(row["code"], date.fromisoformat(row["consented"])) for row in rows if row["how"]]
    yield events.InstrumentEnteredIntoForce(
        id="force",
        instrument="PARIS",
        when=FORCE.isoformat(),
        parties=[code for code, day in consented if day <= THRESHOLD],
        source=DEPOSITARY,
    )
    for code, day in consented:
        if THRESHOLD < day <= FORCE:
            yield events.InstrumentEnteredIntoForce(
                id=f"force-{code}",
                instrument="PARIS",
                when=(day + WAIT).isoformat(),
                parties=code,
                inferred="when",
                note="The thirtieth day after the deposit: article 21, paragraph 3.",
                source=TEXT,
            )


def united_states() -> Iterator[events.Event]:
    """Yield how the United States left, came back, and left again."""
    yield events.TerminationNotified(
        id="leaving",
        instrument="PARIS",
        when="2019-11-04",
        by="US",
        ends="2020-11-04",
        source=LEAVING,
    )
    yield events.InstrumentAcceded(
        id="return",
        instrument="PARIS",
        when="2021-01-20",
        party="US",
        note="By a new instrument of acceptance.",
        source=RETURNING,
    )
    yield events.TerminationNotified(
        id="leaving again",
        instrument="PARIS",
        when="2025-01-27",
        by="US",
        ends="2026-01-27",
        source=LEAVING_AGAIN,
    )


def whole_table() -> list[events.Event]:
    """Return the table and the later acts, as they were written down."""
    rows = participants()
    return [
        *registrations(rows),
        *signatures(rows),
        *consents(rows),
        *entries(rows),
        *united_states(),
    ]


# What was written down, all on one day.
DIARY: dict[str, list[events.Event]] = {WRITTEN_DOWN: whole_table()}


def record(path: str | Path) -> None:
    """Record the diary in the ledger of that file, with the ledger's clock at noon of each day."""
    for day, page in DIARY.items():
        clock = partial(datetime.fromisoformat, f"{day}T12:00:00Z")
        with Ledger.open(path, clock=clock) as ledger:
            ledger.record(*page)


def main(path: str | Path) -> None:
    """Record the table, then ask how many parties there were, and for whom it was in force."""
    record(path)
    with Ledger.open(path) as ledger:
        print("The Paris Agreement by day\n")
        days = ["2015-12-31", "2016-04-22", "2016-09-21", "2016-10-25", "2016-11-04"]
        days += ["2017-11-13", "2018-12-01", "2020-11-03", "2020-11-04", "2021-02-19", "2026-01-27"]
        numbers = [[day, *row(ledger.view(day))] for day in days]
        print(table(numbers, headers=["on", *COLUMNS]), end="\n\n")
        print("The United States\n")
        days = ["2016-04-22", "2016-09-03", "2016-11-04", "2019-11-04", "2020-11-04"]
        days += ["2021-01-20", "2021-02-19", "2025-01-27", "2026-01-27"]
        chapters = [[day, *chapter(ledger.view(day))] for day in days]
        print(table(chapters, headers=["on", *CHAPTERS]), end="\n\n")
        view = ledger.view("2026-01-27")
        print("Who has signed and not consented:", ", ".join(view.instrument("PARIS").not_ratified))
        print()
        print(explanation(view, "PARIS"))


COLUMNS = ("state", "signed", "consented", "in force for", "flags")


def row(view: View) -> list[str | int]:
    """Return the state, how many have signed, consented, are bound, and the flags."""
    text, lives = view.instrument("PARIS"), view.participations("PARIS")
    present = [life for life in lives if life.left_on is None]
    return [
        text.state.replace("_", " "),
        sum(life.signed_on is not None for life in lives),
        sum(life.consented_on is not None for life in present),
        len(text.in_force_for),
        ", ".join(text.flags).replace("_", " "),
    ]


CHAPTERS = ("signed", "consented", "how", "in force since", "notice", "ends", "left")


def chapter(view: View) -> list[str]:
    """Return what the United States had done by the day, in the present chapter."""
    (life,) = (life for life in view.participations("PARIS") if life.party == "US")
    consent = (life.signed_on, life.consented_on, life.how, life.in_force_since)
    end = (life.notice_on, life.ends, life.left_on)
    return ["" if each is None else str(each) for each in (*consent, *end)]


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
