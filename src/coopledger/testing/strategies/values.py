"""Strategies for texts, ids and other values that fields hold, nasty ones among them."""

from hypothesis import strategies as st

from coopledger._fields.reading import in_nfc, invisible_sign
from coopledger._fields.words import CODES
from coopledger.terms import Basis, Role
from coopledger.testing.strategies.dated import DATE_TEXTS

# Texts that have broken somebody's reader: line ends that are none in JSON, letters that two
# normal forms write differently, signs that JSON escapes, and words that look like values.
NASTY = (
    "a\u2028b",
    "a\u2029b",
    "a\nb",
    "a\tb",
    "Hà Nội",
    "Ha\u0300 No\u0323\u0302i",
    "\u202eright to left",
    "\ufeffmark",
    "\U0001f91d\U0001f3fd",
    "\uffff\U0010ffff",
    '"quoted" \\ back/slash',
    "null",
    "NaN",
    "1e999",
    "2022-08-16",
    "x" * 300,
)


def ids() -> st.SearchStrategy[str]:
    """Draw readable ids as users choose them, short and long, in any script."""
    return IDS


def texts() -> st.SearchStrategy[str]:
    """Draw texts of fields, among them some that have broken somebody's reader."""
    return TEXTS


def json_values() -> st.SearchStrategy[object]:
    """Draw plain JSON values, as ``ext`` holds them."""
    return JSON_VALUES


def lists_of(one: st.SearchStrategy[str], *, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Draw lists of at most three, without repetition."""
    return st.lists(one, min_size=least, max_size=3, unique=True)


def mapping(
    required: dict[str, st.SearchStrategy[object]],
    **optional: st.SearchStrategy[object],
) -> st.SearchStrategy[dict[str, object]]:
    """Draw mappings with the required keys, and with or without each optional one."""
    return st.fixed_dictionaries(required, optional=optional)


# What may be recorded: control characters are refused, but for the line feed and the tab.
LETTERS = st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t"))
PRINTED = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])
TEXTS: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(NASTY),
    st.text(LETTERS, min_size=1, max_size=20).filter(lambda text: not text.isspace()),
)
SHORT_IDS = st.one_of(
    st.sampled_from(["vistip-ccifv", "Hà Nội", "a/b c", "\U0001f91d"]),
    st.text(PRINTED, min_size=1, max_size=20)
    .map(in_nfc)
    .filter(lambda text: not (text[0].isspace() or text[-1].isspace() or invisible_sign(text))),
)
IDS: st.SearchStrategy[str] = st.one_of(SHORT_IDS, SHORT_IDS, st.just("x" * 200))
COUNTRIES: st.SearchStrategy[str] = st.sampled_from(sorted(CODES))
FLAGS: st.SearchStrategy[bool] = st.booleans()
WHOLES: st.SearchStrategy[int] = st.one_of(st.integers(0, 100), st.integers(0, 2**53))
NUMBERS: st.SearchStrategy[float] = st.one_of(WHOLES, st.floats(0, 2**53))
JSON_VALUES: st.SearchStrategy[object] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(LETTERS, max_size=10),
        TEXTS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)
MAPPINGS: st.SearchStrategy[dict[str, object]] = st.dictionaries(TEXTS, JSON_VALUES, max_size=3)
COUNTS: st.SearchStrategy[dict[str, float]] = st.dictionaries(TEXTS, NUMBERS, max_size=3)
SOURCES = mapping(
    {},
    publisher=TEXTS,
    title=TEXTS,
    address=TEXTS,
    author=TEXTS,
    published=DATE_TEXTS,
    retrieved=DATE_TEXTS,
    locator=TEXTS,
    quote=TEXTS,
    basis=st.sampled_from(Basis),
)
_OF_DOCUMENTS: dict[str, st.SearchStrategy[object]] = {
    "address": TEXTS,
    "sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
    "language": st.sampled_from(["vi", "fr", "en", "zh-Hant"]),
    "authentic": FLAGS,
}
DOCUMENTS = mapping({"title": TEXTS}, **_OF_DOCUMENTS)
PARTICIPANTS = mapping({}, person=TEXTS, post=TEXTS, party=IDS, role=st.sampled_from(Role))
PLACES = mapping({"name": TEXTS}, country=COUNTRIES)
RENEWED: dict[str, st.SearchStrategy[object]] = {
    "tacit": FLAGS,
    "years": st.integers(1, 100),
    "months": st.integers(1, 100),
    "times": st.integers(1, 10),
}
RENEWALS = st.one_of(
    mapping({}, notice_months=st.integers(0, 100), **RENEWED),
    mapping({}, notice_days=st.integers(0, 1000), **RENEWED),
)
ENTRY_CONDITIONS = st.one_of(
    mapping({"consents": st.integers(1, 200)}, months=st.integers(0, 100)),
    mapping({"days": st.integers(0, 1000)}, consents=st.integers(1, 200)),
)
ENDS_OF_RECURRENCES: dict[str, st.SearchStrategy[object]] = {
    "until": DATE_TEXTS,
    "times": st.integers(1, 100),
}
RECURRENCES = st.one_of(
    [
        mapping({length: st.integers(1, 100)}, **{end: strategy})
        for length in ("months", "years", "days")
        for end, strategy in ENDS_OF_RECURRENCES.items()
    ]
)
CONDITIONS = mapping({"id": IDS.map(lambda name: name.replace("/", "-"))}, text=TEXTS)
CONDITIONS_MET: st.SearchStrategy[str] = st.builds(
    "{}/{}".format, SHORT_IDS, st.sampled_from(["money", "visa"])
)
# A number and the decimals that its currency has.
SUMS: tuple[tuple[str, str], ...] = (
    ("EUR", r"(\.[0-9]{1,2})?"),
    ("VND", ""),
    ("USD", r"(\.[0-9]{1,2})?"),
    ("KWD", r"(\.[0-9]{1,3})?"),
)
AMOUNTS = st.one_of(
    [
        mapping(
            {
                "value": st.from_regex(rf"[1-9][0-9]{{0,9}}{decimals}", fullmatch=True),
                "currency": st.just(currency),
            }
        )
        for currency, decimals in SUMS
    ]
)
