"""An IPython shell whose outputs are recorded as a notebook stores them."""

from __future__ import annotations

import base64
import io
import signal
import sys
from types import FrameType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

MAX_TEXT = 100_000
MAX_OUTPUTS = 200
MAX_PICTURES = 8_000_000
PICTURE = '<img src="data:image/'  # how a picture with a description begins
CUT = "\n… the rest of this output was cut off.\n"


class OutOfTime(BaseException):
    """Raised in a cell that runs too long; not an `Exception`, so that few cells swallow it."""


class Recorder:
    """Collects the outputs of one cell, within bounds."""

    def __init__(self) -> None:
        self.outputs: list[dict[str, Any]] = []
        self._text = 0
        self._pictures = 0

    def stream(self, name: str, text: str) -> None:
        """Add printed text to the stream's last output."""
        text = self._bounded(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.add({"output_type": "stream", "name": name, "text": text})

    def rich(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        """Add a displayed object or a result."""
        kept = {mime: self._kept(mime, value) for mime, value in data.items()}
        shown = {mime: value for mime, value in kept.items() if value is not None}
        self.add({"output_type": kind, "data": shown, "metadata": metadata, **more})

    def error(self, name: str, message: str, traceback: list[str]) -> None:
        """Add an exception."""
        lines = [self._bounded(line) for line in traceback]
        message = self._bounded(message)
        self.add({"output_type": "error", "ename": name, "evalue": message, "traceback": lines})

    def add(self, output: dict[str, Any]) -> None:
        """Add an output unless there are too many."""
        if len(self.outputs) < MAX_OUTPUTS:
            self.outputs.append(output)

    def _bounded(self, text: str) -> str:
        # A text may hold halves of characters, which no file can.
        text = text.encode("utf-8", "replace").decode()
        left = MAX_TEXT - self._text
        self._text += len(text)
        if len(text) <= left:
            return text
        cut = CUT if left >= 0 else ""  # said once
        return text[: max(left, 0)] + cut

    def _kept(self, mime: str, value: Any) -> Any:
        """Bound what is shown; half a picture is none, so one that is too large is left out."""
        if isinstance(value, bytes):
            value = base64.b64encode(value).decode()
        if not isinstance(value, str):
            return value
        if not (mime.startswith("image/") or value.startswith(PICTURE)):
            return self._bounded(value)
        self._pictures += len(value)
        return value if self._pictures <= MAX_PICTURES else None


class _Stream(io.TextIOBase):
    """Stands in for standard output or standard error."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, shell: RecordingShell, name: str, descriptor: int) -> None:
        self._shell, self._name, self._descriptor = shell, name, descriptor

    def fileno(self) -> int:
        """Give the process's own stream, for what writes past Python: nobody records that."""
        return self._descriptor

    def write(self, text: str) -> int:
        self._shell.recorder.stream(self._name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    """Records what `display` shows."""

    def publish(self, data: Any, metadata: Any = None, **kwargs: Any) -> None:
        self.shell.recorder.rich("display_data", data, metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.recorder.outputs.clear()


class _Results(DisplayHook):  # type: ignore[misc]
    """Records the value of a cell's last expression."""

    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        shell, metadata = self.shell, md_dict or {}
        shell.recorder.rich("execute_result", format_dict, metadata, execution_count=shell.number)

    def finish_displayhook(self) -> None:
        pass


class RecordingShell(InteractiveShell):  # type: ignore[misc]
    """IPython's own shell, without terminal and kernel, its outputs recorded."""

    recorder = Recorder()
    number = 0
    result: Any = None
    shown: BaseException | None = None

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no screen."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.shown = evalue
        self.recorder.error(str(etype.__name__), str(evalue), list(stb))

    def run(self, source: str, seconds: float) -> tuple[list[dict[str, Any]], bool]:
        """Run a cell.

        Parameters
        ----------
        source : str
        seconds : float
            After so long the cell is interrupted.

        Returns
        -------
        list of dict
            Its outputs, as a notebook stores them.
        bool
            Whether it ran to its end.
        """
        self.recorder, self.number = Recorder(), self.execution_count
        self.shown = None
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            self.result = self.run_cell(source, store_history=True)
        except OutOfTime as late:  # it came between two of IPython's own steps
            self._showtraceback(OutOfTime, late, [str(late)])
            return self.recorder.outputs, False
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return self.recorder.outputs, bool(self.result.success)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise OutOfTime("The cell was stopped: it ran longer than the time limit.")


def new_shell() -> RecordingShell:
    """Start the shell, with figures shown inline, and take over standard output."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    shell: RecordingShell = RecordingShell.instance(
        config=config, display_pub_class=_Publisher, displayhook_class=_Results
    )
    shell.enable_matplotlib("inline")
    shell.db = {}  # what magics remember: the files for it would be the user's who started this
    sys.stdout, sys.stderr = _Stream(shell, "stdout", 1), _Stream(shell, "stderr", 2)
    return shell
