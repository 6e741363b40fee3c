"""Generated parts of the reference of the command line: the commands and the exit codes."""

# ruff: noqa: INP001 - scripts next to the pages, no package

from collections.abc import Callable, Iterator

import click

from coopledger.cli.commands import COMMANDS, PROGRAM
from coopledger.cli.exits import MEANINGS

__all__ = ["COMMAND_LINE"]


def _commands() -> str:
    """Return a section for each command: how it is called, what it does, its options."""
    return "\n\n".join(_command(name, command) for name, command in COMMANDS.commands.items())


def _command(name: str, command: click.Command) -> str:
    """Return the section of one command."""
    with click.Context(command, info_name=f"{PROGRAM} {name}") as context:
        usage = " ".join(command.collect_usage_pieces(context))
        rows = list(_options(command, context))
    table = "\n".join(("| option | meaning |", "| --- | --- |", *rows))
    shown = [f"## {name}", f"```text\n{PROGRAM} {name} {usage}\n```", command.help or ""]
    return "\n\n".join([*shown, table] if rows else shown)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield a row for each option."""
    for option in command.params:
        described = option.get_help_record(context)
        if isinstance(option, click.Option) and described is not None:
            yield f"| `{described[0]}` | {described[1]} |"


def _exit_codes() -> str:
    """Return the exit codes as a table."""
    rows = (f"| {code:d} | {meaning} |" for code, meaning in MEANINGS.items())
    return "\n".join(("| code | meaning |", "| --- | --- |", *rows))


COMMAND_LINE: dict[str, Callable[[], str]] = {
    "commands": _commands,
    "exit-codes": _exit_codes,
}
