"""Stored wellness, one document per athlete and day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from pymongo import IndexModel
from pymongo.asynchronous.database import AsyncDatabase

from chains.training.wellness import Wellness

INDEXES: Mapping[str, Sequence[IndexModel]] = {"wellness": [IndexModel([("athlete_id", 1), ("date", 1)], unique=True)]}

_WELLNESS = TypeAdapter(Wellness)
_NIGHTS = TypeAdapter(list[Wellness])
_WITHOUT_KEYS = {"_id": 0, "athlete_id": 0}


class WellnessRepository:
    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._wellness = database["wellness"]

    async def put(self, athlete_id: str, wellness: Wellness) -> None:
        """Replace that day."""
        day = {"athlete_id": athlete_id, "date": wellness.date.isoformat()}
        await self._wellness.replace_one(day, day | _WELLNESS.dump_python(wellness, mode="json"), upsert=True)

    async def get(self, athlete_id: str, day: date) -> Wellness | None:
        document = await self._wellness.find_one({"athlete_id": athlete_id, "date": day.isoformat()}, _WITHOUT_KEYS)
        return _WELLNESS.validate_python(document) if document else None

    async def between(self, athlete_id: str, first: date, last: date) -> Sequence[Wellness]:
        """The days from `first` to `last`, both included, oldest first."""
        days = {"athlete_id": athlete_id, "date": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
        found = await self._wellness.find(days, _WITHOUT_KEYS).sort("date", 1).to_list()
        return _NIGHTS.validate_python(found)
