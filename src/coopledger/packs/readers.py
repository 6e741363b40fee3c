"""Readers for the fields of one's own event types; each is a converter.

Every reader returns the one form in which a value is kept, or raises `FieldError` with the code,
the value and what would do. For a field that may be missing, put one in
``attrs.converters.optional``.
"""

from coopledger._dates.edtf import edtf
from coopledger._fields.reading import (
    boolean,
    identifier,
    identifiers,
    non_negative,
    percent,
    text,
    texts,
)
from coopledger._fields.words import country
from coopledger.values import json_mapping, participants, place, sources

__all__ = [
    "boolean",
    "country",
    "edtf",
    "identifier",
    "identifiers",
    "json_mapping",
    "non_negative",
    "participants",
    "percent",
    "place",
    "sources",
    "text",
    "texts",
]
