"""Running references for the sandbox, in a process of their own that can be ended.

The student's code chooses what a reference that stands in is called with: a million iterations,
say, or two vectors whose outer product fills the memory. So it runs apart, within limits.
"""

from __future__ import annotations

import math
import os
import resource
import signal
from collections.abc import Callable, Mapping
from typing import Any

from autograder.inside.pipe import Pipe, PipeClosed, socket_pair
from helpers.checking.outcomes import Arguments, invoke
from helpers.checking.plain import NotPlain

_MEMORY = 4 << 30


class StandIns:
    """References in a process of their own.

    Parameters
    ----------
    references : mapping of str to callable
    seconds : float
        How much it may compute in all, even if nobody ends it.
    """

    def __init__(self, references: Mapping[str, Callable[..., Any]], seconds: float) -> None:
        self.names = frozenset(references)
        mine, theirs = socket_pair()
        self._child = os.fork()
        if not self._child:
            mine.close()
            _live(Pipe(theirs), references, seconds)
        theirs.close()
        self._pipe = Pipe(mine)

    def answer(
        self, name: str, positional: list[Any], named: dict[str, Any], seconds: float
    ) -> dict[str, Any]:
        """Call a reference.

        Returns
        -------
        dict
            With its ``value``, or with an ``error`` and its ``message``.

        Raises
        ------
        PipeClosed, PipeTimeout
            If it does not come back.
        """
        self._pipe.send([name, positional, named], seconds)
        answer: dict[str, Any] = self._pipe.receive(seconds)
        return answer

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


def _live(pipe: Pipe, references: Mapping[str, Callable[..., Any]], seconds: float) -> None:
    """Answer until nobody asks any more; never returns to the code that forked."""
    try:
        _limit(resource.RLIMIT_AS, _MEMORY)
        _limit(resource.RLIMIT_CPU, math.ceil(seconds) + 1)
        while True:
            name, positional, named = pipe.receive()
            _send(pipe, references[name], Arguments(tuple(positional), named))
    except PipeClosed:
        pass
    finally:
        os._exit(0)


def _limit(kind: int, value: int) -> None:
    most = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if most < 0 else min(value, most), most))


def _send(pipe: Pipe, reference: Callable[..., Any], args: Arguments) -> None:
    outcome = invoke(reference, args)
    if outcome.error:
        pipe.send({"error": outcome.error, "message": outcome.message})
        return
    try:
        pipe.send({"value": outcome.value})
    except NotPlain as error:
        pipe.send({"error": "ValueError", "message": str(error)})
