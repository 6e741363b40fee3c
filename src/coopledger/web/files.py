"""Files beside the pages: the sheet of style, the scripts, and a host's own tokens."""

import re
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Final

from coopledger._frozen import frozen
from coopledger._suggest import did_you_mean
from coopledger.errors import ArgumentError
from coopledger.render.html.pages import sheet

# What a host may set: the colours and faces of the sheet.
TOKENS: Final = (
    *("paper", "sunk", "line", "edge", "ink", "ink2", "ink3"),
    *("accent", "weak", "alarm", "alarmw", "hatch", "font", "mono"),
)
# A value ends neither its rule nor its sheet, and asks for nothing elsewhere.
_VALUE: Final = re.compile(r"[\w\s#%.,()'\"+*/-]{1,300}", re.ASCII)
_FETCHING: Final = re.compile(r"url|image|import|expression|/\*|//", re.IGNORECASE)


@frozen
class File:
    """File that the pages ask for.

    Attributes:
        content: Its bytes.
        media_type: Its type, for the browser.
        digest: The digest of its content, which stands in its address.
    """

    content: bytes
    media_type: str
    digest: str


def served_files(tokens: Mapping[str, str]) -> dict[str, File]:
    """Return the files by name: the style with a host's tokens, and the scripts.

    Raises:
        ArgumentError: A token is unknown, or its value would be more than one value of style.
    """
    style = sheet() + _read("web.css") + _own_rule(tokens)
    return {
        "coopledger.css": _file(style, "text/css; charset=utf-8"),
        "scrubber.js": _file(_read("scrubber.js"), "text/javascript; charset=utf-8"),
    }


def _read(name: str) -> str:
    """Return the text of a file of this package."""
    return files("coopledger.web").joinpath("static", name).read_text("utf-8")


def _file(text: str, media_type: str) -> File:
    """Return a file of a text."""
    content = text.encode()
    return File(content, media_type, sha256(content).hexdigest()[:16])


def _own_rule(tokens: Mapping[str, str]) -> str:
    """Return the rule that sets a host's tokens; nothing where it has none."""
    for name, value in tokens.items():
        if name not in TOKENS:
            known = f"{', '.join(TOKENS)}{did_you_mean(name, TOKENS)}"
            raise ArgumentError("tokens", repr(name), f"is no token: {known}")
        if not _VALUE.fullmatch(value) or _FETCHING.search(value):
            remedy = "is no value of style: give one such as '#0b5f6e' or 'light-dark(#000, #fff)'"
            raise ArgumentError("tokens", repr(value), remedy)
    # Twice the class: it stands above both the light and the dark rule of the sheet.
    rule = "".join(f"--{name}:{value};" for name, value in tokens.items())
    return f".cl.cl.cl{{{rule}}}\n" if rule else ""
