"""What a job tells while it is under way: numbered events, in order, kept for a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from pymongo import ASCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from app.jobs.job import JsonObject

KEPT = timedelta(hours=24)
"""How long events can be replayed; the insight itself stays."""

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "job_events": [
        IndexModel([("athlete_id", ASCENDING)]),
        IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
    ],
}


class EventName(StrEnum):
    """In the order in which they come; `reset` makes everything after `facts` void."""

    FACTS = "facts"
    HEADLINE = "headline"
    OBSERVATION = "observation"
    ACTION = "action"
    QUESTION = "question"
    RESET = "reset"
    INSIGHT = "insight"
    ERROR = "error"
    JOB = "job"


LAST = frozenset({EventName.INSIGHT, EventName.ERROR})
"""Nothing comes after these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`number` counts from 1 within its job. Of the event `insight` only the id is kept: it is printed for whoever reads it."""

    number: int
    name: EventName
    data: JsonObject

    @property
    def is_last(self) -> bool:
        return self.name in LAST


_EVENTS = TypeAdapter(dict[int, Event])


class EventRepository:
    """One document per job. Events are keyed by their number: what is written twice is there once."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._events = database["job_events"]

    async def add(self, athlete_id: str, job_id: str, attempt: int, events: Sequence[Event], now: datetime) -> bool:
        """False if a later attempt at the job has begun to write: then this one must be silent."""
        numbered = {f"events.{event.number}": _kept(event) for event in events}
        mine = {"_id": job_id, "athlete_id": athlete_id, "attempt": {"$lte": attempt}}
        try:
            await self._events.update_one(mine, {"$set": {"attempt": attempt, "expires_at": now + KEPT, **numbered}}, upsert=True)
        except DuplicateKeyError:
            return False
        return True

    async def read(self, athlete_id: str, job_id: str) -> list[Event]:
        """All so far, in order."""
        document = await self._events.find_one({"_id": job_id, "athlete_id": athlete_id}, {"events": 1})
        events = _EVENTS.validate_python((document or {}).get("events", {}))
        return [events[number] for number in sorted(events)]

    async def note_reader(self, athlete_id: str, job_id: str) -> None:
        """Somebody reads them elsewhere: whoever writes shall go on."""
        await self._events.update_one({"_id": job_id, "athlete_id": athlete_id}, {"$currentDate": {"read_at": True}})

    async def is_read(self, athlete_id: str, job_id: str, within: timedelta) -> bool:
        """Whether a reader elsewhere was there so recently, by the clock of the database."""
        recent = {"$gt": ["$read_at", {"$subtract": ["$$NOW", within / timedelta(milliseconds=1)]}]}
        return await self._events.find_one({"_id": job_id, "athlete_id": athlete_id, "$expr": recent}, {"_id": 1}) is not None


def _kept(event: Event) -> dict[str, Any]:
    return {"number": event.number, "name": event.name.value, "data": event.data}
