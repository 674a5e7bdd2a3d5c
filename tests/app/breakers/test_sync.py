"""Two replicas over one database agree on who is asked, and which of them tries again."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pymongo.errors import ServerSelectionTimeoutError

from app.breakers.repository import BreakerRepository
from app.breakers.sync import BreakerSync
from app.database import Database
from chains.attempt import Outcome
from chains.ports import BreakerStore
from chains.routing.breaker import FIRST_HOLD_S, BreakerRecord, BreakerState
from tests.chains.routing.test_breakers import Clock, Named, Replica

RECORD = BreakerRecord(model="openai:gpt-4o", state=BreakerState.OPEN, changed_at=100.0, hold_s=5.0, reason="timeout", alarmed_at=3.0)


@dataclass
class Away:
    """A store whose database can be switched off."""

    store: BreakerStore
    is_away: bool = True
    asked: int = 0

    def _check(self) -> None:
        self.asked += 1
        if self.is_away:
            raise ServerSelectionTimeoutError("switched off")

    async def load(self) -> Sequence[BreakerRecord]:
        self._check()
        return await self.store.load()

    async def save(self, record: BreakerRecord) -> None:
        self._check()
        await self.store.save(record)

    async def claim_trial(self, record: BreakerRecord, owner: str, seconds: float) -> bool:
        self._check()
        return await self.store.claim_trial(record, owner, seconds)


@dataclass
class Synced:
    """A replica and its share in the database."""

    database: Database
    clock: Clock
    replica: Replica = field(init=False)

    def __post_init__(self) -> None:
        self.replica = Replica(self.clock)
        self.sync = BreakerSync(self.replica.breakers, BreakerRepository(self.database), every_s=0.01)

    async def round(self) -> None:
        await self.sync.round()


def tried(synced: Synced) -> bool:
    """It has got the right to try, and the model answers."""
    permit = synced.replica.ask()
    if permit is not None:
        permit.report(Outcome.OK)
    return permit is not None


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110  # what is waited for happens in the database
            await asyncio.sleep(0.01)


async def rounds(*replicas: Synced) -> None:
    for replica in replicas:
        await replica.round()


async def test_what_is_saved_is_loaded_and_older_news_is_refused(database: Database) -> None:
    store = BreakerRepository(database)
    newer = BreakerRecord(model=RECORD.model, state=BreakerState.CLOSED, changed_at=101.0, hold_s=0.0, reason="ok")

    await store.save(RECORD)
    assert await store.load() == [RECORD]
    await store.save(newer)
    await store.save(RECORD)

    assert await store.load() == [newer]


async def test_a_trial_is_claimed_by_one_at_a_time(database: Database) -> None:
    store = BreakerRepository(database)
    await store.save(RECORD)

    assert await store.claim_trial(RECORD, "a", 60.0)
    assert not await store.claim_trial(RECORD, "b", 60.0)
    assert await store.claim_trial(RECORD, "a", 0.0)  # its own can be renewed, here to its end
    assert await store.claim_trial(RECORD, "b", 60.0)


async def test_a_new_change_voids_claims_on_the_old_one(database: Database) -> None:
    store = BreakerRepository(database)
    await store.save(RECORD)
    assert await store.claim_trial(RECORD, "a", 60.0)
    again = BreakerRecord(model=RECORD.model, state=BreakerState.OPEN, changed_at=107.0, hold_s=10.0, reason="timeout")

    await store.save(again)

    assert not await store.claim_trial(RECORD, "a", 60.0)
    assert await store.claim_trial(again, "b", 60.0)


async def test_ten_replicas_make_one_trial(database: Database) -> None:
    clock = Clock()
    replicas = [Synced(database, clock) for _ in range(10)]
    await rounds(*replicas)
    replicas[0].replica.open()
    await rounds(*replicas)
    assert [synced.replica.ask() for synced in replicas] == [None] * 10

    clock.now += FIRST_HOLD_S
    assert [synced.replica.ask() for synced in replicas] == [None] * 10
    await rounds(*replicas)
    trials = [permit for synced in replicas for _ in range(3) if (permit := synced.replica.ask()) is not None]
    assert len(trials) == 1
    await rounds(*replicas)
    assert [synced.replica.ask() for synced in replicas] == [None] * 10

    trials[0].report(Outcome.OK)
    await rounds(*replicas)
    await rounds(*replicas)
    assert all(synced.replica.ask() is not None for synced in replicas)


async def test_a_failed_trial_holds_all_replicas_for_twice_as_long(database: Database) -> None:
    clock = Clock()
    first, second = Synced(database, clock), Synced(database, clock)
    await rounds(first, second)
    first.replica.open()
    await rounds(first, second)
    clock.now += FIRST_HOLD_S
    assert second.replica.ask() is None
    await rounds(first, second)

    second.replica.end(Outcome.TIMEOUT)
    await rounds(second, first)
    clock.now += 2 * FIRST_HOLD_S - 0.1

    assert (first.replica.ask(), second.replica.ask()) == (None, None)
    assert first.replica.breakers.wanted() == []
    (record,) = first.replica.breakers.records()
    assert record.hold_s == 2 * FIRST_HOLD_S


async def test_without_the_database_breakers_go_on_alone_and_share_again_after(database: Database) -> None:
    replica, away = Replica(), Away(BreakerRepository(database))
    sync = BreakerSync(replica.breakers, away)
    replica.open()
    await sync.round()

    replica.clock.now += FIRST_HOLD_S
    replica.end(Outcome.UNAVAILABLE)  # its own trial, with nobody's leave
    away.is_away = False
    await sync.round()

    assert replica.breakers.shared
    (record,) = await BreakerRepository(database).load()
    assert (record.state, record.hold_s) == (BreakerState.OPEN, 2 * FIRST_HOLD_S)


async def test_it_works_beside_requests_until_its_end(database: Database) -> None:
    clock = Clock()
    first, second = Synced(database, clock), Synced(database, clock)
    async with first.sync.running(), second.sync.running():
        first.replica.open()
        await until(lambda: second.replica.breakers.left_alone() != [])
        clock.now += FIRST_HOLD_S
        await until(lambda: tried(second))
        await until(lambda: first.replica.breakers.left_alone() == [])

    assert not first.replica.breakers.shared
    assert first.replica.ask(Named()) is not None
