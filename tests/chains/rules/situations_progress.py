"""Situations that between them call for every passage on progress."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from chains.request import AthleteContext, InsightKind
from chains.training.activity import Activity, PowerEffort, RecordingMetrics
from chains.training.profile import Profile, Threshold, Tone, Units
from tests.builders import TODAY, context, ride, run, strength, swim

DAYS = (1, 3, 5, 6)
"""Days ago within a week: four sessions of a week."""


def progress_of(activities: Sequence[Activity], *, profile: Profile | None = None, days_ago: int = 0) -> AthleteContext:
    return context(InsightKind.PROGRESS, activities, as_of=TODAY - timedelta(days=days_ago), profile=profile)


def weeks(
    count: int,
    *,
    ago: int = 0,
    pace: float = 330.0,
    by: float = 0.0,
    hr: float = 145.0,
    beat: float = 0.0,
    km: float = 10.0,
    grow: float = 0.0,
    days: Sequence[int] = DAYS,
    noise: float = 2.0,
    device: str | None = None,
) -> list[Activity]:
    """`count` weeks of flat runs, the last one `ago` weeks back; pace, heart rate and length change by so much each week."""
    random, runs = Random(7), []
    for week in range(count):
        for day in days:
            at = 7 * (ago + count - 1 - week) + day
            wobble = random.uniform(-noise, noise)
            runs.append(replace(run(at, km + grow * week, pace + by * week + wobble, hr + beat * week), device=device))
    return runs


def years_back(*paces: float, km: float = 10.0, days: Sequence[int] = DAYS, device: str | None = None) -> list[Activity]:
    """Twelve weeks each, one year, two years ... before these."""
    return [a for i, pace in enumerate(paces) for a in weeks(12, ago=52 * (i + 1), pace=pace, km=km, days=days, device=device)]


def situations_progress() -> Iterator[AthleteContext]:
    plain = [*_trends(), *_years(), *_marks(), *_breaks(), *_other_sports(), *_thin(), *_thinner()]
    yield from plain
    for tone, some in ((Tone.DIRECT, plain[::4]), (Tone.SUPPORTIVE, plain[2::4])):
        yield from (replace(c, profile=replace(c.profile, units=Units.IMPERIAL, tone=tone)) for c in some)


def _thinner() -> Iterator[AthleteContext]:
    """Fewer kilometres than in two years before, on the way up from little, and runs at one heart rate in the last weeks alone."""
    before = [*weeks(14, ago=52, km=14.0, hr=0.0), *weeks(14, ago=104, km=12.0, hr=0.0)]
    for rated in (3, 4):
        yield from _later([*before, *weeks(14 - rated, ago=rated, km=3.5, grow=0.5, hr=0.0), *weeks(rated, km=9.0)])


def _later(activities: Sequence[Activity]) -> Iterator[AthleteContext]:
    """The same athlete now, a week and three weeks ago: what is told in turns comes up in turn."""
    for week in (0, 1, 3):
        yield progress_of(activities, days_ago=7 * week)


def _trends() -> Iterator[AthleteContext]:
    threshold = Profile(lthr={run().sport: Threshold(value=165, date=TODAY - timedelta(days=100))})
    for by in (-2.0, 0.0, 2.0):
        yield from _later(weeks(24, by=by))
        yield progress_of(weeks(24, by=by), profile=threshold)
        yield progress_of(weeks(24, by=by, noise=14.0))
    for beat in (-0.8, 0.8):
        yield from _later(weeks(24, beat=beat, hr=150.0))
    for grow in (-0.15, 0.2):
        yield from _later(weeks(24, grow=grow, km=12.0))
        yield from _later(weeks(30, grow=grow, km=12.0, hr=0.0))


def _years() -> Iterator[AthleteContext]:
    for pace in (310.0, 330.0, 350.0):
        for past in ((330.0,), (330.0, 345.0, 340.0), (350.0, 315.0)):
            yield from _later([*years_back(*past), *weeks(20, pace=pace)])
    for km, days in ((6.5, (2, 5)), (10.0, DAYS), (14.0, DAYS)):
        yield from _later([*years_back(315.0, 330.0), *weeks(20, pace=330.0, km=km, days=days)])
        yield from _later([*years_back(315.0, 330.0, km=9.0), *weeks(20, pace=330.0, km=km * 0.9, days=days)])
    for kept in (9, 10, 11, 13):
        yield from _later([*years_back(330.0, 334.0), *weeks(20, km=kept)])


def _marks() -> Iterator[AthleteContext]:
    base = [*years_back(330.0, 335.0), *weeks(20)]
    old = [run(500 + 9 * i, 10.0, 300.0 + i, 170.0) for i in range(16)]
    for days_ago in (4, 40):
        yield from _later([*base, run(days_ago, 10.0, 280.0, 172.0)])
        yield from _later([*base, *old, run(days_ago, 10.0, 303.0, 172.0)])
        yield from _later([*base, run(days_ago, 27.0, 350.0, 148.0)])
        yield from _later([*base, run(700, 30.0, 350.0, 148.0), run(days_ago, 27.0, 350.0, 148.0)])
    yield from _later([*years_back(330.0, 335.0, km=15.0), *weeks(20, km=13.5)])
    yield from _later([*base, *old, *(run(d, 10.2, 308.0, 168.0) for d in (12, 40))])
    fitter = [*years_back(330.0, 335.0), *weeks(20, pace=348.0, by=-1.0), *(run(d, 10.2, 301.5, 168.0) for d in (35, 60))]
    yield from _later([*old, *fitter])
    yield from (replace(c, profile=Profile(birth_year=1985)) for c in _later([*old, *fitter]))
    yield from _later([*weeks(12, ago=60, km=16.0), *weeks(30, ago=20, km=8.0), *weeks(12, km=14.0)])


def _breaks() -> Iterator[AthleteContext]:
    """Two earlier breaks that were made good, and a third one, six weeks ago or none."""
    early = [
        *weeks(12, ago=92),
        *weeks(10, ago=78, pace=345.0, by=-2.0),
        *weeks(10, ago=65),
        *weeks(10, ago=52, pace=340.0, by=-2.0),
        *weeks(10, ago=40),
    ]
    for pace in (322.0, 331.0, 345.0):
        for ago in (4, 7, 11):
            yield from _later([*early, *weeks(20, ago=ago + 3), *weeks(ago, pace=pace)])
    yield from _later([*early, *weeks(40)])


def _ridden(days_ago: int, watts: float, hr: float, best: float = 0.0) -> Activity:
    one = ride(days_ago, 40.0, 27.0, hr, np_w=watts)
    efforts = tuple(PowerEffort(duration_s=s, power_w=best or watts * f, start_s=0.0) for s, f in ((300, 1.2), (1200, 1.1), (3600, 1.0)))
    return replace(one, metrics=RecordingMetrics(np_w=watts, variability_index=1.04, work_kj=600.0, power_efforts=efforts))


def _other_sports() -> Iterator[AthleteContext]:
    for by in (-1.5, 0.0, 1.5):
        rides = [_ridden(7 * (23 - w) + d, 190.0 + by * w, 135.0) for w in range(24) for d in (1, 3, 5)]
        yield from _later(rides)
        swims = [swim(7 * (23 - w) + d, 2000.0, 110.0 + by / 3 * w) for w in range(24) for d in (1, 3, 5)]
        yield from _later(swims)
    old = [_ridden(500 + 7 * i, 190.0, 135.0, best=260.0 + i) for i in range(8)]
    rides = [_ridden(7 * (23 - w) + d, 190.0, 135.0) for w in range(24) for d in (1, 3, 5)]
    for best in (258.0, 262.0, 300.0):
        for days_ago in (4, 40):
            yield from _later([*old, *rides, _ridden(days_ago, 195.0, 140.0, best=best)])
    yield progress_of([strength(2 * i) for i in range(60)])


def _uneven(activities: Sequence[Activity]) -> list[Activity]:
    """One week long, one short: a volume without a trend."""
    return [
        replace(a, distance_m=a.distance_m * f, moving_s=a.moving_s * f, elapsed_s=a.elapsed_s * f)
        for a in activities
        for f in (_share(a),)
    ]


def _share(activity: Activity) -> float:
    return (1.9, 0.8, 1.3, 2.4)[(TODAY - activity.local_date).days // 7 % 4]


def _without_heart_rate() -> Iterator[AthleteContext]:
    """Volume is all there is, this year and a year ago."""
    for km in (8.0, 10.0, 12.0):
        unrated = [replace(a, mean_hr=None) for a in _uneven([*years_back(330.0), *weeks(20, km=km)])]
        yield from _later(unrated)
    yield from _later([replace(a, mean_hr=None) for a in _uneven(weeks(20))])


def _two_speeds() -> Iterator[AthleteContext]:
    """Easy and brisk runs in turn: no heart rate lies near the middle, the cost of a kilometre is all that compares."""
    for by in (-2.0, 0.0, 2.0):
        easy, brisk = weeks(24, by=by, hr=128.0, days=(1, 5)), weeks(24, by=by, pace=280.0, hr=165.0, days=(3, 6))
        yield from _later([*easy, *brisk])


def _thin() -> Iterator[AthleteContext]:
    yield from _without_heart_rate()
    yield from _two_speeds()
    yield from _later(weeks(12, days=(1, 4)))
    yield progress_of(weeks(9, days=(2, 5)))
    yield progress_of([replace(a, mean_hr=None) for a in weeks(9)])
    yield from _later([*weeks(8, ago=8), *weeks(3, ago=3, km=2.0), *weeks(3)])
    yield from _later([a for a in weeks(30) if (TODAY - a.local_date).days // 7 not in (3, 6, 9)])
