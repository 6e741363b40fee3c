"""File with a thousand defects, one a line, among good lines; and what it costs to read it."""

import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

import attrs

from coopledger import Ledger
from coopledger.errors import RefusedError
from tests.builders import Clock
from tests.unit.interchange.lines import START, instrument_line, meeting_line

MANY = 1000
LONG = 100 * 2**20
PIECE = 2**20


@attrs.frozen
class Defect:
    """One bad line.

    Attributes:
        line: Its bytes.
        words: What is said of it, among other things.
        tells: The id that it was to register, where it can be read.
    """

    line: bytes
    words: str
    tells: str | None = None


def line_of(fields: Mapping[str, object]) -> bytes:
    return json.dumps(fields).encode()


def bad_instrument(number: int, words: str, **fields: object) -> Defect:
    """Return a text that cannot be registered so."""
    name = f"bad{number}"
    return Defect(line_of(instrument_line(name, **fields)), words, name)


def cut(number: int, chance: Random) -> Defect:
    line = line_of(meeting_line(f"cut{number}"))
    return Defect(line[: chance.randrange(1, len(line))], "was it cut off?")


def spoiled(number: int, chance: Random) -> Defect:
    """Return a text in an encoding of its own."""
    text = json.dumps(meeting_line(f"spoiled{number}", note="Hà Nội"), ensure_ascii=False)
    encoding = chance.choice(["cp1258", "cp1252", "utf-16-le", "utf-16-be"])
    return Defect(text.encode(encoding, errors="replace").replace(b"\n", b""), "is no UTF-8")


def nested(number: int, chance: Random) -> Defect:
    deep = chance.choice([40, 100, 5000, 100_000])
    line = line_of(instrument_line(f"bad{number}", ext={"a": 1}))
    return Defect(
        line.replace(b"1}", b"[" * deep + b"]" * deep + b"}"), "is nested deeper", f"bad{number}"
    )


def huge(number: int, chance: Random) -> Defect:
    digits = chance.choice([17, 400, 5000])
    line = line_of(meeting_line(f"huge{number}", number=1, series="s"))
    return Defect(line.replace(b": 1,", b": " + b"9" * digits + b","), "every reader keeps exact")


def twice(number: int, chance: Random) -> Defect:
    """Return an id of an event that a good line has."""
    good = f"g{chance.randrange(1, number + 1)}"
    return Defect(line_of(meeting_line(f"twice{number}", id=good)), "stands on line")


KINDS: tuple[Callable[[int, Random], Defect], ...] = (
    *(cut, spoiled, nested, huge, twice),
    lambda number, _: bad_instrument(number, "title: 5 is no text", title=5),
    lambda number, _: bad_instrument(number, "parties: 5 is no list", parties=5),
    lambda number, _: bad_instrument(number, "parties: unknown party 'xx'", parties=["vn", "xx"]),
    lambda number, _: bad_instrument(
        number, "unknown partnership 'vnft'; did you", partnership="vnft"
    ),
    lambda number, _: bad_instrument(number, "did you mean 2022-12-31?", when="31/12/2022"),
    lambda number, _: bad_instrument(number, "is ambiguous: 2022-08-09 or", when="08-09-2022"),
    lambda number, _: bad_instrument(number, "after the day of recording", when="2031-01-01"),
    lambda number, _: bad_instrument(number, "is no field of", titel="a"),
    lambda number, _: bad_instrument(number, "did you mean 'mou'?", kind="mout"),
    lambda number, _: bad_instrument(number, "is no number of JSON", note=float("nan")),
    lambda _, __: Defect(line_of(instrument_line("mou")), "instrument: 'mou' is already the id of"),
    lambda _, __: Defect(line_of({"type": "meeting-held", "when": "2022"}), "'meeting' is missing"),
    lambda _, __: Defect(line_of({"type": "moon-landed"}), "is no type of event"),
    lambda _, __: Defect(b"What was said in Hanoi", "the line is no JSON at column 1"),
    lambda _, __: Defect(b"[]", "is no object"),
    lambda _, __: Defect(b'{"type":"note-added","type":"note-added"}', "stands twice"),
)


def file_with(defects: int) -> Iterator[tuple[bytes, str | None]]:
    """Yield the lines, each with the expected words; None for good lines and consequences."""
    chance = Random(2022)  # noqa: S311 - the same file every time, and no secret
    for fields in (*START, instrument_line("mou")):
        yield line_of(fields), None
    for number in range(1, defects):
        yield line_of(meeting_line(f"m{number}", id=f"g{number}")), None
        defect = chance.choice(KINDS)(number, chance)
        yield defect.line, defect.words
        if defect.tells is not None:
            follows = {"type": "instrument-signed", "instrument": defect.tells, "when": "2022"}
            yield line_of(follows), None
    yield b"", None
    yield b'{"type":"note-added","text":"', "the line is longer than"


def write(path: Path, defects: int) -> dict[int, str]:
    """Write the file; return the expected words by line. The last line is the long one."""
    lines = list(file_with(defects))
    with path.open("wb") as file:
        file.write(b"\n".join(line for line, _ in lines))
        for _ in range(LONG // PIECE):
            file.write(b"x" * PIECE)
        file.write(b'"}\n')
    return {number: words for number, (_, words) in enumerate(lines, 1) if words is not None}


def peak_mib() -> float:
    """Return the most memory that this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(path: str) -> None:
    """Print by how many MiB the memory of this process grew while it read the file."""
    ledger = Ledger.in_memory(clock=Clock())
    before = peak_mib()
    try:
        ledger.import_jsonl(path)
    except RefusedError as error:
        print(peak_mib() - before, len({finding.line for finding in error.findings}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
