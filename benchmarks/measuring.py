"""What a command costs, with all that it starts: processor time, wall time, memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PR_SET_CHILD_SUBREAPER = 36
_SAMPLE_SECONDS = 0.2


@dataclass(frozen=True)
class Cost:
    """What commands cost together.

    Attributes
    ----------
    cpu : float
        Processor seconds of all processes, those in the sandbox among them.
    wall : float
        Seconds on the clock.
    memory : int
        The most bytes in use at a time, memory that processes share counted once.
    """

    cpu: float
    wall: float
    memory: int


def measure(commands: Sequence[Sequence[str]], folders: Sequence[Path], env: Mapping) -> Cost:
    """Run commands side by side, each in its folder, and add up what they cost.

    What is waited for counts as usual, orphans too, which come to this process. A sandbox that is
    killed takes its times along, so they are looked at while it runs: of each sandbox, what ran
    in the last moment before its end, `_SAMPLE_SECONDS` long, is missing.

    Raises
    ------
    RuntimeError
        If one fails, with what it said.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    cpu, wall, memory = _cpu_of_children(), time.monotonic(), 0
    sandboxes: dict[int, float] = {}
    with contextlib.ExitStack() as stack:
        logs = [stack.enter_context(tempfile.TemporaryFile("w+")) for _ in commands]
        running = [
            subprocess.Popen(c, cwd=f, env={**os.environ, **env}, stdout=log, stderr=log)
            for c, f, log in zip(commands, folders, logs, strict=True)
        ]
        stack.callback(_end, running)
        while any(process.poll() is None for process in running):
            memory = max(memory, _memory_of_children())
            sandboxes.update(_cpu_of_sandboxes(sandboxes))
            time.sleep(_SAMPLE_SECONDS)
        wall = time.monotonic() - wall
        for process, log in zip(running, logs, strict=True):
            _require_success(process, log)
    _reap()
    return Cost(_cpu_of_children() - cpu + sum(sandboxes.values()), wall, memory)


def _require_success(process: subprocess.Popen, log) -> None:
    # 1 says that a submission needs a look.
    if process.returncode not in (0, 1):
        log.seek(0)
        raise RuntimeError(f"{process.args} ended with {process.returncode}:\n{log.read()[-3000:]}")


def _end(running: Sequence[subprocess.Popen]) -> None:
    """End what still runs when the measuring is interrupted, and wait for it."""
    for process in running:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _cpu_of_sandboxes(known: Mapping[int, float]) -> dict[int, float]:
    """Give what each worker in a sandbox has used, with all it started, by process id."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            parent = process.parent()
            if parent and parent.name() == "bwrap" and process.name() != "bwrap":
                found[process.pid] = max(known.get(process.pid, 0), _cpu_of_tree(process))
    return found


def _cpu_of_tree(root: psutil.Process) -> float:
    total = 0.0
    for process in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            total += sum(process.cpu_times()[:4])  # its own, and of those it waited for
    return total


def _memory_of_children() -> int:
    total = 0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            total += process.memory_full_info().pss
    return total


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
