"""The profile over HTTP."""

from fastapi import APIRouter

from app.auth import CurrentAthlete
from app.dependencies import Profiles
from app.errors import problems
from app.profile.schemas import ProfileBody
from chains.training.profile import Profile

router = APIRouter(prefix="/api/profile", tags=["profile"], responses=problems(401, 403, 503))


@router.get("")
async def read(caller: CurrentAthlete, profiles: Profiles) -> Profile:
    """The caller's profile; the defaults where nothing is stored."""
    return await profiles.get(caller.athlete_id)


@router.put("", responses=problems(422))
async def replace(body: ProfileBody, caller: CurrentAthlete, profiles: Profiles) -> ProfileBody:
    """Replace the caller's profile."""
    await profiles.put(caller.athlete_id, body.to_profile())
    return body
