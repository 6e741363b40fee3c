"""Commands that take in the spreadsheet of an office, and write a workbook of what stands where."""

import os
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

import attrs
import click

from coopledger import Ledger, sheets
from coopledger._fields.reading import argument
from coopledger._interchange.files import written
from coopledger._interchange.importing import ImportReceipt
from coopledger.answers import Answers, Partnership
from coopledger.cli.asking import Asked
from coopledger.cli.exits import Exit
from coopledger.cli.output import write_json, write_page
from coopledger.plain import as_dict
from coopledger.sheets import Sheet, SheetMapping
from coopledger.view import View

WORKBOOK = ".xlsx"


def import_(asked: Asked) -> Exit:
    """Take in a spreadsheet, CSV or XLSX: what is new in it is recorded, all or nothing.

    Its columns are guessed, or told by --mapping. With --draft the guess is written to a file of
    TOML and nothing is recorded: look at it, change it, and give it as --mapping. A new ledger is
    begun where --zone names its time zone.
    """
    options, file = asked.options, asked.words[0]
    mapping = _mapping(asked, file)
    if options["draft"]:
        return _draft(asked, file, mapping)
    with _ledger(asked) as ledger:
        sheet = _read(file, mapping, ledger.view(), accepts=options["accepts"])
        if options["marked"]:
            sheet.marked(options["marked"])
        receipt = sheet.record(
            ledger, by=options["by"], dry_run=options["dry_run"], rest=options["rest"]
        )
    _tell(asked, receipt, left_out=sheet.left_out)
    return Exit.FOUND if receipt.rejected else Exit.FINE


def _mapping(asked: Asked, file: str) -> SheetMapping:
    """Return the mapping that is told, or a guess; what the command line says comes first."""
    options = asked.options
    said = _given(options, ("day_first", "as_of", "encoding"))
    if options["mapping"]:
        mapping = SheetMapping.from_toml(Path(options["mapping"]).read_text(encoding="utf-8-sig"))
        said["us"] = _us(options, mapping.us)
    elif options["us"]:
        said["us"] = _us(options, {})
        mapping = sheets.guess(file, **said)
    else:
        raise click.UsageError("--us is missing: say our own id, or give a --mapping")
    said["partners"] = {**mapping.partners, **dict(options["meant"])}
    return attrs.evolve(mapping, **{name: _read_as(name, value) for name, value in said.items()})


def _read_as(name: str, value: object) -> Any:  # noqa: ANN401 - of any field
    """Return what is said of a field of a mapping, as the mapping reads it."""
    fields = cast(Mapping[str, Any], attrs.fields_dict(SheetMapping))
    read: Callable[..., object] | None = fields[name].converter
    return argument(name, read, value) if read is not None else value


def _given(options: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the options that are given, by name."""
    return {name: options[name] for name in names if options[name] is not None}


def _us(options: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of our own party: those that are known, if they are of the same id."""
    id = options["us"] or known["party"]
    fields = _given(options, ("us_name", "us_kind", "us_country"))
    ours = {name.removeprefix("us_"): value for name, value in fields.items()}
    return {**(known if known.get("party") == id else {}), "party": id, **ours}


def _draft(asked: Asked, file: str, mapping: SheetMapping) -> Exit:
    """Write the mapping with the names in doubt as comments, and show both."""
    options = asked.options
    with ExitStack() as stack:
        is_there = asked.path is not None and os.path.lexists(asked.path)
        view = stack.enter_context(asked.opened()).view() if is_there else None
        sheet = _read(file, mapping, view, accepts=options["accepts"])
    path = options["draft"]
    with written("draft", path) as target:
        target.write(sheet.mapping.to_toml(sheet.proposals).encode())
    write_page(f"{sheet.mapping}\n\n{sheet}\n\n{path}: look at it, then give it as --mapping")
    return Exit.FINE


def _read(file: str, mapping: SheetMapping, view: View | None, *, accepts: bool) -> Sheet:
    """Return the sheet; with the names in doubt taken for what is proposed, if that is said."""
    sheet = sheets.read(file, mapping, view=view)
    if not (accepts and sheet.proposals):
        return sheet
    return sheets.read(file, mapping.accept(*sheet.proposals), view=view)


@contextmanager
def _ledger(asked: Asked) -> Generator[Ledger, None, None]:
    """Open the ledger, or begin it where a zone is named and there is none."""
    options, path = asked.options, asked.path
    is_new = path is not None and not os.path.lexists(path)
    if is_new and not options["zone"]:
        raise click.UsageError(
            f"there is no ledger {asked.ledger}: say its --zone to begin one, or mend the name"
        )
    if is_new and options["dry_run"]:
        yield Ledger.in_memory(timezone=options["zone"])
        return
    with asked.begun() if is_new else asked.opened(readonly=options["dry_run"]) as ledger:
        yield ledger


def _tell(asked: Asked, receipt: ImportReceipt, *, left_out: Mapping[str, str]) -> None:
    """Write how much was recorded, what is odd, and what is left, tabs among it."""
    if asked.options["json"]:
        write_json(as_dict(receipt))
        return
    new = len(receipt.events) - receipt.already
    verb = "would be recorded" if asked.options["dry_run"] else "recorded"
    counts = [f"{new} {'event' if new == 1 else 'events'} {verb}"]
    if receipt.already:
        counts.append(f"{receipt.already} recorded before")
    if receipt.rejected_lines:
        rows = "1 row" if receipt.rejected_lines == 1 else f"{receipt.rejected_lines} rows"
        counts.append(f"{rows} left")
    tabs = (f"tab {name!r} is not taken in: {why}" for name, why in left_out.items())
    findings = (*map(str, receipt.warnings), *map(str, receipt.rejected))
    write_page("\n".join((", ".join(counts), *tabs, *findings)))


def write_workbook(view: View, path: str, *, us: str | None, columns: str | None) -> None:
    """Write where everything stands as a workbook: a tab for each list, titled for us."""
    title = partial(view.title, us=us)
    board = (attrs.evolve(each, title=title(each.id)) for each in view.partnerships())
    lists: dict[str, Answers[Any]] = {
        "Board": Answers(board, kind=Partnership),
        "Texts": view.instruments(),
        "Promises": view.commitments(open=None),
        "Proposals": view.proposals(),
        "Meetings": view.meetings(),
        "Signatures": view.signatures(),
    }
    sheets.write({tab: each.titled(title) for tab, each in lists.items()}, path, columns=columns)
