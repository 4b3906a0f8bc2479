"""Temporary folders that do not stay for good when their process is killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_HOUR = 3600


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """Make a folder for as long as the context, and remove those that killed processes left.

    Parameters
    ----------
    prefix : str
        How its name begins; what is left of folders of this name goes.
    """
    _remove_left(prefix)
    with tempfile.TemporaryDirectory(prefix=prefix) as name:
        # The lock ends with the process, however that ends.
        descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield Path(name)
        finally:
            os.close(descriptor)


def _remove_left(prefix: str) -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError):  # another user's, or gone already
            if time.time() - folder.lstat().st_mtime > _HOUR and _nobody_holds(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _nobody_holds(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
