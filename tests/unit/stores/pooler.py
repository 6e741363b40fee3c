"""PgBouncer in front of the server of the tests, which lends its sessions for a transaction."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from tests.needs import needs

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
PGBOUNCER = needs("pgbouncer", is_met=PROGRAM is not None)
SETTINGS = """
[databases]
* = host={host} port={port} user={user}
[pgbouncer]
listen_port = 6432
unix_socket_dir = {folder}
logfile = {folder}/log
auth_type = any
pool_mode = transaction
default_pool_size = 2
server_round_robin = 1
"""


@contextmanager
def pooled(address: str) -> Generator[str, None, None]:
    """Yield the address of a pooler that has two sessions of the server, used in turns."""
    with psycopg.connect(address) as connection:
        info = connection.info
        host, port, user = info.host, info.port, info.user
    with tempfile.TemporaryDirectory(prefix="pooler-") as folder:
        path = Path(folder, "pgbouncer.ini")
        path.write_text(SETTINGS.format(folder=folder, host=host, port=port, user=user))
        command = [str(PROGRAM), str(path)]
        if os.geteuid() == 0:  # as which it refuses to run
            owner = Path(host).stat().st_uid if host.startswith("/") else pwd.getpwnam("nobody")[2]
            os.chown(folder, owner, -1)
            command[1:1] = ["-u", pwd.getpwuid(owner)[0]]
        pooler = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            socket = Path(folder, ".s.PGSQL.6432")
            while not socket.exists():
                assert pooler.poll() is None
            yield make_conninfo(address, host=folder, port=6432)
        finally:
            pooler.terminate()
            pooler.wait()
