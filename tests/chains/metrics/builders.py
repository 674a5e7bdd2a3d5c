"""Recordings that a test can predict."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from chains.training.activity import Activity, Origin, Source, Sport
from chains.training.profile import Threshold
from chains.training.recording import DeviceTotals, Recording, Samples, Series

MEASURED_ON = date(2026, 1, 1)


def channel(*stretches: tuple[int, float]) -> Samples:
    """`(seconds, value)` after one another."""
    return np.concatenate([np.full(seconds, float(value)) for seconds, value in stretches])


def series(
    speed_mps: Samples | None = None,
    *,
    moving: Sequence[bool] | None = None,
    altitude_m: Samples | None = None,
    heart_rate: Samples | None = None,
    power_w: Samples | None = None,
    cadence: Samples | None = None,
) -> Series:
    """Channels at 1 Hz; distance follows from speed, moving is where there is any."""
    first = next(c for c in (speed_mps, heart_rate, power_w, altitude_m) if c is not None)
    rows = len(first)
    in_motion = np.ones(rows, dtype=np.bool_) if speed_mps is None else speed_mps > 0
    return Series(
        time_s=np.arange(rows, dtype=np.int64),
        moving=in_motion if moving is None else np.array(moving),
        distance_m=None if speed_mps is None else np.concatenate(([0.0], np.cumsum(speed_mps[1:]))),
        speed_mps=speed_mps,
        altitude_m=altitude_m,
        heart_rate=heart_rate,
        power_w=power_w,
        cadence=cadence,
    )


def recording(of: Series, sport: Sport = Sport.RUN, **totals: float) -> Recording:
    return Recording(sport=sport, started_at=datetime(2026, 5, 1, 6, tzinfo=UTC), format="fit", series=of, totals=DeviceTotals(**totals))


def activity(sport: Sport = Sport.RUN, **fields: Any) -> Activity:
    given = {
        "id": "a",
        "athlete_id": "x",
        "sport": sport,
        "started_at": datetime(2026, 5, 1, 6, tzinfo=UTC),
        "elapsed_s": 3600.0,
        "moving_s": 3600.0,
        "origin": Origin(source=Source.FILE, format="fit"),
    }
    return Activity(**{**given, **fields})


def threshold(value: float) -> Threshold:
    return Threshold(value=value, date=MEASURED_ON)
