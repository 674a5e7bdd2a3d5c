"""Loading the sample athlete: complete, once, and more of it on a later day."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from app.database import Database
from app.demo.loading import SEED, SampleLoader, sample_athlete_id
from app.resources import Resources, open_resources
from app.settings import Settings
from chains.sample.athlete import SampleAthlete, sample_athlete
from chains.training.activity import Source

WEDNESDAY = date(2026, 5, 13)
WEDNESDAY_NOON = datetime(2026, 5, 13, 12, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 5, 17, 21, tzinfo=UTC)
WEEKS_KEPT = 8
"""Enough of the sixteen months to test with."""


def recent_part(today: date) -> SampleAthlete:
    whole = sample_athlete(SEED, today)
    since = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(weeks=WEEKS_KEPT)
    return SampleAthlete(
        profile=whole.profile,
        recordings=[r for r in whole.recordings if r.started_at >= since],
        hand_entries=whole.hand_entries[-2:],
        wellness=[w for w in whole.wellness if w.date >= since.date()],
    )


def loader(resources: Resources) -> SampleLoader:
    return SampleLoader(activities=resources.activities, profiles=resources.profiles, wellness=resources.wellness)


def silent(done: int, total: int) -> None:
    pass


async def test_everything_is_there_and_a_second_time_changes_nothing(settings: Settings, database: Database) -> None:
    sample = recent_part(WEDNESDAY)
    reported: list[tuple[int, int]] = []
    async with open_resources(settings, clock=lambda: WEDNESDAY_NOON, database_name=database.name) as resources:
        load = partial(loader(resources).load, "sample", sample, now=WEDNESDAY_NOON)
        first, second = await load(report=lambda done, total: reported.append((done, total))), await load(report=silent)
        page, _ = await resources.activities.page("sample", after=None, limit=1_000)
        profile = await resources.profiles.get("sample")
        night = await resources.wellness.get("sample", sample.wellness[-1].date)
    assert (first, second) == (len(sample.recordings) + len(sample.hand_entries), 0)
    assert len(page) == first
    assert sum(a.hand_entered for a in page) == len(sample.hand_entries)
    assert {a.origin.source for a in page} == {Source.FILE, Source.MANUAL}
    assert profile == sample.profile
    assert night == sample.wellness[-1]
    assert reported[0] == (0, first)
    assert reported[-1] == (first, first)


async def test_a_session_that_has_not_ended_waits_for_the_next_time(settings: Settings, database: Database) -> None:
    sample = recent_part(WEDNESDAY)
    last = sample.recordings[-1]
    under_way = last.started_at + timedelta(minutes=5)
    async with open_resources(settings, clock=lambda: WEDNESDAY_NOON, database_name=database.name) as resources:
        before = await loader(resources).load("sample", sample, now=under_way, report=silent)
        after = await loader(resources).load("sample", sample, now=under_way + timedelta(hours=5), report=silent)
    assert (before, after) == (len(sample.recordings) + len(sample.hand_entries) - 1, 1)


async def test_a_later_day_of_the_week_adds_what_was_done_since(settings: Settings, database: Database) -> None:
    early, late = recent_part(WEDNESDAY), recent_part(SUNDAY_NIGHT.date())
    async with open_resources(settings, clock=lambda: SUNDAY_NIGHT, database_name=database.name) as resources:
        await loader(resources).load("sample", early, now=WEDNESDAY_NOON, report=silent)
        added = await loader(resources).load("sample", late, now=SUNDAY_NIGHT, report=silent)
        page, _ = await resources.activities.page("sample", after=None, limit=1_000)
        night = await resources.wellness.get("sample", late.wellness[-1].date)
    assert added == sum(r.started_at > WEDNESDAY_NOON for r in late.recordings)
    assert len({a.started_at for a in page}) == len(page)
    assert night == late.wellness[-1]


@pytest.mark.parametrize(
    ("today", "same"), [(date(2026, 5, 11), True), (date(2026, 5, 17), True), (date(2026, 5, 18), False), (date(2026, 5, 10), False)]
)
def test_there_is_one_athlete_a_week(today: date, same: bool) -> None:
    assert (sample_athlete_id(today) == sample_athlete_id(WEDNESDAY)) is same
