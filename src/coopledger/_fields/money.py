"""Sums of money as people write them: the decimals of each currency, and unclear separators."""

import re
from collections.abc import Sequence
from functools import reduce

# The decimals of the currencies of ISO 4217 that have not two (as published in 2024).
DECIMALS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
# Metals, units of account and codes for tests, to which ISO 4217 gives no decimals.
UNLIMITED = frozenset("XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split())
MOST_DECIMALS = 2  # Of the other currencies.
# A group of three digits, as of thousands, which may also be three decimals.
GROUPED = re.compile(r"(-?[1-9][0-9]{0,2})[.,]([0-9]{3})")


def unclear_sum(number: str, currency: str) -> str | None:
    """Return why a sum may mean another one than it seems to, with the plain form; None if not.

    The number has one point or comma at most, and the currency is a code of three letters.
    """
    whole, _, decimals = number.replace(",", ".").partition(".")
    most = None if currency in UNLIMITED else DECIMALS.get(currency, MOST_DECIMALS)
    match = GROUPED.fullmatch(number)
    if match and ("," in number or most is None or most < len(decimals)):
        places = len(decimals) + 1 if most is None else most  # Not three: these are unclear.
        readings = [f"{match[1]}{match[2]}"]
        if places and len(decimals.rstrip("0")) <= places:
            readings.append(f"{whole}.{decimals.ljust(places, '0')[:places]}")
        plain = " or ".join(f"'{reading} {currency}'" for reading in readings)
        return f"can be read in two ways: write it plainly, {plain}"
    if most is not None and len(decimals) > most:
        allowed = f"{most} decimals at most" if most else "no decimals"
        return f"is no sum of {currency}, which has {allowed}"
    return None


def without_value(number: str) -> str | None:
    """Return why a decimal number is no sum that is promised or paid; None where it is one."""
    if number.startswith("-"):
        return "is less than 0: a sum that was recorded wrongly is corrected or retracted"
    return "is a sum of nothing: leave it out" if is_nothing(number) else None


def added(numbers: Sequence[str]) -> str:
    """Return the exact sum of decimal numbers, with as many decimals as the longest of them."""
    from decimal import Context, Decimal  # noqa: PLC0415 - loaded where something is paid

    exact = Context(prec=2 * max(map(len, numbers), default=0) + len(numbers) + 1)
    return f"{reduce(exact.add, map(Decimal, numbers), Decimal(0)):f}"


def left_of(promised: str, paid: str) -> str:
    """Return what is left of a decimal number without another one, never below zero."""
    less = paid[1:] if paid.startswith("-") else f"-{paid}"
    left = added([promised, less])
    return added([promised, f"-{promised}"]) if left.startswith("-") else left


def is_nothing(number: str) -> bool:
    """Return whether a decimal number is zero."""
    return not set("123456789").intersection(number)
