"""Words of dates in English, French and Vietnamese, in small letters and without diacritics."""


def _numbered(rows: tuple[str, ...]) -> dict[str, int]:
    return {word: number for number, row in enumerate(rows, start=1) for word in row.split()}


MONTHS = _numbered(
    (
        "jan january janv janvier",
        "feb febr february fev fevr fevrier",
        "mar march mars",
        "apr april avr avril",
        "may mai",
        "jun june juin",
        "jul july juil juill juillet",
        "aug august aout",
        "sep sept september septembre",
        "oct october octobre",
        "nov november novembre",
        "dec december decembre",
    )
)
# The months of the moon, gieng and chap, are no months of a date.
MONTH_NUMBERS = {
    **_numbered(("mot", "hai", "ba", "tu bon", "nam", "sau", "bay", "tam", "chin", "muoi")),
    "muoi mot": 11,
    "muoi hai": 12,
}
NUMBERS = _numbered(
    (
        "1 i first premier premiere mot nhat",
        "2 ii second deuxieme second seconde hai nhi",
        "3 iii third troisieme ba",
        "4 iv fourth quatrieme bon tu",
    )
)
SEASONS = {
    **dict.fromkeys(("spring", "printemps", "mua xuan"), 21),
    **dict.fromkeys(("summer", "ete", "mua ha", "mua he"), 22),
    **dict.fromkeys(("autumn", "fall", "automne", "mua thu"), 23),
    **dict.fromkeys(("winter", "hiver", "mua dong"), 24),
}
WINTER = 24

# They say nothing of the date. What an elision leaves, l' and d', is left out as well.
FILLERS = frozenset(
    (
        "the of in on day month year st nd rd th "
        "de la les en an annee mois jour le "
        "vao trong ngay mung mong"
    ).split()
)
# French and Vietnamese write the day before the month, so that a word of either settles it.
DAY_FIRST = frozenset(
    (
        "le du au jusqu'au jusqu'a jusqu'en d'ici depuis partir avant entre vers environ "
        "ngay thang nam mung mong tu den khoang giua truoc vao"
    ).split()
)

ABOUT = r"c\.|ca\.?|circa|about|around|vers|environ|khoang"
SINCE = "since|from|depuis|des|a partir du|a partir|tu|ke tu"
UNTIL = (
    "until|till|by|no later than|jusqu'au|jusqu'a|jusqu'en|d'ici au|d'ici a|d'ici|au plus tard"
    "|den|cham nhat"
)
BEFORE = f"{UNTIL}|before|avant|truoc"
AT = "at|a"
END = "end|fin du|fin|cuoi"
FROM = "from|du|tu"
TO = "to|until|till|au|a|jusqu'au|jusqu'a|jusqu'en|den"
BETWEEN = "between|entre|giua"
AND = "and|et|va"
