"""Base of answers, which lets a notebook show them."""


class Shown:
    """Value that a notebook shows as HTML, and everything else as text."""

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it."""
        # A program without a notebook never loads it.
        from coopledger.answers._notebook import answer_html

        return answer_html(self)
