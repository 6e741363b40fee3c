"""Templates of the pages: the door to jinja2, which is loaded when a page is made."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from coopledger._display.signs import NOTED, Sign, Tone, sign_of
from coopledger._escape import printable
from coopledger.errors import MissingExtraError

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = "coopledger.render.html"
TONES = {Tone.NONE: "g", Tone.ACCENT: "g on", Tone.ALARM: "g late"}


def sheet() -> str:
    """Return the one sheet of style of all pages."""
    return Path(__file__).with_name("sheet.css").read_text(encoding="utf-8")


def drawn(word: StrEnum | None) -> str:
    """Return the sign of a word as SVG; its word stands beside it."""
    sign: Sign = (None if word is None else sign_of(word)) or NOTED
    return (
        f'<svg class="{TONES[sign.tone]}" viewBox="0 0 12 12" aria-hidden="true">'
        f"{sign.drawing}</svg>"
    )


@lru_cache
def environment(extra: str = "report", package: str = PACKAGE) -> "Environment":
    """Return the templates: everything is escaped, and nothing that is missing passes for empty.

    Args:
        extra: The extra of coopledger that brings what they need.
        package: The package whose templates come before those of the pages.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    try:
        from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
        from markupsafe import Markup
    except ImportError:
        raise MissingExtraError(extra, "jinja2") from None

    def shown(value: object) -> object:
        is_text = isinstance(value, str) and not isinstance(value, Markup)
        return printable(value) if is_text and isinstance(value, str) else value

    def sign(word: StrEnum | None) -> Markup:
        return Markup(drawn(word))  # noqa: S704 - from the table of signs alone

    made = Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in dict.fromkeys((package, PACKAGE))]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Its type names only what jinja2 puts there itself.
    cast(dict[str, Any], made.globals)["sign"] = sign
    return made
