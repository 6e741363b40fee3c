"""Mistakes in the words of a command line, told with place, value and remedy."""

from collections.abc import Callable, Iterable

import click

from coopledger._suggest import did_you_mean


class Command(click.Command):
    """Command of which every mistake in its words says where it was made."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return the words that are left once the options are read."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Group(click.Group):
    """Commands in the order of the table; an unknown one is refused with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing:
            near = did_you_mean(cmd_name, self.commands)
            raise click.UsageError(f"{cmd_name!r} is no command{near}", ctx)
        return found


class OneOf(click.Choice[str]):
    """Word of a short list."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return the value and the words that would do."""
        del ctx
        names = list(map(str, self.choices))
        return f"{str(value)!r} is none of {', '.join(names)}{did_you_mean(str(value), names)}"


class Days(click.types.IntParamType):
    """Number of days from 0."""

    name = "days"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number."""
        text = str(value)
        if not (text.isascii() and text.isdigit()):
            self.fail(f"{text!r} is no number of days: give a whole one, such as 14", param, ctx)
        return int(text)


def place_of(parameter: click.Parameter | None) -> str:
    """Return what a reader calls an option, or a word of the command."""
    if parameter is None:
        return "a word"
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return (parameter.name or "").upper()


def told(error: click.UsageError) -> str:
    """Return a mistake that click has found in our words, or else what it says of it."""
    tell = next((tell for kind, tell in _TOLD if isinstance(error, kind)), _as_it_is)
    return tell(error)


def _as_it_is(error: click.UsageError) -> str:
    """Return the message."""
    return error.format_message()


def _no_such_option(error: click.NoSuchOption) -> str:
    """Return which option there is instead."""
    options = [name for each in _options(error) for name in each.opts]
    return f"{error.option_name} is no option here{did_you_mean(error.option_name, options)}"


def _bad_usage(error: click.BadOptionUsage) -> str:
    """Return how many values the option wants."""
    name = error.option_name
    option = next((each for each in _options(error) if name in each.opts), None)
    if option is None or option.is_flag:
        return f"{name} takes no value: leave out what follows the sign ="
    form = option.metavar or "a value"
    what = "its value is" if option.nargs == 1 else f"some of its {option.nargs} values are"
    return f"{name}: {what} missing: write {name} {form}"


def _missing(error: click.MissingParameter) -> str:
    """Return how to give what is missing."""
    place, form = place_of(error.param), getattr(error.param, "metavar", None) or ""
    return f"{place} is missing: give it as {' '.join(filter(None, (place, form)))}"


def _bad_value(error: click.BadParameter) -> str:
    """Return the place and the message, which begins with the value."""
    return f"{place_of(error.param)} {error.message}"


def _options(error: click.UsageError) -> Iterable[click.Option]:
    """Return the options of the command in which the mistake is."""
    command = error.ctx.command if error.ctx else None
    return [each for each in command.params if isinstance(each, click.Option)] if command else []


# The first kind that fits: a missing parameter is a bad one too.
_TOLD: tuple[tuple[type[click.UsageError], Callable[..., str]], ...] = (
    (click.NoSuchOption, _no_such_option),
    (click.BadOptionUsage, _bad_usage),
    (click.MissingParameter, _missing),
    (click.BadParameter, _bad_value),
)
