"""From the device's own sample times to one row a second: gaps, pauses, moving time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.recordings.track import BROKEN_CLOCK, LONGEST_S, Stretch, Track
from chains.errors import RecordingError
from chains.training.activity import Pause, Sport
from chains.training.recording import Samples, Series

Flags = NDArray[np.bool_]

GAP_S = 10.0
"""Longest gap that is bridged: smart recording writes a sample at least this often. A longer one is a pause."""

USUAL_S, SPARSE, SPARSE_GAP_S = 5.0, 3.0, 60.0
"""A file that samples more slowly than `USUAL_S` as a habit has gaps from `SPARSE` of its usual intervals on, a minute at the latest."""

MOVING_MPS = 0.5
SLOW_MOVING_MPS: Mapping[Sport, float] = {Sport.WALK: 0.3, Sport.HIKE: 0.3, Sport.SWIM: 0.3}
"""Slower is standing. With these, moving time on real recordings agrees within 1 % with what their devices or Strava say (the table of
reference values in the tests); anything from 0.4 to 0.6 m/s would do for runs and rides: a steep climb on foot, a bicycle being pushed."""

SPEED_HALF_WINDOW_S = 2
"""Speed is taken over two more seconds to either side: one second of satellite noise is no step. Sparse files are smooth already."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resampled:
    """One row a second from the start on."""

    series: Series
    pauses: tuple[Pause, ...]


def resample(track: Track, *, sport: Sport, start_s: float | None = None) -> Resampled:
    """The track at 1 Hz from `start_s` (unix seconds; default: its first sample); NaN where nothing was recorded.

    Distance never falls and is carried through gaps, so that it is known at every second.
    """
    start = float(track.time_s[0]) if start_s is None else start_s
    end = max([float(track.time_s[-1]), *(s.end_s for s in track.active or ())])
    if end - start > LONGEST_S:
        raise RecordingError(BROKEN_CLOCK)
    grid = start + np.arange(int(np.floor(end - start)) + 1, dtype=np.float64)
    gap = gap_limit(track.time_s)
    window = SPEED_HALF_WINDOW_S if _usual_interval(track.time_s) <= USUAL_S else 0
    distance = _distance(track, grid)
    slope = None if distance is None else _slope(distance, window)
    power, cadence = (_channel(track.time_s, values, grid, gap) for values in (track.power_w, track.cadence))
    running = _running(track, grid, gap)
    moving = running & (_under_way(sport, slope, cadence, power) if track.active is None else _within(grid, track.active))
    series = Series(
        time_s=np.arange(len(grid), dtype=np.int64),
        moving=moving,
        distance_m=distance,
        speed_mps=_speed(track, grid, gap, slope),
        altitude_m=_channel(track.time_s, track.altitude_m, grid, gap),
        heart_rate=_channel(track.time_s, track.heart_rate, grid, gap),
        power_w=power,
        cadence=cadence,
    )
    return Resampled(series=series, pauses=_pauses(running))


def gap_limit(time_s: Samples) -> float:
    """Longest bridged gap of this file, seconds."""
    usual = _usual_interval(time_s)
    return GAP_S if usual <= USUAL_S else min(SPARSE * usual, SPARSE_GAP_S)


def _usual_interval(time_s: Samples) -> float:
    return float(np.median(np.diff(time_s))) if len(time_s) > 1 else 1.0


def moving_mps(sport: Sport) -> float:
    """Slower is standing."""
    return SLOW_MOVING_MPS.get(sport, MOVING_MPS)


def _recorded(time_s: Samples, grid: Samples, gap: float) -> Flags:
    """True where the samples on both sides are at most `gap` apart; the row of a sample itself always counts."""
    after = np.searchsorted(time_s, grid, side="left")
    inside = (after > 0) & (after < len(time_s))
    right = time_s[np.minimum(after, len(time_s) - 1)]
    left = time_s[np.maximum(after - 1, 0)]
    return np.asarray((right == grid) | (inside & (right - left <= gap)), dtype=np.bool_)


def _running(track: Track, grid: Samples, gap: float) -> Flags:
    """True for the seconds with the timer on, between samples at most `gap` apart; the last row begins no second."""
    before = np.searchsorted(track.time_s, grid, side="right") - 1
    left = np.clip(before, 0, len(track) - 2)
    sampled = (before >= 0) & (track.time_s[left + 1] - track.time_s[left] <= gap)
    running = ~_within(grid, track.stops) & (sampled if track.active is None else True)
    running[-1] = False
    if not running.any():
        raise RecordingError("the recording's samples are too far apart to make anything of")
    return np.asarray(running, dtype=np.bool_)


def _channel(time_s: Samples, values: Samples, grid: Samples, gap: float) -> Samples | None:
    known = np.isfinite(values)
    if not known.any():
        return None
    at = time_s[known]
    column: Samples = np.interp(grid, at, values[known], left=np.nan, right=np.nan)
    column[~_recorded(at, grid, gap)] = np.nan
    return column


def _speed(track: Track, grid: Samples, gap: float, slope: Samples | None) -> Samples | None:
    """As the device measured it, otherwise from distance."""
    measured = _channel(track.time_s, track.speed_mps, grid, gap)
    if measured is not None or slope is None:
        return measured
    return np.where(_recorded(track.time_s, grid, gap), slope, np.nan)


def _distance(track: Track, grid: Samples) -> Samples | None:
    known = np.isfinite(track.distance_m)
    if not known.any():
        return None
    return np.maximum.accumulate(np.interp(grid, track.time_s[known], _unwrapped(track.distance_m[known])))


def _unwrapped(distance: Samples) -> Samples:
    """One cumulative distance where a counter starts again near zero."""
    steps = np.diff(distance)
    restarted = distance[1:] < 0.1 * distance[:-1]
    lost = np.cumsum(np.where(restarted, -steps, 0.0))
    return distance + np.concatenate(([0.0], lost))


def _slope(distance: Samples, half_window_s: int) -> Samples:
    """Speed over the second that begins with each row and as many more to either side, m/s."""
    rows = np.arange(len(distance))
    low, high = np.maximum(rows - half_window_s, 0), np.minimum(rows + 1 + half_window_s, len(distance) - 1)
    return np.asarray((distance[high] - distance[low]) / np.maximum(high - low, 1), dtype=np.float64)


def _within(grid: Samples, stretches: Sequence[Stretch]) -> Flags:
    inside = np.zeros(len(grid), dtype=np.bool_)
    for stretch in stretches:
        inside[np.searchsorted(grid, stretch.start_s) : np.searchsorted(grid, stretch.end_s)] = True
    return inside


def _under_way(sport: Sport, slope: Samples | None, cadence: Samples | None, power: Samples | None) -> Flags | bool:
    """By speed; on a machine that measures none, by turning cranks; without either, always."""
    if slope is not None and slope.any():
        return np.asarray(slope >= moving_mps(sport), dtype=np.bool_)
    turning = [np.nan_to_num(values) > 0 for values in (cadence, power) if values is not None]
    if sport is Sport.RIDE and turning:
        return np.asarray(np.logical_or.reduce(turning), dtype=np.bool_)
    return True


def _pauses(running: Flags) -> tuple[Pause, ...]:
    """Stretches without recording; the last row begins no second and ends none."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], running[:-1], [True])).astype(np.int8)))
    return tuple(Pause(start_s=float(a), duration_s=float(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True))
