"""What only follows from a bad line is told apart from what is wrong besides."""

import pytest

from tests.unit.interchange.lines import START, VIET_NAM, findings_of, instrument_line

MADE: dict[str, object] = {
    "type": "commitment-made",
    "commitment": "c",
    "partnership": "vnfr",
    "debtors": ["vn"],
    "creditors": ["fr"],
    "what": "send the list",
    "when": "2020",
}
CUBA: dict[str, object] = VIET_NAM | {"party": "cu", "name": "Cuba"}


def acted(type_: str, **fields: object) -> dict[str, object]:
    """An act of 2021, as a line tells it."""
    return {"type": type_, "when": "2021", **fields}


# A bad line, and a later one on the same thing with a fault that the bad one cannot have caused.
INDEPENDENT = {
    "E503": (
        acted("negotiation-opened", instrument="mou", when="2021-13"),
        acted("instrument-signed", instrument="mou", signers=["cu"]),
    ),
    "E508": (
        acted("instrument-signed", instrument="mou", when="2021-13"),
        acted("termination-notice-withdrawn", instrument="mou"),
    ),
    "E509": (
        acted("negotiation-opened", instrument="mou", when="2021-13"),
        acted("instrument-terminated", instrument="mou"),
    ),
    "E604": (
        acted("commitment-progressed", commitment="c", percent=101),
        acted("condition-met", commitment="c", condition="money"),
    ),
    "E607": (
        acted("commitment-delegated", commitment="c", to="cu"),
        acted("commitment-released", commitment="c", by=["cu"]),
    ),
    "E608": (
        acted("commitment-progressed", commitment="c", percent=101),
        acted("commitment-cancelled", commitment="c", by=["cu"]),
    ),
}


@pytest.mark.parametrize("code", INDEPENDENT)
def test_a_fault_that_a_bad_line_cannot_have_caused_is_reported(code: str) -> None:
    start = (*START, CUBA, instrument_line("mou"), MADE)

    assert [(each.line, each.code) for each in findings_of(*start, *INDEPENDENT[code])][1:] == [
        (8, code)
    ]


# A bad line, and a later one that would be good were the bad one mended.
DEPENDENT = {
    "E403": (
        acted("proposal-acknowledged", proposal="p", by=["fr"], partnership="vnfr", note=5),
        acted("proposal-declined", proposal="p", by=["fr"]),
    ),
    "E509": (
        acted("instrument-entered-into-force", instrument="mou", when="2021-13"),
        acted("instrument-terminated", instrument="mou"),
    ),
    "E607": (
        acted("commitment-assigned", commitment="c", by=["fr"], to="cu"),
        acted("commitment-released", commitment="c", by=["cu"]),
    ),
    "E608": (
        acted("commitment-delegated", commitment="c", by=["vn"], to="cu"),
        acted("commitment-cancelled", commitment="c", by=["cu"]),
    ),
    "a type that cannot be read": (
        acted("commitment-delegate", commitment="c", by=["vn"], to=["cu"]),
        acted("commitment-cancelled", commitment="c", by=["cu"]),
    ),
    "E105": (
        acted("meeting-scheduled", meeting="m", kind="visit", partnership="vnfr", when="soon"),
        acted("meeting-held", meeting="m"),
    ),
}


@pytest.mark.parametrize("code", DEPENDENT)
def test_a_fault_that_a_bad_line_can_have_caused_is_not_reported(code: str) -> None:
    start = (*START, CUBA, instrument_line("mou"), MADE)

    assert [each.line for each in findings_of(*start, *DEPENDENT[code])] == [7]
