"""Who used what: an athlete's insights, and the operator's view of the ledger."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from app.errors import InvalidField
from app.insights.repository import InsightRepository
from app.usage.repository import ModelUsage, UsageRepository
from app.usage.schemas import DayUsage, UsageRead

DEFAULT_DAYS, MAX_DAYS = 30, 400


class UsageService:
    def __init__(self, *, ledger: UsageRepository, insights: InsightRepository, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._insights = insights
        self._clock = clock

    async def of_athlete(self, athlete_id: str, since: date | None, until: date | None) -> UsageRead:
        """Insights by day, kind and source. Raises InvalidField for a window that is upside down or too long."""
        first, last = self._window(since, until)
        counts = await self._insights.count_by_day(athlete_id, first, last)
        return UsageRead(since=first, until=last, days=[DayUsage.of(count) for count in counts])

    async def by_model(self, since: date | None, until: date | None) -> list[ModelUsage]:
        """What each model did and cost, over all athletes, dearest first. Raises InvalidField as `of_athlete`."""
        return await self._ledger.by_model(*self._window(since, until))

    def _window(self, since: date | None, until: date | None) -> tuple[date, date]:
        last = until or self._clock().date()
        first = since or last - timedelta(days=DEFAULT_DAYS)
        if not 0 <= (last - first).days <= MAX_DAYS:
            raise InvalidField("since", f"must lie 0 to {MAX_DAYS} days before until", limit=MAX_DAYS)
        return first, last
