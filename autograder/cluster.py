"""Marking on many machines: a Dask cluster in place of this machine's processes.

The files that all sandboxes need go to the workers once, as a plugin of theirs. A task carries one
submission, with keys and seed. A worker marks it in a pool of processes like the one that grades
here, each with its warm sandbox. Workers need the same version of this package; no gradebook, and
no files in common with anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import islice
from multiprocessing import current_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from uuid import uuid4

from distributed import Client, Future, Worker, WorkerPlugin, as_completed, get_worker
from pebble import ProcessPool

from autograder.classroom import Results, open_pool, schedule_marking
from autograder.marking import (
    Marked,
    Marker,
    Parcel,
    Submission,
    parcel,
    specification_digest,
    start_process,
)
from autograder.sandbox import Sandbox, SandboxError, SandboxSpec

# Submissions under way for each process: no process waits, and no class fills the memory.
_AHEAD = 3
_WAIT_SECONDS = 60


def mark_on_cluster(submissions: list[Submission], marker: Marker, scheduler: str) -> Results:
    """Mark submissions on the workers of a Dask cluster.

    A worker may come or go meanwhile: what it had not finished, another one does.

    Parameters
    ----------
    submissions : list of Submission
    marker : Marker
    scheduler : str
        The scheduler's address, as in ``"tcp://10.0.0.5:8786"``.

    Raises
    ------
    OSError
        If there is no such scheduler, or it has no worker.
    SandboxError
        If a worker cannot mark.
    """
    if not submissions:
        return
    with Client(scheduler, timeout=_WAIT_SECONDS, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=_WAIT_SECONDS)
        with _equipped(client, marker) as kit:
            yield from _marked(client, kit, submissions, marker)


@contextmanager
def _equipped(client: Client, marker: Marker) -> Iterator[str]:
    """Give all workers, and those to come, what marking takes; take it from them afterwards."""
    kit = Kit(marker.sandbox)
    try:
        client.register_plugin(kit)
        yield kit.name
    finally:
        with suppress(OSError):  # a scheduler that is gone has nothing of it any more
            client.unregister_worker_plugin(kit.name)


def _marked(client: Client, kit: str, submissions: list[Submission], marker: Marker) -> Results:
    waiting, done = iter(submissions), as_completed(loop=client.loop)
    sent: dict[str, Submission] = {}

    def send() -> None:
        room = _AHEAD * max(sum(client.nthreads().values()), 1) - len(sent)
        for submission in islice(waiting, max(room, 0)):
            copy = parcel(submission, marker.keys)
            task = client.submit(_mark, kit, marker, copy, pure=False)
            sent[task.key] = submission
            done.add(task)

    send()
    for future in done:
        yield sent.pop(future.key), _result(future)
        send()


def _result(future: Future) -> Marked | BaseException:
    """Bring a result here, or what went wrong there."""
    try:
        marked: Marked = future.result()
    except Exception as error:
        return error
    return marked


def _mark(kit: str, marker: Marker, submission: Parcel) -> Marked:
    """Mark a submission; runs on a worker."""
    pool = get_worker().plugins[kit].pool(marker)
    return schedule_marking(pool, submission).result()


class Kit(WorkerPlugin):  # type: ignore[misc]
    """The files that sandboxes need, and a worker's marking processes.

    Keys and seed are not in it, but come with the tasks: how Dask sends a plugin, a log of its
    messages would show them.

    Parameters
    ----------
    sandbox : SandboxSpec
    """

    def __init__(self, sandbox: SandboxSpec) -> None:
        self.name = f"dlcourse-{uuid4().hex}"
        self._code = specification_digest()
        self._files = {"edition": _packed(sandbox.edition), "data": _packed(sandbox.data)}
        self._spec = sandbox

    def setup(self, worker: Worker) -> None:
        """Unpack on a worker, and make sure that it can mark."""
        self._open, self._lock = ExitStack(), Lock()
        self._pool: ProcessPool | None = None
        self._processes = worker.state.nthreads
        temporary = TemporaryDirectory(dir=worker.local_directory)
        self._spec = self._unpacked(Path(self._open.enter_context(temporary)))
        try:
            self._check()
        except SandboxError as error:
            self._open.close()
            raise SandboxError(f"The worker {worker.address} cannot mark. {error}") from None

    def pool(self, marker: Marker) -> ProcessPool:
        """Give the marking processes, each with its sandbox; the first task opens them."""
        with self._lock:
            if self._pool is None:
                here = replace(marker, sandbox=self._spec)
                pool = open_pool(self._processes, start_process, here)
                self._pool = self._open.enter_context(pool)
            return self._pool

    def teardown(self, worker: Worker) -> None:
        """End the marking processes, and delete what was unpacked."""
        if self._pool is not None:
            self._pool.stop()  # nobody waits any more for what they do
        self._open.close()

    def _unpacked(self, folder: Path) -> SandboxSpec:
        for name, files in self._files.items():
            for path, content in files.items():
                (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / name / path).write_bytes(content)
        return replace(self._spec, edition=folder / "edition", data=folder / "data")

    def _check(self) -> None:
        if specification_digest() != self._code:
            raise SandboxError(
                "Its installation of the course grades by other code: install the same version."
            )
        if current_process().daemon:
            raise SandboxError("Start it with --no-nanny: a nanny's worker may not have processes.")
        Sandbox(self._spec).close()


def _packed(folder: Path) -> dict[str, bytes]:
    """Read all files under a folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
