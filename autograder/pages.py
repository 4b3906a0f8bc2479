"""What all pages have in common: where their templates lie, and how these are filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2

_TEMPLATES = Path(__file__).parent / "templates"


def fill(template: str, contents: dict[str, Any], *filters: Callable[..., Any]) -> str:
    """Fill a page's template in; what is not markup is escaped.

    Parameters
    ----------
    template : str
        The name of its file.
    contents : dict
        What stands in it, by name.
    *filters : callable
        What the template may call, under their own names.

    Returns
    -------
    str
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update({function.__name__: function for function in filters})
    return environment.get_template(template).render(contents) + "\n"


def style() -> str:
    """Give the style sheet of all pages."""
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")
