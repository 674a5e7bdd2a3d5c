"""`wait: false`: the same generation, as a background job. Also what takes over a stream whose process died."""

from dataclasses import dataclass

from pymongo.errors import PyMongoError

from app.errors import problem_document
from app.insights.events import Teller
from app.insights.schemas import GenerateInsight
from app.insights.service import InsightService
from app.jobs.events import Event, EventName
from app.jobs.feed import Feed, Feeds
from app.jobs.job import Job, JobFailed, JobHandler, JsonObject, Progress, Report

INSIGHT_JOB = "insight"


@dataclass(frozen=True, slots=True)
class InsightJobs(JobHandler):
    """Safe to run again: a generation cut off has stored nothing, one that was stored still holds. The model is not streamed, because
    nobody may be reading: sections are told when they are stored."""

    insights: InsightService
    feeds: Feeds

    async def run(self, job: Job, report: Report) -> JsonObject:
        """Raises what `InsightService.generate` raises, after telling it, unless the job will run again."""
        async with self.feeds.resumed(job) as feed:
            if feed.last is not None:
                return _result(feed.last)
            try:
                insight_id = await self._told(job, feed)
            except PyMongoError:
                raise
            except Exception as fault:  # told to whoever follows; the runner says in the log what it was
                feed.tell(EventName.ERROR, problem_document(fault, None))
                raise
        await report(Progress(done=1, total=1))
        return {"insight_id": insight_id}

    async def ended(self, job: Job) -> None:
        """Nothing was kept aside."""

    async def _told(self, job: Job, feed: Feed) -> str:
        ready = await self.insights.prepare(job.athlete_id, GenerateInsight.model_validate(job.payload))
        teller = Teller(feed, ready.prepared.sheet)
        teller.facts()
        stored = ready.holding or await self.insights.store(ready.prepared, await self.insights.write(ready.prepared))
        teller.stored(stored.insight)
        teller.insight(stored.insight.id)
        return stored.insight.id


def _result(last: Event) -> JsonObject:
    """Of a job that told its end, but died before it was on record."""
    if last.name is EventName.INSIGHT:
        return last.data
    raise JobFailed(str(last.data.get("detail")))
