"""Mutants that no test can kill, since every answer stays the same, each with its reason."""

__all__ = ["EQUAL"]

EQUAL: dict[str, str] = {}
