"""How a field reads what a caller gives: text for an id, one id for several, words of a list.

Every reader takes one value and returns the one form in which it is kept, or raises
`FieldError` with the code, the value and what would do. None of them guesses, and none
splits a text into letters.
"""

from coopledger.fields.arguments import asked, asked_if_given
from coopledger.fields.classes import (
    build,
    faults,
    hint_at_field,
    in_field,
    missing_field,
    missing_fields,
    unknown_field,
)
from coopledger.fields.filling import defaults, fill, filled
from coopledger.fields.paths import path
from coopledger.fields.reading import (
    conditions_named,
    counted,
    event_id,
    flag,
    identifier,
    identifiers,
    is_mapping,
    months,
    percent,
    require,
    several,
    shown,
    text,
    texts,
    utf8,
    whole,
    wrong,
    years,
)
from coopledger.fields.showing import call
from coopledger.fields.words import (
    basis,
    commitment_firmness,
    force,
    instrument_kind,
    instrument_kinds,
    instrument_state,
    one_of,
    party_kind,
    proposal_firmness,
    role,
)

__all__ = [
    "asked",
    "asked_if_given",
    "basis",
    "build",
    "call",
    "commitment_firmness",
    "conditions_named",
    "counted",
    "defaults",
    "event_id",
    "faults",
    "fill",
    "filled",
    "flag",
    "force",
    "hint_at_field",
    "identifier",
    "identifiers",
    "in_field",
    "instrument_kind",
    "instrument_kinds",
    "instrument_state",
    "is_mapping",
    "missing_field",
    "missing_fields",
    "months",
    "one_of",
    "party_kind",
    "path",
    "percent",
    "proposal_firmness",
    "require",
    "role",
    "several",
    "shown",
    "text",
    "texts",
    "unknown_field",
    "utf8",
    "whole",
    "wrong",
    "years",
]
