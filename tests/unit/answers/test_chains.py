"""Chain of texts: what came after a text."""

import pytest

from coopledger import Ledger, events
from coopledger.answers import TextTree
from tests.builders import office


def text(
    name: str,
    kind: str,
    *,
    extends: str | None = None,
    implements: str | None = None,
    ends_with: str | None = None,
) -> events.InstrumentRegistered:
    return events.InstrumentRegistered(
        instrument=name,
        partnership="vnfr",
        kind=kind,
        title=name.title(),
        extends=extends,
        implements=implements,
        ends_with=ends_with,
    )


@pytest.fixture(name="ledger", scope="module")
def _ledger() -> Ledger:
    return office(
        text("treaty", "treaty"),
        text("protocol", "protocol", extends="treaty"),
        text("plan", "action_plan", implements="treaty", ends_with="treaty"),
        text("project", "project", implements="plan"),
        text("change", "exchange_of_notes"),
        events.InstrumentSigned(instrument="change", when="2020-01-01"),
        events.InstrumentAmended(instrument="treaty", by_instrument="change", when="2020-01-01"),
        events.InstrumentAmended(instrument="change", by_instrument="treaty", when="2020-02-01"),
    )


def shape(tree: TextTree) -> object:
    return tree.id, tuple(map(str, tree.relations)), [shape(each) for each in tree.texts]


def test_a_text_tells_those_that_came_after_it(ledger: Ledger) -> None:
    view = ledger.view("2020-01-15")
    treaty, plan, change = map(view.instrument, ("treaty", "plan", "change"))

    assert (treaty.amended_by, treaty.extended_by) == (("change",), ("protocol",))
    assert (treaty.implemented_by, plan.implemented_by) == (("plan",), ("project",))
    assert (plan.ends_with, change.amends) == ("treaty", ("treaty",))


def test_the_texts_that_came_after_a_text_are_a_tree(ledger: Ledger) -> None:
    """Two texts amend each other: each stands there once."""
    tree = ledger.view("2020-03-01").texts_of("treaty")

    assert shape(tree) == (
        "treaty",
        (),
        [
            ("change", ("amends",), []),
            ("protocol", ("extends",), []),
            ("plan", ("implements", "ends_with"), [("project", ("implements",), [])]),
        ],
    )


def test_the_tree_prints_as_a_page(ledger: Ledger) -> None:
    page = str(ledger.view("2020-03-01").texts_of("treaty"))

    assert page.splitlines() == [
        "Treaty (treaty): none; treaty",
        "  amends: Change (change): in force since 2020-01-01; exchange of notes",
        "  extends: Protocol (protocol): none; protocol",
        "  implements, ends with: Plan (plan): none; action plan",
        "    implements: Project (project): none; project",
    ]


def test_an_amendment_to_come_is_not_there_yet(ledger: Ledger) -> None:
    tree = ledger.view("2019-12-31").texts_of("treaty")

    assert [each.id for each in tree.texts] == ["protocol", "plan"]
