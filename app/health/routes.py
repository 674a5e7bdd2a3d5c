"""What an operator's tools ask."""

import time

import pymongo
from fastapi import APIRouter, Request, Response, status
from pydantic import BaseModel
from pymongo.errors import PyMongoError

from app.dependencies import Opened
from app.errors import RETRY_AFTER_S
from app.metrics import Metrics

PING_LIMIT_S = 1.0

router = APIRouter(tags=["operation"])


class Live(BaseModel):
    status: str = "ok"


class Part(BaseModel):
    """`status` is ok or away."""

    status: str
    latency_ms: float


class Ready(BaseModel):
    status: str
    parts: dict[str, Part]


@router.get("/livez")
async def live() -> Live:
    """The process runs; says nothing of what it depends on."""
    return Live()


@router.get("/readyz", responses={503: {"model": Ready, "description": "A part is away; `parts` says which."}})
async def ready(resources: Opened, response: Response) -> Ready:
    """Everything that a request needs is there."""
    started = time.perf_counter()
    try:
        with pymongo.timeout(PING_LIMIT_S):
            await resources.database.command("ping")
        state = "ok"
    except PyMongoError:
        state = "away"
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    latency_ms = round(1000 * (time.perf_counter() - started), 1)
    return Ready(status=state, parts={"mongodb": Part(status=state, latency_ms=latency_ms)})


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request) -> Response:
    """In Prometheus' exposition format."""
    measured: Metrics = request.app.state.metrics
    return Response(measured.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
