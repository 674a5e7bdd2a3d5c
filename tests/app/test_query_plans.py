"""Every query of the service walks an index: no scan of a collection, no sort of documents in memory."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase

from app.activities.cursor import Position
from app.activities.repository import ActivityRepository
from app.history.rebuild import Rebuild
from app.history.repository import HistoryRepository
from app.imports.spool import Spool
from app.insights.past import Feedback
from app.insights.repository import HistoryQuery, InsightRepository
from app.insights.repository import Position as InsightPosition
from app.jobs.job import Progress
from app.jobs.repository import JobRepository
from app.profile.repository import ProfileRepository
from app.usage.repository import UsageRepository
from app.wellness.repository import WellnessRepository
from chains.request import at
from chains.training.profile import Profile
from chains.training.wellness import Wellness
from tests.app.activities.entries import ATHLETE, entry, service_on
from tests.app.imports.files import on_disk
from tests.app.insights.training import written

Database = AsyncDatabase[dict[str, Any]]
NOW = datetime(2026, 5, 10, tzinfo=UTC)
COLLECTIONS = {
    "activities", "series", "log", "jobs", "spool", "profiles", "wellness", "insights", "evidence", "answers", "attempts",
}  # fmt: skip


@asynccontextmanager
async def profiled(database: Database) -> AsyncIterator[list[dict[str, Any]]]:
    """What the server itself says of every operation inside the block, filled in at its end."""
    seen: list[dict[str, Any]] = []
    await database.command("profile", 2)
    try:
        yield seen
    finally:
        await database.command("profile", 0)
        found = database["system.profile"].find({"ns": {"$in": [f"{database.name}.{name}" for name in COLLECTIONS]}})
        seen += [operation async for operation in found]


async def use_everything(database: Database, folder: Path) -> None:
    service, activities, history = service_on(database), ActivityRepository(database), HistoryRepository(database)
    summary = entry(external_id="7", series=b"packed", days=1)
    [first, _] = await service.add(ATHLETE, [entry(series=b"packed"), summary])
    await service.add(ATHLETE, [entry(mean_hr=150.0, series=b"richer")])
    await service.page(ATHLETE, after=Position(started_at=NOW, id=first.activity_id), limit=2)
    await service.page(ATHLETE, after=None, limit=2)
    await service.edit(ATHLETE, first.activity_id, {"title": "x", "notes": None})
    await service.get(ATHLETE, first.activity_id)
    await activities.latest(ATHLETE, NOW)
    await activities.window(ATHLETE, datetime(2026, 1, 1, tzinfo=UTC), NOW)
    await activities.series(ATHLETE, first.activity_id)
    await history.read(ATHLETE, NOW, hearts_since=date(2025, 4, 5))
    rebuild = Rebuild(database, history)
    assert await rebuild.athletes() == [ATHLETE]
    await rebuild.run(ATHLETE)
    await rebuild.compare(ATHLETE)
    await service.delete(ATHLETE, first.activity_id)
    jobs, spool = JobRepository(database), Spool(database)
    await spool.keep(ATHLETE, "job", on_disk(folder, {"a.fit": b"x"}), NOW)
    await spool.fetch(ATHLETE, "job", ["a.fit"], folder)
    await spool.remove(ATHLETE, "job")
    job = await jobs.add(ATHLETE, "work", {}, NOW)
    await jobs.claim("me", ["work"], NOW)
    await jobs.renew(job.id, "me", Progress(), NOW)
    await jobs.finish(job, "me", NOW)
    await jobs.get(ATHLETE, job.id)
    await use_insights(database)


async def use_insights(database: Database) -> None:
    profiles, wellness = ProfileRepository(database), WellnessRepository(database)
    await profiles.put(ATHLETE, Profile())
    await profiles.get(ATHLETE)
    await wellness.put(ATHLETE, Wellness(date=NOW.date()))
    await wellness.between(ATHLETE, date(2026, 1, 1), NOW.date())
    insights, ledger = InsightRepository(database), UsageRepository(database)
    made = written(ATHLETE, NOW)
    insight, as_of = made.insight, at(NOW, "UTC")
    await insights.add(made)
    await insights.get(ATHLETE, insight.id)
    await insights.newest_holding(ATHLETE, insight.context_hash)
    first = InsightPosition(insight.as_of.isoformat(), NOW, insight.id)
    since, until = date(2026, 1, 1), NOW.date()
    bounded = HistoryQuery(since=since, until=until)
    for query in (HistoryQuery(), bounded, replace(bounded, kind=insight.kind), replace(bounded, activity_id="a")):
        await insights.page(ATHLETE, query, after=None, limit=2)
        await insights.page(ATHLETE, query, after=first, limit=2)
    await insights.rate(ATHLETE, insight.id, Feedback(rating=1, given_at=NOW))
    await insights.answer(ATHLETE, insight, "yes", NOW)
    await insights.answers(ATHLETE, as_of)
    await insights.recent(ATHLETE, insight.kind, as_of)
    await insights.evidence(ATHLETE, insight.id)
    await insights.owner_of(insight.id)
    await insights.count_by_day(ATHLETE, since, until)
    await ledger.record(insight.attempts[0])
    await ledger.by_model(since, until)
    await insights.delete(ATHLETE, insight.id)


def stages(plan: Mapping[str, Any]) -> Iterator[str]:
    yield plan["stage"]
    for inner in [plan.get("inputStage"), *plan.get("inputStages", ())]:
        if inner:
            yield from stages(inner)


async def test_every_operation_walks_an_index(database: Database, tmp_path: Path) -> None:
    async with profiled(database) as seen:
        await use_everything(database, tmp_path)
        await asyncio.sleep(0)

    planned = [operation for operation in seen if "planSummary" in operation]
    assert {operation["ns"].rpartition(".")[2] for operation in planned} == COLLECTIONS
    for operation in planned:
        command = {key: value for key, value in operation["command"].items() if key in {"find", "filter", "q", "query", "sort"}}
        assert "COLLSCAN" not in operation["planSummary"], command
        if "aggregate" not in operation["command"]:  # sums are sorted after grouping, and are few
            assert "SORT" not in set(stages(operation["execStats"])), command
