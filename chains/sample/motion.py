"""Movement second by second, and what a watch with auto-pause makes of it."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from chains.sample.noise import Curve
from chains.training.activity import Pause


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Motion:
    """One session at 1 Hz of moving time; `marks` are the seconds at which the athlete pressed the lap button."""

    distance_m: Curve
    speed_mps: Curve
    altitude_m: Curve | None
    effort: Curve
    cadence: Curve
    power_w: Curve | None = None
    marks: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.distance_m)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stops:
    """Where a session stood still: `moving` says for each elapsed second whether the clock of moving time ran."""

    moving: NDArray[np.bool_]
    pauses: tuple[Pause, ...]

    def spread(self, channel: Curve, standing: float = np.nan) -> Curve:
        """A channel of moving time laid out over elapsed time."""
        out = np.full(len(self.moving), standing)
        out[self.moving] = channel
        return out


def stops(rng: Generator, moving_s: int, count: int, longest_s: int) -> Stops:
    """`count` stops of 15 s to `longest_s`, away from start and finish."""
    at = np.sort(rng.integers(moving_s // 10, moving_s * 9 // 10, size=count))
    lengths = rng.integers(15, longest_s + 1, size=count)
    moving = np.ones(moving_s + int(lengths.sum()), dtype=np.bool_)
    starts = at + np.concatenate(([0], np.cumsum(lengths)[:-1])) if count else at
    for start, length in zip(starts, lengths, strict=True):
        moving[start : start + length] = False
    pauses = tuple(Pause(start_s=float(s), duration_s=float(n)) for s, n in zip(starts, lengths, strict=True))
    return Stops(moving=moving, pauses=pauses)


def by_second(pace_s: Curve, step_m: float, *channels: Curve) -> tuple[Curve, ...]:
    """Channels given every `step_m` metres, read off each second: distance first. `pace_s` is the time each step takes."""
    clock = np.concatenate(([0.0], np.cumsum(pace_s)))
    metres = np.arange(len(clock)) * step_m
    seconds = np.arange(int(clock[-1]) + 1, dtype=np.float64)
    distance = np.interp(seconds, clock, metres)
    return (distance, *(np.interp(distance, metres[:-1], c) for c in channels))
