"""Nothing that is shown holds a sign that a terminal would obey, whatever an older log holds."""

import inspect
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import NoneType
from typing import cast
from unicodedata import category

import attrs
import click
import pytest
from click.testing import CliRunner
from rich.console import Console

from coopledger import Ledger, View, events, render
from coopledger.cli.commands import COMMANDS
from coopledger.cli.refusals import lines
from coopledger.errors import CoopledgerError
from coopledger.events import Event
from coopledger.render.terminal import Screen
from coopledger.report import report
from coopledger.stores import MemoryStore
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock
from tests.laws.hostile import EVIL, SIGN, hostile_log, parties, partnership

DAY = "2020-06-01"
PARTY, PARTNERSHIP = parties(SIGN)[0], partnership(SIGN)
UNSHOWN = {"Cc", "Cs", "Zl", "Zp"}
TURNING = {"\u202e"}
VIEW_METHODS = sorted(
    name for name, kind in vars(View).items() if not name.startswith("_") and callable(kind)
)
PAGES = sorted(set(render.__all__) - {"Answering", "findings", "table"})
REQUIRED = {
    (inspect.Parameter.empty, inspect.Parameter.POSITIONAL_OR_KEYWORD),
    (inspect.Parameter.empty, inspect.Parameter.POSITIONAL_ONLY),
}


def ids(view: View) -> Iterator[str]:
    """Yield the ids of all things."""
    lists = (view.partnerships(), view.instruments(), view.commitments(open=None))
    for items in (*lists, view.proposals(), view.meetings(), view.parties(), view.figures()):
        yield from (each.id for each in items)


# Where ids go: the parameters of questions and pages that must be given.
ARGUMENTS: dict[str, Callable[[View], Iterable[object]]] = {
    "event_ids": lambda view: [each.id for each in view.events(Event)][:5],
    "id": ids,
    "instrument": lambda view: [each.id for each in view.instruments()],
    "kind": lambda _: [Event],
    "meeting": lambda view: [each.id for each in view.meetings()],
    "name": lambda _: [],  # Of a pack, and there is none.
    "other": lambda view: [_poorer(view)],
    "partnership": lambda _: [PARTNERSHIP],
    "since": lambda _: ["2015-01-01", 1],
    "text": lambda view: [view.party(PARTY).name],
}
# Either one or the other must be given.
EITHER = {"dossier": [{"party": PARTY}, {"country": "FR"}]}
# What the commands are given after the ledger; None for every id.
COMMAND_WORDS: dict[str, list[list[str]] | None] = {
    "agenda": [[], ["--within", "9999"]],
    "board": [[], ["--us", PARTY], ["--with", PARTY], ["--responsible", EVIL], ["--tag", EVIL]],
    "calendar": [[], ["--us", PARTY]],
    "check": [[]],
    "completion": [],
    "export": [],  # A copy of the log for programs, in its own bytes.
    "find": [["a"]],
    "import": [],
    "letter": [["--since", "2015-01-01"], ["--since", "1", "--us", PARTY]],
    "new": [],
    "news": [["2015-01-01"], ["1"]],
    "obstacles": [[], ["--lies-with", PARTY]],
    "pending": [[], ["--us", PARTY]],
    "record": [],
    "report": [["--out", "-"], ["--out", "-", "--us", PARTY]],
    "restore": [],
    "serve": [],  # It waits for browsers.
    "show": None,
    "unassigned": [[]],
    "verify": [[]],
    "why": None,
}


@pytest.fixture(name="ledger", scope="module")
def _ledger() -> Ledger:
    store = MemoryStore()
    hostile_log(store)
    return Ledger(store, name=NAME, clock=Clock())


@pytest.fixture(name="view", scope="module")
def _view(ledger: Ledger) -> View:
    return ledger.view(DAY)


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "office.db"
    store = SqliteStore(path)
    hostile_log(store)
    store.close()
    return path


def _poorer(view: View) -> View:
    """Return the view without every other event."""
    return view.without(*(each.id or "" for each in view.events(Event)[::2]))


def obeyed(text: str) -> set[str]:
    """Return the signs of a text that a terminal would obey, but for the line feed."""
    return {
        sign for sign in text if (category(sign) in UNSHOWN or sign in TURNING) and sign != "\n"
    }


def calls(view: View, call: Callable[..., object], name: str) -> Iterator[Callable[[], object]]:
    """Yield calls of a question or page with every argument that it may need."""
    parameters = inspect.signature(call).parameters.values()
    needed = [
        each.name
        for each in parameters
        if each.kind is not each.VAR_KEYWORD
        and (each.kind is each.VAR_POSITIONAL or (each.default, each.kind) in REQUIRED)
    ]
    if name in EITHER:
        yield from (partial(call, **given) for given in EITHER[name])
    elif needed:
        yield from (partial(call, each) for each in ARGUMENTS[needed[0]](view))
    else:
        yield call


def shown(value: object) -> Iterator[str]:
    """Yield every way in which a value and its parts are shown."""
    if isinstance(value, str | int | float | bytes | NoneType):
        return  # What a program gets is the record as it is.
    yield from (str(value), repr(value))
    show: Callable[[], str] | None = getattr(value, "_repr_html_", None)
    if show is not None:
        yield show()
    if isinstance(value, tuple):
        for each in cast(tuple[object, ...], value):
            yield from shown(each)
    elif attrs.has(type(value)):
        for field in attrs.fields(cast(type[attrs.AttrsInstance], type(value))):
            yield from shown(getattr(value, field.name))


def test_the_log_holds_what_a_terminal_would_obey(view: View) -> None:
    statements = view.events(events.StatementMade)

    assert obeyed(statements[0].text) > {"\x1b", "\x00", "\x07", "\x9b", "\u202e"}
    assert SIGN in view.partnerships()[-1].id


@pytest.mark.parametrize("method", VIEW_METHODS)
def test_no_answer_of_a_view_shows_one(view: View, method: str) -> None:
    for ask in calls(view, getattr(view, method), method):
        with suppress(CoopledgerError):
            for text in shown(ask()):
                assert obeyed(text) == set(), text


@pytest.mark.parametrize("method", VIEW_METHODS)
def test_no_refusal_of_a_question_shows_one(view: View, method: str) -> None:
    error = refusal(partial(getattr(view, method), EVIL))

    assert error is None or obeyed(f"{error}{error!r}{''.join(lines(error))}") == set()


def refusal(call: Callable[[], object]) -> CoopledgerError | None:
    """Return the refusal of a call; None where it is not refused, or takes no word."""
    try:
        call()
    except CoopledgerError as error:
        return error
    except TypeError:
        return None
    return None


@pytest.mark.parametrize("page", PAGES)
def test_no_plain_page_shows_one(view: View, page: str) -> None:
    for make in calls(view, partial(getattr(render, page), view), page):
        with suppress(CoopledgerError):
            assert obeyed(str(make())) == set()


def test_findings_and_events_show_none(ledger: Ledger) -> None:
    assert obeyed(render.findings(ledger.check())) == set()
    for each in (*ledger.check(), *ledger.events()):
        assert obeyed(f"{each}{each!r}") == set()


@pytest.mark.parametrize(("us", "is_ascii"), [(None, False), (PARTY, True)])
def test_no_page_of_a_terminal_shows_one(view: View, us: str | None, *, is_ascii: bool) -> None:
    screen = Screen(view, us=us, partner=PARTNERSHIP, is_ascii=is_ascii)
    pages = [screen.board(), screen.pending(), screen.agenda(within_days=9999)]
    pages += [screen.explanation(id) for id in ids(view) if _has_a_state(view, id)]
    pages.append(screen.history(PARTNERSHIP))

    written = io.StringIO()
    Console(file=written, color_system=None, width=120, markup=False, emoji=False).print(*pages)
    assert obeyed(written.getvalue()) == set()


def _has_a_state(view: View, id: str) -> bool:
    """Return whether a thing can be explained."""
    with suppress(CoopledgerError):
        view.explain(id)
        return True
    return False


@pytest.mark.parametrize("language", ["en", "fr", "vi"])
@pytest.mark.parametrize("us", [None, PARTY])
def test_no_report_shows_one(view: View, us: str | None, language: str) -> None:
    assert obeyed(report(view, us=us, language=language)) == set()


@pytest.mark.parametrize("command", sorted(COMMANDS.commands))
@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_no_command_shows_one(file: Path, command: str, form: str) -> None:
    options = {name for each in COMMANDS.commands[command].params for name in each.opts}
    if form and form not in options:
        return
    with Ledger.open(file, name=NAME, readonly=True) as ledger:
        each_id = [[id] for id in ids(ledger.view(DAY))]
    day = ["--on", DAY] if "--on" in options else []
    words_of_command = COMMAND_WORDS[command]
    for words in each_id if words_of_command is None else words_of_command:
        asked = [command, str(file), *words, *day, *([form] if form else [])]
        done = CliRunner().invoke(COMMANDS, asked, standalone_mode=False)
        if isinstance(done.exception, CoopledgerError | click.ClickException):
            assert obeyed("".join(lines(done.exception))) == set()
        elif done.exception is not None:
            raise done.exception
        assert obeyed(done.output) == set()


def test_what_a_command_line_says_of_a_wrong_word_shows_none(file: Path) -> None:
    for command in COMMANDS.commands:
        for words in ([EVIL], [f"--{EVIL}"], [str(file), "a", "b", EVIL]):
            with suppress(SystemExit):
                done = CliRunner().invoke(COMMANDS, [command, *words], standalone_mode=False)
                if isinstance(done.exception, CoopledgerError | click.ClickException | OSError):
                    assert obeyed("".join(lines(done.exception))) == set()
