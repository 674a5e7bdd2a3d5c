"""Jobs over HTTP."""

from fastapi import APIRouter, Response

from app.auth import CurrentAthlete
from app.dependencies import Jobs
from app.errors import problems
from app.jobs.job import JobState
from app.jobs.schemas import RETRY_AFTER_S, JobRead

router = APIRouter(tags=["jobs"])


@router.get("/api/jobs/{job_id}", responses=problems(401, 403, 404, 503))
async def read_job(job_id: str, athlete: CurrentAthlete, jobs: Jobs, response: Response) -> JobRead:
    """The state of a background job of the caller's; `result` is there once it is done, for 30 days."""
    job = await jobs.get(athlete.athlete_id, job_id)
    if job.state in {JobState.QUEUED, JobState.RUNNING}:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return JobRead.of(job)
