import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, cast, get_origin, get_type_hints

import attrs
import duckdb
import polars as pl
import pytest

from coopledger import Ledger, View, events
from coopledger.answers import Answers, Commitment
from coopledger.errors import ArgumentError, MissingExtraError
from coopledger.packs import Pack
from coopledger.plain import as_table
from coopledger.testing import Clock
from coopledger.values import Amount
from tests.builders import office

# Their types leave many arguments open.
pa: Any = import_module("pyarrow")
pq: Any = import_module("pyarrow.parquet")

STORY = (
    events.MeetingHeld(
        meeting="m1", partnership="vnfr", kind="meeting", when="2018-03", place="Huế"
    ),
    events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou", when="2018-01"),
    events.InstrumentSigned(
        id="signed", instrument="mou", when="2018-03-27", source="https://example.org/1"
    ),
    events.CommitmentMade(
        commitment="draft",
        partnership="vnfr",
        when="2018-03-27",
        debtors=["fr", "vn"],
        creditors="vn",
        what="send the draft",
        due="2018-04/..",
        amount="250.50 EUR",
        at_meeting="m1",
        under="mou",
        ext={"dossier": {"pages": [1, 2]}},
    ),
    events.CommitmentMade(
        commitment="dates",
        partnership="vnfr",
        when="2018-03-27",
        debtors="fr",
        creditors="vn",
        what="say the dates",
        due="2018-05",
    ),
    events.CommitmentMade(
        commitment="year",
        partnership="vnfr",
        when="2018-03-27",
        debtors="fr",
        creditors="vn",
        what="report on the half-year",
        due="2018-06",
        recurs={"months": 6},
    ),
    events.CommitmentFulfilled(commitment="dates", when="2018-06-20"),
    events.FigureReported(
        figure="f1", measure="texts signed", value="several", period="2017", when="2018-04"
    ),
    events.NoteAdded(subject="mou", text="filed", when="2018-04-01"),
)
# Beside the lists: those of other questions, which need an id or a second view.
ASKED: dict[str, Callable[[View], Answers[Any]]] = {
    "compare": lambda view: view.without("signed").compare(view),
    "dependents": lambda view: view.dependents("mou"),
    "events": lambda view: view.events(events.CommitmentMade),
    "find": lambda view: view.find("draft"),
    "outcomes": lambda view: view.outcomes("m1"),
    "participations": lambda view: view.participations("mou"),
    "stage_history": lambda view: view.stage_history("vnfr"),
    "timeline": lambda view: view.timeline("vnfr"),
}


def _view() -> View:
    return office(*STORY, clock=Clock("2018-07-01")).view("2018-07-01")


def _lists() -> list[str]:
    """Return the names of the questions of a view that are answered by a list."""
    methods = {name: getattr(View, name) for name in dir(View) if not name.startswith("_")}
    hints = {name: get_type_hints(call) for name, call in methods.items() if callable(call)}
    return [name for name, hint in hints.items() if get_origin(hint.get("return")) is Answers]


def _types(types: Iterable[Any]) -> set[str]:
    """Return the names of types, with those inside them."""
    found = set[str]()
    for each in types:
        inner = [each.field(number).type for number in range(each.num_fields)]
        found |= {str(each)} if not inner else _types(inner)
    return found


@pytest.mark.parametrize("name", _lists())
def test_every_list_of_a_view_is_a_table_whose_columns_are_those_of_its_class(name: str) -> None:
    view = _view()

    full = ASKED[name](view) if name in ASKED else getattr(view, name)()
    table, empty = as_table(full), as_table(Answers((), kind=full.kind))

    assert table.num_rows == len(full)
    assert empty.num_rows == 0
    assert table.schema == empty.schema
    assert _types(table.schema.types) <= {
        *("string", "int64", "double", "bool", "date32[day]", "timestamp[us, tz=UTC]")
    }
    names = {
        column.removesuffix("_earliest").removesuffix("_latest") for column in table.schema.names
    }
    of_class = set(attrs.fields_dict(full.kind))
    assert names ^ of_class <= {"type", "recorded_at", "recorded_us"}


def test_a_row_holds_what_the_answer_holds() -> None:
    row, year = as_table(_view().commitments()).to_pylist()

    assert row["id"] == "draft"
    assert row["debtors"] == ["fr", "vn"]
    assert row["status"] == "pending"
    assert row["made_on"] == "2018-03-27"
    assert row["made_on_earliest"] == row["made_on_latest"] == date(2018, 3, 27)
    assert row["amount"] == {"value": "250.50", "currency": "EUR"}
    assert row["late_by"] is None
    assert row["responsible"] is None
    assert row["recurs"] is None
    assert year["recurs"]["months"] == 6
    assert year["occurrences"][0]["date"] == "2018-06"
    assert year["occurrences"][0]["due_latest"] == date(2018, 6, 30)


def test_an_open_side_of_a_date_is_empty() -> None:
    row = as_table(_view().commitments()).to_pylist()[0]

    assert row["first_due_earliest"] == date(2018, 4, 1)
    assert row["first_due_latest"] is None


def test_parquet_is_read_by_duckdb_and_polars_with_real_dates(tmp_path: Path) -> None:
    path = tmp_path / "promises.parquet"
    pq.write_table(as_table(_view().commitments(open=False)), path)

    promises = duckdb.read_parquet(str(path)).filter("due_latest < '2018-06-01'")
    assert promises.select("id", "due", "due_latest", "late_by").fetchall() == [
        ("dates", "2018-05", date(2018, 5, 31), 20)
    ]
    frame = pl.read_parquet(path)
    assert frame.schema["due_latest"] == pl.Date
    assert frame["due_latest"].to_list() == [date(2018, 5, 31)]


def test_frames_take_the_table_and_the_stream() -> None:
    promises = _view().commitments()
    table = as_table(promises)

    assert pl.DataFrame(table)["id"].to_list() == ["draft", "year"]
    assert duckdb.from_arrow(table).fetchall()[0][0] == "draft"
    assert pa.RecordBatchReader.from_stream(promises).read_all() == table


def test_other_types_of_the_columns_are_given_where_they_are_asked_for() -> None:
    people = _view().events(events.CommitmentFulfilled)
    plain: Any = as_table(people).schema
    large = pa.schema(
        [
            (each.name, pa.large_string() if each.type == pa.string() else each.type)
            for each in plain
        ]
    )

    read = pa.RecordBatchReader.from_stream(people, schema=large).read_all()
    assert read.schema == large
    with pytest.raises(ValueError, match="not matching"):
        pa.RecordBatchReader.from_stream(people, schema=pa.schema([("id", pa.string())]))


def test_events_begin_with_their_type_and_hold_json_as_text() -> None:
    rows = as_table(_view().events(events.CommitmentMade)).to_pylist()

    assert list(rows[0])[:2] == ["type", "id"]
    assert {row["type"] for row in rows} == {"commitment-made"}
    assert rows[0]["ext"] == '{"dossier": {"pages": [1, 2]}}'


def test_a_timeline_holds_instants_sources_and_clauses() -> None:
    row = as_table(_view().timeline("vnfr")).to_pylist()[2]

    assert row["recorded_at"] == datetime(2018, 7, 1, 12, 0, 0, row["recorded_at"].microsecond, UTC)
    assert row["sources"][0]["address"] == "https://example.org/1"
    assert row["more"] == []


def test_what_differs_is_told_in_words() -> None:
    view = _view()
    rows = as_table(view.without("signed").compare(view)).to_pylist()

    assert {type(row["new"]) for row in rows} <= {str, type(None)}
    assert any(row["id"] == "mou" for row in rows)


@attrs.frozen
class Inner:
    """Value inside an answer of a pack."""

    text: str
    around: "Outer | None" = None


@attrs.frozen
class Outer:
    """Answer of a pack, of fields that no answer of the library has."""

    inner: Inner
    days: tuple[date, ...]
    pair: tuple[str, int]
    either: str | int
    number: float | None
    spans: tuple[Any, ...]
    word: Literal["a", "b"]


def test_an_answer_of_a_pack_is_a_table_and_what_has_no_kind_is_text() -> None:
    outer = Outer(
        Inner("x"),
        (date(2018, 3, 27),),
        ("a", 1),
        2,
        None,
        (3, "b", Amount(value="2", currency="EUR")),
        "a",
    )

    def outer_again(_: View) -> tuple[Outer, ...]:
        return (attrs.evolve(outer, inner=Inner("y", outer)),)

    pack = Pack(name="own", projections={"outer": outer_again})
    view = office(packs=[pack]).view()

    (row,) = as_table(view.query("outer")).to_pylist()

    assert row["inner"]["text"] == "y"
    assert isinstance(row["inner"]["around"], str)
    assert row["days"] == [date(2018, 3, 27)]
    assert row["pair"] == "a; 1"
    assert row["either"] == "2"
    assert row["number"] is None
    assert row["spans"] == ["3", "b", "2 EUR"]
    assert row["word"] == "a"


def test_hints_that_name_nothing_make_text() -> None:
    @attrs.frozen
    class Lost:
        where: "Nowhere"  # type: ignore[name-defined]  # noqa: F821 - that is the point

    table = as_table(Answers([Lost("here")], kind=Lost))

    assert table.to_pylist() == [{"where": "here"}]


def test_what_is_no_list_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"view\.commitments\(\)"):
        as_table(cast(Any, (1, 2)))


def test_the_refusal_names_the_extra_where_pyarrow_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "coopledger.answers._arrow", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    none: Answers[Commitment] = Answers(kind=Commitment)

    with pytest.raises(MissingExtraError, match=r"coopledger\[arrow\]"):
        none.__arrow_c_stream__()
    assert Ledger.in_memory().view().commitments() == none
