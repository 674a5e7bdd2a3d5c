"""What an operator's tools ask."""

import time

import pymongo
from fastapi import APIRouter, Request, Response, status
from pydantic import BaseModel
from pymongo.errors import PyMongoError

from app.dependencies import End, Opened
from app.errors import RETRY_AFTER_S
from app.lifecycle import retiring
from app.metrics import Metrics
from app.resources import Resources

PING_LIMIT_S = 1.0

router = APIRouter(tags=["operation"])


class Live(BaseModel):
    status: str = "ok"


class Part(BaseModel):
    """`status` is ok or away."""

    status: str
    latency_ms: float


class Ready(BaseModel):
    """`draining`: the service has been told to stop. `left_alone` are models whose breaker is open; others answer for them.
    `warnings` are for the operator. Neither of the two makes the service unready."""

    status: str
    parts: dict[str, Part]
    draining: bool = False
    left_alone: list[str] = []
    warnings: list[str] = []


@router.get("/livez")
async def live() -> Live:
    """The process runs; says nothing of what it depends on."""
    return Live()


@router.get("/readyz", responses={503: {"model": Ready, "description": "A part is away, `parts` says which, or the service is ending."}})
async def ready(resources: Opened, ending: End, response: Response) -> Ready:
    """Everything that a request needs is there, and will be for a while."""
    mongodb = await _ping(resources)
    state = "draining" if ending.is_draining else mongodb.status
    if state != "ok":
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return Ready(
        status=state,
        parts={"mongodb": mongodb},
        draining=ending.is_draining,
        left_alone=list(resources.breakers.left_alone()),
        warnings=list(retiring(resources.settings.models, resources.clock().date())),
    )


async def _ping(resources: Resources) -> Part:
    started = time.perf_counter()
    try:
        with pymongo.timeout(PING_LIMIT_S):
            await resources.database.command("ping")
        state = "ok"
    except PyMongoError:
        state = "away"
    return Part(status=state, latency_ms=round(1000 * (time.perf_counter() - started), 1))


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request) -> Response:
    """In Prometheus' exposition format."""
    measured: Metrics = request.app.state.metrics
    return Response(measured.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
