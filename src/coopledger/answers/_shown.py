"""Base of answers: one line where a program shows them, a table where a notebook does."""

from coopledger._display.tables import elided, flat

LONGEST = 80  # letters of an answer in its `repr`


class Shown:
    """Value that a notebook shows as HTML, and everything else as text."""

    def __init_subclass__(cls) -> None:
        """Keep attrs from giving the class a `repr` with every field."""
        super().__init_subclass__()
        cls.__repr__ = Shown.__repr__  # type: ignore[method-assign]  # attrs looks for its own

    def __repr__(self) -> str:
        """Return the class and the beginning of the text, on one short line."""
        return f"{type(self).__name__}({elided(flat(str(self)), LONGEST)})"

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it."""
        # A program without a notebook never loads it.
        from coopledger.answers._notebook import answer_html

        return answer_html(self)
