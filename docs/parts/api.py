"""Generated parts of the references of the API and of errors: signatures and docstrings."""

# ruff: noqa: INP001 - scripts next to the pages, no package

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Unpack

import attrs

from coopledger import (
    Checkpoint,
    Fault,
    ImportReceipt,
    Ledger,
    Ledgers,
    Receipt,
    Recorded,
    Transaction,
    Verification,
    View,
    aio,
    calendar,
    errors,
    letter,
    packs,
    plain,
    render,
    sheets,
    testing,
    web,
)
from coopledger import answers as answer_classes
from coopledger._options import LedgerOptions, ledger_options
from coopledger.errors import Finding
from coopledger.subscriptions import Batch, Parked, Retry, Subscription, SubscriptionStatus
from coopledger.testing import strategies
from coopledger.view import Filters
from docs.parts.docstrings import attributes, paragraphs, sections, sentence

__all__ = ["API"]

LEDGER = (
    *("open", "in_memory", "record", "transaction", "view", "events", "verify", "checkpoint"),
    *("check", "subscribe", "subscriptions"),
    *("export_jsonl", "restore_jsonl", "import_jsonl", "backup", "copy_to"),
    *("position", "close"),
)
AWAITED = (
    ("ledger", aio.Ledger, ("position", "events", "write", "read", "copy_to", "close")),
    ("ledgers", aio.Ledgers, ("names", "get", "named", "backup", "write", "read", "close")),
    (
        "subscription",
        aio.Subscription,
        ("batches", "run", "save", "parked", "replay", "status", "close"),
    ),
)
ITERATED = {"events", "batches", "parked"}
LEDGERS = ("open", "named", "backup", "close")
TESTING = ("given", "check_step", "numbered")
MODULES = re.compile(r"\b(?:\w+\.)+(?=\w)")
Described = Callable[..., object] | property | cached_property[object]
NAMED = inspect.Parameter.KEYWORD_ONLY
OPTIONS = Unpack[LedgerOptions]
FILTERS = Unpack[Filters]
SELF = {"self", "cls"}
WIDTH = 84  # of a page
TREE = re.compile(r"^    CoopledgerError\n(?:    .+\n)+", re.MULTILINE)


def signature(name: str, call: Callable[..., object]) -> str:
    """Return the signature without modules, one argument a line where it is long."""
    described = inspect.signature(call)
    parameters = [each for each in _parameters(described) if each.name not in SELF]
    arguments = list(map(_parameter, parameters))
    first = next((each for each in parameters if each.kind is NAMED), None)
    if first is not None and not any(each.startswith("*") for each in arguments):
        arguments.insert(arguments.index(_parameter(first)), "*")
    result = _type(described.return_annotation)
    line = f"{name}({', '.join(arguments)}) -> {result}"
    if len(line) > WIDTH:
        lines = "".join(f"    {each},\n" for each in arguments)
        line = f"{name}(\n{lines}) -> {result}"
    return f"```text\n{line}\n```"


def method(owner: str, name: str, member: Described) -> str:
    """Return the entry of one method or property."""
    if isinstance(member, property | cached_property):
        function = member.fget if isinstance(member, property) else member.func
        return f"### {owner}.{name}\n\n{paragraphs(function)}"
    parts = [f"### {owner}.{name}", signature(f"{owner}.{name}", member), paragraphs(member)]
    entries_of = sections(member)
    if "Args" in entries_of and any(
        map(_is_options, inspect.signature(member).parameters.values())
    ):
        entries_of["Args"] |= attributes(LedgerOptions)
    for title, entries in entries_of.items():
        lines = [f"- `{entry}`: {words}" for entry, words in entries.items()]
        parts.append("\n".join((f"{title}:\n", *lines)))
    return "\n\n".join(parts)


def ledger() -> str:
    """Return the methods of a ledger, in the order in which a reader meets them."""
    return "\n\n".join(
        method("Ledger" if name in {"open", "in_memory"} else "ledger", name, getattr(Ledger, name))
        for name in LEDGER
    )


def ledgers() -> str:
    """Return the entries of `Ledgers` that no mapping has."""
    return "\n\n".join(
        method("Ledgers" if name == "open" else "ledgers", name, getattr(Ledgers, name))
        for name in LEDGERS
    )


def transaction() -> str:
    """Return the calls within a transaction of the host."""
    names = ("record", "receipt")
    return "\n\n".join(method("transaction", name, getattr(Transaction, name)) for name in names)


def awaited() -> str:
    """Return the calls that only the front for asyncio has, and those of its subscriptions."""
    return "\n\n".join(
        method(f"{'' if each in ITERATED else 'await '}{owner}", each, getattr(cls, each))
        for owner, cls, names in AWAITED
        for each in names
    )


def view() -> str:
    """Describe the questions that a view answers, in the order of the class."""
    names = [name for name in vars(View) if not name.startswith("_")]
    return "\n\n".join(method("view", name, getattr(View, name)) for name in names)


def pages() -> str:
    """Describe the functions that render answers as text, and what they ask."""
    names = [name for name in render.__all__ if name != "Answering"]
    calls = (method("render", name, getattr(render, name)) for name in names)
    return "\n\n".join((*calls, f"### render.Answering\n\n{paragraphs(render.Answering)}"))


def own() -> str:
    """Return the entries of the parts of a pack."""
    classes = (packs.Pack, packs.Obligation, packs.Candidate)
    return "\n\n".join(map(fields, classes))


def proofs() -> str:
    """Return the entries of checkpoints and of the functions that read them."""
    calls = (
        method("checkpoint" if name != "read" else "Checkpoint", name, getattr(Checkpoint, name))
        for name in ("read", "is_signed_by")
    )
    return "\n\n".join((fields(Checkpoint), *calls))


def subscriptions() -> str:
    """Return the entries of a subscription, of its deliveries and of its progress."""
    calls = [
        method("subscription", name, member)
        for name, member in vars(Subscription).items()
        if not name.startswith("_")
    ]
    batch = (fields(Batch), method("batch", "save", Batch.save))
    return "\n\n".join((*calls, *batch, *map(fields, (SubscriptionStatus, Parked, Retry))))


def plain_values() -> str:
    """Return the entries of the functions that turn answers into plain values."""
    return "\n\n".join(
        method("plain", name, getattr(plain, name))
        for name in ("as_dict", "as_rows", "as_table", "columns")
    )


def calendar_file() -> str:
    """Return the entry of the call that makes a calendar."""
    return method("calendar", "calendar", calendar.calendar)


def mail() -> str:
    """Return the entry of the call that writes a letter."""
    return method("letter", "letter", letter.letter)


def web_pages() -> str:
    """Return the entry of the call that makes pages for a browser."""
    return method("web", "app", web.app)


def tests() -> str:
    """Return the entries of `coopledger.testing`."""
    classes = (testing.Scenario, testing.Clock)
    methods = (
        method(cls.__name__.lower(), name, member)
        for cls in classes
        for name, member in vars(cls).items()
        if not name.startswith("_") and (callable(member) or isinstance(member, property))
    )
    calls = (method("testing", name, getattr(testing, name)) for name in TESTING)
    calls_of_strategies = (
        method("strategies", name, getattr(strategies, name))
        for name in strategies.__all__
        if name != "Dated"
    )
    return "\n\n".join((*calls, *methods, *calls_of_strategies, fields(strategies.Dated)))


def fields(cls: type[attrs.AttrsInstance]) -> str:
    """Return the entry of a class with the meaning of each field."""
    meanings = attributes(cls)
    types = {
        field.name: _type(field.type).replace("|", "\\|")
        for field in attrs.fields(cls)
        if not field.name.startswith("_")
    }
    lines = [f"| `{name}` | `{types[name]}` | {meanings.get(name, '')} |" for name in types]
    lines += [
        f"| `{name}` | property | {sentence(member.fget)} |"
        for name, member in vars(cls).items()
        if isinstance(member, property)
    ]
    return "\n".join(
        (
            f"### {cls.__name__}\n\n{paragraphs(cls)}\n",
            "| field | type | meaning |",
            "| --- | --- | --- |",
            *lines,
        )
    )


def answers() -> str:
    """Return the entry of every answer of a view, and of the lists of them."""
    classes = [getattr(answer_classes, name) for name in answer_classes.__all__]
    return "\n\n".join(fields(each) if attrs.has(each) else described(each) for each in classes)


def described(cls: type) -> str:
    """Return the entry of a class without fields."""
    return f"### {cls.__name__}\n\n{paragraphs(cls)}"


def receipts() -> str:
    """Return the entries of the results of recording, importing, verifying and checking."""
    classes = (Receipt, ImportReceipt, Recorded, Finding, Verification, Fault)
    return "\n\n".join(map(fields, classes))


def error_tree() -> str:
    """Return the tree of errors as the docstring of the module draws it."""
    tree = TREE.search(errors.__doc__ or "")
    return f"```text\n{inspect.cleandoc(tree[0]) if tree else ''}\n```"


def error_list() -> str:
    """Return every error with its fields."""
    raised = (name for name in errors.__all__ if name.endswith("Error"))
    drawn = sorted(raised, key=(errors.__doc__ or "").index)
    return "\n\n".join(map(_error, drawn))


def _error(name: str) -> str:
    """Return the entry of one error."""
    cls = getattr(errors, name)
    lines = [f"- `{field}`: {words}" for field, words in attributes(cls).items()]
    return "\n".join((f"### {name}\n\n{paragraphs(cls)}", *(["", *lines] if lines else [])))


def spreadsheets() -> str:
    """Return the entries of what takes spreadsheets in and writes them."""
    calls = (method("sheets", name, getattr(sheets, name)) for name in ("guess", "read", "write"))
    acts = (
        ("sheet", sheets.Sheet, ("record", "marked")),
        ("mapping", sheets.SheetMapping, ("accept", "keep_apart", "to_toml", "from_toml")),
    )
    methods = (
        method(owner, name, getattr(cls, name)) for owner, cls, names in acts for name in names
    )
    classes = (sheets.Sheet, sheets.SheetMapping, sheets.Tab, sheets.Problem, sheets.Proposal)
    return "\n\n".join((*calls, *map(fields, classes), *methods))


def filters() -> str:
    """Return what each filter of every list keeps."""
    return "\n".join(f"- `{name}`: {text}" for name, text in attributes(Filters).items())


API: dict[str, Callable[[], str]] = {
    "ledger": ledger,
    "ledgers": ledgers,
    "transaction": transaction,
    "aio": awaited,
    "view": view,
    "filters": filters,
    "answers": answers,
    "receipts": receipts,
    "proof": proofs,
    "subscriptions": subscriptions,
    "calendar": calendar_file,
    "letter": mail,
    "web": web_pages,
    "plain": plain_values,
    "render": pages,
    "sheets": spreadsheets,
    "packs": own,
    "testing": tests,
    "error-tree": error_tree,
    "error-list": error_list,
}


def _parameters(signature: inspect.Signature) -> Iterator[inspect.Parameter]:
    """Yield the parameters of a signature; for options, each of them with its default."""
    for parameter in signature.parameters.values():
        if _is_options(parameter):
            yield from inspect.signature(ledger_options).parameters.values()
        elif parameter.annotation == FILTERS:
            yield from _filters()
        else:
            yield parameter


def _filters() -> Iterator[inspect.Parameter]:
    """Yield the filters of every list as parameters."""
    for name, kind in Filters.__annotations__.items():
        default = False if kind is bool else None
        yield inspect.Parameter(name, NAMED, default=default, annotation=kind)


def _is_options(parameter: inspect.Parameter) -> bool:
    """Return whether the parameter takes the options of a ledger."""
    return bool(parameter.annotation == OPTIONS)


def _parameter(parameter: inspect.Parameter) -> str:
    """Return a parameter with its type and default."""
    default = parameter.default
    shown = getattr(default, "__name__", None) or repr(default)
    ending = "" if default is inspect.Parameter.empty else f" = {shown}"
    star = "*" if parameter.kind is inspect.Parameter.VAR_POSITIONAL else ""
    return f"{star}{parameter.name}: {_type(parameter.annotation)}{ending}"


def _type(annotation: object) -> str:
    """Return a type as a reader writes it."""
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return MODULES.sub("", text)
