"""Words that offices write into cells, in English, French and Vietnamese, and what they mean."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache

from coopledger._display.countries import country_name
from coopledger._fields.words import CODES, OFTEN_MISTAKEN
from coopledger._folding import pieces
from coopledger.errors import MissingExtraError
from coopledger.terms import InstrumentKind, InstrumentState


class Progress(StrEnum):
    """What a sheet says of a promise."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Who owes a promise, seen from us."""

    US = "us"
    PARTNER = "partner"
    BOTH = "both"


K, S = InstrumentKind, InstrumentState


def phrases(*rows: tuple[StrEnum, str]) -> dict[str, str]:
    """Return the word that each phrase means."""
    return {phrase: str(word) for word, row in rows for phrase in row.split("|")}


KINDS = phrases(
    *((kind, str(kind).replace("_", " ")) for kind in K),
    (K.TREATY, "traite|hiep uoc"),
    (
        K.AGREEMENT,
        "framework agreement|cooperation agreement|accord|accord cadre|accord de cooperation",
    ),
    (K.AGREEMENT, "convention|hiep dinh|thoa thuan|thoa thuan hop tac|thoa thuan khung"),
    (K.PROTOCOL, "protocole|nghi dinh thu"),
    (
        K.MOU,
        "m o u|memorandum|memorandum of understanding|memorandum d entente|protocole d accord",
    ),
    (K.MOU, "ban ghi nho|bien ban ghi nho"),
    (K.LOI, "letter of intent|lettre d intention|thu y dinh|y dinh thu|y dinh hop tac"),
    (K.STATEMENT, "joint statement|declaration|declaration commune|tuyen bo|tuyen bo chung"),
    (K.EXCHANGE_OF_NOTES, "exchange of letters|echange de notes|echange de lettres"),
    (K.EXCHANGE_OF_NOTES, "trao doi cong ham|cong ham"),
    (K.MINUTES, "agreed minutes|proces verbal|compte rendu|bien ban|bien ban thoa thuan"),
    (K.ACTION_PLAN, "plan d action|ke hoach hanh dong|ke hoach"),
    (K.PROGRAMME, "program|chuong trinh|chuong trinh hop tac"),
    (K.PROJECT, "projet|du an"),
    (K.MEMBERSHIP, "adhesion|thanh vien"),
    (K.CONTRACT, "contrat|hop dong"),
    (K.OTHER, "autre|khac"),
)
STATES = phrases(
    *((state, str(state).replace("_", " ")) for state in S if state is not S.NONE),
    (S.NEGOTIATING, "under negotiation|in negotiation|draft|in preparation|en negociation"),
    (S.NEGOTIATING, "en cours de negociation|projet|dang dam phan|du thao|dang soan thao"),
    (S.AGREED, "agreed text|convenu|da thong nhat"),
    (S.SIGNED, "signe|da ky"),
    (S.IN_FORCE, "active|valid|effective|current|ongoing|en vigueur|actif|en cours|valide"),
    (S.IN_FORCE, "con hieu luc|dang hieu luc|co hieu luc|hieu luc|dang thuc hien|con han"),
    (S.SUSPENDED, "on hold|suspendu|tam dung|tam ngung"),
    (S.EXPIRED, "lapsed|over|expire|echu|het han|het hieu luc"),
    (S.TERMINATED, "ended|cancelled|denounced|resilie|denonce|cham dut|da cham dut"),
    (S.COMPLETED, "complete|closed|termine|acheve|hoan thanh|da hoan thanh"),
)
PROGRESS = phrases(
    (Progress.OPEN, "open|pending|ongoing|in progress|under way|not started|to do|late|overdue"),
    (Progress.OPEN, "no|en cours|a faire|en attente|en retard|non|dang lam|dang thuc hien"),
    (Progress.OPEN, "chua|chua xong|chua lam|chua bat dau|cho|qua han"),
    (Progress.DONE, "done|completed|complete|finished|fulfilled|closed|yes|ok|sent|fait"),
    (Progress.DONE, "termine|realise|acheve|oui|xong|da xong|hoan thanh|da hoan thanh|roi"),
    (Progress.CANCELLED, "cancelled|canceled|dropped|abandoned|annule|abandonne|huy|da huy|bo"),
)
# In a column of what is done, a mark says it too.
TICKS = {
    **PROGRESS,
    **phrases((Progress.DONE, "x|v|y|true|✓|✔|☑|✅|√"), (Progress.OPEN, "n|false|☐|✗|✘|❌")),
}
SIDES = phrases(
    (Side.US, "us|we|our side|ours|nous|notre cote|chung ta|ben ta|phia ta"),
    (Side.PARTNER, "partner|they|them|their side|partenaire|eux|doi tac|ben ban|phia ban"),
    (Side.BOTH, "both|both sides|joint|jointly|les deux|ensemble|hai ben|ca hai|ca hai ben"),
)
# What a word of a sheet can be told to mean.
OUR_WORDS = frozenset(word for words in (KINDS, STATES, PROGRESS, SIDES) for word in words.values())
# In a cell of a date or of a word: nobody knows.
UNKNOWN = frozenset(
    "|tbd|tbc|n a|na|nil|none|unknown|to be determined|to be confirmed|to be decided|a definir"
    "|a determiner|a preciser|inconnu|neant|khong ro|chua ro|chua co|chua xac dinh|khong".split("|")
)
# By when in words that give no date.
SOON = frozenset(
    "upcoming|soon|asap|as soon as possible|continuous|permanent|ongoing|regularly|every year"
    "|prochainement|des que possible|en continu|sap toi|trong thoi gian toi|som|hang nam"
    "|thuong xuyen".split("|")
)
_OTHER_NAMES_OF_COUNTRIES = {
    "viet nam": "VN",
    "vietnam": "VN",
    "republique francaise": "FR",
    "usa": "US",
    "america": "US",
    "united states of america": "US",
    "my": "US",
    "etats unis d amerique": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "grande bretagne": "GB",
    "anh": "GB",
    "korea": "KR",
    "republic of korea": "KR",
    "coree": "KR",
    "democratic people s republic of korea": "KP",
    "dprk": "KP",
    "rpdc": "KP",
    "democratic republic of the congo": "CD",
    "republique democratique du congo": "CD",
    "drc": "CD",
    "rdc": "CD",
    "republic of the congo": "CG",
    "republique du congo": "CG",
    "laos": "LA",
    "lao": "LA",
    "lao pdr": "LA",
    "russian federation": "RU",
    "lien bang nga": "RU",
    "czech republic": "CZ",
    "holland": "NL",
    "pays bas": "NL",
    "phap": "FR",
    "duc": "DE",
    "nga": "RU",
    "nhat": "JP",
    "uc": "AU",
    "y": "IT",
    "bi": "BE",
    "cu ba": "CU",
}
_LANGUAGES = ("en", "fr", "vi")


def phrase(text: str) -> str:
    """Return the words of a text in small letters without diacritics and other signs."""
    return " ".join(pieces(text))


def sign_or_phrase(text: str) -> str:
    """Return the words of a text as `phrase` does; a sign, such as a tick, is one by itself."""
    return phrase(text) or text.strip().removesuffix("\ufe0f")


def is_unknown(text: str) -> bool:
    """Return whether a text of a cell says that nobody knows."""
    return phrase(text) in UNKNOWN


def word_in(words: Mapping[str, str], text: str) -> str | None:
    """Return the word that the longest known phrase within the text means; None for none."""
    padded = f" {phrase(text)} "
    known = [each for each in words if f" {each} " in padded]
    return words[max(known, key=len)] if known else None


def country_code(text: str) -> str | None:
    """Return the code of a country by its name in English, French or Vietnamese, or by its code."""
    capitals = text.strip().upper()
    if capitals in CODES:
        return capitals
    return codes_by_name().get(phrase(text)) or OFTEN_MISTAKEN.get(capitals)


def knows_languages() -> bool:
    """Return whether the names of countries in other languages than English are known."""
    return len(names_by_language()) == len(_LANGUAGES)


@cache
def codes_by_name() -> dict[str, str]:
    """Return the codes by the names of all languages that are installed."""
    names = (
        (phrase(name), code)
        for language in names_by_language()
        for code, name in names_by_language()[language].items()
    )
    return {**dict(names), **_OTHER_NAMES_OF_COUNTRIES}


@lru_cache
def names_by_language() -> dict[str, dict[str, str]]:
    """Return the names of countries by language; French and Vietnamese ones need an extra."""
    names: dict[str, dict[str, str]] = {}
    for language in _LANGUAGES:
        try:
            names[language] = {code: country_name(code, language) for code in sorted(CODES)}
        except MissingExtraError:
            break
    return names


def listed(words: Iterable[str]) -> str:
    """Return the words of a list, each once."""
    return ", ".join(dict.fromkeys(words))
