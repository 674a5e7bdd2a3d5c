"""The sample athlete is believable: what a coach would check in a training log holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from chains.sample.athlete import SampleRecording, sample_athlete
from chains.sample.heart import MAX_BPM, RESTING_BPM
from chains.sample.season import ILL_DAYS, Phase, race_day, weeks_until
from chains.sample.workout import Session
from chains.training.activity import Sport
from chains.training.recording import Recording

SEED = 7
TODAY = date(2026, 5, 14)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Done:
    sample: SampleRecording
    recording: Recording

    @property
    def day(self) -> date:
        return self.sample.formed.planned.day

    @property
    def session(self) -> Session:
        return self.sample.formed.planned.session

    @property
    def distance_m(self) -> float:
        distance = self.recording.series.distance_m
        return 0.0 if distance is None else float(np.nanmax(distance))

    @property
    def speed_mps(self) -> float:
        return self.distance_m / float(self.recording.series.moving.sum())

    @property
    def mean_hr(self) -> float:
        pulse = self.recording.series.heart_rate
        return float("nan") if pulse is None else float(np.nanmean(pulse))


@pytest.fixture(scope="module")
def done() -> Sequence[Done]:
    return [Done(sample=s, recording=s.record()) for s in sample_athlete(SEED, TODAY).recordings]


def runs(done: Sequence[Done]) -> Sequence[Done]:
    return [d for d in done if d.recording.sport is Sport.RUN]


def run_metres(done: Sequence[Done], first: date, last: date) -> float:
    return sum(d.distance_m for d in runs(done) if first <= d.day <= last)


def test_sixteen_months_of_about_three_hundred_runs_and_rides(done: Sequence[Done]) -> None:
    assert 260 <= len(done) <= 360
    assert 470 <= (done[-1].day - done[0].day).days <= 500
    assert sum(d.recording.sport is Sport.RIDE for d in done) >= 40
    assert done[-1].day > TODAY - timedelta(days=3)


def test_no_planned_week_grows_by_more_than_a_tenth_over_the_largest_so_far() -> None:
    planned = [w.run_m for w in weeks_until(TODAY) if w.phase is not Phase.RACE]
    assert all(week <= 1.10 * max(planned[:i]) + 1 for i, week in enumerate(planned) if i)


def test_the_build_raises_volume_and_eases_every_fourth_week(done: Sequence[Done]) -> None:
    build = [w for w in weeks_until(TODAY) if w.phase is Phase.BUILD][-15:]
    volumes = [run_metres(done, w.start, w.start + timedelta(days=6)) for w in build]
    assert np.mean(volumes[-4:]) > 1.15 * np.mean(volumes[:4])
    assert sum(after < 0.88 * before for before, after in pairwise(volumes)) >= 3


def test_the_taper_cuts_between_41_and_60_percent(done: Sequence[Done]) -> None:
    """Bosquet et al. 2007, MSSE 39:1358: the cut that helped most."""
    race = race_day(TODAY)
    peak = run_metres(done, race - timedelta(days=28), race - timedelta(days=22))
    last = run_metres(done, race - timedelta(days=7), race - timedelta(days=1))
    assert 0.41 <= 1 - last / peak <= 0.60


def test_the_race_is_faster_than_every_training_run_of_its_kind(done: Sequence[Done]) -> None:
    race = next(d for d in done if d.session is Session.RACE)
    others = [d.speed_mps for d in runs(done) if d is not race and d.distance_m > 8_000]
    assert race.day == race_day(TODAY)
    assert race.speed_mps > 1.05 * max(others)
    assert 97 * 60 < 21_097.5 / race.speed_mps < 106 * 60
    assert race.recording.pauses == ()


def test_the_race_slows_a_little_and_its_pulse_climbs(done: Sequence[Done]) -> None:
    series = next(d for d in done if d.session is Session.RACE).recording.series
    assert series.distance_m is not None
    assert series.heart_rate is not None
    halfway = int(np.searchsorted(series.distance_m, series.distance_m[-1] / 2))
    assert 1.0 < (len(series) - halfway) / halfway < 1.03
    assert series.heart_rate[halfway:].mean() > series.heart_rate[600:halfway].mean() + 2


def test_the_same_pace_costs_fewer_heartbeats_after_the_build(done: Sequence[Done]) -> None:
    easy = [d for d in done if d.session is Session.EASY and not d.sample.formed.planned.strap_fault]
    race = race_day(TODAY)

    def beats_per_km(chosen: Sequence[Done]) -> float:
        return float(np.median([d.mean_hr / 60 / d.speed_mps * 1000 for d in chosen]))

    after = [d for d in easy if race - timedelta(days=60) <= d.day < race]
    assert beats_per_km(after) < 0.96 * beats_per_km(easy[:25])


def test_illness_leaves_twelve_days_without_a_session_and_a_raised_pulse_at_rest(done: Sequence[Done]) -> None:
    athlete = sample_athlete(SEED, TODAY)
    days = sorted({d.day for d in done})
    longest = max(pairwise(days), key=lambda pair: pair[1] - pair[0])
    ill = [w.resting_hr for w in athlete.wellness if longest[0] < w.date < longest[1] and w.resting_hr]
    well = [w.resting_hr for w in athlete.wellness if w.date < longest[0] and w.resting_hr]
    assert ILL_DAYS <= (longest[1] - longest[0]).days - 1 <= ILL_DAYS + 3
    assert np.mean(ill) > np.mean(well) + 4


def test_heart_rate_stays_within_what_a_body_does(done: Sequence[Done]) -> None:
    for d in done:
        pulse = d.recording.series.heart_rate
        assert pulse is not None
        assert np.nanmin(pulse) > RESTING_BPM
        assert np.nanmax(pulse) < MAX_BPM
        assert np.nanmax(np.abs(np.diff(pulse))) < 12 or d.sample.formed.planned.strap_fault


def test_heart_rate_follows_effort_with_a_lag(done: Sequence[Done]) -> None:
    intervals = next(d for d in done if d.session is Session.INTERVALS).recording
    hard = max(intervals.laps[1:-1], key=lambda lap: lap.distance_m / lap.moving_s)
    pulse = intervals.series.heart_rate
    assert pulse is not None
    start, end = int(hard.start_s), int(hard.start_s + hard.elapsed_s)
    assert pulse[end - 5 : end].mean() > pulse[start + 5 : start + 15].mean() + 10


def test_one_file_has_the_steps_for_the_pulse(done: Sequence[Done]) -> None:
    locked = [
        d for d in runs(done) if d.recording.series.cadence is not None and abs(d.mean_hr - np.nanmean(d.recording.series.cadence)) < 4
    ]
    assert [d.sample.formed.planned.strap_fault for d in locked] == [True]


def test_there_are_days_with_two_runs_and_runs_entered_by_hand(done: Sequence[Done]) -> None:
    days = [d.day for d in runs(done)]
    entries = sample_athlete(SEED, TODAY).hand_entries
    assert sum(days.count(day) == 2 for day in set(days)) >= 3
    assert 3 <= len(entries) <= 15
    assert all(e.distance_m % 500 == 0 and e.elapsed_s % 60 == 0 for e in entries)


def test_no_two_sessions_overlap(done: Sequence[Done]) -> None:
    ends = [(d.recording.started_at, d.recording.started_at + timedelta(seconds=len(d.recording.series))) for d in done]
    assert all(before[1] < after[0] for before, after in pairwise(sorted(ends)))


def test_series_keep_the_promises_of_a_recording(done: Sequence[Done]) -> None:
    for d in done:
        series = d.recording.series
        assert series.distance_m is not None
        known = series.distance_m[series.moving]
        assert np.all(np.diff(known) >= 0)
        assert np.all(np.isnan(series.distance_m[~series.moving]))
        assert (~series.moving).sum() == sum(p.duration_s for p in d.recording.pauses)
        assert sum(lap.distance_m for lap in d.recording.laps) == pytest.approx(d.distance_m, rel=0.01)
        assert (series.power_w is not None) == (d.recording.sport is Sport.RIDE)


def test_intervals_are_cut_into_laps_by_hand(done: Sequence[Done]) -> None:
    intervals = [d for d in done if d.session is Session.INTERVALS]
    assert all(len(d.recording.laps) >= 9 and d.recording.laps[0].trigger == "manual" for d in intervals)


def test_riding_faster_takes_more_power(done: Sequence[Done]) -> None:
    rides = [d for d in done if d.session is Session.ROAD_RIDE]
    for d in rides:
        power = d.recording.series.power_w
        assert power is not None
        assert 110 < np.nanmean(power) < 170
        assert 6.0 < d.speed_mps < 9.0


def test_same_seed_and_day_give_the_same_athlete() -> None:
    first, second = (sample_athlete(SEED, TODAY).recordings[40].record() for _ in range(2))
    np.testing.assert_array_equal(first.series.heart_rate, second.series.heart_rate)
    assert first.laps == second.laps


def test_another_seed_gives_another_athlete() -> None:
    ours, theirs = (sample_athlete(seed, TODAY).recordings[0].record() for seed in (SEED, SEED + 1))
    assert len(ours.series) != len(theirs.series)


def test_a_later_day_of_the_week_adds_to_the_same_athlete() -> None:
    monday, sunday = date(2026, 5, 11), date(2026, 5, 17)
    early, late = sample_athlete(SEED, monday), sample_athlete(SEED, sunday)
    assert len(late.recordings) > len(early.recordings)
    assert [r.file_name for r in late.recordings[: len(early.recordings)]] == [r.file_name for r in early.recordings]
    assert late.wellness[: len(early.wellness)] == early.wellness
    np.testing.assert_array_equal(
        early.recordings[-1].record().series.heart_rate, late.recordings[len(early.recordings) - 1].record().series.heart_rate
    )


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 29), date(2026, 7, 6), date(2026, 10, 25), date(2028, 2, 29)])
def test_every_day_of_the_year_has_its_athlete(today: date) -> None:
    athlete = sample_athlete(SEED, today)
    assert athlete.recordings[-1].formed.planned.day <= today
    assert all(e.started_at < athlete.recordings[-1].started_at + timedelta(days=7) for e in athlete.hand_entries)
    assert athlete.profile.known_on(today).lthr.keys() == {Sport.RUN, Sport.RIDE}
    assert len(athlete.recordings[-1].record().series) > 600
