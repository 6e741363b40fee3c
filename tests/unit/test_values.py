"""Small values inside events: readings, refusals, and that nothing changes afterwards."""

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from coopledger import EdtfDate
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf, json_mapping, participants, place, sources
from coopledger.terms import Basis, PartyKind
from coopledger.values import (
    Amount,
    Condition,
    Document,
    FrozenMapping,
    Participant,
    Place,
    Recurrence,
    Renewal,
    Source,
    amount,
    conditions,
    counts,
    documents,
    number_or_words,
    recurrence,
    renewal,
)

Read = Callable[..., object]

FRIENDLY: list[tuple[Read, object, object]] = [
    (sources, "VISTIP news", (Source(title="VISTIP news"),)),
    (sources, "http://vistip.most.gov.vn", (Source(address="http://vistip.most.gov.vn"),)),
    (
        sources,
        ["a", {"publisher": "VNA", "published": date(2018, 3, 30)}],
        (Source(title="a"), Source(publisher="VNA", published=EdtfDate("2018-03-30"))),
    ),
    (documents, "MoU, signed", (Document(title="MoU, signed"),)),
    (
        documents,
        ["https://archive/17", {"sha256": "AB" * 32, "language": "fr-CA", "authentic": True}],
        (
            Document(address="https://archive/17"),
            Document(sha256="ab" * 32, language="fr-CA", authentic=True),
        ),
    ),
    (participants, "Zhao Xinli", (Participant(person="Zhao Xinli"),)),
    (
        participants,
        [{"post": "Director", "party": "vistip", "role": "co_chair"}, Participant(person="a")],
        (Participant(post="Director", party="vistip", role="co_chair"), Participant(person="a")),
    ),
    (place, "Hanoi", Place(name="Hanoi")),
    (place, {"name": "Hanoi", "country": "VN"}, Place(name="Hanoi", country="VN")),
    (conditions, "money", (Condition(id="money"),)),
    (
        conditions,
        ("money", {"id": "visa", "text": "granted"}),
        (Condition(id="money"), Condition(id="visa", text="granted")),
    ),
    (renewal, {"tacit": True, "years": 5}, Renewal(tacit=True, years=5)),
    (recurrence, {"months": 6, "times": 4}, Recurrence(months=6, times=4)),
    (recurrence, {"years": 1, "until": date(2026, 1, 1)}, Recurrence(years=1, until="2026-01-01")),
    (amount, "250000 EUR", Amount(value="250000", currency="EUR")),
    (amount, {"value": "-0.50", "currency": "USD"}, Amount(value="-0.50", currency="USD")),
    (amount, "500000 VND", Amount(value="500000", currency="VND")),
    (amount, "1.234 KWD", Amount(value="1.234", currency="KWD")),
    (amount, "0.0001 CLF", Amount(value="0.0001", currency="CLF")),
    (amount, "1.23456 XAU", Amount(value="1.23456", currency="XAU")),
    (number_or_words, 12.5, 12.5),
    (number_or_words, Decimal("12.50"), 12.5),
    (number_or_words, 7.0, 7),
    (counts, {"students": Decimal(3), "months": 1.5}, {"students": 3, "months": 1.5}),
    (number_or_words, 7, 7),
    (number_or_words, "a number of", "a number of"),
]


@pytest.mark.parametrize(("read", "value", "expected"), FRIENDLY)
def test_a_value_may_be_given_in_short(read: Read, value: object, expected: object) -> None:
    assert read(value) == expected
    assert read(expected) == expected


REFUSED: list[tuple[Read, object, str]] = [
    (sources, 5, "E106 5 is no Source: a mapping of its fields is needed"),
    (
        sources,
        {"titel": "a"},
        "E103 'titel' is no field of Source; did you mean 'title'?",
    ),
    (place, {"country": "VN"}, "E105 'name' is missing: Place needs it"),
    (place, {"name": "a", "country": "VNM"}, "E203 country: 'VNM' is not a country code"),
    (participants, {"role": "boss"}, "E106 role: 'boss' is not one of chair, co_chair, head"),
    (conditions, "a/b", "E106 'a/b' the id of a condition has no slash"),
    (conditions, ["a", {"id": "a", "text": "b"}], "E106 'a' is named twice"),
    (renewal, True, "E106 True is no Renewal: a mapping of its fields is needed"),
    (renewal, {"years": 0}, "E106 years: 0"),
    (renewal, {"years": 2.0}, "E106 years: 2.0 is no whole number"),
    (renewal, {"tacit": 1}, "E106 tacit: 1 is neither True nor False"),
    (recurrence, {}, "E106 Recurrence() has no length: give one of months, years and days"),
    (recurrence, {"months": 1, "days": 1}, "E106 Recurrence(months=1, days=1) has two lengths"),
    (recurrence, {"months": 0}, "E106 Recurrence(months=0) has a length of nothing"),
    (recurrence, {"days": 7, "until": "2026", "times": 3}, "E106 Recurrence("),
    (recurrence, {"days": 7, "times": 0}, "E106 times: 0 is less than 1"),
    (amount, "250.000,00 EUR", "E106"),
    (amount, "100 euro", "E106"),
    (amount, 100, "E106"),
    (
        amount,
        "500.000 VND",
        "E106 '500.000 VND' can be read in two ways: write it plainly, '500000 VND'",
    ),
    (
        amount,
        "20.000 EUR",
        "E106 '20.000 EUR' can be read in two ways: write it plainly, '20000 EUR' or '20.00 EUR'",
    ),
    (
        amount,
        "1,234 USD",
        "E106 '1,234 USD' can be read in two ways: write it plainly, '1234 USD'",
    ),
    (
        amount,
        "-1,500 KWD",
        (
            "E106 '-1,500 KWD' can be read in two ways: "
            "write it plainly, '-1500 KWD' or '-1.500 KWD'"
        ),
    ),
    (
        amount,
        {"value": "1.234", "currency": "XAU"},
        "E106 '1.234 XAU' can be read in two ways: write it plainly, '1234 XAU' or '1.2340 XAU'",
    ),
    (amount, "0.125 EUR", "E106 '0.125 EUR' is no sum of EUR, which has 2 decimals at most"),
    (amount, "1000.000 EUR", "E106 '1000.000 EUR' is no sum of EUR, which has 2 decimals at most"),
    (
        amount,
        {"value": "500000.5", "currency": "VND"},
        "E106 '500000.5 VND' is no sum of VND, which has no decimals",
    ),
    (amount, "1.2345 KWD", "E106 '1.2345 KWD' is no sum of KWD, which has 3 decimals at most"),
    (number_or_words, True, "E106 True is no text and no number: give it as one of them"),
    (number_or_words, ["fr"], "E106 ['fr'] is no text and no number: give it as one of them"),
    (number_or_words, -0.5, "E106 -0.5 is less than 0"),
    (number_or_words, float("nan"), "E106 nan is no number"),
    (number_or_words, 1e300, "E106 1e+300 is more than 9007199254740992"),
    (
        number_or_words,
        Decimal("0.12345678901234567890"),
        "E106 Decimal('0.12345678901234567890') has more digits than are kept",
    ),
    (counts, ["students"], "E106 ['students'] is no mapping of names to numbers"),
    (counts, {"students": "12"}, "E106 students: '12' is no number"),
    (counts, {"students": True}, "E106 students: True is no number"),
    (counts, {"": 1}, "E106 '' is no text"),
    (number_or_words, " ", "E106 ' ' is no text"),
    (json_mapping, [("a", 1)], "E106 [('a', 1)] is no mapping"),
    (json_mapping, {1: "a"}, "E106 1 is no text"),
    (json_mapping, {"a": {1, 2}}, "E106 {1, 2} is a set, which JSON has not"),
    (json_mapping, {"a": b"b"}, "E106 b'b' is a bytes, which JSON has not"),
    (json_mapping, {"a": float("nan")}, "E106 nan is no number of JSON"),
    (json_mapping, {"a": float("inf")}, "E106 inf is no number of JSON"),
    (json_mapping, {"a": 2**53 + 1}, "E106 9007199254740993 is beyond the whole numbers"),
    (json_mapping, {"a": -(10**400)}, "E106 -1000000000"),
    (json_mapping, {"a": [10**5000]}, "E106 a number of about 5000 digits is beyond the whole"),
    (amount, {"value": 10**5000, "currency": "EUR"}, "E106 value: a number of about 5000 digits"),
    (json_mapping, {"a": "\ud800"}, "E106 '\\ud800' holds half a surrogate pair"),
    (json_mapping, {"a": datetime(2022, 1, 1, tzinfo=UTC)}, "E106 "),
    (json_mapping, {"a": object}, "E106 <class 'object'> is a type, which JSON has not"),
]


@pytest.mark.parametrize(("read", "value", "message"), REFUSED)
def test_a_value_that_cannot_be_read_is_refused(read: Read, value: object, message: str) -> None:
    with pytest.raises(FieldError) as refused:
        read(value)

    assert str(refused.value).startswith(message)


def test_a_number_that_python_does_not_write_out_is_refused_too() -> None:
    for read, message in (
        (number_or_words, "E106 a number of about 5000 digits is more than"),
        (edtf, "E106 int that is too long to be shown is not a date"),
    ):
        with pytest.raises(FieldError) as refused:
            read(10**5000)  # type: ignore[arg-type]

        assert str(refused.value).startswith(message)


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def test_json_is_nested_thirty_two_deep_at_most() -> None:
    assert json_mapping({"a": nested(32)})["a"]
    with pytest.raises(FieldError, match="is nested deeper than 32"):
        json_mapping({"a": nested(33)})
    with pytest.raises(FieldError, match="is nested deeper than 32"):
        json_mapping({"a": nested(100_000)})


def test_dates_words_and_small_values_become_plain_json() -> None:
    mapping = json_mapping(
        {
            "day": date(2022, 8, 16),
            "due": EdtfDate("2022~"),
            "kind": PartyKind.STATE,
            "source": Source(title="a", basis=Basis.PRESS),
            "list": (1, [2]),
        }
    )

    assert mapping == {
        "day": "2022-08-16",
        "due": "2022~",
        "kind": "state",
        "source": FrozenMapping({"title": "a", "basis": "press"}),
        "list": (1, (2,)),
    }
    assert type(mapping["kind"]) is str


def test_a_frozen_mapping_shares_nothing_with_the_values_given() -> None:
    inner = [1]
    given = {"a": inner}
    mapping = json_mapping(given)

    given["b"] = []
    inner.append(2)

    assert mapping == {"a": (1,)}


def test_frozen_mappings_compare_and_hash_by_content() -> None:
    one, other = FrozenMapping({"a": 1, "b": 2}), FrozenMapping([("b", 2), ("a", 1)])

    assert (one, hash(one)) == (other, hash(other))
    assert one != FrozenMapping({"a": 1})
    assert (list(one), len(one), repr(one)) == (["a", "b"], 2, "{'a': 1, 'b': 2}")


@pytest.mark.parametrize(
    "value",
    [
        Source(title="a", published="2022~", basis="press"),
        Participant(person="a", role="chair"),
        Place(name="a", country="VN"),
        Condition(id="a"),
        Renewal(tacit=True, years=5),
        Amount(value="1.50", currency="EUR"),
        FrozenMapping({"a": FrozenMapping({"b": (1, None)})}),
    ],
)
def test_a_small_value_pickles(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("unnamed", "named", "message"),
    [
        ((), {"titel": "a"}, "unexpected keyword argument 'titel'"),
        ((), {"country": "VN"}, "required keyword-only argument: 'name'"),
        (("Hanoi",), {}, "positional argument"),
        ((), {"name": 5}, "5 is no text"),
    ],
)
def test_a_bad_call_of_a_small_value_is_refused_as_attrs_refuses_it(
    unnamed: tuple[str, ...], named: dict[str, object], message: str
) -> None:
    make: Callable[..., Place] = Place

    with pytest.raises((TypeError, FieldError), match=message):
        make(*unnamed, **named)
