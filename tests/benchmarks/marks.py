"""Table of what has to be reached: ratios within one run, and how costs grow with n."""

from collections.abc import Callable

import attrs

from tests.benchmarks import measures as at
from tests.benchmarks.measures import Measure, Plan
from tests.benchmarks.results import Results, exponent

__all__ = ["MARKS", "Found", "Mark", "found"]

MILLION = 1_000_000

# None where a run has not measured what is compared.
Value = Callable[[Results, Plan], float | None]


@attrs.frozen
class Mark:
    """Mark that a run has to reach.

    Attributes:
        name: What is compared.
        must: The bound.
        beyond: The bound of a run that does better, if there is one.
        value: Computes what a run has reached.
        is_least: Whether the bounds are lower ones.
        events: The largest ledger must have so many for the mark to be judged.
    """

    name: str
    must: float
    beyond: float | None
    value: Value
    is_least: bool = True
    events: int = 0

    def is_reached(self, value: float, bound: float | None) -> bool | None:
        """Return whether the value is on the right side of a bound; none without one."""
        if bound is None:
            return None
        return value >= bound if self.is_least else value <= bound


@attrs.frozen
class Found:
    """What a run has reached of a mark; a small run says nothing of some marks.

    Attributes:
        mark: The mark.
        value: What was reached.
        must: Whether the bound was reached.
        beyond: Whether the further bound was reached.
    """

    mark: Mark
    value: float
    must: bool | None
    beyond: bool | None


def found(results: Results, plan: Plan) -> list[Found]:
    """Return what the run has reached of every mark that it could measure."""
    reached: list[Found] = []
    for mark in MARKS:
        value = mark.value(results, plan)
        if value is None:
            continue
        is_judged = plan.largest >= mark.events
        must = mark.is_reached(value, mark.must) if is_judged else None
        beyond = mark.is_reached(value, mark.beyond) if is_judged else None
        reached.append(Found(mark, value, must, beyond))
    return reached


def _growth(measure: Measure) -> Value:
    """Compute the exponent of n with which the cost of a measure grows."""

    def value(results: Results, _: Plan) -> float | None:
        costs = results.medians(measure.name, "cpu")
        return exponent(costs) if len(costs) > 1 else None

    return value


def _ratio(
    above: Measure, below: Measure, figure: str = "cpu", *, at_largest: bool = False
) -> Value:
    """Compute how many times as much one measure takes as another, at a size that both have."""

    def value(results: Results, plan: Plan) -> float | None:
        sizes = set(results.sizes(above.name)) & set(results.sizes(below.name))
        if not sizes:
            return None
        size = plan.largest if at_largest else max(sizes)
        return results.median(above.name, size, figure) / results.median(below.name, size, figure)

    return value


def _bytes(results: Results, plan: Plan) -> float | None:
    """Compute the memory for each event of the largest ledger."""
    if not results.sizes(at.MEMORY.name):
        return None
    return results.median(at.MEMORY.name, plan.largest, "bytes")


def _missed(results: Results, plan: Plan) -> float | None:
    """Compute the most that a reader of ours missed in a round."""
    if not results.sizes(at.SHARED.name):
        return None
    return results.spread(at.SHARED.name, plan.shared, "missed").high


MARKS: tuple[Mark, ...] = (
    Mark(
        "open and ask one partnership: exponent in n",
        *(0.1, None),
        _growth(at.ASK_ONE),
        is_least=False,
        events=MILLION,
    ),
    Mark(
        "open and ask one partnership: times as fast as a replay",
        *(1000, None),
        _ratio(at.REPLAY, at.ASK_ONE),
        events=MILLION,
    ),
    Mark(
        "open and list pending: times as fast as a replay",
        *(100, 250),
        _ratio(at.REPLAY, at.PENDING),
        events=MILLION,
    ),
    Mark(
        "record one and ask the board again: exponent in n",
        *(0.1, None),
        _growth(at.RECORD_AND_ASK),
        is_least=False,
        events=MILLION,
    ),
    Mark(
        "one on a past day as known then: times as fast as a replay",
        *(10_000, None),
        _ratio(at.REPLAY, at.AS_KNOWN),
        events=MILLION,
    ),
    Mark(
        "open and find a word: exponent in n",
        *(0.1, None),
        _growth(at.FIND),
        is_least=False,
        events=MILLION,
    ),
    Mark(
        "open and find a word: times as fast as a scan",
        *(10, 50),
        _ratio(at.SCAN, at.FIND),
        events=MILLION,
    ),
    Mark(
        "open and ask about one person: exponent in n",
        *(0.1, None),
        _growth(at.PERSON),
        is_least=False,
        events=MILLION,
    ),
    Mark("news of a month: times as fast as a comparison", 10, 20, _ratio(at.COMPARE, at.NEWS)),
    Mark("open and sum up: times as fast as a replay", 5, 10, _ratio(at.REPLAY, at.SUMS)),
    Mark(
        "open and list obstacles: times as fast as a replay",
        *(10, 20),
        _ratio(at.REPLAY, at.OBSTACLES),
    ),
    Mark("open and list people: times as fast as a replay", 5, 10, _ratio(at.REPLAY, at.PEOPLE)),
    Mark(
        "board on 120 month ends: in replays",
        *(3, 1.5),
        _ratio(at.MONTH_ENDS, at.REPLAY),
        is_least=False,
    ),
    Mark(
        "memory with the pending list: bytes per event",
        *(100, 60),
        _bytes,
        is_least=False,
        events=MILLION,
    ),
    Mark("record one by one: to eventsourcing", 0.8, 1.0, _ratio(at.ALONE_PEER, at.ALONE)),
    Mark(
        "record one by one: to it loading the aggregate",
        *(1.8, 2.2),
        _ratio(at.ALONE_LOADING, at.ALONE),
    ),
    Mark("batches of 100: to eventsourcing", 0.5, 0.8, _ratio(at.BATCHES_PEER, at.BATCHES)),
    Mark(
        "restore lines: in raw inserts of the same rows",
        *(3, 2),
        _ratio(at.RESTORE, at.INSERT),
        is_least=False,
    ),
    Mark(
        "replay to standings: to eventsourcing to aggregates",
        *(1.2, 1.6),
        _ratio(at.REPLAY_PEER, at.REPLAY_OURS),
    ),
    Mark(
        "replay to standings: in select + json",
        *(5, 3),
        _ratio(at.REPLAY_OURS, at.READ),
        is_least=False,
    ),
    Mark(
        "8 writers in one ledger: to eventsourcing, gap-safe",
        *(1.3, 2),
        _ratio(at.SHARED_PEER, at.SHARED, "wall"),
    ),
    Mark("8 writers in one ledger: missed by a reader", 0, None, _missed, is_least=False),
    Mark(
        "8 writers in 8 ledgers: to raw insert and commit",
        *(0.5, None),
        _ratio(at.RAW, at.APART, "wall"),
    ),
    Mark("verify: in select + SHA-256", 2.5, 1.5, _ratio(at.VERIFY, at.HASH), is_least=False),
    Mark(
        "import: in attrs, cattrs and pendulum alone",
        *(2, 1.5),
        _ratio(at.IMPORT, at.IMPORT_ALONE),
        is_least=False,
    ),
)
