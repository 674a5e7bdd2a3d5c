"""A year of the log as a document: what was written is read, one year or many at once."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from app.history.blocks import to_block, to_log
from chains.training.activity import Activity, DistanceEffort, HeartRateTime, RecordingMetrics
from chains.training.joining import joined
from chains.training.log import log_of
from chains.training.rows import COLUMNS, NONE
from tests.builders import ride, run

YEARS = (2024, 2025, 2026)


def recorded(activity: Activity, bpm: int, device: str | None) -> Activity:
    time = HeartRateTime(floor_bpm=bpm, seconds=(600, 900))
    stretch = DistanceEffort(distance_m=5000.0, elapsed_s=1500.0 + bpm, start_s=0.0)
    return replace(activity, device=device, metrics=RecordingMetrics(heart_rate_time=time, distance_efforts=(stretch,)))


DONE = (
    *(recorded(run(days_ago), 120 + days_ago % 40, "watch" if days_ago > 300 else None) for days_ago in range(20, 700, 90)),
    *(recorded(ride(days_ago), 110, "computer") for days_ago in range(5, 700, 120)),
    *(run(days_ago) for days_ago in range(3, 700, 75)),
)


@pytest.mark.parametrize("years", [(), YEARS[:1], YEARS])
def test_years_are_read_as_one_log(years: tuple[int, ...]) -> None:
    whole = log_of(DONE)
    parts = [whole.between(date(year, 1, 1), date(year, 12, 31)) for year in years]
    expected = log_of([activity for part in parts for activity in part.activities("ada")])

    found = to_log([to_block(part) for part in parts])

    assert found.activities("ada") == expected.activities("ada")
    assert len(found) == sum(map(len, parts))


def test_the_watch_of_two_years_is_one_watch() -> None:
    """A change of device cuts a trend; new year is none."""
    done = [replace(run(days_ago), device=device) for days_ago, device in ((900, "old"), (600, "watch"), (300, "watch"), (2, None))]
    years = [log_of([activity]) for activity in done]

    for log in (to_log([to_block(year) for year in years]), joined(years)):
        old, before, after, unknown = log.field("device").tolist()
        assert before == after != old
        assert unknown == NONE
        assert log.devices == ("old", "watch")


@pytest.mark.parametrize("rows", [[], [0], [-1], [3, 4], [0, 9, 20, 21], [-2, 5, 1]])
def test_a_few_sessions_of_many_years_are_those_of_all(rows: list[int]) -> None:
    """In any order, with a year between that holds none."""
    parts = [log_of([a for a in DONE if a.local_date.year == year]) for year in (2024, 2019, 2025, 2026)]
    log = to_log([to_block(part) for part in parts])
    everything = log.activities("ada")

    few = replace(log, at=log.at[rows]).activities("ada")

    assert few == tuple(everything[row] for row in rows)


def test_heart_rate_times_that_were_not_read_are_none_of_a_later_year() -> None:
    whole = log_of(DONE)
    first, second = (to_block(whole.between(date(year, 1, 1), date(year, 12, 31))) for year in YEARS[:2])
    del first["hearts"]

    seconds = to_log([first, second]).heart_seconds().sum(axis=1)

    assert not seconds[: first["n"]].any()
    assert np.array_equal(seconds[first["n"] :], to_log([second]).heart_seconds().sum(axis=1))
    assert seconds.any()


def test_a_column_that_says_the_same_of_all_is_written_once() -> None:
    same, apart = (to_block(log_of([run(days_ago, hr=140.0 + step * days_ago) for days_ago in range(5)])) for step in (0, 1))
    assert len(apart["columns"]) - len(same["columns"]) == 4 * COLUMNS["mean_hr"].itemsize
    assert to_log([same]).column("sport").tolist() == [0.0] * 5


def test_identifiers_take_no_more_room_than_they_need() -> None:
    digits = [f"{n:032x}" for n in (1, 2**128 - 1)]
    names = ["a", "ü" * 16, "0" * 31, "G" * 32, "run-1"]
    for ids in (digits, names, [*digits, *names], names[:1]):
        log = log_of([replace(run(days_ago), id=one) for days_ago, one in enumerate(ids)])
        assert to_log([to_block(log)]).field("id").tolist() == log.field("id").tolist()
    hexed, named = (to_block(log_of([replace(run(0), id=one)])) for one in (digits[1], names[3]))
    assert len(named["columns"]) - len(hexed["columns"]) == 16


def test_years_with_identifiers_of_either_kind_are_read_as_one() -> None:
    years = [log_of([replace(run(days_ago), id=one)]) for days_ago, one in ((800, "x" * 20), (400, "f" * 32), (2, "short"))]
    assert to_log([to_block(year) for year in years]).field("id").tolist() == [b"x" * 20, b"f" * 32, b"short"]
