"""The calendar: every session of the season with its day, time and content."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import numpy as np
from numpy.random import Generator

from chains.sample.season import Phase, Week, weeks_until
from chains.sample.terrain import CITY, HILLS, INDOORS, PARK, RIDGE, RIVER, TRACK, VALLEY, Course
from chains.sample.workout import EASY_EFFORT, HALF_MARATHON_EFFORT, Session, Stretch, long_run, repetitions, tempo, total, trainer

RACE_M = 21_240.0
"""A half marathon as a watch measures it: nobody runs the shortest line."""
EASY_CAP_M = 13_000.0
SKIPPED_SHARE = 0.05
SPARED_WEEKS = 12
"""Before the race that mattered, and since, nothing was left out."""
HAND_ENTERED_SHARE = 0.02
OUTDOOR_MONTHS = range(4, 11)
RIDE_DETOURS = (0.95, 1.0, 1.08)
EASY_DETOURS = (0.98, 1.05)
FAULT_WEEKS_AGO = 9
"""The chest strap failed on one easy run: the watch took the steps for the pulse."""
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
DOUBLE_DAYS = {2: (TUE,), 1: (TUE, THU)}
"""Days with two runs, by how many weeks ago."""
DOUBLE_RUN_M = 8_250.0
EVENING_EFFORT = 0.80


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session; `key` seeds everything that is random about it, so that it looks the same on whatever day the athlete is made."""

    key: tuple[int, ...]
    day: date
    start: time
    session: Session
    title: str
    course: Course
    stretches: tuple[Stretch, ...]
    by_hand: bool = False
    strap_fault: bool = False

    @property
    def is_ride(self) -> bool:
        return self.session in (Session.ROAD_RIDE, Session.TRAINER_RIDE)


def planned_sessions(seed: int, today: date) -> Iterator[PlannedSession]:
    """All sessions up to `today`, in order of start."""
    for week in weeks_until(today):
        rng = np.random.default_rng((seed, week.weeks_ago))
        done = [s for s in _week_sessions(seed, week, rng) if s.day <= today]
        yield from sorted(done, key=lambda s: (s.day, s.start))


def _week_sessions(seed: int, week: Week, rng: Generator) -> Iterator[PlannedSession]:
    for slot, (weekday, session, course, stretches) in enumerate(_week_plan(week)):
        chance, minutes, detour = rng.random(), int(rng.integers(-4, 5)) * 5, rng.uniform(*EASY_DETOURS)
        spared = week.phase in (Phase.TAPER, Phase.RACE, Phase.ILL) or week.weeks_ago <= SPARED_WEEKS or session is not Session.EASY
        if chance < SKIPPED_SHARE and not spared:
            continue
        yield PlannedSession(
            key=(seed, week.weeks_ago, slot),
            day=week.start + timedelta(days=weekday),
            start=_start_time(weekday, session, minutes),
            session=session,
            title=_title(session, course, stretches),
            course=course,
            stretches=_stretched(stretches, detour) if session in (Session.EASY, Session.EVENING, Session.LONG) else stretches,
            by_hand=session is Session.EASY and not spared and chance > 1 - HAND_ENTERED_SHARE * 3,
            strap_fault=week.weeks_ago == FAULT_WEEKS_AGO and session is Session.EASY and weekday == WED,
        )


def _stretched(stretches: tuple[Stretch, ...], factor: float) -> tuple[Stretch, ...]:
    """Nobody runs the planned distance to the metre."""
    return tuple(replace(s, length=s.length * factor) for s in stretches)


Slot = tuple[int, Session, Course, tuple[Stretch, ...]]


def _week_plan(week: Week) -> list[Slot]:
    if week.phase is Phase.ILL:
        return _ill_week(week)
    if week.phase is Phase.RACE:
        return _race_week(week)
    fixed = [*_long(week), *_quality(week), *_double_days(week)]
    rest = max(week.run_m - sum(total(s) for *_, s in fixed), 0.0)
    return [*fixed, *_easy(week, rest), *_rides(week)]


def _long(week: Week) -> list[Slot]:
    course = RIDGE if week.weeks_ago % 3 == 0 else RIVER
    fast_finish = week.phase is Phase.BUILD and week.index_in_phase % 4 == 2
    return [(SUN, Session.LONG, course, long_run(week.long_run_m, fast_finish=fast_finish))]


def _quality(week: Week) -> list[Slot]:
    turn = week.index_in_phase
    match week.phase:
        case Phase.BUILD:
            hard: Slot = (TUE, Session.INTERVALS, TRACK, repetitions(turn))
            return [hard, (FRI, Session.TEMPO, CITY, tempo(turn))] if turn % 2 else [hard]
        case Phase.BASE if turn % 2:
            return [(FRI, Session.TEMPO, CITY, tempo(turn // 2))]
        case Phase.TAPER:
            return [(TUE, Session.INTERVALS, TRACK, repetitions(0))]
        case _:
            return []


def _double_days(week: Week) -> list[Slot]:
    """Two full runs a day: one week once, the next week twice, after the race was over."""
    days = DOUBLE_DAYS.get(week.weeks_ago, ())
    morning, evening = (Stretch(length=DOUBLE_RUN_M, effort=effort) for effort in (EASY_EFFORT, EVENING_EFFORT))
    return [slot for day in days for slot in ((day, Session.EASY, RIVER, (morning,)), (day, Session.EVENING, PARK, (evening,)))]


def _easy(week: Week, rest_m: float) -> list[Slot]:
    hard_tuesday = week.phase in (Phase.BUILD, Phase.TAPER)
    usual = (WED, THU, SAT, MON) if hard_tuesday else (TUE, THU, WED, SAT)
    days = [day for day in usual if day not in DOUBLE_DAYS.get(week.weeks_ago, ())]
    each_about_m = 6_500 if week.phase is Phase.RECOVERY else 8_000
    count = min(round(rest_m / each_about_m), len(days))
    each = min(rest_m / max(count, 1), EASY_CAP_M)
    courses = (RIVER, PARK, RIVER, CITY)
    return [
        (day, Session.EASY, course, (Stretch(length=each * share, effort=EASY_EFFORT),))
        for day, course, share in zip(days[:count], courses, (1.05, 0.95, 1.1, 0.9), strict=False)
    ]


def _rides(week: Week) -> list[Slot]:
    just_raced = week.phase is Phase.RECOVERY and week.index_in_phase == 0
    if week.phase is Phase.TAPER or just_raced or week.weeks_ago % 5 == 4:
        return []
    if week.start.month not in OUTDOOR_MONTHS:
        return [(THU if week.phase is Phase.BUILD else WED, Session.TRAINER_RIDE, INDOORS, trainer(week.index_in_phase))]
    course, distance_m = (HILLS, 62_000.0) if week.weeks_ago % 4 == 1 else (VALLEY, 41_000.0)
    detour = RIDE_DETOURS[week.weeks_ago % len(RIDE_DETOURS)]
    return [(SAT, Session.ROAD_RIDE, course, (Stretch(length=distance_m * detour, effort=0.68),))]


def _ill_week(week: Week) -> list[Slot]:
    """Ill from the Wednesday of the first week to the end of the second: `ILL_DAYS`."""
    if week.index_in_phase > 0:
        return []
    easy = (Stretch(length=week.run_m / 2, effort=EASY_EFFORT - 0.02),)
    return [(MON, Session.EASY, RIVER, easy), (TUE, Session.EASY, PARK, easy)]


def _race_week(week: Week) -> list[Slot]:
    sharpening = (Stretch(length=2_500, effort=0.75), Stretch(length=2_000, effort=HALF_MARATHON_EFFORT), Stretch(length=1_500, effort=0.7))
    left = week.run_m - total(sharpening)
    return [
        (TUE, Session.TEMPO, CITY, sharpening),
        (WED, Session.EASY, RIVER, (Stretch(length=left * 0.45, effort=EASY_EFFORT),)),
        (THU, Session.EASY, PARK, (Stretch(length=left * 0.35, effort=EASY_EFFORT),)),
        (SAT, Session.EASY, RIVER, (Stretch(length=left * 0.20, effort=EASY_EFFORT),)),
        (SUN, Session.RACE, CITY, (Stretch(length=RACE_M, effort=HALF_MARATHON_EFFORT),)),
    ]


_STARTS = {
    Session.EVENING: time(18, 30),
    Session.INTERVALS: time(18, 0),
    Session.TRAINER_RIDE: time(19, 0),
    Session.ROAD_RIDE: time(10, 45),
    Session.LONG: time(8, 30),
    Session.RACE: time(10, 0),
}


def _start_time(weekday: int, session: Session, minutes: int) -> time:
    usual = _STARTS.get(session, time(8, 0) if weekday >= SAT else time(6, 45))
    shift = 0 if session is Session.RACE else minutes
    total_minutes = usual.hour * 60 + usual.minute + shift
    return time(total_minutes // 60, total_minutes % 60)


def _title(session: Session, course: Course, stretches: tuple[Stretch, ...]) -> str:
    match session:
        case Session.RACE:
            return "Half marathon"
        case Session.INTERVALS:
            hard = [s for s in stretches if s.effort >= 1]
            return f"{len(hard)} x {hard[0].length:.0f} m"
        case Session.TEMPO:
            return "Tempo"
        case Session.LONG:
            return f"Long run, {course.name.lower()}"
        case Session.ROAD_RIDE:
            return f"Ride, {course.name.lower()}"
        case Session.TRAINER_RIDE:
            return "Trainer"
        case Session.EVENING:
            return "Evening run"
        case Session.EASY:
            return "Easy run"
