"""TCX files: one recording per activity, read while streaming."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from app.recordings.points import MOST_POINTS, Point, instant, number, track_of_points
from app.recordings.resampling import resample
from app.recordings.safe_xml import safe_text
from app.recordings.sports import device_of, sport_of
from chains.errors import RecordingError
from chains.training.activity import Lap
from chains.training.recording import DeviceTotals, Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class TcxLap:
    """What a lap says of itself; NaN where it does not."""

    start: float
    timer_s: float
    distance_m: float
    mean_hr: float
    max_hr: float
    mean_power_w: float
    trigger: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TcxActivity:
    """One activity as the file holds it."""

    sport: str
    device: str | None
    points: tuple[Point, ...]
    laps: tuple[TcxLap, ...]


@dataclass(slots=True)
class _Reading:
    """What was met since the last activity ended."""

    points: list[Point] = field(default_factory=list)
    laps: list[TcxLap] = field(default_factory=list)
    tracks_in_lap: int = 0
    resumes: bool = False


def decode_tcx(content: bytes) -> tuple[Recording, ...]:
    """Every activity with samples. Raises RecordingError where none is usable."""
    done: list[Recording] = []
    failed: RecordingError | None = None
    for activity in read_activities(safe_text(content)):
        try:
            done.append(_recording(activity))
        except RecordingError as error:
            failed = failed or error
    if not done:
        raise failed or RecordingError("the TCX file holds no activity")
    return tuple(done)


def read_activities(text: str) -> Iterator[TcxActivity]:
    """The activities of a document that `safe_text` let through."""
    reading = _Reading()
    for event, element in iterparse(io.BytesIO(text.encode()), events=("start", "end"), forbid_dtd=True):
        tag = _local(element)
        if event == "start":
            if tag == "Track":
                reading.resumes = reading.tracks_in_lap > 0
                reading.tracks_in_lap += 1
        elif tag == "Trackpoint":
            _take_point(reading, element)
        elif tag == "Lap":
            reading.laps.append(_lap(element))
            reading.tracks_in_lap = 0
            element.clear()
        elif tag == "Activity":
            yield TcxActivity(
                sport=element.get("Sport", ""),
                device=_text(element, "Creator", "Name"),
                points=tuple(reading.points),
                laps=tuple(reading.laps),
            )
            reading = _Reading()
            element.clear()


def _take_point(reading: _Reading, element: Element) -> None:
    if len(reading.points) >= MOST_POINTS:
        raise RecordingError("the TCX file holds more points than a week of seconds")
    reading.points.append(replace(_point(element), resumes=reading.resumes))
    reading.resumes = False
    element.clear()


def _point(element: Element) -> Point:
    found = {_local(e): e.text for e in element.iter() if e.text}
    heart_rate = _text(element, "HeartRateBpm", "Value")
    values = {
        "time_s": instant(found.get("Time")),
        "distance_m": number(found.get("DistanceMeters")),
        "speed_mps": number(found.get("Speed")),
        "altitude_m": number(found.get("AltitudeMeters")),
        "heart_rate": number(heart_rate),
        "power_w": number(found.get("Watts")),
        "cadence": number(found.get("RunCadence") or found.get("Cadence")),
    }
    return Point(
        values={name: value for name, value in values.items() if math.isfinite(value)},
        latitude=number(found.get("LatitudeDegrees")),
        longitude=number(found.get("LongitudeDegrees")),
    )


def _lap(element: Element) -> TcxLap:
    return TcxLap(
        start=instant(element.get("StartTime")),
        timer_s=number(_text(element, "TotalTimeSeconds")),
        distance_m=number(_text(element, "DistanceMeters")),
        mean_hr=number(_text(element, "AverageHeartRateBpm", "Value")),
        max_hr=number(_text(element, "MaximumHeartRateBpm", "Value")),
        mean_power_w=number(_text(element, "Extensions", "LX", "AvgWatts")),
        trigger=_text(element, "TriggerMethod"),
    )


def _recording(activity: TcxActivity) -> Recording:
    sport, sub_sport = sport_of(activity.sport)
    track = track_of_points(activity.points, sport)
    start = float(track.time_s[0])
    resampled = resample(track, sport=sport)
    return Recording(
        sport=sport,
        sub_sport=sub_sport,
        started_at=datetime.fromtimestamp(start, UTC),
        format="tcx",
        device=device_of(None, activity.device),
        device_power=resampled.series.power_w is not None,
        series=resampled.series,
        laps=tuple(_laps(activity.laps, start, float(track.time_s[-1]))),
        pauses=resampled.pauses,
        totals=_totals(activity.laps),
    )


def _laps(laps: Sequence[TcxLap], start_s: float, end_s: float) -> Iterator[Lap]:
    """Laps with a start, each until the next one begins."""
    placed = [lap for lap in laps if math.isfinite(lap.start)]
    ends = [lap.start for lap in placed[1:]] + [end_s]
    for lap, end in zip(placed, ends, strict=True):
        elapsed = max(end - lap.start, 0.0)
        yield Lap(
            start_s=max(lap.start - start_s, 0.0),
            elapsed_s=elapsed,
            moving_s=min(lap.timer_s, elapsed) if lap.timer_s > 0 else elapsed,
            distance_m=lap.distance_m if lap.distance_m > 0 else 0.0,
            mean_hr=lap.mean_hr if lap.mean_hr > 0 else None,
            mean_power_w=lap.mean_power_w if lap.mean_power_w > 0 else None,
            trigger=lap.trigger.lower() if lap.trigger else None,
        )


def _totals(laps: Sequence[TcxLap]) -> DeviceTotals:
    """Sums over the laps; heart rate weighted by their time."""
    timed = [lap for lap in laps if lap.timer_s > 0]
    beating = [lap for lap in timed if lap.mean_hr > 0]
    return DeviceTotals(
        distance_m=sum(lap.distance_m for lap in laps if lap.distance_m > 0) or None,
        moving_s=sum(lap.timer_s for lap in timed) or None,
        mean_hr=sum(lap.mean_hr * lap.timer_s for lap in beating) / sum(lap.timer_s for lap in beating) if beating else None,
        max_hr=max((lap.max_hr for lap in laps if lap.max_hr > 0), default=None),
    )


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element, *path: str) -> str | None:
    """Text of the first element along a path of local names."""
    at: Element | None = element
    for name in path:
        at = next((child for child in at if _local(child) == name), None) if at is not None else None
    return at.text if at is not None else None
