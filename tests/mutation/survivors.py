"""Mutants that no test can kill, since every answer stays the same, each with its reason."""

__all__ = ["reason"]

# The beginning of a mutant's name, and why no answer changes.
EQUAL: dict[str, str] = {
    "meeting.WAITING: with none": "what was not announced has no plan that could pass",
    "meeting.WAITING: with unrecorded": "a plan that has passed passes again on the same day",
    "meeting.TABLE: unrecorded/": "an act is looked up before the plan passes: in what was planned",
    "meeting.TABLE: cancelled/cancel: cancelled becomes": "nothing changes in either case",
    "meeting.TABLE: held/schedule: = becomes E": "the fold passes over what is refused, as over =",
    "meeting.TABLE: held/hold: E303 becomes =": "the fold passes over what is refused, as over =",
    "meeting.TABLE: held/hold: E303 becomes E302": "the check of a second record has its own code",
}


def reason(mutant: str) -> str | None:
    """Return why no answer changes by the mutant of the name; None if that is not known."""
    return next((why for name, why in EQUAL.items() if mutant.startswith(name)), None)
