"""Starting and stopping the sandbox: a Python worker inside bubblewrap.

No network, no other process in sight, a read-only file system with Python, its packages, the
data sets and the students' edition of `helpers`, and an empty scratch folder. What is not
mounted does not exist: the specifications, `source/`, the gradebook, other submissions.
"""

from __future__ import annotations

import os
import shutil
import site
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from autograder.inside.pipe import Pipe, PipeClosed, PipeTimeout, socket_pair
from helpers.checking.plain import NotPlain

INSIDE = Path(__file__).parent / "inside"
_CONTROL_SECONDS = 10.0
_START_SECONDS = 90.0


class SandboxError(Exception):
    """The sandbox cannot be had on this machine; the message says what to do."""


class SandboxLost(Exception):
    """The worker died or hangs, and with it whatever it ran."""


@dataclass(frozen=True)
class SandboxSpec:
    """What a sandbox is made of.

    Attributes
    ----------
    edition : Path
        A folder with the students' edition of `helpers`.
    data : Path
        The course's data sets.
    bubblewrap : bool
        False runs the worker as an ordinary process: no protection at all.
    memory : int
        The most bytes a process may map.
    processes : int
        The most processes and threads of one worker.
    scratch : int
        The size of the scratch folder in bytes.
    beside : Path, optional
        A folder with files that stand beside every notebook.
    first_user : int
        Where root has the worker become another user: from which number on.
    """

    edition: Path
    data: Path
    bubblewrap: bool = True
    memory: int = 4 << 30
    processes: int = 64
    scratch: int = 256 << 20
    beside: Path | None = None
    first_user: int = 61_000


def require_bubblewrap() -> None:
    """Make sure that bubblewrap is there and works.

    Raises
    ------
    SandboxError
        With the line that installs it, or what the system forbids.
    """
    if shutil.which("bwrap") is None:
        raise SandboxError(
            "Grading runs students' code in a sandbox, and its program, bubblewrap, is missing.\n"
            "Install it:  sudo apt-get install bubblewrap   (Fedora: sudo dnf install bubblewrap)\n"
            "On a system without it, grade in a Linux virtual machine or container. "
            "`--no-sandbox` runs students' code unprotected as you: only for your own files."
        )
    tried = subprocess.run(
        ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"], capture_output=True, text=True
    )
    if tried.returncode:
        raise SandboxError(
            f"bubblewrap is installed but may not make a sandbox here: {tried.stderr.strip()}\n"
            "The system must allow unprivileged user namespaces "
            "(sysctl kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap)."
        )


class Sandbox:
    """A warm worker that runs one notebook after the other.

    Use as a context manager. After `SandboxLost` call `restart`.

    Raises
    ------
    SandboxError
        If the worker does not start.
    """

    def __init__(self, spec: SandboxSpec) -> None:
        if spec.bubblewrap:
            require_bubblewrap()
        self._spec = spec
        self._start()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def new_notebook(self) -> Pipe:
        """Fork a fresh process for a notebook, ending all that the last one left.

        Raises
        ------
        SandboxLost
            If the worker does not answer.
        """
        self._order({"op": "clean"})
        mine, theirs = socket_pair()
        with theirs:
            self._order({"op": "start"}, theirs)
        return Pipe(mine)

    def restart(self) -> None:
        """End the worker with all it runs, and start another."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the worker with all it runs."""
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _order(self, message: dict[str, Any], end: socket.socket | None = None) -> None:
        try:
            self._control.send(message, _CONTROL_SECONDS)
            if end is not None:
                self._control.send_socket(end)
            self._control.receive(_CONTROL_SECONDS)
        except (PipeClosed, PipeTimeout, NotPlain) as error:
            raise SandboxLost(repr(error)) from None

    def _start(self) -> None:
        mine, theirs = socket_pair()
        self._control = Pipe(mine)
        with tempfile.TemporaryFile("w+") as log:
            with theirs:  # closed here, so that the worker's end is the only one
                self._process = _launch(self._spec, theirs.fileno(), log)
            try:
                self._control.receive(_START_SECONDS)
            except (PipeClosed, PipeTimeout, NotPlain):
                self.close()
                log.seek(0)
                said = log.read()[-2000:]
                raise SandboxError(f"The sandbox did not start. It said:\n{said}") from None


def _launch(spec: SandboxSpec, descriptor: int, log: IO[str]) -> subprocess.Popen[bytes]:
    user = _worker_user(spec.first_user) if spec.bubblewrap else 0
    numbers = [str(n) for n in (descriptor, user, spec.memory, spec.processes)]
    python = [sys.executable, "-B", "-m", "inside.serving", *numbers]
    with tempfile.TemporaryFile() as words:
        words.write("\0".join(_bubblewrap(spec)).encode())
        words.seek(0)
        # Handed over by descriptor: the command line shows the instructor's paths inside.
        protected = ["bwrap", "--args", str(words.fileno()), "--", *python]
        return subprocess.Popen(
            protected if spec.bubblewrap else python,
            env=_environment(spec),
            pass_fds=[descriptor, words.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )


def _worker_user(first: int) -> int:
    """Choose the user to become inside: needed where root would escape the process limit."""
    return first + os.getpid() % 1000 if os.getuid() == 0 else 0


def _environment(spec: SandboxSpec) -> dict[str, str]:
    """Give the worker's environment: nothing of the instructor's."""
    course, inside = ("/course", "/sandbox") if spec.bubblewrap else _outside_paths(spec)
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONPATH": f"{course}:{inside}",
        "DLCOURSE_DATA": "/data" if spec.bubblewrap else str(spec.data),
        "MPLCONFIGDIR": "/tmp/matplotlib" if spec.bubblewrap else _matplotlib_cache(),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "NBGRADER_EXECUTION": "autograde",
    }


def _outside_paths(spec: SandboxSpec) -> tuple[str, str]:
    return str(spec.edition), str(INSIDE.parent)


def _bubblewrap(spec: SandboxSpec) -> list[str]:
    return [
        *_isolation(),
        *_system_mounts(),
        # Before Python, which may itself live somewhere under /tmp.
        *("--perms", "1777", "--size", str(spec.scratch), "--tmpfs", "/tmp"),
        *_python_mounts(),
        *("--ro-bind", str(spec.edition), "/course"),
        *("--ro-bind", str(spec.data), "/data"),
        *("--ro-bind", str(INSIDE), "/sandbox/inside"),
        *(("--ro-bind", str(spec.beside), "/beside") if spec.beside else ()),
        *("--ro-bind", _matplotlib_cache(), "/matplotlib"),
        *("--proc", "/proc", "--dev", "/dev"),
        *("--perms", "1777", "--size", str(16 << 20), "--tmpfs", "/dev/shm"),
        *("--chdir", "/tmp"),
        *("--remount-ro", "/"),
    ]


def _isolation() -> list[str]:
    """Give the namespaces and capabilities.

    Root stays outside of a user namespace and keeps just what it takes to become an ordinary
    user: the limit on processes does not hold for root.
    """
    shared = ["--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if os.getuid() != 0:
        return ["--unshare-all", *shared]
    parts = [f"--unshare-{name}" for name in ("ipc", "pid", "net", "uts", "cgroup-try")]
    return [*parts, *shared, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]


def _system_mounts() -> list[str]:
    """Mount the system's programs and libraries, which a Python may need."""
    mounts = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "lib", "lib32", "lib64", "sbin"):
        path = Path("/", name)
        if path.is_symlink():
            mounts += ["--symlink", str(path.readlink()), str(path)]
        elif path.exists():
            mounts += ["--ro-bind", str(path), str(path)]
    for name in ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime"):
        mounts += ["--ro-bind-try", name, name]
    return mounts


def _python_mounts() -> list[str]:
    """Mount this Python and its packages, our own two packages hidden."""
    prefixes = {Path(p).resolve() for p in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
    prefixes |= {Path(sys.executable).absolute().parent.parent}
    mounts = []
    for prefix in sorted(p for p in prefixes if not p.is_relative_to("/usr")):
        mounts += [*_open_parents(prefix), "--ro-bind", str(prefix), str(prefix)]
    for packages in site.getsitepackages():
        for package in (Path(packages, "autograder"), Path(packages, "helpers")):
            if package.is_dir():
                mounts += ["--tmpfs", str(package)]
    return mounts


def _open_parents(path: Path) -> list[str]:
    """Make the folders above a mount, which bubblewrap would close to the worker's user."""
    parents = [str(parent) for parent in reversed(path.parents) if parent != Path("/")]
    return [word for parent in parents for word in ("--perms", "0755", "--dir", parent)]


def _matplotlib_cache() -> str:
    """Find the folder with matplotlib's list of fonts, made here so that workers need not."""
    import matplotlib
    import matplotlib.font_manager

    return str(matplotlib.get_cachedir())
