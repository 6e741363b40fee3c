"""Answers of a golden log as lines of JSON."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import attrs

from coopledger import Ledger, View
from coopledger.plain import Plain, as_dict

DAYS = ("2021-12-31", "2024-06-01", "2025-08-01")
# Days that end between two events in the zone of the ledger, a time before the last page, and all.
TIMES = ("2022-03-31", "2024-03-01", "2024-12-31", "2024-12-31T17:00:00.000008Z", None)

Answers = Iterable[attrs.AttrsInstance]


def _families(view: View) -> Answers:
    return [view.partnership(found.id, with_children=True) for found in view.partnerships()]


def _timelines(view: View) -> Answers:
    return [entry for found in view.partnerships() for entry in view.timeline(found.id)]


def _series(view: View) -> Answers:
    return [view.series(name) for name in sorted({m.series for m in view.meetings() if m.series})]


QUESTIONS: dict[str, Callable[[View], Answers]] = {
    "partnerships": lambda view: view.partnerships(),
    "families": _families,
    "timelines": _timelines,
    "instruments": lambda view: view.instruments(),
    "commitments": lambda view: view.commitments(open=None),
    "proposals": lambda view: view.proposals(),
    "meetings": lambda view: view.meetings(),
    "series": _series,
    "parties": lambda view: view.parties(),
    "figures": lambda view: view.figures(),
    "conflicts": lambda view: view.conflicts(),
}


def answer_lines(ledger: Ledger) -> Iterator[str]:
    """Yield a line for each question, on each day as known at each time."""
    for on in DAYS:
        for known_at in TIMES:
            view = ledger.view(on, known_at=known_at)
            for question, ask in QUESTIONS.items():
                asked = {"on": on, "known_at": known_at, "question": question}
                answers = [as_dict(answer) for answer in ask(view)]
                yield json.dumps(asked | {"answers": answers}, ensure_ascii=False) + "\n"


# What a field of an answer is called now.
NEW_NAMES = {"owner": "responsible"}


def agrees(kept: Plain, found: Plain) -> bool:
    """Return whether all that was kept is found; a later version may tell more in new fields.

    A text without a title of its own had none; now it is called by its kind and parties. The
    parties of a text stayed those with whom it was made; now they are those that took over. The
    owner of a partnership is called responsible.
    """
    if isinstance(kept, dict) and isinstance(found, dict):
        return all(
            NEW_NAMES.get(name, name) in found
            and (
                agrees(value, found[NEW_NAMES.get(name, name)])
                or (name, value) == ("title", None)
                or (name == "parties" and found[name] == _taken_over(value))
            )
            for name, value in kept.items()
        )
    if isinstance(kept, list) and isinstance(found, list):
        return len(kept) == len(found) and all(map(agrees, kept, found))
    return kept == found


def _taken_over(parties: Plain) -> Plain:
    """Return the parties, with France in the place of the ministry that it took over from."""
    return ["fr" if party == "mesr" else party for party in cast(list[Plain], parties)]
