"""A run as it is run: intended effort, hills, a slow start, and legs that are never quite even."""

import numpy as np
from numpy.random import Generator

from chains.metrics.grade import RUNNING_COST, running_cost
from chains.sample.form import FormedSession
from chains.sample.motion import Motion, by_second
from chains.sample.noise import Curve, follow, wander
from chains.sample.workout import Session

STEP_M = 5.0
HILL_COMPENSATION = 0.75
"""Runners let effort rise on climbs: they give up three quarters of what the metabolic cost would ask."""
SLOW_START = 0.05
SLOW_START_M = 500.0
UNEVENNESS = {Session.INTERVALS: 0.008, Session.RACE: 0.010}
USUAL_UNEVENNESS = 0.016
RACE_FADE = 0.016
"""Start to finish; most half marathons of recreational runners slow down a little."""
SPEED_SENSOR_SD = 0.05
STEPS_AT_3_MPS, STEPS_PER_MPS = 172.0, 22.0
"""Steps per minute rise with speed."""


def run(session: FormedSession, rng: Generator) -> Motion:
    """The session at 1 Hz of moving time."""
    planned, form = session.planned, session.form
    lengths = [s.length for s in planned.stretches]
    at = np.arange(0, sum(lengths), STEP_M)
    intended = np.repeat([s.effort for s in planned.stretches], np.diff(np.searchsorted(at, np.cumsum([0, *lengths]))))
    altitude = planned.course.altitude(at)
    cost = running_cost(np.gradient(altitude, STEP_M)) / RUNNING_COST[-1]
    effort = intended * form.eagerness * _pacing(planned.session, at) * (1 + wander(rng, len(at), 60, _unevenness(planned.session)))
    speed = follow(form.threshold_speed_mps * effort / cost**HILL_COMPENSATION, 3.0, start=1.5)
    distance, speed_s, cost_s, altitude_s = by_second(STEP_M / speed, STEP_M, speed, cost, altitude)
    return Motion(
        distance_m=distance,
        speed_mps=np.maximum(speed_s + rng.normal(0, SPEED_SENSOR_SD, len(speed_s)), 0),
        altitude_m=_barometer(altitude_s, rng),
        effort=speed_s * cost_s / form.threshold_speed_mps,
        cadence=np.round(STEPS_AT_3_MPS + STEPS_PER_MPS * (speed_s - 3) + wander(rng, len(speed_s), 5.0, 1.2)),
        marks=_marks(lengths, distance),
    )


def _pacing(session: Session, at: Curve) -> Curve:
    if session is Session.RACE:
        return np.linspace(1 + RACE_FADE / 2, 1 - RACE_FADE / 2, len(at))
    return 1 - SLOW_START * np.exp(-at / SLOW_START_M)


def _unevenness(session: Session) -> float:
    return UNEVENNESS.get(session, USUAL_UNEVENNESS)


def _barometer(altitude: Curve, rng: Generator) -> Curve:
    return np.rint((altitude + wander(rng, len(altitude), 240, 0.35)) * 5) / 5


def _marks(lengths: list[float], distance: Curve) -> tuple[int, ...]:
    ends = np.searchsorted(distance, np.cumsum(lengths)[:-1])
    return tuple(int(e) for e in ends)
