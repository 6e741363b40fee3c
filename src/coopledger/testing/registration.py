"""Tells Hypothesis how the types of coopledger are made; nothing is made until it is asked."""

from hypothesis import strategies as st

from coopledger._log.vocabulary import TAGS
from coopledger.dates import EdtfDate
from coopledger.events import Event


def register_types() -> None:
    """Register dates, every event type and what several types share, for ``st.from_type``."""
    st.register_type_strategy(EdtfDate, _dates)
    types = [cls for _, cls in TAGS.values()]
    shared = {parent for cls in types for parent in cls.__mro__ if issubclass(parent, Event)}
    for cls in shared.union(types):
        st.register_type_strategy(cls, _event_of if cls in types else _any_of)


# The strategies are imported when the first of them is asked for: building them takes longer than
# importing Hypothesis.
def _dates(_: type[EdtfDate]) -> st.SearchStrategy[EdtfDate]:
    from coopledger.testing.strategies import dates  # noqa: PLC0415

    return dates()


def _any_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    from coopledger.testing.strategies import any_event  # noqa: PLC0415

    return any_event(kind)


def _event_of(cls: type[Event]) -> st.SearchStrategy[Event]:
    from coopledger.testing.strategies import event_of  # noqa: PLC0415

    return event_of(cls)
