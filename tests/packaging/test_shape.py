"""The size of things: what a reader can hold in the head. Docstrings do not count."""

import ast
import statistics
from pathlib import Path

import pytest

import coopledger

PACKAGE = Path(coopledger.__file__).parent
SOURCES = {
    str(file.relative_to(PACKAGE)): file.read_text(encoding="utf-8")
    for file in sorted(PACKAGE.rglob("*.py"))
}
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


def _functions(source: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def _lines(function: ast.FunctionDef) -> int:
    docstring = ast.get_docstring(function, clean=False)
    documented = 0 if docstring is None else docstring.count("\n") + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - documented


def _depth(node: ast.AST, parent: ast.AST) -> int:
    is_elif = isinstance(parent, ast.If) and parent.orelse == [node]
    own = int(isinstance(node, BLOCKS) and not is_elif)
    return own + max((_depth(child, node) for child in ast.iter_child_nodes(node)), default=0)


@pytest.mark.parametrize("name", SOURCES)
def test_a_module_has_at_most_300_lines(name: str) -> None:
    assert SOURCES[name].count("\n") <= 300


@pytest.mark.parametrize("name", SOURCES)
def test_a_function_has_at_most_40_lines(name: str) -> None:
    longer = [each.name for each in _functions(SOURCES[name]) if _lines(each) > 40]

    assert longer == []


@pytest.mark.parametrize("name", SOURCES)
def test_blocks_are_nested_at_most_three_deep(name: str) -> None:
    deeper = [each.name for each in _functions(SOURCES[name]) if _depth(each, each) > 3]

    assert deeper == []


def test_nine_functions_in_ten_have_at_most_20_lines() -> None:
    lengths = [_lines(each) for source in SOURCES.values() for each in _functions(source)]

    assert statistics.quantiles(lengths, n=10)[-1] <= 20
