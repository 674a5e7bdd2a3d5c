"""Job documents. Whoever runs a job holds a lease on it and renews it; a lease that ran out is free to be taken by anyone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.asynchronous.database import AsyncDatabase

from app.jobs.job import Job, JobState, JsonObject, Progress

LEASE = timedelta(seconds=60)
"""Longer than clocks of replicas differ and than a busy event loop stalls; after a crash it is how long a job waits at most."""

KEPT = timedelta(days=30)
"""How long a finished job can be read."""

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "jobs": [
        IndexModel([("athlete_id", ASCENDING), ("created_at", ASCENDING)]),
        # The queue is of the service, not of an athlete: only jobs that somebody may take have `lease_until`.
        IndexModel([("lease_until", ASCENDING)], partialFilterExpression={"lease_until": {"$exists": True}}),
        IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
    ],
}

_JOB = TypeAdapter(Job)
_BOOKKEEPING = {"lease_until": 0, "owner": 0, "expires_at": 0}

Document = dict[str, Any]


class JobRepository:
    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._jobs = database["jobs"]

    async def add(self, athlete_id: str, kind: str, payload: JsonObject, now: datetime, *, job_id: str | None = None) -> Job:
        """Queue a job; it is free to be taken at once."""
        job = Job(
            id=job_id or uuid4().hex,
            athlete_id=athlete_id,
            type=kind,
            state=JobState.QUEUED,
            payload=payload,
            created_at=now,
            updated_at=now,
        )
        await self._insert(job, {"lease_until": now})
        return job

    async def add_begun(self, job: Job, owner: str) -> None:
        """Put a job on record that its owner does already; free to be taken when its lease is over."""
        await self._insert(job, {"lease_until": job.created_at + LEASE, "owner": owner})

    async def _insert(self, job: Job, bookkeeping: Document) -> None:
        document = _JOB.dump_python(job, mode="json")
        del document["id"]
        instants = {"created_at": job.created_at, "updated_at": job.updated_at}
        await self._jobs.insert_one({"_id": job.id, **document, **instants, **bookkeeping})

    async def get(self, athlete_id: str, job_id: str) -> Job | None:
        document = await self._jobs.find_one({"_id": job_id, "athlete_id": athlete_id}, _BOOKKEEPING)
        return _job(document) if document else None

    async def claim(self, owner: str, kinds: Sequence[str], now: datetime) -> Job | None:
        """Take the job that has waited longest: a new one, or one whose runner fell silent."""
        document = await self._jobs.find_one_and_update(
            {"lease_until": {"$lte": now}, "type": {"$in": list(kinds)}},
            {
                "$set": {"state": JobState.RUNNING.value, "owner": owner, "lease_until": now + LEASE, "updated_at": now},
                "$inc": {"attempts": 1},
            },
            projection=_BOOKKEEPING,
            sort=[("lease_until", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )
        return _job(document) if document else None

    async def renew(self, job_id: str, owner: str, progress: Progress, now: datetime) -> bool:
        """Keep the lease and tell how far it is. False if the job is somebody else's by now."""
        return await self._change(
            job_id,
            owner,
            {"lease_until": now + LEASE, "progress": {"done": progress.done, "total": progress.total}, "updated_at": now},
        )

    async def release(self, job_id: str, owner: str, now: datetime) -> bool:
        """Put a job back that cannot be finished here."""
        return await self._change(job_id, owner, {"state": JobState.QUEUED.value, "lease_until": now, "updated_at": now}, attempts=-1)

    async def finish(self, job: Job, owner: str, now: datetime) -> bool:
        """Record the end of a job: its state, progress, result and error. False if it is somebody else's by now."""
        ended = _JOB.dump_python(replace(job, updated_at=now), mode="json", include={"state", "progress", "result", "error"})
        return await self._change(job.id, owner, {**ended, "updated_at": now, "expires_at": now + KEPT}, over=True)

    async def _change(self, job_id: str, owner: str, fields: Document, *, over: bool = False, attempts: int = 0) -> bool:
        update: Document = {"$set": fields}
        if over:
            update["$unset"] = {"lease_until": "", "owner": ""}
        if attempts:
            update["$inc"] = {"attempts": attempts}
        changed = await self._jobs.update_one({"_id": job_id, "owner": owner, "state": JobState.RUNNING.value}, update)
        return changed.matched_count == 1


def _job(document: Document) -> Job:
    return _JOB.validate_python({**document, "id": document["_id"]})
