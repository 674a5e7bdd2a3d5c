"""GPX files: one recording per track with times."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePath

import gpxpy
from gpxpy.gpx import GPX, GPXException, GPXTrack, GPXTrackPoint

from app.recordings.points import MOST_POINTS, Point, number, track_of_points, unix_seconds
from app.recordings.resampling import resample
from app.recordings.safe_xml import safe_text
from app.recordings.sports import SPORTS, device_of, named, sport_of
from chains.errors import RecordingError
from chains.training.activity import Sport
from chains.training.recording import DeviceTotals, Recording

EXTENSIONS: Mapping[str, str] = {
    # Local names of Garmin's TrackPointExtension, the Cluetrust gpxdata schema, and what Strava and others write.
    "hr": "heart_rate",
    "heartrate": "heart_rate",
    "cad": "cadence",
    "cadence": "cadence",
    "power": "power_w",
    "PowerInWatts": "power_w",
    "speed": "speed_mps",
    "atemp": "temperature_c",
    "temp": "temperature_c",
}
EXPORTERS = re.compile(r"^(StravaGPX|Garmin Connect|https?://\S*)\s*", re.IGNORECASE)
"""Services that write files of activities which another device recorded."""


def decode_gpx(file_name: str, content: bytes) -> tuple[Recording, ...]:
    """Every track with at least two timed points. Raises RecordingError where there is none."""
    gpx = _parsed(safe_text(content))
    done: list[Recording] = []
    failed: RecordingError | None = None
    for track in gpx.tracks:
        try:
            done.append(_recording(track, gpx, file_name))
        except RecordingError as error:
            failed = failed or error
    if not done:
        raise failed or RecordingError("the GPX file holds no track: a route or waypoints, not an activity")
    return tuple(done)


def _parsed(text: str) -> GPX:
    try:
        return gpxpy.parse(text)
    except (GPXException, ValueError, AttributeError, TypeError, RecursionError) as damage:
        raise RecordingError("the file is no valid GPX") from damage


def _recording(track: GPXTrack, gpx: GPX, file_name: str) -> Recording:
    points = tuple(_points(track))
    if not any("time_s" in point.values for point in points):
        raise RecordingError("the GPX file has no times: a route, not an activity")
    sport, sub_sport = _sport(track, file_name)
    columns = track_of_points(points, sport)
    resampled = resample(columns, sport=sport)
    temperatures = [t for point in points if math.isfinite(t := point.values.get("temperature_c", math.nan))]
    return Recording(
        sport=sport,
        sub_sport=sub_sport,
        title=(track.name or "").strip()[:200],
        started_at=datetime.fromtimestamp(float(columns.time_s[0]), UTC),
        format="gpx",
        device=device_of(None, EXPORTERS.sub("", (gpx.creator or "").strip()) or None),
        device_power=resampled.series.power_w is not None,
        series=resampled.series,
        pauses=resampled.pauses,
        totals=DeviceTotals(temperature_c=sum(temperatures) / len(temperatures) if temperatures else None),
    )


def _points(track: GPXTrack) -> Iterator[Point]:
    held = [(point, s > 0 and i == 0) for s, segment in enumerate(track.segments) for i, point in enumerate(segment.points)]
    if len(held) > MOST_POINTS:
        raise RecordingError("the GPX file holds more points than a week of seconds")
    for point, resumes in held:
        yield Point(values=_values(point), latitude=point.latitude, longitude=point.longitude, resumes=resumes)


def _values(point: GPXTrackPoint) -> Mapping[str, float]:
    values = {
        "time_s": unix_seconds(point.time) if point.time else math.nan,
        "altitude_m": math.nan if point.elevation is None else float(point.elevation),
        "speed_mps": math.nan if point.speed is None else float(point.speed),
    }
    for extension in point.extensions:
        for element in extension.iter():
            channel = EXTENSIONS.get(str(element.tag).rpartition("}")[2])
            if channel:
                values[channel] = number(element.text)
    return {name: value for name, value in values.items() if math.isfinite(value)}


def _sport(track: GPXTrack, file_name: str) -> tuple[Sport, str | None]:
    """From the track's type; without one, from what the exporter put into the file's name or the title ('Afternoon Run')."""
    said = track.type or ""
    if said:
        return sport_of(said)
    stem = PurePath(file_name).name.split(".")[0]
    words = [named(word) for text in (stem, track.name or "") for word in re.split(r"[\W_]+", text)]
    return next((sport_of(word) for word in reversed(words) if word in SPORTS and not word.isdigit()), (Sport.OTHER, None))
