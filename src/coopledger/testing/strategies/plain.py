"""Texts, ids and other values that fields hold, nasty ones among them."""

from hypothesis import strategies as st

from coopledger._fields.words import CODES
from coopledger.terms import Basis, Role
from coopledger.testing.strategies.dated import dated

# Texts that have broken somebody's reader: line ends that are none in JSON, letters that two
# normal forms write differently, signs that JSON escapes, and words that look like values.
NASTY = (
    "a\u2028b",
    "a\u2029b",
    "a\x85b",
    "a\r\nb",
    "\x00",
    "\x1f\x7f",
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
_letters = st.characters(exclude_categories=["Cs"])
_printed = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])

texts: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(NASTY),
    st.text(_letters, min_size=1, max_size=20).filter(lambda text: not text.isspace()),
)
_short_ids = st.one_of(
    st.sampled_from(["vistip-ccifv", "Hà Nội", "a/b c", "\U0001f91d"]),
    st.text(_printed, min_size=1, max_size=20).filter(
        lambda text: not (text[0].isspace() or text[-1].isspace())
    ),
)
ids: st.SearchStrategy[str] = st.one_of(_short_ids, _short_ids, st.just("x" * 200))
dates: st.SearchStrategy[str] = dated.map(lambda found: found.text)
countries: st.SearchStrategy[str] = st.sampled_from(sorted(CODES))
flags: st.SearchStrategy[bool] = st.booleans()
wholes: st.SearchStrategy[int] = st.one_of(st.integers(0, 100), st.integers(0, 2**53))
json_values: st.SearchStrategy[object] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(_letters, max_size=10),
        texts,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
mappings: st.SearchStrategy[dict[str, object]] = st.dictionaries(texts, json_values, max_size=3)


def several(one: st.SearchStrategy[str], *, least: int = 0) -> st.SearchStrategy[list[str]]:
    """A list without repetition."""
    return st.lists(one, min_size=least, max_size=3, unique=True)


def either(
    required: dict[str, st.SearchStrategy[object]],
    **optional: st.SearchStrategy[object],
) -> st.SearchStrategy[dict[str, object]]:
    """A mapping of fields, those that may be missing with or without."""
    return st.fixed_dictionaries(required, optional=optional)


sources: st.SearchStrategy[dict[str, object]] = either(
    {},
    publisher=texts,
    title=texts,
    address=texts,
    author=texts,
    published=dates,
    retrieved=dates,
    locator=texts,
    quote=texts,
    basis=st.sampled_from(Basis),
)
participants: st.SearchStrategy[dict[str, object]] = either(
    {}, person=texts, post=texts, party=ids, role=st.sampled_from(Role)
)
places: st.SearchStrategy[dict[str, object]] = either({"name": texts}, country=countries)
renewals: st.SearchStrategy[dict[str, object]] = either(
    {}, tacit=flags, years=st.integers(1, 100), notice_months=st.integers(0, 100)
)
conditions: st.SearchStrategy[dict[str, object]] = either(
    {"id": ids.map(lambda name: name.replace("/", "-"))}, text=texts
)
amounts: st.SearchStrategy[dict[str, object]] = either(
    {
        "value": st.from_regex(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,4})?", fullmatch=True),
        "currency": st.sampled_from(["EUR", "VND", "USD"]),
    }
)
conditions_met: st.SearchStrategy[str] = st.builds(
    "{}/{}".format, _short_ids, st.sampled_from(["money", "visa"])
)
