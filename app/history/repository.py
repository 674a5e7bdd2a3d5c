"""The rollup: the training log of each athlete by local year, kept on write so that no insight ever reads the whole history.

Whoever changes an activity leaves a mark (`dirty`) in the same document: its day no longer fits, nor do the days it lay on before.
`recompute` takes the rows of those days anew from the activities and then takes away exactly the marks it has seen. A crash between
the two leaves the mark, and the next read heals. A year is written only over the version that was read before the activities were:
a slow recomputation cannot undo a later one.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from pymongo import ASCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from app.activities.documents import WITHOUT_DETAIL, Document, to_activity
from app.history.blocks import EMPTY, to_block, to_log, with_hearts_from
from app.together import together
from chains.training.activity import Activity
from chains.training.joining import joined
from chains.training.log import TrainingLog, log_of

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "log": [IndexModel([("athlete_id", ASCENDING), ("year", ASCENDING)], unique=True)],
}

FURTHEST_ZONES = timedelta(hours=26)
"""From UTC-12 to UTC+14: the local day of an activity that has started lies at most so far ahead of the day that is looked from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredYear:
    log: TrainingLog
    version: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadLog:
    """`late` is the end of `complete`, with heart rate times; to take activities from it, old years need not be unpacked."""

    complete: TrainingLog
    late: TrainingLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Dirt:
    """Days whose rows no longer fit, and the marks that say so."""

    days: frozenset[date]
    revisions: frozenset[str]
    tombstones: bool


class HistoryRepository:
    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._log = database["log"]
        self._activities = database["activities"]

    async def read(self, athlete_id: str, until: datetime, *, hearts_since: date = date.min) -> TrainingLog:
        """All that had started by then; heart rate times at least from that day on. Heals first what a crash left behind."""
        return (await self.read_twice(athlete_id, until, late_since=hearts_since)).complete

    async def read_twice(self, athlete_id: str, until: datetime, *, late_since: date) -> ReadLog:
        """The same, and its end from that day's year on beside it."""
        async with together() as reads:
            dirt = reads.create_task(self.dirt(athlete_id))
            blocks = reads.create_task(self._visible(athlete_id, until, late_since))
        older, late = blocks.result()
        if dirt.result():
            await self.recompute(athlete_id)
            older, late = await self._visible(athlete_id, until, late_since)
        return ReadLog(complete=to_log([*older, *late]).until(until), late=to_log(late).until(until))

    async def recompute(self, athlete_id: str) -> None:
        """Take the rows of every dirty day anew, until none is left."""
        while dirt := await self.dirt(athlete_id):
            stored = await self.years(athlete_id, {day.year for day in dirt.days})
            done = await self._done_on(athlete_id, dirt.days)
            if await self.write(athlete_id, stored, _recomputed(stored, dirt.days, done)):
                await self._clean(athlete_id, dirt)

    async def dirt(self, athlete_id: str) -> Dirt | None:
        marked = self._activities.find({"athlete_id": athlete_id, "dirty.revision": {"$exists": True}}, {"dirty": 1, "day": 1, "gone": 1})
        marks = await marked.to_list()
        if not marks:
            return None
        days = {day for mark in marks for day in (*mark["dirty"].get("days", ()), mark.get("day")) if day is not None}
        return Dirt(
            days=frozenset(date.fromisoformat(day) for day in days),
            revisions=frozenset(mark["dirty"]["revision"] for mark in marks),
            tombstones=any(mark.get("gone") for mark in marks),
        )

    async def years(self, athlete_id: str, years: Collection[int]) -> dict[int, StoredYear]:
        """As they are stored, whole."""
        found = self._log.find({"athlete_id": athlete_id, "year": {"$in": sorted(years)}})
        return {block["year"]: StoredYear(log=to_log([block]), version=block["version"]) for block in await found.to_list()}

    async def stored_years(self, athlete_id: str) -> list[int]:
        """Which there are."""
        return [block["year"] for block in await self._log.find({"athlete_id": athlete_id}, {"year": 1}).to_list()]

    async def write(self, athlete_id: str, stored: Mapping[int, StoredYear], logs: Mapping[int, TrainingLog]) -> bool:
        """False as soon as somebody else has written a year since it was read."""
        for year, log in logs.items():
            key = {"athlete_id": athlete_id, "year": year}
            before = stored.get(year)
            document = {**key, "version": before.version + 1 if before else 1, **to_block(log)}
            if before is None:
                try:
                    await self._log.insert_one(document)
                except DuplicateKeyError:
                    return False
            elif (await self._log.replace_one({**key, "version": before.version}, document)).matched_count == 0:
                return False
        return True

    async def _visible(self, athlete_id: str, until: datetime, late_since: date) -> tuple[list[Document], list[Document]]:
        last = (until + FURTHEST_ZONES).year
        late_from = min(late_since.year, last + 1)
        found = self._log.find({"athlete_id": athlete_id, "year": {"$lte": last}}, with_hearts_from(late_from), sort=[("year", ASCENDING)])
        blocks = await found.to_list()
        at = bisect_left([block["year"] for block in blocks], late_from)
        return blocks[:at], blocks[at:]

    async def _done_on(self, athlete_id: str, days: Collection[date]) -> list[Activity]:
        match = {"athlete_id": athlete_id, "day": {"$in": sorted(day.isoformat() for day in days)}}
        found = await self._activities.find(match, WITHOUT_DETAIL, batch_size=5_000).to_list()
        return [to_activity(document) for document in found]

    async def _clean(self, athlete_id: str, dirt: Dirt) -> None:
        seen = {"athlete_id": athlete_id, "dirty.revision": {"$in": sorted(dirt.revisions)}}
        if dirt.tombstones:
            await self._activities.delete_many({**seen, "gone": True})
        await self._activities.update_many(seen, {"$unset": {"dirty": ""}})


def _recomputed(stored: Mapping[int, StoredYear], days: Collection[date], done: Sequence[Activity]) -> dict[int, TrainingLog]:
    """The stored years with the rows of those days replaced, and new years where there was none."""
    fresh: dict[int, list[Activity]] = {day.year: [] for day in days}
    for activity in done:
        fresh[activity.local_date.year].append(activity)
    return {year: joined([_without(stored[year].log if year in stored else EMPTY, days), log_of(done)]) for year, done in fresh.items()}


def _without(log: TrainingLog, days: Collection[date]) -> TrainingLog:
    return log.select(~np.isin(log.days, [day.toordinal() for day in days]))
