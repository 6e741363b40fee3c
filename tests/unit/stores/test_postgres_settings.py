"""What a session, a role, a database or a host may set or define changes nothing that is stored."""

import io
from collections.abc import Iterator
from contextlib import closing
from typing import LiteralString

import attrs
import psycopg
import pytest
from psycopg import sql as names
from psycopg.conninfo import make_conninfo

from coopledger import Ledger, Verification
from coopledger._log.chain import beginning
from coopledger.errors import DamagedLogError, StoreError
from coopledger.events import NoteAdded, PartyRegistered
from coopledger.stores import MemoryStore, Row
from coopledger.stores.postgres.functions import APPEND_LISTED, APPEND_ONE
from coopledger.stores.postgres.statements import filled
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.verification import verify_log
from tests.builders import Clock, numbered
from tests.contracts.drafts import append, draft, drafts, nobody_else
from tests.servers import Connection, Schema, new_database

LEDGER = "vistip"

# Not tried: they damage data on purpose, or load foreign code.
DANGEROUS = {"zero_damaged_pages", "ignore_checksum_failure", "ignore_system_indexes"}

# With texts that a reader of arrays, literals or escapes might take for something else.
EVENTS = (
    PartyRegistered(party="a", name="NULL", kind="other"),
    NoteAdded(text=r"""\x41 {"a",NULL} ' '' \' $$ Hà Nội %s \\""", subject=["a"]),
    PartyRegistered(party="null", name="\\", kind="other", effective="2022"),
)


@attrs.frozen
class Setting:
    """Setting of a session, and a value that is not the usual one."""

    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


def other_values(kind: str, value: str, choices: list[str], least: str, most: str) -> list[str]:
    """Return sensible values that a setting does not have now."""
    match kind:
        case "bool":
            values = ["off" if value == "on" else "on"]
        case "enum":
            values = choices
        case "integer" | "real":
            values = [least, most]
        case _:
            values = []
    return [each for each in dict.fromkeys(values) if each != value]


STRINGS = [
    Setting("search_path", "nowhere"),
    Setting("search_path", "information_schema, pg_catalog"),
    Setting("DateStyle", "SQL, DMY"),
    Setting("DateStyle", "German"),
    Setting("TimeZone", "Asia/Ho_Chi_Minh"),
    Setting("TimeZone", "<+05:30>-5:30"),
    Setting("lc_messages", "C"),
    Setting("lc_monetary", "C"),
    Setting("lc_numeric", "C"),
    Setting("lc_time", "C"),
    Setting("timezone_abbreviations", "India"),
    Setting("plpgsql.extra_errors", "all"),
    Setting("plpgsql.extra_warnings", "all"),
    Setting("default_tablespace", "nowhere"),
    Setting("createrole_self_grant", "set, inherit"),
    Setting("restrict_nonsystem_relation_kind", "view, foreign-table"),
]


def settings(connection: Connection) -> Iterator[Setting]:
    """Yield every setting that a session can change, with each of its sensible values."""
    connection.execute("LOAD 'plpgsql'")
    known = connection.execute(
        "SELECT name, vartype, setting, coalesce(enumvals, '{}'), min_val, max_val "
        "FROM pg_settings WHERE context IN ('user', 'superuser') ORDER BY name"
    ).fetchall()
    for name, *rest in known:
        if name not in DANGEROUS:
            yield from (Setting(name, value) for value in other_values(*rest))
    found = {row[0] for row in known}
    yield from (each for each in STRINGS if each.name in found)


def faults_of(schema: Schema, ledger: Ledger) -> list[str]:
    """Return what is wrong with a ledger in which the events may have been recorded."""
    with Ledger(schema.open(), name=ledger.name) as plain:
        stored, found = plain.position, plain.verify()
        events = [attrs.evolve(each.event, id=None) for each in plain.events()]
        file = io.BytesIO()
        plain.export_jsonl(file)
    faults = [] if found == Verification(stored, None) else [str(found)]
    if events not in ([], list(EVENTS)) or len(events) != stored:
        faults.append(f"{events} stored")
    if file.getvalue().count(b"\n") != stored:
        faults.append("export")
    return faults


def record(ledger: Ledger) -> bool:
    """Record, verify and export the events; return whether that was not refused."""
    try:
        ledger.record(*EVENTS)
        assert ledger.verify() == Verification(len(EVENTS), None)
        ledger.export_jsonl(io.BytesIO())
    except StoreError:
        return False
    return True


def opened(address: str, schema: Schema, name: str) -> Ledger:
    return Ledger(
        PostgresStore(address, schema=schema.name, durability="fast", lock_timeout_seconds=5),
        name=name,
        clock=Clock(),
        ids=numbered(),
    )


@attrs.define
class Trials:
    """What came of recording under settings, each in a ledger of its own.

    Attributes:
        faults: What is wrong, by setting.
        refusing: The settings under which nothing was recorded.
    """

    schema: Schema
    faults: dict[str, list[str]] = attrs.field(factory=dict[str, list[str]])
    refusing: set[str] = attrs.field(factory=set[str])

    def try_in(self, address: str, name: str) -> None:
        """Record in a ledger of that name, with a connection to that address."""
        try:
            ledger = opened(address, self.schema, name)
        except StoreError:
            self.refusing.add(name.partition("=")[0])
            return
        with ledger:
            if not record(ledger):
                self.refusing.add(name.partition("=")[0])
            faults = faults_of(self.schema, ledger)
        if faults:
            self.faults[name] = faults


# Under which the server may refuse its service.
REFUSING = {
    "debug_discard_caches",
    "default_tablespace",
    "default_transaction_read_only",
    "exit_on_error",
    "geqo_threshold",
    "max_stack_depth",
    "transaction_read_only",
}
OF_A_TRANSACTION = {"transaction_deferrable", "transaction_isolation", "transaction_read_only"}


def every_setting(schema: Schema) -> list[Setting]:
    """Return all settings, with each of their values."""
    schema.open().close()
    with schema.connect() as connection:
        every = list(settings(connection))
    assert len(every) > 200
    return every


def one_each(every: list[Setting]) -> dict[str, Setting]:
    """Return one setting of each name, where that is for a session and harmless."""
    fitting = (each for each in every if each.name not in REFUSING)
    return {each.name: each for each in fitting if each.name not in OF_A_TRANSACTION}


def check(trials: Trials) -> None:
    assert trials.faults == {}
    assert trials.refusing - REFUSING == set()


@pytest.mark.parametrize("setting", ["array_nulls", "standard_conforming_strings"])
def test_events_without_a_day_of_effect_are_stored_whatever_is_read_as_null(
    schema: Schema, setting: str
) -> None:
    address = make_conninfo(schema.address, options=f"-c {setting}=off")
    parties = [PartyRegistered(party=name, name=name, kind="other") for name in "ab"]
    with opened(address, schema, "own") as ledger:
        ledger.record(*parties)
        file = io.BytesIO()
        ledger.export_jsonl(file)
    with opened(address, schema, "host") as ledger, closing(schema.connect()) as host:
        host.execute("BEGIN")
        host.execute(f"SET {setting} = off".encode())
        with ledger.transaction(connection=host) as transaction:
            transaction.record(*parties)
        host.commit()
        assert ledger.verify() == Verification(2, None)
    with Ledger(PostgresStore(address, schema=f"{schema.name}_copy"), name="own") as copy:
        assert copy.restore_jsonl(io.BytesIO(file.getvalue())) == 2
        assert copy.verify() == Verification(2, None)


def test_no_setting_of_an_address_changes_what_is_stored(schema: Schema) -> None:
    trials = Trials(schema)
    for setting in every_setting(schema):
        value = setting.value.replace(" ", "\\ ")
        address = make_conninfo(schema.address, options=f"-c {setting.name}={value}")
        trials.try_in(address, str(setting))

    check(trials)


def test_no_setting_of_a_database_changes_what_is_stored(schema: Schema) -> None:
    every = one_each(every_setting(schema))
    with new_database() as address, closing(psycopg.connect(address, autocommit=True)) as own:
        elsewhere = Schema(address, schema.name)
        elsewhere.open().close()
        for setting in every.values():
            _set(own, "ALTER DATABASE {on} SET {name} TO {value}", own.info.dbname, setting)
        trials = Trials(elsewhere)
        trials.try_in(address, LEDGER)

        check(trials)


def test_no_setting_of_a_role_changes_what_is_stored(schema: Schema, sql: Connection) -> None:
    role = f"role_{schema.name}"
    every = one_each(every_setting(schema))
    sql.execute(names.SQL("CREATE ROLE {} LOGIN SUPERUSER").format(names.Identifier(role)))
    for setting in every.values():
        _set(sql, "ALTER ROLE {on} SET {name} TO {value}", role, setting)
    trials = Trials(schema)
    trials.try_in(make_conninfo(schema.address, user=role), LEDGER)
    sql.execute(names.SQL("DROP ROLE {}").format(names.Identifier(role)))

    check(trials)


def _set(connection: Connection, statement: LiteralString, on: str, setting: Setting) -> None:
    name = names.SQL(".").join(map(names.Identifier, setting.name.split(".")))
    parts = {"on": names.Identifier(on), "name": name, "value": names.Literal(setting.value)}
    connection.execute(names.SQL(statement).format(**parts))


def test_nothing_that_a_host_sets_changes_what_is_stored(schema: Schema) -> None:
    trials = Trials(schema)
    for setting in every_setting(schema):
        with (
            closing(psycopg.connect(schema.address)) as host,
            opened(schema.address, schema, str(setting)) as ledger,
        ):
            try:
                _set(host, "SET {name} TO {value}", "", setting)
                with ledger.transaction(connection=host) as transaction:
                    transaction.record(*EVENTS)
                host.commit()
            except (psycopg.Error, StoreError):
                trials.refusing.add(setting.name)
            faults = faults_of(schema, ledger)
        if faults:
            trials.faults[str(setting)] = faults

    check(trials)


FOREIGN = """
CREATE FUNCTION {schema}.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT ''\\x00''::bytea';
CREATE FUNCTION {schema}.int8send(bigint) RETURNS bytea LANGUAGE sql AS 'SELECT ''\\x01''::bytea';
CREATE FUNCTION {schema}.array_agg(bigint) RETURNS bigint[] LANGUAGE sql AS 'SELECT NULL::bigint[]';
CREATE FUNCTION {schema}.same(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR {schema}.= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = {schema}.same);
"""


@pytest.mark.parametrize("path", ["{schema}, pg_catalog", "pg_temp, {schema}"])
def test_functions_of_somebody_else_on_the_search_path_are_not_used(
    schema: Schema, sql: Connection, path: LiteralString
) -> None:
    schema.open().close()
    other = names.Identifier(f"{schema.name}_other")
    sql.execute(names.SQL("CREATE SCHEMA {}").format(other))
    sql.execute(names.SQL(FOREIGN).format(schema=other))
    found = names.SQL(path).format(schema=other).as_string()
    address = make_conninfo(schema.address, options=f"-c search_path={found.replace(' ', '')}")
    trials = Trials(schema)
    trials.try_in(address, LEDGER)
    with closing(psycopg.connect(address)) as host, opened(address, schema, "host") as ledger:
        with ledger.transaction(connection=host) as transaction:
            transaction.record(*EVENTS)
        host.commit()
        assert faults_of(schema, ledger) == []
    sql.execute(names.SQL("DROP SCHEMA {} CASCADE").format(other))

    check(trials)
    assert trials.refusing == set()


CHANGES: dict[str, LiteralString] = {
    "another payload": "BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION change('payload')",
    "another text": "BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION change('effective')",
    "another time": "BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION change('recorded_us')",
    "nothing": "BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION change('nothing')",
    "an old head": "BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION change('nothing')",
}
CHANGE = """
CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_ARGV[0] = 'nothing' THEN RETURN NULL; END IF;
    IF TG_ARGV[0] = 'payload' THEN NEW.payload := '{}'; END IF;
    IF TG_ARGV[0] = 'effective' THEN NEW.effective := 'NULL'; END IF;
    IF TG_ARGV[0] = 'recorded_us' THEN NEW.recorded_us := NEW.recorded_us + 1; END IF;
    RETURN NEW;
END
$$
"""


# The functions that append, and the ids of events that they are given.
APPENDS: tuple[tuple[LiteralString, tuple[str, ...]], ...] = (
    (APPEND_ONE, ("e1",)),
    (APPEND_LISTED, ("e1", "e2")),
)


@pytest.mark.parametrize("count", [1, 2], ids=["one", "many"])
@pytest.mark.parametrize("is_alone", [True, False], ids=["alone", "among others"])
@pytest.mark.parametrize("trigger", CHANGES.values(), ids=CHANGES)
def test_what_a_trigger_changes_is_not_stored(
    schema: Schema, sql: Connection, trigger: LiteralString, *, is_alone: bool, count: int
) -> None:
    contents = [draft(LEDGER, f"e{each + 2}", payload=b'{"text":"x"}') for each in range(count)]
    with schema.open() as store, schema.open() as other:
        append(store, LEDGER, drafts(LEDGER, "e1"))
        sql.execute(CHANGE)
        sql.execute("CREATE TRIGGER change " + trigger)

        with pytest.raises(StoreError, match=r"changes what is stored|the tables refuse it"):
            append(store if is_alone else other, LEDGER, contents)

        assert verify_log(store, LEDGER) == Verification(1, None)


def test_a_rule_that_stores_nothing_is_told(schema: Schema, sql: Connection) -> None:
    with schema.open() as store:
        sql.execute("CREATE RULE none AS ON INSERT TO event DO INSTEAD NOTHING")

        with pytest.raises(StoreError, match="the tables refuse it"):
            append(store, LEDGER, drafts(LEDGER, "e1"))

        assert store.head(LEDGER) == beginning(LEDGER)


@pytest.mark.parametrize(("function", "ids"), APPENDS, ids=["one", "many"])
def test_a_server_that_computes_another_chain_stores_nothing(
    schema: Schema, sql: Connection, function: LiteralString, ids: tuple[str, ...]
) -> None:
    with schema.open() as store:
        other = function.replace("CREATE", "CREATE OR REPLACE").replace("2f310a", "2f320a", 1)
        sql.execute(filled(other, schema.name), ())

        with pytest.raises(StoreError, match="another chain is computed than by the writer"):
            append(store, LEDGER, drafts(LEDGER, *ids))

        assert store.head(LEDGER) == beginning(LEDGER)


RESTORING: tuple[LiteralString, ...] = ("INSERT ON event", "UPDATE ON head")


@pytest.mark.parametrize("event", RESTORING)
def test_pages_that_a_trigger_changes_are_not_stored(
    schema: Schema, sql: Connection, event: LiteralString
) -> None:
    rows: list[Row] = list(append(MemoryStore(), LEDGER, drafts(LEDGER, "e1", "e2")))
    with schema.open() as store:
        sql.execute(CHANGE)
        sql.execute(
            "CREATE TRIGGER change BEFORE " + event + " FOR EACH ROW "
            "EXECUTE FUNCTION change('nothing')"
        )

        with pytest.raises(DamagedLogError, match="nothing is restored"):
            store.restore(LEDGER, rows)
        with pytest.raises(DamagedLogError, match="nothing is stored"):
            store.append_pages(
                LEDGER, [drafts(LEDGER, "e1", "e2")], seen=0, clock_us=0, admit=nobody_else
            )

        assert store.ledgers() == ()
