"""People: their meetings and posts, and what they signed."""

import pytest

from coopledger import View, events
from coopledger.answers import Person, Post
from coopledger.dates import edtf
from coopledger.errors import UnknownIdError
from tests.builders import office


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    held = events.MeetingHeld
    return office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        held(
            id="later",
            meeting="paris",
            partnership="vnfr",
            kind="talks",
            when="2022-08-16",
            participants=[
                {"person": "Nguyễn Văn Lan", "post": "Director", "party": "most", "role": "head"},
                {"person": "Anne Duval", "party": "fr"},
                {"post": "Minister", "party": "fr"},
            ],
        ),
        held(
            id="earlier",
            meeting="hanoi",
            partnership="vnfr",
            kind="talks",
            when="2019-05",
            participants={"person": "NGUYEN VAN LAN", "post": "Deputy", "party": "most"},
        ),
        events.InstrumentSigned(
            id="signing",
            instrument="mou",
            when="2022-08-17",
            at_meeting="paris",
            participants=[
                {"person": "Nguyễn Văn Lan", "post": "Director", "party": "most", "role": "signer"},
                {"person": "Anne Duval", "role": "witness"},
            ],
        ),
        *(
            events.CommitmentMade(
                commitment=name,
                partnership="vnfr",
                debtors="vn",
                creditors="fr",
                what="a report",
                when="2022-08-16",
                responsible=who,
            )
            for name, who in (("c", "nguyen van lan"), ("d", "Trần Hoa"), ("e", "Nguyễn Văn Lan"))
        ),
        events.CommitmentFulfilled(commitment="e", when="2022-09-01"),
    ).view("2023-01-01")


def test_who_is_only_responsible_is_a_person_too(view: View) -> None:
    hoa = view.person("tran hoa")

    assert (hoa.name, hoa.posts, hoa.responsible_for) == ("Trần Hoa", (), ("d",))


def test_a_person_has_meetings_posts_over_time_and_signatures(view: View) -> None:
    lan = view.person("nguyễn van  LAN")

    assert lan == Person(
        name="Nguyễn Văn Lan",
        other_names=("NGUYEN VAN LAN", "nguyen van lan"),
        posts=(
            Post(post="Deputy", party="most", first=edtf("2019-05"), last=edtf("2019-05")),
            Post(post="Director", party="most", first=edtf("2022-08-16"), last=edtf("2022-08-17")),
        ),
        meetings=("hanoi", "paris"),
        signed=("mou",),
        responsible_for=("c",),
        decided_by=("later", "earlier", "signing"),
    )
    assert lan.parties == ("most",)
    assert str(lan) == (
        "Nguyễn Văn Lan: also written NGUYEN VAN LAN, nguyen van lan; Deputy of most (2019-05); "
        "Director of most (2022-08-16 to 2022-08-17); meetings: hanoi, paris; signed mou; "
        "responsible for c"
    )


def test_a_post_lasts_until_the_latest_day_on_which_an_act_may_have_been() -> None:
    minister = {"person": "Lan", "post": "Minister", "party": "most"}
    journey = [
        events.MeetingHeld(
            meeting=name, partnership="vnfr", kind="visit", when=when, participants=minister
        )
        for name, when in (("a", "2022-07-08"), ("b", "2022-07-07/2022-07-15"))
    ]
    (post,) = office(*journey).view("2023-01-01").person("Lan").posts

    assert str(post) == "Minister of most (2022-07-07/2022-07-15)"


def test_a_witness_signs_nothing(view: View) -> None:
    assert view.person("Anne Duval").signed == ()


def test_people_are_those_who_took_part_and_those_of_a_party(view: View) -> None:
    assert [each.name for each in view.people()] == ["Nguyễn Văn Lan", "Anne Duval"]
    assert [each.name for each in view.people(party="fr")] == ["Anne Duval"]
    assert repr(view.people()) == "Answers(2 people)"
    assert str(view.people(party="fr")).splitlines()[2:] == [
        "NAME        POSTS            MEETINGS",
        "Anne Duval  fr (2022-08-16)  paris",
    ]


def test_nobody_took_part_before_the_day() -> None:
    assert office().view("2023-01-01").people() == ()


def test_an_unknown_person_is_told_with_the_nearest(view: View) -> None:
    with pytest.raises(UnknownIdError) as refused:
        view.person("Ann Duval")

    assert str(refused.value) == "E102 unknown person 'Ann Duval'; did you mean 'Anne Duval'?"
