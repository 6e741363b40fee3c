"""Results of a run: samples by measure and size, their medians and spread, and how costs grow."""

from collections.abc import Mapping, Sequence
from math import log
from statistics import median

import attrs

__all__ = ["Results", "Sample", "Spread", "exponent", "spread"]

# What one measurement found, such as seconds under "cpu" and "wall", each for one of what is done.
Sample = Mapping[str, float]


@attrs.frozen
class Spread:
    """Median of some figures, with the lowest and the highest."""

    median: float
    low: float
    high: float


def spread(figures: Sequence[float]) -> Spread:
    """Return the median of one figure or more, and between which they are."""
    return Spread(median(figures), min(figures), max(figures))


def exponent(costs: Mapping[int, float]) -> float:
    """Return the power of n with which a cost grows: the slope of its least-squares line.

    The line goes through the logarithms; 0 is a cost that does not grow, 1 one that grows with n.
    Costs of two sizes are needed.
    """
    points = [(log(size), log(cost)) for size, cost in costs.items()]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    rise = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return rise / sum((x - middle_x) ** 2 for x, _ in points)


@attrs.frozen
class Results:
    """Samples of a run, by the name of the measure and the size."""

    samples: dict[tuple[str, int], list[Sample]] = attrs.field(
        factory=dict[tuple[str, int], list[Sample]]
    )

    def add(self, measure: str, size: int, samples: Sequence[Sample]) -> None:
        """Add the samples of one round."""
        self.samples.setdefault((measure, size), []).extend(samples)

    def sizes(self, measure: str) -> list[int]:
        """Return the sizes at which something was measured, from the smallest."""
        return sorted(size for name, size in self.samples if name == measure)

    def spread(self, measure: str, size: int, figure: str) -> Spread:
        """Return the median of a figure in all samples, and between which they are."""
        return spread([sample[figure] for sample in self.samples[measure, size]])

    def median(self, measure: str, size: int, figure: str) -> float:
        """Return the median of a figure."""
        return self.spread(measure, size, figure).median

    def medians(self, measure: str, figure: str) -> dict[int, float]:
        """Return the medians of a figure by size."""
        return {size: self.median(measure, size, figure) for size in self.sizes(measure)}
