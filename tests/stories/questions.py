"""The questions that the stories are asked, each through the public names of a view."""

from collections.abc import Callable

import attrs

from coopledger import View


@attrs.frozen
class Question:
    """A question and the words for it."""

    words: str
    ask: Callable[[View], object]


def stage(of: str) -> Question:
    return Question(f"stage of {of}", lambda view: view.partnership(of).stage)


def state(of: str) -> Question:
    return Question(f"state of {of}", lambda view: view.instrument(of).state)


def flags(of: str) -> Question:
    return Question(f"flags of {of}", lambda view: view.instrument(of).flags)


def commitment(of: str) -> Question:
    return Question(f"commitment {of}", lambda view: view.commitment(of).status)


def open_commitments(of: str) -> Question:
    return Question(
        f"open commitments of {of}",
        lambda view: tuple(found.id for found in view.commitments(partnership=of)),
    )


def proposal(of: str) -> Question:
    return Question(f"proposal {of}", lambda view: view.proposal(of).status)


def meeting(of: str) -> Question:
    return Question(f"meeting {of}", lambda view: view.meeting(of).status)


def last_session(of: str) -> Question:
    return Question(f"last session of {of}", lambda view: view.series(of).last)


def dormant(of: str) -> Question:
    return Question(f"{of} dormant", lambda view: "dormant" in view.partnership(of).flags)


def signed(period: str, partnership: str | None = None) -> Question:
    of = f" of {partnership}" if partnership else ""
    return Question(
        f"signed in {period}{of}",
        lambda view: len(view.signed(period=period, partnership=partnership)),
    )


def last_activity(of: str) -> Question:
    return Question(f"last activity of {of}", lambda view: str(view.last_activity(of)))


def partnership_decided_by(of: str) -> Question:
    return Question(f"{of} decided by", lambda view: view.partnership(of).decided_by)


def instrument_decided_by(of: str) -> Question:
    return Question(f"{of} decided by", lambda view: view.instrument(of).decided_by)


def commitment_decided_by(of: str) -> Question:
    return Question(f"{of} decided by", lambda view: view.commitment(of).decided_by)


def proposal_decided_by(of: str) -> Question:
    return Question(f"{of} decided by", lambda view: view.proposal(of).decided_by)


def meeting_decided_by(of: str) -> Question:
    return Question(f"{of} decided by", lambda view: view.meeting(of).decided_by)


def series_decided_by(of: str) -> Question:
    return Question(f"{of} decided by", lambda view: view.series(of).decided_by)
