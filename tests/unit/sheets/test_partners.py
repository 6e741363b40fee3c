import pytest

from coopledger import events, sheets
from coopledger.errors import RefusedError
from tests.unit.sheets.offices import empty_ledger, make_office, mapping_of, read_office

pytestmark = pytest.mark.usefixtures("folder")


@pytest.mark.parametrize(
    ("spelling", "name", "why"),
    [
        ("Đại học Huế", "Dai hoc Hue", "the same letters, spelled otherwise"),
        ("CCI France-Vietnam", "CCI France Viet Nam", "the same letters, spelled otherwise"),
        ("Pasteur Institut", "Institut Pasteur", "spelled almost alike"),
        ("Centre for Quiet Engine", "Centre for Quiet Engines", "spelled almost alike"),
        ("CQE", "Centre for Quiet Engines", "its initials"),
        ("CFQE", "Centre for Quiet Engines", "its initials"),
        ("CQE", "Quiet Engines Group (CQE)", "the acronym that stands in brackets"),
        ("le Viêt Nam", "Vietnam", "both are names of Viet Nam"),
        ("VN", "Socialist Republic of Viet Nam", "both are names of Viet Nam"),
        ("Pháp", "France", "both are names of France"),
        ("République de Corée", "Hàn Quốc", "both are names of South Korea"),
        ("OMPI", "World Intellectual Property Organization", "both are names of WIPO"),
        ("Liên hợp quốc", "United Nations", "both are names of UN"),
    ],
)
def test_a_spelling_that_may_be_another_is_proposed(spelling: str, name: str, why: str) -> None:
    rows = [["T1", "S", name], ["T2", "S", name], ["T3", "S", spelling]]

    (proposal,) = read_office(rows).proposals

    assert (proposal.spelling, proposal.why, proposal.places) == (spelling, why, ("Texts!C4",))
    assert name.startswith(proposal.meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Hanoi", "University of Danang"),
        ("School 12", "School 13"),
        ("IDR", "idr"),
        ("Ban A", "Cục B"),
        ("AB", "Ark"),
        ("North Korea", "South Korea"),
        ("République démocratique du Congo", "Republic of the Congo"),
        ("Institute of Tea (VN)", "Viet Nam"),
        ("Seeds (VN)", "Trains (VN)"),
        ("Hoa Kỳ", "Cayman Islands"),
        ("+", "-"),
    ],
)
def test_other_names_are_others_and_case_is_no_difference(one: str, other: str) -> None:
    sheet = read_office([["T1", "S", one], ["T2", "S", other]])

    assert sheet.proposals == ()


@pytest.mark.parametrize("spelling", ["Vietnam", "Nước Việt Nam", "Viet Namm", "Annam"])
def test_a_party_of_the_ledger_is_proposed_by_all_its_names(spelling: str) -> None:
    ledger = empty_ledger()
    ledger.record(
        events.PartyRegistered(
            party="VN", name="Việt Nam", kind="state", country="VN", other_names=["An Nam"]
        )
    )
    path = make_office([["T1", "S", spelling]])

    (proposal,) = sheets.read(path, mapping_of(path), view=ledger.view()).proposals

    assert (proposal.spelling, proposal.meant) == (spelling, "Việt Nam")


def test_a_row_with_a_name_in_doubt_waits_and_is_told() -> None:
    rows = [["T1", "S", "CQE"], ["T2", "S", "Centre for Quiet Engines"], ["T3", "S", "CQE"]]
    sheet = read_office(rows)

    assert str(sheet) == (
        "office.xlsx: 1 of 3 texts are good, 4 events\n"
        "'CQE' (Texts!C2 and 1 more) may be 'Centre for Quiet Engines': its initials"
    )
    with pytest.raises(RefusedError) as error:
        sheet.record(empty_ledger())
    assert str(error.value) == (
        "E106 office.xlsx:2, Texts!C2: Partner: 'CQE' may be 'Centre for Quiet Engines': its "
        "initials: accept it, or keep it apart"
    )


def test_accepted_names_are_those_of_one_party_whose_id_is_the_acronym() -> None:
    path = make_office([["T1", "S", "CQE"], ["T2", "S", "Centre for Quiet Engines"]])
    mapping = mapping_of(path)

    proposals = sheets.read(path, mapping).proposals
    sheet = sheets.read(path, mapping.accept(*proposals))

    party = sheet.events[1]
    assert isinstance(party, events.PartyRegistered)
    assert (party.party, party.name, party.acronyms) == (
        "CQE",
        "Centre for Quiet Engines",
        ("CQE",),
    )
    assert party.kind == "centre"
    apart = sheets.read(path, mapping.keep_apart(*proposals))
    assert [each.party for each in apart.events if isinstance(each, events.PartyRegistered)] == [
        *("OC", "CQE", "centre-for-quiet-engines")
    ]


def test_partners_with_the_same_words_get_ids_of_their_own() -> None:
    path = make_office([["T1", "S", "Bộ A"], ["T2", "S", "Bo A"]])
    mapping = mapping_of(path)
    sheet = sheets.read(path, mapping.keep_apart(*sheets.read(path, mapping).proposals))

    assert [each.party for each in sheet.events if isinstance(each, events.PartyRegistered)] == [
        *("OC", "bo-a", "bo-a-2")
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("University of the Blue Lake", "university"),
        ("Đại học Núi Xanh", "university"),
        ("Bộ Khoa học", "ministry"),
        ("Ministère des Sables", "ministry"),
        ("Viện Sao Biển", "centre"),
        ("Phòng Thương mại Cầu Lớn", "chamber"),
        ("Công ty Chè", "company"),
        ("UNESCO", "international_organisation"),
        ("Liên hợp quốc", "international_organisation"),
        ("Cộng hòa Pháp", "state"),
        ("Nobody", "other"),
    ],
)
def test_the_kind_of_a_party_is_inferred_from_its_name(name: str, kind: str) -> None:
    party = read_office([["T1", "S", name]]).events[1]

    assert isinstance(party, events.PartyRegistered)
    assert (str(party.kind), party.inferred[0]) == (kind, "kind")


def test_the_country_of_a_state_is_inferred_from_its_name() -> None:
    party = read_office([["T1", "S", "Pháp", None]]).events[1]

    assert isinstance(party, events.PartyRegistered)
    assert (party.country, party.inferred) == ("FR", ("kind", "country"))


def test_two_letters_that_are_the_code_of_a_country_may_be_an_acronym() -> None:
    party = read_office([["T1", "S", "AS", None]]).events[1]

    assert isinstance(party, events.PartyRegistered)
    assert (str(party.kind), party.country) == ("other", None)
