"""The world, opened in one place: the API, the workers and the commands all use it."""

import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from app.activities.intake import Intake
from app.activities.repository import ActivityRepository
from app.activities.service import ActivityService
from app.breakers.repository import BreakerRepository
from app.breakers.sync import BreakerSync
from app.database import Database, ensure_indexes, open_database
from app.history.adoption import adopt
from app.history.repository import HistoryRepository
from app.imports.desk import ImportDesk
from app.imports.jobs import IMPORT_JOB, ImportJobs
from app.imports.service import ImportService
from app.imports.spool import Spool
from app.insights.chain import Operation, open_chain
from app.insights.jobs import INSIGHT_JOB, InsightJobs
from app.insights.replay import Replay
from app.insights.repository import InsightRepository
from app.insights.service import InsightService
from app.insights.streams import InsightStreams
from app.jobs.events import EventRepository
from app.jobs.feed import Feeds
from app.jobs.following import Follower
from app.jobs.job import JobHandler
from app.jobs.repository import JobRepository
from app.jobs.runner import JobRunner
from app.memory import keep_freed_memory
from app.metrics import Metrics
from app.monitor import OperatorMonitor
from app.profile.repository import ProfileRepository
from app.profile.service import ProfileService
from app.recordings.pool import DecodingPool
from app.retrieval import MongoAthleteData
from app.settings import Settings
from app.sweep import Sweep
from app.usage.repository import UsageRepository
from app.usage.service import UsageService
from app.usage.settling import PatientLedger
from app.wellness.repository import WellnessRepository
from app.wellness.service import WellnessService
from chains.routing.breakers import Breakers
from chains.routing.deadline import Stopping

Clock = Callable[[], datetime]

SWITCH_S = 0.001
"""So long the event loop waits at most for a thread that computes, each time it comes back from the system; a fifth of Python's own."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Everything that lives as long as the process."""

    settings: Settings
    clock: Clock
    metrics: Metrics
    database: Database
    profiles: ProfileService
    wellness: WellnessService
    activities: ActivityService
    intake: Intake
    imports: ImportService
    import_desk: ImportDesk
    jobs: JobRunner
    streams: InsightStreams
    follower: Follower
    breakers: Breakers
    stopping: Stopping
    breaker_sync: BreakerSync
    athlete_data: MongoAthleteData
    insights: InsightService
    replay: Replay
    sweep: Sweep
    usage: UsageService


@asynccontextmanager
async def open_resources(
    settings: Settings, *, clock: Clock = utc_now, database_name: str | None = None, metrics: Metrics | None = None
) -> AsyncIterator[Resources]:
    """Open all, close all in reverse. Raises StartupError, or PyMongo's own error if the server is away."""
    keep_freed_memory()
    sys.setswitchinterval(SWITCH_S)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings.mongo, database_name))
        await ensure_indexes(database)
        await adopt(database)
        profiles, wellness = ProfileRepository(database), WellnessRepository(database)
        stored_activities, history = ActivityRepository(database), HistoryRepository(database)
        activities = ActivityService(stored_activities, history)
        pool = await stack.enter_async_context(DecodingPool())
        imports = ImportService(activities=activities, profiles=profiles, workers=pool)
        spool = Spool(database)
        stored_insights, attempts = InsightRepository(database), UsageRepository(database)
        ledger = PatientLedger(attempts)
        await stack.enter_async_context(ledger.running())
        counted = metrics or Metrics()
        monitor = OperatorMonitor(counted)
        stopping = Stopping()
        breakers = Breakers(monitor=monitor, now=time.time)
        operation = Operation(ledger=ledger, monitor=monitor, breakers=breakers, stopping=stopping)
        athlete_data = MongoAthleteData(
            profiles=profiles, wellness=wellness, activities=stored_activities, history=history, insights=stored_insights
        )
        chain = await stack.enter_async_context(open_chain(settings, athlete_data, operation))
        insights = InsightService(
            chain=chain, insights=stored_insights, profiles=profiles, clock=clock, deadline_s=settings.models.deadline_s
        )
        job_events = EventRepository(database)
        feeds = Feeds(job_events, clock)
        handlers: Mapping[str, JobHandler] = {
            IMPORT_JOB: ImportJobs(imports=imports, spool=spool),
            INSIGHT_JOB: InsightJobs(insights, feeds),
        }
        jobs = JobRunner(JobRepository(database), handlers, clock)
        yield Resources(
            settings=settings,
            clock=clock,
            metrics=counted,
            database=database,
            profiles=ProfileService(profiles, clock),
            wellness=WellnessService(wellness, profiles, clock),
            activities=activities,
            intake=Intake(activities=activities, profiles=profiles),
            imports=imports,
            import_desk=ImportDesk(imports=imports, spool=spool, runner=jobs, now=clock),
            jobs=jobs,
            streams=InsightStreams(insights=insights, feeds=feeds, events=job_events, jobs=jobs),
            follower=Follower(feeds=feeds, events=job_events, jobs=jobs, is_ending=lambda: operation.stopping.at is not None),
            breakers=breakers,
            stopping=stopping,
            breaker_sync=BreakerSync(breakers, BreakerRepository(database)),
            athlete_data=athlete_data,
            insights=insights,
            replay=Replay(settings=settings, insights=stored_insights, data=athlete_data, operation=operation, clock=clock),
            sweep=Sweep(ledger=attempts, insights=stored_insights, now=clock),
            usage=UsageService(ledger=attempts, insights=stored_insights, clock=clock),
        )
