"""Fair timing: contenders take turns, so that a slow moment of the machine hits them all."""

import os
import platform
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

Work = Callable[[], Awaitable[object]]
WARM_UP_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds of each round of one contender."""

    seconds: Sequence[float]

    @property
    def median_ms(self) -> float:
        return statistics.median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000


async def take_turns(contenders: Mapping[str, Work], rounds: int) -> dict[str, Timing]:
    """Each contender once per round, in order; the first rounds only warm up."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(-WARM_UP_ROUNDS, rounds):
        for name, work in contenders.items():
            start = time.perf_counter()
            await work()
            if turn >= 0:
                seconds[name].append(time.perf_counter() - start)
    return {name: Timing(seconds=s) for name, s in seconds.items()}


def machine() -> str:
    """What the figures were measured on."""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
