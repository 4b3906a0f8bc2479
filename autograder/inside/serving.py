"""The sandbox's processes: a warm worker, forked for a notebook, forked again for each test.

The worker imports what notebooks import, once. For each notebook it forks a process that runs
the cells. For each test that process forks another one, which holds the notebook's state of
that moment and calls the student's functions; what goes wrong there goes no further.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import gc
import inspect
import io
import os
import resource
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from helpers.checking import mark_passed
from helpers.checking.outcomes import Arguments, Outcome, invoke, placed
from helpers.checking.plain import NotPlain

from .examining import examine
from .lending import Lender
from .pipe import Pipe, PipeClosed
from .shell import RecordingShell, new_shell

_PR_SET_DUMPABLE = 4
_FONTS = Path("/matplotlib")
# True only where all processes and the scratch folder are the sandbox's own: this file is
# mounted there, and nowhere else.
_ALONE = Path(__file__).is_relative_to("/sandbox") and os.getppid() == 1
_SCRATCH = (Path("/tmp"), Path("/dev/shm"))
_BESIDE = Path("/beside")
# What was there at the start is mounted there, as a Python that lives under /tmp is.
_MOUNTED = {path for folder in _SCRATCH if _ALONE for path in folder.iterdir()}


def main() -> None:
    """Run the worker: the limits and the user come as arguments."""
    descriptor, user, memory, processes = (int(text) for text in sys.argv[1:5])
    control = Pipe(socket.socket(fileno=descriptor))
    shell = _warm_shell()
    # What root made while warming up no notebook can change, nor the worker remove.
    _MOUNTED.update(path for folder in _SCRATCH if _ALONE for path in folder.iterdir())
    _confine(user, memory, processes)
    control.send({"ready": True})
    children: list[int] = []
    with contextlib.suppress(PipeClosed):
        while True:
            _obey(control, shell, children)


def _warm_shell() -> RecordingShell:
    """Import and draw once what every notebook would, so that forks need not."""
    if _FONTS.exists():
        shutil.copytree(_FONTS, os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    import h5py  # noqa: F401
    import matplotlib.pyplot as plt

    import helpers.plotting  # noqa: F401

    shell = new_shell()
    figure, axes = plt.subplots()
    axes.set_title("$x$")
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    gc.freeze()
    return shell


def _confine(user: int, memory: int, processes: int) -> None:
    """Become an ordinary user that can use little and that nobody can look into."""
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 64 << 20),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    if _ALONE:
        resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    if user:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _obey(control: Pipe, shell: RecordingShell, children: list[int]) -> None:
    message = control.receive()
    if message["op"] == "start":
        end = control.receive_socket()
        children.append(_forked(lambda: _start_notebook(Pipe(end), shell), close=control))
        end.close()
    elif message["op"] == "clean":
        _clean(children)
    control.send({"done": True})


def _clean(children: list[int]) -> None:
    """End whatever a notebook left running, and empty the scratch folders.

    Without a sandbox only the processes started here are ended, and no file is touched.
    """
    while children:
        child = children.pop()
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                kill(child, signal.SIGKILL)
    if _ALONE:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    for folder in _SCRATCH if _ALONE else ():
        for path in set(folder.iterdir()) - _MOUNTED:
            _remove(path)
        if set(folder.iterdir()) - _MOUNTED:
            raise RuntimeError("the scratch folder cannot be emptied: a new worker is needed")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for folder in (path, *(f for f in path.rglob("*") if f.is_dir() and not f.is_symlink())):
            folder.chmod(0o700)
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _forked(serve: Callable[[], None], close: Pipe) -> int:
    """Fork a child that serves and never returns from here."""
    child = os.fork()
    if child:
        return child
    try:
        close.close()
        serve()
    except PipeClosed:
        pass
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(0)


def _start_notebook(pipe: Pipe, shell: RecordingShell) -> None:
    os.setsid()
    if _BESIDE.is_dir():
        _lay_beside()
    _serve_notebook(pipe, shell)


def _lay_beside() -> None:
    """Put the instructor's files where the notebook looks for them.

    They come before modules of ours that have the same names.
    """
    for path in _BESIDE.iterdir():
        with contextlib.suppress(FileExistsError):
            Path(path.name).symlink_to(path)
        for module in [m for m in sys.modules if m.partition(".")[0] == path.stem]:
            if module.partition(".")[0] in ("helpers", "inside"):
                del sys.modules[module]


def _write_files(files: dict[str, bytes]) -> None:
    """Write the student's other files, where the instructor has none of that name."""
    for name, content in files.items():
        path = Path(name)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                stream.write(content)


def _serve_notebook(pipe: Pipe, shell: RecordingShell) -> NoReturn:
    test: int | None = None
    while True:
        message = pipe.receive()
        if message["op"] == "run":
            outputs, ok = shell.run(message["source"], message["seconds"])
            _send_run(pipe, {"outputs": outputs, "ok": ok, "count": shell.number})
        elif message["op"] == "test":
            end = pipe.receive_socket()
            test = _forked(lambda end=end: _serve_test(Pipe(end), shell), close=pipe)  # type: ignore[misc]
            end.close()
            pipe.send({"done": True})
        elif message["op"] == "end_test" and test is not None:
            os.kill(test, signal.SIGKILL)
            os.waitpid(test, 0)
            test = None
            pipe.send({"done": True})
        elif message["op"] == "examine":
            examine(pipe, shell, message)
        elif message["op"] == "files":
            _write_files(message["files"])
            pipe.send({"done": True})
        elif message["op"] == "passed":
            mark_passed(*message["names"])
            pipe.send({"done": True})


def _send_run(pipe: Pipe, run: dict[str, Any]) -> None:
    """Send what a cell came to; outputs that no message can hold are left out."""
    try:
        pipe.send(run)
    except NotPlain as error:
        text = f"The outputs of this cell cannot be kept: {error}\n"
        pipe.send({**run, "outputs": [{"output_type": "stream", "name": "stderr", "text": text}]})


def _serve_test(pipe: Pipe, shell: RecordingShell) -> NoReturn:
    while True:
        message = pipe.receive()
        if message["op"] == "call":
            _send_outcome(pipe, _call(shell, message))
        elif message["op"] == "lend":
            lender = Lender(pipe, shell.user_ns)
            while True:
                lender.serve(pipe.receive())
        elif message["op"] == "names":
            names = [n for n, value in shell.user_ns.items() if callable(value)]
            pipe.send({"names": [n for n in message["names"] if n in names]})
        elif message["op"] == "stand_in":
            for name, parameters in message["names"].items():
                replaced = shell.user_ns.get(name)
                shell.user_ns[name] = _stand_in(pipe, name, _signature(replaced, parameters))
            pipe.send({"done": True})


def _call(shell: RecordingShell, message: dict[str, Any]) -> Outcome:
    function = shell.user_ns[message["function"]]
    return invoke(function, Arguments(**message["args"]), message["lines"])


def _send_outcome(pipe: Pipe, outcome: Outcome) -> None:
    try:
        pipe.send({"outcome": _as_dict(outcome)})
    except NotPlain as error:
        lost = replace(outcome, value=None, error="NotPlain", message=str(error))
        pipe.send({"outcome": _as_dict(lost)})


def _as_dict(outcome: Outcome) -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in outcome.__dataclass_fields__}


def _signature(replaced: object, parameters: list[str]) -> inspect.Signature:
    """Take the arguments' names from the student's function, else from the reference."""
    with contextlib.suppress(Exception):  # it may be anything that a student wrote
        return inspect.signature(replaced)  # type: ignore[arg-type]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature([inspect.Parameter(name, kind) for name in parameters])


def _stand_in(pipe: Pipe, name: str, signature: inspect.Signature) -> Callable[..., Any]:
    """Make a function that asks the referee for the reference's answer."""

    def ask(*positional: Any, **named: Any) -> Any:
        in_order, others = placed(ask, positional, named)
        pipe.send({"callback": name, "positional": in_order, "named": others})
        reply = pipe.receive()
        if "error" in reply:
            raise _exception(reply["error"])(reply["message"])
        return reply["value"]

    ask.__name__ = name
    ask.__signature__ = signature  # type: ignore[attr-defined]
    return ask


def _exception(name: str) -> type[Exception]:
    """Find Python's exception of a name, so that an error looks as if it had happened here."""
    found = getattr(builtins, name, None)
    if isinstance(found, type) and issubclass(found, Exception):
        return found
    return RuntimeError


if __name__ == "__main__":
    main()
