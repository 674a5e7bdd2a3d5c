"""Whatever the sample athlete did, the rule-based analyst finds true words for it: every activity and every week, through the checker."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.activities.repository import Entry
from app.imports.reading import Session, entry_of
from chains.facts.registry import analyse
from chains.grounding.checker import check
from chains.metrics.measure import measure
from chains.request import RECENT_DAYS, AsOf, AthleteContext, InsightKind, InsightRequest, at, end_of_day
from chains.sample.athlete import TIME_ZONE, SampleAthlete, SampleRecording, sample_athlete
from chains.training.activity import Activity
from chains.training.history import history_of
from chains.writers.rules.analyst import RulesWriter

TODAY = date(2026, 5, 14)
ATHLETE = "sample"


@pytest.fixture(scope="module")
def sample() -> SampleAthlete:
    return sample_athlete(7, TODAY)


@pytest.fixture(scope="module")
def activities(sample: SampleAthlete) -> Sequence[Activity]:
    return [replace(_entry(r).activity, id=r.file_name, purpose=r.purpose) for r in sample.recordings]


def _entry(sample: SampleRecording) -> Entry:
    recording = sample.record()
    session = Session(
        sport=recording.sport,
        sub_sport=recording.sub_sport,
        title=recording.title,
        started_at=recording.started_at,
        utc_offset_s=recording.utc_offset_s,
        format=recording.format,
        device=recording.device,
        trainer=recording.trainer,
        device_power=recording.device_power,
        measured=measure(recording),
        series=b"",
    )
    return entry_of(session, ATHLETE, ZoneInfo(TIME_ZONE), sample.file_name)


def context(kind: InsightKind, sample: SampleAthlete, done: Sequence[Activity], as_of: AsOf, activity: Activity | None) -> AthleteContext:
    visible = [a for a in done if a.started_at <= as_of.instant]
    return AthleteContext(
        request=InsightRequest(athlete_id=ATHLETE, kind=kind, activity_id=activity.id if activity else None, now=as_of.instant),
        as_of=as_of,
        profile=sample.profile.known_on(as_of.day),
        activity=activity,
        recent=[replace(a, detail=None) for a in visible if a.started_at >= as_of.instant - timedelta(days=RECENT_DAYS)],
        history=history_of(visible),
        wellness=sample.wellness,
    )


def faults(asked: AthleteContext) -> list[str]:
    sheet = analyse(asked)
    return [f"{asked.as_of.day}: {v.rule}: {v.span!r} in {v.sentence!r}" for v in check(RulesWriter().compose(sheet), sheet)]


def test_every_activity_has_a_grounded_summary(sample: SampleAthlete, activities: Sequence[Activity]) -> None:
    asked = [context(InsightKind.ACTIVITY_SUMMARY, sample, activities, at(a.ended_at, TIME_ZONE), a) for a in activities]
    assert [fault for each in asked for fault in faults(each)] == []


def test_every_week_has_a_grounded_review(sample: SampleAthlete, activities: Sequence[Activity]) -> None:
    weeks = (TODAY - activities[0].local_date).days // 7
    sundays = [TODAY - timedelta(days=TODAY.weekday() + 1 + 7 * n) for n in range(weeks)]
    asked = [context(InsightKind.WEEKLY_REVIEW, sample, activities, end_of_day(day, TIME_ZONE), None) for day in sundays]
    assert [fault for each in asked for fault in faults(each)] == []
