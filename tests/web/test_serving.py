"""The command that serves the pages: a real server, asked over the network."""

import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from coopledger import Ledger, events
from tests.unit.cli.programs import COMMAND, run, unmeasured


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    with Ledger.open(path, name="office") as ledger:
        ledger.record(events.PartyRegistered(party="a", name="Institute A", kind="centre"))
    return path


@pytest.fixture(name="server")
def _server(file: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [*COMMAND, "serve", str(file), "--port", "0", "--us", "a"]
    with subprocess.Popen(  # noqa: S603 - it starts only itself
        command, stderr=subprocess.PIPE, encoding="utf-8", env=unmeasured()
    ) as server:
        yield server
        server.kill()


def test_it_serves_until_it_is_interrupted(server: "subprocess.Popen[str]", file: Path) -> None:
    assert server.stderr is not None
    found = next(filter(None, (re.search(r"http://\S+", line) for line in server.stderr)))

    with urlopen(found[0]) as answer:  # noqa: S310 - an address of this machine
        assert b"Institute A" in answer.read()
    with Ledger.open(file, name="office") as ledger:
        ledger.record(events.PartyRenamed(party="a", name="Institute B", when="2020"))
    with urlopen(found[0]) as answer:  # noqa: S310 - likewise
        assert b"Institute B" in answer.read()

    server.send_signal(signal.SIGINT)
    server.wait()
    assert "Traceback" not in server.stderr.read()


def test_a_party_that_the_ledger_does_not_hold_is_refused(file: Path) -> None:
    done = run("serve", file, "--us", "b")

    assert done.returncode == 2
    assert "unknown party 'b'" in done.stderr
