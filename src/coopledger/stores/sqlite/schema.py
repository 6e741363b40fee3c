"""Tables of an SQLite log, and the triggers that keep it append-only.

The triggers stop every mistake and every tool that speaks SQL; they cannot stop
somebody who drops them first. For that there is the chain.
"""

from coopledger.stores.sqlite.kept import TABLES

# "Coop" in ASCII: the mark of a coopledger file among all SQLite files.
APPLICATION_ID = 0x436F6F70

_HEAD = """
CREATE TABLE head (
    ledger TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL CHECK (position >= 0),
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    recorded_us INTEGER,
    CHECK ((position = 0) = (recorded_us IS NULL))
) STRICT, WITHOUT ROWID
"""

# WITHOUT ROWID: the key is explicit, so that dump and restore cannot renumber it,
# and the rows of a ledger are in the file in position order.
_EVENT = """
CREATE TABLE event (
    ledger TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    v INTEGER NOT NULL CHECK (v >= 1),
    recorded_us INTEGER NOT NULL,
    effective TEXT,
    payload BLOB NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (ledger, position),
    UNIQUE (ledger, event_id)
) STRICT, WITHOUT ROWID
"""

# Looks at the ids itself: INSERT OR REPLACE would remove the older row before the
# UNIQUE constraint is asked, and fires no delete trigger unless recursive_triggers is on.
_EVENT_FOLLOWS_HEAD = """
CREATE TRIGGER event_follows_head BEFORE INSERT ON event
WHEN NOT EXISTS (
    SELECT 1 FROM head
    WHERE head.ledger = NEW.ledger
      AND head.position + 1 = NEW.position
      AND (head.recorded_us IS NULL OR head.recorded_us < NEW.recorded_us)
) OR EXISTS (
    SELECT 1 FROM event WHERE event.ledger = NEW.ledger AND event.event_id = NEW.event_id
)
BEGIN
    SELECT RAISE(ABORT, 'coopledger: an event is only ever added, once, after the head');
END
"""

_HEAD_FOLLOWS_EVENT = """
CREATE TRIGGER head_follows_event AFTER INSERT ON event
BEGIN
    UPDATE head
    SET position = NEW.position, chain = NEW.chain, recorded_us = NEW.recorded_us
    WHERE ledger = NEW.ledger;
END
"""

_HEAD_MOVES_WITH_EVENT = """
CREATE TRIGGER head_moves_with_event BEFORE UPDATE ON head
WHEN NEW.ledger IS NOT OLD.ledger OR NEW.position IS NOT OLD.position + 1 OR NOT EXISTS (
    SELECT 1 FROM event
    WHERE event.ledger = NEW.ledger
      AND event.position = NEW.position
      AND event.chain = NEW.chain
      AND event.recorded_us = NEW.recorded_us
)
BEGIN
    SELECT RAISE(ABORT, 'coopledger: a head only ever moves to the event just added');
END
"""

_HEAD_BEGINS_EMPTY = """
CREATE TRIGGER head_begins_empty BEFORE INSERT ON head
WHEN NEW.position IS NOT 0 OR EXISTS (SELECT 1 FROM head WHERE head.ledger = NEW.ledger)
BEGIN
    SELECT RAISE(ABORT, 'coopledger: a ledger begins once, empty');
END
"""

_NEVER = """
CREATE TRIGGER {table}_never_{name} BEFORE {verb} ON {table}
BEGIN
    SELECT RAISE(ABORT, 'coopledger: what is stored is never {done}');
END
"""

# For people who read the log with SQL; the payload of the table stays bytes.
_READABLE = """
CREATE VIEW readable_event AS
SELECT
    ledger, position, event_id, type, v,
    strftime('%Y-%m-%dT%H:%M:%S', second, 'unixepoch')
        || printf('.%06dZ', recorded_us - second * 1000000) AS recorded_at,
    effective, CAST(payload AS TEXT) AS payload
FROM (
    SELECT *, recorded_us / 1000000 - (recorded_us % 1000000 < 0) AS second FROM event
)
"""

# Cursors of the readers of a ledger. Working state, not log: it changes, and no hash covers it.
_SUBSCRIPTION = """
CREATE TABLE subscription (
    ledger TEXT NOT NULL,
    name TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    reached INTEGER NOT NULL CHECK (reached >= position),
    failures INTEGER NOT NULL,
    last_error TEXT,
    PRIMARY KEY (ledger, name)
) STRICT, WITHOUT ROWID
"""

_PARKED = """
CREATE TABLE parked (
    ledger TEXT NOT NULL,
    name TEXT NOT NULL,
    after INTEGER NOT NULL,
    up_to INTEGER NOT NULL CHECK (up_to > after),
    replayed INTEGER NOT NULL CHECK (replayed IN (0, 1)),
    error TEXT NOT NULL,
    types TEXT,
    PRIMARY KEY (ledger, name, after, up_to)
) STRICT, WITHOUT ROWID
"""

# A zone is given once; the chain does not cover it.
_ZONE = "ALTER TABLE head ADD COLUMN zone TEXT"
_WITHOUT_ZONE = "DROP TRIGGER head_moves_with_event"

_HEAD_MOVES_OR_IS_GIVEN_ITS_ZONE = """
CREATE TRIGGER head_moves_with_event BEFORE UPDATE ON head
WHEN NEW.ledger IS NOT OLD.ledger OR NOT (
    NEW.zone IS OLD.zone
    AND NEW.position IS OLD.position + 1
    AND EXISTS (
        SELECT 1 FROM event
        WHERE event.ledger = NEW.ledger
          AND event.position = NEW.position
          AND event.chain = NEW.chain
          AND event.recorded_us = NEW.recorded_us
    )
    OR OLD.zone IS NULL
    AND NEW.zone IS NOT NULL
    AND NEW.position IS OLD.position
    AND NEW.chain IS OLD.chain
    AND NEW.recorded_us IS OLD.recorded_us
)
BEGIN
    SELECT RAISE(
        ABORT, 'coopledger: a head only ever moves to the event just added, and is given one zone'
    );
END
"""

# Names under which the events of a ledger are found. Derived from the log, and no hash covers it.
# With texts in every row: numbers in their place would make the file smaller, and cost each
# append a second tree and a look-up for every name.
_NAMING = """
CREATE TABLE naming (
    ledger TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (ledger, name, position)
) STRICT, WITHOUT ROWID
"""

_OPENING = """
CREATE TABLE opening (
    ledger TEXT NOT NULL,
    noun TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (ledger, noun, position, name)
) STRICT, WITHOUT ROWID
"""

# The latest of both, as each append leaves them, until there are enough to be sorted in: a name
# that goes to its place costs a page of the file, and many names share their pages.
_UNSORTED = """
CREATE TABLE unsorted (
    ledger TEXT NOT NULL,
    position INTEGER NOT NULL,
    chain BLOB NOT NULL,
    entries INTEGER NOT NULL,
    names BLOB NOT NULL,
    openings BLOB NOT NULL,
    PRIMARY KEY (ledger, position)
) STRICT, WITHOUT ROWID
"""

_LISTED = """
CREATE TABLE listed (
    ledger TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    chain BLOB NOT NULL,
    entries INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""

_LISTED_TAG = """
CREATE TABLE listed_tag (
    ledger TEXT NOT NULL,
    tag TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (ledger, tag)
) STRICT, WITHOUT ROWID
"""

_VERSION_1 = (
    _HEAD,
    _EVENT,
    _EVENT_FOLLOWS_HEAD,
    _HEAD_FOLLOWS_EVENT,
    _HEAD_MOVES_WITH_EVENT,
    _HEAD_BEGINS_EMPTY,
    _NEVER.format(table="event", name="changed", verb="UPDATE", done="changed"),
    _NEVER.format(table="event", name="removed", verb="DELETE", done="removed"),
    _NEVER.format(table="head", name="removed", verb="DELETE", done="removed"),
    _READABLE,
)
_VERSION_2 = (_SUBSCRIPTION, _PARKED)
_VERSION_3 = (
    _ZONE,
    _WITHOUT_ZONE,
    _HEAD_MOVES_OR_IS_GIVEN_ITS_ZONE,
    _NAMING,
    _OPENING,
    _UNSORTED,
    _LISTED,
    _LISTED_TAG,
    *TABLES,
)

# Statements that bring a log from each version of the format to the next; the first make it.
MIGRATIONS: tuple[tuple[str, ...], ...] = tuple(
    tuple(statement.strip() for statement in version)
    for version in (_VERSION_1, _VERSION_2, _VERSION_3)
)

# The version of the tables, kept in user_version.
FORMAT = len(MIGRATIONS)

# A WAL that grew while somebody was reading shrinks to this size once it begins again.
LONGEST_WAL_BYTES = 4 * 1024 * 1024
