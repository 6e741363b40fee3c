"""Questions about the stories, each asked through the public names of a view."""

from collections.abc import Callable

import attrs

from coopledger import View


@attrs.frozen
class Question:
    """Question and the words for it.

    Attributes:
        words: The words.
        ask: The call.
        of_all: Whether it is about all that is in the ledger.
    """

    words: str
    ask: Callable[[View], object]
    of_all: bool = False


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
        lambda view: tuple(answer.id for answer in view.commitments(partnership=of)),
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
        lambda view: len(view.signatures(period=period, partnership=partnership)),
        of_all=partnership is None,
    )


def last_activity(of: str) -> Question:
    return Question(f"last activity of {of}", lambda view: str(view.partnership(of).last_activity))


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


def since(of: str) -> Question:
    return Question(f"{of} since", lambda view: str(view.instrument(of).since))


def members(of: str) -> Question:
    return Question(f"members of {of}", lambda view: view.partnership(of).parties)


def in_force_for(of: str) -> Question:
    return Question(f"parties bound by {of}", lambda view: view.instrument(of).in_force_for)


def bound_since(of: str, party: str) -> Question:
    return Question(
        f"{party} bound by {of} since",
        lambda view: next(
            str(life.in_force_since) for life in view.participations(of) if life.party == party
        ),
    )


def missing_signers(of: str) -> Question:
    return Question(f"{of} missing signers", lambda view: view.instrument(of).missing_signers)


def missing_consents(of: str) -> Question:
    return Question(f"{of} missing consents", lambda view: view.instrument(of).missing_consents)


def term_end(of: str) -> Question:
    return Question(f"end of the term of {of}", lambda view: str(view.instrument(of).term_end))


def notice_deadline(of: str) -> Question:
    return Question(
        f"notice deadline of {of}", lambda view: str(view.instrument(of).notice_deadline)
    )


def ends(of: str) -> Question:
    return Question(f"{of} out of effect from", lambda view: str(view.instrument(of).ends))


def not_ratified(of: str) -> Question:
    return Question(f"who has not ratified {of}", lambda view: view.instrument(of).not_ratified)


def superseded_by(of: str) -> Question:
    return Question(f"what superseded {of}", lambda view: view.instrument(of).superseded_by)


def partnership_flags(of: str) -> Question:
    return Question(f"flags of {of}", lambda view: view.partnership(of).flags)


def in_force(of: str) -> Question:
    return Question(
        f"in force in {of}",
        lambda view: tuple(
            answer.id for answer in view.instruments(state="in_force", partnership=of)
        ),
    )


def expiring(within_days: int) -> Question:
    return Question(
        f"ending within {within_days} days",
        lambda view: tuple(answer.id for answer in view.expiring(within_days=within_days)),
        of_all=True,
    )
