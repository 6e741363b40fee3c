"""Kept answers in an SQLite log: how they are asked for, and written within a transaction."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from json import dumps, loads
from typing import cast

from coopledger.stores.kept import StoredBundle, Upkeep
from coopledger.stores.sqlite.naming import Ask, Writer, in_pages, storable

# Derived from the log, and no hash covers it: whatever is here may be removed.
TABLES = (
    """
CREATE TABLE upkeep (
    ledger TEXT NOT NULL,
    noun TEXT NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    chain BLOB NOT NULL,
    day INTEGER NOT NULL,
    is_whole INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (ledger, noun)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE bundle (
    number INTEGER PRIMARY KEY,
    ledger TEXT NOT NULL,
    noun TEXT NOT NULL,
    home TEXT NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    rests_on TEXT NOT NULL,
    UNIQUE (ledger, noun, home)
) STRICT
""",
    "CREATE INDEX bundle_until ON bundle (ledger, noun, until)",
    "CREATE INDEX bundle_revision ON bundle (ledger, noun, revision)",
    """
CREATE TABLE rests (
    ledger TEXT NOT NULL,
    noun TEXT NOT NULL,
    name TEXT NOT NULL,
    bundle INTEGER NOT NULL,
    PRIMARY KEY (ledger, noun, name, bundle)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE kept (
    ledger TEXT NOT NULL,
    noun TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    bundle INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (ledger, noun, is_open, bundle, number)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX kept_name ON kept (ledger, noun, name)",
)

_UPKEEP = """
SELECT revision, position, chain, day, is_whole, fingerprint, changes
FROM main.upkeep WHERE ledger = ? AND noun = ?
"""
_RESTING = """
SELECT home FROM main.rests JOIN main.bundle ON bundle.number = rests.bundle
WHERE rests.ledger = ? AND rests.noun = ? AND name IN ({marks})
"""
_TURNED = "SELECT home FROM main.bundle WHERE ledger = ? AND noun = ? AND until <= ?"
_NOT_YET = "SELECT home FROM main.bundle WHERE ledger = ? AND noun = ? AND since > ?"
_BUNDLES = """
SELECT number, home, position, since, until FROM main.bundle
WHERE ledger = ? AND noun = ? AND revision > ?
"""
_AT_HOMES = """
SELECT number, home, position, since, until FROM main.bundle
WHERE ledger = ? AND noun = ? AND revision > ? AND home IN ({marks})
"""
_ROWS_OF = """
SELECT bundle, is_open, name, body FROM main.kept
WHERE ledger = ? AND noun = ? AND is_open IN (0, 1) AND bundle IN ({marks})
ORDER BY bundle, number
"""
_ROWS = """
SELECT home, name, body FROM main.kept JOIN main.bundle ON bundle.number = kept.bundle
WHERE kept.ledger = ? AND kept.noun = ? AND is_open >= ?
"""
_HOME_OF = """
SELECT home FROM main.kept JOIN main.bundle ON bundle.number = kept.bundle
WHERE kept.ledger = ? AND kept.noun = ? AND name = ?
"""
_TEXTS_BETWEEN = """
SELECT body FROM main.kept WHERE ledger = ? AND noun = ? AND name >= ? AND name < ?
"""

_OLD = "SELECT number, rests_on FROM main.bundle WHERE ledger = ? AND noun = ? AND home = ?"
_INSERT_BUNDLE = """
INSERT INTO main.bundle (ledger, noun, home, revision, position, since, until, rests_on)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_CHANGE_BUNDLE = """
UPDATE main.bundle SET revision = ?, position = ?, since = ?, until = ?, rests_on = ?
WHERE number = ?
"""
_INSERT_REST = "INSERT OR IGNORE INTO main.rests (ledger, noun, name, bundle) VALUES (?, ?, ?, ?)"
_REMOVE_REST = """
DELETE FROM main.rests WHERE ledger = ? AND noun = ? AND name = ? AND bundle = ?
"""
_OLD_ROWS = """
SELECT is_open, number, name, body FROM main.kept
WHERE ledger = ? AND noun = ? AND is_open IN (0, 1) AND bundle = ?
"""
_AT_ROW = "ledger = ? AND noun = ? AND is_open = ? AND bundle = ? AND number = ?"
_INSERT_ROW = """
INSERT INTO main.kept (ledger, noun, is_open, bundle, number, name, body)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_CHANGE_ROW = f"UPDATE main.kept SET body = ? WHERE {_AT_ROW}"  # noqa: S608 - written here
_REMOVE_ROW = f"DELETE FROM main.kept WHERE {_AT_ROW}"  # noqa: S608 - written here
_REMOVE_ALL = tuple(
    f"DELETE FROM main.{table} WHERE ledger = ? AND noun = ?"  # noqa: S608 - names of tables
    for table in ("rests", "kept", "bundle", "upkeep")
)
_REVISION = "SELECT revision FROM main.upkeep WHERE ledger = ? AND noun = ?"
_SAY = """
INSERT OR REPLACE INTO main.upkeep
(ledger, noun, revision, position, chain, day, is_whole, fingerprint, changes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def _upkeep(ask: Ask, ledger: str, noun: str) -> Upkeep | None:
    """Return the state of the kept answers; None where there are none."""
    for revision, position, chain, day, is_whole, fingerprint, changes in ask(
        _UPKEEP, (ledger, noun)
    ):
        return Upkeep(
            revision=_number(revision),
            position=_number(position),
            chain=chain,
            day=_number(day),
            is_whole=bool(is_whole),
            fingerprint=_text(fingerprint),
            changes=_text(changes),
        )
    return None


def _stale_homes(  # noqa: PLR0913 - as `KeptLog.stale_homes`
    ask: Ask, ledger: str, noun: str, *, names: Collection[str], day: int, is_earlier: bool
) -> set[str]:
    """Return the homes of bundles that rest on one of the names, or do not hold on the day."""
    rows = ask(_TURNED, (ledger, noun, day))
    if is_earlier:  # Seldom, so that no index is kept for it.
        rows += ask(_NOT_YET, (ledger, noun, day))
    for marks, page in in_pages(storable(names)):
        rows += ask(_RESTING.format(marks=marks), (ledger, noun, *page))
    return {_text(home) for (home,) in rows}


def _bundles(
    ask: Ask, ledger: str, noun: str, *, homes: Collection[str] | None, after: int
) -> list[StoredBundle]:
    """Return the bundles at the homes, or all, that changed after the revision, with rows."""
    if homes is None:
        found = ask(_BUNDLES, (ledger, noun, after))
    else:
        found = [
            row
            for marks, page in in_pages(storable(homes))
            for row in ask(_AT_HOMES.format(marks=marks), (ledger, noun, after, *page))
        ]
    rows: dict[int, list[tuple[bool, str, str]]] = {number: [] for number, *_ in found}
    for marks, numbers in in_pages(rows):
        for number, is_open, name, body in ask(
            _ROWS_OF.format(marks=marks), (ledger, noun, *numbers)
        ):
            rows[number].append((bool(is_open), name, body))
    return [
        StoredBundle(
            home=_text(home),
            position=_number(position),
            since=_number(since),
            until=_number(until),
            rows=rows[number],
        )
        for number, home, position, since, until in found
    ]


def _begin(ledger: str, noun: str, fingerprint: str, since: int, writer: Writer) -> bool:
    """Remove all answers of the noun, if the revision is that; return whether."""
    if _revision(writer, ledger, noun) != since:
        return False
    for statement in _REMOVE_ALL:
        writer.execute(statement, (ledger, noun))
    writer.execute(_SAY, (ledger, noun, since + 1, 0, b"", 0, 0, fingerprint, ""))
    return True


def _write(  # noqa: PLR0913 - as `KeptLog.keep`, and where to
    writer: Writer,
    ledger: str,
    noun: str,
    bundles: Iterable[StoredBundle],
    *,
    since: int,
    then: Upkeep,
) -> bool:
    """Replace the bundles of the homes by these, if the revision is that; return whether."""
    if _revision(writer, ledger, noun) != since:
        return False
    for bundle in bundles:
        _replace(writer, ledger, noun, bundle, revision=then.revision)
    state = (then.position, then.chain, then.day, int(then.is_whole))
    writer.execute(_SAY, (ledger, noun, then.revision, *state, then.fingerprint, then.changes))
    return True


def _revision(writer: Writer, ledger: str, noun: str) -> int:
    """Return the revision of the kept answers; 0 where there are none."""
    return next(
        (_number(revision) for (revision,) in writer.execute(_REVISION, (ledger, noun)).fetchall()),
        0,
    )


def _replace(
    writer: Writer, ledger: str, noun: str, bundle: StoredBundle, *, revision: int
) -> None:
    """Put the bundle in the place of the one at the same home.

    Only what differs is written: each name that a bundle rests on has a page of its own in a large
    file, and mostly all but one stay.
    """
    names = sorted(bundle.rests_on)
    values = (revision, bundle.position, bundle.since, bundle.until, dumps(names))
    old = writer.execute(_OLD, (ledger, noun, bundle.home)).fetchall()
    before: list[str] = []
    if old:
        number, rests_on = old[0]
        before = _names_in(rests_on)
        writer.execute(_CHANGE_BUNDLE, (*values, number))
    else:
        number = writer.execute(_INSERT_BUNDLE, (ledger, noun, bundle.home, *values)).lastrowid or 0
    gone, new = set(before).difference(names), set(names).difference(before)
    writer.executemany(_REMOVE_REST, [(ledger, noun, name, number) for name in sorted(gone)])
    writer.executemany(_INSERT_REST, [(ledger, noun, name, number) for name in sorted(new)])
    _replace_rows(writer, (ledger, noun), bundle.rows, bundle=number, is_new=not old)


def _names_in(rests_on: object) -> list[str]:
    """Return the names on which a bundle rests; none where they were damaged."""
    try:
        names: object = loads(_text(rests_on))
    except ValueError:
        return []
    return [*map(str, cast(list[object], names))] if isinstance(names, list) else []


def _text(value: object) -> str:
    """Return a text that was read; what was damaged is like no other."""
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    """Return a number that was read; 0 for what was damaged."""
    return value if isinstance(value, int) else 0


def _replace_rows(
    writer: Writer,
    where: tuple[str, str],
    rows: Sequence[tuple[bool, str, str]],
    *,
    bundle: int,
    is_new: bool,
) -> None:
    """Write the rows of a bundle that differ from those that are there, and remove the others."""
    old: dict[tuple[int, int], tuple[str, str]] = {}
    if not is_new:
        for is_open, number, name, body in writer.execute(_OLD_ROWS, (*where, bundle)).fetchall():
            old[is_open, number] = name, body
    new = {(int(row[0]), number): row[1:] for number, row in enumerate(rows)}
    kept = {key for key, (name, _) in old.items() if key in new and new[key][0] == name}
    places = {key: (*where, key[0], bundle, key[1]) for key in {*old, *new}}
    writer.executemany(_REMOVE_ROW, [places[key] for key in old if key not in kept])
    changed = [key for key in new if key in kept and new[key] != old[key]]
    writer.executemany(_CHANGE_ROW, [(new[key][1], *places[key]) for key in changed])
    added = [key for key in new if key not in kept]
    writer.executemany(_INSERT_ROW, [(*places[key], *new[key]) for key in added])


class SqliteKept:
    """Kept answers of all ledgers in one file, as `KeptLog`."""

    def __init__(
        self, ask: Ask, ask_if_any: Ask, change: Callable[[Callable[[Writer], bool]], bool]
    ) -> None:
        """Ask and write through the store.

        Args:
            ask: Returns the rows of a statement.
            ask_if_any: Does so too, and returns none where a file has no tables for them yet.
            change: Commits what returns True.
        """
        self._ask = ask
        self._ask_if_any = ask_if_any
        self._change = change

    def upkeep(self, ledger: str, noun: str) -> Upkeep | None:
        """See `KeptLog.upkeep`."""
        return _upkeep(self._ask_if_any, ledger, noun)

    def begin_upkeep(self, ledger: str, noun: str, *, fingerprint: str, since: int) -> bool:
        """See `KeptLog.begin_upkeep`."""
        return self._change(partial(_begin, ledger, noun, fingerprint, since))

    def keep(
        self, ledger: str, noun: str, bundles: Iterable[StoredBundle], *, since: int, then: Upkeep
    ) -> bool:
        """See `KeptLog.keep`."""
        return self._change(
            lambda writer: _write(writer, ledger, noun, bundles, since=since, then=then)
        )

    def stale_homes(
        self,
        ledger: str,
        noun: str,
        *,
        names: Collection[str],
        day: int,
        is_earlier: bool = False,
    ) -> set[str]:
        """See `KeptLog.stale_homes`."""
        return _stale_homes(self._ask, ledger, noun, names=names, day=day, is_earlier=is_earlier)

    def bundles(
        self, ledger: str, noun: str, *, homes: Collection[str] | None = None, after: int = 0
    ) -> list[StoredBundle]:
        """See `KeptLog.bundles`."""
        return _bundles(self._ask, ledger, noun, homes=homes, after=after)

    def kept_rows(self, ledger: str, noun: str, *, only_open: bool) -> list[tuple[str, str, str]]:
        """See `KeptLog.kept_rows`."""
        rows = self._ask(_ROWS, (ledger, noun, int(only_open)))
        return [(_text(home), _text(name), body) for home, name, body in rows]

    def home_of(self, ledger: str, noun: str, name: str) -> str | None:
        """See `KeptLog.home_of`."""
        return next((_text(home) for (home,) in self._ask(_HOME_OF, (ledger, noun, name))), None)

    def texts_between(self, ledger: str, noun: str, *, first: str, end: str) -> list[str]:
        """See `KeptLog.texts_between`."""
        return [body for (body,) in self._ask(_TEXTS_BETWEEN, (ledger, noun, first, end))]
