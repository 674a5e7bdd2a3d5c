"""Jobs at the edge."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, JsonValue

from app.jobs.job import Job, JobState

RETRY_AFTER_S = 2
"""When it is worth asking for a job's state again."""


class ProgressRead(BaseModel):
    done: int
    total: int


class JobRead(BaseModel):
    """The state of a background job; `result` depends on its type."""

    id: str
    type: str
    state: JobState
    progress: ProgressRead
    result: dict[str, JsonValue] | None
    error: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, job: Job) -> Self:
        return cls(
            id=job.id,
            type=job.type,
            state=job.state,
            progress=ProgressRead(done=job.progress.done, total=job.progress.total),
            result=dict(job.result) if job.result is not None else None,
            error=job.error,
            created_at=job.created_at,
            updated_at=job.updated_at,
        )


class JobAccepted(BaseModel):
    """A job is on record; its state is at `Location`."""

    job_id: str


def location_of(job: Job) -> str:
    return f"/api/jobs/{job.id}"


def accepted_headers(job: Job) -> dict[str, str]:
    return {"Location": location_of(job), "Retry-After": str(RETRY_AFTER_S)}


ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "model": JobAccepted,
        "description": "The work goes on in a background job",
        "headers": {
            "Location": {"description": "Where the job's state is", "schema": {"type": "string"}},
            "Retry-After": {"description": "Seconds until it is worth asking", "schema": {"type": "integer"}},
        },
    }
}
