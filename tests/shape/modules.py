"""Read the modules of a package: their lines, functions and imports."""

import ast
import io
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import attrs

__all__ = ["Function", "Module", "cycles", "docstring_lines", "read_package"]

Function = ast.FunctionDef | ast.AsyncFunctionDef
LAYOUT = {
    tokenize.COMMENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.NEWLINE,
    tokenize.NL,
}
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@attrs.frozen(slots=False)  # the cached properties need a dict
class Module:
    """Module by its full name and its text; a package is the module of its `__init__`."""

    name: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def functions(self) -> list[Function]:
        """Return functions, methods and nested functions."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def lines(self) -> int:
        return self.source.count("\n")

    @cached_property
    def prose_lines(self) -> int:
        """Count the lines of docstrings without the blank ones, and the lines with a comment."""
        texts = self.source.splitlines()
        docstrings = {line for line in self._docstring_lines if texts[line - 1].strip()}
        return len(docstrings | self._lines_of(lambda token: token.type == tokenize.COMMENT))

    @cached_property
    def code_lines(self) -> int:
        """Count the lines that hold code, with a comment behind it or not."""
        return len(self._lines_of(lambda token: token.type not in LAYOUT) - self._docstring_lines)

    @cached_property
    def public_names(self) -> list[str]:
        """Return the names in `__all__`; none without it."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                return list(ast.literal_eval(node.value))
        return []

    @property
    def is_public(self) -> bool:
        """Say whether there is `__all__`, and no underscore begins a part of the path."""
        parts = self.name.split(".")
        return bool(self.public_names) and not any(part.startswith("_") for part in parts)

    def _lines_of(self, chosen: Callable[[tokenize.TokenInfo], bool]) -> set[int]:
        tokens = filter(chosen, tokenize.generate_tokens(io.StringIO(self.source).readline))
        return {line for each in tokens for line in range(each.start[0], each.end[0] + 1)}

    @property
    def _docstring_lines(self) -> set[int]:
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, DOCUMENTED))
        return {line for node in nodes for line in docstring_lines(node)}

    def imports(self, names: Iterable[str], *, when_called: bool) -> set[str]:
        """Return the modules among the names that this one imports.

        `from package import name` imports the submodule of that name, or else the package alone:
        where the name comes from is an import of its `__init__`. Parent packages, which Python
        imports on the way, do not count.

        Args:
            names: The modules of the package.
            when_called: Whether imports in functions count, which run later.
        """
        imported: set[str] = set()
        for node in _statements(self.tree, inside_functions=when_called):
            if isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                members = {f"{node.module}.{alias.name}" for alias in node.names}
                submodules = members.intersection(names)
                imported |= submodules
                if submodules != members:
                    imported.add(node.module)
        return imported.intersection(names) - {self.name}


def docstring_lines(node: ast.Module | ast.ClassDef | Function) -> range:
    """Return the lines of the docstring; an empty range without one."""
    if ast.get_docstring(node, clean=False) is None:
        return range(0)
    return range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)


def read_package(folder: Path) -> dict[str, Module]:
    """Return every module below the folder, by its full name."""
    modules: dict[str, Module] = {}
    for file in sorted(folder.rglob("*.py")):
        path = file.relative_to(folder.parent).with_suffix("")
        name = ".".join(path.parts).removesuffix(".__init__")
        modules[name] = Module(name, file.read_text(encoding="utf-8"))
    return modules


def cycles(imports: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return the groups of modules that import each other, directly or through others."""
    reached = {name: _reached(name, imports) for name in imports}
    groups = {
        tuple(sorted(other for other in reached[name] if name in reached[other]))
        for name in imports
        if name in reached[name]
    }
    return sorted(map(list, groups))


def _reached(start: str, imports: Mapping[str, Iterable[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(imports[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(imports[name])
    return reached


def _statements(node: ast.AST, *, inside_functions: bool) -> Iterator[ast.AST]:
    """Yield every node below, without the blocks of `if TYPE_CHECKING`, which never run."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if inside_functions or not isinstance(child, Function):
            yield child
            yield from _statements(child, inside_functions=inside_functions)
