"""Table of the commands, and the run of one: its output, its errors, its exit code."""

import os
import sys
from inspect import getdoc
from typing import Any

import click
from click.shell_completion import get_completion_class

from coopledger.cli import parameters as given
from coopledger.cli import proving, reading, recording, reporting
from coopledger.cli.asking import asked
from coopledger.cli.exits import Exit
from coopledger.cli.output import prepare_streams
from coopledger.cli.parameters import Run, Words
from coopledger.cli.refusals import tell, tell_interrupted
from coopledger.errors import CoopledgerError

PROGRAM = "coopledger"
_COMPLETING = "_COOPLEDGER_COMPLETE"


class Group(click.Group):
    """Commands in the order of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(self.commands)


def _command(run: Run, *options: click.Option, words: tuple[str, ...] = ()) -> click.Command:
    """Return the command of a function, whose docstring is its help."""
    text = getdoc(run) or ""

    def call(**values: Any) -> int:  # noqa: ANN401 - options of every type
        given_words = values.pop("words")
        try:
            return run(asked(words, given_words, values)) or Exit.FINE
        except KeyboardInterrupt:  # click would write an empty line.
            tell_interrupted()
            return Exit.INTERRUPTED

    return click.Command(run.__name__, callback=call, params=[Words(*words), *options], help=text)


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
    for command in (
        _command(recording.new, given.ZONE, given.PARTY, given.US, given.NAME),
        _command(reading.board, *given.LISTS),
        _command(reading.pending, *given.LISTS),
        _command(reading.agenda, given.WITHIN, *given.LISTS),
        _command(reading.show, given.US, *given.READING, given.JSON, given.CSV, words=(given.ID,)),
        _command(reading.why, given.US, *given.READING, given.JSON, words=(given.ID,)),
        _command(
            reporting.report, given.US, given.PERIOD, given.OUT, given.LANGUAGE, *given.READING
        ),
        _command(proving.check, given.ON, given.NAME, given.JSON, given.CSV),
        _command(proving.verify, given.SINCE, given.SIGNED_BY, given.NAME, given.JSON),
        _command(recording.record, *given.WRITING, words=("FILE",)),
        _command(recording.export, given.PLAIN, given.NAME, words=("FILE",)),
        _command(recording.restore, given.NAME, words=("FILE",)),
        click.Command(
            "completion",
            callback=_completion,
            params=[click.Argument(["shell"], type=click.Choice(("bash", "zsh", "fish")))],
            help=getdoc(_completion),
            short_help="Print what a shell needs to complete commands, options and ids",
        ),
    ):
        group.add_command(command)
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
        if _is_closed_pipe(error):
            return _leave_the_pipe()
        tell(error)
        return Exit.CANNOT
    except SystemExit:  # click ends the program by itself where a pipe is closed, or completing.
        if os.environ.get(_COMPLETING):
            raise
        return _leave_the_pipe()
    return int(code or Exit.FINE)


def _is_closed_pipe(error: BaseException | None) -> bool:
    """Return whether an error, or what caused it, is that nobody reads any more."""
    while error is not None and not isinstance(error, BrokenPipeError):
        error = error.__cause__
    return error is not None


def _leave_the_pipe() -> int:
    """Write no more to a pipe that is closed, not even at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return Exit.CLOSED_PIPE
