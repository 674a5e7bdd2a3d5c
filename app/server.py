"""The server: uvicorn, with an end at which no accepted request goes unanswered.

Told to stop, it first says so (`/readyz` answers 503) and goes on answering for the drain time, so that whoever sends requests here can
turn away; then it stops listening, takes what has arrived meanwhile, and waits for what is under way. A second signal ends at once.
"""

import asyncio
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from uvicorn import Config, Server
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from app.ending import Ending

LAST_WORDS_S = 0.3
"""House rule: a connection accepted last has sent its request by then."""

GRACE_S = 15
"""How long running requests may take after that; `app.ending.STOP_S` ends insights before."""

ENDING = "ending"
"""Under this name the application hands its end to the server, as state of its lifespan."""


class GracefulServer(Server):
    """One process. On Ctrl+C it does not drain: a person waits."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._leaves_at: float | None = None
        self._told: int | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._told is None:
            self._told = sig
            self._captured_signals.append(sig)
        elif self.config.workers == 1:  # a worker is told twice where a whole group of processes is; its supervisor ends it at once
            self.should_exit = self.force_exit = True

    async def on_tick(self, counter: int) -> bool:
        if self._told is not None and self._leaves_at is None:
            ending: Ending = self.lifespan.state[ENDING]
            ending.begin()
            self._leaves_at = time.monotonic() + (0.0 if self._told == signal.SIGINT else ending.drain_s)
        is_drained = self._leaves_at is not None and time.monotonic() >= self._leaves_at
        return await super().on_tick(counter) or is_drained

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Closing a listening socket resets the connections that wait in its queue; so the loop gives it up first, which it does in its own
        time, then they are taken and it is closed in the same breath."""
        if not self.force_exit:
            queues = [listening.dup() for listening in sockets or ()]
            for owner in (*self.servers, *(sockets or ())):
                owner.close()
            await asyncio.sleep(LAST_WORDS_S)
            for connection in [connection for queue in queues for connection in _last_of(queue)]:
                await self._serve_connection(connection)
            await asyncio.sleep(LAST_WORDS_S)
        await super().shutdown(sockets)

    async def _serve_connection(self, connection: socket.socket) -> None:
        def protocol() -> asyncio.Protocol:
            return self.config.http_protocol_class(  # type: ignore[call-arg]  # as uvicorn itself makes one
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state
            )

        with suppress(OSError):  # gone again
            await asyncio.get_running_loop().connect_accepted_socket(protocol, connection)


class _Worker(Process):
    @property
    def server(self) -> Server:
        if self._server is None:
            self._server = GracefulServer(config=self.config)
        return self._server


class _Workers(Multiprocess):
    """uvicorn's supervisor with workers of our kind. They hold the listening socket at the end, not we, or its queue would wait in vain."""

    def init_processes(self) -> None:
        self.processes = [self._started() for _ in range(self.processes_num)]

    def keep_subprocess_alive(self) -> None:
        for place, worker in enumerate(self.processes):
            if self.should_exit.is_set() or worker.is_alive(timeout=self.config.timeout_worker_healthcheck):
                continue
            worker.kill()
            worker.join()
            if worker.exitcode == STARTUP_FAILURE:
                self.should_exit.set()
            else:
                self.processes[place] = self._started()

    def terminate_all(self) -> None:
        super().terminate_all()
        for listening in self.sockets:
            listening.close()

    def join_all(self) -> None:
        """Until all have ended; a second signal ends them at once."""
        for worker in self.processes:
            while worker.exitcode is None:
                worker.process.join(0.1)
                if self.signal_queue:
                    self._kill_all()

    def _kill_all(self) -> None:
        self.signal_queue.clear()
        for worker in self.processes:
            worker.process.kill()

    def _started(self) -> Process:
        worker = _Worker(self.config, self.sockets)
        worker.start()
        return worker


def run(config: Config, sockets: Sequence[socket.socket]) -> bool:
    """Serve until told to stop, in as many processes as the configuration says. Whether it could start at all."""
    if config.workers > 1:
        workers = _Workers(config, list(sockets))
        workers.run()
        return all(worker.exitcode != STARTUP_FAILURE for worker in workers.processes)
    server = GracefulServer(config)
    with suppress(KeyboardInterrupt):
        server.run(list(sockets))
    return server.started


def _last_of(queue: socket.socket) -> list[socket.socket]:
    """Connections that the kernel has made and nobody has taken yet; none comes after them."""
    last = []
    with queue, suppress(BlockingIOError):
        while True:
            connection, _ = queue.accept()
            last.append(connection)
    for connection in last:
        connection.setblocking(False)
    return last
