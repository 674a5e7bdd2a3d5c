"""The demo's address, taken before anything else is done: a busy port is told at once and not after a minute."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from app.startup import StartupError

HOST = "127.0.0.1"


class PortInUse(StartupError):
    """Something else listens there."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} on {HOST} is in use; choose another one with --port, or --once to do without")
        self.port = port


@contextmanager
def reserved(port: int) -> Iterator[socket.socket]:
    """A bound socket on the loopback address; port 0 takes any free one. Raises PortInUse."""
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HOST, port))
        except OSError as refused:
            if refused.errno in (errno.EADDRINUSE, errno.EACCES):
                raise PortInUse(port) from refused
            raise
        yield bound
