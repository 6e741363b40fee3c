"""Part of a view: what is with one party, or in one partnership."""

from collections.abc import Iterator
from typing import Any, cast

from coopledger.answers import Commitment, Meeting, Partnership
from coopledger.errors import UnknownIdError
from coopledger.view import View


class _Part:
    """View of which the lists hold only what is with a partner; all else it answers as before."""

    def __init__(self, view: View, partner: str) -> None:
        self._view, self._partner = view, partner
        try:
            names = {view.partnership(partner).id}
        except UnknownIdError as unknown:
            try:
                names = {each.id for each in view.partnerships(party=partner)}
            except UnknownIdError:
                raise unknown from None
        self._partnerships = names

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the view answers
        return getattr(self._view, name)

    def partnerships(self, **filters: Any) -> tuple[Partnership, ...]:  # noqa: ANN401
        """Return those of the partnerships that are with the partner."""
        found = self._view.partnerships(**filters)
        return tuple(each for each in found if each.id in self._partnerships)

    def commitments(self, **filters: Any) -> tuple[Commitment, ...]:  # noqa: ANN401
        """Return those of the commitments that are with the partner."""
        return tuple(self._with_partner(self._view.commitments(**filters)))

    def agenda(self, **filters: Any) -> tuple[Commitment, ...]:  # noqa: ANN401
        """Return those of the agenda that are with the partner."""
        return tuple(self._with_partner(self._view.agenda(**filters)))

    def meetings(self, **filters: Any) -> tuple[Meeting, ...]:  # noqa: ANN401
        """Return those of the meetings that are with the partner."""
        found = self._view.meetings(**filters)
        return tuple(each for each in found if each.partnership in self._partnerships)

    def _with_partner(self, commitments: tuple[Commitment, ...]) -> Iterator[Commitment]:
        for each in commitments:
            sides = {*each.debtors, *each.creditors}
            if each.partnership in self._partnerships or self._partner in sides:
                yield each


def within(view: View, partner: str | None) -> View:
    """Return the view, or the part of it that is with a partner.

    Raises:
        UnknownIdError: The partner is neither a partnership nor a party.
    """
    return view if partner is None else cast("View", _Part(view, partner))
