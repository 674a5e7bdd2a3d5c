"""Time: one deadline per insight, handed down; the limit of one call; and the end of the service, which comes before both."""

import asyncio
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from chains.routing.limits import Limits

FAIR_SHARE = 0.5
"""House rule: a call that had less than half of its own limit, because the insight's time was up, says nothing about the provider."""


class Stopping:
    """The service is told to end: whatever is under way has until `at` (on the clock of `time.monotonic`) and no longer."""

    def __init__(self) -> None:
        self._at: float | None = None
        self._under_way: set[CallLimit] = set()

    @property
    def at(self) -> float | None:
        return self._at

    def begin(self, seconds: float) -> None:
        """Calls under way are cut to the new end at once."""
        self._at = time.monotonic() + seconds
        for call in tuple(self._under_way):
            call.cut(self._at)

    def cap(self, deadline: float) -> float:
        return deadline if self._at is None else min(deadline, self._at)

    def watch(self, call: "CallLimit") -> None:
        """Until `forget`."""
        self._under_way.add(call)

    def forget(self, call: "CallLimit") -> None:
        self._under_way.discard(call)


class CallLimit:
    """The time of one call, never beyond the insight's own: `async with limit` raises TimeoutError where it runs out. A streamed call
    is given more with every piece."""

    def __init__(self, *, first_s: float, idle_s: float, end: float, reserve_s: float, stopping: Stopping) -> None:
        self._first_s = first_s
        self._idle_s = idle_s
        self._end = end
        self._reserve_s = reserve_s
        self._stopping = stopping
        self._began = time.monotonic()
        self._timeout = asyncio.timeout(max(0.0, min(first_s, end - self._began)))
        self._was_heard = False
        self._was_cut = False

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        self._stopping.watch(self)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopping.forget(self)
        await self._timeout.__aexit__(kind, error, trace)

    @property
    def was_fair(self) -> bool:
        """The provider had its chance: running out of this time is its own fault."""
        return not self._was_cut and (self._was_heard or time.monotonic() - self._began >= FAIR_SHARE * self._first_s)

    def hold(self) -> None:
        """A piece of text came, and who listens is told of it: that is not the provider's time."""
        self._was_heard = True
        self._until(self._end)

    def resume(self) -> None:
        """The next piece may take so long."""
        self._until(time.monotonic() + self._idle_s)

    def cut(self, at: float) -> None:
        """The service ends: no later than this, less what rules and storing need."""
        self._was_cut = True
        self._end = min(self._end, at - self._reserve_s)
        left_s = (self._timeout.when() or 0.0) - asyncio.get_running_loop().time()
        self._until(time.monotonic() + left_s)

    def _until(self, instant: float) -> None:
        if not self._timeout.expired():
            left_s = min(instant, self._end) - time.monotonic()
            self._timeout.reschedule(asyncio.get_running_loop().time() + max(0.0, left_s))


class Deadline:
    """Of one insight: `left_s` is what calls may still use, the reserve for rules, rendering and storing taken off."""

    def __init__(self, at: float, limits: Limits, stopping: Stopping) -> None:
        self._at = at
        self._limits = limits
        self._stopping = stopping

    @property
    def left_s(self) -> float:
        return self._stopping.cap(self._at) - self._limits.reserve_s - time.monotonic()

    @property
    def has_time(self) -> bool:
        """For one more call."""
        return self.left_s >= self._limits.least_call_s

    def call(self, *, streamed: bool) -> CallLimit:
        """The limit of one call."""
        return self._limit(self._limits.first_token_s if streamed else self._limits.call_s)

    async def pause(self, seconds: float) -> None:
        """So long at most: the end of the service ends it too."""
        with suppress(TimeoutError):
            async with self._limit(seconds):
                await asyncio.Event().wait()

    def _limit(self, seconds: float) -> CallLimit:
        return CallLimit(
            first_s=seconds,
            idle_s=self._limits.idle_s,
            end=time.monotonic() + self.left_s,
            reserve_s=self._limits.reserve_s,
            stopping=self._stopping,
        )
