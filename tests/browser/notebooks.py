"""Page that shows outputs as a notebook does: its marks, its colours, its rules for tables."""

from collections.abc import Iterable
from html import escape
from typing import Any

# As JupyterLab styles what a cell shows, so that our rules stand against real ones.
STYLE = """
body{margin:0;font:14px/20px system-ui,sans-serif}
body[data-jp-theme-light=true]{background:#fff;color:#1c1c1c;color-scheme:light}
body[data-jp-theme-light=false]{background:#111;color:#e6e6e6;color-scheme:dark}
main{max-width:1160px;margin:0 auto;padding:24px}
.cell{display:grid;grid-template-columns:64px minmax(0,1fr);gap:0 8px;margin-bottom:6px}
.cell>span{font:12px/20px monospace;text-align:right;opacity:.8;padding-top:7px}
pre{margin:0;border:1px solid rgba(128,128,128,.35);padding:7px 10px;font:13px/19px monospace}
pre{overflow-x:auto}
.out{padding:8px 10px 18px;overflow-x:auto}
.jp-RenderedHTMLCommon table{border-collapse:collapse;font-size:12px;margin-left:auto}
.jp-RenderedHTMLCommon :is(td,th){text-align:right;vertical-align:middle;padding:.5em;border:none}
.jp-RenderedHTMLCommon tbody tr:nth-child(odd){background:rgba(128,128,128,.2)}
.jp-RenderedHTMLCommon tbody tr:hover{background:rgba(66,165,245,.2)}
"""


def notebook(cells: Iterable[tuple[str, Any]], *, dark: bool = False) -> str:
    """Return a page with cells: for each its code, and below it what the notebook shows."""
    shown = "".join(
        f'<div class="cell"><span>[{number}]:</span><pre tabindex="0">{escape(code)}</pre></div>'
        '<div class="cell"><span></span><div class="out jp-RenderedHTMLCommon" tabindex="0"'
        f' role="region" aria-label="Output {number}">{value._repr_html_()}</div></div>'
        for number, (code, value) in enumerate(cells, start=1)
    )
    light = "false" if dark else "true"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title>'
        f'<style>{STYLE}</style></head><body data-jp-theme-light="{light}">'
        f"<main><h1 hidden>Notebook</h1>{shown}</main></body></html>"
    )
