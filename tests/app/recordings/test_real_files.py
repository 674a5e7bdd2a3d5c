"""Real recordings: all of them decode, and what they say of time and distance is what other software found in them."""

import multiprocessing
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.recordings.decode import decode
from chains.errors import RecordingError
from chains.training.activity import Sport
from tests.shared_data import needs

ACTIVITIES = needs("activities")
ELEVATE = ACTIVITIES / "elevate_files"
SWEATPY = ACTIVITIES / "sweatpy_files"
FORMATS = (".fit", ".tcx", ".gpx", ".tcx.gz", ".gpx.gz")
EMPTY = "empty.fit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What the tests ask of one recording."""

    sport: Sport
    rows: int
    moving_s: float
    elapsed_s: float
    distance_m: float
    mean_hr: float
    device_moving_s: float | None
    device: str | None


def outlines(path: Path) -> tuple[Outline, ...] | str:
    """The recordings of a file, or the reason why there are none."""
    try:
        recordings = decode(path.name, path.read_bytes())
    except RecordingError as reason:
        return str(reason)
    return tuple(
        Outline(
            sport=r.sport,
            rows=len(r.series),
            moving_s=float(r.series.moving.sum()),
            elapsed_s=float(r.series.time_s[-1]),
            distance_m=0.0 if r.series.distance_m is None else float(r.series.distance_m[-1]),
            mean_hr=0.0 if r.series.heart_rate is None else float(np.nanmean(r.series.heart_rate)),
            device_moving_s=r.totals.moving_s,
            device=r.device,
        )
        for r in recordings
    )


@pytest.fixture(scope="module")
def decoded() -> Mapping[str, tuple[Outline, ...] | str]:
    paths = sorted(p for p in ACTIVITIES.rglob("*") if p.name.lower().endswith(FORMATS))
    with ProcessPoolExecutor(max_workers=2, mp_context=multiprocessing.get_context("spawn")) as pool:
        return dict(zip((p.name for p in paths), pool.map(outlines, paths, chunksize=8), strict=True))


def one(decoded: Mapping[str, tuple[Outline, ...] | str], name: str) -> Outline:
    found = decoded[name]
    assert not isinstance(found, str), found
    (outline,) = found
    return outline


def test_every_file_but_the_empty_one_decodes(decoded: Mapping[str, tuple[Outline, ...] | str]) -> None:
    failed = {name: found for name, found in decoded.items() if isinstance(found, str)}

    assert failed == {EMPTY: "the file is empty"}
    assert len(decoded) >= 70


def test_multisport_gives_the_run_and_the_row_without_the_transition(decoded: Mapping[str, tuple[Outline, ...] | str]) -> None:
    found = decoded["6471559601_ACTIVITY.fit"]

    assert not isinstance(found, str)
    assert [outline.sport for outline in found] == [Sport.RUN, Sport.OTHER]


@pytest.mark.parametrize("other", ["activity_5039744860.tcx", "activity_5039744860.gpx"])
def test_one_ride_in_three_formats_is_one_ride(decoded: Mapping[str, tuple[Outline, ...] | str], other: str) -> None:
    ours, theirs = one(decoded, "2020-06-01-16-52-40.fit"), one(decoded, other)

    assert theirs.sport is ours.sport is Sport.RIDE
    assert theirs.distance_m == pytest.approx(ours.distance_m, rel=0.03)
    assert theirs.moving_s == pytest.approx(ours.moving_s, rel=0.01)
    assert theirs.elapsed_s == pytest.approx(ours.elapsed_s, rel=0.01)
    assert theirs.mean_hr == pytest.approx(ours.mean_hr, rel=0.01)


# `activity.srcStats` (what the device or Strava said of the activity) in elevate_files/expected_values.json, seconds. Its `computedStats`
# come from that project's own rule and differ from these by up to 6 %.
MOVING_S = {
    "huez.fit": 19_664,
    "brevet-200k.fit": 27_289,
    "first-power-ride.fit": 10_056,
    "mini-enduro.fit": 5_416,
    "mont-eynard.fit": 21_274,
    "frozen.fit": 15_431,
    "sloatsburg.fit": 4_785,
    "pyselsky.fit": 9_609,
    "loup-blanc.fit": 16_747,
    "trosku.fit": 2_910,
    "portland.fit": 6_030,
    "pool-swim.fit": 1_390,
    "open-water-swim.gpx": 3_343,
    "spiros-01.fit": 2_642,
    "spiros-02.fit": 2_220,
}

# `computedStats.elapsedTime`, seconds.
ELAPSED_S = {
    "huez.fit": 22_033,
    "brevet-200k.fit": 30_437,
    "first-power-ride.fit": 10_453,
    "mini-enduro.fit": 11_114,
    "mont-eynard.fit": 25_480,
    "frozen.fit": 17_781,
    "sloatsburg.fit": 4_989,
    "pyselsky.fit": 9_699,
    "loup-blanc.fit": 18_791,
    "trosku.fit": 2_922,
    "portland.fit": 6_791,
    "pool-swim.fit": 1_390,
    "open-water-swim.gpx": 4_487,
    "spiros-01.fit": 3_964,
    "spiros-02.fit": 3_134,
}

# `activity.srcStats.distance`, metres.
DISTANCE_M = {
    "huez.fit": 141_944.2,
    "pool-swim.fit": 780.0,
    "open-water-swim.gpx": 2_536.0,
    "spiros-01.fit": 2_300.0,
    "spiros-02.fit": 2_000.0,
}


@pytest.mark.parametrize(("name", "expected_s"), MOVING_S.items())
def test_moving_time_is_what_the_device_said(decoded: Mapping[str, tuple[Outline, ...] | str], name: str, expected_s: float) -> None:
    assert one(decoded, name).moving_s == pytest.approx(expected_s, rel=0.01)


@pytest.mark.parametrize(("name", "expected_s"), ELAPSED_S.items())
def test_elapsed_time_is_from_the_first_to_the_last_sample(
    decoded: Mapping[str, tuple[Outline, ...] | str], name: str, expected_s: float
) -> None:
    assert one(decoded, name).elapsed_s == pytest.approx(expected_s, rel=0.01)


@pytest.mark.parametrize(("name", "expected_m"), DISTANCE_M.items())
def test_distance_is_what_the_device_said(decoded: Mapping[str, tuple[Outline, ...] | str], name: str, expected_m: float) -> None:
    assert one(decoded, name).distance_m == pytest.approx(expected_m, rel=0.01)


# The runner stood about for 20 s with the watch on.
STOOD = {"2013-06-08-090442.TCX.gz": 1_165}


def test_a_runner_who_stops_the_watch_moves_while_it_runs(decoded: Mapping[str, tuple[Outline, ...] | str]) -> None:
    """33 runs of one watch: laps say how long its timer ran, and this runner stops it to stand."""
    runs = {name: one(decoded, name) for name in decoded if name.endswith(".TCX.gz")}
    wrong = {
        name: (run.moving_s, run.device_moving_s)
        for name, run in runs.items()
        if run.moving_s != pytest.approx(STOOD.get(name, run.device_moving_s), rel=0.01)
    }

    assert len(runs) == 33
    assert wrong == {}


def test_devices_are_named_readably(decoded: Mapping[str, tuple[Outline, ...] | str]) -> None:
    names = {"huez.fit": "Garmin Edge 810", "4801048867.fit": "Garmin Forerunner 935", "3173437224.tcx": "Polar M400"}

    assert {name: one(decoded, name).device for name in names} == names
