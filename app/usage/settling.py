"""The ledger as requests use it: patient with a database that is away for a while, and never keeping an athlete waiting for long.

What a call cost is booked while the request waits; where the database does not answer in time, a task beside the request goes on until it
stands. If the process ends before that, the row is still open and the sweep books its estimate: no cost is lost either way.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import Context

import structlog
from pymongo.errors import PyMongoError

from app.patience import left_s, persistently
from app.usage.repository import UsageRepository
from chains.attempt import Attempt, PendingAttempt

OPEN_S = 8.0
"""House rule: longer than an election or a restart takes; the insight's own deadline comes first."""

WAIT_S = 1.0
"""House rule: the reply is there and the athlete waits for it; a healthy database needs a hundredth of this."""

SHARE = 0.5
"""House rule: of what is left of the request's time, so that rules and storing have theirs where every booking takes long."""

ROUND_S = 60.0
"""So long a task tries before it tells the log and goes on."""

MAX_BESIDE = 1_000
"""About a megabyte. Beyond that, calls are left to the sweep and its estimates."""

_log = structlog.get_logger(__name__)


class PatientLedger:
    """Implements the chain's `Ledger` port. `running()` is its lifetime: at its end, what is not booked yet gets a last moment."""

    def __init__(self, rows: UsageRepository, *, wait_s: float = WAIT_S) -> None:
        self._rows = rows
        self._wait_s = wait_s
        self._beside: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """Bookings that the database has not taken yet."""
        return len(self._beside)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await self._finish()

    async def open(self, pending: PendingAttempt) -> None:
        """Raises PyMongoError where the database stays away: then no provider is called."""
        await persistently(lambda: self._rows.open(pending), OPEN_S)

    async def settle(self, attempt: Attempt) -> None:
        await self._book(lambda: self._rows.settle(attempt))

    async def record(self, attempt: Attempt) -> None:
        await self._book(lambda: self._rows.record(attempt))

    async def _book(self, write: Callable[[], Awaitable[None]]) -> None:
        """Booked, or in the hands of a task. The task knows no deadline: that of the request binds only the wait for it."""
        if len(self._beside) >= MAX_BESIDE:
            _log.error("ledger_full", waiting=len(self._beside))
            return
        task = asyncio.create_task(_until_booked(write), name="booking", context=Context())
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
        await asyncio.wait({task}, timeout=min(self._wait_s, SHARE * left_s()))

    async def _finish(self) -> None:
        tasks = tuple(self._beside)
        if not tasks:
            return
        await asyncio.wait(tasks, timeout=WAIT_S)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _until_booked(write: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await persistently(write, ROUND_S)
        except PyMongoError as fault:
            _log.warning("ledger_away", fault=type(fault).__name__)
            await asyncio.sleep(1)
        else:
            return
