"""Tests against mutants: they are collected once, and a forked process runs them for each mutant.

The process makes the change and runs the tests until one fails. Those whose name has the words of
the change go first, then those that killed a mutant of the same table: most die at once.
"""

import os
import re
import sys
from collections.abc import Callable, Collection, Iterable

import attrs
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.tables import Mutant

__all__ = ["Outcome", "run"]

# Tests that show most of what a table says come first.
TESTS = ("tests/unit/rules", "tests/unit/validation", "tests/stories/test_expected_answers.py")
WORD = re.compile(r"[a-z]+(?:_[a-z]+)*")


@attrs.frozen
class Outcome:
    """End of one mutant.

    Attributes:
        mutant: The mutant.
        killer: The test that failed; None where none did.
    """

    mutant: Mutant
    killer: str | None


@attrs.define
class Killing:
    """Plugin of pytest that runs the collected tests once for each mutant.

    Attributes:
        mutants: What is tried.
        heard: Hears of each outcome as it comes.
        broken: The test that fails without a mutant, if one does.
        outcomes: What became of each.
        killers: For each table the tests that killed one.
    """

    mutants: Iterable[Mutant]
    heard: Callable[[Outcome], None]
    broken: str | None = None
    outcomes: list[Outcome] = attrs.field(factory=list[Outcome])
    killers: dict[str, set[str]] = attrs.field(factory=dict[str, set[str]])

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant; none if a test fails without any."""
        self.broken = _first_failing(session.items)
        for mutant in () if self.broken else self.mutants:
            known = self.killers.setdefault(mutant.table, set())
            killer = _killer(mutant, _in_order(session.items, mutant, known))
            self.outcomes.append(Outcome(mutant, killer))
            self.heard(self.outcomes[-1])
            if killer is not None:
                known.add(killer)
        return True


def run(
    mutants: Iterable[Mutant], *tests: str, heard: Callable[[Outcome], None] = lambda _: None
) -> list[Outcome]:
    """Return what became of each mutant under the tests, given as pytest's arguments."""
    killing = Killing(mutants, heard)
    options = ("-s", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal")
    code = pytest.main([*options, *(tests or TESTS)], plugins=[killing])
    if killing.broken is not None:
        sys.exit(f"{killing.broken} fails without a mutant")
    if not killing.outcomes:
        sys.exit(f"no test was tried, and pytest ends with {code!r}")
    return killing.outcomes


def _in_order(
    items: Iterable[pytest.Item], mutant: Mutant, known: Collection[str]
) -> list[pytest.Item]:
    """Return the tests: those that name the words of the change, then those that killed before."""
    words = set(WORD.findall(mutant.change.casefold()))

    def rank(item: pytest.Item) -> tuple[int, bool]:
        named = words.intersection(WORD.findall(item.nodeid.casefold()))
        return (-len(named), item.nodeid not in known)

    return sorted(items, key=rank)


def _killer(mutant: Mutant, items: Iterable[pytest.Item]) -> str | None:
    """Return the first test that fails under the mutant, found by a process of its own."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # What tests print is not to be read.
        mutant.apply()
        failing = _first_failing(items)
        os.write(writer, (failing or "").encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read().decode()
    _, status = os.waitpid(process, 0)
    return told or (None if status == 0 else "the process ended")


def _first_failing(items: Iterable[pytest.Item]) -> str | None:
    """Return the name of the first test that fails, if one does."""
    for item in items:
        reports = runtestprotocol(item, log=False, nextitem=None)
        if any(report.failed for report in reports):
            return item.nodeid
    return None
