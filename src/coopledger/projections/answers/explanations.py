"""Why an answer is what it is."""

import attrs

__all__ = ["Explanation"]


@attrs.frozen(kw_only=True)
class Explanation:
    """Why an answer is what it is; `str` gives the sentence and the events below it.

    Attributes:
        id: What was asked about.
        sentence: The reason, as a person would say it.
        rule: The rule that matched, in the words of the reference.
        events: The events behind it, in log order, one line each.
        certain: Whether no date behind it is fuzzy; ``~`` marks a day that rests on one.
        decided_by: Their ids.
    """

    id: str
    sentence: str
    rule: str
    events: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The sentence, and the events behind it, one line each."""
        return "\n".join((self.sentence, *(f"  {event}" for event in self.events)))
