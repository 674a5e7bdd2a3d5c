"""`wait: false`: the same generation, as a background job."""

from dataclasses import dataclass

from app.insights.schemas import GenerateInsight
from app.insights.service import InsightService
from app.jobs.job import Job, JobHandler, JsonObject, Progress, Report

INSIGHT_JOB = "insight"


@dataclass(frozen=True, slots=True)
class InsightJobs(JobHandler):
    """Safe to run again: a generation cut off has stored nothing, one that was stored still holds."""

    insights: InsightService

    async def run(self, job: Job, report: Report) -> JsonObject:
        """Raises what `InsightService.generate` raises."""
        generated = await self.insights.generate(job.athlete_id, GenerateInsight.model_validate(job.payload))
        await report(Progress(done=1, total=1))
        return {"insight_id": generated.stored.insight.id}

    async def ended(self, job: Job) -> None:
        """Nothing was kept aside."""
