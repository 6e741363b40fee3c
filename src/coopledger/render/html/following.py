"""What follows a thing up, in words: how it was put off, how often it was asked for, by whom."""

from collections.abc import Iterator

from coopledger.answers import Commitment, Instrument, Meeting, Proposal
from coopledger.render.html.office import Office


def slips(office: Office, item: Commitment) -> str:
    """Return how often a promise was put off, and when it was due at first."""
    if not item.times_rescheduled or item.first_due is None:
        return ""
    first = office.date(item.first_due).text
    return office.text("put_off", n=item.times_rescheduled, date=first)


def postponements(office: Office, item: Meeting) -> Iterator[str]:
    """Yield how often a meeting was put off, and for when it was planned at first."""
    if item.times_postponed:
        yield office.text("postponed_times", n=item.times_postponed)
        if item.first_planned is not None:
            yield office.text("first_planned_for", date=office.date(item.first_planned).text)


def asked(office: Office, item: Commitment | Instrument | Proposal) -> str:
    """Return how often somebody was asked about it, and when to ask again."""
    parts: list[str] = []
    if item.last_asked is not None:
        last = office.date(item.last_asked).text
        parts.append(office.text("asked_last", n=item.times_asked, date=last))
    if item.ask_again is not None:
        parts.append(office.text("ask_again_on", date=office.date(item.ask_again).text))
    return " · ".join(parts)


def responsible(office: Office, who: str | None) -> str:
    """Return who of us sees to it; nothing where nobody does."""
    return office.text("is_responsible", who=who) if who else ""
