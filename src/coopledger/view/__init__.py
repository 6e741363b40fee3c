"""One moment of a ledger: where everything stands on a day, as known at a time."""

from coopledger.view.comparisons import Comparisons
from coopledger.view.lists import Lists
from coopledger.view.own import OwnQuestions
from coopledger.view.questions import Questions
from coopledger.view.reports import Reports

__all__ = ["View"]


class View(Comparisons, Lists, Reports, Questions, OwnQuestions):
    """Answers about one day, as known at one time; made by `Ledger.view`.

    A view never changes when the ledger grows. Lists come in the order in which things were
    first recorded, unless said otherwise. A question about an id that the ledger does not
    hold raises `UnknownIdError` with the nearest; one that was not known at the time asked
    about, or not yet there on the day, has the status ``none``.

    Attributes:
        on: The day asked about.
        hindsight: Whether acts after the day count when their effect reaches back to it.
        position: The last position that was known.
    """
