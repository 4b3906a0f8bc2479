"""Marking on many machines: a Dask cluster in place of this machine's processes.

What all submissions need goes to the workers once, as a plugin of theirs: the keys, the seed, the
students' edition and the data. With it a worker opens a pool of marking processes like the one
that grades here, each with its warm sandbox. A task carries one submission. Workers need the same
installation of this package; no gradebook, and no files in common with anybody.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from uuid import uuid4

from distributed import Client, Future, Worker, WorkerPlugin, as_completed, get_worker

from autograder.classroom import Results, open_pool, schedule_marking
from autograder.marking import Marked, Marker, Parcel, Submission, parcel, start_process
from autograder.sandbox import Sandbox, SandboxError

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
    kit = Kit(marker)
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
            task = client.submit(_mark, kit, parcel(submission, marker.keys), pure=False)
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


def _mark(kit: str, submission: Parcel) -> Marked:
    """Mark a submission; runs on a worker."""
    plugin = get_worker().plugins[kit]
    return schedule_marking(plugin.pool, submission).result()


class Kit(WorkerPlugin):  # type: ignore[misc]
    """What a worker needs to mark a week's submissions.

    Parameters
    ----------
    marker : Marker
    """

    def __init__(self, marker: Marker) -> None:
        self.name = f"dlcourse-{uuid4().hex}"
        self._marker = marker
        self._digest = marker.digest
        self._edition = _packed(marker.sandbox.edition)
        self._data = _packed(marker.sandbox.data)

    def setup(self, worker: Worker) -> None:
        """Unpack on a worker, and open its pool of marking processes."""
        self._open = ExitStack()
        temporary = tempfile.TemporaryDirectory(dir=worker.local_directory)
        folder = Path(self._open.enter_context(temporary))
        marker = self._unpacked(folder)
        try:
            self._check(marker)
        except SandboxError as error:
            self._open.close()
            raise SandboxError(f"The worker {worker.address} cannot mark. {error}") from None
        self.pool = self._open.enter_context(
            open_pool(worker.state.nthreads, start_process, marker)
        )

    def teardown(self, worker: Worker) -> None:
        """End the marking processes, and delete what was unpacked."""
        self.pool.stop()
        self._open.close()

    def _unpacked(self, folder: Path) -> Marker:
        for name, files in (("edition", self._edition), ("data", self._data)):
            (folder / name).mkdir(mode=0o755)
            for path, content in files.items():
                (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / name / path).write_bytes(content)
        spec = replace(self._marker.sandbox, edition=folder / "edition", data=folder / "data")
        return replace(self._marker, sandbox=spec)

    def _check(self, marker: Marker) -> None:
        if marker.digest != self._digest:
            raise SandboxError(
                "Its installation of the course grades by other code: install the same version."
            )
        Sandbox(marker.sandbox).close()


def _packed(folder: Path) -> dict[str, bytes]:
    """Read all files under a folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
