"""Requests at a fixed rate, whatever becomes of the earlier ones; and what came back."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence

from tests.benchmarks.load.wire import Reply

Ask = Callable[[int], Awaitable[Reply]]


async def at_rate(per_s: float, seconds: float, ask: Ask) -> list[Reply]:
    """In the order of asking."""
    began, tasks = time.perf_counter(), []
    for number in range(round(per_s * seconds)):
        await asyncio.sleep(max(0.0, began + number / per_s - time.perf_counter()))
        tasks.append(asyncio.ensure_future(ask(number)))
    return list(await asyncio.gather(*tasks))


async def at_once(many: int, seconds: float, ask: Ask) -> list[Reply]:
    """A closed loop of so many callers: the plateau."""
    end, replies = time.perf_counter() + seconds, []

    async def caller(number: int) -> None:
        while time.perf_counter() < end:
            replies.append(await ask(number))

    await asyncio.gather(*(caller(number) for number in range(many)))
    return replies


def percentile_ms(seconds: Sequence[float], share: int) -> float:
    """The 95th, the 99th."""
    if len(seconds) < 2:
        return 1000 * max(seconds, default=0.0)
    return 1000 * statistics.quantiles(seconds, n=100, method="inclusive")[share - 1]


def written(replies: Sequence[Reply]) -> list[Reply]:
    return [reply for reply in replies if reply.status == 201]
