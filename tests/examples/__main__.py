"""Writes what the examples print now as what is expected; look at the difference before you commit.

python -m tests.examples
"""

from tests.examples.scripts import EXAMPLES, EXPECTED, expected_file, run_example

EXPECTED.mkdir(exist_ok=True)
for old in EXPECTED.glob("*.txt"):
    old.unlink()
for example in EXAMPLES:
    expected_file(example).write_text(run_example(example), encoding="utf-8", newline="\n")
