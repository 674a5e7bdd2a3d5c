"""The service: routers, layers and errors put together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final, Protocol

from fastapi import FastAPI

from app.activities.routes import router as activities
from app.admission import Admission, AdmissionControl
from app.auth import open_tokens
from app.body_limit import BodyLimit, Limit
from app.ending import Ending, Farewell
from app.errors import handle_errors
from app.health.routes import router as health
from app.imports.routes import router as imports
from app.insights.routes import router as insights
from app.jobs.routes import router as jobs
from app.metrics import Metrics
from app.observation import Observation
from app.openapi import describe_errors
from app.profile.routes import router as profile
from app.resources import Resources, open_resources
from app.server import ENDING
from app.settings import Settings, load_settings
from app.usage.routes import router as usage
from app.wellness.routes import router as wellness

MB = 1_000_000

ROUTERS: Final = (health, profile, wellness, imports, activities, insights, usage, jobs)

BODY_LIMIT = Limit(size=MB)
BODY_LIMITS: Final[Mapping[tuple[str, str], Limit]] = {
    ("POST", "/api/activities"): Limit(size=16 * MB),
    ("POST", "/api/activities/import"): Limit(size=600 * MB, streamed=True),
}

DESCRIPTION = """Insights for endurance athletes, computed from their own activities.

All routes under `/api` need a bearer token; `insights token --athlete ID` makes one. Every error is a problem document (RFC 9457)."""


class Open(Protocol):
    """Opens the world of the application, which counts in `metrics`."""

    def __call__(self, settings: Settings, /, *, metrics: Metrics) -> AbstractAsyncContextManager[Resources]: ...


def create_app(settings: Settings | None = None, *, open_world: Open = open_resources, metrics: Metrics | None = None) -> FastAPI:
    """The application; settings come from the environment unless given. Raises SettingsError."""
    chosen = settings or load_settings()
    ending = Ending(drain_s=chosen.load.drain_s)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Mapping[str, object]]:
        async with (
            open_world(chosen, metrics=app.state.metrics) as resources,
            resources.breaker_sync.running(),
            resources.sweep.running(),
            resources.jobs.running(),
        ):
            app.state.resources = resources
            ending.tell(resources.stopping.begin)
            yield {ENDING: ending}

    app = FastAPI(title="StravaAI Insights", version="0.1.0", description=DESCRIPTION, lifespan=lifespan, redoc_url=None)
    app.state.tokens = open_tokens(chosen)
    app.state.metrics = metrics or Metrics()
    app.state.ending = ending
    app.state.admission = admission = Admission(chosen.load)
    for router in ROUTERS:
        app.include_router(router)
    handle_errors(app)
    app.openapi = describe_errors(app)  # type: ignore[method-assign]  # FastAPI's documented way
    app.add_middleware(BodyLimit, default=BODY_LIMIT, special=BODY_LIMITS)
    app.add_middleware(Observation, metrics=app.state.metrics)
    app.add_middleware(AdmissionControl, admission=admission, metrics=app.state.metrics)
    app.add_middleware(Farewell, ending=ending)  # the last one added is the outermost
    return app
