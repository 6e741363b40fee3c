"""Tables of a PostgreSQL log, the triggers that keep them append-only, and the append itself.

Triggers stop every mistake and every tool that speaks SQL; they cannot stop the owner of the
tables, who may drop them. For that there are the chain, and grants: see
docs/how-to/share-on-postgresql.md. ``ledger`` is part of every key, so that the tables can be
distributed by ledger.
"""

from typing import LiteralString

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

# One call, and with it one round trip, for a whole append: the head is locked first, and only
# if it is where the writer saw it are the events numbered, timed, chained and added, in one
# INSERT for all. The head is returned as it was before: at `seen` means stored.
#
# A writer who is behind, as most are where many share a ledger, learns that before it waits for
# the lock, so that it waits only once: when it locks the head to revise.
#
# Each statement inside sees what was committed before it began, so that after waiting for
# the lock the head is the latest. One SQL statement instead of the function would go on with
# the head as it was before the wait.
_APPEND = r"""
CREATE OR REPLACE FUNCTION {schema}.append(
    book text, seen bigint, clock_us bigint, genesis bytea,
    event_ids text[], types text[], vs bigint[], effectives text[],
    payloads bytea[], digests bytea[],
    OUT head_position bigint, OUT head_chain bytea, OUT head_us bigint
) LANGUAGE plpgsql AS $$
DECLARE
    first_us bigint;
    place bigint := seen;
    us bigint;
    link bytea;
    links bytea[] := '{}';
    digest bytea;
BEGIN
    SELECT head.position, head.chain, head.recorded_us INTO head_position, head_chain, head_us
    FROM {schema}.head WHERE head.ledger = book;
    IF FOUND AND head_position <> seen THEN
        RETURN;  -- behind already: no need to wait for the lock
    END IF;
    SELECT head.position, head.chain, head.recorded_us INTO head_position, head_chain, head_us
    FROM {schema}.head WHERE head.ledger = book FOR UPDATE;
    IF NOT FOUND AND seen = 0 THEN
        INSERT INTO {schema}.head (ledger, position, chain) VALUES (book, 0, genesis)
        ON CONFLICT DO NOTHING;
        SELECT head.position, head.chain, head.recorded_us INTO head_position, head_chain, head_us
        FROM {schema}.head WHERE head.ledger = book FOR UPDATE;
    END IF;
    IF head_position IS DISTINCT FROM seen THEN
        -- Nothing is stored: the lock is given back without waiting for the disk.
        PERFORM set_config('synchronous_commit', 'off', true);
        RETURN;
    END IF;
    first_us := greatest(head_us + 1, clock_us);
    IF first_us > 9223372036854775807 - cardinality(digests) THEN
        RAISE EXCEPTION 'record times end' USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
    us := first_us;
    link := head_chain;
    FOREACH digest IN ARRAY digests LOOP
        place := place + 1;
        link := sha256(
            '\x636f6f706c65646765722f636861696e2f310a'::bytea  -- coopledger/chain/1, line feed
            || link || int8send(place) || int8send(us) || digest
        );
        links := links || link;
        us := us + 1;
    END LOOP;
    INSERT INTO {schema}.event (
        ledger, position, event_id, type, v, recorded_us, effective, payload, digest, chain
    )
    SELECT book, seen + n, id, t, v, first_us + n - 1, effective, payload, content, chain
    FROM unnest(event_ids, types, vs, effectives, payloads, digests, links)
        WITH ORDINALITY AS new (id, t, v, effective, payload, content, chain, n);
    UPDATE {schema}.head SET position = place, chain = link, recorded_us = us - 1
    WHERE head.ledger = book;
END
$$
"""

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

# A role that might read the log before may read these too: an append looks for followers.
# The schema is found by the row of its `format`, so that its name is never part of a text.
_GRANTS = """
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
          AND new.relnamespace = here AND new.relname IN ('subscription', 'parked')
    LOOP
        EXECUTE 'GRANT SELECT ON ' || reader.made || ' TO ' || reader.role;
    END LOOP;
END
$$
"""

# Statements that bring a log from each version of the format to the next; the first make it.
MIGRATIONS: tuple[tuple[LiteralString, ...], ...] = (
    (*_TABLES, _READABLE, *_GUARDS, _APPEND),
    (*_CURSORS, _GRANTS, _APPEND),
)

# The version of the tables, kept in the table `format`.
FORMAT = len(MIGRATIONS)
