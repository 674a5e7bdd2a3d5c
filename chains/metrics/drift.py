"""Decoupling of heart rate from output over a steady effort (Friel: aerobic decoupling), and why there is none."""

from enum import StrEnum

import numpy as np

from chains.metrics.grade import adjusted_steps
from chains.metrics.power import NP_WINDOW_S, fourth_power_mean
from chains.metrics.samples import rolling_means
from chains.training.activity import Drift, Sport
from chains.training.recording import Samples, Series

# Heart rate and output settle first; with fewer minutes left, drift drowns in noise.
WARM_UP_S = 600
MIN_MOVING_S = 3600
# Friel: an evenly paced ride has a variability index of at most 1.05.
MAX_VARIABILITY_BIKE = 1.05
# House rule, as speed varies far less than power: even runs of real watches come to 1.003 to 1.008, repeats of 8 min at 4:00 /km with
# 3 min at 6:00 between them to 1.03.
MAX_VARIABILITY_FOOT = 1.01
# Standing still lets the heart recover, and the second half starts fresh.
MAX_STOPPED_SHARE = 0.1
# Gradients of altimeters are noisy: a minute evens them out and still shows every interval.
FOOT_WINDOW_S = 60
MIN_COVERAGE = 0.9


class NoDrift(StrEnum):
    """The gate that an activity did not meet."""

    SPORT = "only runs and rides are judged"
    TOO_SHORT = "shorter than sixty minutes"
    NO_HEART_RATE = "heart rate is missing or has gaps"
    NO_OUTPUT = "power or distance is missing or has gaps"
    STOPPED = "stopped for more than a tenth of the time"
    UNSTEADY = "not steady"


def drift(series: Series, sport: Sport) -> Drift | NoDrift:
    """Pw:HR on the bike, Pa:HR by grade-adjusted speed on foot; halves are of moving time after the first ten minutes."""
    if sport not in (Sport.RUN, Sport.RIDE):
        return NoDrift.SPORT
    moving_s = int(series.moving.sum())
    if moving_s < MIN_MOVING_S:
        return NoDrift.TOO_SHORT
    if moving_s < (1 - MAX_STOPPED_SHARE) * len(series):
        return NoDrift.STOPPED
    beats = _in_motion(series, series.heart_rate)
    if beats is None:
        return NoDrift.NO_HEART_RATE
    output = _in_motion(series, series.power_w if sport is Sport.RIDE else adjusted_steps(series))
    if output is None:
        return NoDrift.NO_OUTPUT
    return _decoupled(output[WARM_UP_S:], beats[WARM_UP_S:], sport, moving_s)


def _in_motion(series: Series, channel: Samples | None) -> Samples | None:
    if channel is None:
        return None
    values = channel[series.moving]
    return values if np.isfinite(values).mean() >= MIN_COVERAGE else None


def _decoupled(output: Samples, beats: Samples, sport: Sport, moving_s: int) -> Drift | NoDrift:
    most, window_s = (MAX_VARIABILITY_BIKE, NP_WINDOW_S) if sport is Sport.RIDE else (MAX_VARIABILITY_FOOT, FOOT_WINDOW_S)
    means = rolling_means(output[np.isfinite(output)], window_s)
    steadiness = fourth_power_mean(means) / float(means.mean()) if means.mean() > 0 else np.inf
    if steadiness > most:
        return NoDrift.UNSTEADY
    half = len(output) // 2
    first, second = (float(np.nanmean(output[part]) / np.nanmean(beats[part])) for part in (slice(half), slice(half, None)))
    return Drift(
        decoupling=first / second - 1,
        basis="power" if sport is Sport.RIDE else "gap",
        duration_s=moving_s,
        steadiness=steadiness,
    )
