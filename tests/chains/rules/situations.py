"""Situations that between them call for every passage of the analyst."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from chains.request import AthleteContext
from chains.training.activity import (
    Activity,
    ActivityDetail,
    DistanceEffort,
    Drift,
    HeartRateTime,
    Lap,
    PowerEffort,
    Purpose,
    RecordingMetrics,
    Split,
    Sport,
)
from chains.training.profile import Profile, Threshold, Tone, Units
from tests.builders import TODAY, review_of, ride, run, strength, summary_of, swim, weeks_of
from tests.chains.rules.situations_density import density_situations
from tests.chains.rules.situations_goal import situations_goal
from tests.chains.rules.situations_history import situations_history
from tests.chains.rules.situations_next_workout import situations_next_workout
from tests.chains.rules.situations_progress import situations_progress
from tests.chains.rules.situations_question import situations_question
from tests.chains.rules.situations_race_outlook import situations_race_outlook
from tests.chains.rules.situations_recordings import situations_recordings
from tests.chains.rules.situations_recovery import situations_recovery
from tests.chains.rules.situations_training_load import situations_training_load

FIELD = weeks_of(14)
FASTER = sorted([*FIELD, run(days_ago=10, km=10.4, pace_s=270)], key=lambda a: a.started_at)
FAST, SAME, SLOW = 318.0, 330.0, 342.0
KNOWN = date(2026, 1, 1)
MEASURED = Profile(
    resting_hr=Threshold(value=50, date=KNOWN),
    max_hr=Threshold(value=188, date=KNOWN),
    lthr={Sport.RUN: Threshold(value=168, date=KNOWN), Sport.RIDE: Threshold(value=160, date=KNOWN)},
    ftp_w=Threshold(value=240, date=KNOWN),
)
CONCERNED = ("suicidal thoughts", "chest pain", "fainted", "my knee hurts")


def situations() -> Iterator[AthleteContext]:
    """All of them, in metric and imperial, with and without thresholds."""
    plain = [*_runs(), *_rides_and_others(), *_races(), *_weeks(), *_other_weeks(), *_harm()]
    yield from plain
    yield from density_situations()
    yield from situations_goal()
    yield from situations_history()
    yield from situations_next_workout()
    yield from situations_progress()
    yield from situations_question()
    yield from situations_race_outlook()
    yield from situations_recovery()
    yield from situations_recordings()
    yield from situations_training_load()
    for tone, some in ((Tone.DIRECT, plain), (Tone.SUPPORTIVE, plain[::2])):
        yield from (replace(c, profile=replace(c.profile, units=Units.IMPERIAL, tone=tone)) for c in some)
    for context in plain[2::4]:
        yield replace(context, profile=replace(MEASURED, units=context.profile.units))


def _runs() -> Iterator[AthleteContext]:
    for pace in (FAST, SAME, SLOW):
        usual = 145 * pace / 330
        for hr in (145 * 330 / pace * 0.94, 145 * 330 / pace, 145 * 330 / pace * 1.07, None):
            yield summary_of(run(pace_s=pace, hr=hr), FIELD)
        yield summary_of(run(pace_s=pace, hr=usual), [replace(a, mean_hr=None) for a in FIELD])
    for pace, hr in ((FAST, 140.0), (FAST, 150.0), (FAST, 158.0), (FAST, None), (285.0, 165.0)):
        yield summary_of(run(pace_s=pace, hr=hr), FASTER)
    yield summary_of(run(pace_s=285, hr=165), FIELD)
    yield summary_of(replace(run(hr=171.0), max_hr=231.0), FIELD)
    yield summary_of(run(km=13), [run(days_ago=300, km=20), *FIELD])
    yield summary_of(run(days_ago=2), [*FIELD, run(days_ago=4)])
    yield summary_of(run(pace_s=390, hr=130), FIELD)
    yield summary_of(run(hr=171.0), FIELD)
    yield summary_of(run(by_hand=True), FIELD)
    yield summary_of(run(km=12.8), FIELD)
    yield summary_of(run(km=20), FIELD)
    yield summary_of(run(km=13.5), [run(days_ago=300, km=20), *FIELD])
    yield summary_of(run(km=14, ascent_m=558), [run(days_ago=300, km=20), *FIELD])
    yield summary_of(run(days_ago=1), [*FIELD, *(run(days_ago=d, km=14) for d in (6, 5, 4, 3, 2))])
    yield summary_of(run(), weeks_of(8, from_weeks_ago=8))
    yield summary_of(run(days_ago=1), [*FIELD, run(6), run(5), run(4)])
    yield summary_of(run(km=20, stopped_s=3000), [run(days_ago=300, km=25), *FIELD])
    yield summary_of(run(km=3, stopped_s=900), [])
    yield summary_of(run(hr=150, days_ago=-6), FIELD)
    for lately in (153, 137):
        drifting = [*FIELD, *(run(days_ago=d, hr=lately) for d in (9, 6, 3))]
        yield from (summary_of(run(hr=hr), drifting) for hr in (lately, 145, 290 - lately))
        yield from (summary_of(run(days_ago=-d, hr=lately), drifting) for d in range(1, 5))
    yield from _around_the_day()
    yield from _recorded()
    yield summary_of(run(hr=139.5), [run(days_ago=70, hr=139), *weeks_of(8)])


def _around_the_day() -> Iterator[AthleteContext]:
    afternoons = [replace(a, mean_hr=157.0) for a in weeks_of(8, hour=17)]
    mixed = sorted([*weeks_of(8), *afternoons], key=lambda a: a.started_at)
    for hr, hour in ((157, 17), (168, 17), (150, 17), (145, 7), (156, 7)):
        yield summary_of(run(hr=hr, hour=hour), mixed)
    for later in (160, 145, 130):
        yield summary_of(run(hr=later, hour=18), [*FIELD, run(hour=6)])
    yield summary_of(run(), [run(days_ago=4), *FIELD[:-4]])
    yield summary_of(run(days_ago=3), [*FIELD, run(days_ago=4, km=20), run(days_ago=5, km=20)])
    yield summary_of(run(), [run(days_ago=d) for d in range(80, 0, -1)])


def _recorded() -> Iterator[AthleteContext]:
    for later in (-12, 0, 12):
        splits = tuple(Split(index=i + 1, distance_m=1000, elapsed_s=330, moving_s=330 + (later if i > 4 else 0)) for i in range(10))
        yield summary_of(run(detail=ActivityDetail(splits=splits)), FIELD)
        fast = [Lap(start_s=0, elapsed_s=90, moving_s=90 + later / 12 * i, distance_m=400) for i in range(6)]
        slow = [Lap(start_s=0, elapsed_s=120, moving_s=120, distance_m=250) for _ in range(6)]
        laps = tuple(lap for pair in zip(fast, slow, strict=True) for lap in pair)
        yield summary_of(run(detail=ActivityDetail(laps=laps)), FIELD)
        yield summary_of(_drifting(0.03 + later / 400, 0), [_drifting(0.03, d) for d in range(42, 0, -6)])
        yield summary_of(_drifting(later / 400, 0), [])
        yield summary_of(run(km=10 * (1 + later / 20)), FIELD, profile=MEASURED)
    for meters in (1000.0, 1609.344, 5000.0, 10000.0, 21097.5):
        yield summary_of(_with_best(meters, 0.9, 0), [_with_best(meters, 1.0, d) for d in (25, 20, 15, 10, 5)])
    mixed_time = HeartRateTime(floor_bpm=150, seconds=(1500, *(0,) * 29, 1800))
    yield summary_of(run(metrics=RecordingMetrics(heart_rate_time=mixed_time)), FIELD, profile=MEASURED)
    yield review_of((*FIELD, run(3, metrics=RecordingMetrics(heart_rate_time=mixed_time))), profile=MEASURED)
    easy_time = HeartRateTime(floor_bpm=120, seconds=(3300,))
    yield review_of((*FIELD, run(3, metrics=RecordingMetrics(heart_rate_time=easy_time))), profile=MEASURED)


def _drifting(share: float, days_ago: int) -> Activity:
    drift = Drift(decoupling=share, basis="gap", duration_s=6500, steadiness=1.01)
    return run(days_ago, km=20, metrics=RecordingMetrics(drift=drift))


def _with_best(meters: float, seconds_per_3_m: float, days_ago: int) -> Activity:
    effort = DistanceEffort(distance_m=meters, elapsed_s=meters / 3 * seconds_per_3_m, start_s=0)
    return run(days_ago, metrics=RecordingMetrics(distance_efforts=(effort,)))


def _with_best_power(watts: float, days_ago: int) -> Activity:
    known = ride(days_ago=days_ago, np_w=180)
    assert known.metrics is not None
    efforts = tuple(PowerEffort(duration_s=s, power_w=watts, start_s=0) for s in (60, 1200))
    return replace(known, metrics=replace(known.metrics, power_efforts=efforts))


def _rides_and_others() -> Iterator[AthleteContext]:
    rides = [ride(days_ago=d) for d in range(60, 0, -6)]
    powered = [ride(days_ago=d, np_w=180) for d in range(60, 0, -6)]
    for kmh, hr, watts in ((30, 138, 195), (27, 130, 180), (24, 122, 165)):
        yield summary_of(ride(kmh=kmh, hr=hr), rides)
        yield summary_of(ride(np_w=watts), powered)
        yield summary_of(ride(kmh=kmh, km=80, np_w=watts), [], profile=MEASURED)
        yield summary_of(strength(minutes=(kmh - 27) * 5 + 40), [strength(days_ago=d) for d in range(30, 0, -3)])
        yield summary_of(swim(pace_100_s=137 - kmh), [swim(days_ago=d) for d in range(30, 0, -3)])
        yield summary_of(run(hr=hr, sport=Sport.HIKE), [run(days_ago=d, hr=130, sport=Sport.HIKE) for d in range(30, 0, -3)])
    yield summary_of(ride(km=25, kmh=10, np_w=200), powered, profile=MEASURED)
    yield summary_of(ride(np_w=190), [], profile=MEASURED)
    yield summary_of(run(purpose=Purpose.WORKOUT, metrics=_with_best(5000.0, 1.0, 0).metrics), FIELD)
    yield summary_of(run(purpose=Purpose.WORKOUT), FIELD)
    yield from (summary_of(_with_best_power(250, 0), [_with_best_power(240, d) for d in range(later + 30, 0, -6)]) for later in (0, 1, 2))
    yield from (summary_of(run(stopped_s=1500), [run(days_ago=d) for d in range(later + 42, later, -6)]) for later in (0, 1, 2))
    yield summary_of(strength())
    yield summary_of(ride())
    powered_only = [replace(r, distance_m=0.0) for r in powered]
    yield from (summary_of(replace(ride(np_w=watts), distance_m=0.0), powered_only) for watts in (170, 180, 195))


def _races() -> Iterator[AthleteContext]:
    blocks = {22: 20, 24: 20, 26: 20, 15: 18, 17: 18, 19: 18, 8: 14, 10: 14, 12: 14, 2: 10, 4: 10, 6: 10}
    tapered = [run(days_ago=d, km=km) for d, km in sorted(blocks.items(), reverse=True)]
    earlier = [*weeks_of(12, from_weeks_ago=6), *tapered]
    longs = [run(days_ago=d, km=21.2, pace_s=340) for d in range(190, 60, -20)]
    yield summary_of(run(km=21.1, pace_s=270), sorted([*longs, *earlier], key=lambda a: a.started_at))
    yield summary_of(run(km=21.1, pace_s=270, purpose=Purpose.RACE), earlier)
    yield summary_of(run(km=10, pace_s=285, purpose=Purpose.RACE, stopped_s=700), FIELD)
    yield summary_of(run(km=5, pace_s=270, purpose=Purpose.RACE), [])
    yield summary_of(run(km=7, pace_s=90, purpose=Purpose.RACE), [])
    yield from (
        summary_of(run(km=10, pace_s=285, purpose=label), [run(days_ago=90, km=10, pace_s=280), *FIELD]) for label in (Purpose.RACE, None)
    )
    yield summary_of(run(km=16, pace_s=285, hr=166), FIELD)
    yield summary_of(run(km=16, pace_s=285, hr=None), [replace(a, mean_hr=None) for a in FIELD])
    once_faster = [run(days_ago=300, km=10, pace_s=270), *FIELD]
    yield summary_of(run(km=10, pace_s=285, hr=166), once_faster)
    yield summary_of(run(km=10, pace_s=312, hr=150), once_faster)


def _week(kms: Iterable[float], **how: float) -> tuple[Activity, ...]:
    return weeks_of(1, from_weeks_ago=0, kms=tuple(kms), **how)


def _doubles(later_hr: float) -> tuple[Activity, ...]:
    return tuple(a for d in (4, 1) for a in (run(d, km=9, hr=140), run(d, km=9, pace_s=324, hr=later_hr, hour=17)))


def _weeks() -> Iterator[AthleteContext]:
    for kms in ((10, 8, 12, 10), (12, 12, 14, 12), (8, 7, 9), (20, 22), (10, 8, 20, 10), (10, 8, 13, 10), (3,)):
        for hr in (137.0, 145.0, 154.0):
            yield review_of((*FIELD, *_week(kms, hr=hr)))
    for hr in (133.0, 145.0, 158.0):
        yield review_of((*FIELD, run(5), run(4), run(2, hr=hr), run(1, hr=278 - hr)))
        yield review_of((*FIELD, run(4, hr=hr), run(4, hr=278 - hr, hour=17, km=7)))
        yield review_of((*FIELD, *_doubles(hr)))
        yield review_of((*_shift(_doubles(hr), 200), *FIELD, *_doubles(hr)))
    yield review_of((*FIELD, run(4, km=9), run(4, km=9, hour=17)))
    yield review_of((*FIELD, *(a for d in (4, 1) for a in (run(d, km=9, hr=140), run(d, km=9, pace_s=336, hr=150, hour=17)))))
    yield review_of((*FIELD, run(4), run(2, km=6, by_hand=True)))
    for days in (6, 4, 2):
        as_of = TODAY - timedelta(days=days)
        yield from (review_of((*FIELD, *_week(kms)), as_of=as_of) for kms in ((10, 8, 12, 10), (11.5, 11, 12, 11), (5, 5, 5, 5)))
        yield review_of(FIELD, as_of=as_of)
    yield review_of((*weeks_of(1, from_weeks_ago=8, kms=(20, 20, 20)), *FIELD, *_week((10, 8, 14, 10))))
    late_starters = [a for a in FIELD if a.local_date.weekday() > 1]
    yield review_of((*late_starters, run(6)), as_of=TODAY - timedelta(days=6))
    light_sundays = weeks_of(12, from_weeks_ago=0, kms=(12, 13, 13, 2))
    yield review_of(light_sundays, as_of=TODAY - timedelta(days=1))
    yield review_of((*weeks_of(1, from_weeks_ago=40, kms=(20, 20, 20)), *weeks_of(30), *_week((12, 12, 13, 12))))


def _shift(activities: Iterable[Activity], days: int) -> tuple[Activity, ...]:
    return tuple(replace(a, started_at=a.started_at - timedelta(days=days)) for a in activities)


def _other_weeks() -> Iterator[AthleteContext]:
    for weeks in range(8):
        yield from _long_rows(weeks)
    yield review_of(FIELD)
    yield review_of(weeks_of(3))
    yield review_of([run(days_ago=20)])
    lifting = [strength(days_ago=d) for d in range(60, 7, -2)]
    yield from (review_of([*lifting, *(strength(d, minutes) for d in (5, 3, 1))]) for minutes in (25, 40, 46, 52, 70))
    yield review_of([strength(days_ago=1)])
    yield review_of([strength(days_ago=d) for d in range(60, 10, -2)])
    yield review_of([strength(days_ago=d) for d in range(60, 10, -2)], as_of=TODAY - timedelta(days=5))
    yield review_of((*weeks_of(2), *_week((10, 8))))
    others = (ride(3), swim(2), strength(1))
    yield from (review_of((*FIELD, *_week((10, 8, 12, 10)), other)) for other in others)
    yield review_of((*(ride(days_ago=d) for d in range(80, 0, -2)), run(1, km=5), *others))
    yield review_of([run(days_ago=d) for d in range(80, -1, -1)])
    yield review_of([a for gap in (1, 14, 27, 40) for a in weeks_of(12, from_weeks_ago=gap)][::-1])


def _long_rows(weeks: int) -> Iterator[AthleteContext]:
    """Eight weeks in a row, each with its own turn of what is told slowly."""
    as_of = TODAY - timedelta(days=7 * weeks)
    steady = weeks_of(20, from_weeks_ago=0)
    yield review_of((*weeks_of(6, from_weeks_ago=24), *steady), as_of=as_of)
    yield review_of(steady, as_of=as_of)
    yield review_of(weeks_of(70, from_weeks_ago=0, kms=(10, 9.7, 12, 10)), as_of=as_of)
    for now in (6.6, 10.0, 13.0):
        yield review_of((*weeks_of(12, from_weeks_ago=50), *weeks_of(20, from_weeks_ago=0, kms=(now,) * 4)), as_of=as_of)
    for pace in (323.0, 337.0):
        yield review_of((*weeks_of(14, from_weeks_ago=6 + weeks), *weeks_of(6, from_weeks_ago=weeks, pace_s=pace)), as_of=as_of)
    ending = (*weeks_of(18, from_weeks_ago=4), *weeks_of(1, from_weeks_ago=0))
    yield review_of((*weeks_of(60, from_weeks_ago=45), *weeks_of(17, from_weeks_ago=25), *ending))
    uneven = weeks_of(17, from_weeks_ago=25, kms=(20, 20))
    yield review_of((*weeks_of(60, from_weeks_ago=45), *uneven, *ending))
    yield review_of((*weeks_of(60, from_weeks_ago=47), *weeks_of(4, from_weeks_ago=40), *weeks_of(12, from_weeks_ago=25), *ending))
    yield review_of((*weeks_of(60, from_weeks_ago=47, kms=(9, 8, 8, 8)), *weeks_of(8, from_weeks_ago=0)), as_of=as_of)


def _harm() -> Iterator[AthleteContext]:
    for words in CONCERNED:
        yield summary_of(run(notes=words), FIELD)
        yield review_of((*FIELD, run(notes=words)))
    yield summary_of(replace(strength(), notes=CONCERNED[-1]))
