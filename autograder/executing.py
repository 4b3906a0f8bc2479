"""Running a solved notebook, the same way on every machine."""

import math
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from autograder.assembling import KERNELSPEC, LANGUAGE, BuildError, Cell
from autograder.referee import patience

_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")


async def execute(root: Path, notebook: Any, timeout: float) -> None:
    """Run all cells of a notebook in a fresh kernel, and store their outputs in it.

    Parameters
    ----------
    root : Path
        The folder to run in; its ``course`` supplies ``helpers``.
    notebook : NotebookNode
        Changed in place.
    timeout : float
        Seconds that one cell may take, on a machine that is not overloaded.

    Raises
    ------
    BuildError
        If a cell fails, takes too long, or shows what differs from run to run.
    """
    with tempfile.TemporaryDirectory() as scratch:
        client = _client(notebook, timeout * patience(), Path(scratch))
        try:
            await client.async_execute(cwd=str(root), env=_environment(root, Path(scratch)))
        except CellExecutionError:
            _check_outputs(notebook.cells)
            raise
        except CellTimeoutError as error:
            number = _running(notebook.cells)
            raise BuildError(f"cell {number}: takes longer than {timeout:g} s") from error
        except DeadKernelError as error:
            raise BuildError(f"cell {_running(notebook.cells)}: the kernel died") from error
    notebook.metadata["language_info"] = nbformat.from_dict(LANGUAGE)
    _check_outputs(notebook.cells)


def _client(notebook: Any, timeout: float, scratch: Path) -> NotebookClient:
    # The kernel of this very interpreter, whatever kernels the user has installed.
    specs = KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True)
    manager = AsyncKernelManager(
        kernel_name=KERNELSPEC["name"],
        kernel_spec_manager=specs,
        transport="ipc" if os.name == "posix" else "tcp",
        connection_file=str(scratch / "kernel.json"),
    )
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=math.ceil(timeout),  # nbclient takes whole seconds only
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
    )
    client.owns_km = True
    return client


def warm_up() -> None:
    """Let matplotlib build its font cache now, lest it report so inside a notebook."""
    import matplotlib.font_manager  # noqa: F401


def is_run(cell: Cell) -> bool:
    """Tell whether a cell is one that a kernel runs.

    Parameters
    ----------
    cell : NotebookNode
        Any cell.

    Returns
    -------
    bool
        True for code cells that are not empty.
    """
    return cell.cell_type == "code" and bool(cell.source.strip())


def _environment(root: Path, scratch: Path) -> dict[str, str]:
    """Make the surroundings of a kernel the same for everybody who builds."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(root / "course"), str(root)]),
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "IPYTHONDIR": str(scratch),
        "MATPLOTLIBRC": os.devnull,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _running(cells: Sequence[Cell]) -> int:
    """Find the number of the cell that was running when the kernel stopped answering."""
    started = [number for number, cell in enumerate(cells, 1) if cell.get("execution_count")]
    return max(started, default=1)


def _check_outputs(cells: Sequence[Cell]) -> None:
    for number, cell in enumerate(cells, 1):
        for output in cell.get("outputs", []):
            problem = _problem(cell, output)
            if problem:
                first = cell.source.strip().partition("\n")[0]
                raise BuildError(f"cell {number} (`{first}`): {problem}")


def _problem(cell: Cell, output: Any) -> str | None:
    tolerated = "raises-exception" in cell.metadata.get("tags", [])
    if output.output_type == "error" and not tolerated:
        return f"{output.ename}: {output.evalue}"
    if output.output_type == "stream" and output.name == "stderr":
        return f"writes to the error stream, which differs between machines: {output.text.strip()}"
    address = _ADDRESS.search(_text(output))
    if address:
        return f"shows a memory address, which differs from run to run: {address[0]}"
    return None


def _text(output: Any) -> str:
    plain = output.get("data", {}).get("text/plain", "")
    return str(output.get("text", "")) + str(plain)
