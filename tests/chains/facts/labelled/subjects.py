"""Opens what a label speaks of: a recording, one row of a history, a drawing, or two of them."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from app.activities.strava import StravaActivity
from app.imports.reading import entry_of, measured_session
from app.recordings.decode import decode
from chains.training.activity import Activity, Sport
from chains.training.recording import Recording, Samples, Series
from tests.chains.facts.labelled.faults import labelled_fault
from tests.chains.facts.labelled.later import later_recordings
from tests.chains.facts.labelled.recordings import SHAPES, labelled_recording
from tests.chains.facts.labelled.seasons import season
from tests.shared_data import needs

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Copenhagen")
ATHLETE = "labelled"
FIRST, FRESH = ("development", "held_out"), ("fresh_development", "fresh_held_out")
"""Two sets of labels: the detectors were made with half of the first in sight, and mended with half of the second."""
RECORDED = {".fit", ".tcx", ".gpx"}


class Label(NamedTuple):
    """`fault` is empty where the set is about one thing only."""

    subject: str
    expected: bool
    why: str
    fault: str = ""


def labels(name: str, files: Sequence[str] = FIRST) -> tuple[Label, ...]:
    """Every certain label of a set, in the files named."""
    paths = [HERE / f"{name}_{file}.jsonl" for file in files]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Label(row["subject"], row["expected"], row["why"], row.get("fault", "")) for row in rows if "subject" in row and row["certain"]
    )


def activities_of(subject: str) -> tuple[Activity, ...]:
    """The activity behind a subject; two of a pair."""
    return tuple(activity for part in subject.split("|") for activity in _one(part))


@cache
def recordings_of(subject: str) -> tuple[Recording, ...]:
    """Of a file or a drawing; skips the test where the file is absent."""
    if subject.startswith("synthetic:"):
        _, shape, seed = subject.split(":")
        return (labelled_recording(shape, int(seed)).recording,) if shape in SHAPES else labelled_fault(shape, int(seed)).recordings
    if subject.startswith("later:"):
        _, shape, seed, *paths = subject.split(":")
        return later_recordings(shape, int(seed), recordings_of(paths[0])[0] if paths else None)
    path = needs(*subject.split("/"))
    return (_from_samples(path),) if subject.endswith(".json.gz") else decode(path.name, path.read_bytes())


@cache
def measured(subject: str) -> tuple[Activity, ...]:
    """The recordings of a subject as the service would keep them."""
    return tuple(entry_of(measured_session(r), ATHLETE, ZONE, subject).activity for r in recordings_of(subject))


@cache
def summaries(path: str) -> tuple[Activity, ...]:
    """All Strava activities of a file, oldest first, named by their number there."""
    content = needs(*path.split("/")).read_bytes()
    text = gzip.decompress(content).decode() if path.endswith(".gz") else content.decode()
    found = [json.loads(line) for line in text.splitlines()] if "ndjson" in path else json.loads(text)
    payloads = [StravaActivity.model_validate(one) for one in _payloads(found)]
    return tuple(sorted((p.activity(str(p.id), ATHLETE, ZONE) for p in payloads), key=lambda a: (a.started_at, a.id)))


@cache
def folder(path: str) -> tuple[Activity, ...]:
    """All recordings of a folder as the history of one athlete, oldest first."""
    files = [p for p in sorted(needs(*path.split("/")).iterdir()) if RECORDED & {suffix.lower() for suffix in p.suffixes}]
    every = [activity for p in files for activity in measured(f"{path}/{p.name}")]
    return tuple(sorted(every, key=lambda a: a.started_at))


def _one(subject: str) -> Sequence[Activity]:
    path, _, number = subject.partition("#")
    if path.startswith("season:"):
        return [a for a in season(int(path.removeprefix("season:"))) if number in ("", a.id)]
    if number:
        return [a for a in summaries(path) if a.id == number]
    return _with_streams(path) if path.endswith(".json") else measured(path)


def _with_streams(path: str) -> Sequence[Activity]:
    """A detailed activity, streams, or both in one file."""
    content = json.loads(needs(*path.split("/")).read_text())
    streams = content.get("streams") if isinstance(content, dict) else content if "data" in content[0] else None
    if streams is None:
        return summaries(path)
    by_name = streams if isinstance(streams, dict) else {one["type"]: one["data"] for one in streams}
    recorded = _streamed(by_name)
    return [replace(a, metrics=recorded.metrics) for a in summaries(path)] if isinstance(content, dict) else [recorded]


def _payloads(found: Any) -> Iterator[Any]:
    """Activities however deep they lie."""
    if isinstance(found, list):
        for one in found:
            yield from _payloads(one)
    else:
        yield found.get("activity", found)


def _from_samples(path: Path) -> Recording:
    """A ride of the Golden Cheetah kind, one sample a second."""
    samples = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8-sig"))["RIDE"]["SAMPLES"]

    def channel(name: str, factor: float = 1.0) -> Samples:
        return np.array([sample.get(name, np.nan) for sample in samples], dtype=np.float64) * factor

    speed = channel("KPH", 1 / 3.6)
    series = Series(
        time_s=np.arange(len(samples), dtype=np.int64),
        moving=speed > 0.5,
        distance_m=channel("KM", 1000.0),
        speed_mps=speed,
        power_w=channel("WATTS"),
        cadence=channel("CAD"),
    )
    return Recording(sport=Sport.RIDE, started_at=datetime(2017, 4, 24, tzinfo=UTC), format="json", device_power=True, series=series)


def _streamed(streams: Mapping[str, Sequence[float | None]]) -> Activity:
    """Strava's streams of a ride, laid out by their time."""
    at = np.array(streams["time"], dtype=np.int64)

    def channel(name: str) -> Samples | None:
        if name not in streams:
            return None
        values = np.full(int(at[-1]) + 1, np.nan)
        values[at] = np.array([np.nan if v is None else v for v in streams[name]], dtype=np.float64)
        return values

    moving = np.zeros(int(at[-1]) + 1, dtype=np.bool_)
    moving[at] = np.array(streams.get("moving", np.ones(len(at))), dtype=np.bool_)
    series = Series(
        time_s=np.arange(len(moving), dtype=np.int64),
        moving=moving,
        distance_m=channel("distance"),
        heart_rate=channel("heartrate"),
        power_w=channel("watts"),
        cadence=channel("cadence"),
    )
    recording = Recording(sport=Sport.RIDE, started_at=datetime(2020, 6, 1, tzinfo=UTC), format="json", device_power=True, series=series)
    return entry_of(measured_session(recording), ATHLETE, ZONE, None).activity
