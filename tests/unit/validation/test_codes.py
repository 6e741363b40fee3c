"""From the code of a finding to its check: each module of checks lists the codes that it gives."""

import re
from ast import get_docstring, parse
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopledger
from docs.parts.codes import CODES

PACKAGE = Path(coopledger.__file__).parent
MODULES = [PACKAGE / "_checking.py", *sorted((PACKAGE / "_validation").glob("*.py"))]
LIST = re.compile(r"^Codes: ([^.]+)\.$", re.MULTILINE)
CODE = re.compile(r"\b[EWC][0-9]{3}\b")


def listed(docstring: str) -> Iterator[str]:
    """Yield the codes of the list, such as ``E101-E103, W105``, with those between two."""
    for part in ", ".join(LIST.findall(docstring.replace(",\n", ", "))).split(", "):
        first, _, last = part.partition("-")
        yield from (code for code in CODES if first <= code <= (last or first))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_lists_the_codes_that_it_gives(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    docstring = get_docstring(parse(source)) or ""
    body = source.split('"""', 2)[2]

    assert sorted(set(listed(docstring))) == sorted(set(CODE.findall(body)))
