"""Retrieval: everything an insight may look at, read in two or three rounds of parallel queries whatever its length."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from app.activities.repository import ActivityRepository
from app.history.columns import followed_by
from app.history.repository import HistoryRepository
from app.together import together
from chains.errors import Need, NotEnoughData, NotFound
from chains.request import RECENT_DAYS, AsOf, AthleteAnswer, AthleteContext, InsightKind, InsightRequest, PastInsight, at, end_of_day
from chains.training.activity import Activity
from chains.training.history import History, history_of
from chains.training.profile import Profile
from chains.training.wellness import Wellness

WELLNESS_DAYS = 60

REVIEW_DAYS = 56
"""A weekly review takes an activity in the last eight weeks."""

SETTLED_DAYS = 3
"""Zones run from UTC-12 to UTC+14: an activity whose local day lies that far before the day of `as_of` has surely started before it."""


class Profiles(Protocol):
    async def get(self, athlete_id: str) -> Profile: ...


class WellnessDays(Protocol):
    async def between(self, athlete_id: str, first: date, last: date) -> Sequence[Wellness]: ...


class PastInsights(Protocol):
    """What earlier insights said and what the athlete answered, up to a moment."""

    async def recent(self, athlete_id: str, kind: InsightKind, before: AsOf) -> Sequence[PastInsight]: ...

    async def answers(self, athlete_id: str, before: AsOf) -> Sequence[AthleteAnswer]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MongoAthleteData:
    """`AthleteData` over the repositories."""

    profiles: Profiles
    wellness: WellnessDays
    activities: ActivityRepository
    history: HistoryRepository
    insights: PastInsights

    async def retrieve(self, request: InsightRequest) -> AthleteContext:
        """All that is visible at the request's `as_of`.

        Raises NotFound for an activity that is not there, not the athlete's or not yet done; NotEnoughData without any activity, for a
        weekly review without one in eight weeks.
        """
        profile, as_of, activity = await self._subject(request)
        athlete_id = request.athlete_id
        async with together() as reads:
            recent = reads.create_task(self._recent(request, as_of))
            history = reads.create_task(self.history.read(athlete_id, as_of.day - timedelta(days=SETTLED_DAYS)))
            wellness = reads.create_task(self.wellness.between(athlete_id, as_of.day - timedelta(days=WELLNESS_DAYS - 1), as_of.day))
            past = reads.create_task(self.insights.recent(athlete_id, request.kind, as_of))
            answers = reads.create_task(self.insights.answers(athlete_id, as_of))
        visible = recent.result()
        if request.kind is InsightKind.WEEKLY_REVIEW:
            _require_recent(visible, as_of, history.result())
        return AthleteContext(
            request=request,
            as_of=as_of,
            profile=profile.known_on(as_of.day),
            activity=activity,
            recent=visible,
            history=_completed(history.result(), visible, as_of),
            wellness=wellness.result(),
            past=past.result(),
            answers=answers.result(),
        )

    async def as_of(self, request: InsightRequest) -> AsOf:
        """The moment the request looks from; it may lie in the future, which is for the caller to judge. Raises as `retrieve`."""
        _, as_of, _ = await self._subject(request)
        return as_of

    async def _subject(self, request: InsightRequest) -> tuple[Profile, AsOf, Activity | None]:
        """Who is asked about, from when, and the activity in question."""
        by_id = request.activity_id if request.kind is InsightKind.ACTIVITY_SUMMARY else None
        async with together() as reads:
            of_athlete = reads.create_task(self.profiles.get(request.athlete_id))
            of_id = reads.create_task(self.activities.get(request.athlete_id, by_id)) if by_id else None
        profile = of_athlete.result()
        zone = profile.time_zone
        given = end_of_day(request.as_of, zone) if request.as_of else None
        if request.kind is not InsightKind.ACTIVITY_SUMMARY:
            return profile, given or at(request.now, zone), None
        activity = _visible(of_id.result() if of_id else await self._latest(request.athlete_id, given, request.now), given, by_id)
        return profile, given or at(activity.ended_at, zone), activity

    async def _latest(self, athlete_id: str, given: AsOf | None, now: datetime) -> Activity | None:
        return await self.activities.latest(athlete_id, given.instant if given else now)

    async def _recent(self, request: InsightRequest, as_of: AsOf) -> list[Activity]:
        return await self.activities.window(request.athlete_id, as_of.instant - timedelta(days=RECENT_DAYS), as_of.instant)


def _visible(activity: Activity | None, given: AsOf | None, asked_for: str | None) -> Activity:
    if activity is None and asked_for is None:
        raise NotEnoughData([Need(fact="activity", have=0, need=1)])
    if activity is None or (given is not None and activity.started_at > given.instant):
        raise NotFound("activity", asked_for or "")
    return activity


def _require_recent(recent: Sequence[Activity], as_of: AsOf, history: History) -> None:
    if not recent or recent[-1].started_at < as_of.instant - timedelta(days=REVIEW_DAYS):
        fact = "activity" if not recent and not history.by_sport else "week.activities_in_eight_weeks"
        raise NotEnoughData([Need(fact=fact, have=0, need=1)])


def _completed(settled: History, recent: Sequence[Activity], as_of: AsOf) -> History:
    """The stored days, and after them those that only the visible activities themselves can tell."""
    last = as_of.day - timedelta(days=SETTLED_DAYS)
    return followed_by(settled, history_of(a for a in recent if a.local_date > last))
