"""Party that is in every partnership, the office, whose name a board need not repeat."""

from collections.abc import Sequence

from coopledger.answers import Partnership


def shared_party(partnerships: Sequence[Partnership]) -> str | None:
    """Return the id of the only party in all partnerships; None if there is none, or one alone."""
    if len(partnerships) < 2:  # noqa: PLR2004 - one alone says of nobody that it is ours
        return None
    shared = set(partnerships[0].parties).intersection(*(each.parties for each in partnerships))
    return shared.pop() if len(shared) == 1 else None
