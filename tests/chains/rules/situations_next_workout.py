"""Athletes whose next sessions differ: fresh, tired, back from a gap, around a race, young, new, hurt, on the bike, in the water."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from chains.request import AthleteAnswer, AthleteContext, InsightKind
from chains.training.activity import HALF_MARATHON_M, Activity, Purpose, Sport
from chains.training.profile import Experience, Goal, Profile, Threshold, Tone, Units
from chains.training.wellness import Wellness
from tests.builders import TODAY, context, ride, run, strength, swim, weeks_of

NEXT = InsightKind.NEXT_WORKOUT
MEASURED = date(2026, 5, 1)
KNOWN = Profile(
    birth_year=1985,
    resting_hr=Threshold(value=50, date=MEASURED),
    max_hr=Threshold(value=188, date=MEASURED),
    lthr={Sport.RUN: Threshold(value=168, date=MEASURED), Sport.RIDE: Threshold(value=160, date=MEASURED)},
    ftp_w=Threshold(value=240, date=MEASURED),
    threshold_speed_mps=Threshold(value=3.7, date=MEASURED),
)
BLANK = Profile()


def with_goal(profile: Profile, days: int, meters: float | None = HALF_MARATHON_M) -> Profile:
    """A race so many days after `TODAY`."""
    return replace(profile, goals=(Goal(event="race", date=TODAY + timedelta(days=days), distance_m=meters),))


def rhythm(weeks: int = 12, *, long_km: float = 18.0, hard: bool = True, until: int = 0) -> tuple[Activity, ...]:
    """Weeks of four runs with a long one on Sundays and a fast one on Wednesdays; the last `until` days are left out."""
    done = []
    for week in range(weeks):
        for days_ago, km, pace_s, hr in (
            (0, long_km, 345, 148),
            (2, 9, 335, 143),
            (4, 10, 290 if hard else 335, 165 if hard else 144),
            (6, 9, 335, 142),
        ):
            if 7 * week + days_ago >= until:
                done.append(run(7 * week + days_ago, km, pace_s, hr))
    return tuple(sorted(done, key=lambda a: a.started_at))


def nights(resting: float, hrv: float, *, bad_days: int = 0) -> tuple[Wellness, ...]:
    """Sixty mornings; on the last `bad_days` the heart beat faster and varied less."""
    return tuple(
        Wellness(
            date=TODAY - timedelta(days=d),
            resting_hr=resting + (9 if d < bad_days else d % 3),
            hrv_ms=hrv - (25 if d < bad_days else d % 5),
            sleep_s=7.5 * 3600,
        )
        for d in reversed(range(60))
    )


def situations_next_workout() -> Iterator[AthleteContext]:
    """Each reason for a session, with and without thresholds; tones and units take turns."""
    plain = (
        *_rhythms(BLANK),
        *_races(BLANK),
        *_well_known(KNOWN),
        *_gaps(BLANK),
        *_bodies(KNOWN),
        *_people(BLANK),
        *_rhythms(KNOWN),
        *_people(KNOWN),
    )
    for turn, asked in enumerate((*plain, *_other_sports())):
        units, tone = tuple(Units)[turn % 2], tuple(Tone)[turn % 3]
        yield replace(asked, profile=replace(asked.profile, units=units, tone=tone))


def _days(activities: Sequence[Activity], profile: Profile, days: int, **around: object) -> Iterator[AthleteContext]:
    """The same athlete on several days in a row."""
    for back in range(days):
        yield context(NEXT, activities, as_of=TODAY - timedelta(days=back), profile=profile, **around)  # type: ignore[arg-type]


def _rhythms(profile: Profile) -> Iterator[AthleteContext]:
    yield from _days(rhythm(), profile, 8)
    for left_out in (1, 2, 3, 4):
        yield context(NEXT, rhythm(until=left_out), profile=profile)
        yield context(NEXT, rhythm(16, until=left_out), profile=with_goal(profile, 6 + left_out))
    yield from _days(rhythm(hard=False, long_km=10), profile, 4)
    yield from _days(rhythm(hard=False), profile, 4)
    yield from _days((*rhythm(until=30), *weeks_of(4, from_weeks_ago=0)), profile, 5)
    yield from _days((*rhythm(until=30), *(run(d, 9, 335, 143) for d in range(29, 0, -2))), profile, 4)
    yield from _days(tuple(run(d, 8 + d % 3) for d in range(60, -1, -1)), profile, 3)
    yield from _days((*weeks_of(12), *(run(d, 14) for d in (6, 5, 3, 2))), profile, 3)
    for hr in (138, 143, 152):
        dear = tuple(replace(a, mean_hr=hr) if (TODAY - a.local_date).days < 9 else a for a in rhythm())
        yield from _days(dear, profile, 3)
        yield from _days(tuple(replace(a, mean_hr=hr) if a.local_date.weekday() == 0 else a for a in rhythm(20)), profile, 3)
    for factor in (0.95, 1.05):
        for left_out in (2, 3, 4):
            yield context(NEXT, _mondays(factor, left_out), profile=profile)


def _mondays(factor: float, until: int) -> tuple[Activity, ...]:
    """The run on the day after the long one takes more heartbeats, or fewer, than those of Wednesday to Friday."""
    extra = [run(7 * week + 3, 9, 335, 143) for week in range(16) if 7 * week + 3 >= until]
    done = sorted((*rhythm(16, hard=False, until=until), *extra), key=lambda a: a.started_at)
    return tuple(_harder(a, factor) if a.local_date.weekday() == 0 else a for a in done)


def _harder(activity: Activity, factor: float) -> Activity:
    return replace(activity, mean_hr=(activity.mean_hr or 140.0) * factor)


def _races(profile: Profile) -> Iterator[AthleteContext]:
    for days in (0, 1, 2, 3, 4, 8, 12, 20, 40, 100):
        for meters in (HALF_MARATHON_M, 10_000.0, 42_195.0, None):
            yield from _days(rhythm(), with_goal(profile, days, meters), 2)
    for days_ago, factor in ((1, 1.0), (2, 1.05), (4, 0.95), (6, 1.05), (5, 0.95)):
        before = [_harder(a, factor) if a.local_date.weekday() in (2, 4) else a for a in rhythm(hard=False, until=days_ago + 3)]
        yield from _days((*before, run(days_ago, 21.1, 270, 172, purpose=Purpose.RACE)), profile, 1)


def _well_known(profile: Profile) -> Iterator[AthleteContext]:
    """A marathon that asks for a length which this athlete has run often, though not of late."""
    once = tuple(run(400 + 7 * week, 27.0, 350, 150) for week in reversed(range(14)))
    yield from _days((*once, *rhythm()), with_goal(profile, 80, 42_195.0), 8)


def _gaps(profile: Profile) -> Iterator[AthleteContext]:
    for idle in (8, 12, 20, 40):
        yield from _days(rhythm(until=idle), profile, 2)
    yield from _days((*rhythm(until=14), run(1, 6)), profile, 2)
    answered = (AthleteAnswer(question_id="break", choice="illness", activity_id=None, answered_on=TODAY - timedelta(days=10)),)
    yield from _days(rhythm(), profile, 3, answers=answered)


def _bodies(profile: Profile) -> Iterator[AthleteContext]:
    yield from _days(rhythm(), profile, 4, wellness=nights(48, 70, bad_days=7))
    yield from _days(rhythm(), profile, 4, wellness=nights(48, 70))
    yield from _days(
        rhythm(), profile, 1, answers=(AthleteAnswer(question_id="legs_today", choice="heavy", activity_id=None, answered_on=TODAY),)
    )


def _people(profile: Profile) -> Iterator[AthleteContext]:
    few = tuple(run(d, 4, 400, 150) for d in range(40, 0, -3))
    yield from _days(few, replace(profile, experience=Experience.BEGINNER), 4)
    yield from _days(rhythm(), replace(profile, experience=Experience.ADVANCED), 8)
    yield from _days(rhythm(), replace(profile, birth_year=TODAY.year - 17), 4)
    yield from _days(rhythm(), replace(profile, injury="left calf"), 3)


def _other_sports() -> Iterator[AthleteContext]:
    rides = tuple(ride(d, 70 if d % 7 == 0 else 35, np_w=170) for d in range(80, 0, -2))
    swims = tuple(swim(d, 3000 if d % 7 == 0 else 1800) for d in range(80, 0, -2))
    for activities in (rides, swims, (*swims[:20], *rides[20:])):
        yield from _days(activities, KNOWN, 6)
        yield from _days(activities, replace(BLANK, injury="shoulder"), 2)
    yield from _days(tuple(strength(d) for d in range(60, 0, -3)), BLANK, 3)
