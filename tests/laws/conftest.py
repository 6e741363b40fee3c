"""Settings of the laws."""

from collections.abc import Iterator

import pytest

from tests.measuring import unmeasured


@pytest.fixture(name="unmeasured", scope="module")
def _unmeasured() -> Iterator[None]:
    """Measure no coverage in the longest laws, which run no branch that no other test runs."""
    with unmeasured():
        yield
