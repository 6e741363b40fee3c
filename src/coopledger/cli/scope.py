"""Scope of a page: with whom, in whose hands and about what all is, and whose page it is."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, cast

import attrs

from coopledger._suggest import did_you_mean
from coopledger.answers import Answers, Explanation, Partnership
from coopledger.answers._clauses import plain
from coopledger.answers._filters import passing
from coopledger.answers._wording import named
from coopledger.errors import ArgumentError, UnknownIdError
from coopledger.view import Filters, View

MOST_NAMED = 3  # ids that a refusal suggests where none is near


# The lists of a view that a command may limit.
LISTS = frozenset(
    {"partnerships", "instruments", "commitments", "proposals", "meetings", "agenda", "calendar"}
    | {"asking_again", "unassigned", "obstacles", "find", "news"}
)
# Answers that do not say with whom they are: the view itself knows.
UNSAID = frozenset({"find", "news"})
SIDES = ("debtors", "creditors", "by", "to")


class _Part:
    """View of which the lists hold only a part; all else it answers as before.

    What is asked of one partnership is answered whole.
    """

    def __init__(self, view: View, partner: str | None, filters: Filters) -> None:
        self._view, self._partner = view, partner
        self._filters: dict[str, Any] = {**filters}
        self._with: dict[str, Any] = {}
        if partner is None:
            return
        try:
            self._with = {"partnership": view.partnership(partner).id}
        except UnknownIdError:
            try:
                self._with = {"party": view.party(partner).id}
            except UnknownIdError:
                raise _no_partner(view, partner) from None
        self._partner = next(iter(self._with.values()))
        self._partnerships = {each.id for each in view.partnerships(**self._with)}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the view answers
        asked = getattr(self._view, name)
        if name in UNSAID:
            return partial(asked, **self._with, **self._filters)
        return partial(self._listed, asked) if name in LISTS else asked

    def _listed(self, question: Callable[..., Answers[Any]], **own: Any) -> Answers[Any]:  # noqa: ANN401
        """Return those of the answers to a question that are in the part."""
        if own.get("partnership") is not None:
            return question(**own)
        answers = question(**self._filters, **own)
        return passing(answers, (self._partner, self._is_with_partner))

    def _is_with_partner(self, each: Any) -> bool:  # noqa: ANN401 - an answer of any list
        """Return whether an answer is in a partnership of the partner, or about what it owes."""
        home = each.id if isinstance(each, Partnership) else each.partnership
        sides = {party for field in SIDES for party in getattr(each, field, ())}
        return home in self._partnerships or self._partner in sides


def within(view: View, partner: str | None, filters: Filters | None = None) -> View:
    """Return the view, or the part of it that is with a partner and passes the filters.

    Raises:
        ArgumentError: The partner is neither a partnership nor a party.
    """
    is_whole = partner is None and not filters
    return view if is_whole else cast("View", _Part(view, partner, filters or {}))


def _no_partner(view: View, partner: str) -> ArgumentError:
    """Return the refusal of what is neither a partnership nor a party."""
    known = [each.id for each in view.partnerships()] + [each.id for each in view.parties()]
    remedy = f"is neither a partnership nor a party{suggestion(partner, known)}"
    return ArgumentError("--with", repr(partner), remedy)


class _Ours:
    """View whose titles leave our own name out; all else it answers as before."""

    def __init__(self, view: View, us: str) -> None:
        self._view, self._us = view, us

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the view answers
        return getattr(self._view, name)

    def title(self, id: str, *, us: str | None = None) -> str:
        """Return the words by which we know a thing."""
        return self._view.title(id, us=us or self._us)

    def explain(self, id: str) -> Explanation:
        """Return the reason of a thing's stage, state or status, under the title that we use."""
        why = self._view.explain(id)
        title = self.title(why.id)
        sentence = plain().sentence(why.clauses, subject=named(title, why.id))
        return attrs.evolve(why, title=title, sentence=sentence)


def as_ours(view: View, us: str | None) -> View:
    """Return the view as one of the parties tells it; as it is where nobody is named."""
    return view if us is None else cast("View", _Ours(view, us))


def our_id(us: str, view: View, today: Callable[[], View], *, place: str) -> str:
    """Return the id of our party as the ledger has it.

    Raises:
        ArgumentError: It is no party, or no partnership and no promise is its own.
    """
    try:
        known = view.party(us).id
    except UnknownIdError as unknown:
        raise _no_party(view, unknown, place) from None
    is_other = view.partnerships() and not _concerns(view, known)
    if is_other and not _concerns(today(), known):
        partners = _partners(view)
        remedy = f"is a party without partnership or promise{suggestion(us, partners)}"
        raise ArgumentError(place, repr(us), remedy)
    return known


def _no_party(view: View, unknown: UnknownIdError, place: str) -> ArgumentError:
    """Return the refusal of what is no party, saying what it is or was, if it is anything."""
    what = f"is {unknown.instead}, and no party" if unknown.instead else "is no party"
    lost = f": {unknown.lost}" if unknown.lost else ""
    known = _partners(view) or [each.id for each in view.parties()]
    return ArgumentError(
        place, repr(unknown.id), f"{what}{lost}{suggestion(unknown.nearest or unknown.id, known)}"
    )


def _partners(view: View) -> list[str]:
    """Return the parties of partnerships, those of most partnerships first."""
    parties = [each for item in view.partnerships() for each in item.parties]
    return sorted(dict.fromkeys(parties), key=parties.count, reverse=True)


def _concerns(view: View, party: str) -> bool:
    """Return whether a partnership or a promise is the party's own."""
    with suppress(UnknownIdError):  # It may be known only at another time.
        return any(
            (
                view.partnerships(party=party),
                view.commitments(debtor=party, open=None),
                view.commitments(creditor=party, open=None),
            )
        )
    return False


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the end of a refusal: the nearest id, or else some of those there are."""
    ids = list(known)
    if near := did_you_mean(name, ids):
        return near
    some = ", ".join(map(repr, islice(ids, MOST_NAMED)))
    return f": give the id of one, such as {some}" if some else ": none is recorded yet"
