"""The real service in a process of its own, as `insights serve` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO

import httpx

START_LIMIT_S = 60

COMMAND = "import sys; from chains.commands import main; sys.argv[0] = 'insights'; main()"


def insights(
    *arguments: str, data_dir: Path, log: int | IO[str] = subprocess.PIPE, environment: Mapping[str, str] = MappingProxyType({})
) -> "subprocess.Popen[str]":
    """An `insights` command on a data directory; only what is given here is in its environment."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("INSIGHTS_", "MONGODB_", "LANGSMITH_", "OPENAI_", "GOOGLE_"))
    }
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        env=inherited | {"INSIGHTS_DATA_DIR": str(data_dir)} | dict(environment),
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )


def output_of(*arguments: str, data_dir: Path, environment: Mapping[str, str] = MappingProxyType({})) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    command = insights(*arguments, data_dir=data_dir, environment=environment)
    out, err = command.communicate(timeout=START_LIMIT_S)
    return command.returncode, out, err


class Server:
    """`insights serve` on a free port."""

    def __init__(self, data_dir: Path, *, workers: int = 1, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = data_dir / "serve.log"
        with self._log.open("w") as log:  # a pipe that nobody reads would stop the service when it is full
            command = ("serve", "--port", str(self.port), "--workers", str(workers))
            self.process = insights(*command, data_dir=data_dir, log=log, environment=environment)

    def wait(self) -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self._log.read_text()
            try:
                if httpx.get(f"{self.url}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError(f"no answer after {START_LIMIT_S} s")

    def stop(self, ending: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Exit code and log."""
        self.process.send_signal(ending)
        self.process.communicate(timeout=START_LIMIT_S)
        return self.process.returncode, self._log.read_text()


@contextmanager
def serving(data_dir: Path, *, workers: int = 1, environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Server]:
    """Serving until the end of the block, unless it was stopped before."""
    server = Server(data_dir, workers=workers, environment=environment)
    try:
        server.wait()
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
