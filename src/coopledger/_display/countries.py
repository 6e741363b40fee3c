"""Names of countries: English ones are ours, others come from Babel."""

import json
from functools import lru_cache

from coopledger._display.catalogue import ENGLISH, WORDS
from coopledger._display.languages import country_name as babel_name


def country_name(code: str, language: str = ENGLISH) -> str:
    """Return the name of a country, or its code where no name is known.

    Raises:
        MissingExtraError: The language is not English, and Babel is not installed.
    """
    return _english().get(code, code) if language == ENGLISH else babel_name(code, language)


@lru_cache
def _english() -> dict[str, str]:
    """Return the English names by code."""
    names: dict[str, str] = json.loads((WORDS / "countries.json").read_bytes())
    return names
