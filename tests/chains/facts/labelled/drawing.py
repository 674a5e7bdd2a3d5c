"""Draws a recording from a list of efforts: what a watch would have written, with lag, noise and laps; no real athlete in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np

from chains.training.activity import Lap, Pause, Sport
from chains.training.recording import DeviceTotals, Recording, Samples, Series

RESPONSE_S = 35.0
"""Time constant of heart rate after a change of effort, about half a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """One stretch: `speed_mps` on the road, `grade` as a fraction, `power_w` on the bike; `paused` with the timer off."""

    seconds: int
    speed_mps: float
    grade: float = 0.0
    power_w: float | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A session before it is drawn. `laps`: none, km (auto-laps that know nothing of the set) or manual (one per effort)."""

    efforts: tuple[Effort, ...]
    repetitions: int = 0
    sport: Sport = Sport.RUN
    laps: str = "none"
    gps_lag_s: int = 1
    speed_noise: float = 0.12
    indoor: bool = False
    threshold: float = 4.0
    """Speed in m/s, or power in W on the bike, that this athlete holds for an hour at about 170 bpm."""


def draw(sketch: Sketch, rng: np.random.Generator) -> Recording:
    """One row a second; heart rate follows effort with delay, GPS follows speed with lag."""
    paused = _column(sketch, lambda effort: float(effort.paused)) > 0
    wanted = _column(sketch, lambda effort: 0.0 if effort.paused else effort.speed_mps)
    grade, watts = _column(sketch, lambda effort: effort.grade), _watts(sketch, rng)
    true_speed = followed(wanted, 4.0)
    speed = _measured(true_speed, sketch, rng)
    distance = np.cumsum(np.where(paused, 0.0, speed))
    series = Series(
        time_s=np.arange(len(wanted), dtype=np.int64),
        moving=(~paused) & (speed >= 0.5),
        distance_m=distance,
        speed_mps=_hidden(speed, paused),
        altitude_m=None if sketch.indoor else _hidden(_altitude(true_speed * grade, rng), paused),
        heart_rate=_hidden(_heart_rate(true_speed, grade, watts, sketch, rng), paused),
        power_w=None if watts is None else _hidden(watts, paused),
        cadence=_hidden(_cadence(true_speed, watts, sketch, rng), paused),
    )
    return Recording(
        sport=sketch.sport,
        started_at=datetime(2025, 5, 14, 16, 0, tzinfo=UTC),
        utc_offset_s=0,
        format="fit",
        trainer=sketch.indoor,
        device_power=watts is not None,
        series=series,
        laps=tuple(_laps(series, sketch)),
        pauses=tuple(_pauses(sketch)),
        totals=DeviceTotals(distance_m=float(distance[-1])),
    )


def _column(sketch: Sketch, value: Callable[[Effort], float]) -> Samples:
    return np.concatenate([np.full(effort.seconds, value(effort), dtype=np.float64) for effort in sketch.efforts])


def followed(wanted: Samples, constant_s: float, start: float | None = None) -> Samples:
    """First-order lag behind what is wanted."""
    values = np.empty_like(wanted)
    level = float(wanted[0]) if start is None else start
    for second, target in enumerate(wanted):
        level += (float(target) - level) / constant_s
        values[second] = level
    return values


def wander(length: int, size: float, memory: float, rng: np.random.Generator) -> Samples:
    """Noise that remembers: standard deviation `size`, correlation `memory` from one second to the next."""
    steps = rng.normal(0.0, size * np.sqrt(1 - memory**2), length)
    return followed(steps / (1 - memory), 1 / (1 - memory), 0.0)


def _measured(speed: Samples, sketch: Sketch, rng: np.random.Generator) -> Samples:
    window = np.ones(sketch.gps_lag_s) / sketch.gps_lag_s
    lagged = np.convolve(speed, window)[: len(speed)]
    noise = 0.02 if sketch.indoor else sketch.speed_noise
    return np.where(lagged < 0.3, 0.0, np.maximum(lagged + wander(len(speed), noise, 0.7, rng), 0.0))


def _altitude(climb_mps: Samples, rng: np.random.Generator) -> Samples:
    return np.round(40.0 + np.cumsum(climb_mps) + wander(len(climb_mps), 0.6, 0.98, rng), 1)


def _watts(sketch: Sketch, rng: np.random.Generator) -> Samples | None:
    if all(effort.power_w is None for effort in sketch.efforts):
        return None
    wanted = followed(_column(sketch, lambda effort: effort.power_w or 0.0), 2.0)
    return np.where(wanted < 15, 0.0, np.round(np.maximum(wanted + wander(len(wanted), 18.0, 0.5, rng), 0.0)))


def _heart_rate(speed: Samples, grade: Samples, watts: Samples | None, sketch: Sketch, rng: np.random.Generator) -> Samples:
    cost = speed * np.maximum(1 + 5.0 * grade, 0.4) if watts is None else watts
    drift = np.linspace(0.0, 0.04, len(speed))
    wanted = 75 + 95 * np.minimum(cost / sketch.threshold, 1.12) * (1 + drift)
    return np.round(followed(wanted, RESPONSE_S, 82.0) + wander(len(speed), 1.2, 0.93, rng))


def _cadence(speed: Samples, watts: Samples | None, sketch: Sketch, rng: np.random.Generator) -> Samples:
    noise = rng.normal(0.0, 1.2, len(speed))
    if sketch.sport is Sport.SWIM:
        return np.where(speed > 0.4, np.round(28 + noise), 0.0)
    if watts is not None:
        return np.where(watts > 20, np.round(86 + 2 * noise), 0.0)
    return np.where(speed > 2.0, 2 * np.round((148 + 8.5 * speed + noise) / 2), np.where(speed > 0.4, 112.0, 0.0))


def _hidden(values: Samples, paused: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Samples:
    return np.where(paused, np.nan, values)


def _edges(sketch: Sketch) -> list[int]:
    return [0, *np.cumsum([effort.seconds for effort in sketch.efforts]).tolist()]


def _pauses(sketch: Sketch) -> Iterator[Pause]:
    for effort, start in zip(sketch.efforts, _edges(sketch), strict=False):
        if effort.paused:
            yield Pause(start_s=float(start), duration_s=float(effort.seconds))


def _laps(series: Series, sketch: Sketch) -> Iterator[Lap]:
    assert series.distance_m is not None
    match sketch.laps:
        case "manual":
            yield from _cut(series, _edges(sketch), "manual")
        case "km":
            whole = np.arange(1000.0, series.distance_m[-1], 1000.0)
            yield from _cut(series, [0, *np.searchsorted(series.distance_m, whole).tolist(), len(series)], "distance")


def _cut(series: Series, edges: Sequence[int], trigger: str) -> Iterator[Lap]:
    assert series.distance_m is not None
    for start, end in pairwise(edges):
        before = series.distance_m[start - 1] if start else 0.0
        yield Lap(
            start_s=float(start),
            elapsed_s=float(end - start),
            moving_s=float(series.moving[start:end].sum()),
            distance_m=float(series.distance_m[end - 1] - before),
            mean_hr=_mean(series.heart_rate, start, end),
            mean_power_w=_mean(series.power_w, start, end),
            trigger=trigger,
        )


def _mean(values: Samples | None, start: int, end: int) -> float | None:
    if values is None or not np.isfinite(values[start:end]).any():
        return None
    return float(np.nanmean(values[start:end]))
