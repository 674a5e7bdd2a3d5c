"""Kilometre splits of a recording."""

from dataclasses import dataclass

import numpy as np

from chains.metrics.elevation import climbed
from chains.metrics.grade import adjusted_steps
from chains.metrics.samples import filled, first_reached
from chains.training.activity import Split, Sport
from chains.training.recording import Samples, Series

SPLIT_M = 1000.0
# A shorter rest belongs to the kilometre before it: nobody looks at the pace of ten metres.
MIN_LAST_M = 10.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Running:
    """Totals up to each second, to be read at the borders of the splits."""

    moving_s: Samples
    ascent_m: Samples | None
    beats: Samples | None
    beating_s: Samples | None
    adjusted_m: Samples | None


def splits(series: Series, sport: Sport) -> tuple[Split, ...]:
    """Splits by distance that together make the whole recording; grade-adjusted speed for runs, over moving time."""
    distance = None if series.distance_m is None else filled(series.distance_m)
    if distance is None or distance[-1] - distance[0] < MIN_LAST_M:
        return ()
    from_start = distance - distance[0]
    borders = _borders(float(from_start[-1]))
    times = [0.0, *first_reached(from_start, np.array(borders[1:-1])).tolist(), float(len(from_start))]
    running = _running(series, sport)
    return tuple(
        _split(running, index=i + 1, distance_m=borders[i + 1] - borders[i], start_s=times[i], end_s=times[i + 1])
        for i in range(len(times) - 1)
    )


def _borders(total_m: float) -> list[float]:
    full = int(total_m // SPLIT_M)
    inner = [SPLIT_M * k for k in range(full + 1)]
    if total_m - inner[-1] < MIN_LAST_M and full > 0:
        inner.pop()
    return [*inner, total_m]


def _running(series: Series, sport: Sport) -> _Running:
    heart_rate = series.heart_rate
    beating = None if heart_rate is None else series.moving & np.isfinite(heart_rate)
    rises = None if series.altitude_m is None else climbed(series.altitude_m, sport)
    adjusted = adjusted_steps(series) if sport is Sport.RUN and series.altitude_m is not None else None
    return _Running(
        moving_s=_total(series.moving.astype(np.float64)),
        ascent_m=None if rises is None else np.concatenate(([0.0], rises)),
        beats=None if heart_rate is None or beating is None else _total(np.where(beating, heart_rate, 0.0)),
        beating_s=None if beating is None else _total(beating.astype(np.float64)),
        adjusted_m=None if adjusted is None else _total(np.where(series.moving, adjusted, 0.0)),
    )


def _total(channel: Samples) -> Samples:
    return np.concatenate(([0.0], np.cumsum(channel)))


def _split(running: _Running, *, index: int, distance_m: float, start_s: float, end_s: float) -> Split:
    def gained(total: Samples | None) -> float | None:
        if total is None:
            return None
        start, end = np.interp((start_s, end_s), np.arange(len(total)), total)
        return float(end - start)

    moving_s = gained(running.moving_s) or 0.0
    beats, beating_s, adjusted_m = gained(running.beats), gained(running.beating_s), gained(running.adjusted_m)
    return Split(
        index=index,
        distance_m=distance_m,
        elapsed_s=end_s - start_s,
        moving_s=moving_s,
        ascent_m=gained(running.ascent_m),
        mean_hr=beats / beating_s if beats is not None and beating_s else None,
        gap_mps=adjusted_m / moving_s if adjusted_m is not None and moving_s else None,
    )
