"""Options and words of the commands, and how a shell completes them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial

import click
from click.shell_completion import CompletionItem

from coopledger._display.catalogue import ENGLISH, LANGUAGES
from coopledger.cli.asking import ID, US_VARIABLE, Asked, asked
from coopledger.cli.usage import Days, OneOf
from coopledger.errors import CoopledgerError
from coopledger.terms import PartyKind
from coopledger.view import View

Answers = Callable[[View], Iterable[str]]


def parties(view: View) -> Iterator[str]:
    """Yield the ids of the parties."""
    return (party.id for party in view.parties())


def partners(view: View) -> Iterator[str]:
    """Yield the ids of the partnerships and parties."""
    yield from (partnership.id for partnership in view.partnerships())
    yield from parties(view)


def things(view: View) -> Iterator[str]:
    """Yield every id that a page can be about."""
    yield from partners(view)
    yield from (text.id for text in view.instruments())
    yield from (promise.id for promise in view.commitments(status=None))
    yield from (proposal.id for proposal in view.proposals())
    yield from (meeting.id for meeting in view.meetings())


def _ids(
    ids: Answers, context: click.Context, _parameter: click.Parameter, beginning: str
) -> list[CompletionItem]:
    """Return the ids that begin so; none where no ledger can be read."""
    # An option that still lacks its value keeps click from sorting the words before it.
    words = tuple(context.params.get("words") or context.args)
    with suppress(CoopledgerError, click.UsageError, OSError):
        request = asked((), words[:1], context.params)
        with request.opened() as ledger:
            known = ids(request.view(ledger))
            return [CompletionItem(id) for id in known if id.startswith(beginning)]
    return []


class Words(click.Argument):
    """Words of a command: the ledger, unless the environment names it, and then others.

    Attributes:
        names: What the words after the ledger are.
    """

    def __init__(self, *names: str) -> None:
        """Name the words after the ledger."""
        self.names = names
        super().__init__(["words"], nargs=-1, metavar=" ".join(("[LEDGER]", *names)))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the ids that begin so, and leave files to the shell."""
        words = tuple(ctx.params.get(self.name or "") or ())
        is_id = ID in self.names
        found = _ids(things, ctx, self, incomplete) if is_id and len(words) <= 1 else []
        is_file = not words or not is_id
        return [*found, CompletionItem(incomplete, type="file")] if is_file else found


NAME = click.Option(
    ["--name"], metavar="NAME", help="The ledger of that name, where the file holds several."
)
ON = click.Option(
    ["--on"], metavar="DAY", help="The day asked about, such as 2022-12-31; today if left out."
)
KNOWN_AT = click.Option(
    ["--known-at"],
    metavar="TIME",
    help="Only what was recorded by that day or instant counts.",
)
US = click.Option(
    ["--us"],
    metavar="PARTY",
    envvar=US_VARIABLE,
    show_envvar=True,
    help="Our own id: what we owe and what they owe is then told apart.",
    shell_complete=partial(_ids, parties),
)
WITH = click.Option(
    ["--with", "partner"],
    metavar="ID",
    help="Only what is with that party or in that partnership.",
    shell_complete=partial(_ids, partners),
)
RESPONSIBLE = click.Option(
    ["--responsible"],
    metavar="WHO",
    help="Only what is in the hands of this person, post or party.",
)
TAG = click.Option(["--tag"], metavar="TAG", help="Only what has this tag.")
COUNTRY = click.Option(
    ["--country"],
    metavar="CODE",
    help="Only what a party of this country is a party to, such as FR.",
)
PERIOD = click.Option(
    ["--period"],
    metavar="PERIOD",
    help="The time of the figures, such as 2025-01/2025-06; the last full year if left out.",
)
OUT = click.Option(
    ["--out"],
    metavar="FILE",
    default="report.html",
    show_default=True,
    type=click.Path(),
    help="Where the report is written; `-` writes to the standard output.",
)
LANGUAGE = click.Option(
    ["--language"],
    type=OneOf(LANGUAGES),
    default=ENGLISH,
    show_default=True,
    help="The language of the page; others than English need coopledger[languages].",
)
ALL = click.Option(["--all", "whole"], is_flag=True, help="All rows, however many they are.")
JSON = click.Option(["--json"], is_flag=True, help="Write JSON instead of a page.")
CSV = click.Option(["--csv"], is_flag=True, help="Write CSV instead of a page.")
WITHIN = click.Option(
    ["--within"],
    type=Days(),
    default=30,
    metavar="DAYS",
    show_default=True,
    help="How many days ahead.",
)
BY = click.Option(
    ["--by"], metavar="NAME", help="Who records, for lines that do not say it themselves."
)
DRY_RUN = click.Option(["--dry-run"], is_flag=True, help="Try everything, and write nothing.")
REJECTS = click.Option(
    ["--rejects"],
    metavar="FILE",
    help="Record the good lines all the same, and write the bad ones to this file.",
)
PLAIN = click.Option(
    ["--plain"], is_flag=True, help="Leave out positions, record times and hashes."
)
ALL_COLUMNS = click.Option(
    ["--all-columns", "columns"],
    flag_value="all",
    default=None,
    help="Write every column to a workbook, with ids, and not those of the printed lists alone.",
)
SINCE = click.Option(
    ["--since"], metavar="CHECKPOINT", help="A checkpoint that was kept elsewhere; its one line."
)
SINCE_LAST = click.Option(
    ["--since"],
    required=True,
    metavar="SINCE",
    help="The day of the last letter, or the position of the log then.",
)
TO = click.Option(
    ["--to"], multiple=True, metavar="ADDRESS", help="To whom it goes; several may be given."
)
SENDER = click.Option(["--from", "sender"], metavar="ADDRESS", help="From whom it comes.")
LINK = click.Option(
    ["--link"], metavar="ADDRESS", help="Where all that is pending can be read: a button."
)
SIGNED_BY = click.Option(
    ["--signed-by"],
    type=click.Path(),
    metavar="FILE",
    help="The public key, in PEM, that must have signed the checkpoint.",
)
ZONE = click.Option(
    ["--zone"],
    required=True,
    metavar="ZONE",
    help="The time zone that says which day an instant belongs to, such as Asia/Ho_Chi_Minh.",
)
PARTY = click.Option(
    ["--party", "parties"],
    nargs=3,
    multiple=True,
    metavar="ID NAME KIND",
    help=(
        f"A first party, such as HC 'Our Institute' centre:VN; several may be given. KIND is one of"
        f" {', '.join(PartyKind)}; a colon and the code of a country may follow."
    ),
)

SHELL = click.Argument(["shell"], type=OneOf(("bash", "zsh", "fish")))

NEW_ZONE = click.Option(
    ["--zone"],
    metavar="ZONE",
    help="The time zone of a ledger that is begun, such as Asia/Ho_Chi_Minh.",
)
MAPPING = click.Option(
    ["--mapping"],
    type=click.Path(),
    metavar="FILE",
    help="The columns, names and words of the sheet, in TOML; if left out they are guessed.",
)
DRAFT = click.Option(
    ["--draft"],
    type=click.Path(),
    metavar="FILE",
    help="Write the guessed mapping to this file, and record nothing.",
)
US_NAME = click.Option(
    ["--us-name"], metavar="NAME", help="Our own name, where the ledger does not have us yet."
)
US_KIND = click.Option(
    ["--us-kind"],
    type=OneOf(tuple(map(str, PartyKind))),
    help="What sort of organisation we are, likewise.",
)
US_COUNTRY = click.Option(
    ["--us-country"], metavar="CODE", help="The code of our country, likewise, such as VN."
)
PARTNER = click.Option(
    ["--partner", "meant"],
    nargs=2,
    multiple=True,
    metavar="SPELLING NAME",
    help=(
        "The name or the id that a spelling of a partner means, or the spelling once more if it "
        "is a partner of its own; several may be given."
    ),
)
AS_OF = click.Option(
    ["--as-of"], metavar="DAY", help="The day on which the sheet was right, such as 2024-06-30."
)
DAY_FIRST = click.Option(
    ["--day-first/--month-first"],
    default=None,
    help="Whether 08/09/2022 is 8 September or 9 August; if left out, as other dates tell.",
)
ENCODING = click.Option(
    ["--encoding"], metavar="NAME", help="The encoding of CSV, such as cp1252; found if left out."
)
ACCEPT = click.Option(
    ["--accept-names", "accepts"],
    is_flag=True,
    help="Take names of partners in doubt for what they are likely to be.",
)
REST = click.Option(
    ["--rest"],
    type=click.Path(),
    metavar="FILE",
    help="Record the good rows all the same, and write the others here, with bad cells marked.",
)
MARKED = click.Option(
    ["--marked"],
    type=click.Path(),
    metavar="FILE",
    help="Write a copy of the whole sheet with bad cells marked.",
)

LIES_WITH = click.Option(
    ["--lies-with"],
    metavar="PARTY",
    help="Only what waits for this party, or for whom these words name.",
    shell_complete=partial(_ids, parties),
)

HOST = click.Option(
    ["--host"],
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="The address at which browsers reach it; by default this machine alone.",
)
PORT = click.Option(
    ["--port"],
    type=click.IntRange(0, 65535),
    metavar="NUMBER",
    default=8000,
    show_default=True,
    help="The port there; 0 takes a free one.",
)

READING = (ON, KNOWN_AT, NAME)
FILTERS = (WITH, RESPONSIBLE, TAG, COUNTRY)
LISTS = (ON, KNOWN_AT, US, *FILTERS, ALL, NAME, JSON, CSV)
FOUND = (ON, KNOWN_AT, *FILTERS, NAME, JSON, CSV)
ONE = (US, *READING, JSON)
LETTER = (SINCE_LAST, TO, SENDER, LINK, US, LANGUAGE, *READING)
SERVED = (US, LANGUAGE, HOST, PORT, NAME)
REPORT = (US, PERIOD, OUT, LANGUAGE, *READING)
WRITING = (BY, DRY_RUN, REJECTS, NAME, JSON)
OF_US = (US, US_NAME, US_KIND, US_COUNTRY)
SHEETS = (AS_OF, DAY_FIRST, ENCODING, MAPPING, DRAFT, PARTNER, ACCEPT, REST, MARKED)
TAKING_IN = (*OF_US, *SHEETS, BY, DRY_RUN, NEW_ZONE, NAME, JSON)

Run = Callable[[Asked], int | None]
