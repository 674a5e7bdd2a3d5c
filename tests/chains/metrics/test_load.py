import pytest

from chains.facts.fact import Confidence
from chains.metrics.load import LoadMethod, session_load
from chains.training.activity import Activity, HeartRateTime, RecordingMetrics, SeriesName, Sport
from chains.training.profile import Profile, Sex
from tests.chains.metrics.builders import activity, threshold

HOUR_AT_165 = RecordingMetrics(heart_rate_time=HeartRateTime(floor_bpm=165, seconds=(3600,)))
KNOWN = Profile(
    sex=Sex.MALE,
    resting_hr=threshold(50),
    max_hr=threshold(190),
    lthr={Sport.RUN: threshold(165)},
    ftp_w=threshold(250),
    threshold_speed_mps=threshold(4.0),
)
NO_LTHR = Profile(sex=Sex.MALE, resting_hr=threshold(50), max_hr=threshold(190))


def test_an_hour_at_ftp_is_a_hundred_points() -> None:
    ride = activity(Sport.RIDE, device_power=True, mean_hr=150.0, metrics=RecordingMetrics(np_w=250.0, power_s=3600.0))

    load = session_load(ride, KNOWN)

    assert load is not None
    assert (load.points, load.method, load.confidence) == (100.0, LoadMethod.TSS, Confidence.HIGH)


@pytest.mark.parametrize(
    "ride",
    [
        activity(Sport.RIDE, device_power=False, metrics=RecordingMetrics(np_w=250.0, power_s=3600.0)),
        activity(Sport.RIDE, device_power=True, metrics=RecordingMetrics(np_w=250.0, power_s=3000.0)),
        activity(Sport.RUN, device_power=True, metrics=RecordingMetrics(np_w=250.0, power_s=3600.0)),
        activity(
            Sport.RIDE,
            device_power=True,
            metrics=RecordingMetrics(np_w=250.0, power_s=3600.0),
            excluded_series=(SeriesName.POWER,),
        ),
        activity(Sport.RIDE, device_power=True, mean_power_w=250.0),
    ],
    ids=["estimated power", "meter silent for ten minutes", "power of a run", "excluded", "summary only"],
)
def test_there_is_no_tss_without_a_rides_own_measured_power(ride: Activity) -> None:
    assert session_load(ride, KNOWN) is None


def test_an_hour_at_threshold_heart_rate_is_a_hundred_points() -> None:
    load = session_load(activity(metrics=HOUR_AT_165), KNOWN)

    assert load is not None
    assert load.points == pytest.approx(100)
    assert (load.method, load.confidence, load.lthr_assumed) == (LoadMethod.HRSS, Confidence.HIGH, False)


def test_a_mean_heart_rate_is_the_next_best() -> None:
    load = session_load(activity(mean_hr=165.0), KNOWN)

    assert load is not None
    assert load.points == pytest.approx(100)
    assert (load.method, load.confidence) == (LoadMethod.HRSS_MEAN, Confidence.MEDIUM)


def test_a_histogram_with_holes_gives_way_to_the_mean() -> None:
    holed = RecordingMetrics(heart_rate_time=HeartRateTime(floor_bpm=165, seconds=(3000,)))

    load = session_load(activity(mean_hr=165.0, metrics=holed), KNOWN)

    assert load is not None
    assert load.method is LoadMethod.HRSS_MEAN


def test_an_assumed_threshold_scales_load_and_says_so() -> None:
    load = session_load(activity(metrics=HOUR_AT_165), NO_LTHR)

    assert load is not None
    assert load.points < 100  # the default is 169
    assert (load.method, load.confidence, load.lthr_assumed) == (LoadMethod.HRSS, Confidence.LOW, True)


def test_a_threshold_of_another_sport_is_not_borrowed() -> None:
    load = session_load(activity(Sport.SWIM, metrics=HOUR_AT_165), KNOWN)

    assert load is not None
    assert load.lthr_assumed


def test_a_locked_heart_rate_gives_way_to_pace() -> None:
    run = activity(mean_hr=176.0, mean_cadence=176.0, metrics=RecordingMetrics(gap_mps=4.0))

    load = session_load(run, KNOWN)

    assert load is not None
    assert (load.points, load.method) == (100.0, LoadMethod.RTSS)


def test_exertion_is_a_scale_of_its_own() -> None:
    load = session_load(activity(Sport.STRENGTH, rpe=7.0), KNOWN)

    assert load is not None
    assert (load.points, load.method) == (420.0, LoadMethod.SESSION_RPE)


@pytest.mark.parametrize(
    "profile",
    [
        Profile(),
        Profile(resting_hr=threshold(50)),
        Profile(resting_hr=threshold(190), max_hr=threshold(185)),
        Profile(resting_hr=threshold(50), max_hr=threshold(150), lthr={Sport.RUN: threshold(165)}),
    ],
    ids=["nothing known", "no maximum", "rest above maximum", "threshold above maximum"],
)
def test_a_duration_alone_is_no_load(profile: Profile) -> None:
    assert session_load(activity(mean_hr=140.0), profile) is None
