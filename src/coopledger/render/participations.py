"""Page of the parties of a text: what each did, since when it is bound, and who leaves."""

from coopledger._display.tables import flat, table
from coopledger._rules.party_case import ENOUGH
from coopledger.answers import Instrument, Participation
from coopledger.answers._wording import label
from coopledger.render.answering import Answering
from coopledger.render.moments import moment

PARTIES = (
    *("party", "signed", "consented", "how", "in force", "notice", "leaving", "bound by"),
    "reservations",
)


def participations(view: Answering, instrument: str, *, width: int | None = None) -> str:
    """Return what each party of a text did under it; see `View.participations`.

    Raises:
        UnknownIdError: The ledger holds no such text.
    """
    found = view.participations(instrument)
    title = flat(f"Parties of {view.title(instrument)} on {moment(view)}")
    if not found:
        return f"{title}: nobody."
    page = table([_row(view, each) for each in found], headers=PARTIES, width=width)
    return f"{title}\n\n{page}"


def several(view: Answering, text: Instrument) -> tuple[Participation, ...]:
    """Return the participations of a text with more than two parties, those gone among them."""
    found = view.participations(text.id)
    return found if len(found) > ENOUGH else ()


def _row(view: Answering, item: Participation) -> tuple[str, ...]:
    """Return the cells of a party, in the order of the headers."""
    return (
        view.title(item.party),
        str(item.signed_on or ""),
        str(item.consented_on or ""),
        label(item.how or ""),
        str(item.in_force_since or (label("in_force") if item.in_force else "")),
        str(item.notice_on or ""),
        str(item.left_on or item.ends or ""),
        view.title(item.superseded_by) if item.superseded_by else "",
        "\n".join(item.reservations),
    )
