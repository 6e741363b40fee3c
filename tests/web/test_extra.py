"""The extra that brings what the pages need: where it is missing, the error names it."""

import subprocess
import sys

import pytest

PROGRAM = "import sys; sys.modules[{missing!r}] = None; import coopledger.web"


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (
            "starlette",
            "MissingExtraError: starlette is not installed: pip install 'coopledger[web]'",
        ),
        ("coopledger.web.pages", "ModuleNotFoundError: import of coopledger.web.pages halted"),
    ],
)
def test_what_is_missing_is_told(missing: str, said: str) -> None:
    command = [sys.executable, "-c", PROGRAM.format(missing=missing)]
    done = subprocess.run(  # noqa: S603 - it starts only this Python
        command, capture_output=True, check=False, encoding="utf-8"
    )

    assert done.returncode == 1
    assert said in done.stderr.splitlines()[-1]
