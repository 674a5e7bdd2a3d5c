"""Real recordings made into something else: a set planted in an even run, a piece cut out of a long one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from chains.training.activity import Pause
from chains.training.recording import DeviceTotals, Recording, Samples, Series
from tests.chains.facts.labelled.drawing import followed
from tests.chains.facts.labelled.efforts import Rng

BEATS_PER_SHARE = 75.0
"""Heart rate gained for a speed doubled, about."""
JOG = 0.68


def with_set(base: Recording, work_s: tuple[int, ...], rest_s: int, faster: float, rng: Rng) -> Recording:
    """The run of that day with repetitions in it; its own noise, hills and stops stay. No laps."""
    factor = np.ones(len(base.series))
    at = int(rng.integers(540, 780))
    for seconds in work_s:
        factor[at : at + seconds] = faster * rng.normal(1.0, 0.012)
        factor[at + seconds : at + seconds + rest_s] = JOG
        at += seconds + rest_s
    return _at_speed(base, followed(factor, 4.0, 1.0))


def _at_speed(base: Recording, factor: Samples) -> Recording:
    series = base.series
    assert series.distance_m is not None
    assert series.speed_mps is not None
    assert series.heart_rate is not None
    steps = np.diff(np.nan_to_num(series.distance_m), prepend=0.0) * factor
    beats = BEATS_PER_SHARE * followed(factor - 1.0, 32.0, 0.0)
    changed = replace(
        series,
        speed_mps=series.speed_mps * factor,
        distance_m=np.cumsum(np.maximum(steps, 0.0)),
        heart_rate=np.asarray(np.round(np.clip(series.heart_rate + beats, 60, 196)), dtype=np.float64),
        cadence=None if series.cadence is None else series.cadence * (1 + 0.25 * (factor - 1)),
    )
    return replace(base, series=changed, laps=(), totals=DeviceTotals())


def piece(base: Recording, start_s: int, end_s: int) -> Recording:
    """Only these seconds, as if the watch had been started and stopped there."""
    series, part = base.series, slice(start_s, min(end_s, len(base.series)))

    def cut(values: Samples | None) -> Samples | None:
        return None if values is None else values[part]

    distance = series.distance_m
    cut_series = Series(
        time_s=np.arange(len(series.time_s[part]), dtype=np.int64),
        moving=series.moving[part],
        distance_m=None if distance is None else distance[part] - distance[start_s],
        speed_mps=cut(series.speed_mps),
        altitude_m=cut(series.altitude_m),
        heart_rate=cut(series.heart_rate),
        power_w=cut(series.power_w),
        cadence=cut(series.cadence),
    )
    pauses = tuple(
        Pause(start_s=p.start_s - start_s, duration_s=p.duration_s)
        for p in base.pauses
        if start_s < p.start_s and p.start_s + p.duration_s < part.stop
    )
    return replace(base, series=cut_series, laps=(), pauses=pauses, totals=DeviceTotals())


def planted_6x3min(base: Recording, rng: Rng) -> Recording:
    return with_set(base, (180,) * 6, 120, 1.16, rng)


def planted_10x1min(base: Recording, rng: Rng) -> Recording:
    return with_set(base, (60,) * 10, 60, 1.25, rng)


def planted_4x6min(base: Recording, rng: Rng) -> Recording:
    return with_set(base, (360,) * 4, 120, 1.1, rng)


def planted_ladder(base: Recording, rng: Rng) -> Recording:
    return with_set((base), (60, 120, 180, 120, 60), 90, 1.2, rng)


def planted_8x400m(base: Recording, rng: Rng) -> Recording:
    return with_set(base, (86,) * 8, 75, 1.24, rng)


def piece_middle(base: Recording, rng: Rng) -> Recording:
    """Half an hour or more out of the middle."""
    start = int(rng.integers(300, max(301, len(base.series) - 2400)))
    return piece(base, start, start + int(rng.integers(1500, 2700)))


PLANTED: Mapping[str, tuple[Callable[[Recording, Rng], Recording], int]] = {
    "planted_6x3min": (planted_6x3min, 6),
    "planted_10x1min": (planted_10x1min, 10),
    "planted_4x6min": (planted_4x6min, 4),
    "planted_ladder": (planted_ladder, 5),
    "planted_8x400m": (planted_8x400m, 8),
    "piece_middle": (piece_middle, 0),
}
"""What is made of a real recording, and how many repetitions it then holds."""
