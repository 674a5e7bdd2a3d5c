"""A caller that goes away at any moment: the ledger is right, and the cancellation is not lost."""

import asyncio
from dataclasses import dataclass, field

import pytest

from chains.attempt import Attempt, Outcome, PendingAttempt
from tests.chains.routing.routed import PATIENT, Audience, Desk, answers, faults, first, never, order
from tests.chains.writing import outcomes


@dataclass
class SlowLedger:
    """Waits at one of its doors until it is let through."""

    door: str
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    let: asyncio.Event = field(default_factory=asyncio.Event)
    opened: list[str] = field(default_factory=list)
    settled: list[Attempt] = field(default_factory=list)
    fails: bool = False

    async def _wait(self, door: str) -> None:
        if door == self.door:
            self.reached.set()
            await self.let.wait()
            if self.fails:
                raise ConnectionError("the store is away")

    async def open(self, pending: PendingAttempt) -> None:
        await self._wait("open")
        self.opened.append(pending.id)

    async def settle(self, attempt: Attempt) -> None:
        await self._wait("settle")
        self.settled.append(attempt)

    async def record(self, attempt: Attempt) -> None:
        await self._wait("record")
        self.settled.append(attempt)


async def leave(ledger: SlowLedger, desk: Desk) -> None:
    """While the ledger writes, which it then goes on doing."""
    writing = asyncio.create_task(desk.write(order()))
    await ledger.reached.wait()
    writing.cancel()
    await asyncio.sleep(0)
    ledger.let.set()
    with pytest.raises(asyncio.CancelledError):
        await writing


async def test_while_a_call_is_put_on_the_ledger() -> None:
    ledger, writer = SlowLedger("open"), first(answers())

    await leave(ledger, Desk([writer], ledger=ledger))

    assert writer.briefs == []
    assert [attempt.id for attempt in ledger.settled] == ledger.opened
    assert [(a.outcome.value, a.cost_micro_usd, a.estimated) for a in ledger.settled] == [("cancelled", 0, False)]


async def test_while_a_call_is_settled() -> None:
    ledger = SlowLedger("settle")

    await leave(ledger, Desk([first(answers())], ledger=ledger))

    assert outcomes(ledger.settled) == ["ok"]
    assert ledger.settled[0].cost_micro_usd > 0


async def test_while_the_rules_are_booked() -> None:
    ledger = SlowLedger("record")

    await leave(ledger, Desk([], ledger=ledger))

    assert outcomes(ledger.settled) == ["ok"]


async def test_while_a_ledger_fails_the_cancellation_still_goes_on() -> None:
    ledger = SlowLedger("settle", fails=True)

    await leave(ledger, Desk([first(answers())], ledger=ledger))

    assert ledger.settled == []


@pytest.mark.parametrize("audience", [None, Audience()])
async def test_during_a_call(audience: Audience | None) -> None:
    writer = first(never)
    desk = Desk([writer])
    writing = asyncio.create_task(desk.write(order(), audience))
    while not writer.briefs:  # noqa: ASYNC110  # the writer has no bell
        await asyncio.sleep(0.001)

    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing

    (attempt,) = desk.monitor.attempts
    assert (attempt.outcome, attempt.estimated) == (Outcome.CANCELLED, True)
    assert attempt.cost_micro_usd > 0
    assert desk.breakers.left_alone() == []


async def test_during_a_pause() -> None:
    desk = Desk([first(faults(Outcome.RATE_LIMITED, retry_after_s=10.0))], limits=PATIENT)
    writing = asyncio.create_task(desk.write(order()))
    while not desk.monitor.attempts:  # noqa: ASYNC110  # as above
        await asyncio.sleep(0.001)

    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing

    assert outcomes(desk.monitor.attempts) == ["rate_limited"]


async def test_a_store_that_is_away_frees_the_trial() -> None:
    now = [1_000_000.0]
    ledger = SlowLedger("open", fails=True)
    writer = first(faults(Outcome.QUOTA), answers())
    desk = Desk([writer], ledger=ledger, now=lambda: now[0])
    ledger.door = "nowhere"
    await desk.write(order())
    now[0] += 100.0

    ledger.door = "open"
    ledger.let.set()
    with pytest.raises(ConnectionError):
        await desk.write(order())
    ledger.door = "nowhere"
    authored = await desk.write(order())

    assert outcomes(authored.attempts) == ["ok"]
