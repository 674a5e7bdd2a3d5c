"""Profiles: what an athlete may tell us."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.errors import InvalidField
from app.profile.repository import ProfileRepository
from chains.training.profile import Profile


class ProfileService:
    def __init__(self, profiles: ProfileRepository, clock: Callable[[], datetime]) -> None:
        self._profiles = profiles
        self._clock = clock

    async def get(self, athlete_id: str) -> Profile:
        return await self._profiles.get(athlete_id)

    async def put(self, athlete_id: str, profile: Profile) -> None:
        """Raises InvalidField for a threshold or a birth that lies in the future."""
        today = self._clock().astimezone(ZoneInfo(profile.time_zone)).date()
        for field, day in _measured_days(profile):
            if day > today:
                raise InvalidField(field, "is in the future", limit=today.isoformat())
        if profile.birth_year is not None and profile.birth_year > today.year:
            raise InvalidField("birth_year", "is in the future", limit=today.year)
        await self._profiles.put(athlete_id, profile)


def _measured_days(profile: Profile) -> Iterator[tuple[str, date]]:
    for name in ("weight_kg", "resting_hr", "max_hr", "ftp_w", "threshold_speed_mps"):
        threshold = getattr(profile, name)
        if threshold is not None:
            yield f"{name}.date", threshold.date
    for sport, threshold in profile.lthr.items():
        yield f"lthr.{sport}.date", threshold.date
