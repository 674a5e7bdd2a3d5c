"""Jobs over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from starlette.responses import StreamingResponse

from app.auth import CurrentAthlete
from app.dependencies import Jobs
from app.errors import problems
from app.event_stream import DESCRIPTION, MEDIA_TYPE
from app.insights.streaming import FollowJob, job_follower
from app.jobs.schemas import RETRY_AFTER_S, JobRead

router = APIRouter(tags=["jobs"])


@router.get("/api/jobs/{job_id}", responses=problems(401, 403, 404, 503))
async def read_job(job_id: str, athlete: CurrentAthlete, jobs: Jobs, response: Response) -> JobRead:
    """The state of a background job of the caller's; `result` is there once it is done, for 30 days."""
    job = await jobs.get(athlete.athlete_id, job_id)
    if not job.is_over:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return JobRead.of(job)


@router.get(
    "/api/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses={
        200: {"description": DESCRIPTION, "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
        204: {"description": "The job is over and nothing was told after that event."},
        **problems(404, 422, 503),
    },
)
async def follow_job(
    job_id: str,
    follow: Annotated[FollowJob, Depends(job_follower)],
    last_event_id: Annotated[int, Header(ge=0, le=1_000_000, description="Go on after this event; without it, from the start.")] = 0,
) -> Response:
    """What a job of the caller's tells, live or again: for 24 hours after its end."""
    return await follow(job_id, last_event_id)
