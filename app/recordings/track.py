"""What a file holds before it is put on a one-second grid: samples at the device's own times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from chains.errors import RecordingError
from chains.training.recording import Samples

CHANNELS = ("distance_m", "speed_mps", "altitude_m", "heart_rate", "power_w", "cadence")

LIMITS: Mapping[str, tuple[float, float]] = {
    # Wider than any athlete: they drop what a sensor could not have meant, judging quality is done elsewhere.
    "distance_m": (0.0, 1e7),
    "speed_mps": (0.0, 150.0),
    "altitude_m": (-499.0, 9_500.0),  # FIT's zero, -500 m, is what a barometer writes before its first reading
    "heart_rate": (1.0, 254.0),  # 0 is a lost strap
    "power_w": (0.0, 10_000.0),
    "cadence": (0.0, 300.0),
}

LONGEST_S = 7 * 86_400
"""A recording over a week is a broken clock."""
BROKEN_CLOCK = "the recording spans more than seven days: its clock cannot be right"
TRUSTED_SHARE = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From `start_s` to `end_s`, unix seconds."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Track:
    """Columns of equal length, NaN where a sample lacks the value; `time_s` is unix seconds, `distance_m` cumulative.

    `stops` are stretches with the timer off. `active` is given where the device itself says when the athlete was under way
    (lengths of a pool) and then replaces the rule by speed.
    """

    time_s: Samples
    distance_m: Samples
    speed_mps: Samples
    altitude_m: Samples
    heart_rate: Samples
    power_w: Samples
    cadence: Samples
    stops: tuple[Stretch, ...] = ()
    active: tuple[Stretch, ...] | None = None

    def __len__(self) -> int:
        return len(self.time_s)


def track_of(rows: Iterable[Mapping[str, float]], *, stops: Iterable[Stretch] = (), active: Iterable[Stretch] | None = None) -> Track:
    """Rows with `time_s` and any of the channels, in any order, as a clean track: finite, in range, sorted, one row per instant.

    Raises RecordingError where nothing is left or the times span more than a week.
    """
    held = list(rows)
    time = _trusted(np.array([row.get("time_s", np.nan) for row in held], dtype=np.float64))
    usable = np.isfinite(time)
    times, row_of = np.unique(time[usable], return_inverse=True)
    if len(times) < 2:
        raise RecordingError("the recording holds no samples")
    columns = {}
    for name in CHANNELS:
        values = _in_range(np.array([row.get(name, np.nan) for row in held], dtype=np.float64)[usable], name)
        column = np.full(len(times), np.nan)
        known = np.isfinite(values)
        column[row_of[known]] = values[known]
        columns[name] = column
    return Track(time_s=times, stops=tuple(stops), active=None if active is None else tuple(active), **columns)


def _trusted(time: Samples) -> Samples:
    """Times with the strays of a jumping clock, one in a hundred at most, made NaN."""
    known = time[np.isfinite(time)]
    if len(known) == 0 or known.max() - known.min() <= LONGEST_S:
        return time
    near = np.abs(time - np.median(known)) <= LONGEST_S / 2
    if near.sum() < TRUSTED_SHARE * len(known):
        raise RecordingError(BROKEN_CLOCK)
    return np.where(near, time, np.nan)


def _in_range(values: Samples, name: str) -> Samples:
    low, high = LIMITS[name]
    with np.errstate(invalid="ignore"):
        return np.where((values >= low) & (values <= high), values, np.nan)
