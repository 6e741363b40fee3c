"""Letter to an office: what is late, what falls due, what is new, as a mail of text and HTML.

Needs ``pip install "coopledger[letter]"``. It sends nothing: give the message to `smtplib`, or to
whatever sends mail where you are.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, Protocol

from coopledger._display.catalogue import ENGLISH
from coopledger._display.tables import flat
from coopledger._fields.reading import short_repr
from coopledger.answers import Commitment, Instrument, News, Partnership
from coopledger.dates import EdtfDate
from coopledger.errors import ArgumentError
from coopledger.render.agendas import Coming, coming
from coopledger.render.html.asking import Asking as AskingOffice
from coopledger.render.html.office import Office, Side
from coopledger.render.html.pages import environment
from coopledger.render.html.promises import due, when
from coopledger.render.urgency import last_day, urgency
from coopledger.terms import CommitmentStatus, InstrumentState, Noun

__all__ = ["Asking", "letter"]

MOST = 5  # rows of a group; of more, the number is told
WEEK_DAYS = 7
ENDS_DAYS = 180
ENDS = frozenset({"term_ends", "last_day_for_notice"})
LINK = re.compile(r"(?:https?://|mailto:)\S+")
NO_LINK = "is no address of the web: begin it with https://"
NOTICED: frozenset[StrEnum] = frozenset({InstrumentState.TERMINATING})
NO_ADDRESS = "is no address of mail: write office@example.org, or Our Office <office@example.org>"


class Asking(AskingOffice, Protocol):
    """View of a ledger, or any other object that answers these questions in the same way."""

    def news(self, since: str | date | EdtfDate | int) -> News:
        """Return what is new since a day or a position."""
        ...


class Line(NamedTuple):
    """Thing of a letter: what it is, what more there is to say of it, and how urgent it is."""

    what: str
    more: str
    when: str = ""
    is_late: bool = False


class Group(NamedTuple):
    """Things of a letter below one title, of which the first are told."""

    title: str
    beside: str
    lines: list[Line]


def letter(  # noqa: PLR0913 - every setting is optional and named
    view: Asking,
    *,
    since: str | date | EdtfDate | int,
    us: str | None = None,
    to: str | Iterable[str] = (),
    sender: str | None = None,
    link: str | None = None,
    language: str = ENGLISH,
) -> EmailMessage | None:
    """Return the letter; None where nothing is late, falls due within a week, ends then or is new.

    Its subject and its first line are the answer. It has no date and no id, which the program that
    sends it gives; the same view gives the same letter.

    Args:
        view: The moment asked about.
        since: The day of the last letter, or the position of the log then: see `View.news`.
        us: The party whose letter it is: then it tells what we owe and what they owe.
        to: The addresses to which it goes; one or several.
        sender: The address from which it comes.
        link: Where all that is pending can be read; without it there is no button.
        language: ``en``, ``fr`` or ``vi``; other languages than English need
            ``pip install "coopledger[languages]"``.

    Raises:
        UnknownIdError: The ledger holds no such party.
        ArgumentError: An address, the link, the language or ``since`` cannot be used.
        MissingExtraError: jinja2 is not installed, or Babel where a language needs it.
    """
    office = Office(view, us=us, language=language, timezone="UTC")
    template = environment("letter").get_template("letter.html")
    addresses = (to,) if isinstance(to, str) else tuple(to)
    message = _addressed({"To": ", ".join(addresses), "From": sender})
    if link is not None and not (LINK.fullmatch(link) and link.isprintable()):
        raise ArgumentError("link", short_repr(link), NO_LINK)
    told = _Letter(office, view.news(since))
    if not told.says_anything:
        return None
    said = {
        "subject": told.subject,
        "day": told.day,
        "sentence": told.sentence,
        "groups": told.groups,
        "link": link,
        "open": office.text("letter_open"),
        "foot": told.foot,
    }
    text = _text(told, link)
    html = template.render(language=office.words.language, **said)
    message["Subject"] = told.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(sha256(f"{text}{html}".encode()).hexdigest()[:40])
    return message


def _addressed(headers: dict[str, str | None]) -> EmailMessage:
    """Return an empty message to and from the addresses, if they are addresses and no more."""
    message = EmailMessage(SMTP)
    for name, value in headers.items():
        if not value:
            continue
        argument = {"To": "to", "From": "sender"}[name]
        try:
            message[name] = value
            header = message[name]
            is_address = not header.defects and all(
                each.domain and each.addr_spec.isascii() for each in header.addresses
            )
        except (ValueError, IndexError, MessageError):  # A line break, and what cannot be parsed.
            is_address = False
        if not is_address:
            raise ArgumentError(argument, short_repr(value), NO_ADDRESS)
    return message


class _Letter:
    """Parts of a letter to one office."""

    def __init__(self, office: Office, news: News) -> None:
        self.office, self.news = office, news
        promises = [item for items in office.promises.values() for item in items]
        late = [item for item in promises if item.status is CommitmentStatus.OVERDUE]
        self.ours = [item for item in late if self._is_ours(item)]
        self.theirs = [item for item in late if office.side(item) in {Side.THEY, Side.BOTH}]
        self.soon = [
            item
            for item in promises
            if self._is_ours(item) and 0 <= last_day(item.due) - office.today <= WEEK_DAYS
        ]
        self.ends = list(_ends(coming(office.view, within_days=ENDS_DAYS)))

    def _is_ours(self, item: Commitment) -> bool:
        """Return whether we owe it; where nobody is named, whatever is owed is ours."""
        return self.office.us is None or self.office.side(item) in {Side.WE, Side.BOTH}

    @property
    def says_anything(self) -> bool:
        """Return whether there is anything to write about."""
        ends_soon = any(each.day - self.office.today <= WEEK_DAYS for each in self.ends)
        late = self.ours or self.soon or self.theirs
        return bool(late) or ends_soon or not self.news.is_empty

    @property
    def subject(self) -> str:
        """Return the answer: what is late, and what falls due."""
        text, late = self.office.text, len(self.ours)
        name = "letter_late" if self.office.us is None else "letter_we_late"
        parts = [text(name, n=late) if late else text("letter_none_late")]
        if self.soon:
            parts.append(text("letter_due", n=len(self.soon)))
        elif not late and self.news.recorded:
            parts.append(text("letter_recorded", n=len(self.news.recorded)))
        return ", ".join(parts)

    @property
    def day(self) -> str:
        """Return the day of the letter, and for whom it is."""
        office, today = self.office, date.fromordinal(self.office.today)
        weekday = office.text("weekdays_whole").split("|")[today.weekday()]
        day = office.text("weekday_date", weekday=weekday, date=office.day(today))
        ours = office.text("letter_for", name=flat(office.our_name)) if office.us else ""
        return " · ".join(filter(None, (office.words.heading(day), ours)))

    @property
    def sentence(self) -> str:
        """Return what others are late with, and what came in since the last letter."""
        office, news = self.office, self.news
        kept = sum(
            each.noun is Noun.COMMITMENT
            and each.field == "status"
            and each.new is CommitmentStatus.FULFILLED
            for each in news.changed
        )
        since = office.text(
            "letter_since",
            date=office.day(news.since),
            recorded=office.text("letter_recorded", n=len(news.recorded)),
            kept=office.text("letter_kept", n=kept),
        )
        theirs = office.text("letter_they_late", n=len(self.theirs)) if self.theirs else ""
        return " ".join(filter(None, (theirs, since)))

    @property
    def groups(self) -> list[Group]:
        """Return the groups that hold anything, what presses most first."""
        text = self.office.text
        ours = text("overdue" if self.office.us is None else "we_are_late")
        beside = text("letter_ours") if self.office.us else ""
        ends = [self._end(each) for each in self.ends]
        groups = (
            self._group(ours, self._promises(self.ours)),
            self._group(text("letter_due_this_week"), self._promises(self.soon), beside),
            self._group(text("they_are_late"), self._promises(self.theirs)),
            self._group(text("letter_ends"), ends, text("within_days", n=ENDS_DAYS)),
            self._group(
                text("news_since", date=self.office.day(self.news.since)), list(self._new())
            ),
        )
        return [group for group in groups if group.lines]

    @property
    def foot(self) -> str:
        """Return what a reader should know of the letter."""
        office = self.office
        unreviewed = "" if office.words.is_reviewed else office.text("unreviewed")
        return " · ".join(filter(None, (office.text("letter_foot"), unreviewed)))

    def _group(self, title: str, lines: list[Line], beside: str = "") -> Group:
        """Return a group of which the first things are told."""
        number = ""
        if len(lines) > MOST:
            number = self.office.text("letter_of", n=MOST, total=len(lines))
        return Group(title, " · ".join(filter(None, (number, beside))), lines[:MOST])

    def _promises(self, promises: Iterable[Commitment]) -> list[Line]:
        """Return promises as lines, what presses most first."""
        return [self._promise(each) for each in sorted(promises, key=urgency)]

    def _promise(self, item: Commitment) -> Line:
        """Return a promise as a line."""
        office = self.office
        who = office.title(item.partnership)
        if office.us is None:
            who = office.names(item.owed_by)
        date = office.text("session_due", date=due(office, item).text)
        return self._line(
            item.what or item.id,
            (who, date, office.term(item.firmness)),
            when=when(office, item),
            is_late=item.status is CommitmentStatus.OVERDUE,
        )

    def _end(self, item: Coming) -> Line:
        """Return the end of a text's term, or the last day for notice, as a line."""
        office = self.office
        said = office.date(item.when).text
        known = self._texts.get(item.id)
        if item.name == "last_day_for_notice":
            parts = [office.text("notice_until", date=said)]
            if known is not None and known.term_end is not None:
                end = office.date(known.term_end).text
                parts.append(office.text("else_renews", date=end))
        else:
            is_noticed = item.word in NOTICED
            parts = [office.text("letter_out" if is_noticed else "letter_end", date=said)]
        title = office.titles.get(item.id, item.what)
        return self._line(title, (office.title(item.partnership), ", ".join(parts)))

    def _new(self) -> Iterator[Line]:
        """Yield the texts that expired or were renewed, and the partnerships that fell silent."""
        office, news = self.office, self.news
        for name, texts in (("news_expired", news.expired), ("news_renewed", news.renewed)):
            for text in texts:
                title = office.titles.get(text.id) or office.title(text.id)
                yield self._line(title, (office.title(text.partnership), office.text(name)))
        for each in news.dormant:
            yield self._line(
                office.title(each.id), (office.text("news_dormant"), _last(office, each))
            )

    def _line(
        self, what: str, more: Iterable[str], *, when: str = "", is_late: bool = False
    ) -> Line:
        """Return a line, with every text on one line of its own."""
        details = " · ".join(filter(None, map(flat, more)))
        return Line(self.office.words.heading(flat(what)), details, when, is_late)

    @property
    def _texts(self) -> dict[str, Instrument]:
        """Return the texts of all partnerships, by id."""
        every = self.office.partnerships.values()
        return {text.id: text for each in every for text in each.instruments}


def _ends(every: Iterable[Coming]) -> Iterator[Coming]:
    """Yield the last days for notice, and the ends of terms before which none has to be given."""
    noticed: set[str] = set()
    for each in every:
        if each.name in ENDS and each.id not in noticed:
            yield each
        if each.name == "last_day_for_notice":
            noticed.add(each.id)


def _last(office: Office, item: Partnership) -> str:
    """Return when a partnership was last active; nothing where that is unknown."""
    last = office.date(item.last_activity).text
    return office.text("last_activity_on", date=last) if last else ""


def _text(told: _Letter, link: str | None) -> str:
    """Return the same lines as plain text."""
    lines = [told.day, "", told.subject, told.sentence]
    for group in told.groups:
        beside = f" ({group.beside})" if group.beside else ""
        lines += ["", f"{group.title}{beside}"]
        for each in group.lines:
            lines += [f"- {': '.join(filter(None, (each.what, each.when)))}", f"  {each.more}"]
    if link is not None:
        lines += ["", f"{told.office.text('letter_open')}: {link}"]
    return "\n".join((*lines, "", told.foot, ""))
