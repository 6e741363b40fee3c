"""Contract of stores, where hosts append in transactions of their own."""

from pathlib import Path

from tests import servers
from tests.contracts.hosts import HostedPostgres, HostedSqlite
from tests.contracts.store.contract import StoreContract
from tests.contracts.store.logs import Opener
from tests.contracts.store.naming import NamingContract


class TestSqliteHost(StoreContract, NamingContract):
    @classmethod
    def new_logs(cls, folder: Path) -> Opener:
        return lambda: HostedSqlite(folder / "log.db", durability="fast")


class TestPostgresHost(StoreContract, NamingContract):
    @classmethod
    def new_logs(cls, folder: Path) -> Opener:  # noqa: ARG003 - the server has its own
        schema = servers.new_schema()
        return lambda: HostedPostgres(schema)
