"""Messages over a socket: a length, then a plain value."""

from __future__ import annotations

import socket
import time
from typing import Any

from helpers.checking.plain import MAX_BYTES, NotPlain, pack, unpack

_HEADER = 8


class PipeClosed(Exception):
    """The other side is gone."""


class PipeTimeout(Exception):
    """The other side did not answer in time."""


class Pipe:
    """One end of a connection that carries plain values, and now and then a socket.

    Whatever arrives is treated as untrusted: lengths are bounded, and a message that is not a
    plain value raises `NotPlain`.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, message: Any, seconds: float = 60) -> None:
        """Send one message.

        Raises
        ------
        PipeClosed
            If the other side is gone.
        PipeTimeout
            If it does not read.
        """
        data = pack(message)
        self._end.settimeout(seconds)
        try:
            self._end.sendall(len(data).to_bytes(_HEADER, "big") + data)
        except TimeoutError:
            raise PipeTimeout from None
        except OSError as error:
            raise PipeClosed(str(error)) from None

    def receive(self, seconds: float | None = None, most: int = MAX_BYTES) -> Any:
        """Receive one message of at most so many bytes.

        `seconds` bounds the whole of it, however slowly it trickles.

        Raises
        ------
        PipeClosed, PipeTimeout
            As for `send`.
        NotPlain
            If what arrives is no message.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        size = int.from_bytes(self._read(_HEADER, deadline), "big")
        if size > most:
            raise NotPlain(f"a message of {size} bytes is announced")
        return unpack(self._read(size, deadline))

    def send_socket(self, end: socket.socket) -> None:
        """Hand a socket over."""
        try:
            socket.send_fds(self._end, [b"S"], [end.fileno()])
        except OSError as error:
            raise PipeClosed(str(error)) from None

    def receive_socket(self) -> socket.socket:
        """Take a socket that the other side hands over."""
        self._end.settimeout(None)
        _, descriptors, _, _ = socket.recv_fds(self._end, 1, 1)
        return socket.socket(fileno=descriptors[0])

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    def _read(self, size: int, deadline: float | None) -> bytes:
        pieces = bytearray()
        while len(pieces) < size:
            pieces += self._read_some(size - len(pieces), deadline)
        return bytes(pieces)

    def _read_some(self, size: int, deadline: float | None) -> bytes:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise PipeTimeout
        self._end.settimeout(left)
        try:
            piece = self._end.recv(min(size, 1 << 20))
        except TimeoutError:
            raise PipeTimeout from None
        except OSError as error:
            raise PipeClosed(str(error)) from None
        if not piece:
            raise PipeClosed
        return piece


def socket_pair() -> tuple[socket.socket, socket.socket]:
    """Make two connected sockets."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
