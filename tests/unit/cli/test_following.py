"""Commands that follow up, as real processes."""

import csv
import io
import json
from pathlib import Path

import pytest

from coopledger import Ledger, events
from tests.unit.cli.programs import run

DAY = "2022-12-15"


@pytest.fixture(name="hampered")
def _hampered(office: Path, tmp_path: Path) -> Path:
    """Return an office with something in the way of its text."""
    path = tmp_path / "hampered.db"
    with Ledger.open(office, name="ledger", readonly=True) as ledger:
        ledger.backup(path)
    with Ledger.open(path) as ledger:
        ledger.record(
            events.ObstacleReported(
                obstacle="stamp",
                subject="north-mou",
                text="the seal is at Huế",
                lies_with="NU",
                when="2022-09-01",
            )
        )
    return path


def test_words_are_found_without_their_diacritics(hampered: Path) -> None:
    shown = run("find", hampered, "hue", "--on", DAY)

    heading, _, table = shown.stdout.partition("\n\n")
    assert (heading, shown.stderr, shown.returncode) == (
        'Found "hue" on 2022-12-15: 1 found',
        "",
        0,
    )
    assert table.endswith("   the seal is at Huế  north-mou\n")


def test_what_is_in_the_way_lies_with_somebody(hampered: Path) -> None:
    shown = run("obstacles", hampered, "--on", DAY, "--lies-with", "NU").stdout

    heading, _, table = shown.partition("\n\n")
    assert heading == "Obstacles on 2022-12-15: 1 obstacle"
    assert table == (
        "OBSTACLE            IN THE WAY OF                        LIES WITH       SINCE       ID\n"
        "the seal is at Huế  MoU, Viện Hải Châu – Nordhavn [red]  Nordhavn [red]  2022-09-01"
        "  stamp\n"
    )
    elsewhere = run("obstacles", hampered, "--on", DAY, "--lies-with", "HC").stdout
    assert elsewhere == "Obstacles on 2022-12-15: nothing.\n"


def test_what_is_new_since_a_day_or_a_position(hampered: Path) -> None:
    since_a_day = run("news", hampered, "2022-08-31", "--on", DAY)
    since_a_position = json.loads(run("news", hampered, "8", "--on", DAY, "--json").stdout)

    heading, overdue, *_ = since_a_day.stdout.split("\n\n")
    assert (heading, since_a_day.stderr) == ("News of 2022-12-15 since 2022-08-31", "")
    assert overdue == "Overdue: 1 commitment"
    assert [each["id"] for each in since_a_position["overdue"]] == []
    refused = run("news", hampered, "2022", "--on", DAY)
    assert refused.stderr.startswith("✗ SINCE 2022 comes after this view, of 2022-12-15")
    assert refused.returncode == 2


def test_what_nobody_sees_to(hampered: Path) -> None:
    shown = run("unassigned", hampered, "--on", DAY).stdout

    assert shown.startswith("Unassigned on 2022-12-15: 2 matters\n")
    assert "arrange a visit" in shown


def test_programs_read_the_same(hampered: Path) -> None:
    (found,) = json.loads(run("find", hampered, "seal", "--on", DAY, "--json").stdout)
    (row,) = csv.DictReader(io.StringIO(run("obstacles", hampered, "--on", DAY, "--csv").stdout))

    assert (found["id"], found["noun"]) == ("north-mou", "instrument")
    assert (row["id"], row["lies_with"], row["since"]) == ("stamp", "NU", "2022-09-01")


def test_words_to_look_for_are_needed(hampered: Path) -> None:
    lacking = run("find", COOPLEDGER_LEDGER=str(hampered))
    empty = run("find", hampered, "!")

    assert (lacking.stdout, empty.stdout) == ("", "")
    assert lacking.stderr.startswith("✗ TEXT is missing: give it after the ledger\n")
    assert empty.stderr == "✗ text '!' has no letter or digit to look for\n"
    assert (lacking.returncode, empty.returncode) == (2, 2)


def test_every_list_is_limited_to_a_partner_a_person_or_a_country(hampered: Path) -> None:
    with Ledger.open(hampered) as ledger:
        ledger.record(
            events.ResponsibilityAssigned(subject="north-mou", to="Lan", when="2022-09-02")
        )

    def ids(command: str, *words: str) -> list[str]:
        shown = run(command, hampered, *words, "--on", DAY, "--json")
        return [each["id"] for each in json.loads(shown.stdout)]

    assert ids("obstacles", "--responsible", "lan") == ["stamp"]
    assert ids("obstacles", "--responsible", "Minh") == ids("obstacles", "--tag", "water") == []
    assert ids("obstacles", "--with", "north") == ["stamp"]
    assert ids("find", "hue", "--with", "NU") == ["north-mou"]
    assert ids("board", "--country", "FR") == []
    assert "stamp" not in str(ids("unassigned", "--with", "NU"))


def test_a_limited_page_says_so(hampered: Path) -> None:
    limits = ("--with", "NU", "--tag", "water", "--on", DAY)

    assert run("obstacles", hampered, *limits).stdout == (
        "With Nordhavn [red], tag: water\n\nObstacles on 2022-12-15: nothing.\n"
    )
    assert run("news", hampered, "2022-08-31", "--responsible", "Lan", "--on", DAY).stdout == (
        "Responsible: Lan\n\nNews of 2022-12-15 since 2022-08-31: none\n"
    )
