"""Sensor faults in drawn recordings, and clean ones that come near them."""

from dataclasses import replace

import numpy as np
import pytest

from chains.metrics.faults import faults
from chains.training.activity import FaultKind, Sport
from chains.training.recording import Samples
from tests.chains.facts.labelled.faults import CLEAN, FAULTY, labelled_fault

SEED = 20_002
IN_SERIES = {kind.value for kind in FaultKind}


@pytest.mark.parametrize("shape", sorted(name for name, (fault, _) in FAULTY.items() if fault in IN_SERIES))
def test_a_fault_is_found_and_no_other(shape: str) -> None:
    drawn = labelled_fault(shape, SEED)
    assert [found.kind for r in drawn.recordings for found in faults(r.series, r.sport)] == [drawn.fault]


@pytest.mark.parametrize("shape", sorted(name for name, (fault, _) in CLEAN.items() if fault in IN_SERIES))
def test_what_comes_near_a_fault_is_none(shape: str) -> None:
    assert [found for r in labelled_fault(shape, SEED).recordings for found in faults(r.series, r.sport)] == []


def test_a_fault_knows_how_long_it_was_and_whether_it_spoils_the_mean() -> None:
    (late,) = labelled_fault("hr_locked_late", SEED).recordings
    (fault,) = faults(late.series, late.sport)
    assert fault.start_s == pytest.approx(720, abs=30)
    assert fault.seconds == pytest.approx(len(late.series) - 720, rel=0.1)
    assert fault.spoils_mean is True


@pytest.mark.parametrize(("rise_s", "found"), [(6, True), (90, False)])
def test_a_leap_far_below_any_maximum_is_one_too(rise_s: int, found: bool) -> None:
    (easy,) = labelled_fault("hr_crosses_steps", SEED).recordings
    beats = around(138, len(easy.series))
    beats[600:640] = 190.0
    beats[600 - rise_s : 600] = np.linspace(138, 190, rise_s)
    beats[640:730] = np.linspace(190, 138, 90)
    seen = faults(replace(easy.series, heart_rate=beats, cadence=None), easy.sport)
    assert [fault.kind for fault in seen] == ([FaultKind.SPIKING_HEART_RATE] if found else [])


def test_a_minute_of_leaps_takes_the_mean_though_it_moves_it_little() -> None:
    (easy,) = labelled_fault("hr_spikes", SEED).recordings
    beats = around(186, len(easy.series))
    beats[500:570] = 225.0
    (fault,) = faults(replace(easy.series, heart_rate=beats, cadence=None), easy.sport)
    assert fault.spoils_mean is True


def test_a_swimmer_who_is_carried_eleven_metres_in_a_second_is_a_leap() -> None:
    (one, *_) = labelled_fault("hr_crosses_steps", SEED).recordings
    metres = np.arange(len(one.series), dtype=np.float64) * 0.9
    water = replace(one.series, distance_m=metres, heart_rate=None, moving=np.ones(len(metres), dtype=np.bool_))
    leapt = replace(water, distance_m=np.where(metres >= 270.0, metres + 11.0, metres))
    assert faults(water, Sport.SWIM) == ()
    assert [fault.kind for fault in faults(leapt, Sport.SWIM)] == [FaultKind.GPS_JUMP]


def around(bpm: float, seconds: int) -> Samples:
    """A pulse that moves by a beat or two, as pulses do."""
    return np.asarray(bpm + np.rint(2 * np.sin(np.arange(seconds) / 9)), dtype=np.float64)


@pytest.mark.parametrize(("fall_s", "found"), [(1, True), (60, False)])
def test_a_contact_that_is_lost_in_a_moment_and_comes_back_is_one(fall_s: int, found: bool) -> None:
    """A heart that rests falls as far, in a minute."""
    (easy,) = labelled_fault("hr_crosses_steps", SEED).recordings
    beats = around(150, len(easy.series))
    beats[600 - fall_s : 600] = np.linspace(150.0, 48.0, fall_s)
    beats[600:630] = 48.0
    beats[630 : 630 + fall_s] = np.linspace(48.0, 150.0, fall_s)
    kinds = [fault.kind for fault in faults(replace(easy.series, heart_rate=beats), Sport.RUN)]
    assert (FaultKind.SPIKING_HEART_RATE in kinds) is found


@pytest.mark.parametrize(("times", "found"), [(8, True), (4, False)])
def test_many_short_holes_in_the_power_are_a_dropout(times: int, found: bool) -> None:
    (ride,) = labelled_fault("hr_even_ride", SEED).recordings
    assert ride.series.power_w is not None
    watts = ride.series.power_w.copy()
    for hole in range(times):
        watts[400 + 120 * hole : 425 + 120 * hole] = 0.0
    kinds = [fault.kind for fault in faults(replace(ride.series, power_w=watts), Sport.RIDE)]
    assert (FaultKind.POWER_DROPOUT in kinds) is found
