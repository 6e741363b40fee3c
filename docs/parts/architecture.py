"""Generated parts of the page on architecture, from the contracts in `pyproject.toml`."""

# ruff: noqa: INP001 - scripts next to the pages, no package

import ast
import re
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import coopledger
from docs.parts.docstrings import markdown
from docs.parts.drawing import Cell, boxes, floors

__all__ = ["ARCHITECTURE", "DRAWINGS"]

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
PACKAGE = Path(coopledger.__file__).parent
# The way of an event into the store, and back out of it to an answer.
FLOW = {
    "events": Cell(3, 0),
    "validate": Cell(4, 0),
    "encode": Cell(5, 0),
    "store": Cell(6, 0, rows=2),
    "decode": Cell(5, 1),
    "visible facts": Cell(4, 1),
    "sort by effect": Cell(3, 1),
    "rules": Cell(2, 1),
    "snapshot": Cell(1, 1),
    "answers": Cell(0, 1),
}


def contracts(kind: str) -> list[dict[str, list[str]]]:
    """Return the contracts of one kind that the linter of imports holds the package to."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return [
        contract
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["type"] == kind
    ]


def layers() -> list[list[str]]:
    """Return the names of the rooms on each floor, the highest floor first."""
    [contract] = contracts("layers")
    return [re.findall(r"\w+", layer) for layer in contract["layers"]]


def purpose(room: str) -> str:
    """Return what the first line of a module's or package's docstring says of it."""
    package = PACKAGE / room / "__init__.py"
    module = package if package.exists() else PACKAGE / f"{room}.py"
    words = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return markdown(words.partition("\n")[0].removesuffix("."))


def layer_table() -> str:
    """Return a table of the rooms, floor by floor."""
    rows = [
        f"| {floor} | `{room}` | {purpose(room)} |"
        for floor, rooms in enumerate(layers(), 1)
        for room in rooms
    ]
    return "\n".join(["| layer | name | what lives there |", "| --- | --- | --- |", *rows])


def doors() -> str:
    """Return a table of the only door to each outside thing."""
    rows: list[str] = []
    for contract in contracts("protected"):
        outside = ", ".join(f"`{name}`" for name in contract["protected_modules"])
        door = ", ".join(
            f"`{name.removeprefix('coopledger.')}`" for name in contract["allowed_importers"]
        )
        rows.append(f"| {outside} | {door} |")
    return "\n".join(["| outside | its only door |", "| --- | --- |", *rows])


def flow() -> str:
    """Draw how events become bytes, and bytes answers."""
    return boxes(
        "From events to the store, and from the store to answers",
        FLOW,
        arrows=list(pairwise(FLOW)),
        dashed=[("visible facts", "validate")],
        frames={"record": ("events", "encode"), "view": ("answers", "decode")},
    )


ARCHITECTURE: dict[str, Callable[[], str]] = {"layers": layer_table, "doors": doors}
DRAWINGS: dict[str, Callable[[], str]] = {
    "flow": flow,
    "layers": lambda: floors("The layers, the highest first", "imports", layers()),
}
