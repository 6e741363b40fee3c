"""Wheel as it is installed: the package, typed, with three dependencies."""

from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath

import pytest

from docs.generate import SCHEMA
from tests.needs import skip_without

CORE = {"attrs", "cattrs", "pendulum"}


SOURCES = Path(__file__).parents[2] / "src" / "coopledger"
# Folders with words, templates and a sheet of style.
READ = (
    "_display/words",
    "render/html",
    "render/html/templates",
    "web/static",
    "web/templates",
)


@pytest.fixture(name="installed")
def _installed() -> Distribution:
    installed = distribution("coopledger")
    if '"editable": true' in (installed.read_text("direct_url.json") or ""):
        skip_without("wheel")
    return installed


def test_the_wheel_holds_only_the_package_and_its_metadata(installed: Distribution) -> None:
    files = [PurePosixPath(file) for file in installed.files or ()]
    roots = {file.parts[0] for file in files if file.suffix != ".pyc"}

    command = {".."} if any(file.match("bin/coopledger") for file in files) else set[str]()
    assert roots - command == {"coopledger", f"coopledger-{installed.version}.dist-info"}
    assert [str(file) for file in files if file.parts[0] == ".."] == [
        str(file) for file in files if file.name == "coopledger"
    ]


def test_the_package_holds_only_modules_and_what_they_read(
    installed: Distribution,
) -> None:
    files = [PurePosixPath(file) for file in installed.files or ()]
    kept = [file for file in files if file.parts[0] == "coopledger" and file.suffix != ".pyc"]
    others = {str(file.relative_to("coopledger")) for file in kept if file.suffix != ".py"}
    read = {
        str(file.relative_to(SOURCES))
        for folder in READ
        for file in (SOURCES / folder).iterdir()
        if file.suffix != ".py" and file.is_file()
    }

    assert others == {"event.schema.json", "lookalikes.txt", "py.typed", *read}


def test_the_schema_that_is_shipped_is_that_of_the_reference(installed: Distribution) -> None:
    shipped = Path(str(installed.locate_file("coopledger/event.schema.json")))

    assert shipped.read_bytes() == SCHEMA.read_bytes()


def test_the_wheel_carries_its_licence(installed: Distribution) -> None:
    text = installed.read_text("licenses/LICENSE") or ""

    assert text.startswith("MIT License")


def test_without_extras_three_packages_are_needed(installed: Distribution) -> None:
    needed = [line for line in installed.requires or () if "extra ==" not in line]
    names = {line.partition(">=")[0] for line in needed}

    assert names == CORE
