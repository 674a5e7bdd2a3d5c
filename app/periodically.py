"""Work beside the requests, again and again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def periodically(work: Callable[[], Awaitable[None]], *, every_s: float, name: str) -> AsyncIterator[None]:
    """At once, then every `every_s` after the end of the last time, until the block ends. `work` answers for its own failures."""
    ended = asyncio.Event()

    async def rounds() -> None:
        while not ended.is_set():
            await work()
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), every_s)

    task = asyncio.create_task(rounds(), name=name)
    try:
        yield
    finally:
        ended.set()  # a cancellation can get lost inside the database client
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
