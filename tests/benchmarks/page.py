"""Measured figures in a page of the documentation, between two marks."""

from pathlib import Path

__all__ = ["written_page"]

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


def written_page(page: Path, tables: str) -> None:
    """Put the tables into the page, in place of those of an earlier run."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")
