"""Table of the commands, and the run of one: its output, its errors, its exit code."""

import os
import sys
from inspect import getdoc
from typing import Any

import click
from click.shell_completion import get_completion_class

from coopledger.cli import following, proving, reading, recording, reporting, serving, taking_in
from coopledger.cli import parameters as given
from coopledger.cli.asking import ID, SINCE, TEXT, asked
from coopledger.cli.exits import Exit
from coopledger.cli.output import prepare_streams
from coopledger.cli.parameters import Run, Words
from coopledger.cli.refusals import tell, tell_interrupted
from coopledger.cli.usage import Command, Group
from coopledger.errors import CoopledgerError

PROGRAM = "coopledger"
_COMPLETING = "_COOPLEDGER_COMPLETE"
_BEGUN = (given.ZONE, given.PARTY, given.US, given.NAME)
_CHECKED = (given.ON, given.NAME, given.JSON, given.CSV)
_VERIFIED = (given.SINCE, given.SIGNED_BY, given.NAME, given.JSON)
_ONE, _TEXT, _SINCE, _FILE = (ID,), (TEXT,), (SINCE,), ("FILE",)

# In the order in which they are listed: what runs, its line in the list, options, further words.
Row = tuple[Run, str, tuple[click.Option, ...], tuple[str, ...]]
TABLE: tuple[Row, ...] = (
    (recording.new, "Begin a ledger: its zone, its first parties", _BEGUN, ()),
    (reading.board, "Where every partnership stands", given.LISTS, ()),
    (reading.pending, "Open promises: who owes whom what, and by when", given.LISTS, ()),
    (
        reading.agenda,
        "What is late or comes soon: promises, meetings, ends",
        (given.WITHIN, *given.LISTS),
        (),
    ),
    (
        reading.show,
        "All about one party, partnership, text, promise or meeting",
        (*given.ONE, given.CSV),
        _ONE,
    ),
    (reading.why, "Why a thing is where it is, and which events say so", given.ONE, _ONE),
    (
        following.news,
        "What is new since a day, to remind",
        (*given.FILTERS, *given.READING, given.JSON),
        _SINCE,
    ),
    (following.find, "Where words were said, and of what", given.FOUND, _TEXT),
    (
        following.obstacles,
        "What stands in the way, since when, and with whom",
        (given.LIES_WITH, *given.FOUND),
        (),
    ),
    (following.unassigned, "What nobody of us sees to", given.FOUND, ()),
    (
        reporting.calendar,
        "Write what is pending as a calendar (iCalendar)",
        (given.US, *given.FILTERS, given.LANGUAGE, *given.READING),
        (),
    ),
    (reporting.letter, "Write a letter of what is late, due and new", given.LETTER, ()),
    (reporting.report, "Write the report of an office: one file of HTML", given.REPORT, ()),
    (serving.serve, "Serve the pages of a ledger to browsers", given.SERVED, ()),
    (proving.check, "Look for what is impossible, doubtful or incomplete", _CHECKED, ()),
    (proving.verify, "Prove that nothing in the log was changed", _VERIFIED, ()),
    (
        recording.record,
        "Record events (JSON Lines) or minutes (TOML) of a file",
        given.WRITING,
        _FILE,
    ),
    (
        taking_in.import_,
        "Take in a spreadsheet (CSV, XLSX): texts, promises, meetings",
        given.TAKING_IN,
        _FILE,
    ),
    (
        recording.export,
        "Write every event (JSON Lines), or where all stands (XLSX)",
        (given.PLAIN, given.ON, given.US, given.ALL_COLUMNS, given.NAME),
        _FILE,
    ),
    (recording.restore, "Make a ledger out of an export", (given.NAME,), _FILE),
)


def _command(
    run: Run, short: str, options: tuple[click.Option, ...], words: tuple[str, ...]
) -> click.Command:
    """Return the command of a function, whose docstring is its help, below a short one."""
    text = getdoc(run) or ""

    def call(**values: Any) -> int:  # noqa: ANN401 - options of every type
        given_words = values.pop("words")
        if values.get("json") and values.get("csv"):
            raise click.UsageError("--json and --csv exclude each other: give one of them")
        try:
            return run(asked(words, given_words, values)) or Exit.FINE
        except KeyboardInterrupt:  # click would write an empty line.
            tell_interrupted()
            return Exit.INTERRUPTED

    params: list[click.Parameter] = [Words(*words), *options]
    name = run.__name__.rstrip("_")  # Of one that is a word of Python.
    return Command(name, callback=call, params=params, help=text, short_help=short)


def _completion(shell: str) -> None:
    """Print what a shell needs to complete commands, options and ids: bash, zsh or fish.

    For bash, put this line into ~/.bashrc: eval "$(coopledger completion bash)"
    """
    completion = get_completion_class(shell)
    if completion is not None:
        click.echo(completion(_group(), {}, PROGRAM, _COMPLETING).source())


def _group() -> click.Group:
    """Return the commands."""
    group = Group(
        PROGRAM,
        help="Follow up cooperation between organisations: who agreed what, and where it stands.",
    )
    click.version_option(package_name="coopledger", message="%(prog)s %(version)s")(group)
    for row in TABLE:
        group.add_command(_command(*row))
    short = "Print what a shell needs to complete commands and ids"
    text, params = getdoc(_completion), list[click.Parameter]((given.SHELL,))
    group.add_command(
        Command("completion", callback=_completion, params=params, help=text, short_help=short)
    )
    return group


COMMANDS = _group()


def run() -> int:
    """Run the command of the command line; return its exit code."""
    prepare_streams()
    try:
        code = COMMANDS.main(prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        tell_interrupted()
        return Exit.INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return Exit.FINE
    except (click.ClickException, CoopledgerError, OSError) as error:
        return _refused(error)
    except SystemExit:  # click ends the program by itself where a pipe is closed, or completing.
        if os.environ.get(_COMPLETING):
            raise
        return _leave_the_output(Exit.CLOSED_PIPE)
    return int(code or Exit.FINE)


def _refused(error: click.ClickException | CoopledgerError | OSError) -> int:
    """Tell the error, and return the exit code for it."""
    if _is_closed_pipe(error):
        return _leave_the_output(Exit.CLOSED_PIPE)
    tell(error)
    try:
        sys.stdout.flush()
    except OSError:  # The disk is full: what could not be written is not tried again.
        return _leave_the_output(Exit.CANNOT)
    return Exit.CANNOT


def _is_closed_pipe(error: BaseException | None) -> bool:
    """Return whether an error, or what caused it, is that nobody reads any more."""
    while error is not None and not isinstance(error, BrokenPipeError):
        error = error.__cause__
    return error is not None


def _leave_the_output(code: Exit) -> int:
    """Write no more to a pipe that is closed or a disk that is full, not even at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return code
