"""Limits of real time, fifths of a second long: only order and outcomes are asserted."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from chains.attempt import Outcome
from chains.routing.deadline import CallLimit, Deadline, Stopping
from chains.routing.limits import Limits
from chains.writers.port import Answer, Heard
from tests.chains.routing.routed import Audience, Desk, answers, faults, first, never, order, second
from tests.chains.writing import GOOD, outcomes

SHORT_S, LONG_S = 0.2, 20.0

STREAM = Limits(call_s=LONG_S, first_token_s=SHORT_S, idle_s=SHORT_S, least_call_s=0.05, reserve_s=0.0)


def deadline(limits: Limits, seconds: float = LONG_S, stopping: Stopping | None = None) -> Deadline:
    return Deadline(time.monotonic() + seconds, limits, stopping or Stopping())


async def ended(limit: CallLimit, during: Callable[[], Awaitable[object]]) -> bool:
    """True where the limit ended it."""
    try:
        async with limit:
            await during()
    except TimeoutError:
        return True
    return False


async def forever() -> None:
    await asyncio.Event().wait()


async def test_an_unstreamed_call_ends_at_its_limit() -> None:
    limits = Limits(call_s=SHORT_S, first_token_s=LONG_S)

    assert await ended(deadline(limits).call(streamed=False), forever)


async def test_a_streamed_call_ends_where_it_does_not_begin() -> None:
    limits = Limits(call_s=LONG_S, first_token_s=SHORT_S)

    assert await ended(deadline(limits).call(streamed=True), forever)


async def test_a_stream_goes_on_beyond_its_first_limit_while_pieces_come() -> None:
    limit = deadline(STREAM).call(streamed=True)

    async def talk() -> None:
        for _ in range(8):
            await asyncio.sleep(SHORT_S / 4)
            limit.hold()
            limit.resume()

    assert not await ended(limit, talk)


async def test_a_stream_that_falls_silent_is_ended() -> None:
    limit = deadline(STREAM).call(streamed=True)

    async def begin() -> None:
        limit.hold()
        limit.resume()
        await forever()

    assert await ended(limit, begin)
    assert limit.was_fair


async def test_the_time_of_who_listens_is_not_the_provider_s() -> None:
    limit = deadline(STREAM).call(streamed=True)

    async def tell() -> None:
        limit.hold()
        await asyncio.sleep(2 * SHORT_S)
        limit.resume()

    assert not await ended(limit, tell)


async def test_no_call_goes_beyond_the_deadline_however_much_comes() -> None:
    limits = Limits(first_token_s=LONG_S, idle_s=LONG_S, reserve_s=0.1)
    limit = deadline(limits, seconds=0.1 + SHORT_S).call(streamed=True)

    async def chatter() -> None:
        while True:  # an endless stream
            limit.hold()
            limit.resume()
            await asyncio.sleep(0.01)

    assert await ended(limit, chatter)
    assert limit.was_fair  # it had its chance


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_call_under_way_is_cut_when_the_service_stops(streamed: bool) -> None:
    stopping = Stopping()
    limit = deadline(Limits(reserve_s=0.1), stopping=stopping).call(streamed=streamed)
    asyncio.get_running_loop().call_later(0.05, stopping.begin, 0.1 + SHORT_S)

    assert await ended(limit, forever)
    assert not limit.was_fair


async def test_a_call_that_was_cut_says_nothing_however_long_it_took() -> None:
    stopping = Stopping()
    limit = deadline(Limits(call_s=2 * SHORT_S, reserve_s=0.0), stopping=stopping).call(streamed=False)
    asyncio.get_running_loop().call_later(1.5 * SHORT_S, stopping.begin, 0.0)

    assert await ended(limit, forever)
    assert not limit.was_fair


async def test_a_stop_gives_no_call_more_time_than_it_had() -> None:
    stopping = Stopping()
    limit = deadline(Limits(call_s=SHORT_S), stopping=stopping).call(streamed=False)
    asyncio.get_running_loop().call_later(0.05, stopping.begin, LONG_S)

    assert await ended(limit, forever)


async def test_a_stop_at_the_instant_of_a_limit_breaks_nothing() -> None:
    stopping = Stopping()
    limit = deadline(Limits(call_s=0.05), stopping=stopping).call(streamed=False)
    begun: list[bool] = []

    def begin() -> None:
        stopping.begin(LONG_S)
        begun.append(True)

    async def block() -> None:
        asyncio.get_running_loop().call_soon(time.sleep, 0.1)  # both come due in it
        asyncio.get_running_loop().call_later(0.05, begin)
        await forever()

    assert await ended(limit, block)
    assert begun == [True]


async def test_a_pause_ends_with_the_service() -> None:
    stopping = Stopping()
    asyncio.get_running_loop().call_later(0.05, stopping.begin, 0.0)

    async with asyncio.timeout(LONG_S / 2):
        await deadline(Limits(), stopping=stopping).pause(LONG_S)


async def test_stopping_service_lets_the_rules_answer_at_once() -> None:
    desk = Desk([first(never), second(answers())], limits=Limits(reserve_s=0.1, least_call_s=0.05))
    writing = asyncio.create_task(desk.write(order()))
    while not desk.monitor.attempts and not desk.writers[0].briefs:  # type: ignore[attr-defined]  # noqa: ASYNC110
        await asyncio.sleep(0.01)

    desk.stopping.begin(0.1)
    under_way, fresh = await writing, await desk.write(order())

    assert outcomes(under_way.attempts) == ["timeout", "ok"]
    assert outcomes(fresh.attempts) == ["ok"]
    assert (under_way.degraded, fresh.degraded) == (True, True)
    assert desk.monitor.changes == []


async def test_a_stop_ends_a_long_retry_after() -> None:
    desk = Desk([first(faults(Outcome.RATE_LIMITED, retry_after_s=15.0), answers())])
    asyncio.get_running_loop().call_later(0.1, desk.stopping.begin, 0.05)

    async with asyncio.timeout(LONG_S / 2):
        authored = await desk.write(order())

    assert outcomes(authored.attempts) == ["rate_limited", "ok"]
    assert authored.degraded


async def stalls_midway(heard: Heard | None) -> Answer:
    assert heard is not None
    await heard(GOOD[:100])
    return await never(heard)


async def test_a_stream_that_stalls_is_void_and_the_next_model_starts_over() -> None:
    audience = Audience()

    authored = await Desk([first(stalls_midway), second(answers())], limits=STREAM).write(order(), audience)

    assert outcomes(authored.attempts) == ["timeout", "ok"]
    assert audience.names == ["headline", "reset", "headline", "observation", "action", "question"]
    assert authored.attempts[0].estimated
    assert authored.attempts[0].cost_micro_usd > 0
