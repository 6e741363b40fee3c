"""How the fields of one's own event types read what a caller gives; each is a converter.

Every reader returns the one form in which a value is kept, or raises `FieldError` with the code,
the value and what would do. For a field that may be missing, put one in
``attrs.converters.optional``.
"""

from coopledger.countries import country
from coopledger.dates import edtf
from coopledger.fields import flag, identifier, identifiers, percent, text, texts, whole
from coopledger.values import json_mapping, participants, place, sources

__all__ = [
    "country",
    "edtf",
    "flag",
    "identifier",
    "identifiers",
    "json_mapping",
    "participants",
    "percent",
    "place",
    "sources",
    "text",
    "texts",
    "whole",
]
