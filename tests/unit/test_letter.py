"""Letter to an office: when there is one, what it says, and that both of its parts say so."""

import sys
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from bs4 import BeautifulSoup

from coopledger import Ledger, events
from coopledger.errors import ArgumentError, MissingExtraError, UnknownIdError
from coopledger.events import Event
from coopledger.letter import letter
from coopledger.render.html.pages import environment
from coopledger.testing import Clock
from tests.builders import office, older_office

DAY = "2022-06-15"
SINCE = "2022-06-08"
MAY = Clock("2022-05-01")


def _promise(name: str, due: str, *, by: str = "fr", what: str | None = None) -> Event:
    return events.CommitmentMade(
        commitment=name,
        partnership="vnfr",
        debtors=by,
        creditors="vn" if by == "fr" else "fr",
        what=what or f"send {name}",
        when="2022-01-10",
        due=due,
        firmness="target",
    )


def _ledger(*acts: Event) -> Ledger:
    """Return a ledger in which all was recorded long before the letter."""
    return office(*acts, clock=MAY)


def _letter(ledger: Ledger, *, us: str | None = "fr", language: str = "en") -> EmailMessage:
    message = letter(ledger.view(DAY), since=SINCE, us=us, language=language)
    assert message is not None
    return message


def _text(message: EmailMessage) -> list[str]:
    """Return the lines of the plain part."""
    part = cast(EmailMessage | None, message.get_body(("plain",)))
    assert part is not None
    return [line.strip() for line in str(part.get_content()).splitlines() if line.strip()]


def _html(message: EmailMessage) -> BeautifulSoup:
    part = cast(EmailMessage | None, message.get_body(("html",)))
    assert part is not None
    return BeautifulSoup(str(part.get_content()), "html.parser")


OFFICE = (
    *(_promise(f"draft {number}", f"2022-0{number}") for number in range(1, 6)),
    _promise("the plan", "2022-06-17"),
    _promise("dates", "2022-04", by="vn"),
    _promise("later", "2022-12"),
    events.InstrumentRegistered(
        instrument="mou",
        partnership="vnfr",
        kind="mou",
        title="Memorandum on the lagoon",
        renewal={"tacit": True, "years": 1, "notice_months": 2},
    ),
    events.InstrumentSigned(instrument="mou", when="2020-09-01", until="2022-08-31"),
)


def test_the_subject_and_the_first_line_are_the_answer() -> None:
    lines = _text(_letter(_ledger(*OFFICE)))

    assert lines == [
        "Wednesday 15 Jun 2022 · for France",
        "We are late with 5, 1 falls due this week",
        "They are late with 1. Since 8 Jun 2022 0 events were recorded and 0 promises were kept.",
        "We are late with",
        *("- Send draft 1: 135 days overdue", "Viet Nam · due Jan 2022 · target"),
        *("- Send draft 2: 107 days overdue", "Viet Nam · due Feb 2022 · target"),
        *("- Send draft 3: 76 days overdue", "Viet Nam · due Mar 2022 · target"),
        *("- Send draft 4: 46 days overdue", "Viet Nam · due Apr 2022 · target"),
        *("- Send draft 5: 15 days overdue", "Viet Nam · due May 2022 · target"),
        "Due this week (ours)",
        *("- Send the plan: in 2 days", "Viet Nam · due 17 Jun 2022 · target"),
        "They are late with",
        *("- Send dates: 46 days overdue", "Viet Nam · due Apr 2022 · target"),
        "Ends and notice days (within 180 days)",
        "- Memorandum on the lagoon",
        "Viet Nam · notice by 30 Jun 2022, else it renews itself beyond 31 Aug 2022",
        lines[-1],
    ]
    assert lines[-1].startswith("Late is late; whether that matters is for people to say.")


def test_both_parts_say_the_same() -> None:
    message = _letter(_ledger(*OFFICE))
    page = _html(message)
    seen = " ".join(page.body.get_text(" ").split()) if page.body else ""

    for line in _text(message):
        what, _, when = line.removeprefix("- ").partition(": ")
        for piece in (what.replace(" (", " ").removesuffix(")"), when):
            assert piece in seen
    assert str(message["Subject"]) == page.h1.get_text() if page.h1 else False
    assert message.get_content_type() == "multipart/alternative"


def test_of_many_the_first_five_are_told_and_how_many_there_are() -> None:
    message = _letter(_ledger(*(_promise(f"n{each}", "2022-04") for each in range(7))))

    assert "We are late with (5 of 7)" in _text(message)
    assert sum(line.startswith("- ") for line in _text(message)) == 5


def test_without_a_reader_all_is_told_with_who_owes_it() -> None:
    lines = _text(_letter(_ledger(*OFFICE[5:8]), us=None))

    assert lines[:3] == [
        "Wednesday 15 Jun 2022",
        "1 is late, 1 falls due this week",
        "Since 8 Jun 2022 0 events were recorded and 0 promises were kept.",
    ]
    assert lines[3:6] == [
        "Overdue",
        "- Send dates: 46 days overdue",
        "Viet Nam · due Apr 2022 · target",
    ]


def test_there_is_no_letter_where_nothing_is_to_be_said() -> None:
    quiet = _ledger(_promise("later", "2022-12"))

    assert letter(quiet.view(DAY), since=SINCE) is None
    assert letter(quiet.view(DAY), since="2022-04-30") is not None
    assert letter(_ledger(*OFFICE[-2:]).view("2022-06-29"), since="2022-06-22") is not None


def test_what_is_new_is_told() -> None:
    clock = Clock("2022-05-01")
    ledger = office(
        events.InstrumentRegistered(instrument="loi", partnership="vncu", kind="loi"),
        events.InstrumentSigned(instrument="loi", when="2021-06-10", until="2022-06-09"),
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(instrument="mou", when="2021-06-10", until="2022-12-31"),
        events.MeetingHeld(meeting="m1", partnership="vncu", kind="visit", when="2020-06-10"),
        _promise("dates", "2022-12", by="vn"),
        clock=clock,
    )
    clock.set("2022-06-10")
    ledger.record(
        events.InstrumentExtended(instrument="mou", until="2023-12-31", when="2022-06-10"),
        events.CommitmentFulfilled(commitment="dates", when="2022-06-10"),
    )

    lines = _text(_letter(ledger))

    assert lines[1] == "Nothing is late, 2 events were recorded"
    assert lines[2] == "Since 8 Jun 2022 2 events were recorded and 1 promise was kept."
    new = lines[lines.index("New since 8 Jun 2022") + 1 : -1]
    assert new[:4] == [
        *("- Letter of intent", "Viet Nam – Cuba · Expired"),
        *("- MoU", "Viet Nam · Renewed"),
    ]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "Nous avons 5 engagements en retard, 1 échéance cette semaine"),
        ("vi", "Ta đang muộn 5 việc, 1 việc đến hạn trong tuần này"),
    ],
)
def test_it_is_written_in_other_languages(language: str, subject: str) -> None:
    message = _letter(_ledger(*OFFICE), language=language)

    assert message["Subject"] == subject
    assert not any("letter" in line for line in _text(message))
    sent = message_from_bytes(message.as_bytes(), policy=default)
    assert sent["Subject"] == subject


def test_the_same_view_gives_the_same_letter() -> None:
    ledger = _ledger(*OFFICE)
    one, two = (_letter(ledger).as_bytes() for _ in range(2))

    assert one == two
    assert max(map(len, one.split(b"\r\n"))) <= 78


HOSTILE = "<script>a</script>\r\nBcc: thief@example.org\r\n\r\n--x \x1b[31m\u202e"


def test_no_text_breaks_out_of_its_place() -> None:
    older = older_office(_promise("draft", "2022-04", what=HOSTILE), clock=MAY)
    message = _letter(older)
    sent = message_from_bytes(message.as_bytes(), policy=default)

    assert sent.keys() == ["Subject", "Auto-Submitted", "MIME-Version", "Content-Type"]
    assert _html(message).script is None
    told = "<script>a</script> Bcc: thief@example.org --x \\x1b[31m\\u202e: 46 days overdue"
    assert f"- {told}" in _text(message)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"to": "office@example.org\r\nBcc: thief@example.org"}, "to"),
        ({"to": ["office@example.org", "nobody"]}, "to"),
        ({"to": "hộp@example.org"}, "to"),
        ({"sender": "office@"}, "sender"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://example.org/ x"}, "link"),
        ({"language": "de"}, "language"),
        ({"since": "2023-01-01"}, "since"),
    ],
)
def test_what_cannot_be_used_is_refused(asked: dict[str, object], named: str) -> None:
    view = _ledger().view(DAY)
    call = cast(Callable[..., object], letter)

    with pytest.raises(ArgumentError) as refused:
        call(view, **{"since": SINCE, **asked})
    assert refused.value.argument == named
    with pytest.raises(UnknownIdError):
        letter(view, since=SINCE, us="nobody")


def test_addresses_and_the_link_are_in_their_places() -> None:
    message = letter(
        _ledger(*OFFICE).view(DAY),
        since=SINCE,
        to=["Văn phòng <office@example.org>", "b@example.org"],
        sender="ledger@example.org",
        link="https://example.org/pending?a=1&b=2",
    )

    assert message is not None
    assert message["To"] == "Văn phòng <office@example.org>, b@example.org"
    assert message["From"] == "ledger@example.org"
    assert [each["href"] for each in _html(message)("a")] == ["https://example.org/pending?a=1&b=2"]
    assert "Open what is pending: https://example.org/pending?a=1&b=2" in _text(message)


def test_the_refusal_names_the_extra_where_jinja2_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)

    with pytest.raises(MissingExtraError, match=r"coopledger\[letter\]"):
        letter(_ledger().view(DAY), since=SINCE)


def test_a_text_under_notice_and_a_silent_partnership_are_told() -> None:
    ledger = _ledger(
        events.InstrumentRegistered(
            instrument="mou", partnership="vnfr", kind="mou", title="Memorandum on the lagoon"
        ),
        events.InstrumentSigned(instrument="mou", when="2020-06-13"),
        events.TerminationNotified(instrument="mou", by="vn", when="2022-05-01", ends="2022-09-01"),
        events.MeetingHeld(meeting="m1", partnership="vncu", kind="visit", when="2020-06-13"),
        events.InstrumentRegistered(instrument="loi", partnership="vncu", kind="loi"),
        events.InstrumentSigned(instrument="loi", when="2020-06-13"),
    )
    lines = _text(_letter(ledger))

    assert "Viet Nam · out of effect from 1 Sep 2022" in lines
    assert lines[lines.index("- Viet Nam – Cuba") + 1] == (
        "Silent for long · last activity 13 Jun 2020"
    )
