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


def test_a_letter_is_written_as_a_mail(office: Path) -> None:
    asked = ("letter", office, "--us", "HC", "--on", DAY)
    made = run(*asked, "--since", "2022-12-08", "--to", "a@example.org", "--from", "b@example.org")

    assert (made.stderr, made.returncode) == ("", 0)
    assert made.stdout.startswith(
        "To: a@example.org\nFrom: b@example.org\nSubject: We are late with 1\n"
    )
    assert "send the \\x1b[2J data" not in made.stdout.splitlines()[0]
    assert run(*asked, "--since", "1").stdout.startswith("Subject: We are late with 1\n")


def test_where_there_is_nothing_to_say_no_letter_is_written(office: Path) -> None:
    made = run("letter", office, "--on", "2022-06-15", "--since", "7")

    assert (made.stdout, made.returncode) == ("", 0)
    assert made.stderr.startswith("No letter: nothing is late or due this week, or new since")


def test_an_address_that_is_none_is_refused_by_its_option(office: Path) -> None:
    made = run("letter", office, "--since", "2022-06-10", "--from", "nobody")

    assert (made.stdout, made.returncode) == ("", 2)
    assert made.stderr.startswith("✗ --from 'nobody' is no address of mail: write ")
