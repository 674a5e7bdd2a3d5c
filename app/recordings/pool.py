"""Decoding in worker processes, off the event loop: a file that hangs or kills its worker fails alone."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType, TracebackType
from typing import Self, TypeVar

from app.recordings.decode import decode
from chains.errors import RecordingError
from chains.training.recording import Recording

Read = TypeVar("Read")

FILE_S = 60.0
"""Far above the slowest honest file: a day at 1 Hz takes about five seconds."""


class DecodingPool:
    """An async context manager around worker processes; they start with the first file.

    Time is limited inside the worker: an alarm raises in Python code, and should that not get through, the operating system ends the
    process by its processor-time limit. A dead worker breaks every file under way; each then runs again by itself, so that only the
    guilty one fails.
    """

    def __init__(self, *, workers: int | None = None, file_s: float = FILE_S) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._file_s = file_s
        self._shared: ProcessPoolExecutor | None = None
        self._free = asyncio.Semaphore(self._workers)
        self._alone = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shared is not None:
            await asyncio.to_thread(self._shared.shutdown, cancel_futures=True)
            self._shared = None

    async def decode(self, file_name: str, content: bytes) -> tuple[Recording, ...]:
        """As `app.recordings.decode.decode`; a file that takes too long or kills its worker is a RecordingError too."""
        return await self.read(decode, file_name, content)

    async def read(self, work: Callable[[str, bytes], Read], file_name: str, content: bytes) -> Read:
        """Whatever `work`, a function of a module, makes of a file, under the same limits."""
        async with self._free:
            pool = self._pool()
            try:
                return await self._run(pool, work, file_name, content)
            except BrokenProcessPool:
                self._forget(pool)
        return await self._read_alone(work, file_name, content)

    async def _read_alone(self, work: Callable[[str, bytes], Read], file_name: str, content: bytes) -> Read:
        async with self._alone:
            pool = _new_pool(1)
            try:
                return await self._run(pool, work, file_name, content)
            except BrokenProcessPool as crash:
                raise RecordingError("reading the file took more than its share of time or memory") from crash
            finally:
                await asyncio.to_thread(pool.shutdown)

    async def _run(self, pool: Executor, work: Callable[[str, bytes], Read], file_name: str, content: bytes) -> Read:
        return await asyncio.get_running_loop().run_in_executor(pool, read_within, self._file_s, work, file_name, content)

    def _pool(self) -> ProcessPoolExecutor:
        if self._shared is None:
            self._shared = _new_pool(self._workers)
        return self._shared

    def _forget(self, broken: ProcessPoolExecutor) -> None:
        if self._shared is broken:
            self._shared = None


def _new_pool(workers: int) -> ProcessPoolExecutor:
    """Spawned, not forked: the service has threads and open connections."""
    return ProcessPoolExecutor(max_workers=workers, mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    """Ctrl-C reaches the whole process group; the service decides when its workers go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_within(file_s: float, work: Callable[[str, bytes], Read], file_name: str, content: bytes) -> Read:
    """`work` in the main thread of a worker, for at most `file_s` seconds."""
    if not hasattr(signal, "setitimer"):  # Windows: no alarm, no limit
        return work(file_name, content)
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, file_s)
    signal.setitimer(signal.ITIMER_PROF, 2 * file_s)
    try:
        return work(file_name, content)
    except TimeoutError as late:
        raise RecordingError("reading the file takes too long") from late
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _out_of_time(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
