"""The events of a job for whoever follows it: from memory where it is done here, from the database where another replica does it."""

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from app.jobs.events import Event, EventName, EventRepository
from app.jobs.feed import Feeds
from app.jobs.job import Job, JobState
from app.jobs.runner import JobRunner
from app.jobs.schemas import JobRead
from app.problems import Problem, ProblemType

LOOK_EVERY_S = 0.25
"""A few times a second: MongoDB without a replica set cannot tell us of changes."""

NOTE_EVERY_S = 3.0
"""So often the writer elsewhere learns that somebody reads; it waits fifteen seconds for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Whose job it is has been checked nowhere else: everything here asks for the athlete."""

    feeds: Feeds
    events: EventRepository
    jobs: JobRunner
    is_ending: Callable[[], bool]
    note_every_s: float = NOTE_EVERY_S

    async def is_over(self, athlete_id: str, job_id: str, after: int) -> bool:
        """Whether nothing will come after that event. Raises NotFound."""
        feed = self.feeds.find(athlete_id, job_id)
        if feed is not None:
            return feed.last is not None and feed.told <= after
        job = await self.jobs.get(athlete_id, job_id)
        told = await self.events.read(athlete_id, job_id) if job.is_over and after else []
        return bool(told) and told[-1].is_last and told[-1].number <= after

    async def follow(self, athlete_id: str, job_id: str, after: int) -> AsyncGenerator[Sequence[Event]]:
        """As many at a time as there are, to the last one, or to the end of this process: then the next one goes on after the number
        that was read last."""
        feed = self.feeds.find(athlete_id, job_id)
        if feed is None:
            async with aclosing(self._from_afar(athlete_id, job_id, after)) as batches:
                async for batch in batches:
                    yield batch
            return
        with feed.reading():
            async for batch in feed.batches(after):
                yield batch

    async def _from_afar(self, athlete_id: str, job_id: str, after: int) -> AsyncGenerator[Sequence[Event]]:
        noted_at = -math.inf
        while not self.is_ending():
            job = await self.jobs.get(athlete_id, job_id)
            told = await self.events.read(athlete_id, job_id)
            if job.is_over and not (told and told[-1].is_last):
                told.append(_end_of(job, told[-1].number + 1 if told else 1))
            if batch := [event for event in told if event.number > after]:
                after = batch[-1].number
                yield batch
            if job.is_over or (told and told[-1].is_last):
                return
            if time.monotonic() - noted_at >= self.note_every_s:
                await self.events.note_reader(athlete_id, job_id)
                noted_at = time.monotonic()
            await asyncio.sleep(LOOK_EVERY_S)


def _end_of(job: Job, number: int) -> Event:
    """Of a job that told nothing, or whose last words were lost: its document is the truth."""
    if job.state is JobState.FAILED:
        problem = Problem(type=ProblemType.INTERNAL, title="The job failed", status=500, detail=job.error or "")
        return Event(number=number, name=EventName.ERROR, data=problem.model_dump(mode="json", exclude_none=True))
    if job.result is not None and "insight_id" in job.result:
        return Event(number=number, name=EventName.INSIGHT, data=job.result)
    return Event(number=number, name=EventName.JOB, data=JobRead.of(job).model_dump(mode="json"))
