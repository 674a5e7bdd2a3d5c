"""A recording without the channels that its athlete knows to be wrong."""

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from chains.training.activity import SeriesName
from chains.training.recording import DeviceTotals, Recording, Series

T = TypeVar("T")


def without(recording: Recording, excluded: Collection[SeriesName]) -> Recording:
    """The recording as if the excluded channels, and what the device derived from them, had never been recorded."""
    return replace(recording, series=_series(recording.series, excluded), totals=_totals(recording.totals, excluded))


def _series(series: Series, excluded: Collection[SeriesName]) -> Series:
    return replace(
        series,
        distance_m=_kept(series.distance_m, SeriesName.DISTANCE, excluded),
        speed_mps=_kept(series.speed_mps, SeriesName.SPEED, excluded),
        altitude_m=_kept(series.altitude_m, SeriesName.ALTITUDE, excluded),
        heart_rate=_kept(series.heart_rate, SeriesName.HEART_RATE, excluded),
        power_w=_kept(series.power_w, SeriesName.POWER, excluded),
        cadence=_kept(series.cadence, SeriesName.CADENCE, excluded),
    )


def _totals(totals: DeviceTotals, excluded: Collection[SeriesName]) -> DeviceTotals:
    return replace(
        totals,
        distance_m=_kept(totals.distance_m, SeriesName.DISTANCE, excluded),
        ascent_m=_kept(totals.ascent_m, SeriesName.ALTITUDE, excluded),
        mean_hr=_kept(totals.mean_hr, SeriesName.HEART_RATE, excluded),
        max_hr=_kept(totals.max_hr, SeriesName.HEART_RATE, excluded),
        mean_power_w=_kept(totals.mean_power_w, SeriesName.POWER, excluded),
        max_power_w=_kept(totals.max_power_w, SeriesName.POWER, excluded),
    )


def _kept(value: T | None, name: SeriesName, excluded: Collection[SeriesName]) -> T | None:
    return None if name in excluded else value
