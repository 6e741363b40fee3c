"""Invented office with 40 partnerships and some 700 events: what a full board looks like.

The Institute of Marine Science at Hải Châu and its partners do not exist. Their names, texts and
promises are in several languages, as in every office that works abroad; their history is made from
the tables below by plain arithmetic, so that it is the same each time. The pictures of the
documentation show this office.

    python examples/busy_office.py [FILE]
"""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zlib import crc32

from coopledger import Ledger, events
from coopledger.terms import CommitmentStatus
from coopledger.values import Source

TODAY = date(2026, 11, 27)
US = "HC"

OWNERS = ("Văn phòng Hợp tác", "Phòng Dữ liệu", "Phòng Kế hoạch")

MINUTES = Source(title="Agreed minutes", basis="minutes")
FILES = Source(title="Files of the institute", basis="official")
LETTER = Source(title="Letter found in the archive", basis="official")
NEWS = Source(publisher="The Tidal Review", basis="press")
RADIO = Source(publisher="Radio Reef", basis="press")
RECALLED = Source(author="the former head of the office", basis="memory")
# Most acts rest on minutes or files, and some on nothing.
SOURCES = (MINUTES, FILES, MINUTES, NEWS, MINUTES, FILES, None, MINUTES, FILES, RECALLED, NEWS)


class Partner(NamedTuple):
    """Other side of a partnership, and the days that mark its history; empty where there is none.

    Attributes:
        id: Its id, and that of the partnership.
        name: Its name.
        kind: Its kind.
        country: Its country.
        scope: What the partnership is about.
        text: The kind of its first text.
        contact: The first contact.
        wish: The first wish for a text.
        talks: The beginning of the talks on it.
        signed: Its signature.
        until: The last day of its term.
        last: The last meeting.
    """

    id: str
    name: str
    kind: str
    country: str
    scope: str
    text: str
    contact: str
    wish: str
    talks: str
    signed: str
    until: str
    last: str

    @property
    def first(self) -> str:
        """Return the first day on which anything is known."""
        return self.contact or self.wish or self.talks or self.signed


PARTNERS = """
tide|Tide Council|international_organisation||membership|membership||||2019-06-03||2026-08-24
okitsu|Okitsu Marine Station|centre|JP|coral fragments|mou|||2019-08-14|2020-03-01|2027-02-28|2026-09-13
lao|Lao Water Institute|centre|LA|upstream flow|mou||||2021-06-12|2028-06-11|2023-09-04
bokh|Bộ Khoa học Biển|ministry|VN|annual programme|action_plan||||2022-03-15|2025-12-31|2026-11-05
cuulong|Đại học Bách khoa Cửu Long|university|VN|saltwater intrusion|mou|2019-10-01|2019-10-31|2022-05-11|2022-11-27|2027-11-26|2026-10-13
songhan|Trường Đại học Sông Hàn|university|VN|joint doctoral training|mou|2020-11-07|2020-12-07|2022-05-15|2022-12-01|2027-11-30|2026-10-04
saintlaurent|Institut du Saint-Laurent|centre|CA|training of divers|agreement||||2023-02-01|2028-01-31|2026-09-30
coral|Centro del Coral|centre|CU|coral nursery|mou|2020-10-26|2020-11-25|2022-10-01|2023-04-19|2028-04-18|2026-10-24
qinzhou|Qinzhou Ocean Academy|university|CN|gulf monitoring|mou|2021-01-10|2021-02-09|2022-12-22|2023-07-10|2028-07-09|2026-10-01
watten|Institut für Wattenmeerforschung|centre|DE|mudflat ecology|mou|2019-11-06|2019-12-06|2023-03-29|2023-10-15|2028-10-14|2026-08-03
leveque|Université de Port-Lévêque|university|FR|mangroves and sediment|mou|2021-05-17|2021-06-16|2023-06-11|2023-12-28|2026-12-27|2026-11-02
galicia|Centro Mareiro de Galicia|centre|ES|mussel rafts|mou|2019-07-18|2019-08-17|2023-06-16|2024-01-02|2027-01-01|2026-11-19
haneul|Haneul Sea Institute|centre|KR|autonomous buoys|mou|2020-01-23|2020-02-22|2023-07-05|2024-01-21|2029-01-20|2026-09-14
perth|Southwest University Perth|university|AU|seagrass|mou|2021-03-05|2021-04-04|2023-08-22|2024-03-09|2029-03-08|2026-10-04
vinhbai|Cộng đồng Vịnh Bái|other|VN|village monitoring|mou|2020-12-16|2021-01-15|2023-10-10|2024-04-27|2029-04-26|2026-09-09
golfo|Osservatorio del Golfo|centre|IT|sea-level gauges|mou|2020-10-22|2020-11-21|2024-01-11|2024-07-29|2029-07-28|2026-11-05
kerang|Pusat Marin Pulau Kerang|centre|MY|fish stock survey|mou|2021-09-13|2021-10-13|2024-02-21|2024-09-08|2029-09-07|2026-11-04
mekong|Mekong Fisheries Commission|international_organisation||river and sea|mou|2019-12-28|2020-01-27|2024-03-11|2024-09-27|2029-09-26|2026-11-19
nordhavn|Nordhavn Universitet|university|DK|ocean data|mou|2019-09-05|2019-10-05|2024-03-26|2024-10-12|2029-10-11|2026-10-18
arrecifes|Ministerio de Arrecifes|ministry|CU|reef protection|treaty|2023-05-31|||2025-05-10||2026-10-18
levesque|Atelier Lévesque SAS|company|FR|sensor housings|contract|2023-03-09|||2025-11-17|2027-11-16|2026-10-05
piraeus|Piraeus Shipping Company|company|GR|research berths|contract|2022-10-22|||2026-03-07|2028-03-06|2026-03-07
mirae|Mirae Buoys Co.|company|KR|buoy maintenance|contract|2023-10-20|||2026-04-04|2028-04-03|2026-06-20
puget|Puget Sound Observatory|centre|US|data standards|agreement||||2022-05-01|2028-04-30|2026-04-15
brunel|Brunel Bay University|university|GB|tidal energy|agreement|2025-09-30||2026-01-02|2026-10-06||2026-10-06
otakou|Ōtākou Marine Laboratory|centre|NZ|kelp|agreement|2022-11-20||2025-12-03|2026-10-12||2026-10-12
algue|Centre international de recherche sur l’Algue|centre|FR|seaweed farming|agreement|2022-12-09|2026-02-21|2026-07-10|||2026-11-06
fjord|Nordlig Akademi for Fjordforskning|university|NO|aquaculture health|agreement|2023-05-28|2026-03-27|2026-08-14|||2026-11-04
abidjan|Centre de recherche lagunaire d’Abidjan|centre|CI|lagoon fisheries|protocol|2024-08-30|2026-04-01|2026-07-02|||2026-10-04
goa|Goa Institute of Oceans|centre|IN|monsoon modelling|agreement|2023-08-16|2026-03-01|2026-08-27|||2026-11-04
aberto|Instituto do Mar Aberto|centre|PT|tuna tagging|mou|2021-03-20|||2022-05-12|2025-05-11|2025-05-06
lagune|Laboratoire de la Lagune|centre|FR|water quality|mou|2020-07-23|||2022-10-17|2025-10-16|2024-12-25
vastervik|Västervik Oceanografi|centre|SE|ice-free buoys|mou|2020-05-03|||2022-12-11|2025-12-10|2026-10-01
kerala|Kerala Backwaters Centre|centre|IN|clam farming|mou|2025-07-31|2026-05-12||||2026-09-02
luzon|Luzon Ocean Foundation|other|PH|community reefs|mou|2023-09-04|2026-07-09||||2026-09-04
chambre|Chambre de commerce bleu France–Viêt Nam|chamber|VN|blue economy events|mou|2023-06-16|2026-07-19||||2026-09-02
calma|Centro Bahía Calma|centre|MX|whale acoustics|project||||2021-01-10|2024-12-20|2024-11-20
cape|Cape Point Observatory|centre|ZA|Southern Ocean||2022-10-29|||||2026-08-18
hafs|Hafstofnun|agency|IS|seabed mapping||2023-08-23|||||2026-07-27
hainan|Hainan South Laboratory|centre|CN|deep-water sensors||2024-01-31|||||2026-07-23
"""  # noqa: E501, RUF001 - a row is a line, and names have their own marks

TITLES = {
    "mou": "Memorandum of understanding on {}",
    "agreement": "Agreement on {}",
    "treaty": "Treaty on {}",
    "protocol": "Protocol on {}",
    "contract": "Contract for {}",
    "membership": "Membership of the council",
    "action_plan": "Action plan: {}",
    "project": "Project on {}",
}
MOST_MEETINGS = 5
MEETINGS = ("working session", "talks", "visit", "workshop", "steering committee")
WE = (
    "send the buoy data of the third quarter",
    "gửi báo cáo quan trắc quý III",
    "open the archive of tide gauges",
    "publish the joint data set",
    "review the draft chapter on seagrass",
    "pay the second instalment of the calibration",
    "name two candidates for the doctoral school",
    "translate the annex on data protection",
    "ship forty sediment cores",
    "send the ethics approval",
    "hoàn thành bản dịch phụ lục kỹ thuật",
    "host two visiting scientists",
    "lend six temperature loggers",
    "cử hai cán bộ tham gia khoá lặn khoa học",
    "report the first results to the joint committee",
)
THEY = (
    "return the logbooks of the 2024 cruise",
    "provide thirty days of ship time",
    "share the species list",
    "désigner un référent pour les données",
    "answer on the visa letters",
    "transmettre la liste des stations",
    "release the satellite tiles",
    "send comments on the work plan",
    "train two divers",
    "propose dates for the steering committee",
    "confirm the scholarship places",
    "grant access to the mooring",
    "deliver the calibrated sensors",
    "nominate a co-chair",
    "arrange a programme of visits",
)
FIRMNESS = ("commitment", "agreed", "commitment", "stated_plan", "agreed", "target", "readiness")
IN_WORDS = ("in the upcoming time", "trong thời gian tới", "dans les meilleurs délais")
DELAYS = (-20, -3, 31, 0, -8, 12, 64)  # Days between a due date and the day on which it was kept.


class Entry(NamedTuple):
    """Event, and when it was written down.

    Attributes:
        recorded: The day of recording.
        event: The event.
        by: Who recorded it.
    """

    recorded: date
    event: events.Event
    by: str


class Desk:
    """History of one partnership, act by act."""

    def __init__(self, partner: Partner) -> None:
        """Begin an empty history."""
        self.partner = partner
        self._acts: list[tuple[date, int, type[events.Event], dict[str, Any]]] = []

    def write(
        self, act: type[events.Event], when: date, /, *, late: int = 0, **fields: object
    ) -> None:
        """Write down an event of the partnership.

        Args:
            act: The class of the event.
            when: The day of the act, or before which a registration was needed.
            late: Days after the act on which it was heard of; by default a few.
            **fields: The other fields.
        """
        lot = crc32(f"{self.partner.id} {len(self._acts)}".encode())
        if issubclass(act, events.Act):
            fields = {"when": when.isoformat(), "source": SOURCES[lot % len(SOURCES)]} | fields
        said: dict[str, Any] = {name: value for name, value in fields.items() if value}
        self._acts.append((when, late, act, said))

    def entries(self) -> Iterator[Entry]:
        """Yield the events in the order of their days, each with its day of recording."""
        known = date.min
        in_order = sorted(self._acts, key=lambda act: act[0])
        for number, (when, late, act, fields) in enumerate(in_order, 1):
            lot = crc32(f"{self.partner.id} {number}".encode())
            heard = min(when + timedelta(late or 2 + lot % 9), TODAY - timedelta(1))
            known = known if late else max(known, heard)
            fields.setdefault("id", f"{self.partner.id}.{number}")
            yield Entry(max(known, heard), act(**fields), OWNERS[lot % len(OWNERS)])


def history(partner: Partner, turn: Iterator[int]) -> list[Entry]:
    """Return all that was written down about a partnership; `turn` numbers the open promises."""
    desk = Desk(partner)
    begin(desk)
    held = meet(desk)
    keep(desk, held)
    if partner.id in LISTED:
        owe_as_listed(desk)
    elif partner.id != "calma":
        owe(desk, held[-1], turn)
    for act, when, fields in AFTERWARDS.get(partner.id, ()):
        desk.write(act, date.fromisoformat(when), **fields)
    return list(desk.entries())


def begin(desk: Desk) -> None:
    """Write down who the partner is, and the way to the first text."""
    partner = desk.partner
    name, first = partner.id, date.fromisoformat(partner.first)
    desk.write(
        *(events.PartyRegistered, first),
        party=name.upper(),
        name=partner.name,
        kind=partner.kind,
        country=partner.country,
    )
    desk.write(
        *(events.PartnershipOpened, first),
        partnership=name,
        parties=[US, name.upper()],
        scope=partner.scope,
        responsible=OWNERS[crc32(name.encode()) % 3],
    )
    if partner.contact:
        desk.write(
            *(events.MeetingHeld, first),
            meeting=f"{name}-first",
            partnership=name,
            kind="first contact",
        )
    if partner.text:
        ascend(desk, first)


def ascend(desk: Desk, first: date) -> None:
    """Write down the wish for a text, the talks and the signature."""
    partner, text = desk.partner, f"{desk.partner.id}-{desk.partner.text}"
    desk.write(
        *(events.InstrumentRegistered, first),
        instrument=text,
        partnership=partner.id,
        kind=partner.text,
        title=TITLES[partner.text].format(partner.scope),
        renewal=RENEWALS.get(partner.id),
    )
    if partner.wish:
        desk.write(
            *(events.InterestExpressed, date.fromisoformat(partner.wish)),
            proposal=f"{partner.id}-wish",
            partnership=partner.id,
            by=US if len(partner.name) % 2 else partner.id.upper(),
            instrument=text,
            text=f"a text on {partner.scope}",
        )
    if partner.talks:
        desk.write(events.NegotiationOpened, date.fromisoformat(partner.talks), instrument=text)
    if partner.signed:
        desk.write(
            *(events.InstrumentSigned, date.fromisoformat(partner.signed)),
            id=f"{partner.id}-signed",
            instrument=text,
            until=partner.until,
            in_force=partner.id not in WAITING,
            realises=f"{partner.id}-wish" if partner.wish else None,
        )


def meet(desk: Desk) -> list[tuple[str, date]]:
    """Write down the meetings up to the last one, and return each with its day."""
    partner = desk.partner
    last = date.fromisoformat(partner.last)
    first = date.fromisoformat(partner.signed or partner.talks or partner.wish or partner.contact)
    days = [last]
    step = 250 + crc32(partner.id.encode()) % 130
    while days[-1] - timedelta(step) > first and len(days) < MOST_MEETINGS:
        days.append(days[-1] - timedelta(step - 31 * (len(days) % 3)))
    held = [
        (f"{partner.id}-meeting-{number}", when) for number, when in enumerate(reversed(days), 1)
    ]
    for number, (meeting, when) in enumerate(held, len(partner.name)):
        kind = MEETINGS[number % len(MEETINGS)]
        desk.write(events.MeetingHeld, when, meeting=meeting, partnership=partner.id, kind=kind)
    return held


def keep(desk: Desk, held: list[tuple[str, date]]) -> None:
    """Write down promises that were made at earlier meetings, and kept."""
    for number, (meeting, when) in enumerate(held[:-1]):
        lot = crc32(meeting.encode())
        ours = (lot + number) % 2 == 0
        name = promise(
            desk,
            ours=ours,
            words=lot,
            when=when,
            at_meeting=meeting,
            due=(when + timedelta(120)).isoformat(),
        )
        done = when + timedelta(120 + DELAYS[lot % len(DELAYS)])
        if done < TODAY:
            late = 90 + lot % 200 if lot % 5 == 0 else 0
            desk.write(events.CommitmentFulfilled, done, commitment=name, late=late)


def owe(desk: Desk, last: tuple[str, date], turn: Iterator[int]) -> None:
    """Write down the promises that are still open, ours and theirs."""
    meeting, when = last
    lot = crc32(desk.partner.name.encode())
    for side, many in ((True, 1 + lot % 4), (False, lot // 7 % 5)):
        for number in range(many):
            here = next(turn)
            fields = due(here)
            made, place = when, {"at_meeting": meeting}
            if str(fields.get("due", "9")) < (when + timedelta(30)).isoformat():
                made, place = date.fromisoformat(f"{fields['due']}-01-01"[:10]), {}
                made -= timedelta(200)
            firmness = FIRMNESS[here % len(FIRMNESS)]
            words = lot + 4 * number
            promise(desk, ours=side, words=words, when=made, firmness=firmness, **place, **fields)


def due(turn: int) -> dict[str, Any]:
    """Return when the promise of that number is due: late, soon, later, never, or in words."""
    if turn % 6 == 0:
        return {"due": (TODAY - timedelta(4 + turn * 37 % 131)).isoformat()}
    if turn % 6 == 3:  # noqa: PLR2004 - every sixth
        return {"due": (TODAY + timedelta(1 + turn * 7 % 29)).isoformat()}
    if turn % 15 == 1:
        return {"standing": True}
    if turn % 15 == 8:  # noqa: PLR2004 - every fifteenth
        return {"due_text": IN_WORDS[turn % 3]}
    later = (TODAY + timedelta(35 + turn * 29 % 420)).isoformat()
    return {"due": later[: (10, 7, 10, 10, 4)[turn % 5]]}


def promise(desk: Desk, *, ours: bool, words: int, when: date, **fields: object) -> str:
    """Write down a promise of one side to the other, and return its id."""
    name = f"{desk.partner.id}-{crc32(f'{ours} {words} {when}'.encode()):08x}"
    what = (WE if ours else THEY)[words % 15]
    said: dict[str, Any] = {"commitment": name, "what": what, **fields}
    said |= sides(desk.partner, ours=ours)
    desk.write(events.CommitmentMade, when, partnership=desk.partner.id, **said)
    return name


def sides(partner: Partner, *, ours: bool) -> dict[str, Any]:
    """Return who owes, and to whom."""
    two = (US, partner.id.upper())
    return dict(zip(("debtors", "creditors"), two if ours else two[::-1], strict=True))


def owe_as_listed(desk: Desk) -> None:
    """Write down the promises of the partnership that are listed below."""
    name = desk.partner.id
    for number, (ours, made, what, fields) in enumerate(LISTED[name], 1):
        known = {"commitment": f"{name}-{number}", "partnership": name, "what": what}
        said: dict[str, Any] = {**known, **sides(desk.partner, ours=ours), **fields}
        desk.write(events.CommitmentMade, date.fromisoformat(made), **said)


# Whether we owe it, when it was promised, what it is, and all else that was said.
Debt = tuple[bool, str, str, dict[str, Any]]

UPSTREAM: tuple[Debt, ...] = (
    (True, "2023-09-04", "return the side-scan sonar", {"due": "2024", "firmness": "readiness"}),
    (False, "2023-09-04", "share the rating curves", {"due_text": "in the upcoming time"}),
)

OCEAN_DATA: tuple[Debt, ...] = (
    (True, "2026-05-21", "send the buoy data of the third quarter", {"due": "2026-10"}),
    (
        *(True, "2026-10-07", "send forty sediment cores"),
        {
            "due": "2027-02",
            "conditions": {"id": "permit", "text": "the export permit is granted"},
        },
    ),
    (
        *(False, "2025-01-15", "return the logbooks of the 2024 cruise"),
        {"due": "2025", "firmness": "agreed", "late": 632, "source": LETTER},
    ),
    (
        *(False, "2025-07-12", "send the signed copy of the protocol"),
        {"due": "2026-11-19", "firmness": "stated_plan"},
    ),
    (
        *(False, "2025-06-30", "désigner un référent pour les données"),
        {"due": "2027-03-03", "firmness": "agreed"},
    ),
    (
        *(False, "2025-10-14", "answer on the visa letters"),
        {"due": "2027-03", "firmness": "stated_plan"},
    ),
    (
        *(False, "2026-10-07", "arrange a programme of visits"),
        {"due_text": "trong thời gian tới", "firmness": "stated_plan"},
    ),
    (False, "2026-09-20", "grant access to the mooring", {"standing": True}),
)

LISTED = {"lao": UPSTREAM, "nordhavn": OCEAN_DATA}

WAITING = ("brunel", "otakou", "arrecifes")  # Signed, and not in force by that.
RENEWALS: dict[str, dict[str, Any]] = {
    "okitsu": {"tacit": True, "years": 7, "notice_months": 3},
}

Story = tuple[type[events.Event], str, dict[str, Any]]


def another_text(
    partner: str, kind: str, title: str, act: type[events.Event], when: str, **fields: object
) -> tuple[Story, ...]:
    """Return the registration of a further text of a partnership, and an act on it."""
    text = f"{partner}-{kind}"
    known = {"instrument": text, "partnership": partner, "kind": kind, "title": title}
    return (
        (events.InstrumentRegistered, when, known),
        (act, when, {"instrument": text, **fields}),
    )


def committee(partner: str, number: int, planned: str) -> tuple[Story, ...]:
    """Return a joint committee, the next one, and two promises that wait for it."""
    debt = {"debtors": US, "creditors": partner.upper()}
    both = {"debtors": [US, partner.upper()], "creditors": [US, partner.upper()]}
    series = {"series": f"{partner}-committee", "partnership": partner, "kind": "joint committee"}
    held, name = f"{partner}-committee-{number - 1}", f"{partner}-committee-{number}"
    sides = {"partnership": partner, "due_meeting": name, "firmness": "target"}
    return (
        (events.MeetingHeld, "2025-05-20", {"meeting": held, "number": number - 1, **series}),
        (
            events.MeetingScheduled,
            "2026-10-02",
            {"meeting": name, "number": number, "planned": planned, **series},
        ),
        (
            events.CommitmentMade,
            "2026-10-02",
            {"commitment": f"{name}-list", "what": "adopt the list of stations", **debt, **sides},
        ),
        (
            events.CommitmentMade,
            "2026-10-02",
            {"commitment": f"{name}-budget", "what": "agree the budget", **both, **sides},
        ),
    )


def visit(partner: str, kind: str, planned: str) -> Story:
    """Return the announcement of a meeting."""
    known = {"partnership": partner, "kind": kind, "planned": planned}
    return events.MeetingScheduled, "2026-10-09", {"meeting": f"{partner}-{planned}", **known}


# What happened beside the usual, by partnership.
AFTERWARDS: dict[str, tuple[Story, ...]] = {
    "nordhavn": (
        *another_text(
            *("nordhavn", "programme", "Work programme on ocean data"),
            *(events.InstrumentSigned, "2025-09-23"),
            until="2027-09-22",
        ),
        *another_text(
            *("nordhavn", "agreement", "Agreement on the exchange of data"),
            *(events.NegotiationOpened, "2026-07-09"),
            late=86,
        ),
        (
            events.InterestExpressed,
            "2019-10-05",
            {
                "proposal": "nordhavn-school",
                "partnership": "nordhavn",
                "by": US,
                "text": "a summer school for young divers",
            },
        ),
        (
            events.ProposalMade,
            "2026-07-20",
            {
                "proposal": "nordhavn-berth",
                "partnership": "nordhavn",
                "by": "NORDHAVN",
                "text": "share a berth on the spring cruise",
                "firmness": "offer",
            },
        ),
        (
            events.FactDisputed,
            "2026-06-01",
            {
                "target": "nordhavn-signed",
                "field": "when",
                "alternative": "2024-03-02",
                "source": RADIO,
            },
        ),
        visit("nordhavn", "steering committee", "2027-02-06"),
    ),
    "perth": (
        *another_text(
            *("perth", "programme", "Work programme on seagrass"),
            *(events.InstrumentSigned, "2025-11-02"),
            until="2027-11-01",
        ),
        *another_text(
            *("perth", "agreement", "Agreement on the exchange of data"),
            *(events.NegotiationOpened, "2026-06-18"),
        ),
    ),
    "haneul": (
        *another_text(
            *("haneul", "programme", "Work programme on autonomous buoys"),
            *(events.InstrumentSigned, "2025-03-11"),
            until="2028-03-10",
        ),
        *another_text(
            *("haneul", "agreement", "Agreement on the exchange of data"),
            *(events.NegotiationOpened, "2026-08-03"),
        ),
    ),
    "tide": (
        (
            events.InstrumentRegistered,
            "2021-11-15",
            {
                "instrument": "tide-member",
                "partnership": "tide",
                "kind": "membership",
                "title": "Full membership of the council",
                "supersedes": "tide-membership",
            },
        ),
        (events.InstrumentSigned, "2021-11-15", {"instrument": "tide-member"}),
        (events.InstrumentEnteredIntoForce, "2022-01-01", {"instrument": "tide-member"}),
    ),
    "saintlaurent": (
        (
            events.TerminationNotified,
            "2026-09-02",
            {"instrument": "saintlaurent-agreement", "by": "SAINTLAURENT", "ends": "2026-12-15"},
        ),
    ),
    "arrecifes": (
        (
            events.InstrumentProvisionallyApplied,
            "2025-06-01",
            {"instrument": "arrecifes-treaty", "until": "2027-05-31"},
        ),
        (
            events.StatusReported,
            "2026-05-02",
            {"subject": "arrecifes-treaty", "state": "in force", "source": RADIO},
        ),
        (
            events.InstrumentRatified,
            "2026-02-14",
            {"instrument": "arrecifes-treaty", "party": "ARRECIFES"},
        ),
    ),
    "puget": (
        (
            events.InstrumentSuspended,
            "2026-04-15",
            {"instrument": "puget-agreement", "reason": "the budget of the year is not voted"},
        ),
    ),
    "abidjan": ((events.NegotiationConcluded, "2026-08-19", {"instrument": "abidjan-protocol"}),),
    "vastervik": ((events.NegotiationOpened, "2026-10-01", {"instrument": "vastervik-mou"}),),
    "calma": (
        (
            events.InstrumentCompleted,
            "2024-12-20",
            {"instrument": "calma-project", "result": "the atlas of songs is printed"},
        ),
        (events.PartnershipClosed, "2024-12-22", {"partnership": "calma"}),
    ),
    "qinzhou": committee("qinzhou", 4, "2027-04"),
    "mekong": committee("mekong", 4, "2027-05"),
    "coral": (visit("coral", "workshop", "2026-12-14"),),
    "cuulong": (visit("cuulong", "visit", "2026-12-03"),),
    "galicia": (visit("galicia", "visit", "2026-12-01"),),
    "songhan": (visit("songhan", "visit", "2027-02-10"),),
    "kerang": (visit("kerang", "workshop", "2027-01-20"), visit("kerang", "talks", "2026-10-30")),
    "golfo": (
        (
            events.ProposalMade,
            "2026-06-11",
            {
                "proposal": "golfo-gauges",
                "partnership": "golfo",
                "by": US,
                "text": "lend two gauges for a winter",
                "due": "2026-12-31",
            },
        ),
    ),
}

FIGURES = (
    ("documents-2024", "cooperation documents signed", 6, "2024", ["FR", "JP", "AU"]),
    ("sessions-2025", "joint committee meetings", 5, "2025", ["CN", "FR", "KR"]),
    ("documents-2025", "cooperation documents signed", 9, "2025", ["FR", "KR", "DK", "VN", "CN"]),
)


def diary() -> list[Entry]:
    """Return all that was written down, in the order of the days of recording."""
    us = events.PartyRegistered(
        id="hc", party=US, name="Viện Khoa học Biển Hải Châu", kind="centre", country="VN"
    )
    turn = count()
    rows = [Partner(*line.split("|")) for line in PARTNERS.split("\n") if line]
    entries = [Entry(date(2019, 3, 1), us, OWNERS[0])]
    entries += [entry for partner in rows for entry in history(partner, turn)]
    for name, measure, value, year, partners in FIGURES:
        said = date(int(year) + 1, 1, 20)
        figure = events.FigureReported(
            id=name,
            figure=name,
            measure=measure,
            value=value,
            period=year,
            partners=partners,
            when=said.isoformat(),
            source=NEWS,
        )
        entries.append(Entry(said + timedelta(3), figure, OWNERS[2]))
    return sorted(entries, key=lambda entry: entry.recorded)


def open_office(path: str | Path) -> Ledger:
    """Return the ledger of the office in that file, on 27 November 2026; record it first if new."""
    today = TODAY

    def clock() -> datetime:
        return datetime(today.year, today.month, today.day, 12, tzinfo=UTC)

    ledger = Ledger.open(path, name="hai-chau", durability="fast", clock=clock)
    if ledger.position == 0:
        for entry in diary():
            today = entry.recorded
            ledger.record(entry.event, by=entry.by)
    today = TODAY
    return ledger


def main(path: str | Path) -> None:
    """Show how full the office is."""
    with open_office(path) as ledger:
        view = ledger.view()
        stages = Counter(each.stage for each in view.partnerships())
        promises = view.commitments()
        late = [each for each in promises if each.status is CommitmentStatus.OVERDUE]
        print(f"{ledger.position} events, {stages.total()} partnerships on {view.on}")
        for stage, number in stages.items():
            print(f"{number:>4} {stage}")
        print(f"{len(promises)} open promises, {len(late)} overdue")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "ledger.db"))
