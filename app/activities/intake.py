"""Activities sent as JSON: each item judged on its own, so that a bad one does not keep the rest out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from app.activities.manual import ManualActivity
from app.activities.repository import Entry
from app.activities.service import ActivityService, Outcome, new_activity_id
from app.activities.strava import StravaActivity
from chains.training.profile import Profile


class Profiles(Protocol):
    async def get(self, athlete_id: str) -> Profile: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An item that is no activity, with the field and the limit it broke."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """JSON objects in Strava's shape or the service's own, on their way to the athlete's activities."""

    activities: ActivityService
    profiles: Profiles

    async def take(self, athlete_id: str, items: Sequence[object]) -> list[Outcome | Refused]:
        """What became of each item, in order."""
        zone = ZoneInfo((await self.profiles.get(athlete_id)).time_zone)
        read = [read_item(item, athlete_id, zone) for item in items]
        outcomes = iter(await self.activities.add(athlete_id, [entry for entry in read if isinstance(entry, Entry)]))
        return [next(outcomes) if isinstance(entry, Entry) else entry for entry in read]


def parsed(item: object) -> StravaActivity | ManualActivity:
    """Raises ValidationError. What names its start as Strava does is read as Strava's."""
    own = isinstance(item, Mapping) and "start_date" not in item and ("started_at" in item or "sport" in item)
    return ManualActivity.model_validate(item) if own else StravaActivity.model_validate(item)


def read_item(item: object, athlete_id: str, zone: ZoneInfo) -> Entry | Refused:
    try:
        return Entry(activity=parsed(item).activity(new_activity_id(), athlete_id, zone))
    except ValidationError as wrong:
        return Refused(reason=reason_of(wrong))


def reason_of(wrong: ValidationError) -> str:
    """Fields and limits, never what was sent: that may be private."""
    errors = wrong.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, error['loc'])) or 'activity'}: {error['msg']}" for error in errors[:5])
