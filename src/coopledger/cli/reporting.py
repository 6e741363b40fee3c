"""Commands that make files for people: the report of an office, its calendar."""

import sys

from coopledger.calendar import calendar as make_calendar
from coopledger.cli.asking import Asked
from coopledger.cli.output import write_page
from coopledger.cli.progress import progress
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
