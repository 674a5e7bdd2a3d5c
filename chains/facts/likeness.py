"""Like for like: which earlier activities may stand beside this one."""

from collections.abc import Sequence
from datetime import timedelta

from chains.facts.trust import climb_per_km, speed_of
from chains.training.activity import Activity, Purpose

LIKE_DAYS = 180
LIKE_DISTANCE = 0.2
LIKE_CLIMB_M_PER_KM = 5.0
"""Half a percent of mean grade: by Minetti 2002 worth about 2 % of pace, less than runs differ from day to day."""
LEAST_LIKE = 5
_SPECIAL_PLACES = frozenset({"trail", "treadmill", "track", "virtual", "indoor", "pool", "open_water", "gravel", "mountain"})
_SPECIAL_PURPOSES = frozenset({Purpose.RACE, Purpose.WORKOUT, Purpose.COMMUTE})


def kind_of_session(activity: Activity) -> tuple[str, str | None, str | None]:
    """Sport, special ground and special purpose: easy and long are told apart by the distance."""
    place = "indoor" if activity.trainer else activity.sub_sport
    return (
        activity.sport,
        place if place in _SPECIAL_PLACES else None,
        activity.purpose if activity.purpose in _SPECIAL_PURPOSES else None,
    )


def like_for_like(activity: Activity, earlier: Sequence[Activity]) -> tuple[Activity, ...]:
    """Those of the last 180 days of the same kind, within 20 % of the distance, with a similar climb, recorded and plausible."""
    since = activity.started_at - timedelta(days=LIKE_DAYS)
    kind, climb = kind_of_session(activity), climb_per_km(activity)
    return tuple(
        other
        for other in earlier
        if since <= other.started_at < activity.started_at
        and abs(other.distance_m - activity.distance_m) <= LIKE_DISTANCE * activity.distance_m
        and kind_of_session(other) == kind
        and speed_of(other) is not None
        and _similar_climb(climb, climb_per_km(other))
    )


def _similar_climb(one: float | None, other: float | None) -> bool:
    """Unknown is like unknown only."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= LIKE_CLIMB_M_PER_KM
