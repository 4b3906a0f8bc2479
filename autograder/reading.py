"""Reading files that anybody may have made."""

from __future__ import annotations

import errno
import json
import os
import stat
import warnings
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

MAX_BYTES = 50 * 1024 * 1024
# Errors that say nothing about the file.
_MACHINES_OWN = (errno.ENOMEM, errno.EMFILE, errno.ENFILE)


class Unreadable(Exception):
    """A file is not one that can be graded; the message tells the student why."""


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
    return parse_notebook(read_bytes(path), path.name)


def parse_notebook(data: bytes, name: str) -> NotebookNode:
    """Make a notebook in the current format of the bytes of a file of this name.

    Raises
    ------
    Unreadable
        If it is no notebook.
    """
    text = _decode(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of copied cells, say: ids are made anew
            return _current(text)
    except nbformat.ValidationError as error:
        reason = error.message.splitlines()[0][:200]
        raise Unreadable(f"{name} is not a valid notebook: {reason}") from None
    except MemoryError:
        raise  # this machine's failing, not the notebook's
    except Exception as error:  # nbformat raises errors of every kind on odd JSON
        reason = (str(error).splitlines() or [repr(error)])[0][:200]
        raise Unreadable(
            f"{name} is not a notebook ({reason}). Open it in Jupyter, save it, submit again."
        ) from None


def _current(text: str) -> NotebookNode:
    """Read a notebook of any format, and bring it to the current one."""
    notebook = nbformat.reads(text, as_version=4)
    notebook.nbformat_minor = 5
    _, notebook = nbformat.validator.normalize(notebook, 4, 5, strip_invalid_metadata=True)
    nbformat.validate(notebook)
    notebook_text(notebook).encode()  # JSON may spell characters that no file can hold
    return notebook


def notebook_text(notebook: NotebookNode) -> str:
    r"""Write a notebook that has been checked as the text of its file.

    As `nbformat.writes`, but for the layout: without it, Python's fast encoder does the work.

    Examples
    --------
    >>> from nbformat.v4 import new_notebook
    >>> notebook_text(new_notebook())
    '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'
    """
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Read a submitted file: the one way to any file that a student handed in.

    Neither the file nor the folders that came with it may be links, which could lead to the
    instructor's solutions or secrets.

    Parameters
    ----------
    path : Path
        ``submitted/<student>/<week>/<file>``, or the copy of it that nbgrader makes.
    most : int
        The most bytes it may have.

    Raises
    ------
    Unreadable
        If it is missing, no ordinary file, or too large.
    """
    if has_links(path.parent):
        raise Unreadable(f"{path.name} lies behind a link.")
    try:
        with open(path, "rb", opener=_guarded) as stream:
            status = os.fstat(stream.fileno())
            data = stream.read(most + 1) if stat.S_ISREG(status.st_mode) else None
    except OSError as error:
        if error.errno in _MACHINES_OWN:
            raise
        raise Unreadable(_why_closed(path, error)) from None
    if data is None:
        raise Unreadable(f"{path.name} is not an ordinary file.")
    if len(data) > most:
        raise Unreadable(
            f"{path.name} has {status.st_size / 2**20:.0f} MiB, more than {most / 2**20:.0f}: "
            "clear its outputs and submit again."
        )
    return data


def has_links(folder: Path) -> bool:
    """Tell whether a submission's folder, or the student's that holds it, is a link."""
    return folder.is_symlink() or folder.parent.is_symlink()


def _guarded(path: str, flags: int) -> int:
    """Open a file; a link put there meanwhile is not followed, a pipe is not waited for."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _why_closed(path: Path, error: OSError) -> str:
    if path.is_symlink() or path.is_socket() or path.is_dir():
        return f"{path.name} is not an ordinary file."
    if isinstance(error, FileNotFoundError):
        return f"{path.name} was not submitted."
    return f"{path.name} cannot be read: {error.strerror}."


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{name} is not UTF-8 text. Save it from Jupyter again.") from None
