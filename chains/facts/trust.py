"""Which numbers of an activity may be believed. Everything that compares activities asks here first."""

from chains.metrics.elevation import plausible_ascent
from chains.metrics.heart_rate import heart_rate_fault
from chains.training.activity import Activity, SeriesName, Sport
from chains.training.profile import Profile

FASTEST_MPS = {Sport.RUN: 7.0, Sport.RIDE: 25.0, Sport.SWIM: 2.3, Sport.WALK: 4.0, Sport.HIKE: 4.0}
"""Faster than world class over any such distance (5 km road record 6.5 m/s, 1500 m freestyle 1.7 m/s): a device fault."""
SHORTEST_M = {Sport.RUN: 1000.0, Sport.RIDE: 3000.0, Sport.SWIM: 200.0, Sport.WALK: 1000.0, Sport.HIKE: 1000.0}
"""House rule: below this a session tests the device rather than the athlete."""
LOWEST_HR, HIGHEST_HR = 40.0, 220.0
"""Means outside lie beyond any exercise of a human heart."""


def speed_of(activity: Activity) -> float | None:
    """Mean moving speed in m/s where distance and time were recorded and a human could have done it."""
    if activity.hand_entered or activity.moving_s <= 0 or activity.distance_m < SHORTEST_M.get(activity.sport, 1000.0):
        return None
    if SeriesName.DISTANCE in activity.excluded_series or SeriesName.SPEED in activity.excluded_series:
        return None
    speed = activity.distance_m / activity.moving_s
    return speed if speed <= FASTEST_MPS.get(activity.sport, 25.0) else None


def heart_rate_of(activity: Activity, profile: Profile) -> float | None:
    """Mean heart rate in bpm where it may be believed."""
    rate = activity.mean_hr
    if rate is None or activity.hand_entered or heart_rate_fault(activity, profile) is not None:
        return None
    return rate if LOWEST_HR <= rate <= HIGHEST_HR else None


def beats_per_km(activity: Activity, profile: Profile) -> float | None:
    """Heartbeats for a kilometre over moving time: what the distance cost."""
    rate, speed = heart_rate_of(activity, profile), speed_of(activity)
    return rate / 60 * 1000 / speed if rate is not None and speed is not None else None


def altitude_range_m(activity: Activity) -> float | None:
    if activity.altitude_low_m is None or activity.altitude_high_m is None:
        return None
    return activity.altitude_high_m - activity.altitude_low_m


def ascent_of(activity: Activity) -> float | None:
    """Ascent in m where the altitude range can hold it."""
    if activity.hand_entered or SeriesName.ALTITUDE in activity.excluded_series:
        return None
    return plausible_ascent(activity.ascent_m, activity.altitude_low_m, activity.altitude_high_m)


def climb_per_km(activity: Activity) -> float | None:
    """Metres of ascent per kilometre."""
    ascent = ascent_of(activity)
    return ascent / activity.distance_m * 1000 if ascent is not None and activity.distance_m > 0 else None


def stopped_share(activity: Activity) -> float:
    """Part of the elapsed time that was not spent moving."""
    return max(activity.elapsed_s - activity.moving_s, 0.0) / activity.elapsed_s if activity.elapsed_s > 0 else 0.0
