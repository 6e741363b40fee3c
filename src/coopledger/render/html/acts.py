"""Acts in words: who did what, to what, and the sign of how far it goes."""

from enum import StrEnum
from typing import Protocol

from coopledger import events
from coopledger.answers._clauses import told as in_one
from coopledger.events.envelope import about, words
from coopledger.render.html.office import Office
from coopledger.render.rungs import rung
from coopledger.terms import CommitmentFirmness, ProposalFirmness


class Told(Protocol):
    """Answer about one act: an entry of a timeline, or an outcome of a meeting."""

    @property
    def event(self) -> str:
        """Return the id of the event."""
        ...

    @property
    def type(self) -> str:
        """Return its type."""
        ...

    @property
    def about(self) -> str:
        """Return the id of what it is about."""
        ...

    @property
    def text(self) -> str:
        """Return what happened, in the words of the record."""
        ...


def act_sign(office: Office, id: str) -> StrEnum | None:
    """Return the word of which the sign tells how far an act goes; a check for what is done."""
    event = office.happened.get(id)
    return None if event is None else rung(type(event), getattr(event, "firmness", None))


def act_words(office: Office, told: Told) -> tuple[str, str]:
    """Return who did what, and to what, in words."""
    event = office.happened.get(told.event)
    if isinstance(event, events.CommitmentMade):
        return _promised(office, event), event.what
    if isinstance(event, events.MeetingHeld | events.MeetingScheduled):
        return _met(office, event)
    if isinstance(event, events.InterestExpressed | events.ProposalMade):
        firmness = getattr(event, "firmness", ProposalFirmness.WISH)
        name = "we_said" if office.us in event.by else "said"
        act = office.text(name, name=office.names(event.by), firmness=office.term(firmness))
        return act, office.title(event.proposal)
    act = office.words.heading(office.words.act(told.type))
    said = told.text if event is None else words(event)
    what = in_one(subject(office, told.about), said, (), office.writing)
    if isinstance(event, events.MeetingPostponed) and event.planned is not None:
        what = f"{what} · {office.date(event.planned).text}"
    return act, what


def _promised(office: Office, event: events.CommitmentMade) -> str:
    """Return who promised, and how firmly where it is less than a commitment."""
    is_ours = office.us in event.debtors
    name = "we_promised" if is_ours else "promised"
    if event.firmness is not CommitmentFirmness.COMMITMENT:
        name = "we_said" if is_ours else "said"
    debtors = office.names(event.debtors)
    return office.text(name, name=debtors, firmness=office.term(event.firmness))


def _met(office: Office, event: events.MeetingHeld | events.MeetingScheduled) -> tuple[str, str]:
    """Return what was held or announced, and for when, or about what and with whom."""
    name = "held" if isinstance(event, events.MeetingHeld) else "announced"
    act = office.text(name, what=office.words.heading(event.kind or office.text("meeting")))
    planned = getattr(event, "planned", None)
    people = ", ".join(filter(None, (each.post or each.person for each in event.participants)))
    host = event.host and office.text("hosted_by", name=office.name(event.host))
    about = office.date(planned).text or "; ".join(getattr(event, "topics", ()))
    return act, " · ".join(filter(None, (about, host, "" if planned else people)))


def subject(office: Office, id: str) -> str:
    """Return the title of what an act is about; nothing for a partnership.

    A dispute is about another event: then what that is about.
    """
    disputed = office.happened.get(id)
    id = id if disputed is None else about(disputed)
    if id in office.partnerships:
        return ""
    title = office.titles.get(id) or office.title(id)
    return "" if title == id else title
