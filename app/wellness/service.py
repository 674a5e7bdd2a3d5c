"""Wellness: how the athlete's days were."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.errors import InvalidField
from app.profile.repository import ProfileRepository
from app.wellness.repository import WellnessRepository
from chains.errors import NotFound
from chains.training.wellness import Wellness


class WellnessService:
    def __init__(self, wellness: WellnessRepository, profiles: ProfileRepository, clock: Callable[[], datetime]) -> None:
        self._wellness = wellness
        self._profiles = profiles
        self._clock = clock

    async def put(self, athlete_id: str, wellness: Wellness) -> None:
        """Raises InvalidField for a day that has not begun where the athlete lives."""
        profile = await self._profiles.get(athlete_id)
        today = self._clock().astimezone(ZoneInfo(profile.time_zone)).date()
        if wellness.date > today:
            raise InvalidField("date", "is in the future", limit=today.isoformat())
        await self._wellness.put(athlete_id, wellness)

    async def get(self, athlete_id: str, day: date) -> Wellness:
        """Raises NotFound."""
        wellness = await self._wellness.get(athlete_id, day)
        if wellness is None:
            raise NotFound("wellness", day.isoformat())
        return wellness
