"""One activity as one row of the training log, and back. A row follows from its activity alone, never from a threshold."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chains.training.activity import (
    DISTANCES_M,
    POWER_DURATIONS_S,
    Activity,
    DistanceEffort,
    Drift,
    FaultKind,
    HeartRateTime,
    Origin,
    PowerEffort,
    Purpose,
    RecordingMetrics,
    Repetition,
    SensorFault,
    SeriesName,
    Source,
    Sport,
)

SPORTS = tuple(Sport)
PURPOSES = (None, *Purpose)
PLACES = ("", "trail", "treadmill", "track", "virtual", "indoor", "pool", "open_water", "gravel", "mountain")
"""Ground that makes another kind of session; any other is none of them."""
NUMBERS = (
    "distance_m", "moving_s", "elapsed_s", "ascent_m", "altitude_low_m", "altitude_high_m", "mean_hr", "max_hr", "mean_cadence",
    "mean_power_w", "rpe", "official_time_s",
)  # fmt: skip
METRICS = ("gap_mps", "np_w", "power_s", "variability_index", "work_kj")
DRIFT = ("drift_decoupling", "drift_duration_s", "drift_steadiness")
REPETITION = ("duration_s", "distance_m", "mean_hr", "power_w")
"""Means over the set of an interval session; how its repetitions differ is not kept."""
FIRST_BPM, LAST_BPM = 30, 229
"""Heart rates outside count at the nearest of these."""
NONE = -1
"""In place of an index: the activity has no such thing, or nobody asked for it."""
EPOCH = date(1970, 1, 1).toordinal()
_START = datetime(1970, 1, 1, tzinfo=UTC)
_EXCLUDED_FROM = 8
_EXCLUDED = tuple((1 << _EXCLUDED_FROM + i, series) for i, series in enumerate(SeriesName))
"""High bits mark excluded series, in the order of `SeriesName`."""
_BY_HAND, _RECORDED = Origin(source=Source.MANUAL, format="log"), Origin(source=Source.FILE, format="log")

COLUMNS: Mapping[str, np.dtype[Any]] = {
    name: np.dtype(kind)
    for name, kind in (
        ("id", "S32"),
        ("started_ms", "<i8"),
        ("utc_offset_s", "<i4"),
        ("sport", "u1"),
        ("place", "u1"),
        ("purpose", "u1"),
        ("flags", "<u4"),
        ("device", "<i2"),
        ("heart", "<i4"),
        ("stretches", "<i4"),
        ("powers", "<i4"),
        *((name, "<f8") for name in (*NUMBERS, *METRICS, *DRIFT)),
        ("repetitions", "u1"),
        *((f"repetition_{name}", "<f8") for name in REPETITION),
    )
}
"""SI units; NaN where the activity does not know. `device`, `heart`, `stretches` and `powers` count into the lists beside the columns."""

Row = tuple[object, ...]


class Flag(IntFlag):
    """What is true or not of an activity."""

    HAND_ENTERED = 1
    TRAINER = 2
    DEVICE_POWER = 4
    RECORDED = 8
    """There are metrics of samples, whatever they hold."""
    DRIFT_BY_GAP = 16
    HEART_RATE_TIMED = 1 << 14
    """The time at each heart rate is known, whether or not it was read with the log."""
    SPOILT_HEART_RATE = 1 << 16
    """A fault reaches the mean heart rate too; so with the distance and the power."""
    SPOILT_DISTANCE = 1 << 17
    SPOILT_POWER = 1 << 18
    CADENCE_LOCK = 1 << 20
    FROZEN_HEART_RATE = 1 << 21
    SPIKING_HEART_RATE = 1 << 22
    GPS_JUMP = 1 << 23
    POWER_DROPOUT = 1 << 24


_HAND_ENTERED, _TRAINER, _DEVICE_POWER, _SAMPLED, _BY_GAP = (flag.value for flag in list(Flag)[:5])
"""Plain numbers: an `IntFlag` takes a microsecond to test, in every row four times."""
_FAULTS = tuple(
    (Flag[kind.name].value, spoilt.value, kind)
    for kind, spoilt in (
        (FaultKind.CADENCE_LOCK, Flag.SPOILT_HEART_RATE),
        (FaultKind.FROZEN_HEART_RATE, Flag.SPOILT_HEART_RATE),
        (FaultKind.SPIKING_HEART_RATE, Flag.SPOILT_HEART_RATE),
        (FaultKind.GPS_JUMP, Flag.SPOILT_DISTANCE),
        (FaultKind.POWER_DROPOUT, Flag.SPOILT_POWER),
    )
)
_ANY_FAULT = sum(bit for bit, _, _ in _FAULTS)


def milliseconds(instant: datetime) -> int:
    """Whole ones, as the database keeps them."""
    return (instant - _START) // timedelta(milliseconds=1)


def row_of(activity: Activity, *, device: int, heart: int, stretches: int, powers: int) -> Row:
    """In the order of `COLUMNS`."""
    metrics = activity.metrics or RecordingMetrics()
    return (
        activity.id.encode(),
        milliseconds(activity.started_at),
        activity.utc_offset_s,
        SPORTS.index(activity.sport),
        PLACES.index(activity.sub_sport) if activity.sub_sport in PLACES else 0,
        PURPOSES.index(activity.purpose),
        _flags(activity),
        device,
        heart,
        stretches,
        powers,
        *(_number(getattr(activity, name)) for name in NUMBERS),
        *(_number(getattr(metrics, name)) for name in METRICS),
        *(_number(getattr(metrics.drift, name.removeprefix("drift_")) if metrics.drift else None) for name in DRIFT),
        min(len(metrics.repetitions), 255),
        *(_mean(metrics.repetitions, name) for name in REPETITION),
    )


def heart_row(time: HeartRateTime) -> NDArray[np.uint16]:
    """Seconds per bpm from `FIRST_BPM` to `LAST_BPM`; a frozen sensor's eighteen hours at one bpm are where it stops counting."""
    bpm = np.clip(np.arange(time.floor_bpm, time.floor_bpm + len(time.seconds)), FIRST_BPM, LAST_BPM) - FIRST_BPM
    seconds = np.bincount(bpm, weights=np.array(time.seconds, dtype=np.float64), minlength=LAST_BPM - FIRST_BPM + 1)
    return np.minimum(seconds, np.iinfo(np.uint16).max).astype(np.uint16)


def stretches_row(efforts: tuple[DistanceEffort, ...]) -> NDArray[np.float32]:
    seconds = {effort.distance_m: effort.elapsed_s for effort in efforts}
    return np.array([seconds.get(distance, np.nan) for distance in DISTANCES_M], dtype=np.float32)


def powers_row(efforts: tuple[PowerEffort, ...]) -> NDArray[np.float32]:
    watts = {effort.duration_s: effort.power_w for effort in efforts}
    return np.array([watts.get(duration, np.nan) for duration in POWER_DURATIONS_S], dtype=np.float32)


def activity_of(row: Mapping[str, Any], athlete_id: str, device: str | None, metrics: RecordingMetrics | None) -> Activity:
    """The activity behind a row, without words and detail. Of a row's numbers those unknown are None."""
    flags = row["flags"]
    hand_entered = bool(flags & _HAND_ENTERED)
    return Activity(
        id=row["id"].decode(),
        athlete_id=athlete_id,
        sport=SPORTS[row["sport"]],
        sub_sport=PLACES[row["place"]] or None,
        started_at=datetime.fromtimestamp(row["started_ms"] / 1000, UTC),
        utc_offset_s=row["utc_offset_s"],
        device_power=bool(flags & _DEVICE_POWER),
        origin=_BY_HAND if hand_entered else _RECORDED,
        device=device,
        hand_entered=hand_entered,
        trainer=bool(flags & _TRAINER),
        purpose=PURPOSES[row["purpose"]],
        excluded_series=tuple(series for bit, series in _EXCLUDED if flags & bit) if flags >= 1 << _EXCLUDED_FROM else (),
        metrics=metrics,
        **{name: row[name] for name in NUMBERS},
    )


def metrics_of(
    row: Mapping[str, Any], heart: HeartRateTime | None, stretches: Sequence[float], powers: Sequence[float]
) -> RecordingMetrics | None:
    """What samples told; None for a summary. The place of a best stretch is not kept."""
    flags = row["flags"]
    if not flags & _SAMPLED:
        return None
    return RecordingMetrics(
        gap_mps=row["gap_mps"],
        np_w=row["np_w"],
        power_s=row["power_s"],
        variability_index=row["variability_index"],
        work_kj=row["work_kj"],
        heart_rate_time=heart,
        drift=_drift(row),
        distance_efforts=_distance_efforts(stretches),
        power_efforts=_power_efforts(powers),
        repetitions=_repetitions(row) if row["repetitions"] else (),
        faults=_faults(flags) if flags & _ANY_FAULT else (),
    )


def heart_rate_times(rows: NDArray[np.uint16]) -> list[HeartRateTime | None]:
    """Of each row of `heart_row` numbers what it was made from, without noughts at either end; None for nought alone."""
    beating = rows > 0
    spans = np.stack((beating.argmax(axis=1), rows.shape[1] - beating[:, ::-1].argmax(axis=1)), axis=1)
    spans[~beating.any(axis=1)] = 0
    return [
        HeartRateTime(floor_bpm=FIRST_BPM + first, seconds=tuple(row[first:end].tolist())) if end else None
        for row, (first, end) in zip(rows, spans.tolist(), strict=True)
    ]


def _flags(activity: Activity) -> int:
    metrics = activity.metrics
    flags = Flag.HAND_ENTERED * activity.hand_entered | Flag.TRAINER * activity.trainer | Flag.DEVICE_POWER * activity.device_power
    if metrics is not None:
        flags |= Flag.RECORDED | (Flag.DRIFT_BY_GAP if metrics.drift and metrics.drift.basis == "gap" else 0)
        flags |= Flag.HEART_RATE_TIMED * (metrics.heart_rate_time is not None)
        found = {fault.kind: fault.spoils_mean for fault in metrics.faults}
        for bit, spoilt, kind in _FAULTS:
            flags |= bit * (kind in found) | spoilt * found.get(kind, False)
    return flags | sum(excluded_bit(series) for series in SeriesName if series in activity.excluded_series)


def excluded_bit(series: SeriesName) -> int:
    """The bit of `flags` that says that the athlete excluded that series."""
    return 1 << _EXCLUDED_FROM + tuple(SeriesName).index(series)


def _mean(repetitions: tuple[Repetition, ...], name: str) -> float:
    known = [value for value in (getattr(one, name) for one in repetitions) if value is not None]
    return sum(known) / len(known) if known else np.nan


def _repetitions(row: Mapping[str, Any]) -> tuple[Repetition, ...]:
    """As many as there were, each the mean of all."""
    n: int = row["repetitions"]
    return (Repetition(start_s=0.0, **{name: row[f"repetition_{name}"] for name in REPETITION}),) * n


def _faults(flags: int) -> tuple[SensorFault, ...]:
    return tuple(SensorFault(kind=kind, spoils_mean=bool(flags & spoilt)) for bit, spoilt, kind in _FAULTS if flags & bit)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _drift(row: Mapping[str, Any]) -> Drift | None:
    decoupling = row["drift_decoupling"]
    if decoupling is None:
        return None
    basis = "gap" if row["flags"] & _BY_GAP else "power"
    return Drift(decoupling=decoupling, basis=basis, duration_s=row["drift_duration_s"], steadiness=row["drift_steadiness"])


def _distance_efforts(seconds: Sequence[float]) -> tuple[DistanceEffort, ...]:
    return tuple([DistanceEffort(distance_m=m, elapsed_s=s, start_s=0.0) for m, s in zip(DISTANCES_M, seconds, strict=False) if s == s])


def _power_efforts(watts: Sequence[float]) -> tuple[PowerEffort, ...]:
    return tuple([PowerEffort(duration_s=s, power_w=w, start_s=0.0) for s, w in zip(POWER_DURATIONS_S, watts, strict=False) if w == w])
