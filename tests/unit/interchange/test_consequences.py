"""Faults that only follow from a bad line are left out, and all others reported."""

import pytest

from tests.unit.interchange.lines import START, VIET_NAM, findings_of, instrument_line

COMMITMENT: dict[str, object] = {
    "type": "commitment-made",
    "commitment": "c",
    "partnership": "vnfr",
    "debtors": ["vn"],
    "creditors": ["fr"],
    "what": "send the list",
    "when": "2020",
}
CUBA: dict[str, object] = VIET_NAM | {"party": "cu", "name": "Cuba"}


def act_line(type_: str, **fields: object) -> dict[str, object]:
    """Return the line of an act of 2021."""
    return {"type": type_, "when": "2021", **fields}


# A bad line, and a later one on the same thing with a fault that the bad one cannot have caused.
INDEPENDENT = {
    "E503": (
        act_line("negotiation-opened", instrument="mou", when="2021-13"),
        act_line("instrument-signed", instrument="mou", signers=["cu"]),
    ),
    "E508": (
        act_line("instrument-signed", instrument="mou", when="2021-13"),
        act_line("termination-notice-withdrawn", instrument="mou"),
    ),
    "E509": (
        act_line("negotiation-opened", instrument="mou", when="2021-13"),
        act_line("instrument-terminated", instrument="mou"),
    ),
    "E604": (
        act_line("commitment-progressed", commitment="c", percent=101),
        act_line("condition-met", commitment="c", condition="money"),
    ),
    "E607": (
        act_line("commitment-delegated", commitment="c", to=5),
        act_line("commitment-released", commitment="c", by=["cu"]),
    ),
    "E608": (
        act_line("commitment-progressed", commitment="c", percent=101),
        act_line("commitment-cancelled", commitment="c", by=["cu"]),
    ),
}


@pytest.mark.parametrize("code", INDEPENDENT)
def test_a_fault_that_a_bad_line_cannot_have_caused_is_reported(code: str) -> None:
    start = (*START, CUBA, instrument_line("mou"), COMMITMENT)

    assert [(each.line, each.code) for each in findings_of(*start, *INDEPENDENT[code])][1:] == [
        (8, code)
    ]


# A bad line, and a later one that would be good were the bad one mended.
DEPENDENT = {
    "E403": (
        act_line("proposal-acknowledged", proposal="p", by=["fr"], partnership="vnfr", note=5),
        act_line("proposal-declined", proposal="p", by=["fr"]),
    ),
    "E509": (
        act_line("instrument-entered-into-force", instrument="mou", when="2021-13"),
        act_line("instrument-terminated", instrument="mou"),
    ),
    "E607": (
        act_line("commitment-assigned", commitment="c", by=["fr"], to=5),
        act_line("commitment-released", commitment="c", by=["cu"]),
    ),
    "E608": (
        act_line("commitment-delegated", commitment="c", by=["vn"], to=5),
        act_line("commitment-cancelled", commitment="c", by=["cu"]),
    ),
    "a type that cannot be read": (
        act_line("commitment-delegate", commitment="c", by=["vn"], to=["cu"]),
        act_line("commitment-cancelled", commitment="c", by=["cu"]),
    ),
    "E105": (
        act_line("meeting-scheduled", meeting="m", kind="visit", partnership="vnfr", when="soon"),
        act_line("meeting-held", meeting="m"),
    ),
}


@pytest.mark.parametrize("code", DEPENDENT)
def test_a_fault_that_a_bad_line_can_have_caused_is_not_reported(code: str) -> None:
    start = (*START, CUBA, instrument_line("mou"), COMMITMENT)

    assert [each.line for each in findings_of(*start, *DEPENDENT[code])] == [7]
