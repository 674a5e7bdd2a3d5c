"""The rollup equals what the activities themselves add up to, whatever happened on the way."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from pymongo.asynchronous.database import AsyncDatabase

from app.activities.identity import claims_of
from app.activities.repository import ActivityRepository, Entry
from app.history.columns import followed_by, history_from
from app.history.repository import HistoryRepository
from chains.training.activity import Activity, Sport
from chains.training.history import history_of
from tests.app.activities.entries import ATHLETE, activity, entry, service_on
from tests.app.history.comparison import assert_same_history

Database = AsyncDatabase[dict[str, Any]]
FOREVER = date(2099, 1, 1)


async def stored(database: Database) -> list[Activity]:
    long_ago, far_ahead = datetime(1971, 1, 1, tzinfo=UTC), datetime(2098, 1, 1, tzinfo=UTC)
    return await ActivityRepository(database).window(ATHLETE, long_ago, far_ahead)


async def insert_only(database: Database, activities: Sequence[Activity]) -> None:
    """What a crash right after the write leaves behind."""
    lost = await ActivityRepository(database).insert([(Entry(activity=a), claims_of(a, ())) for a in activities])
    assert not lost


def some_activity(chance: random.Random) -> Activity:
    return activity(
        sport=chance.choice([Sport.RUN, Sport.RIDE, Sport.SWIM]),
        days=chance.randrange(0, 900),
        seconds=chance.randrange(0, 80_000),
        km=chance.uniform(0, 40),
        minutes=chance.uniform(5, 200),
        hand_entered=chance.random() < 0.2,
        utc_offset_s=chance.choice([-36_000, 0, 7_200, 43_200]),
    )


@pytest.mark.parametrize("seed", range(4))
async def test_random_operations_leave_the_sum_of_all_activities(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    service, history = service_on(database), HistoryRepository(database)
    ids: list[str] = []
    for _ in range(40):
        match chance.random():
            case p if p < 0.2 and ids:
                await service.delete(ATHLETE, ids.pop(chance.randrange(len(ids))))
            case p if p < 0.3:
                await insert_only(database, [some_activity(chance)])
            case p if p < 0.5 and ids:
                known = await service.get(ATHLETE, chance.choice(ids))
                richer = activity(sport=known.sport, start=known.started_at, km=known.distance_m / 1000 * 1.02, mean_hr=140.0)
                await service.add(ATHLETE, [Entry(activity=richer)])
            case _:
                added = await service.add(ATHLETE, [Entry(activity=some_activity(chance)) for _ in range(chance.randrange(1, 6))])
                ids += [outcome.activity_id for outcome in added if outcome.activity_id not in ids]

    assert_same_history(await history.read(ATHLETE, FOREVER), history_of(await stored(database)))
    assert await history.dirt(ATHLETE) is None


async def test_crash_after_the_write_is_healed_by_the_next_read(database: Database) -> None:
    activities = [activity(), activity(days=400, km=21.1)]
    await insert_only(database, activities)

    history = await HistoryRepository(database).read(ATHLETE, FOREVER)

    assert_same_history(history, history_of(activities))


async def test_crash_after_a_deletion_is_healed_and_the_tombstone_goes(database: Database) -> None:
    service = service_on(database)
    kept = activity(days=1)
    [gone, _] = await service.add(ATHLETE, [entry(), Entry(activity=kept)])
    assert await ActivityRepository(database).delete(ATHLETE, gone.activity_id)
    assert await database["activities"].count_documents({}) == 2, "a tombstone remains"

    history = await HistoryRepository(database).read(ATHLETE, FOREVER)

    assert_same_history(history, history_of([kept]))
    assert await database["activities"].count_documents({}) == 1


async def test_crash_between_the_blocks_and_the_marks_is_harmless(database: Database) -> None:
    """The day is counted, but the mark still stands: it is counted anew, not twice."""
    await insert_only(database, [activity()])
    marked = await database["activities"].find_one({})
    assert marked is not None
    await HistoryRepository(database).recompute(ATHLETE)
    await database["activities"].update_one({}, {"$set": {"dirty": marked["dirty"]}})

    history = await HistoryRepository(database).read(ATHLETE, FOREVER)

    assert history.by_sport[Sport.RUN].count.tolist() == [1.0]


async def test_many_writers_and_healers_at_once(database: Database) -> None:
    service, history = service_on(database), HistoryRepository(database)
    writes = [service.add(ATHLETE, [entry(days=i % 7, seconds=600 * i, minutes=5)]) for i in range(40)]

    await asyncio.gather(*writes, *(history.read(ATHLETE, FOREVER) for _ in range(20)))

    assert_same_history(await history.read(ATHLETE, FOREVER), history_of(await stored(database)))
    assert len(await stored(database)) == 40


class Interrupted(HistoryRepository):
    """Something happens just after it has read the activities of the dirty days for the first time."""

    def __init__(self, database: Database, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__(database)
        self._meanwhile: list[Callable[[], Awaitable[object]]] = [meanwhile]

    async def _done_on(self, athlete_id: str, days: Collection[date]) -> list[dict[str, Any]]:
        done = await super()._done_on(athlete_id, days)
        while self._meanwhile:
            await self._meanwhile.pop()()
        return done


async def test_slow_recomputation_cannot_undo_a_later_one(database: Database) -> None:
    """What it has read is old by the time it writes, and the later one has taken its own mark away already."""
    await service_on(database).add(ATHLETE, [entry()])
    await insert_only(database, [activity(seconds=3600)])

    async def whole_write() -> None:
        await service_on(database).add(ATHLETE, [entry(seconds=7200)])

    await Interrupted(database, whole_write).recompute(ATHLETE)

    history = await HistoryRepository(database).read(ATHLETE, FOREVER)
    assert_same_history(history, history_of(await stored(database)))
    assert history.by_sport[Sport.RUN].count.tolist() == [3.0]


async def test_a_mark_that_was_not_seen_is_not_taken_away(database: Database) -> None:
    """A write that begins during a recomputation and crashes before its own."""
    await insert_only(database, [activity()])

    async def crashing_write() -> None:
        await insert_only(database, [activity(seconds=3600)])

    await Interrupted(database, crashing_write).recompute(ATHLETE)

    history = await HistoryRepository(database).read(ATHLETE, FOREVER)
    assert history.by_sport[Sport.RUN].count.tolist() == [2.0]


async def test_a_richer_recording_from_after_midnight_moves_the_activity_to_its_day(database: Database) -> None:
    before = datetime(2026, 5, 3, 23, 59, 40, tzinfo=UTC)
    service = service_on(database)
    await service.add(ATHLETE, [entry(start=before, utc_offset_s=0)])

    richer = activity(start=before, seconds=40, utc_offset_s=0, mean_hr=150.0)
    await service.add(ATHLETE, [Entry(activity=richer)])

    history = await HistoryRepository(database).read(ATHLETE, FOREVER)
    assert_same_history(history, history_of([richer]))
    assert richer.local_date == date(2026, 5, 4)


async def test_nothing_after_the_last_day_is_visible(database: Database) -> None:
    activities = [activity(), activity(days=3), activity(days=300)]
    await service_on(database).add(ATHLETE, [Entry(activity=a) for a in activities])

    history = await HistoryRepository(database).read(ATHLETE, activities[1].local_date)

    assert_same_history(history, history_of(activities[:2]))
    before = await HistoryRepository(database).read(ATHLETE, date(2026, 5, 2))
    assert before.by_sport == {}


def test_leap_days_and_gaps_of_years() -> None:
    activities = [
        activity(start=datetime(year, month, day, 12, tzinfo=UTC)) for year, month, day in [(2020, 2, 29), (2020, 12, 31), (2024, 3, 1)]
    ]
    whole = history_of(activities)

    joined = followed_by(history_of(activities[:2]), history_of(activities[2:]))

    assert_same_history(joined, whole)
    assert history_from({}, FOREVER).by_sport == {}
    assert np.flatnonzero(joined.by_sport[Sport.RUN].count).tolist() == [0, 306, 1462]
