"""The syllabus page for students, and the other pages that lie in their bundle.

The page is made of ``course/syllabus.toml`` and of what each master promises, and is committed as
``docs/syllabus.md``. In a bundle it is HTML, which every browser shows without a network.
"""

from __future__ import annotations

import re
from pathlib import Path

from autograder.building import master_path, read_master
from autograder.glossary import PAGE, glossary_page, has_glossary
from autograder.pages import style
from autograder.syllabus import Notebook, Week, load_syllabus

OVERVIEW = Path("docs", "syllabus.md")
PROJECT = Path("docs", "final_project.md")
_PROMISES = re.compile(r"^## What you will learn$(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"^# ?", re.MULTILINE)
_ITEM = re.compile(r"^\d+\. (.*?)(?=^\d+\. |^\s*$|\Z)", re.MULTILINE | re.DOTALL)
_MORE_STYLE = "a { color: var(--fill); }\n.anchor-link { display: none; }\n"

_OPENING = """\
# {title}

<!-- Made by `dlcourse syllabus` from course/syllabus.toml and the masters: edit those. -->

Each week has one notebook or two. You read a piece of theory, work an example by hand, and write a
function; a check below it answers at once. At the end of each notebook the pieces come together on
real data. Times are what the exercises usually take.

| week | what it is about | notebooks | time | due |
|---|---|---|---|---|
{rows}

After the last week there is a [project of your own](final_project.md). What symbols and words mean,
the glossary says, to which every notebook links.
"""


def objectives(master: str) -> list[str]:
    r"""Read from a master what it promises that one can do afterwards.

    Parameters
    ----------
    master : str
        The text of the master, in jupytext's percent format.

    Returns
    -------
    list of str
        The items of the list under "What you will learn", each on one line.

    Examples
    --------
    >>> objectives("# %% [markdown]\n# ## What you will learn\n#\n# 1. read;\n# 2. write.\n# ## Go")
    ['read', 'write']
    """
    found = _PROMISES.search(_COMMENT.sub("", master))
    items = _ITEM.findall(found[1]) if found else []
    return [" ".join(item.split()).rstrip(";.") for item in items]


def syllabus_page(root: Path) -> str:
    """Make the syllabus page.

    Parameters
    ----------
    root : Path
        The course.

    Returns
    -------
    str
        Markdown.
    """
    syllabus = load_syllabus(root)
    rows = "\n".join(_row(week) for week in syllabus.weeks)
    opening = _OPENING.format(title=syllabus.title, rows=rows)
    return "\n".join([opening, *(_week(root, week) for week in syllabus.weeks)])


def write_syllabus_page(root: Path) -> Path:
    """Write the syllabus page into the course, and return its path."""
    path = root / OVERVIEW
    path.parent.mkdir(exist_ok=True)
    path.write_text(syllabus_page(root), encoding="utf-8")
    return path


def student_pages(root: Path) -> dict[str, str]:
    """Make the pages that a bundle holds beside the notebooks.

    Parameters
    ----------
    root : Path
        The course.

    Returns
    -------
    dict of str to str
        HTML by file name; of pages that the course has not, nothing.
    """
    pages = {PAGE: glossary_page(root)} if has_glossary(root) else {}
    if (root / PROJECT).is_file():
        pages["syllabus.html"] = _html(syllabus_page(root))
        pages["final_project.html"] = _html((root / PROJECT).read_text(encoding="utf-8"))
    return pages


def _row(week: Week) -> str:
    minutes = sum(notebook.minutes for notebook in week.notebooks)
    due = f"{week.due.day} {week.due:%B %Y}"
    anchor = f"week-{week.number}"
    return (
        f"| {week.number} | [{week.title}](#{anchor}) | {len(week.notebooks)} | {_hours(minutes)} "
        f"| {due} |"
    )


def _hours(minutes: int) -> str:
    """Write a time in hours and minutes.

    Examples
    --------
    >>> _hours(200), _hours(60), _hours(45)
    ('3 h 20 min', '1 h', '45 min')
    """
    parts = [(minutes // 60, "h"), (minutes % 60, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _week(root: Path, week: Week) -> str:
    due = f"{week.due:%A}, {week.due.day} {week.due:%B %Y, %H:%M}"
    notebooks = "\n".join(_notebook(root, notebook) for notebook in week.notebooks)
    heading = f'<a id="week-{week.number}"></a>\n\n## Week {week.number}: {week.title}'
    return f"{heading}\n\nDue {due}.\n\n{notebooks}"


def _notebook(root: Path, notebook: Notebook) -> str:
    minutes = f"`{notebook.id}.ipynb`, about {notebook.minutes} minutes"
    if not master_path(root, notebook.id).is_file():  # the other weeks can be built all the same
        return f"### {notebook.title}\n\n{minutes}. In preparation.\n"
    promises = objectives(read_master(root, notebook.id))
    listed = "\n".join(f"- {promise}" for promise in promises)
    return f"### {notebook.title}\n\n{minutes}. Afterwards you can\n\n{listed}\n"


def _html(markdown: str) -> str:
    """Make a page that needs no other file of a text in Markdown."""
    from nbconvert.filters import markdown2html

    title = markdown.partition("\n")[0].lstrip("# ")
    linked = re.sub(r"\]\((\w+)\.md\)", r"](\1.html)", markdown).replace("$", "")
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style()}{_MORE_STYLE}</style>'
    body = markdown2html(linked)
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'
