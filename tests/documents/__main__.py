"""Writes what the pages print now as what they show; look at the difference before you commit.

python -m tests.documents [PAGE ...]
"""

import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.documents.pages import PAGES, outputs, page_of

for page in [Path(name).resolve() for name in sys.argv[1:]] or PAGES:
    document = page_of(page)
    with TemporaryDirectory() as folder, chdir(folder):
        blocks = [(example.region, printed) for example, printed in outputs(document)]
    text = document.text
    for region, printed in reversed(blocks):
        text = f"{text[: region.start]}```text\n{printed}```{text[region.end :]}"
    page.write_text(text, encoding="utf-8", newline="\n")
