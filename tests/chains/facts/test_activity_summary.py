"""Each detector of an activity summary with its gate: what it says, and when it holds its tongue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chains.facts.registry import analyse
from chains.training.activity import (
    HeartRateTime,
    Purpose,
    RecordingMetrics,
    SeriesName,
    Sport,
)
from chains.training.profile import Profile, Threshold
from tests.builders import TODAY, ride, run, summary_of, swim
from tests.chains.facts.reading import like, reasons, shown, value


def test_plain_measures() -> None:
    sheet = analyse(summary_of(run(km=10, pace_s=330)))
    assert (shown(sheet, "activity.distance"), shown(sheet, "activity.moving_time"), shown(sheet, "activity.pace")) == (
        "10.0 km",
        "55:00",
        "5:30 /km",
    )
    assert shown(sheet, "activity.hr") == "145 bpm"
    assert shown(sheet, "activity.ascent") == "40 m"


def test_rides_have_a_speed_and_swims_a_pace_per_hundred() -> None:
    assert shown(analyse(summary_of(ride(kmh=27))), "activity.speed") == "27.0 km/h"
    assert shown(analyse(summary_of(swim(pace_100_s=110))), "activity.pace") == "1:50 /100 m"


def test_a_hand_entry_counts_for_volume_only() -> None:
    sheet = analyse(summary_of(run(by_hand=True), like(8)))
    assert {"activity.distance", "data.hand_entered"} <= set(sheet.facts)
    assert not {"activity.pace", "activity.hr", "activity.pace_vs_usual", "record.margin"} & set(sheet.facts)
    assert "hand" in reasons(sheet)["activity.pace"]


def test_a_pace_no_human_runs_is_no_measurement() -> None:
    sheet = analyse(summary_of(run(km=10.8, pace_s=113)))
    assert "activity.pace" not in sheet.facts
    assert "too fast" in reasons(sheet)["activity.pace"]


def test_ascent_above_six_times_the_range_is_withheld_and_asked() -> None:
    sheet = analyse(summary_of(replace(run(), ascent_m=558, altitude_high_m=57.0)))
    assert "activity.ascent" not in sheet.facts
    assert "barometer" in reasons(sheet)["activity.ascent"]
    assert "ascent_fault" in [a.id for a in sheet.asks]


def test_standing_time_is_told_where_it_is_unusual() -> None:
    long_stop = analyse(summary_of(run(stopped_s=2000), like(6)))
    assert shown(long_stop, "activity.stops") == "33:20"
    assert "activity.usual_stops_share" in long_stop.facts
    assert "activity.usual_stops_share" not in analyse(summary_of(run(stopped_s=2000), like(2))).facts
    assert "pause_reason" in [a.id for a in long_stop.asks]
    habit = [replace(a, elapsed_s=a.elapsed_s + 2000) for a in like(6)]
    assert "activity.stops" not in analyse(summary_of(run(stopped_s=2000), habit)).facts


def test_gap_names_its_model() -> None:
    sheet = analyse(summary_of(run(metrics=RecordingMetrics(gap_mps=3.2))))
    assert "Minetti" in sheet.facts["activity.gap"].label


def test_heart_rate_that_equals_the_steps_is_withheld_explained_and_asked() -> None:
    sheet = analyse(summary_of(run(hr=171.0, steps=172.0), like(8)))
    assert not {"activity.hr", "activity.beats_vs_usual", "activity.hr_vs_usual"} & set(sheet.facts)
    assert sheet.facts["activity.hr_fault"].causes == ("data.hr_mean", "data.steps")
    assert {"activity.hr", "activity.beats_vs_usual", "load.session"} <= set(reasons(sheet))
    assert "hr_fault" in [a.id for a in sheet.asks]
    assert sheet.options[0].id == "reject_heart_rate"


@pytest.mark.parametrize("around", [{"profile": Profile(heart_rate_unreliable=True)}, {}])
def test_heart_rate_the_athlete_rejected_is_not_used(around: dict[str, Profile]) -> None:
    excluded = () if around else (SeriesName.HEART_RATE,)
    sheet = analyse(summary_of(replace(run(), excluded_series=excluded), like(8), **around))
    assert "activity.hr" not in sheet.facts


def test_zones_only_from_a_threshold_of_this_athlete_with_its_age() -> None:
    time = HeartRateTime(floor_bpm=140, seconds=(0,) * 5 + (3300,))
    timed = run(metrics=RecordingMetrics(heart_rate_time=time))
    without = analyse(summary_of(timed))
    assert not [i for i in without.facts if i.startswith("zone.")]
    assert "threshold" in reasons(without)["zone"]

    profile = Profile(lthr={Sport.RUN: Threshold(value=168, date=TODAY - timedelta(days=40))})
    with_one = analyse(summary_of(timed, profile=profile))
    assert shown(with_one, "zone.below_threshold") == "100 %"
    assert shown(with_one, "profile.lthr_age", "count") == "40 days"
    later = Profile(lthr={Sport.RUN: Threshold(value=168, date=TODAY + timedelta(days=1))})
    assert "zone.below_threshold" not in analyse(summary_of(timed, profile=later)).facts


def test_like_for_like_pace() -> None:
    sheet = analyse(summary_of(run(pace_s=320), like(5)))
    fact = sheet.facts["activity.pace_vs_usual"]
    assert shown(sheet, fact.id) == "-0:10 /km"
    assert (fact.direction, fact.polarity, fact.n) == (-1, 1, 5)


def test_four_like_runs_are_too_few() -> None:
    sheet = analyse(summary_of(run(pace_s=320), like(4)))
    assert "activity.pace_vs_usual" not in sheet.facts
    assert reasons(sheet)["activity.pace_vs_usual"].startswith("4 like sessions")
    assert value(sheet, "data.like_needed") == 5


@pytest.mark.parametrize(
    "other",
    [
        {"km": 12.5},
        {"since": 181},
        {"pace_s": 100.0},
    ],
)
def test_what_is_not_alike_does_not_count(other: dict[str, float]) -> None:
    sheet = analyse(summary_of(run(), like(6, **other)))  # type: ignore[arg-type]
    assert "activity.pace_vs_usual" not in sheet.facts


def test_other_climb_other_ground_and_races_are_not_alike() -> None:
    hilly = [replace(a, ascent_m=170.0) for a in like(6)]
    trail = [replace(a, sub_sport="trail") for a in like(6)]
    races = [replace(a, purpose=Purpose.RACE) for a in like(6)]
    for others in (hilly, trail, races):
        assert "activity.pace_vs_usual" not in analyse(summary_of(run(), others)).facts


def test_heart_rate_against_like_runs_is_neither_better_nor_worse() -> None:
    fact = analyse(summary_of(run(hr=152), like(6))).facts["activity.hr_vs_usual"]
    assert (fact.value, fact.direction, fact.polarity) == (7.0, 1, 0)


def test_fewer_heartbeats_per_kilometre_are_better() -> None:
    sheet = analyse(summary_of(run(hr=137), like(8)))
    fact = sheet.facts["activity.beats_vs_usual"]
    assert value(sheet, fact.id) == pytest.approx(137 / 145 - 1)
    assert (fact.direction, fact.polarity) == (-1, 1)
    assert shown(sheet, "activity.beats_place") == "cheapest of 9 such runs"
    rank = sheet.facts["activity.beats_place"].rank
    assert rank is not None
    assert (rank.place, rank.of) == (1, 9)


def test_a_dear_run_is_asked_about() -> None:
    assert "dear_run" in [a.id for a in analyse(summary_of(run(hr=158), like(8))).asks]
    assert "dear_run" not in [a.id for a in analyse(summary_of(run(hr=147), like(8))).asks]


def test_another_effort_is_not_compared_by_its_price() -> None:
    sheet = analyse(summary_of(run(pace_s=290, hr=162), like(8)))
    assert sheet.facts["activity.effort"].direction == 1
    assert "activity.beats_vs_usual" not in sheet.facts
    assert "another kind" in reasons(sheet)["activity.beats_vs_usual"]
    assert "easy_next" in [o.id for o in sheet.options]


def test_mornings_and_afternoons_are_told_apart() -> None:
    earlier = like(6) + [replace(a, mean_hr=156.0) for a in like(6, hour=17)]
    sheet = analyse(summary_of(run(hr=156, hour=17), sorted(earlier, key=lambda a: a.started_at)))
    assert value(sheet, "daypart.gap") == pytest.approx(156 / 145 - 1)
    assert sheet.facts["daypart.beats_vs_usual"].direction == 0
    assert "daypart.gap" not in analyse(summary_of(run(hr=156, hour=17), like(12))).facts


def test_a_row_of_dear_runs_is_counted_from_three() -> None:
    base = like(10, since=12)
    dear = [run(days_ago=d, hr=155) for d in (6, 3)]
    assert value(analyse(summary_of(run(hr=155), [*base, *dear])), "activity.streak") == 3
    assert "activity.streak" not in analyse(summary_of(run(hr=155), [*base, dear[0]])).facts


def test_the_last_run_as_cheap_is_dated() -> None:
    sheet = analyse(summary_of(run(hr=139.5), [run(days_ago=60, hr=139), *like(8)]))
    assert sheet.facts["activity.cheap_since"].value == TODAY - timedelta(days=60)
    assert "activity.cheap_since" not in analyse(summary_of(run(hr=139.5), [*like(8), run(days_ago=2, hr=139)])).facts
