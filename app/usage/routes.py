"""Usage over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.auth import CurrentAthlete
from app.bodies import IsoDay
from app.dependencies import Usage
from app.errors import problems
from app.usage.schemas import UsageRead
from app.usage.service import DEFAULT_DAYS

router = APIRouter(prefix="/api/usage", tags=["usage"])


@router.get("", responses=problems(401, 403, 422, 503))
async def own_usage(
    caller: CurrentAthlete,
    usage: Usage,
    since: Annotated[IsoDay | None, Query(description=f"First day (UTC), default {DEFAULT_DAYS} days ago.")] = None,
    until: Annotated[IsoDay | None, Query(description="Last day (UTC), default today.")] = None,
) -> UsageRead:
    """The caller's insights by day, kind and source."""
    return await usage.of_athlete(caller.athlete_id, since, until)
