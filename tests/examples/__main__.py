"""Writes what the examples print now as what is expected; look at the difference before you commit.

python -m tests.examples
"""

from tests.examples.running import EXAMPLES, EXPECTED, expected, printed

EXPECTED.mkdir(exist_ok=True)
for old in EXPECTED.glob("*.txt"):
    old.unlink()
for example in EXAMPLES:
    expected(example).write_text(printed(example), encoding="utf-8", newline="\n")
