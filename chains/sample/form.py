"""How fit and how fresh the sample athlete is on a day, as it follows from the training before: a simple impulse-response model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import exp

import numpy as np

from chains.sample.plan import PlannedSession
from chains.sample.season import Phase, Week
from chains.sample.workout import Session

# Banister et al. 1975, with the time constants in general use since: 42 days for what training builds, 7 for what it costs.
FITNESS_DAYS, FATIGUE_DAYS = 42.0, 7.0
START_FITNESS = 20.0
SPEED_WITHOUT_TRAINING_MPS = 3.26
SPEED_PER_POINT = 0.0023
FTP_WITHOUT_TRAINING_W = 178.0
FTP_PER_POINT = 0.0032
FRESHNESS_PER_POINT = 0.0009
SUMMER_HR_BPM = 4.0
CONVALESCENT_DAYS, CONVALESCENT_HR_BPM = 14, 6.0
SECOND_RUN_HR_BPM = 5.0
DAY_HR_SD, DAY_SPEED_SD = 2.0, 0.010


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One day: what the athlete can hold for about an hour, and how far the pulse is off its usual place."""

    fitness: float
    fatigue: float
    threshold_speed_mps: float
    ftp_w: float
    eagerness: float
    """Factor on the intended effort: legs and mood."""
    hr_shift_bpm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormedSession:
    """A session and the form the athlete came to it with."""

    planned: PlannedSession
    form: Form


def with_form(sessions: Iterable[PlannedSession], weeks: Iterable[Week]) -> Iterator[FormedSession]:
    """Each session with the form that all sessions before it left behind."""
    well_again = next(w.start for w in weeks if w.phase is Phase.RETURN)
    fitness, fatigue, last_day = START_FITNESS, START_FITNESS, None
    for planned in sessions:
        idle = (planned.day - last_day).days if last_day else 0
        fitness, fatigue = fitness * exp(-idle / FITNESS_DAYS), fatigue * exp(-idle / FATIGUE_DAYS)
        form = _form(planned, fitness, fatigue, well_again)
        load = _load(planned, form)
        fitness, fatigue = fitness + load * (1 - exp(-1 / FITNESS_DAYS)), fatigue + load * (1 - exp(-1 / FATIGUE_DAYS))
        last_day = planned.day
        yield FormedSession(planned=planned, form=form)


def _form(planned: PlannedSession, fitness: float, fatigue: float, well_again: date) -> Form:
    rng = np.random.default_rng((*planned.key, 1))
    fresh = float(np.clip((fitness - fatigue) * FRESHNESS_PER_POINT, -0.02, 0.02))
    form = Form(
        fitness=fitness,
        fatigue=fatigue,
        threshold_speed_mps=SPEED_WITHOUT_TRAINING_MPS * (1 + SPEED_PER_POINT * fitness),
        ftp_w=FTP_WITHOUT_TRAINING_W * (1 + FTP_PER_POINT * fitness),
        eagerness=1 + fresh + float(rng.normal(0, DAY_SPEED_SD)),
        hr_shift_bpm=_season_shift(planned.day) + _illness_shift(planned.day, well_again) + float(rng.normal(0, DAY_HR_SD)),
    )
    if planned.session is Session.RACE:
        return replace(form, eagerness=1 + fresh)
    if planned.session is Session.EVENING:
        return replace(form, hr_shift_bpm=form.hr_shift_bpm + SECOND_RUN_HR_BPM)
    return form


def _season_shift(day: date) -> float:
    """Warm months cost heartbeats."""
    return SUMMER_HR_BPM * float(np.sin(np.pi * np.clip((day.timetuple().tm_yday - 120) / 150, 0, 1)))


def _illness_shift(day: date, well_again: date) -> float:
    since = (day - well_again).days
    return CONVALESCENT_HR_BPM * exp(-since / CONVALESCENT_DAYS) if since >= 0 else 0.0


def _load(planned: PlannedSession, form: Form) -> float:
    """Points as in TSS: an hour at threshold is 100 (Coggan)."""
    road = planned.session is Session.ROAD_RIDE
    ride_speed = 7.4
    return sum(
        (s.length if planned.session is Session.TRAINER_RIDE else s.length / (ride_speed if road else s.effort * form.threshold_speed_mps))
        / 36
        * s.effort**2
        for s in planned.stretches
    )
