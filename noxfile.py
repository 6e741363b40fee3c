"""Gates of coopledger, by the names that continuous integration uses too.

Each session has an environment of its own with the versions of constraints.txt (`lowest` aside).
Whatever runs tests runs them against the built and installed package, never against src.
"""

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "uv"  # an environment takes seconds
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
# Those that the classifiers promise, the lowest first.
PYTHONS = nox.project.python_versions(PROJECT)
PYTEST = ("python", "-m", "pytest")
# The files in their order: those with few and long tests are not left to the end.
PARALLEL = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
# Tests that kill processes, or have many of them: nothing is measured in these.
KILLING = ("tests/crash", "tests/outbox", "tests/power", "tests/recency", "tests/soak")
QUICK = (*PARALLEL, *(f"--ignore={folder}" for folder in KILLING))
# Pages as a site, a warning being an error; nothing is left over from an earlier build.
SPHINX = ("python", "-m", "sphinx", "-E", "-W", "--keep-going", "-q", "-b", "html")
# The tests that depend on what is installed.
DEPENDING = ("tests/unit", "tests/stories", "tests/contracts")
# With this variable `tests` measures coverage, and `coverage` reports on that: one run for both.
IS_MEASURED = bool(os.environ.get("COOPLEDGER_COVERAGE"))


def _install(session: nox.Session, *groups: str) -> None:
    """Install the groups' locked versions, nothing of coopledger itself."""
    session.install("-c", LOCK, *nox.project.dependency_groups(PROJECT, *groups))


def _install_package(session: nox.Session, *core: str) -> None:
    """Build the wheel and install it with its dependencies: `core`, or the locked ones."""
    if core:
        session.install(*core)
    else:
        session.install("-c", LOCK, *CORE)
    session.install("--no-deps", ".")  # apart: the lock holds hashes, and this wheel has none yet
    session.run("uv", "pip", "check", silent=True)


def _measure(session: nox.Session, *arguments: str) -> None:
    """Run pytest and keep which branches it runs, in files that `coverage combine` takes away."""
    session.run("coverage", "run", "-m", "pytest", *arguments, env=_coverage_file(session))


def _coverage_file(session: nox.Session) -> dict[str, str]:
    """Return the setting of the file that the sessions share."""
    return {"COVERAGE_FILE": str(session.cache_dir.resolve() / "coverage")}


@nox.session
def tests(session: nox.Session) -> None:
    """Run the suite against the installed wheel; arguments go to pytest instead of `-n auto`.

    With COOPLEDGER_COVERAGE=1 in the environment the suite is measured, apart from `KILLING`.
    """
    _install(session, "test")
    _install_package(session)
    if not IS_MEASURED:
        session.run(*PYTEST, *(session.posargs or PARALLEL))
        return
    session.run("coverage", "erase", env=_coverage_file(session))
    if not session.posargs:
        session.run(*PYTEST, *PARALLEL, *KILLING)
    _measure(session, *(session.posargs or QUICK))


@nox.session(python=PYTHONS)
def pythons(session: nox.Session) -> None:
    """Run `tests` on each promised Python that the machine has; `-p 3.12` takes one."""
    _install(session, "test")
    _install_package(session)
    session.run(*PYTEST, *(session.posargs or PARALLEL))


@nox.session(name="format")
def format_(session: nox.Session) -> None:
    """Check that ruff would lay out the code in the same way."""
    _install(session, "lint")
    session.run("ruff", "format", "--check", ".")


@nox.session
def lint(session: nox.Session) -> None:
    """Check the rules of ruff, except those left out in pyproject.toml, and dependencies."""
    _install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("deptry", "src")


@nox.session
def layers(session: nox.Session) -> None:
    """Check that imports point down, and that every outside thing has one door."""
    _install(session, "lint")
    session.run("lint-imports", "--no-logo", "--no-cache", env={"PYTHONPATH": "src"})


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy and pyright, both strict; then those of the wheel's public names."""
    _install(session, "types")
    _install_package(session)
    session.run("mypy")
    session.run("pyright")
    with session.chdir(session.create_tmp()):  # away from src: what counts is what users get
        session.run("pyright", "--ignoreexternal", "--verifytypes", "coopledger")


@nox.session
def docs(session: nox.Session) -> None:
    """Run README, docs and docstrings; check their links and the fragments; build the site.

    The site is in build/site: open build/site/index.html.
    """
    _install(session, "docs", "test")
    _install_package(session)
    session.run(*PYTEST, "tests/documents")
    session.run(*SPHINX, "docs", "build/site", env={"PYTHONPATH": "."})
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)


@nox.session
def coverage(session: nox.Session) -> None:
    """Report the branches that the suite does not run; `KILLING` does not count.

    With COOPLEDGER_COVERAGE=1 the report is on what `tests` has measured, otherwise on a new run.
    """
    if not (IS_MEASURED and any(session.cache_dir.glob("coverage.*"))):
        _install(session, "test")
        _install_package(session)
        session.run("coverage", "erase", env=_coverage_file(session))
        _measure(session, *QUICK)
    else:
        session.install("-c", LOCK, "coverage")
    session.run("coverage", "combine", "--quiet", env=_coverage_file(session))
    session.run("coverage", "report", env=_coverage_file(session))


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Run `DEPENDING` on the lowest Python and the oldest dependencies that are admitted."""
    _install(session, "test")
    _install_package(session, *(bound.replace(">=", "==") for bound in CORE + EXTRAS))
    session.run(*PYTEST, *PARALLEL, "--hypothesis-profile", "brief", *DEPENDING)


@nox.session
def extras(session: nox.Session) -> None:
    """Use each extra where it alone is installed, as tests/extras does; `-- NAME` takes one.

    An environment for each holds the extra and nothing else, beside the package and its core.
    """
    bounds = PROJECT["project"]["optional-dependencies"]
    folder, interpreter = Path(session.create_tmp()).resolve(), str(Path(session.bin, "python"))
    shutil.rmtree(folder)
    core, programs = folder / "core", Path("tests/extras").resolve()
    session.install("-c", LOCK, "--target", str(core), *CORE)
    session.install("--no-deps", "--target", str(core), ".")
    for extra in session.posargs or bounds:
        session.run("uv", "venv", "-q", "--python", interpreter, str(folder / extra))
        python = str(folder / extra / "bin" / "python")
        session.run("uv", "pip", "install", "-q", "--python", python, "-c", LOCK, *bounds[extra])
        environment = {"PYTHONPATH": str(core), "PYTHONWARNINGS": "error"}
        with session.chdir(folder):  # away from src
            session.run(python, "-P", str(programs / f"{extra}.py"), env=environment, external=True)


@nox.session
def crash(session: nox.Session) -> None:
    """Kill recording processes, 1,000 times or `-- --rounds N`, some on PostgreSQL."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.crash", *(session.posargs or ("--rounds", "1000")))
    if not session.posargs:
        session.run("python", "-m", "tests.crash.forks", "--forks", "100")
        session.run("python", "-m", "tests.crash.interrupts", "--trials", "1000")


@nox.session
def power(session: nox.Session) -> None:
    """Cut the power, let the disk fail and memory end; arguments go to `tests.power`."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.power", *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """Let many processes record and one follow, on each store; arguments go to `tests.soak`."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.soak", *session.posargs)


@nox.session
def recency(session: nox.Session) -> None:
    """Look for views older than what their program holds; arguments go to `tests.recency`."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.recency", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Send hostile bytes, led by coverage, to each door; arguments go to `tests.fuzz`."""
    _install(session, "fuzz", "test")
    _install_package(session)
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def oracle(session: nox.Session) -> None:
    """Compare long random histories with a plain oracle; arguments go to `tests.oracle`."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.oracle", *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """Change each table of the rules in every way; tests must fail. Arguments: `tests.mutation`."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.mutation", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what costs what, beside eventsourcing and plain SQL; arguments go to the benchmark.

    A full run takes half an hour, `-- --short` some minutes.
    """
    _install(session, "bench", "test")
    _install_package(session)
    session.run("python", "-m", "tests.benchmarks", *session.posargs)


@nox.session
def pictures(session: nox.Session) -> None:
    """Take pictures in a real browser into build/pictures, or `-- FOLDER`, and those of docs."""
    _install(session, "test")
    _install_package(session)
    session.run("python", "-m", "tests.browser.pictures", *session.posargs)


@nox.session
def dev(session: nox.Session) -> None:
    """Make an environment for an editor in .nox/dev: every tool, and src installed in place."""
    _install(session, "dev")
    session.install("-c", LOCK, *CORE)
    session.install("--no-deps", "-e", ".")


@nox.session
def lock(session: nox.Session) -> None:
    """Write constraints.txt again; `-- --upgrade` takes the newest versions."""
    session.install(*nox.project.dependency_groups(PROJECT, "lock"))
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--group", "dev"),
        *("--universal", "--generate-hashes", "--quiet", "--output-file", LOCK),
        *("--custom-compile-command", "nox -s lock"),
        *session.posargs,
    )


@nox.session
def changelog(session: nox.Session) -> None:
    """Move the fragments of changes/ into CHANGELOG.md; `-- --version X` names the release."""
    _install(session, "docs")
    session.run("towncrier", "build", *session.posargs)
