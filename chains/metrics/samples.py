"""Arithmetic on channels of a recording: filling drop-outs, smoothing, rolling means. One element is one second."""

import numpy as np
from numpy.typing import NDArray

from chains.training.recording import Samples


def filled(channel: Samples) -> Samples | None:
    """The channel with drop-outs interpolated and its ends held; None if nothing was recorded at all."""
    known = np.flatnonzero(np.isfinite(channel))
    if len(known) == 0:
        return None
    return np.interp(np.arange(len(channel)), known, channel[known])


def smoothed(channel: Samples, window: int) -> Samples:
    """Centred mean over `window` seconds, narrower at the ends; of a channel without drop-outs."""
    sums = np.concatenate(([0.0], np.cumsum(channel)))
    at = np.arange(len(channel))
    first = np.maximum(at - window // 2, 0)
    last = np.minimum(at + window // 2 + 1, len(channel))
    means: Samples = (sums[last] - sums[first]) / (last - first)
    return means


def rolling_means(channel: Samples, window: int) -> Samples:
    """Mean of each full run of `window` seconds, by its first second; empty if the channel is shorter."""
    if len(channel) < window:
        return np.zeros(0)
    sums = np.concatenate(([0.0], np.cumsum(channel)))
    means: Samples = (sums[window:] - sums[:-window]) / window
    return means


def mean_where(channel: Samples | None, wanted: NDArray[np.bool_]) -> float | None:
    """Mean of the recorded values among the wanted seconds, None if there are none."""
    if channel is None:
        return None
    values = channel[wanted & np.isfinite(channel)]
    return float(values.mean()) if len(values) else None


def highest(channel: Samples | None) -> float | None:
    """The largest recorded value, None if there is none."""
    if channel is None or not np.isfinite(channel).any():
        return None
    return float(np.nanmax(channel))


def first_reached(distance_m: Samples, wanted_m: Samples) -> Samples:
    """Seconds at which each wanted distance is first reached, between samples on a straight line; NaN outside the recording."""
    return _passed(distance_m, wanted_m, np.searchsorted(distance_m, wanted_m, side="left"))


def last_held(distance_m: Samples, wanted_m: Samples) -> Samples:
    """Seconds at which each wanted distance is last held before it grows; NaN outside the recording."""
    return _passed(distance_m, wanted_m, np.searchsorted(distance_m, wanted_m, side="right"))


def _passed(distance_m: Samples, wanted_m: Samples, after: NDArray[np.intp]) -> Samples:
    inside = (after > 0) & (after < len(distance_m))
    high = np.clip(after, 1, len(distance_m) - 1)
    low = high - 1
    step = distance_m[high] - distance_m[low]
    share = (wanted_m - distance_m[low]) / np.where(step > 0, step, 1.0)
    times: Samples = np.where(inside, low + share, np.nan)
    return times
