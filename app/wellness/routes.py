"""Wellness over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.auth import CurrentAthlete
from app.bodies import IsoDay
from app.dependencies import WellnessDays
from app.errors import problems
from app.wellness.schemas import WellnessBody, WellnessRead

router = APIRouter(prefix="/api/wellness", tags=["wellness"], responses=problems(401, 403, 422, 503))

Day = Annotated[IsoDay, Path(description="The athlete's local day, YYYY-MM-DD.")]


@router.get("/{date}", responses=problems(404))
async def read(date: Day, caller: CurrentAthlete, wellness: WellnessDays) -> WellnessRead:
    """How that day was."""
    return WellnessRead.of(await wellness.get(caller.athlete_id, date))


@router.put("/{date}")
async def replace(date: Day, body: WellnessBody, caller: CurrentAthlete, wellness: WellnessDays) -> WellnessRead:
    """Say how a day was; a later word replaces an earlier one."""
    day = body.to_wellness(date)
    await wellness.put(caller.athlete_id, day)
    return WellnessRead.of(day)
