"""CPU of this process, the provider and the database not counted. Contenders take turns in blocks, and of the blocks the median counts."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

Work = Callable[[], Awaitable[object]]

BLOCK = 10
"""Runs of one contender in a row: enough for the clock, short enough for a slow moment of the machine to hit all of them."""

WARM_UP = 5


async def cpu_ms(contenders: Mapping[str, Work], *, blocks: int) -> dict[str, float]:
    """Milliseconds of CPU of one run, of each contender."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for work in contenders.values():
        await _repeat(work, WARM_UP)
    for _ in range(blocks):
        for name, work in contenders.items():
            began = time.process_time()
            await _repeat(work, BLOCK)
            taken[name].append((time.process_time() - began) / BLOCK)
    return {name: 1000 * statistics.median(seconds) for name, seconds in taken.items()}


async def _repeat(work: Work, n: int) -> None:
    for _ in range(n):
        await work()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many a second with so many at once."""

    per_second: float
    at_once: int


async def rates(contenders: Mapping[str, Work], *, at_once: int, each: int, blocks: int) -> dict[str, Rate]:
    """Closed loop, in turns: the median of the blocks."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(blocks):
        for name, work in contenders.items():
            began = time.perf_counter()
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(_repeat(work, each))
            taken[name].append(at_once * each / (time.perf_counter() - began))
    return {name: Rate(per_second=statistics.median(measured), at_once=at_once) for name, measured in taken.items()}
