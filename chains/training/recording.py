"""A recording as decoded from a file: one row a second, no coordinates."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from chains.training.activity import Lap, Pause, Sport

Samples = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """Channels of one recording at 1 Hz of elapsed time: equal lengths, NaN where nothing was recorded (pauses, drop-outs).

    `time_s` whole elapsed seconds from the start; `distance_m` cumulative and never falling; `speed_mps`, `altitude_m`,
    `heart_rate` (bpm), `power_w`, `cadence` (steps per minute on foot, rpm on the bike); `moving` is boolean.
    A channel the device did not record is None.
    """

    time_s: NDArray[np.int64]
    moving: NDArray[np.bool_]
    distance_m: Samples | None = None
    speed_mps: Samples | None = None
    altitude_m: Samples | None = None
    heart_rate: Samples | None = None
    power_w: Samples | None = None
    cadence: Samples | None = None

    def __len__(self) -> int:
        return len(self.time_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceTotals:
    """What the device says of its own session, where it says it; None where it does not."""

    distance_m: float | None = None
    elapsed_s: float | None = None
    moving_s: float | None = None
    ascent_m: float | None = None
    mean_hr: float | None = None
    max_hr: float | None = None
    mean_power_w: float | None = None
    max_power_w: float | None = None
    temperature_c: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording:
    """One session of one file, decoded and resampled."""

    sport: Sport
    sub_sport: str | None = None
    title: str = ""
    started_at: datetime
    """UTC."""
    utc_offset_s: int | None = None
    """None where the file does not say; the importer takes the profile's zone."""
    format: str
    device: str | None = None
    trainer: bool = False
    device_power: bool = False
    series: Series
    laps: tuple[Lap, ...] = ()
    pauses: tuple[Pause, ...] = ()
    totals: DeviceTotals = DeviceTotals()
