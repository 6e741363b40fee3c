"""How a value that cannot be read is refused: what was found, cut short, and what would do."""

from coopledger.errors import FieldError

__all__ = ["require", "unreadable", "unusable"]

_SHOWN_LENGTH = 40


def unreadable(value: object, remedy: str) -> FieldError:
    """The refusal E104: text that is no date, or not the kind of date that is needed."""
    return FieldError("E104", _shown(value), remedy)


def unusable(value: object, remedy: str) -> FieldError:
    """The refusal E106: a wrong type, or a value outside of what can be held."""
    return FieldError("E106", _shown(value), remedy)


def require(value: object, kind: type, remedy: str) -> None:
    """Refuse any other type, for callers whom no type checker has warned.

    Raises:
        FieldError: E106, if the value is not of that kind.
    """
    if not isinstance(value, kind):
        raise unusable(value, remedy)


def _shown(value: object) -> str:
    """Text in quotes with its signs escaped, and other values, cut after 40 characters."""
    if isinstance(value, str) and len(value) > _SHOWN_LENGTH:
        return f"{value[:_SHOWN_LENGTH]!r}... ({len(value)} characters)"
    written = repr(value)
    if isinstance(value, str) or len(written) <= _SHOWN_LENGTH:
        return written
    return f"{written[:_SHOWN_LENGTH]}..."
