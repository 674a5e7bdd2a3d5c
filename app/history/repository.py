"""The rollup: daily totals per athlete, sport and year, kept on write so that no insight ever reads the whole history.

Whoever changes an activity leaves in the same document which days no longer fit (`dirty`). `recompute` adds those days up again from
the activities and then takes away exactly the marks it has seen. A crash between the two leaves the mark, and the next read heals.
A block is written only over the version that was read before the activities were: a slow recomputation cannot undo a later one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from bson import Binary
from pymongo import ASCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from app.activities.documents import Document
from app.history.columns import Block, day_of_year, empty_block, history_from, pack, unpack
from app.together import together
from chains.training.activity import Sport
from chains.training.history import History

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "history": [IndexModel([("athlete_id", ASCENDING), ("year", ASCENDING), ("sport", ASCENDING)], unique=True)],
}

_DAY_FIELDS = {"sport": 1, "day": 1, "distance_m": 1, "moving_s": 1, "hand_entered": 1}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Stored:
    block: Block
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dirt:
    """Days whose totals no longer fit, and the marks that say so."""

    days: frozenset[date]
    revisions: frozenset[str]

    @property
    def years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.days)


class HistoryRepository:
    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._history = database["history"]
        self._activities = database["activities"]

    async def read(self, athlete_id: str, until: date) -> History:
        """Totals of all days up to `until`, both included; heals first what a crash left behind."""
        match = {"athlete_id": athlete_id, "year": {"$lte": until.year}}
        async with together() as reads:
            dirt = reads.create_task(self.dirt(athlete_id))
            blocks = reads.create_task(self._blocks(match))
        stored = blocks.result()
        if dirt.result():
            await self.recompute(athlete_id)
            stored = await self._blocks(match)
        return history_from({key: s.block for key, s in stored.items()}, until)

    async def recompute(self, athlete_id: str) -> None:
        """Add up every dirty day again, until none is left."""
        while dirt := await self.dirt(athlete_id):
            stored = await self._blocks({"athlete_id": athlete_id, "year": {"$in": sorted(dirt.years)}})
            done = await self._done_on(athlete_id, dirt.days)
            if await self._write(athlete_id, stored, _recomputed(stored, dirt.days, done)):
                await self._clean(athlete_id, dirt)

    async def dirt(self, athlete_id: str) -> Dirt | None:
        marked = self._activities.find({"athlete_id": athlete_id, "dirty.revision": {"$exists": True}}, {"dirty": 1})
        marks = [document["dirty"] async for document in marked]
        if not marks:
            return None
        return Dirt(
            days=frozenset(date.fromisoformat(day) for mark in marks for day in mark["days"]),
            revisions=frozenset(mark["revision"] for mark in marks),
        )

    async def _blocks(self, match: Document) -> dict[tuple[Sport, int], _Stored]:
        found = self._history.find(match, batch_size=1_000)
        return {
            (Sport(document["sport"]), document["year"]): _Stored(block=unpack(document["days"]), version=document["version"])
            for document in await found.to_list()
        }

    async def _done_on(self, athlete_id: str, days: Collection[date]) -> list[Document]:
        match = {"athlete_id": athlete_id, "day": {"$in": sorted(day.isoformat() for day in days)}}
        return await self._activities.find(match, _DAY_FIELDS, batch_size=5_000).to_list()

    async def _write(self, athlete_id: str, stored: Mapping[tuple[Sport, int], _Stored], blocks: Mapping[tuple[Sport, int], Block]) -> bool:
        """False as soon as somebody else has written a block since it was read."""
        for (sport, year), block in blocks.items():
            key = {"athlete_id": athlete_id, "year": year, "sport": sport.value}
            before = stored.get((sport, year))
            document = {**key, "version": before.version + 1 if before else 1, "days": Binary(pack(block))}
            if before is None:
                try:
                    await self._history.insert_one(document)
                except DuplicateKeyError:
                    return False
            elif (await self._history.replace_one({**key, "version": before.version}, document)).matched_count == 0:
                return False
        return True

    async def _clean(self, athlete_id: str, dirt: Dirt) -> None:
        seen = {"athlete_id": athlete_id, "dirty.revision": {"$in": sorted(dirt.revisions)}}
        await self._activities.delete_many({**seen, "gone": True})
        await self._activities.update_many(seen, {"$unset": {"dirty": ""}})


def _recomputed(
    stored: Mapping[tuple[Sport, int], _Stored], days: Iterable[date], done: Sequence[Document]
) -> dict[tuple[Sport, int], Block]:
    """The stored blocks with those days added up anew, and new blocks where there was none."""
    blocks = {key: s.block.copy() for key, s in stored.items()}
    for day in days:
        for (_, year), block in blocks.items():
            if year == day.year:
                block[:, day_of_year(day)] = 0.0
    for document in done:
        day = date.fromisoformat(document["day"])
        block = blocks.setdefault((Sport(document["sport"]), day.year), empty_block())
        _count(block[:, day_of_year(day)], document)
    return blocks


def _count(totals: Block, document: Document) -> None:
    distance_m, by_hand = document["distance_m"], document["hand_entered"]
    totals += np.array([1.0, distance_m, document["moving_s"], 0.0, distance_m if by_hand else 0.0])
    if not by_hand:
        totals[3] = max(totals[3], distance_m)
