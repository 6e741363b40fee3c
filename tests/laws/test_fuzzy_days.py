"""Laws of fuzzy days: no more is claimed of them than every day that they may mean bears out."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coopledger._dates.marks import day_lent, days_late, is_doubtful_on, is_fuzzy
from coopledger.dates import EdtfDate, edtf
from coopledger.testing.strategies import Dated
from coopledger.testing.strategies.dated import DATED, DAYS

days = st.dates(date(1990, 1, 1), date(2040, 12, 31)).map(date.toordinal)


@given(DATED, DAYS)
def test_an_act_is_late_by_the_least_number_of_days(act: Dated, due: date) -> None:
    """Domain, 3: "what is certainly late gives the least number of days"."""
    when, last = edtf(act.text), due.toordinal()
    late = days_late(when, edtf(due))

    if not is_fuzzy(when):
        assert late == max(0, when.settled - last)
    elif late is None:
        assert when.first is None or when.first <= last
        assert when.last is None or when.last > last
    elif late == 0:
        assert when.last is not None
        assert when.last <= last
    else:
        assert when.first == last + late


@given(DATED)
def test_a_day_lent_is_that_from_which_the_act_counts(case: Dated) -> None:
    """Domain, 3: a day is shown with ``~`` where its date is fuzzy, and an unknown day stays so."""
    when = edtf(case.text)
    lent = day_lent(when)

    assert lent.settled == when.settled
    assert (lent.first is None) is (when.first is None)
    assert lent.exact is not is_fuzzy(when)
    assert day_lent(lent) == lent


@given(DATED, days)
def test_an_end_is_doubtful_only_from_the_first_day_that_it_may_mean(case: Dated, day: int) -> None:
    """Domain, 3: "An end 2022 makes answers uncertain only on days within it"."""
    end = edtf(case.text)
    has_begun = end.first is None or end.first <= day
    is_within = has_begun and (end.last is not None and day <= end.last)

    if not is_fuzzy(end) or end.last is None:
        assert not is_doubtful_on(end, day)
    else:
        is_marked = case.text.endswith(("~", "?", "%"))
        assert is_doubtful_on(end, day) is (is_within or (has_begun and is_marked))


@given(days, days)
def test_a_visit_is_not_fuzzy(first: int, last: int) -> None:
    """Domain, 3: "a closed interval of days lends its last day as it is"."""
    begin, end = sorted((first, last))
    visit = EdtfDate(f"{date.fromordinal(begin)}/{date.fromordinal(end)}")

    assert not is_fuzzy(visit)
    assert day_lent(visit).text == date.fromordinal(end).isoformat()
