"""The world, opened in one place: the API, the workers and the commands all use it."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from app.activities.intake import Intake
from app.activities.repository import ActivityRepository
from app.activities.service import ActivityService
from app.database import Database, ensure_indexes, open_database
from app.history.adoption import adopt
from app.history.repository import HistoryRepository
from app.imports.desk import ImportDesk
from app.imports.jobs import IMPORT_JOB, ImportJobs
from app.imports.service import ImportService
from app.imports.spool import Spool
from app.insights.chain import open_chain
from app.insights.jobs import INSIGHT_JOB, InsightJobs
from app.insights.replay import Replay
from app.insights.repository import InsightRepository
from app.insights.service import InsightService
from app.jobs.job import JobHandler
from app.jobs.repository import JobRepository
from app.jobs.runner import JobRunner
from app.memory import keep_freed_memory
from app.profile.repository import ProfileRepository
from app.profile.service import ProfileService
from app.recordings.pool import DecodingPool
from app.retrieval import MongoAthleteData
from app.settings import Settings
from app.usage.repository import UsageRepository
from app.usage.service import UsageService
from app.wellness.repository import WellnessRepository
from app.wellness.service import WellnessService

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Everything that lives as long as the process."""

    settings: Settings
    clock: Clock
    database: Database
    profiles: ProfileService
    wellness: WellnessService
    activities: ActivityService
    intake: Intake
    imports: ImportService
    import_desk: ImportDesk
    jobs: JobRunner
    athlete_data: MongoAthleteData
    insights: InsightService
    replay: Replay
    usage: UsageService


@asynccontextmanager
async def open_resources(settings: Settings, *, clock: Clock = utc_now, database_name: str | None = None) -> AsyncIterator[Resources]:
    """Open all, close all in reverse. Raises StartupError, or PyMongo's own error if the server is away."""
    keep_freed_memory()
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
        stored_insights, ledger = InsightRepository(database), UsageRepository(database)
        athlete_data = MongoAthleteData(
            profiles=profiles, wellness=wellness, activities=stored_activities, history=history, insights=stored_insights
        )
        chain = await stack.enter_async_context(open_chain(settings, athlete_data, ledger))
        insights = InsightService(
            chain=chain, insights=stored_insights, profiles=profiles, clock=clock, deadline_s=settings.models.deadline_s
        )
        handlers: Mapping[str, JobHandler] = {
            IMPORT_JOB: ImportJobs(imports=imports, spool=spool),
            INSIGHT_JOB: InsightJobs(insights),
        }
        jobs = JobRunner(JobRepository(database), handlers, clock)
        yield Resources(
            settings=settings,
            clock=clock,
            database=database,
            profiles=ProfileService(profiles, clock),
            wellness=WellnessService(wellness, profiles, clock),
            activities=activities,
            intake=Intake(activities=activities, profiles=profiles),
            imports=imports,
            import_desk=ImportDesk(imports=imports, spool=spool, runner=jobs, now=clock),
            jobs=jobs,
            athlete_data=athlete_data,
            insights=insights,
            replay=Replay(settings=settings, insights=stored_insights, data=athlete_data, ledger=ledger, clock=clock),
            usage=UsageService(ledger=ledger, insights=stored_insights, clock=clock),
        )
