"""What every store does in a ``with`` block."""

from abc import ABC, abstractmethod
from typing import Self

__all__ = ["Closing"]


class Closing(ABC):
    """Something that is closed when its ``with`` block ends."""

    def __enter__(self) -> Self:
        """This very thing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes it, whatever happened."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held."""
