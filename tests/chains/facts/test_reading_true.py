"""What an athlete who checks the figures would catch: counts, differences and names that do not hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chains.facts.quantities import shown_pace_change
from chains.facts.registry import analyse
from chains.facts.wording import age_of
from chains.training.activity import HeartRateTime, RecordingMetrics, Sport
from chains.training.profile import Profile, Threshold, Units
from tests.builders import TODAY, review_of, ride, run, summary_of, weeks_of
from tests.chains.facts.reading import like, reasons, shown, value

FIELD = weeks_of(14)


def test_a_few_metres_more_are_no_longer_run() -> None:
    sheet = analyse(summary_of(run(km=20.1), [*FIELD, run(days_ago=60, km=24), *(run(days_ago=d, km=20) for d in (25, 20))]))
    assert "history.longest_since" not in sheet.facts
    assert "long.ratio" not in sheet.facts


def test_days_are_counted_as_days_where_some_held_two_runs() -> None:
    doubles = [run(days_ago=d, km=8, hour=hour) for d in range(40, 0, -2) for hour in (7, 17)]
    sheet = analyse(summary_of(run(km=15), [run(days_ago=90, km=15), *doubles]))
    assert shown(sheet, "history.shorter_since", "count") == "20 days"
    assert shown(sheet, "history.longest_between") == "8.0 km"


def test_a_new_longest_names_the_old_one() -> None:
    sheet = analyse(summary_of(run(km=18), FIELD))
    assert shown(sheet, "history.longest_before") == "12.0 km"


def test_a_trainer_is_no_road() -> None:
    rides = [ride(days_ago=d, km=30) for d in range(60, 0, -6)]
    assert "history.longest_of" in analyse(summary_of(ride(km=60), rides)).facts
    assert "history.longest_of" not in analyse(summary_of(replace(ride(km=60), trainer=True), rides)).facts


@pytest.mark.parametrize(("hr", "told"), [(139.5, True), (144.5, False)])
def test_the_cheapest_since_has_to_be_cheap(hr: float, told: bool) -> None:
    dear = [run(days_ago=d, hr=145) for d in range(28, 0, -4)]
    sheet = analyse(summary_of(run(hr=hr), [run(days_ago=70, hr=hr - 1), *weeks_of(8, from_weeks_ago=12), *dear]))
    assert ("activity.cheap_since" in sheet.facts) is told


@pytest.mark.parametrize("units", list(Units))
def test_a_difference_is_that_of_the_paces_on_the_page(units: Units) -> None:
    unit_m = 1000.0 if units is Units.METRIC else 1609.344
    change = shown_pace_change(1000 / 297.6, 1000 / 290.4, Sport.RUN, units)
    assert change * unit_m == pytest.approx(round(0.2976 * unit_m) - round(0.2904 * unit_m))


def test_the_day_adds_up_over_all_its_sessions() -> None:
    sheet = analyse(summary_of(run(km=5, hour=18), [*FIELD, run(km=10, hour=6), run(km=2, hour=9), run(km=8, hour=12)]))
    assert shown(sheet, "day.earlier_distance") == "20.0 km"
    assert shown(sheet, "day.distance") == "25.0 km"


def test_a_day_on_the_bike_is_no_day_off() -> None:
    week = (run(5, hr=145), run(1, hr=135))
    assert "best_day.rested" in analyse(review_of((*FIELD, *week))).facts
    assert "best_day.rested" not in analyse(review_of((*FIELD, *week, ride(2)))).facts


def test_second_runs_are_dear_only_beyond_what_sensors_repeat() -> None:
    pairs = [a for d in (4, 1) for a in (run(d, km=9, hr=145), run(d, km=9, hr=146, hour=17))]
    sheet = analyse(review_of((*FIELD, *pairs)))
    assert sheet.facts["double_days.beats_gap"].direction == 0
    assert "option.second_hr" not in sheet.facts


def test_failed_ways_back_count_among_the_precedents() -> None:
    blocks = [a for last in (40, 27, 14, 1) for a in weeks_of(12, from_weeks_ago=last)]
    never_again = weeks_of(12, from_weeks_ago=53, kms=(30, 30, 30, 30))
    assert value(analyse(review_of(blocks)), "break.past") == 3
    assert value(analyse(review_of([*never_again, *blocks])), "break.past") == 4


def test_normalized_power_needs_twenty_minutes_and_a_living_ftp() -> None:
    known = Profile(ftp_w=Threshold(value=200, date=TODAY - timedelta(days=30)))
    assert "20 minutes" in reasons(analyse(summary_of(ride(km=6, np_w=150), profile=known)))["activity.np"]
    beyond = analyse(summary_of(ride(km=40, np_w=232), profile=known))
    assert "activity.if" not in beyond.facts
    assert "too low" in reasons(beyond)["activity.if"]


@pytest.mark.parametrize(("days", "told"), [(0, (0, "day")), (45, (45, "day")), (200, (6, "month")), (4282, (11, "year"))])
def test_an_age_is_told_in_the_unit_one_would_say(days: int, told: tuple[int, str]) -> None:
    assert age_of(TODAY - timedelta(days=days), TODAY) == told


def test_an_old_threshold_shows_its_years() -> None:
    old = Profile(lthr={Sport.RUN: Threshold(value=168, date=date(2015, 1, 1))})
    time = HeartRateTime(floor_bpm=140, seconds=(3300,))
    sheet = analyse(summary_of(run(metrics=RecordingMetrics(heart_rate_time=time)), like(6), profile=old))
    assert shown(sheet, "profile.lthr_age", "count") == "eleven years"


def test_a_lighter_week_is_tried_only_at_the_base() -> None:
    row = weeks_of(12)
    assert "option.light_distance" in analyse(review_of((*row, *weeks_of(1, from_weeks_ago=0)))).facts
    bigger = analyse(review_of((*row, *weeks_of(1, from_weeks_ago=0, kms=(14, 12, 16, 12)))))
    assert "option.light_distance" not in bigger.facts
    assert value(bigger, "week.distance_vs_base") > 0.25
