"""Commands that make files for people, as real processes."""

from pathlib import Path

from tests.unit.cli.programs import run

DAY = "2022-12-15"


def test_a_calendar_is_written_to_the_standard_output(office: Path) -> None:
    made = run("calendar", office, "--us", "HC", "--on", DAY, "--language", "fr")

    lines = made.stdout.splitlines()
    assert (made.stderr, made.returncode) == ("", 0)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "DUE;VALUE=DATE:20220930" in lines
    assert any(line.startswith("SUMMARY:Nous\xa0devons") for line in lines)
