"""One activity among the athlete's others: what the detectors of an activity summary look at."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Unpack

from chains.facts.fact import Dimension, Fact, FactValue, Window
from chains.facts.finding import Evidence
from chains.facts.likeness import LIKE_DAYS, like_for_like
from chains.request import AthleteContext
from chains.training.activity import Activity, Lap, Purpose
from chains.training.history import DayColumns
from chains.training.profile import Profile

_LEAST_WORK_LAPS = 3
_INTERVAL_CONTRAST = 1.12
_CUT_BY_DISTANCE = "distance"
_AUTOMATIC_M = (500.0, 1000.0, 1609.344, 5000.0, 8046.72, 10000.0)
_AUTOMATIC_ROOM = 0.01
"""House rule: alternating laps 12 % apart are intervals; kilometre laps of a steady run differ less."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ActivityView:
    """`earlier` holds the same sport before this start, oldest first; `like` those that compare."""

    context: AthleteContext
    activity: Activity
    profile: Profile
    earlier: tuple[Activity, ...]
    like: tuple[Activity, ...]

    @property
    def days(self) -> DayColumns | None:
        """Daily totals of this sport."""
        return self.context.history.by_sport.get(self.activity.sport)

    @property
    def on_day(self) -> Window:
        return Window(first=self.activity.local_date, last=self.activity.local_date)

    @property
    def like_window(self) -> Window:
        day = self.activity.local_date
        return Window(first=day - timedelta(days=LIKE_DAYS), last=day)

    def fact(self, identifier: str, label: str, value: FactValue, dimension: Dimension, **evidence: Unpack[Evidence]) -> Fact:
        """A fact about this activity; whatever `evidence` says wins over 'this day, one activity, this sport'."""
        known: Evidence = {"window": self.on_day, "n": 1, "sport": self.activity.sport, "activity_ids": (self.activity.id,)}
        known.update(evidence)
        return Fact(id=identifier, label=label, value=value, dimension=dimension, **known)

    def like_fact(
        self, identifier: str, label: str, value: FactValue, dimension: Dimension, n: int, /, **evidence: Unpack[Evidence]
    ) -> Fact:
        """A fact about `n` like sessions, or about this one among them."""
        known: Evidence = {"window": self.like_window, "n": n}
        known.update(evidence)
        return self.fact(identifier, label, value, dimension, **known)

    @property
    def structured(self) -> bool:
        """Intervals, by label or by laps: pace and heart rate change on purpose."""
        detail = self.activity.detail
        return self.activity.purpose is Purpose.WORKOUT or (detail is not None and has_intervals(detail.laps))


def has_intervals(laps: tuple[Lap, ...]) -> bool:
    """True where fast and slow laps alternate that somebody has cut: a device that cuts every kilometre finds hills, not intervals."""
    full = [lap for lap in laps if lap.distance_m > 0 and lap.moving_s > 0]
    if len(full) < 2 * _LEAST_WORK_LAPS or _are_automatic(full):
        return False
    speeds = [lap.distance_m / lap.moving_s for lap in full]
    middle = sorted(speeds)[len(speeds) // 2]
    turns = sum((a >= middle) != (b >= middle) for a, b in pairwise(speeds))
    fast = [s for s in speeds if s >= middle]
    slow = [s for s in speeds if s < middle]
    if len(fast) < _LEAST_WORK_LAPS or len(slow) < _LEAST_WORK_LAPS - 1:
        return False
    return turns >= 2 * _LEAST_WORK_LAPS - 1 and sum(fast) / len(fast) >= _INTERVAL_CONTRAST * sum(slow) / len(slow)


def _are_automatic(laps: list[Lap]) -> bool:
    """All but the last cut by distance, or all at one of the distances that devices and services cut at."""
    whole = laps[:-1]
    if all(lap.trigger is not None for lap in whole):
        return all(lap.trigger == _CUT_BY_DISTANCE for lap in whole)
    return any(all(abs(lap.distance_m - every) <= _AUTOMATIC_ROOM * every for lap in whole) for every in _AUTOMATIC_M)


def view_activity(context: AthleteContext) -> ActivityView:
    """Raises ValueError where the context names no activity."""
    activity = context.activity
    if activity is None:
        raise ValueError("an activity summary needs an activity")
    earlier = tuple(a for a in context.recent if a.sport is activity.sport and a.started_at < activity.started_at and a.id != activity.id)
    return ActivityView(
        context=context,
        activity=activity,
        profile=context.profile.known_on(context.as_of.day),
        earlier=earlier,
        like=like_for_like(activity, earlier),
    )
