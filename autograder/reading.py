"""Reading notebooks that anybody may have made."""

from __future__ import annotations

import stat
import warnings
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.warnings import DuplicateCellId

MAX_BYTES = 50 * 1024 * 1024


class Unreadable(Exception):
    """A file is not a notebook that can be graded; the message tells the student why."""


def read_notebook(path: Path) -> NotebookNode:
    """Read a submitted notebook in the current format.

    Parameters
    ----------
    path : Path

    Returns
    -------
    NotebookNode
        Format 4.5.

    Raises
    ------
    Unreadable
        If it is missing, no ordinary file, too large, or no notebook.
    """
    text = _read_text(path)
    try:
        notebook = nbformat.reads(text, as_version=4)
        notebook.nbformat_minor = 5
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DuplicateCellId)  # a copied cell; ids are made anew
            _, notebook = nbformat.validator.normalize(notebook, 4, 5, strip_invalid_metadata=True)
        nbformat.validate(notebook)
        nbformat.writes(notebook).encode()  # JSON may spell characters that no file can hold
    except nbformat.ValidationError as error:
        reason = error.message.splitlines()[0][:200]
        raise Unreadable(f"{path.name} is not a valid notebook: {reason}") from None
    except Exception as error:  # nbformat raises errors of every kind on odd JSON
        reason = (str(error).splitlines() or [repr(error)])[0][:200]
        raise Unreadable(
            f"{path.name} is not a notebook ({reason}). Open it in Jupyter, save it, submit again."
        ) from None
    return notebook


def _read_text(path: Path) -> str:
    try:
        status = path.lstat()
    except OSError:
        raise Unreadable(f"{path.name} was not submitted.") from None
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(f"{path.name} is not an ordinary file.")
    if status.st_size > MAX_BYTES:
        raise Unreadable(
            f"{path.name} has {status.st_size // 2**20} MiB, more than {MAX_BYTES // 2**20}: "
            "clear its outputs and submit again."
        )
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} is not UTF-8 text. Save it from Jupyter again.") from None
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}.") from None
