"""Every test of this folder runs through either front."""

from tests.fronts import front

__all__ = ["front"]
