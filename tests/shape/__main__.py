"""Prints the shape of the package: ``python -m tests.shape [--tree CHECKOUT] [--json]``."""

import argparse
import json
from pathlib import Path

import coopledger
from tests.shape.figures import AT_MOST, figures


def main() -> None:
    """Measure the imported package or that of a checkout, and print a line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.shape", description=__doc__)
    parser.add_argument("--tree", type=Path, help="a checkout; by default the imported package")
    parser.add_argument("--json", action="store_true", help="print JSON, shares from 0 to 1")
    options = parser.parse_args()
    tree: Path | None = options.tree
    package = Path(coopledger.__file__).parent if tree is None else tree / "src" / "coopledger"
    if not package.is_dir():
        parser.error(f"{package} is no folder")
    measured = figures(package.resolve())
    if options.json:
        print(json.dumps(measured, indent=2))
        return
    print(f"{'':<36}{'figure':>8}{'at most':>9}")
    for name, value in measured.items():
        limit = text(name, AT_MOST[name]) if name in AT_MOST else ""
        print(f"{name.replace('_', ' '):<36}{text(name, value):>8}{limit:>9}".rstrip())


def text(name: str, value: float) -> str:
    """Return the figure as people write it: a share in percent, a number with its thousands."""
    return f"{value:.0%}" if name.endswith("share") else f"{value:,.0f}"


if __name__ == "__main__":
    main()
