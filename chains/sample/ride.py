"""A ride as it is ridden: power from effort and hill, speed from power by physics."""

import numpy as np
from numpy.random import Generator

from chains.sample.form import Form, FormedSession
from chains.sample.motion import Motion, by_second
from chains.sample.noise import Curve, follow, wander
from chains.sample.workout import Session, Stretch

STEP_M = 10.0
RIDER_AND_BIKE_KG = 70.0
# Martin et al. 1998, J Appl Biomech 14:276: power = rolling + gravity + aerodynamic drag, over drivetrain efficiency.
ROLLING, GRAVITY, DRAG_KG_PER_M, DRIVETRAIN = 0.006, 9.81, 0.5 * 1.2 * 0.34, 0.975
TOP_SPEED_MPS = 14.0
CLIMBING_ZEAL = 4.5
"""Share of power added per unit of gradient: a seventh more at three per cent."""
COAST_GRADIENT = -0.025
POWER_NOISE = 0.13
TRAINER_NOISE = 0.03


def ride(session: FormedSession, rng: Generator) -> Motion:
    """The session at 1 Hz of moving time."""
    if session.planned.session is Session.TRAINER_RIDE:
        return _indoors(session, rng)
    return _outdoors(session, rng)


def _outdoors(session: FormedSession, rng: Generator) -> Motion:
    planned, form = session.planned, session.form
    at = np.arange(0, sum(s.length for s in planned.stretches), STEP_M)
    altitude = planned.course.altitude(at)
    slope = np.gradient(altitude, STEP_M)
    effort = planned.stretches[0].effort * form.eagerness * (1 + CLIMBING_ZEAL * slope) * (1 + wander(rng, len(at), 40, 0.06))
    intended = form.ftp_w * np.where(slope < COAST_GRADIENT, 0.0, np.clip(effort, 0.25, 0.95))
    speed = follow(steady_speed(intended, slope), 8.0, start=4.0)
    distance, speed_s, power_s, altitude_s = by_second(STEP_M / speed, STEP_M, speed, intended, altitude)
    return _with_power(distance, speed_s, np.round(altitude_s * 5) / 5, power_s, POWER_NOISE, form, rng)


def _indoors(session: FormedSession, rng: Generator) -> Motion:
    planned, form = session.planned, session.form
    intended = follow(np.concatenate([_block(s) for s in planned.stretches]), 4.0, start=0.4) * form.ftp_w * form.eagerness
    speed = steady_speed(intended, np.zeros(len(intended)))
    moved = np.cumsum(speed) - speed[0]
    marks = tuple(int(m) for m in np.cumsum([s.length for s in planned.stretches])[:-1])
    return _with_power(moved, speed, None, intended, TRAINER_NOISE, form, rng, marks)


def _block(stretch: Stretch) -> Curve:
    return np.full(int(stretch.length), stretch.effort)


def _with_power(
    distance: Curve,
    speed: Curve,
    altitude: Curve | None,
    intended: Curve,
    noise: float,
    form: Form,
    rng: Generator,
    marks: tuple[int, ...] = (),
) -> Motion:
    pedalling = intended > 0.2 * form.ftp_w
    power: Curve = np.where(pedalling, np.maximum(intended * (1 + wander(rng, len(intended), 3.0, noise)), 20), 0.0)
    return Motion(
        distance_m=distance,
        speed_mps=speed,
        altitude_m=altitude,
        effort=follow(power, 10.0, start=0.0) / form.ftp_w,
        cadence=np.where(pedalling, np.round(86 + wander(rng, len(power), 8.0, 3.0)), 0.0),
        power_w=np.rint(power),
        marks=marks,
    )


def steady_speed(power_w: Curve, slope: Curve) -> Curve:
    """Speed in m/s at which the power is used up, by Newton's method; brakes hold it to `TOP_SPEED_MPS`."""
    pull = RIDER_AND_BIKE_KG * GRAVITY * (ROLLING + slope)
    speed = np.full(len(power_w), TOP_SPEED_MPS)
    for _ in range(30):
        excess = DRAG_KG_PER_M * speed**3 + pull * speed - power_w * DRIVETRAIN
        speed = np.clip(speed - excess / np.maximum(3 * DRAG_KG_PER_M * speed**2 + pull, 1.0), 1.5, TOP_SPEED_MPS + 4)
    braked: Curve = np.clip(speed, 1.8, TOP_SPEED_MPS)
    return braked
