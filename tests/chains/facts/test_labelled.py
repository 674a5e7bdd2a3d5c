"""Intervals, races and sensor faults against expectations that were written down before the detectors saw them: precision and recall.

Measured blind, before anything was mended with them in sight: the first set found 91 % of intervals, 86 % of races and 80 % of spiking
heart rates; the second, drawn to be harder, 67 %, 88 % and 86 %, and 67 % of power drop-outs; precision was 0.92 or more throughout.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import pytest

from chains.facts.activity.view import repetitions_of
from chains.facts.racing import raced
from chains.facts.trust import ascent_of, has_gps_jump, has_made_speed, overlaps
from chains.metrics.heart_rate import has_odd_peak, is_cadence_lock
from chains.training.activity import Activity, FaultKind, Purpose, Sport
from chains.training.log import log_of
from chains.training.profile import Profile
from tests.chains.facts.labelled.subjects import ATHLETE, FIRST, FRESH, Label, activities_of, folder, labels, summaries

BAR = 0.9
SETS = (FIRST, FRESH, FRESH[1:])
FAULTS = (*(kind.value for kind in FaultKind), "impossible_ascent", "speed_source", "double_upload")


@pytest.mark.parametrize("files", SETS)
def test_interval_sessions_are_recognised(files: Sequence[str]) -> None:
    judge("intervals", labels("intervals", files), lambda label: any(repetitions_of(a) for a in activities_of(label.subject)))


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_recognised(fault: str) -> None:
    judge(fault, [one for one in labels("faults") if one.fault == fault], has_fault)


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"speed_source"}))
def test_faults_put_into_other_recordings_are_recognised(fault: str) -> None:
    judge(fault, [one for one in labels("faults", FRESH) if one.fault == fault], has_fault)


@pytest.mark.parametrize("files", SETS)
def test_races_are_recognised(files: Sequence[str]) -> None:
    found = {one: _races(_history(one.subject)) for one in labels("races", files)}
    judge("races", tuple(found), lambda label: bool(found[label] & {a.id for a in activities_of(label.subject)}))


def judge(name: str, wanted: Sequence[Label], found: Callable[[Label], bool]) -> None:
    """Prints counts, ratios and misses; both ratios have to reach the bar."""
    verdicts = [(label, found(label)) for label in wanted]
    hits = sum(label.expected and said for label, said in verdicts)
    alarms = [label for label, said in verdicts if said and not label.expected]
    misses = [label for label, said in verdicts if label.expected and not said]
    precision, recall = hits / max(hits + len(alarms), 1), hits / max(hits + len(misses), 1)
    print(f"{name}: {hits} found, {len(misses)} missed, {len(alarms)} false of {len(verdicts)}; {precision=:.2f} {recall=:.2f}")
    for kind, some in (("missed", misses), ("false", alarms)):
        for label in some:
            print(f"  {kind}: {label.subject}: {label.why}")
    assert hits > 0
    assert precision >= BAR
    assert recall >= BAR


def has_fault(label: Label) -> bool:
    first, *others = activities_of(label.subject)
    named = [replace(other, id=f"other-{i}") for i, other in enumerate(others)]
    return label.fault in _faults(replace(first, id="first"), named)


def _faults(activity: Activity, others: Sequence[Activity]) -> Iterator[str]:
    """One fault hides no other: each rule is asked by itself."""
    yield from (fault.kind for fault in (activity.metrics.faults if activity.metrics else ()))
    rules = {
        FaultKind.CADENCE_LOCK: is_cadence_lock(activity.sport, activity.mean_hr, activity.mean_cadence),
        FaultKind.SPIKING_HEART_RATE: has_odd_peak(activity, Profile()),
        FaultKind.GPS_JUMP: has_gps_jump(activity),
        "impossible_ascent": activity.ascent_m is not None and ascent_of(activity) is None,
        "speed_source": has_made_speed(activity),
        "double_upload": any(overlaps(activity, other) for other in others),
    }
    yield from (name for name, found in rules.items() if found)


def _history(subject: str) -> str:
    """Where the other activities of the same athlete are; the subject itself where there are none."""
    path, _, number = subject.partition("#")
    return path if number else path.rpartition("/")[0] if "trackeR" in path else subject


@cache
def _races(history: str) -> frozenset[str]:
    """Ids of all races of one athlete, labelled or recognised."""
    done: Iterable[Activity] = (
        summaries(history) if "json" in history else folder(history) if "trackeR" in history else activities_of(history)
    )
    every = tuple(done)
    runs = log_of(every).of(Sport.RUN)
    marks = raced(runs, Profile(), ATHLETE)
    return frozenset({a.id for a in every if a.purpose is Purpose.RACE} | {a.id for a in runs.select(marks).activities(ATHLETE)})
