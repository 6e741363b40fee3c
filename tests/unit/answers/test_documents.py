"""Documents of a text: those of its registration and of acts on it."""

from pathlib import Path

import pytest

from coopledger import Ledger, View, events
from coopledger.errors import RefusedError
from coopledger.stores.sqlite import SqliteStore
from coopledger.values import Document
from tests.builders import NAME, Clock, office

DRAFT = Document(title="Draft")
SIGNED = Document(
    title="Signed copy", address="archive/17", sha256="0a" * 32, language="fr", authentic=True
)
ACTS = (
    events.InstrumentRegistered(
        instrument="mou", partnership="vnfr", kind="mou", documents=[DRAFT, SIGNED]
    ),
    events.InstrumentRegistered(instrument="loi", partnership="vnfr", kind="loi"),
    events.InstrumentSigned(id="signing", instrument="mou", when="2022-03-01", documents=SIGNED),
    events.InstrumentAmended(instrument="mou", when="2022-05-01", documents="https://archive/18"),
    events.ProposalMade(
        proposal="p",
        partnership="vnfr",
        by="vn",
        text="a",
        when="2022",
        instrument="loi",
        documents="Letter",
    ),
    events.MilestoneReached(name="opened", instrument="loi", when="2022", documents="Photograph"),
)


def view_of(ledger: Ledger) -> View:
    return ledger.view("2022-04-01")


def test_a_text_has_the_documents_of_its_registration_and_of_acts_by_the_day() -> None:
    ledger = office(*ACTS)

    assert ledger.view("2021-01-01").instrument("mou").documents == (DRAFT, SIGNED)
    assert ledger.view("2023-01-01").instrument("mou").documents == (
        DRAFT,
        SIGNED,
        Document(address="https://archive/18"),
    )


def test_what_a_proposal_or_report_gives_is_no_document_of_the_text() -> None:
    view = view_of(office(*ACTS))

    assert view.instrument("loi").documents == ()
    assert [text.id for text in view.instruments(without_document=True)] == ["loi"]


def test_documents_are_shown_beside_an_act() -> None:
    entries = {each.event: each for each in view_of(office(*ACTS)).timeline("vnfr")}

    assert "documents: Signed copy" in [str(clause) for clause in entries["signing"].more]


def test_documents_are_corrected() -> None:
    ledger = office(*ACTS)
    ledger.record(
        events.EventCorrected(target="signing", changes={"documents": ["Scan"]}, reason="a slip")
    )

    assert view_of(ledger).instrument("mou").documents[-1] == Document(title="Scan")


def test_documents_are_kept_in_a_file(tmp_path: Path) -> None:
    clock = Clock("2023-01-01")
    with office(*ACTS, clock=clock, store=SqliteStore(tmp_path / "a.db")) as ledger:
        first = ledger.view().instruments()
    with Ledger(SqliteStore(tmp_path / "a.db"), name=NAME, clock=clock) as again:
        assert again.view().instruments() == first


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"language": "vi"}, "says not which: give a title, an address or a sha256"),
        ({"title": "a", "sha256": "12"}, "is no SHA-256: write its 64 hexadecimal digits"),
        ({"title": "a", "language": "VN"}, "is no language: write its tag, such as 'vi'"),
    ],
)
def test_a_document_that_cannot_be_told_is_refused(
    document: dict[str, object], message: str
) -> None:
    with pytest.raises(RefusedError, match=message):
        events.NoteAdded(subject="mou", text="a", documents=document)
