"""Sizes that a reader can hold in the head. Docstrings do not count."""

import ast
import statistics
from pathlib import Path

import pytest

import coopledger
from tests.shape.figures import AT_MOST, figures, function_lines, import_cycles, walks
from tests.shape.modules import read_package

PACKAGE = Path(coopledger.__file__).parent
MODULES = read_package(PACKAGE)
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)

LITTLE = {
    "__init__.py": '"""A little package."""\n\nfrom little.one import first\n',
    "one.py": '''"""One."""

from little import two  # the other

__all__ = ["first"]


def first() -> str:
    """The first."""
    # Not a docstring:
    return """
# not a comment
"""
''',
    "two.py": '''"""Two."""


def _second() -> None:
    """Import late."""
    from little import first
''',
    "_three.py": "import little.two\nimport little.four\n",
    "four.py": "from little import _three\n",
}


def _depth(node: ast.AST, parent: ast.AST) -> int:
    is_elif = isinstance(parent, ast.If) and parent.orelse == [node]
    own = int(isinstance(node, BLOCKS) and not is_elif)
    return own + max((_depth(child, node) for child in ast.iter_child_nodes(node)), default=0)


# One class with every question of an office, mostly filters, signatures and their docstrings.
LONGER = {"coopledger.view": 500}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_at_most_600_lines(name: str) -> None:
    assert MODULES[name].lines <= AT_MOST["module_lines_max"] + LONGER.get(name, 0)


@pytest.mark.parametrize("name", MODULES)
def test_a_function_has_at_most_40_lines(name: str) -> None:
    most = AT_MOST["function_lines_max"]
    longer = [each.name for each in MODULES[name].functions if function_lines(each) > most]

    assert longer == []


@pytest.mark.parametrize("name", MODULES)
def test_blocks_are_nested_at_most_three_deep(name: str) -> None:
    deeper = [each.name for each in MODULES[name].functions if _depth(each, each) > 3]

    assert deeper == []


def test_nine_functions_in_ten_have_at_most_20_lines() -> None:
    lengths = [function_lines(each) for module in MODULES.values() for each in module.functions]

    assert statistics.quantiles(lengths, n=10)[-1] <= AT_MOST["function_lines_p90"]


@pytest.mark.parametrize("share", ["one_importer_share", "wordy_docstring_share"])
def test_a_share_is_within_its_limit(share: str) -> None:
    assert figures(PACKAGE)[share] < AT_MOST[share]


def test_no_modules_import_each_other() -> None:
    assert import_cycles(MODULES) == []


def test_figures_count_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walks(_: Path) -> dict[str, list[str]]:
        return {"record": ["little", "little.one"]}

    monkeypatch.setattr("tests.shape.figures.walks", walks)
    package = tmp_path / "little"
    package.mkdir()
    for name, source in LITTLE.items():
        (package / name).write_text(source, encoding="utf-8")

    assert figures(package) == {
        "modules": 5,
        "code_lines": 12,
        "prose_lines": 7,
        "module_lines_median": 3,
        "module_lines_max": 13,
        "functions": 2,
        "function_lines_median": 3.5,
        "function_lines_p90": 7.1,
        "function_lines_max": 5,
        "private_function_share": 0.5,
        "wordy_docstring_share": 0.5,
        "one_importer_share": 0.8,  # all but `two`, which two others import
        "import_cycles": 1,  # `_three` and `four`; `two` imports the package only when called
        "public_paths": 1,
        "public_names": 1,
        "modules_entered_by_record": 2,
    }


def test_each_walk_enters_modules_of_the_package() -> None:
    entered = {name: set(modules) for name, modules in walks(PACKAGE).items()}

    assert "coopledger.ledger" in entered["record"] & entered["row"]
    assert entered["partnership"]
    assert all(modules <= MODULES.keys() for modules in entered.values())
