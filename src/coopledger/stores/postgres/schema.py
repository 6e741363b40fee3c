"""Tables of a PostgreSQL log, the triggers that keep them append-only, and the rights on them.

Triggers stop every mistake and every tool that speaks SQL; they cannot stop the owner of the
tables, who may drop them. For that there are the chain, and grants: see
docs/how-to/share-on-postgresql.md. ``ledger`` is part of every key, so that the tables can be
distributed by ledger.
"""

from typing import LiteralString

from coopledger.stores.postgres.functions import APPEND, APPEND_LISTED, APPEND_ONE

# Compared byte for byte, which in UTF-8 is the order of code points.
_TABLES = (
    """
CREATE TABLE {schema}.format (
    version bigint NOT NULL PRIMARY KEY
)
""",
    """
CREATE TABLE {schema}.head (
    ledger text COLLATE "C" NOT NULL PRIMARY KEY,
    position bigint NOT NULL CHECK (position >= 0),
    chain bytea NOT NULL CHECK (length(chain) = 32),
    recorded_us bigint,
    CHECK ((position = 0) = (recorded_us IS NULL))
)
""",
    """
CREATE TABLE {schema}.event (
    ledger text COLLATE "C" NOT NULL,
    position bigint NOT NULL CHECK (position >= 1),
    event_id text COLLATE "C" NOT NULL,
    type text NOT NULL,
    v bigint NOT NULL CHECK (v >= 1),
    recorded_us bigint NOT NULL,
    effective text,
    payload bytea NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    chain bytea NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (ledger, position),
    UNIQUE (ledger, event_id)
)
""",
)

# For people who read the log with SQL; the payload of the table stays bytes. Whole seconds and
# the rest apart: together they would pass through a float.
_READABLE = """
CREATE VIEW {schema}.readable_event AS
SELECT
    ledger, position, event_id, type, v,
    timestamptz 'epoch' + make_interval(secs => recorded_us / 1000000)
        + (recorded_us %% 1000000) * interval '1 microsecond' AS recorded_at,
    effective, convert_from(payload, 'UTF8') AS payload
FROM {schema}.event
"""

_GUARDS = (
    """
CREATE FUNCTION {schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'coopledger: what is stored is never changed or removed';
END
$$
""",
    """
CREATE TRIGGER event_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.event
FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse()
""",
    """
CREATE TRIGGER head_never_removed BEFORE DELETE OR TRUNCATE ON {schema}.head
FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse()
""",
    """
CREATE FUNCTION {schema}.follow_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ledger <> OLD.ledger OR NEW.position <= OLD.position OR NOT EXISTS (
        SELECT FROM {schema}.event
        WHERE event.ledger = NEW.ledger
          AND event.position = NEW.position
          AND event.chain = NEW.chain
          AND event.recorded_us = NEW.recorded_us
    ) THEN
        RAISE EXCEPTION 'coopledger: a head only ever moves to an event just added';
    END IF;
    RETURN NEW;
END
$$
""",
    """
CREATE TRIGGER head_moves_with_event BEFORE UPDATE ON {schema}.head
FOR EACH ROW EXECUTE FUNCTION {schema}.follow_event()
""",
    """
CREATE FUNCTION {schema}.begin_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'coopledger: a ledger begins empty';
END
$$
""",
    """
CREATE TRIGGER head_begins_empty BEFORE INSERT ON {schema}.head
FOR EACH ROW WHEN (NEW.position <> 0) EXECUTE FUNCTION {schema}.begin_empty()
""",
)

# Cursors of the readers of a ledger. Working state, not log: it changes, and no hash covers it.
_CURSORS = (
    """
CREATE TABLE {schema}.subscription (
    ledger text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    position bigint NOT NULL CHECK (position >= 0),
    reached bigint NOT NULL CHECK (reached >= position),
    failures bigint NOT NULL,
    last_error text,
    PRIMARY KEY (ledger, name)
)
""",
    """
CREATE TABLE {schema}.parked (
    ledger text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    after bigint NOT NULL,
    up_to bigint NOT NULL CHECK (up_to > after),
    replayed boolean NOT NULL,
    error text NOT NULL,
    types text,
    PRIMARY KEY (ledger, name, after, up_to)
)
""",
)

# Index of names of the events, and the time zone of a ledger. The index can be made from the log
# at any time: no hash covers it.
_INDEX = (
    """
CREATE TABLE {schema}.naming (
    ledger text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (ledger, name, position)
)
""",
    """
CREATE TABLE {schema}.opening (
    ledger text COLLATE "C" NOT NULL,
    noun text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (ledger, noun, position, name)
)
""",
    """
CREATE TABLE {schema}.listed (
    ledger text COLLATE "C" NOT NULL PRIMARY KEY,
    position bigint NOT NULL CHECK (position >= 0),
    chain bytea NOT NULL CHECK (length(chain) = 32),
    entries bigint NOT NULL
)
""",
    """
CREATE TABLE {schema}.listed_tag (
    ledger text COLLATE "C" NOT NULL,
    tag text COLLATE "C" NOT NULL,
    rule text NOT NULL,
    PRIMARY KEY (ledger, tag)
)
""",
)

_ZONE = (
    "ALTER TABLE {schema}.head ADD COLUMN zone text",
    """
CREATE OR REPLACE FUNCTION {schema}.follow_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ledger = OLD.ledger AND NEW.position = OLD.position AND NEW.chain = OLD.chain
        AND NEW.recorded_us IS NOT DISTINCT FROM OLD.recorded_us AND OLD.zone IS NULL
        AND NEW.zone IS NOT NULL
    THEN
        RETURN NEW;
    END IF;
    IF NEW.zone IS DISTINCT FROM OLD.zone THEN
        RAISE EXCEPTION 'coopledger: a ledger keeps its time zone';
    END IF;
    IF NEW.ledger <> OLD.ledger OR NEW.position <= OLD.position OR NOT EXISTS (
        SELECT FROM {schema}.event
        WHERE event.ledger = NEW.ledger
          AND event.position = NEW.position
          AND event.chain = NEW.chain
          AND event.recorded_us = NEW.recorded_us
    ) THEN
        RAISE EXCEPTION 'coopledger: a head only ever moves to an event just added';
    END IF;
    RETURN NEW;
END
$$
""",
    "ALTER FUNCTION {schema}.refuse() SET search_path = pg_catalog, pg_temp",
    "ALTER FUNCTION {schema}.begin_empty() SET search_path = pg_catalog, pg_temp",
    "ALTER FUNCTION {schema}.follow_event() SET search_path = pg_catalog, pg_temp",
)

# Answers that are kept. Derived from the log, and no hash covers them: they may be removed.
_KEPT: tuple[LiteralString, ...] = (
    """
CREATE TABLE {schema}.upkeep (
    ledger text COLLATE "C" NOT NULL,
    noun text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    position bigint NOT NULL,
    chain bytea NOT NULL,
    day bigint NOT NULL,
    is_whole boolean NOT NULL,
    fingerprint text NOT NULL,
    changes text NOT NULL,
    PRIMARY KEY (ledger, noun)
)
""",
    """
CREATE TABLE {schema}.bundle (
    ledger text COLLATE "C" NOT NULL,
    noun text COLLATE "C" NOT NULL,
    home text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    position bigint NOT NULL,
    since bigint NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (ledger, noun, home)
)
""",
    "CREATE INDEX bundle_until ON {schema}.bundle (ledger, noun, until)",
    "CREATE INDEX bundle_revision ON {schema}.bundle (ledger, noun, revision)",
    """
CREATE TABLE {schema}.rests (
    ledger text COLLATE "C" NOT NULL,
    noun text COLLATE "C" NOT NULL,
    home text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (ledger, noun, home, name)
)
""",
    "CREATE INDEX rests_name ON {schema}.rests (ledger, noun, name)",
    """
CREATE TABLE {schema}.kept (
    ledger text COLLATE "C" NOT NULL,
    noun text COLLATE "C" NOT NULL,
    home text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    is_open boolean NOT NULL,
    name text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (ledger, noun, home, number)
)
""",
    "CREATE INDEX kept_open ON {schema}.kept (ledger, noun) WHERE is_open",
    "CREATE INDEX kept_name ON {schema}.kept (ledger, noun, name)",
)

# A role that might read the log before may read new tables too, as an append does. Who might add
# events may write the tables that are made from them, and the zone of a ledger.
# The schema is found by the row of its `format`, so that its name is never part of a text.
_GRANT_READING = """
DO $$
DECLARE
    here oid := (
        SELECT relnamespace FROM pg_class
        WHERE oid = (SELECT tableoid FROM {schema}.format LIMIT 1)
    );
    reader record;
BEGIN
    FOR reader IN
        SELECT DISTINCT new.oid::regclass::text AS made,
            CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role
        FROM pg_class AS old, aclexplode(old.relacl), pg_class AS new
        WHERE old.relnamespace = here AND old.relname = 'event' AND privilege_type = 'SELECT'
          AND new.relnamespace = here AND new.relkind = 'r'
          AND new.relname NOT IN ('event', 'head', 'format')
    LOOP
        EXECUTE 'GRANT SELECT ON ' || reader.made || ' TO ' || reader.role;
    END LOOP;
END
$$
"""

_GRANT_RECORDING = """
DO $$
DECLARE
    here oid := (
        SELECT relnamespace FROM pg_class
        WHERE oid = (SELECT tableoid FROM {schema}.format LIMIT 1)
    );
    writer record;
BEGIN
    FOR writer IN
        SELECT DISTINCT new.oid::regclass::text AS made, new.relname = 'head' AS is_head,
            CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role
        FROM pg_class AS old, aclexplode(old.relacl), pg_class AS new
        WHERE old.relnamespace = here AND old.relname = 'event' AND privilege_type = 'INSERT'
          AND new.relnamespace = here AND new.relkind = 'r'
          AND new.relname IN (
            'head', 'naming', 'opening', 'listed', 'listed_tag', 'upkeep', 'bundle', 'rests', 'kept'
          )
    LOOP
        EXECUTE 'GRANT ' || CASE WHEN writer.is_head THEN 'UPDATE (zone)'
            ELSE 'INSERT, UPDATE, DELETE' END || ' ON ' || writer.made || ' TO ' || writer.role;
    END LOOP;
END
$$
"""

# Statements that bring a log from each version of the format to the next; the first make it.
MIGRATIONS: tuple[tuple[LiteralString, ...], ...] = (
    (*_TABLES, _READABLE, *_GUARDS, APPEND),
    (*_CURSORS, _GRANT_READING, APPEND),
    (*_INDEX, *_ZONE, *_KEPT, _GRANT_READING, _GRANT_RECORDING, APPEND, APPEND_LISTED, APPEND_ONE),
)

# The version of the tables, kept in the table `format`.
FORMAT = len(MIGRATIONS)
