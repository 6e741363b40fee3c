"""Functions of the database that append: the one of this format, and the one of older programs.

Each has a search path of its own and uses nothing that a session can set: no literal in which a
backslash counts, no function or operator of somebody else, no array as text.
"""

from collections.abc import Mapping
from typing import LiteralString

# Up to format 2, one call, and with it one round trip, for a whole append: the head is locked
# first, and only if it is where the writer saw it are the events numbered, timed, chained and
# added, in one INSERT for all. The head is returned as it was before: at `seen` means stored.
# Programs of that time go on with it, and leave the index of names behind.
#
# A writer who is behind, as most are where many share a ledger, learns that before it waits for
# the lock, so that it waits only once: when it locks the head to revise.
#
# Each statement inside sees what was committed before it began, so that after waiting for
# the lock the head is the latest. One SQL statement instead of the function would go on with
# the head as it was before the wait.
APPEND = """
CREATE OR REPLACE FUNCTION {schema}.append(
    book text, seen bigint, clock_us bigint, genesis bytea,
    event_ids text[], types text[], vs bigint[], effectives text[],
    payloads bytea[], digests bytea[],
    OUT head_position bigint, OUT head_chain bytea, OUT head_us bigint
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_us bigint;
    place bigint := seen;
    us bigint;
    link bytea;
    links bytea[] := ARRAY[]::bytea[];
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
            decode('636f6f706c65646765722f636861696e2f310a', 'hex')  -- coopledger/chain/1
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

# The append of this format, in one call too. The head is locked first. Nothing is stored if an
# event after `seen` is found under a name on which the trial of the writer rested, or if the
# index does not tell; else the events are added at the head, although others have come between.
#
# There is one function for many events, with arrays, and one for a single event, with plain
# values: most appends are of one, and for that one arrays cost a fifth of the time of the server,
# while all other writers of the ledger wait. What both have in common is written once, below.
#
# The first row of the answer is the head that was found. The second is the head as it is stored,
# read back from the tables, without a position if nothing was stored. The others are the rows that
# others have added since `seen`, if they are few: the writer takes them in anyhow, and would ask
# for them next. Rows, as the server takes longer to say that a call has more columns.
#
# The writer cannot know from which head its events will be chained, and a second round trip to
# ask for its consent would keep the head locked meanwhile: eight writers of one ledger did 1.3 to
# 1.9 times less. So it sends `rehearsed`: the chain of its first event if that were the first of
# the ledger, at the time of its clock. The same line computes that first and then the chain that
# is stored; if it finds another one, nothing is stored. Content and head are read back, the
# digests are computed once more, and all is compared before the commit.
#
# What is set for a transaction (`patience`, and how durable it is) is set here, as behind a pooler
# nothing may be set for a session; a host, whose settings stay as they are, gives null.
#
# Whether the index is written up to the head is asked together with the names, as of one moment,
# and again by the update of `listed`, which takes it further only from there.
_BEGINNING = """
CREATE FUNCTION {schema}.<name>(
    book text, seen bigint, rehearsed bytea, clock_us bigint, genesis bytea,
    patience text, is_fast boolean, rests_on text[],
    <arguments>
) RETURNS TABLE (
    its_position bigint, its_id text, its_type text, its_v bigint, its_us bigint,
    its_effective text, its_payload bytea, its_digest bytea, its_chain bytea, is_followed boolean
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict error
DECLARE
    before_position bigint;
    before_chain bytea;
    before_us bigint;
    after_position bigint;
    after_chain bytea;
    after_us bigint;
    first_us bigint;
    place bigint;
    us bigint;
    link bytea;
    is_rehearsed boolean := false;
    is_sound boolean;
    ignored text;
    <variables>
BEGIN
    IF patience IS NOT NULL THEN
        ignored := set_config('lock_timeout', patience, true);
        ignored := set_config('synchronous_commit', CASE
            WHEN is_fast THEN 'off'
            WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
            ELSE current_setting('synchronous_commit')
        END, true);
    END IF;
    <<storing>>
    BEGIN
        IF rests_on IS NULL THEN
            SELECT head.position, head.chain, head.recorded_us
            INTO before_position, before_chain, before_us
            FROM {schema}.head WHERE head.ledger = book;
            EXIT storing WHEN FOUND AND before_position <> seen;  -- no need to wait for the lock
        END IF;
        SELECT head.position, head.chain, head.recorded_us
        INTO before_position, before_chain, before_us
        FROM {schema}.head WHERE head.ledger = book FOR UPDATE;
        IF NOT FOUND THEN
            INSERT INTO {schema}.head (ledger, position, chain) VALUES (book, 0, genesis)
            ON CONFLICT DO NOTHING;
            SELECT head.position, head.chain, head.recorded_us
            INTO before_position, before_chain, before_us
            FROM {schema}.head WHERE head.ledger = book FOR UPDATE;
        END IF;
        IF before_position = 0 THEN
            INSERT INTO {schema}.listed (ledger, position, chain, entries)
            VALUES (book, 0, before_chain, 0)
            ON CONFLICT DO NOTHING;
        END IF;
        EXIT storing WHEN before_position < seen;
        IF before_position > seen THEN
            EXIT storing WHEN rests_on IS NULL OR NOT EXISTS (
                SELECT FROM {schema}.listed
                WHERE listed.ledger = book AND listed.position = before_position
                  AND listed.chain = before_chain
            ) OR EXISTS (
                SELECT FROM {schema}.naming
                WHERE naming.ledger = book AND naming.name = ANY (rests_on)
                  AND naming.position > seen
            );
        END IF;
        first_us := greatest(before_us + 1, clock_us);
        IF first_us > 9223372036854775807 - <count> THEN
            RAISE EXCEPTION 'record times end' USING ERRCODE = 'numeric_value_out_of_range';
        END IF;
        place := 1;
        us := clock_us;
        link := genesis;
"""
_END = """
        IF is_sound IS NOT TRUE OR (after_position, after_chain, after_us)
            IS DISTINCT FROM (place, link, us)
        THEN
            RAISE EXCEPTION 'coopledger: something else is stored than was given'
                USING ERRCODE = 'data_corrupted';
        END IF;
    END;
    IF is_sound IS NULL AND patience IS NOT NULL THEN
        -- Nothing is stored: the lock is given back without waiting for the disk.
        ignored := set_config('synchronous_commit', 'off', true);
    END IF;
    its_position := before_position;
    its_chain := before_chain;
    its_us := before_us;
    RETURN NEXT;
    its_position := after_position;
    its_chain := after_chain;
    its_us := after_us;
    RETURN NEXT;
    IF before_position > seen AND before_position - seen <= 50 THEN
        RETURN QUERY
            SELECT event.position, event.event_id, event.type, event.v, event.recorded_us,
                event.effective, event.payload, event.digest, event.chain, NULL::boolean
            FROM {schema}.event
            WHERE event.ledger = book AND event.position > seen
              AND event.position <= before_position
            ORDER BY event.position;
    END IF;
END
$$
"""
# What both say in the same words.
_SHARED: dict[LiteralString, LiteralString] = {
    "link": """sha256(
            decode('636f6f706c65646765722f636861696e2f310a', 'hex')  -- coopledger/chain/1
            || link || int8send(place) || int8send(us) || content
        )""",
    "other_chain": """RAISE EXCEPTION 'coopledger: another chain is computed than by the writer'
                USING ERRCODE = 'data_corrupted';""",
    "digest": """sha256(
                decode('636f6f706c65646765722f6469676573742f310a', 'hex')  -- coopledger/digest/1
                || int8send(octet_length(event.ledger)) || convert_to(event.ledger, 'UTF8')
                || int8send(octet_length(event.event_id)) || convert_to(event.event_id, 'UTF8')
                || int8send(octet_length(event.type)) || convert_to(event.type, 'UTF8')
                || int8send(event.v)
                || CASE WHEN event.effective IS NULL THEN decode('00', 'hex')
                    ELSE decode('01', 'hex') || int8send(octet_length(event.effective))
                        || convert_to(event.effective, 'UTF8')
                    END
                || int8send(octet_length(event.payload)) || event.payload
            )""",
    "move_head": """UPDATE {schema}.head SET position = place, chain = link, recorded_us = us
        WHERE head.ledger = book;""",
    "move_listed": """UPDATE {schema}.listed SET position = place, chain = link,
            entries = listed.entries + cardinality(names) + coalesce(cardinality(nouns), 0)
        WHERE listed.ledger = book AND listed.position = before_position
          AND listed.chain = before_chain;""",
    "is_followed": "EXISTS (SELECT FROM {schema}.subscription WHERE subscription.ledger = book)",
}

_MANY: LiteralString = """
        FOREACH content IN ARRAY digests[1:1] || digests LOOP
            link := <link>;
            IF is_rehearsed THEN
                links := links || link;
                place := place + 1;
                us := us + 1;
            ELSIF link IS DISTINCT FROM rehearsed THEN
                <other_chain>
            ELSE
                is_rehearsed := true;
                place := before_position + 1;
                us := first_us;
                link := before_chain;
            END IF;
        END LOOP;
        place := place - 1;
        us := us - 1;
        INSERT INTO {schema}.event (
            ledger, position, event_id, type, v, recorded_us, effective, payload, digest, chain
        )
        SELECT book, before_position + new.n, new.id, new.type, new.v, first_us + new.n - 1,
            new.effective, new.payload, new.digest, new.chain
        FROM unnest(event_ids, types, vs, effectives, payloads, digests, links)
            WITH ORDINALITY AS new (id, type, v, effective, payload, digest, chain, n);
        <move_listed>
        IF FOUND THEN
            INSERT INTO {schema}.naming (ledger, name, position)
            SELECT book, new.name, before_position + new.n
            FROM unnest(names, named) AS new (name, n)
            ON CONFLICT DO NOTHING;
            INSERT INTO {schema}.opening (ledger, noun, position, name)
            SELECT book, new.noun, before_position + new.n, new.name
            FROM unnest(nouns, opened, openers) AS new (noun, name, n)
            ON CONFLICT DO NOTHING;
        END IF;
        <move_head>
        SELECT head.position, head.chain, head.recorded_us, <is_followed>, (
            SELECT array_agg(event.digest ORDER BY event.position) = digests
                AND array_agg(event.chain ORDER BY event.position) = links
                AND bool_and(
                    event.recorded_us = first_us + event.position - before_position - 1
                    AND event.digest = <digest>
                )
            FROM {schema}.event
            WHERE event.ledger = book AND event.position > before_position
              AND event.position <= place
        )
        INTO after_position, after_chain, after_us, is_followed, is_sound
        FROM {schema}.head WHERE head.ledger = book;
"""
_ONE: LiteralString = """
        LOOP
            link := <link>;
            EXIT WHEN is_rehearsed;
            IF link IS DISTINCT FROM rehearsed THEN
                <other_chain>
            END IF;
            is_rehearsed := true;
            place := before_position + 1;
            us := first_us;
            link := before_chain;
        END LOOP;
        INSERT INTO {schema}.event (
            ledger, position, event_id, type, v, recorded_us, effective, payload, digest, chain
        )
        VALUES (
            book, place, new_id, new_type, new_v, us, new_effective, new_payload, content, link
        );
        <move_listed>
        IF FOUND THEN
            INSERT INTO {schema}.naming (ledger, name, position)
            SELECT book, new.name, place FROM unnest(names) AS new (name)
            ON CONFLICT DO NOTHING;
            IF nouns IS NOT NULL THEN
                INSERT INTO {schema}.opening (ledger, noun, position, name)
                SELECT book, new.noun, place, new.name
                FROM unnest(nouns, opened) AS new (noun, name)
                ON CONFLICT DO NOTHING;
            END IF;
        END IF;
        <move_head>
        SELECT head.position, head.chain, head.recorded_us, <is_followed>,
            event.digest = content AND event.chain = link AND event.recorded_us = us
                AND event.digest = <digest>
        INTO after_position, after_chain, after_us, is_followed, is_sound
        FROM {schema}.head JOIN {schema}.event
            ON event.ledger = head.ledger AND event.position = place
        WHERE head.ledger = book;
"""


def _function(body: LiteralString, parts: Mapping[LiteralString, LiteralString]) -> LiteralString:
    """Return the statement that makes a function; the parts stand where their names are."""
    text = _BEGINNING + body + _END
    for name, part in (*_SHARED.items(), *parts.items()):
        text = text.replace(f"<{name}>", part)
    return text


APPEND_LISTED: LiteralString = _function(
    _MANY,
    {
        "name": "append_listed",
        "arguments": """event_ids text[], types text[], vs bigint[], effectives text[],
    payloads bytea[], digests bytea[],
    names text[], named bigint[], nouns text[], opened text[], openers bigint[]""",
        "variables": """links bytea[] := ARRAY[]::bytea[];
    content bytea;""",
        "count": "cardinality(digests)",
    },
)

# Null in the place of nouns and ids says that it opens nothing.
APPEND_ONE: LiteralString = _function(
    _ONE,
    {
        "name": "append_one",
        "arguments": """new_id text, new_type text, new_v bigint, new_effective text,
    new_payload bytea, content bytea,
    names text[], nouns text[], opened text[]""",
        "variables": "",
        "count": "1",
    },
)
