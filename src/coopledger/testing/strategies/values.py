"""Dates, and the words that fields hold."""

from hypothesis import strategies as st

from coopledger.dates import EdtfDate, edtf
from coopledger.testing.strategies import dated, plain
from coopledger.testing.strategies.dated import Dated


def dates() -> st.SearchStrategy[EdtfDate]:
    """Dates of every form that is accepted, from the year 1 to 9999."""
    return date_texts().map(edtf)


def date_texts() -> st.SearchStrategy[str]:
    """The texts of such dates."""
    return plain.dates


def dated_texts() -> st.SearchStrategy[Dated]:
    """The texts of such dates, each with the days that it must be read as."""
    return dated.dated


def near_dates() -> st.SearchStrategy[str]:
    """Texts that are nearly dates: some can be read, most are refused."""
    return dated.near_dates


def ids() -> st.SearchStrategy[str]:
    """Readable ids as users choose them, short and long, in any script."""
    return plain.ids


def texts() -> st.SearchStrategy[str]:
    """Texts of fields, among them those that have broken somebody's reader."""
    return plain.texts


def json_values() -> st.SearchStrategy[object]:
    """Plain JSON values, as ``ext`` holds them."""
    return plain.json_values
