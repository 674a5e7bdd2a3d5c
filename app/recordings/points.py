"""Points of a TCX or GPX file, and the distance between them where the file does not say; coordinates end here."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np

from app.recordings.resampling import gap_limit, moving_mps
from app.recordings.sports import ON_FOOT
from app.recordings.track import Stretch, Track, track_of
from chains.training.activity import Sport
from chains.training.recording import Samples

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""
BOTH_LEGS_SPM = 120.0
"""Nobody runs at 120 strides: a median above is already steps of both legs."""
SEAM_S = 2.0
"""A new stretch of track that begins sooner is a seam of the file, not a pause."""
MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point as the file holds it; `resumes` where the file begins a new stretch of track here."""

    values: Mapping[str, float]
    latitude: float = math.nan
    longitude: float = math.nan
    resumes: bool = False


def instant(text: str | None) -> float:
    """ISO 8601 as unix seconds, universal time where no zone is named; NaN where it is none."""
    try:
        return unix_seconds(datetime.fromisoformat((text or "").strip()))
    except ValueError:
        return math.nan


def unix_seconds(moment: datetime) -> float:
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return math.nan


def number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return math.nan


def track_of_points(points: Sequence[Point], sport: Sport) -> Track:
    """A clean track; distance from the coordinates where no point carries one. Raises RecordingError as `track_of`."""
    rows: list[dict[str, float]] = [dict(point.values) for point in points]
    if not any(row.get("distance_m", 0.0) > 0 for row in rows):
        for row, distance in zip(rows, _travelled(points, sport).tolist(), strict=True):
            row["distance_m"] = distance
    track = track_of(rows, stops=_breaks(points))
    return _with_both_legs(track) if sport in ON_FOOT else track


def _travelled(points: Sequence[Point], sport: Sport) -> Samples:
    """Cumulative great-circle distance along the times; NaN where a point has no place.

    Metres count only where their seconds do: nothing across a pause of the watch, and across a gap no more than the drift of somebody
    standing, which counts everywhere else too.
    """
    columns = np.array([(p.values.get("time_s", math.nan), p.latitude, p.longitude, p.resumes) for p in points], dtype=np.float64)
    distance = np.full(len(points), np.nan)
    placed = np.flatnonzero(np.isfinite(columns).all(axis=1) & (np.abs(columns[:, 1]) <= 90) & (np.abs(columns[:, 2]) <= 180))
    order = placed[np.argsort(columns[placed, 0], kind="stable")]
    if len(order) < 2:
        return distance
    time, latitude, longitude, resumes = columns[order].T
    steps = _haversine_m(np.radians(latitude), np.radians(longitude))
    seconds = np.maximum(np.diff(time), 1e-3)
    travelled = (seconds > gap_limit(time)) & (steps / seconds >= moving_mps(sport))
    steps[travelled | (resumes[1:] > 0)] = 0.0
    distance[order] = np.concatenate(([0.0], np.cumsum(steps)))
    return distance


def _haversine_m(latitude: Samples, longitude: Samples) -> Samples:
    """Distance from each point to the next, radians in, metres out."""
    half_lat, half_lon = np.diff(latitude) / 2, np.diff(longitude) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(latitude[:-1]) * np.cos(latitude[1:]) * np.sin(half_lon) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))), dtype=np.float64)


def _breaks(points: Sequence[Point]) -> Iterator[Stretch]:
    """The time between two stretches of track: the athlete had stopped the watch."""
    for before, after in pairwise(points):
        start, end = before.values.get("time_s", math.nan), after.values.get("time_s", math.nan)
        if after.resumes and end - start > SEAM_S:
            yield Stretch(start_s=start, end_s=end)


def _with_both_legs(track: Track) -> Track:
    """Cadence on foot as steps per minute: files count one leg."""
    turning = track.cadence[track.cadence > 0]
    one_leg = len(turning) > 0 and float(np.median(turning)) <= BOTH_LEGS_SPM
    return replace(track, cadence=track.cadence * 2) if one_leg else track
