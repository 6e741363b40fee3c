"""Wrong values for fields that may be missing: mypy and the library refuse them, pyright does not.

attrs types the converter of such a field, `attrs.converters.optional`, so that pyright takes
anything for it; mypy knows it by name. A wrong type for any other field is refused by both: see
test_refused_calls.py.
"""

import pytest

from coopledger import events
from coopledger.errors import FieldError, RefusedError
from coopledger.values import Participant


def test_a_number_for_a_date() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.MeetingPostponed(meeting="visit", when="2022", planned=2023)  # type: ignore[arg-type]


def test_a_number_for_an_id() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.NoteAdded(id=7, subject="vnfr", text="a note")  # type: ignore[arg-type]


def test_a_number_for_a_word() -> None:
    with pytest.raises(FieldError, match="E106"):
        Participant(role=1)  # type: ignore[arg-type]


def test_a_number_for_a_value() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.MeetingHeld(meeting="visit", when="2022", place=3)  # type: ignore[arg-type]


def test_a_text_or_a_fraction_for_a_whole_number() -> None:
    with pytest.raises(RefusedError, match="E106"):
        events.CommitmentProgressed(commitment="c", when="2022", percent="40")  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="E106"):
        events.InstrumentRenewed(instrument="a", when="2022", years=2.5)  # type: ignore[arg-type]
