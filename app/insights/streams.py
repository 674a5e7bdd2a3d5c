"""Insights told while they are written. The work is a job of its own: it does not end where its reader leaves, not at once."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from pymongo.errors import PyMongoError

from app.admission import kept as place_kept
from app.errors import Deserted, problem_document
from app.insights.events import Teller
from app.insights.jobs import INSIGHT_JOB
from app.insights.schemas import GenerateInsight
from app.insights.service import InsightService, Ready
from app.jobs.events import EventName, EventRepository
from app.jobs.feed import Feed, Feeds
from app.jobs.job import Job, JobFailed, JobHandler, JsonObject, Report
from app.jobs.runner import JobRunner
from chains.insight import Written

GRACE_S = 15.0
"""How long an insight is written on for a reader who left, and may come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightStreams:
    """Opens streams. Read them by their job."""

    insights: InsightService
    feeds: Feeds
    events: EventRepository
    jobs: JobRunner
    grace_s: float = GRACE_S

    async def open(self, athlete_id: str, asked: GenerateInsight, request_id: str) -> str:
        """The id of the job that writes it; its first event, `facts`, is there by then. Raises what `InsightService.prepare` raises."""
        ready = await self.insights.prepare(athlete_id, asked)
        feed = self.feeds.open(athlete_id, uuid4().hex)
        work = StreamedInsight(streams=self, feed=feed, ready=ready, request_id=request_id)
        work.teller.facts()
        self.jobs.begin(athlete_id, INSIGHT_JOB, asked.model_dump(mode="json"), work, job_id=feed.job_id)
        return feed.job_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamedInsight(JobHandler):
    """The work of one stream. Where its process dies it is taken over like any job of its kind."""

    streams: InsightStreams
    feed: Feed
    ready: Ready
    request_id: str

    @property
    def teller(self) -> Teller:
        return Teller(self.feed, self.ready.prepared.sheet)

    async def run(self, job: Job, report: Report) -> JsonObject:
        """Raises JobFailed, or what writing raises, after telling it: nobody waits for a second try."""
        with place_kept():  # among those that generate, though the response may end before
            return await self._run(job)

    async def _run(self, job: Job) -> JsonObject:
        async with self.streams.feeds.kept(self.feed, job):
            try:
                insight_id = await self._told(job)
            except Exception as fault:  # told to whoever reads; the runner says in the log what it was
                self.feed.tell(EventName.ERROR, problem_document(fault, self.request_id))
                if isinstance(fault, PyMongoError):
                    raise JobFailed("the database did not answer; ask again") from fault
                raise
        return {"insight_id": insight_id}

    async def ended(self, job: Job) -> None:
        """Nothing was kept aside."""

    async def _told(self, job: Job) -> str:
        holding = self.ready.holding
        if holding is not None:
            self.teller.stored(holding.insight)
            self.teller.insight(holding.insight.id)
            return holding.insight.id
        insights = self.streams.insights
        written = await self._while_wanted(job, insights.write(self.ready.prepared, self.teller))
        stored = await insights.store(self.ready.prepared, written)  # it is paid for: kept, whoever reads it
        self.teller.insight(stored.insight.id)
        return stored.insight.id

    async def _while_wanted(self, job: Job, work: Coroutine[Any, Any, Written]) -> Written:
        """Cancels the work where nobody has read for the time of grace. Raises Deserted."""
        working, waiting = asyncio.create_task(work), asyncio.create_task(self._deserted(job))
        try:
            await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                return working.result()
            raise Deserted(self.streams.grace_s)
        finally:
            for task in (waiting, working):
                task.cancel()
            await asyncio.wait({waiting, working})

    async def _deserted(self, job: Job) -> None:
        """Returns when nobody reads, here or on another replica."""
        grace = timedelta(seconds=self.streams.grace_s)
        while True:
            await self.feed.deserted(self.streams.grace_s)
            with suppress(PyMongoError):
                if await self.streams.events.is_read(job.athlete_id, job.id, grace):
                    await asyncio.sleep(self.streams.grace_s / 2)
                    continue
            return
