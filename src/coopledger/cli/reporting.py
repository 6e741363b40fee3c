"""Commands that make files for people: the report of an office, its calendar, its letter."""

import sys

from coopledger.calendar import calendar as make_calendar
from coopledger.cli.asking import Asked
from coopledger.cli.output import write_page
from coopledger.cli.progress import progress
from coopledger.letter import letter as make_letter
from coopledger.report import report as make_report

STREAM = "-"


def report(asked: Asked) -> None:
    """Make a report: the figures of a period, the board, and a page for each partnership."""
    out = asked.options["out"]
    made = {name: asked.options[name] for name in ("period", "language")}
    with asked.viewed() as moment, progress("Pages") as tell:
        view = moment.view
        made |= {"us": moment.us, "timezone": moment.timezone, "progress": tell}
        if out == STREAM:
            text = make_report(view, path=None, **made)
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
            return
        make_report(view, path=out, **made)
    write_page(f"{out}: the report of {view.on}")


def calendar(asked: Asked) -> None:
    """Write what is pending as a calendar: due dates, meetings, ends of terms, what to ask again.

    For example: coopledger calendar office.db > office.ics. A calendar that reads the file again
    moves, checks or cancels the entries that it has.
    """
    with asked.viewed() as moment:
        file = make_calendar(moment.view, us=moment.us, language=asked.options["language"])
    sys.stdout.flush()
    sys.stdout.buffer.write(file)


def letter(asked: Asked) -> None:
    """Write a letter of what is late, falls due this week, ends soon and is new, as a mail.

    For example: coopledger letter office.db --since 2026-11-20 > letter.eml. Where there is nothing
    to say nothing is written. It sends nothing: give the file to whatever sends mail where you are.
    """
    since, names = asked.options["since"], ("to", "sender", "link", "language")
    with asked.viewed() as moment:
        message = make_letter(
            moment.view,
            since=int(since) if since.isdecimal() else since,
            us=moment.us,
            **{name: asked.options[name] for name in names},
        )
    if message is None:
        sys.stderr.write(f"No letter: nothing is late or due this week, or new since {since}.\n")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(message.as_bytes())
