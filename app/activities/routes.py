"""Activities over HTTP."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Query
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError, WithJsonSchema

from app.activities.bounds import MAX_ACTIVITIES
from app.activities.cursor import Position
from app.activities.intake import parsed
from app.activities.schemas import MAX_PAGE_LIMIT, PAGE_LIMIT, ActivityCard, ActivityPage, ActivityPatch, ActivityRead, AddedActivities
from app.auth import CurrentAthlete
from app.cursors import BadCursor
from app.dependencies import Activities, ActivityIntake
from app.errors import InvalidField, problems

router = APIRouter(tags=["activities"])

_EXAMPLES: Final[dict[str, Any]] = {
    "strava": {
        "summary": "Strava's summary or detailed activity, as its API sends it",
        "value": {
            "id": 154504250376823,
            "name": "Morning Run",
            "sport_type": "Run",
            "start_date": "2026-05-03T05:30:00Z",
            "utc_offset": 7200,
            "elapsed_time": 3720,
            "moving_time": 3600,
            "distance": 12000.5,
        },
    },
    "own": {
        "summary": "Entered by hand",
        "value": [{"sport": "run", "started_at": "2026-05-03T07:30:00+02:00", "elapsed_s": 3600, "distance_m": 10000}],
    },
}

SentActivities = Annotated[
    Any,
    Body(description="One activity, or an array of up to 5,000", openapi_examples=_EXAMPLES),
    WithJsonSchema({"anyOf": [{"type": "object", "additionalProperties": True}, {"type": "array", "items": {}}]}),
]


@router.post("/api/activities", responses=problems(401, 403, 413, 422, 503))
async def add_activities(body: SentActivities, athlete: CurrentAthlete, intake: ActivityIntake) -> AddedActivities:
    """Add activities in Strava's shape or by hand; sending one again changes nothing.

    In an array each item is judged on its own and a bad one is listed with its reason; a single bad activity answers 422.
    """
    items = body if isinstance(body, list) else [_checked(body)]
    if len(items) > MAX_ACTIVITIES:
        raise InvalidField("body", f"at most {MAX_ACTIVITIES} activities at once", limit=MAX_ACTIVITIES)
    return AddedActivities.of(await intake.take(athlete.athlete_id, items))


@router.get("/api/activities", responses=problems(401, 403, 422, 503))
async def list_activities(
    athlete: CurrentAthlete,
    activities: Activities,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_LIMIT)] = PAGE_LIMIT,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> ActivityPage:
    """The caller's activities, newest first; `next_cursor` opens the next page and stays right while activities arrive."""
    page, position = await activities.page(athlete.athlete_id, after=_position(cursor), limit=limit)
    return ActivityPage(items=[ActivityCard.of(a) for a in page], next_cursor=position.encode() if position else None)


@router.get("/api/activities/{activity_id}", responses=problems(401, 403, 404, 503))
async def read_activity(activity_id: str, athlete: CurrentAthlete, activities: Activities) -> ActivityRead:
    """One activity with its laps, pauses, splits and best efforts."""
    return ActivityRead.of(await activities.get(athlete.athlete_id, activity_id))


@router.patch("/api/activities/{activity_id}", responses=problems(401, 403, 404, 422, 503))
async def edit_activity(activity_id: str, body: ActivityPatch, athlete: CurrentAthlete, activities: Activities) -> ActivityRead:
    """Say what only the athlete knows; no later recording of the same activity overrules it."""
    return ActivityRead.of(await activities.edit(athlete.athlete_id, activity_id, body.changes()))


@router.delete("/api/activities/{activity_id}", status_code=204, responses=problems(401, 403, 404, 503))
async def delete_activity(activity_id: str, athlete: CurrentAthlete, activities: Activities) -> None:
    """Forget an activity and its series."""
    await activities.delete(athlete.athlete_id, activity_id)


def _checked(item: object) -> object:
    """A single activity, refused with the name of the field that is wrong."""
    try:
        parsed(item)
    except ValidationError as wrong:
        errors = wrong.errors(include_input=False, include_url=False)
        raise RequestValidationError([{**error, "loc": ("body", *error["loc"])} for error in errors]) from wrong
    return item


def _position(cursor: str | None) -> Position | None:
    try:
        return Position.decode(cursor) if cursor is not None else None
    except BadCursor as wrong:
        raise InvalidField("cursor", str(wrong)) from wrong
