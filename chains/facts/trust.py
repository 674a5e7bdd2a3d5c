"""Which numbers of an activity may be believed. Everything that compares activities asks here first."""

from chains.metrics.elevation import plausible_ascent
from chains.metrics.faults import FASTEST_MPS as FASTEST_SECONDS_MPS
from chains.metrics.heart_rate import (
    heart_rate_fault,
    spoils_mean,
)
from chains.training.activity import Activity, DistanceEffort, FaultKind, PowerEffort, SensorFault, SeriesName, Sport
from chains.training.profile import Profile

FASTEST_MPS = {Sport.RUN: 7.0, Sport.RIDE: 25.0, Sport.SWIM: 2.3, Sport.WALK: 4.0, Sport.HIKE: 4.0}
"""Faster than world class over any such distance (5 km road record 6.5 m/s, 1500 m freestyle 1.7 m/s): a device fault."""
SHORTEST_M = {Sport.RUN: 1000.0, Sport.RIDE: 3000.0, Sport.SWIM: 200.0, Sport.WALK: 1000.0, Sport.HIKE: 1000.0}
"""House rule: below this a session tests the device rather than the athlete."""
LOWEST_HR, HIGHEST_HR = 40.0, 220.0
"""Means outside lie beyond any exercise of a human heart."""
LEAST_OVERLAP = 0.5
"""House rule: nobody does two sessions of a sport at once; two that share half of the shorter one's time are one."""
_OF_SPEED = frozenset({SeriesName.DISTANCE, SeriesName.SPEED})
_MADE_SPEED = frozenset({"treadmill", "virtual", "indoor"})
_ON_FOOT = frozenset({Sport.RUN, Sport.WALK, Sport.HIKE})


def speed_of(activity: Activity) -> float | None:
    """Mean moving speed in m/s where distance and time were recorded and a human could have done it."""
    if activity.hand_entered or activity.moving_s <= 0 or activity.distance_m < SHORTEST_M.get(activity.sport, 1000.0):
        return None
    if activity.excluded_series and not _OF_SPEED.isdisjoint(activity.excluded_series):
        return None
    jump = sensor_fault(activity, FaultKind.GPS_JUMP)
    if jump is not None and jump.spoils_mean:
        return None
    speed = activity.distance_m / activity.moving_s
    return speed if speed <= FASTEST_MPS.get(activity.sport, 25.0) else None


def heart_rate_of(activity: Activity, profile: Profile) -> float | None:
    """Mean heart rate in bpm where it may be believed."""
    rate = activity.mean_hr
    if rate is None or activity.hand_entered or not LOWEST_HR <= rate <= HIGHEST_HR:
        return None
    fault = heart_rate_fault(activity, profile)
    return None if fault is not None and spoils_mean(activity, fault) else rate


def beats_per_km(activity: Activity, profile: Profile) -> float | None:
    """Heartbeats for a kilometre over moving time: what the distance cost."""
    rate, speed = heart_rate_of(activity, profile), speed_of(activity)
    return beats(rate, speed) if rate is not None and speed is not None else None


def beats(heart_rate: float, speed_mps: float) -> float:
    """Heartbeats for a kilometre at that heart rate and speed."""
    return heart_rate / 60 * 1000 / speed_mps


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


def sensor_fault(activity: Activity, kind: FaultKind) -> SensorFault | None:
    """What the series showed to be wrong, None where it showed nothing or there is none."""
    for fault in activity.metrics.faults if activity.metrics else ():  # nearly always none: a generator would cost more than the look
        if fault.kind is kind:
            return fault
    return None


def max_hr_of(activity: Activity, profile: Profile) -> float | None:
    """Peak heart rate in bpm; any fault takes it, also one of a part."""
    faulty = activity.hand_entered or heart_rate_fault(activity, profile) is not None
    return None if faulty else activity.max_hr


def stretches_of(activity: Activity) -> tuple[DistanceEffort, ...]:
    """Fastest stretches, none where the distance leapt: one of them would hold the leap."""
    if activity.metrics is None or has_gps_jump(activity) or SeriesName.DISTANCE in activity.excluded_series:
        return ()
    return activity.metrics.distance_efforts


def powers_of(activity: Activity) -> tuple[PowerEffort, ...]:
    """Highest mean powers of a measured ride whose meter spoke all the way."""
    measured = activity.device_power and SeriesName.POWER not in activity.excluded_series
    if activity.metrics is None or not measured or sensor_fault(activity, FaultKind.POWER_DROPOUT) is not None:
        return ()
    return activity.metrics.power_efforts


def has_gps_jump(activity: Activity) -> bool:
    """By the series where there is one; a summary's top speed on foot beyond the 100 m world record says as much."""
    if activity.metrics is not None and activity.metrics.faults:
        return sensor_fault(activity, FaultKind.GPS_JUMP) is not None
    if activity.hand_entered or activity.max_speed_mps is None or activity.sport not in _ON_FOOT:
        return False
    return activity.max_speed_mps > FASTEST_SECONDS_MPS[activity.sport]


def has_made_speed(activity: Activity) -> bool:
    """Speed from a belt, a simulation or a form instead of from the ground: no record, no pace to compare with outdoors."""
    return activity.hand_entered or activity.trainer or activity.sub_sport in _MADE_SPEED


def overlaps(one: Activity, other: Activity) -> bool:
    """Whether both are likely the same session, uploaded twice."""
    if one.sport is not other.sport or one.id == other.id:
        return False
    shared = (min(one.ended_at, other.ended_at) - max(one.started_at, other.started_at)).total_seconds()
    return shared > 0 and shared >= LEAST_OVERLAP * min(one.elapsed_s, other.elapsed_s)
