"""Admission to generation: so many at once, so many waiting, so many of one athlete. Whoever comes beyond that is told at once when to
come back; reads and health go on.

Four rules, for each process:
- at most `max_in_flight` requests generate at once, streams until their generation has ended: most of them wait for a provider;
- at most `PREPARING` of them make their facts, which is what the processor is busy with: the event loop stays quick;
- at most `max_queue` wait for a place, first come, first served; whoever would wait too long is sent away on arrival;
- whoever was let into the queue is answered, before its turn if need be: nobody waits to be sent away.
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

PREPARING = 4
"""House rule: one computes, one reads, and two make up for what the database takes."""

PREPARING_S = 1.0
"""House rule: whoever takes longer waits for the database and leaves the processor to others."""

MAX_WAIT_S = 2.0
"""House rule: a tenth of a request's time; whoever would wait longer is better served by the next replica."""

LONGEST_WAIT_S = 2 * MAX_WAIT_S
"""For those who were let in when a place was to be free sooner; after that they begin beyond the limits."""

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
        self.athlete_id: str | None = None

    def __enter__(self) -> Self:
        self._holders += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._holders -= 1
        if not self._holders:
            self._admission.leave(self)

    def prepared(self) -> None:
        """Its facts are there: the next one may make its own."""
        self._admission.prepared(self)


class Places:
    """So many at once, and how long one is taken of late."""

    def __init__(self, limit: int, now: Callable[[], float]) -> None:
        self._limit = limit
        self._now = now
        self._taken: dict[Slot, float] = {}
        self.typical_s = 0.0

    def __len__(self) -> int:
        return len(self._taken)

    def __contains__(self, slot: Slot) -> bool:
        return slot in self._taken

    @property
    def is_free(self) -> bool:
        return len(self._taken) < self._limit

    def take(self, slot: Slot) -> None:
        self._taken[slot] = self._now()

    def give_back(self, slot: Slot) -> None:
        """Once or more often."""
        began_s = self._taken.pop(slot, None)
        if began_s is not None:
            self.typical_s += WEIGHT * (self._now() - began_s - self.typical_s)

    @property
    def next_free_s(self) -> float:
        """At the pace of late. The oldest one tells of a standstill before the mean does."""
        oldest_s = self._now() - next(iter(self._taken.values()), self._now())
        return max(self.typical_s, oldest_s / 2) / self._limit


_CURRENT: ContextVar[Slot | None] = ContextVar("slot", default=None)


def waited_s() -> float:
    """How long ago the request of this context arrived; its deadline counts from there."""
    slot = _CURRENT.get()
    return time.monotonic() - slot.arrived_s if slot else 0.0


def prepared() -> None:
    """The facts of this context's request are there."""
    slot = _CURRENT.get()
    if slot is not None:
        slot.prepared()


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

    def __init__(
        self,
        limits: LoadSettings,
        *,
        preparing: int = PREPARING,
        preparing_s: float = PREPARING_S,
        longest_wait_s: float = LONGEST_WAIT_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits
        self._preparing_s = preparing_s
        self._longest_wait_s = longest_wait_s
        self._now = now
        self._in_flight = Places(limits.max_in_flight, now)
        self._preparing = Places(preparing, now)
        self._waiting: deque[tuple[Slot, asyncio.Future[None]]] = deque()
        self._of_athlete: Counter[str] = Counter()

    @property
    def in_flight(self) -> int:
        return len(self._in_flight)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def enter(self) -> Slot:
        """At once, or after waiting for a place; use the slot as a context. Raises Overloaded, on arrival only."""
        slot = Slot(self, self._now())
        if not self._waiting and self._has_place:
            self._begin(slot)
            return slot
        wait_s = self._expected_wait_s()
        if len(self._waiting) >= self._limits.max_queue or wait_s > MAX_WAIT_S:
            raise Overloaded(_retry_after_s(wait_s))
        await self._wait(slot)
        return slot

    def join(self, athlete_id: str) -> None:
        """The request of this context is that athlete's, until its slot is free again. Raises Overloaded where too many are."""
        slot = _CURRENT.get()
        if slot is None or slot.athlete_id is not None:
            return
        if self._of_athlete[athlete_id] >= self._limits.max_per_athlete:
            raise Overloaded(_retry_after_s(self._in_flight.typical_s), what="of your insights")
        slot.athlete_id = athlete_id
        self._of_athlete[athlete_id] += 1

    def prepared(self, slot: Slot) -> None:
        """It does not keep the processor busy any more."""
        self._preparing.give_back(slot)
        self._admit()

    def leave(self, slot: Slot) -> None:
        """The slot's own end calls this."""
        self._in_flight.give_back(slot)
        if slot.athlete_id is not None:
            self._of_athlete[slot.athlete_id] -= 1
            if not self._of_athlete[slot.athlete_id]:
                del self._of_athlete[slot.athlete_id]
        self.prepared(slot)

    @property
    def _has_place(self) -> bool:
        return self._in_flight.is_free and self._preparing.is_free

    def _begin(self, slot: Slot) -> None:
        self._in_flight.take(slot)
        self._preparing.take(slot)
        asyncio.get_running_loop().call_later(self._preparing_s, self.prepared, slot)

    def _admit(self) -> None:
        """Whoever waits longest may begin."""
        while self._waiting and self._has_place:
            slot, admitted = self._waiting.popleft()
            self._begin(slot)
            admitted.set_result(None)

    async def _wait(self, slot: Slot) -> None:
        admitted = asyncio.get_running_loop().create_future()
        self._waiting.append((slot, admitted))
        try:
            await asyncio.wait({admitted}, timeout=self._longest_wait_s)
        except asyncio.CancelledError:
            self._forget(slot, admitted)
            raise
        if not admitted.done():
            self._waiting.remove((slot, admitted))
            self._begin(slot)

    def _forget(self, slot: Slot, admitted: asyncio.Future[None]) -> None:
        """It waits no longer; where it was admitted in the moment it left, the place goes on to the next one."""
        if slot in self._in_flight:
            self.leave(slot)
        else:
            self._waiting.remove((slot, admitted))

    def _expected_wait_s(self) -> float:
        """For one more: those before it, at the pace of the places that are all taken."""
        turn_s = max((places.next_free_s for places in (self._in_flight, self._preparing) if not places.is_free), default=0.0)
        return (len(self._waiting) + 1) * turn_s


def _retry_after_s(wait_s: float) -> int:
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
