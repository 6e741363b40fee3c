"""Measure a package.

- Lines of a module are all of its file. Code lines hold code; prose lines are docstrings and
  comments, and a line with code and a comment is both. Blank lines are neither.
- Functions include methods and nested functions; their lines are counted without the docstring.
- A module has one importer if one other module of the package imports it, anywhere in its text. An
  import cycle is found among the imports that run when a module is imported. In both, importing a
  name from a package is an import of its `__init__` alone, and that imports what it hands out.
- Private functions begin with an underscore and are none of Python's own (`__repr__`).
- A public path is a module or package with `__all__` and without an underscore at the beginning of
  any part; the public names are all in `__all__`, a name in two of them counting twice.
- Wordy docstrings, a share of those that functions have, begin with an article or a pronoun
  (`NO_VERB`), or have a first line of more than 20 words.
- The modules entered by a call are those in which a function runs; `walks.py` says how.
"""

import ast
import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.shape.modules import Function, Module, cycles, docstring_lines, read_package

__all__ = ["AT_MOST", "figures", "function_lines", "import_cycles", "walks"]

# The rules of the project; a share is from 0 to 1.
AT_MOST: dict[str, float] = {
    "module_lines_max": 600,
    "function_lines_p90": 20,
    "function_lines_max": 40,
    "one_importer_share": 0.30,
    "import_cycles": 0,
    "wordy_docstring_share": 0.12,
}
NO_VERB = {"A", "An", "Those", "The", "What", "Whether", "Who"}
WORDS_OF_A_FIRST_LINE = 20


def figures(package: Path) -> dict[str, float]:
    """Return every figure by its name, in the order of the table; shares are from 0 to 1."""
    modules = read_package(package)
    functions = [each for module in modules.values() for each in module.functions]
    return {
        **_module_figures(modules),
        **_function_figures(functions),
        **_import_figures(modules),
        "public_paths": sum(module.is_public for module in modules.values()),
        "public_names": sum(len(module.public_names) for module in modules.values()),
        **{f"modules_entered_by_{name}": len(names) for name, names in walks(package).items()},
    }


def function_lines(function: Function) -> int:
    """Count the lines of the function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    return lines - len(docstring_lines(function))


def import_cycles(modules: dict[str, Module]) -> list[list[str]]:
    """Return the groups of modules that need each other when they are imported."""
    return cycles(
        {name: each.imports(modules, when_called=False) for name, each in modules.items()}
    )


def walks(package: Path) -> dict[str, list[str]]:
    """Return the modules that each walk enters, in a process that imports this package."""
    script = Path(__file__).with_name("walks.py")
    # -P keeps the folder of the script out of what can be imported.
    run = subprocess.run(
        [sys.executable, "-P", str(script)],
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        check=True,
        capture_output=True,
        text=True,
    )
    entered: dict[str, list[str]] = json.loads(run.stdout)
    return entered


def _module_figures(modules: dict[str, Module]) -> dict[str, float]:
    lines = [module.lines for module in modules.values()]
    return {
        "modules": len(modules),
        "code_lines": sum(module.code_lines for module in modules.values()),
        "prose_lines": sum(module.prose_lines for module in modules.values()),
        "module_lines_median": statistics.median(lines),
        "module_lines_max": max(lines),
    }


def _function_figures(functions: list[Function]) -> dict[str, float]:
    lines = [function_lines(each) for each in functions]
    private = [each for each in functions if each.name[0] == "_" and each.name[-2:] != "__"]
    docstrings = [text for each in functions if (text := ast.get_docstring(each))]
    return {
        "functions": len(functions),
        "function_lines_median": statistics.median(lines),
        "function_lines_p90": statistics.quantiles(lines, n=10)[-1],
        "function_lines_max": max(lines),
        "private_function_share": len(private) / len(functions),
        "wordy_docstring_share": sum(map(_is_wordy, docstrings)) / len(docstrings),
    }


def _is_wordy(docstring: str) -> bool:
    words = docstring.splitlines()[0].split()
    return words[0].rstrip(",.:;") in NO_VERB or len(words) > WORDS_OF_A_FIRST_LINE


def _import_figures(modules: dict[str, Module]) -> dict[str, float]:
    importers = Counter(
        name for module in modules.values() for name in module.imports(modules, when_called=True)
    )
    alone = sum(count == 1 for count in importers.values())
    return {
        "one_importer_share": alone / len(modules),
        "import_cycles": len(import_cycles(modules)),
    }
