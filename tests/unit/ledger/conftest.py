"""Front of every test of this folder: plain, and for asyncio."""

from tests.fronts import front

__all__ = ["front"]
