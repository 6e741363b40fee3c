"""Headers of columns in English, French and Vietnamese, and the first guess of a mapping."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from coopledger.sheets._cells import Row, Table
from coopledger.sheets._values import phrase
from coopledger.sheets.mapping import Rows, Tab

_SEARCHED = 30  # rows in which the headers are looked for
_ENOUGH = 2  # columns that are known
_SHORTEST = 4  # letters of a phrase that is looked for within a header
_NAMED = 2  # what the name of a tab counts for, in columns
_SAME = 100  # what a header counts for that is the very phrase

# Without diacritics, in small letters; the first fields are the first to be found.
_PHRASES: Mapping[Rows, Mapping[str, str]] = {
    Rows.TEXTS: {
        "key": "no|nr|n|id|ref|code|number|reference|text no|agreement no|numero|cote|so|stt"
        "|ma so|ma|ky hieu|so hieu",
        "title": "title|name|text|agreement|document|instrument|name of agreement|title of text"
        "|intitule|titre|accord|texte|ten|ten van ban|van ban|ten thoa thuan|thoa thuan",
        "partner": "partner|partners|partner organisation|counterpart|institution|organisation"
        "|organization|partenaire|organisme|co contractant|doi tac|co quan doi tac|to chuc",
        "country": "country|pays|nuoc|quoc gia",
        "kind": "type|kind|nature|type of text|type of agreement|type d accord|loai|loai van ban"
        "|hinh thuc",
        "signed": "signed|signed on|date signed|signature|date of signature|signature date"
        "|signing date|signe|signe le|date de signature|ngay ky|ky ngay|ky",
        "in_force": "entry into force|in force from|in force since|effective date|effective from"
        "|entree en vigueur|ngay hieu luc|ngay co hieu luc|hieu luc tu",
        "until": "until|valid until|end|end date|expires|expires on|expiry|expiry date|expiration"
        "|expiration date|fin|date de fin|echeance|expire le|valable jusqu au|het han|ngay het han"
        "|het hieu luc|ngay het hieu luc|hieu luc den|den ngay",
        "term": "term|duration|years|validity|duree|validite|thoi han|so nam",
        "state": "status|state|statut|etat|situation|tinh trang|trang thai",
        "ended": "ended|ended on|terminated on|date of termination|resilie le|ngay cham dut",
        "responsible": "responsible|owner|contact|officer|person in charge|focal point"
        "|responsable|charge de dossier|phu trach|nguoi phu trach|can bo phu trach|dau moi",
        "place": "place|city|venue|lieu|ville|noi ky|dia diem",
        "note": "note|notes|remark|remarks|comment|comments|remarques|observations|ghi chu",
    },
    Rows.PROMISES: {
        "key": "no|nr|n|id|ref|code|number|reference|numero|so|stt|ma so|ma",
        "what": "what|action|actions|follow up|task|to do|commitment|promise|activity|item"
        "|action a mener|suivi|tache|engagement|objet|noi dung|cong viec|viec can lam|nhiem vu"
        "|cam ket",
        "under": "under|text|agreement|text no|agreement no|mou|accord|texte|van ban|thoa thuan"
        "|theo van ban|so van ban",
        "partner": "partner|partners|counterpart|institution|organisation|partenaire|organisme"
        "|doi tac|to chuc",
        "country": "country|pays|nuoc|quoc gia",
        "owed_by": "owed by|by whom|who|side|debtor|qui|par qui|ben thuc hien|don vi thuc hien|ai",
        "made": "agreed on|made on|decided on|date|agreed|convenu le|date de decision|ngay"
        "|ngay thong nhat|ngay cam ket",
        "due": "due|due date|by when|deadline|target date|when|echeance|date limite|delai|pour le"
        "|han|thoi han|han chot|han hoan thanh|den han",
        "status": "status|state|progress|statut|etat|avancement|tinh trang|trang thai|ket qua",
        "done": "done|done on|completed on|completed|date done|fait le|realise le|hoan thanh ngay"
        "|ngay hoan thanh",
        "responsible": "responsible|owner|contact|officer|person in charge|focal point"
        "|responsable|phu trach|nguoi phu trach|can bo phu trach|dau moi",
        "note": "note|notes|remark|remarks|comment|comments|remarques|observations|ghi chu",
    },
    Rows.MEETINGS: {
        "key": "no|nr|n|id|ref|code|number|reference|numero|so|stt|ma so|ma",
        "held": "date|held|held on|when|date of meeting|date de la reunion|ngay|ngay hop|thoi gian",
        "partner": "partner|partners|with|counterpart|delegation|institution|organisation"
        "|partenaire|avec|doi tac|doan|to chuc",
        "country": "country|pays|nuoc|quoc gia",
        "kind": "type|kind|meeting|event|visit|nature|type de rencontre|reunion|loai|cuoc hop"
        "|su kien",
        "place": "place|city|venue|where|lieu|ville|dia diem|noi hop",
        "topics": "topics|topic|subject|agenda|objet|sujet|ordre du jour|noi dung|chu de",
        "note": "note|notes|remark|remarks|comment|comments|result|remarques|resultat|ghi chu"
        "|ket qua",
    },
}
# Words in the name of a tab.
_TABS: Mapping[Rows, str] = {
    Rows.TEXTS: "texts|agreements|agreement|mous|mou|treaties|accords|conventions|textes|van ban"
    "|thoa thuan|hiep dinh",
    Rows.PROMISES: "follow up|follow ups|followup|actions|tasks|to do|promises|commitments|suivi"
    "|taches|engagements|theo doi|cong viec|nhiem vu|cam ket",
    Rows.MEETINGS: "meetings|visits|delegations|events|reunions|visites|hop|cuoc hop|doan ra"
    "|doan vao|su kien",
}
# Without one of these there is nobody with whom a row is.
_NEEDED = ("partner", "under")
# Of a promise, the partner where no column says more plainly who that is.
_FOR_WHOM = frozenset("for whom|to whom|for|to|pour qui|a qui|pour|cho ai|cho".split("|"))
_NO_HEADERS = "no row of it looks like headers"
_NO_PARTNER = "no column of it is known to tell the partner"


class _Guess(NamedTuple):
    """What a row of headers would mean: the best one is the greatest.

    Attributes:
        score: How much of it is known.
        row: Its number, less than nothing, so that the first of equals is the greatest.
        rows: What the rows below it would be.
        columns: The headers by fields.
    """

    score: int
    row: int
    rows: Rows
    columns: Mapping[str, str]


def guessed_tab(table: Table) -> Tab:
    """Return what the columns of a table may be; where too little is known, with the reason."""
    guesses = [
        guess
        for row in table.rows[:_SEARCHED]
        for rows in Rows
        if (guess := _guess(table.name, row, rows)) is not None
    ]
    whole = [guess for guess in guesses if any(field in guess.columns for field in _NEEDED)]
    if not guesses:
        why = _NO_HEADERS if table.rows else "it is empty"
        return Tab(name=table.name, rows=Rows.TEXTS, header=1, columns={}, why=why)
    best = max(whole or guesses, key=lambda guess: guess[:2])
    header = next(row for row in table.rows if row.number == -best.row)
    used = set(best.columns.values())
    unused = tuple(cell.text for cell in header.cells if cell.text and cell.text not in used)
    return Tab(
        name=table.name,
        rows=best.rows,
        header=-best.row,
        columns=dict(best.columns),
        why="" if whole else _NO_PARTNER,
        unused=tuple(dict.fromkeys(unused)),
    )


def _guess(name: str, row: Row, rows: Rows) -> _Guess | None:
    """Return what a row would mean as headers of such rows; None where it is too little."""
    columns = _columns(row, rows)
    if len(columns) < _ENOUGH:
        return None
    named = _NAMED if _holds(phrase(name), _split(_TABS[rows])) else 0
    return _Guess(len(columns) + named, -row.number, rows, columns)


def _columns(row: Row, rows: Rows) -> dict[str, str]:
    """Return the headers by the fields that they name, the surest first."""
    found = sorted(_likeness(row, rows), key=lambda each: -each[0])
    columns: dict[str, str] = {}
    for _, field, header in found:
        if field not in columns and header not in columns.values():
            columns[field] = header
    if rows is Rows.PROMISES and "partner" not in columns:
        others = [cell.text for cell in row.cells if phrase(cell.text) in _FOR_WHOM]
        columns |= dict(zip(("partner",), others, strict=False))
    return {field: columns[field] for field in _PHRASES[rows] if field in columns}


def _likeness(row: Row, rows: Rows) -> Iterator[tuple[int, str, str]]:
    """Yield how much like a field each header is, where it is at all."""
    for cell in row.cells:
        words = phrase(cell.text)
        for field, phrases in _PHRASES[rows].items():
            score = max((_alike(words, each) for each in _split(phrases)), default=0)
            if score:
                yield score, field, cell.text


def _alike(words: str, known: str) -> int:
    """Return how much the words are like a known phrase; 0 if they do not hold it."""
    if words == known:
        return _SAME
    return len(known) if _holds(words, (known,)) else 0


def _holds(words: str, known: Iterable[str]) -> bool:
    """Return whether one of the phrases stands within the words."""
    padded = f" {words} "
    return any(len(each) >= _SHORTEST and f" {each} " in padded for each in known)


@cache
def _split(phrases: str) -> tuple[str, ...]:
    return tuple(phrases.split("|"))


def fields_of(rows: Rows) -> tuple[str, ...]:
    """Return the fields that columns of such rows may be."""
    return tuple(_PHRASES[rows])
