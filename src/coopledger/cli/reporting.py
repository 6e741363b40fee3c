"""Command that makes the report of an office: one file of HTML."""

import sys

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
