"""A job: work that outlives the request that asked for it. Its document in MongoDB is the truth about it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import JsonValue

JsonObject = Mapping[str, JsonValue]


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of how many; `total` grows while it is being found out."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`payload` says what to do, `result` what came of it; both belong to the job's type. `error` is a sentence for the athlete."""

    id: str
    athlete_id: str
    type: str
    state: JobState
    progress: Progress = Progress()
    payload: JsonObject
    result: JsonObject | None = None
    error: str | None = None
    attempts: int = 0
    created_at: datetime
    updated_at: datetime

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}


Report = Callable[[Progress], Awaitable[None]]


class JobFailed(Exception):
    """A handler gives up for good; the message is for the athlete."""


class JobHandler(Protocol):
    """Does the work of one type of job. It may be cut off anywhere and run again from the start: it must not matter."""

    async def run(self, job: Job, report: Report) -> JsonObject:
        """The job's result. Raises JobFailed or an InsightError where no repetition would help."""
        ...

    async def ended(self, job: Job) -> None:
        """After the end, good or bad, is on record: drop what was kept for the work."""
        ...
