"""Grade-adjusted speed: what the same metabolic cost would give on the flat, by the model of Minetti et al. 2002.

The model was measured on a treadmill; it credits steep descents with more speed than trails allow, so a text that uses it names it.
"""

import numpy as np

from chains.metrics.elevation import climbable
from chains.metrics.samples import filled
from chains.training.activity import Sport
from chains.training.recording import Samples, Series

# Minetti et al. 2002, J Appl Physiol 93:1039-1046: energy cost of running in J/kg/m over gradient, fifth degree first.
RUNNING_COST = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
# The gradients that were measured; beyond them the polynomial runs away.
MAX_GRADIENT = 0.45
# A gradient is taken over this many seconds, some 40 m of easy running: less is noise of the altimeter, more flattens short hills.
GRADIENT_WINDOW_S = 15
# Under this many metres in the window one is standing, and a gradient means nothing.
MIN_GRADIENT_RUN_M = 3.0


def running_cost(gradient: Samples) -> Samples:
    """Energy cost of running in J/kg/m; gradients as fractions, beyond ±0.45 taken as ±0.45."""
    return np.polyval(np.array(RUNNING_COST), np.clip(gradient, -MAX_GRADIENT, MAX_GRADIENT)).astype(np.float64)


def gradients(distance_m: Samples, altitude_m: Samples) -> Samples:
    """Gradient at each second as a fraction, from channels without drop-outs; 0 where one stands."""
    at = np.arange(len(distance_m))
    before = np.maximum(at - GRADIENT_WINDOW_S // 2, 0)
    after = np.minimum(at + GRADIENT_WINDOW_S // 2, len(at) - 1)
    altitude = climbable(altitude_m, Sport.RUN)
    run = distance_m[after] - distance_m[before]
    rise = altitude[after] - altitude[before]
    slope: Samples = np.where(run >= MIN_GRADIENT_RUN_M, rise / np.maximum(run, MIN_GRADIENT_RUN_M), 0.0)
    return slope


def adjusted_steps(series: Series) -> Samples | None:
    """Metres on the flat that each second's metres are worth, plain metres where no altitude was recorded; None without distance."""
    distance = None if series.distance_m is None else filled(series.distance_m)
    if distance is None:
        return None
    steps = np.diff(distance, prepend=distance[0])
    altitude = None if series.altitude_m is None else filled(series.altitude_m)
    if altitude is None:
        return steps
    factors = running_cost(gradients(distance, altitude)) / RUNNING_COST[-1]
    adjusted: Samples = steps * factors
    return adjusted


def adjusted_speed(series: Series) -> float | None:
    """Mean grade-adjusted speed over moving time in m/s; None without distance, altitude or movement."""
    steps = adjusted_steps(series) if series.altitude_m is not None else None
    moving_s = int(series.moving.sum())
    if steps is None or moving_s == 0:
        return None
    return float(steps[series.moving].sum() / moving_s)
