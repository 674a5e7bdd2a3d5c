"""Admission to generation: so many at once, so many waiting, so many of one athlete. Whoever comes beyond that is told at once when to
come back; reads and health go on.

Three rules, for each process:
- at most `max_in_flight` requests generate at once, streams until their generation has ended;
- one more begins per turn of the event loop: while the processor is the bottleneck, the loop stays as quick as it was;
- at most `max_queue` wait for a place, first come, first served; whoever would wait too long is sent away on arrival.
"""

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Final, Self

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Overloaded, problem_of
from app.metrics import Metrics
from app.request_id import HEADER, request_id_of
from app.settings import LoadSettings

GOVERNED: Final = ("POST", "/api/insights/generate")

MAX_WAIT_S = 4.0
"""House rule: a fifth of a request's time; whoever waits longer is better served by the next replica."""

WEIGHT = 0.1
"""Of the latest generation in the running mean of how long one takes."""

LONGEST_RETRY_S = 30

TELL_EVERY_S = 1.0
"""One line in the log for all that were shed meanwhile: shedding must stay cheap."""

_log = structlog.get_logger(__name__)


class Slot:
    """One place among those that generate; free again when the last one who holds it has left."""

    def __init__(self, admission: "Admission", arrived_s: float) -> None:
        self._admission = admission
        self._holders = 0
        self.arrived_s = arrived_s
        self.began_s = 0.0
        self.athlete_id: str | None = None

    def __enter__(self) -> Self:
        self._holders += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._holders -= 1
        if not self._holders:
            self._admission.leave(self)


_CURRENT: ContextVar[Slot | None] = ContextVar("slot", default=None)


def waited_s() -> float:
    """How long ago the request of this context arrived; its deadline counts from there."""
    slot = _CURRENT.get()
    return time.monotonic() - slot.arrived_s if slot else 0.0


@contextmanager
def kept() -> Iterator[None]:
    """Keeps the slot of this context's request until the block ends, though its response may end before."""
    slot = _CURRENT.get()
    if slot is None:
        yield
        return
    with slot:
        yield


class Admission:
    """Counts those that generate and those that wait. All on one event loop, so nothing is locked."""

    def __init__(self, limits: LoadSettings, *, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._in_flight: dict[Slot, None] = {}
        self._waiting: deque[tuple[Slot, asyncio.Future[None]]] = deque()
        self._of_athlete: Counter[str] = Counter()
        self._turn_is_taken = False
        self._typical_s = 0.0

    @property
    def in_flight(self) -> int:
        return len(self._in_flight)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def enter(self) -> Slot:
        """At once, or after waiting for a place; use the slot as a context. Raises Overloaded."""
        slot = Slot(self, self._now())
        if not self._waiting and self._free and not self._turn_is_taken:
            self._begin(slot)
            return slot
        wait_s = self._expected_wait_s()
        if len(self._waiting) >= self._limits.max_queue + self._free or wait_s > MAX_WAIT_S:
            raise Overloaded(self._retry_after_s(wait_s))
        await self._wait(slot)
        return slot

    def join(self, athlete_id: str) -> None:
        """The request of this context is that athlete's, until its slot is free again. Raises Overloaded where too many are."""
        slot = _CURRENT.get()
        if slot is None or slot.athlete_id is not None:
            return
        if self._of_athlete[athlete_id] >= self._limits.max_per_athlete:
            raise Overloaded(self._retry_after_s(self._typical_s), what="of your insights")
        slot.athlete_id = athlete_id
        self._of_athlete[athlete_id] += 1

    def leave(self, slot: Slot) -> None:
        """The slot's own end calls this."""
        del self._in_flight[slot]
        took_s = self._now() - slot.began_s
        self._typical_s += WEIGHT * (took_s - self._typical_s)
        if slot.athlete_id is not None:
            self._of_athlete[slot.athlete_id] -= 1
            if not self._of_athlete[slot.athlete_id]:
                del self._of_athlete[slot.athlete_id]
        if self._waiting and not self._turn_is_taken:
            self._take_turn()

    @property
    def _free(self) -> int:
        return self._limits.max_in_flight - len(self._in_flight)

    def _begin(self, slot: Slot) -> None:
        slot.began_s = self._now()
        self._in_flight[slot] = None
        self._take_turn()

    def _take_turn(self) -> None:
        self._turn_is_taken = True
        asyncio.get_running_loop().call_soon(self._next_turn)

    def _next_turn(self) -> None:
        """The loop has gone round once: whoever waits longest may begin."""
        self._turn_is_taken = False
        while self._waiting and self._free:
            slot, admitted = self._waiting.popleft()
            if not admitted.done():
                self._begin(slot)
                admitted.set_result(None)
                return

    async def _wait(self, slot: Slot) -> None:
        admitted = asyncio.get_running_loop().create_future()
        self._waiting.append((slot, admitted))
        if self._free and not self._turn_is_taken:
            self._take_turn()
        try:
            async with asyncio.timeout(2 * MAX_WAIT_S):
                await admitted
        except (TimeoutError, asyncio.CancelledError) as gone:
            self._forget(slot, admitted)
            if isinstance(gone, TimeoutError):
                raise Overloaded(self._retry_after_s(self._expected_wait_s())) from None
            raise

    def _forget(self, slot: Slot, admitted: asyncio.Future[None]) -> None:
        """It waits no longer; where it was admitted in the moment it left, the place goes on to the next one."""
        if slot in self._in_flight:
            with slot:
                pass
        elif (slot, admitted) in self._waiting:
            self._waiting.remove((slot, admitted))

    def _expected_wait_s(self) -> float:
        """For one more: those before it, at the pace of late. The oldest one under way tells of a standstill before the mean does."""
        if self._free:
            return 0.0
        oldest = next(iter(self._in_flight))
        one_takes_s = max(self._typical_s, (self._now() - oldest.began_s) / 2)
        return (len(self._waiting) + 1) * one_takes_s / self._limits.max_in_flight

    def _retry_after_s(self, wait_s: float) -> int:
        return min(LONGEST_RETRY_S, max(1, math.ceil(wait_s)))


class AdmissionControl:
    """The outermost layer but one: a request that is shed costs neither routing nor a token's verification nor its body."""

    def __init__(self, app: ASGIApp, admission: Admission, metrics: Metrics) -> None:
        self._app = app
        self._admission = admission
        self._metrics = metrics
        self._shed_since_told = 0
        self._told_s = -TELL_EVERY_S

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["method"], scope["path"]) != GOVERNED:
            await self._app(scope, receive, send)
            return
        try:
            slot = await self._admission.enter()
        except Overloaded as overloaded:
            await self._shed(overloaded, scope, receive, send)
            return
        with slot:
            _CURRENT.set(slot)
            await self._app(scope, receive, send)

    async def _shed(self, overloaded: Overloaded, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = request_id_of(scope)
        self._metrics.observe_shed()
        response = problem_of(overloaded, request_id)
        response.headers[HEADER] = request_id
        await response(scope, receive, send)
        self._tell()

    def _tell(self) -> None:
        self._shed_since_told += 1
        now_s = time.monotonic()
        if now_s - self._told_s >= TELL_EVERY_S:
            _log.warning("shed", requests=self._shed_since_told, in_flight=self._admission.in_flight, waiting=self._admission.waiting)
            self._shed_since_told, self._told_s = 0, now_s
