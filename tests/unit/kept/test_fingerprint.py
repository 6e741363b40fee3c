"""Fingerprint of kept answers: packs that read their events in another way have another one."""

import sys
from collections.abc import Callable
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import attrs
import pytest

from coopledger import Ledger, events
from coopledger._kept.fingerprint import fingerprint
from coopledger._log.vocabulary import CORE, Fields, Step
from coopledger.events import Event
from coopledger.packs import Pack, event, readers
from coopledger.packs.pack import combined
from coopledger.stores.sqlite import SqliteStore
from coopledger.terms import Stage
from tests.builders import NAME, Clock, build_event, office

TAG = "lab.sample-sent"


def lab(
    base: type[Event] = events.Act,
    reader: Callable[..., object] = readers.text,
    *,
    tag: str = TAG,
    step: Step | None = None,
) -> Pack:
    """Return a pack with one type, of which the step lifts the first version."""
    fields: dict[str, Any] = {
        "partnership": attrs.field(converter=readers.identifier),
        "sample": attrs.field(converter=reader),
    }
    made = attrs.make_class("SampleSent", fields, bases=(base,), frozen=True, kw_only=True)
    cls = event(cast("type[Event]", made))
    steps = {(tag, 1): step} if step is not None else {}
    return Pack(name="lab", types={tag: (1 + len(steps), cls)}, steps=steps)


def of_packs(*packs: Pack) -> str:
    """Return the fingerprint of a ledger with the packs."""
    return fingerprint(combined(packs).vocabulary)


def one(fields: Fields) -> Fields:
    """Lift the fields of a sample in one way."""
    return fields


def another(fields: Fields) -> Fields:
    """Lift the fields of a sample in another way."""
    return fields


OTHERS = {
    "another base": [lab(events.Deed)],
    "another reader": [lab(reader=readers.identifier)],
    "another version": [lab(step=one), lab(step=another)],
    "another tag": [lab(tag="lab.sent")],
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_pack_is_another_fingerprint(what: str) -> None:
    found = [of_packs(), of_packs(lab()), *(of_packs(pack) for pack in OTHERS[what])]

    assert len(set(found)) == len(found)


def test_packs_with_the_same_types_have_the_same_fingerprint() -> None:
    assert of_packs(lab()) == of_packs(lab())
    assert of_packs(Pack(name="a"), Pack(name="b")) == of_packs() == fingerprint(CORE)


MODULE = """
import attrs
from coopledger import events
from coopledger.packs import Pack, event

@event
@attrs.frozen(kw_only=True)
class SampleSent(events.Act):
    sample: str = attrs.field(converter=str.upper)

PACK = Pack(name="lab", types={"lab.sample-sent": (1, SampleSent)})
"""


def imported(folder: Path, text: str) -> ModuleType:
    """Return the module of that text, as the next program imports it."""
    (folder / "lab_of_a_test.py").write_text(text, encoding="utf-8")
    sys.modules.pop("lab_of_a_test", None)
    invalidate_caches()
    return import_module("lab_of_a_test")


def test_the_text_of_the_module_of_a_pack_is_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found = [
        of_packs(imported(tmp_path, text).PACK)
        for text in (MODULE, MODULE, MODULE.replace("str.upper", "lambda value: value"))
    ]
    sys.modules.pop("lab_of_a_test")

    assert found[0] == found[1] != found[2]


def stage(ledger: Ledger) -> Stage:
    """Return the stage of the partnership as the list gives it."""
    (answer,) = (each for each in ledger.view().partnerships() if each.id == "p")
    return answer.stage


def test_the_next_version_of_a_pack_takes_no_answers_of_the_last_one(tmp_path: Path) -> None:
    path, clock, first = tmp_path / "office.db", Clock("2020-06-15"), lab(events.Act)
    _, sample_sent = first.types[TAG]
    given = {"partnership": "p", "sample": "a", "when": "2020-05-01"}
    sent = build_event(sample_sent, given)
    opening = events.PartnershipOpened(partnership="p", parties=["vn", "fr"], when="2020-01-01")
    with office(opening, sent, clock=clock, store=SqliteStore(path), packs=[first]) as ledger:
        assert stage(ledger) is Stage.NONE

    second = lab(events.Deed)
    with Ledger(SqliteStore(path), name=NAME, clock=clock, packs=second) as ledger:
        assert stage(ledger) is Stage.CONTACT
