"""Patience with a database that is away for a moment: what is worth writing is written again until it stands, inside the deadline."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pymongo
from pymongo.errors import ConnectionFailure, DuplicateKeyError, ExecutionTimeout, PyMongoError

PAUSE_S = 0.2
"""Between two tries; the driver's own search for the server takes up the rest of the time."""

LEAST_S = 0.1
"""A deadline that has passed still lets one try fail in an orderly way."""

_UNTIL: ContextVar[float] = ContextVar("until")


@contextmanager
def within(deadline: float) -> Iterator[None]:
    """Every operation of the block is over by then, on the clock of `time.monotonic`, whatever the database does."""
    token = _UNTIL.set(deadline)
    try:
        with pymongo.timeout(max(LEAST_S, deadline - time.monotonic())):
            yield
    finally:
        _UNTIL.reset(token)


def left_s() -> float:
    """Of the innermost `within`; endless outside."""
    return max(0.0, _UNTIL.get(math.inf) - time.monotonic())


async def persistently(write: Callable[[], Awaitable[None]], limit_s: float) -> None:
    """Writes until it stands, for `limit_s` at most and never beyond `within`. `write` inserts under an id of its own or changes nothing
    when it is done twice: an answer that got lost does no harm. Raises PyMongoError."""
    until = min(time.monotonic() + limit_s, _UNTIL.get(math.inf))
    with pymongo.timeout(max(LEAST_S, until - time.monotonic())):
        while True:
            try:
                await write()
            except DuplicateKeyError:
                return  # it stood already, only its acknowledgement was lost
            except PyMongoError as fault:
                if not _may_pass(fault) or time.monotonic() + PAUSE_S >= until:
                    raise
                await asyncio.sleep(PAUSE_S)
            else:
                return


def _may_pass(fault: PyMongoError) -> bool:
    return fault.timeout or isinstance(fault, ConnectionFailure | ExecutionTimeout)
