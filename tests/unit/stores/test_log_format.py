"""docs/reference/log-format.md says what is in the file; its examples run with the other pages."""

import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path

from coopledger.stores.postgres.schema import MIGRATIONS
from coopledger.stores.sqlite import SqliteStore

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "log-format.md"


def test_the_page_shows_the_tables_as_they_are(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "log.db").close()
    with closing(sqlite3.connect(tmp_path / "log.db")) as log:
        tables = log.execute("SELECT sql FROM sqlite_schema WHERE type = 'table'").fetchall()

    shown = PAGE.read_text(encoding="utf-8").split("```sql\n")[1].split("```")[0]

    # A column that was added later is on the line of the one before.
    made = [sql.replace(", zone", ",\n    zone") for (sql,) in tables]
    assert sorted(shown.rstrip(";\n").split(";\n\n")) == sorted(made)


def test_the_page_shows_the_tables_on_postgresql_as_they_are_made() -> None:
    shown = PAGE.read_text(encoding="utf-8").split("```postgresql\n")[1].split("```")[0]
    statements = [
        statement.strip().replace("{schema}", "coopledger")
        for statement in chain.from_iterable(MIGRATIONS)
        if statement.lstrip().startswith(("CREATE TABLE", "ALTER TABLE"))
    ]

    assert shown.rstrip(";\n").split(";\n\n") == statements
