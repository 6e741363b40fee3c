"""The values inside events that are neither ids, dates nor words of a list."""

from coopledger.values.details import (
    Amount,
    Condition,
    Participant,
    Place,
    Renewal,
    Source,
    amount,
    conditions,
    number_or_words,
    participants,
    place,
    renewal,
    sources,
)
from coopledger.values.frozen import FrozenMapping, Json, json_mapping

__all__ = [
    "Amount",
    "Condition",
    "FrozenMapping",
    "Json",
    "Participant",
    "Place",
    "Renewal",
    "Source",
    "amount",
    "conditions",
    "json_mapping",
    "number_or_words",
    "participants",
    "place",
    "renewal",
    "sources",
]
