"""Kept for an installation that still names the former hook of Hypothesis."""


def register_types() -> None:
    """Do nothing: importing `coopledger.testing` registers the types."""
