"""The gates of coopledger, by the names that continuous integration uses too.

Each session has an environment of its own with the versions of constraints.txt (`lowest` aside).
Whatever runs tests runs them against the built and installed package, never against src.
"""

from pathlib import Path

import nox

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "virtualenv"
nox.options.sessions = [
    "tests",
    "format",
    "lint",
    "layers",
    "types",
    "docs",
    "coverage",
    "lowest",
]

PROJECT = nox.project.load_toml("pyproject.toml")
CORE: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: list[str] = [
    bound for extra in PROJECT["project"]["optional-dependencies"].values() for bound in extra
]
LOCK = "constraints.txt"
PYTEST = ("python", "-m", "pytest")
PARALLEL = ("-n", "auto", "--dist", "loadfile")
# What they run in processes that are killed, and with many writers, the session `tests` runs once.
QUICK = (*PARALLEL, *(f"--ignore=tests/{name}" for name in ("crash", "outbox", "soak")))


def _install(session: nox.Session, *groups: str) -> None:
    """Installs the groups' locked versions, nothing of coopledger itself."""
    session.install("-c", LOCK, *nox.project.dependency_groups(PROJECT, *groups))


def _install_package(session: nox.Session, *core: str) -> None:
    """Builds the wheel and installs it beside its dependencies: `core`, or the locked ones."""
    if core:
        session.install(*core)
    else:
        session.install("-c", LOCK, *CORE)
    session.install("--no-deps", ".")  # apart: the lock holds hashes, and this wheel has none yet
    session.run("python", "-m", "pip", "check", silent=True)


@nox.session
def tests(session: nox.Session) -> None:
    """The whole suite against the installed wheel; arguments go to pytest instead of `-n auto`."""
    _install(session, "test")
    _install_package(session)
    session.run(*PYTEST, *(session.posargs or PARALLEL))


@nox.session(name="format")
def format_(session: nox.Session) -> None:
    """Whether ruff would lay out the code in the same way."""
    _install(session, "lint")
    session.run("ruff", "format", "--check", ".")


@nox.session
def lint(session: nox.Session) -> None:
    """Every rule of ruff that pyproject.toml does not argue away; dependencies against imports."""
    _install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("deptry", "src")


@nox.session
def layers(session: nox.Session) -> None:
    """Imports point down, and every outside thing has one door."""
    _install(session, "lint")
    session.run("lint-imports", "--no-logo", "--no-cache", env={"PYTHONPATH": "src"})


@nox.session
def types(session: nox.Session) -> None:
    """Mypy and pyright, both strict; then whether the wheel's public names are typed throughout."""
    _install(session, "types")
    _install_package(session)
    session.run("mypy")
    session.run("pyright")
    with session.chdir(session.create_tmp()):  # away from src: what counts is what users get
        session.run("pyright", "--ignoreexternal", "--verifytypes", "coopledger")


@nox.session
def docs(session: nox.Session) -> None:
    """README, docs and docstrings run, their links lead somewhere, the fragments can be read."""
    _install(session, "docs", "test")
    _install_package(session)
    session.run(*PYTEST, "tests/documents")
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)


@nox.session
def coverage(session: nox.Session) -> None:
    """Every branch of the package is run by the suite, without what kills processes."""
    _install(session, "test")
    _install_package(session)
    session.env["COVERAGE_FILE"] = str(Path(session.create_tmp()).resolve() / "coverage")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *QUICK)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def lowest(session: nox.Session) -> None:
    """The same on the oldest dependencies that pyproject.toml admits."""
    _install(session, "test")
    _install_package(session, *(bound.replace(">=", "==") for bound in CORE + EXTRAS))
    session.run(*PYTEST, *QUICK, "--hypothesis-profile", "brief")


@nox.session
def crash(session: nox.Session) -> None:
    """Recording processes are killed, 1,000 times or `-- --rounds N`, some on PostgreSQL."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.crash", *(session.posargs or ("--rounds", "1000")))


@nox.session
def soak(session: nox.Session) -> None:
    """Many processes record and one follows, on each store; arguments go to `tests.soak`."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.soak", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Hostile bytes, led by what they reach, at each door; arguments go to `tests.fuzz`."""
    _install(session, "fuzz", "test")
    _install_package(session)
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def oracle(session: nox.Session) -> None:
    """Long random histories against a plain oracle; arguments go to `tests.oracle`."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.oracle", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Speed beside the eventsourcing package and the bare floor; arguments go to the benchmark.

    With `-- sharing` several writers share one ledger on PostgreSQL.
    """
    _install(session, "bench", "test")
    _install_package(session)
    is_shared = session.posargs[:1] == ["sharing"]
    module = "tests.benchmarks.sharing" if is_shared else "tests.benchmarks"
    session.run("python", "-m", module, *session.posargs[is_shared:])


@nox.session
def dev(session: nox.Session) -> None:
    """An environment for an editor in .nox/dev: every tool, and src installed in place."""
    _install(session, "dev")
    session.install("-c", LOCK, *CORE)
    session.install("--no-deps", "-e", ".")


@nox.session
def lock(session: nox.Session) -> None:
    """Writes constraints.txt anew; `-- --upgrade` takes the newest versions."""
    session.install(*nox.project.dependency_groups(PROJECT, "lock"))
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--group", "dev"),
        *("--universal", "--generate-hashes", "--quiet", "--output-file", LOCK),
        *("--custom-compile-command", "nox -s lock"),
        *session.posargs,
    )


@nox.session
def changelog(session: nox.Session) -> None:
    """Moves the fragments of changes/ into CHANGELOG.md; `-- --version X` names the release."""
    _install(session, "docs")
    session.run("towncrier", "build", *session.posargs)
