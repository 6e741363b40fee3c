"""What the name of a partner tells: its sort, and the country or the organisation that it means.

One country, or one international organisation, has a name in each language.
"""

from collections.abc import Mapping
from functools import cache

from coopledger._display.countries import country_name
from coopledger._folding import pieces
from coopledger.sheets._values import codes_by_name, country_code, phrase, phrases, word_in
from coopledger.terms import PartyKind

P = PartyKind

# Words before the name of a country that say what sort of state it is.
_BEFORE = frozenset(
    "the socialist federal federative democratic people peoples s islamic united republic kingdom"
    " state of le la les l d de du des republique royaume etat federale democratique populaire"
    " socialiste islamique nuoc cong hoa vuong quoc xa hoi chu nghia nhan dan lien bang chxhcn"
    " chnd".split()
)
_KINDS = phrases(
    (P.UNIVERSITY, "university|universite|universitat|universidad|college|polytechnic|ecole"),
    (P.UNIVERSITY, "dai hoc|hoc vien|truong"),
    (P.MINISTRY, "ministry|ministere|ministerium|bo"),
    (P.CENTRE, "centre|center|institute|institut|vien|trung tam"),
    (P.CHAMBER, "chamber|chambre|phong thuong mai|cci"),
    (P.AGENCY, "agency|agence|authority|office|cuc|tong cuc|co quan|so"),
    (P.COMPANY, "company|corporation|ltd|inc|gmbh|societe|cong ty|tap doan"),
)
_LONGEST_START = 2  # words by which a Vietnamese name says what it is
# Of one organisation: what it is called, then its other acronyms and its names.
_ORGANISATIONS = (
    "ADB|BAD|Asian Development Bank|Banque asiatique de développement|Ngân hàng Phát triển châu Á",
    (
        "ASEAN|ANASE|Association of Southeast Asian Nations"
        "|Association des nations de l'Asie du Sud-Est|Hiệp hội các quốc gia Đông Nam Á"
    ),
    "EPO|OEB|European Patent Office|Office européen des brevets|Cơ quan Sáng chế châu Âu",
    "EU|UE|European Union|Union européenne|Liên minh châu Âu",
    (
        "EUIPO|European Union Intellectual Property Office"
        "|Office de l'Union européenne pour la propriété intellectuelle"
    ),
    (
        "FAO|Food and Agriculture Organization"
        "|Organisation pour l'alimentation et l'agriculture"
        "|Tổ chức Lương thực và Nông nghiệp"
    ),
    (
        "IAEA|AIEA|International Atomic Energy Agency|Agence internationale de l'énergie atomique"
        "|Cơ quan Năng lượng nguyên tử quốc tế"
    ),
    (
        "ICAO|OACI|International Civil Aviation Organization"
        "|Organisation de l'aviation civile internationale"
        "|Tổ chức Hàng không dân dụng quốc tế"
    ),
    (
        "IEC|CEI|International Electrotechnical Commission"
        "|Commission électrotechnique internationale|Ủy ban Kỹ thuật điện quốc tế"
    ),
    (
        "ILO|OIT|International Labour Organization|International Labor Organization"
        "|Organisation internationale du travail|Tổ chức Lao động quốc tế"
    ),
    "IMF|FMI|International Monetary Fund|Fonds monétaire international|Quỹ Tiền tệ quốc tế",
    (
        "IMO|OMI|International Maritime Organization|Organisation maritime internationale"
        "|Tổ chức Hàng hải quốc tế"
    ),
    (
        "IOM|OIM|International Organization for Migration"
        "|Organisation internationale pour les migrations|Tổ chức Di cư quốc tế"
    ),
    (
        "ISO|International Organization for Standardization"
        "|Organisation internationale de normalisation|Tổ chức Tiêu chuẩn hóa quốc tế"
    ),
    (
        "ITU|UIT|International Telecommunication Union|Union internationale des télécommunications"
        "|Liên minh Viễn thông quốc tế"
    ),
    (
        "OECD|OCDE|Organisation for Economic Co-operation and Development"
        "|Organisation for Economic Cooperation and Development"
        "|Organisation de coopération et de développement économiques"
        "|Tổ chức Hợp tác và Phát triển kinh tế"
    ),
    (
        "OIF|International Organisation of La Francophonie"
        "|Organisation internationale de la Francophonie|Tổ chức quốc tế Pháp ngữ"
    ),
    (
        "UN|ONU|LHQ|United Nations|United Nations Organization|Nations unies"
        "|Organisation des Nations unies|Liên hợp quốc|Liên hiệp quốc"
    ),
    (
        "UNDP|PNUD|United Nations Development Programme"
        "|Programme des Nations unies pour le développement"
        "|Chương trình Phát triển Liên hợp quốc"
    ),
    (
        "UNEP|PNUE|United Nations Environment Programme"
        "|Programme des Nations unies pour l'environnement"
        "|Chương trình Môi trường Liên hợp quốc"
    ),
    (
        "UNESCO|United Nations Educational, Scientific and Cultural Organization"
        "|Organisation des Nations unies pour l'éducation, la science et la culture"
        "|Tổ chức Giáo dục, Khoa học và Văn hóa Liên hợp quốc"
    ),
    (
        "UNICEF|United Nations Children's Fund|Fonds des Nations unies pour l'enfance"
        "|Quỹ Nhi đồng Liên hợp quốc"
    ),
    (
        "UNIDO|ONUDI|United Nations Industrial Development Organization"
        "|Organisation des Nations unies pour le développement industriel"
        "|Tổ chức Phát triển công nghiệp Liên hợp quốc"
    ),
    (
        "UPOV|International Union for the Protection of New Varieties of Plants"
        "|Union internationale pour la protection des obtentions végétales"
        "|Hiệp hội quốc tế bảo hộ giống cây trồng mới"
    ),
    "WB|World Bank|Banque mondiale|Ngân hàng Thế giới",
    (
        "WCO|OMD|World Customs Organization|Organisation mondiale des douanes"
        "|Tổ chức Hải quan thế giới"
    ),
    "WHO|OMS|World Health Organization|Organisation mondiale de la santé|Tổ chức Y tế thế giới",
    (
        "WIPO|OMPI|World Intellectual Property Organization"
        "|Organisation mondiale de la propriété intellectuelle"
        "|Tổ chức Sở hữu trí tuệ thế giới"
    ),
    (
        "WMO|OMM|World Meteorological Organization|Organisation météorologique mondiale"
        "|Tổ chức Khí tượng thế giới"
    ),
    (
        "WTO|OMC|World Trade Organization|Organisation mondiale du commerce"
        "|Tổ chức Thương mại thế giới"
    ),
)


def known_as(name: str) -> str | None:
    """Return the country or the international organisation of a name, as English calls it.

    Names in English, French and Vietnamese are known, those of countries in the last two if
    ``coopledger[languages]`` is installed. None for any other name.
    """
    code = country_code(name) or country_of(name)
    return _organisation_of(name) or (country_name(code) if code else None)


def country_of(name: str) -> str | None:
    """Return the code of a country by its name, before which ``Republic of`` may stand.

    A code alone is no name here: it may as well be an acronym.
    """
    words = pieces(name)
    code = codes_by_name().get(" ".join(words))
    while code is None and words and words[0] in _BEFORE:
        words = words[1:]
        code = codes_by_name().get(" ".join(words))
    return code


def party_kind(name: str) -> str:
    """Return what sort of organisation has the name; ``other`` where no word of it says so."""
    if country_of(name):
        return str(P.STATE)
    if _organisation_of(name):
        return str(P.INTERNATIONAL_ORGANISATION)
    words = phrase(name).split()
    for length in range(_LONGEST_START, 0, -1):  # A Vietnamese name begins with it.
        kind = _KINDS.get(" ".join(words[:length]))
        if kind is not None:
            return kind
    longer = {each: kind for each, kind in _KINDS.items() if len(each) > len("trung")}
    return word_in(longer, name) or str(P.OTHER)


def _organisation_of(name: str) -> str | None:
    """Return the acronym of an international organisation; None for any other name."""
    return _organisations().get(phrase(name))


@cache
def _organisations() -> Mapping[str, str]:
    """Return the organisations by the words of all their names."""
    rows = (row.split("|") for row in _ORGANISATIONS)
    return {phrase(name): names[0] for names in rows for name in names}
