"""Making what students wrote safe to be shown in an instructor's browser."""

from __future__ import annotations

import nh3
from nbformat.notebooknode import NotebookNode

_SAFE = {"text/plain", "text/latex", "image/png", "image/jpeg"}
_HTML = "text/html"
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
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto", "data"},
        attribute_filter=_keep_attribute,
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    """Let images come from the page itself only: a remote one tells who looks at it."""
    if tag == "img" and name == "src":
        inline = ("data:image/png", "data:image/jpeg", "attachment:")
        return value if value.startswith(inline) else None
    return value


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
    for mime, value in kept.items():
        if not isinstance(value, str):
            kept[mime] = str(value)
    return kept


def _safe_metadata(metadata: object) -> NotebookNode:
    """Keep of an output's metadata the alternative text of a figure."""
    png = metadata.get("image/png", {}) if isinstance(metadata, dict) else {}
    alt = png.get("alt") if isinstance(png, dict) else None
    return NotebookNode({"image/png": {"alt": alt}} if isinstance(alt, str) else {})
