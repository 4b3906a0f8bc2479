"""Making what students wrote safe to be shown in an instructor's browser."""

from __future__ import annotations

import base64
import re

import nh3
from nbformat.notebooknode import NotebookNode

_TEX = "text/latex"
_SAFE = {"text/plain", _TEX, "image/png", "image/jpeg"}
_HTML, _SVG = "text/html", "image/svg+xml"
_INLINE = ("data:image/png", "data:image/jpeg", "data:image/svg+xml;base64,", "attachment:")
# MathJax would make links of any kind, and elements that look like the page's own.
_TELLING_TEX = re.compile(r"\\(?:href|url|style|class|cssId|require)(?![A-Za-z])")
_TAGS = nh3.ALLOWED_TAGS | {"section", "figure", "figcaption"}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {"class", "id", "style", "title", "align"},
}
_STYLES = {
    *("border", "border-left", "color", "font-family", "font-weight", "width"),
    *("margin", "margin-left", "margin-top", "padding", "text-align"),
}


def clean_html(html: object) -> str:
    """Keep of a piece of HTML what only shows, and nothing that runs, loads or sends.

    Examples
    --------
    >>> clean_html('<b onclick="steal()">bold</b><script>steal()</script>')
    '<b>bold</b>'
    """
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html)
    return _clean_tex(
        nh3.clean(
            text,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            filter_style_properties=_STYLES,
            url_schemes={"http", "https", "mailto", "data"},
            attribute_filter=_keep_attribute,
        )
    )


def _clean_tex(text: str) -> str:
    r"""Take out of formulas what is more than a formula.

    Examples
    --------
    >>> _clean_tex(r"$\href{javascript:steal()}{x}$")
    '$\\mathrm{javascript:steal()}{x}$'
    """
    return _TELLING_TEX.sub(r"\\mathrm", text)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    """Let images come from the page itself only: a remote one tells who looks at it.

    Nothing else may bring its own content along: a link could open a page made to deceive.
    """
    if tag == "img" and name == "src":
        return value if value.startswith(_INLINE) else None
    # Browsers overlook spaces and control characters in addresses.
    address = "".join(character for character in value if character > " ").lower()
    return None if address.startswith("data:") else value


def sanitize(notebook: NotebookNode) -> None:
    """Drop from a notebook's outputs, in place, whatever could run in a browser.

    Sources stay as they are: they are shown as text, and Markdown is cleaned by `clean_html`
    when it is rendered.
    """
    for cell in notebook.cells:
        cell.pop("attachments", None)
        for output in cell.get("outputs", []):
            if "data" in output:
                output["data"] = _safe_data(output["data"])
                output["metadata"] = _safe_metadata(output.get("metadata"))


def _safe_data(data: dict[str, object]) -> NotebookNode:
    kept = NotebookNode({mime: value for mime, value in data.items() if mime in _SAFE})
    if _HTML in data:
        kept[_HTML] = clean_html(data[_HTML])
    elif isinstance(data.get(_SVG), str):
        kept[_HTML] = _picture(str(data[_SVG]))
    for mime, value in kept.items():
        if not isinstance(value, str):
            kept[mime] = str(value)
    if _TEX in kept:
        kept[_TEX] = _clean_tex(kept[_TEX])
    return kept


def _picture(svg: str) -> str:
    """Show a drawing as a picture: there, nothing in it runs or loads."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="A figure" src="data:{_SVG};base64,{data}">'


def _safe_metadata(metadata: object) -> NotebookNode:
    """Keep of an output's metadata the alternative text of a figure."""
    png = metadata.get("image/png", {}) if isinstance(metadata, dict) else {}
    alt = png.get("alt") if isinstance(png, dict) else None
    return NotebookNode({"image/png": {"alt": alt}} if isinstance(alt, str) else {})
