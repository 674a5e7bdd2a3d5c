"""Climbing from altitude: what is a hill and what is noise."""

from collections.abc import Iterator

import numpy as np

from chains.metrics.samples import filled, smoothed
from chains.training.activity import Sport
from chains.training.recording import Samples

# Barometers step by 0.2 m and breathe with gusts; seven seconds take that out and leave every hill in.
SMOOTHING_S = 7
# A rise counts from 2 m on, the threshold of elevate's activity computer: less is noise of a barometer.
MIN_RISE_M = 2.0
# The vertical kilometre record (P. Götsch, Fully 2017: 1000 m in 28:53) climbs 0.58 m/s; nearly twice that is an altimeter that was set.
MAX_CLIMB_MPS = 1.0
ON_FOOT = (Sport.RUN, Sport.WALK, Sport.HIKE)
# House rule: in 1,808 summaries of one runner the 99th percentile of ascent over altitude range is 5.8; far above is a fault.
MAX_ASCENT_PER_RANGE = 6.0


def smoothed_altitude(altitude_m: Samples) -> Samples:
    """Altitude without the steps of the sensor; of a channel without drop-outs."""
    return smoothed(altitude_m, SMOOTHING_S)


def climbable(altitude_m: Samples, sport: Sport) -> Samples:
    """Smoothed altitude, without the rises that nobody on foot can climb: those are taken as level."""
    even = smoothed_altitude(altitude_m)
    if sport not in ON_FOOT:
        return even
    rises = np.diff(even, prepend=even[0])
    levelled: Samples = even[0] + np.cumsum(np.where(rises > MAX_CLIMB_MPS, 0.0, rises))
    return levelled


def climbed(altitude_m: Samples, sport: Sport) -> Samples | None:
    """Metres climbed up to each second; None if nothing was recorded."""
    known = filled(altitude_m)
    return None if known is None else _rises(climbable(known, sport))


def ascent(altitude_m: Samples, sport: Sport) -> float | None:
    """Metres climbed; None if nothing was recorded."""
    rises = climbed(altitude_m, sport)
    return None if rises is None else float(rises[-1])


def plausible_ascent(ascent_m: float | None, low_m: float | None, high_m: float | None) -> float | None:
    """The ascent in metres, or None where it is more than six times the altitude range: hills or barometer, nobody can tell."""
    if ascent_m is None or low_m is None or high_m is None:
        return ascent_m
    return ascent_m if ascent_m <= MAX_ASCENT_PER_RANGE * (high_m - low_m) else None


def _rises(altitude: Samples) -> Samples:
    return np.fromiter(_running_rise(altitude), dtype=np.float64, count=len(altitude))


def _running_rise(altitude: Samples) -> Iterator[float]:
    low, total = float(altitude[0]), 0.0
    for height in altitude.tolist():
        if height - low >= MIN_RISE_M:
            total += height - low
            low = height
        low = min(low, height)
        yield total
