"""Every request has an id, a line in the log and a place in the metrics; none leaves without an answer."""

import time
from dataclasses import dataclass, field

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import problem_of
from app.logs import places
from app.metrics import Metrics
from app.request_id import HEADER, request_id_of

_log = structlog.get_logger("access")


@dataclass(slots=True)
class _Seen:
    """What is known of a response so far."""

    request_id: str
    status: int = 0
    started: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.started


class Observation:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = _Seen(request_id=request_id_of(scope))
        scope.setdefault("state", {})["request_id"] = seen.request_id

        async def send_seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                MutableHeaders(scope=message)[HEADER] = seen.request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=seen.request_id):
            try:
                await self._answer(scope, receive, send_seen, seen)
            finally:
                self._record(scope, seen)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, seen: _Seen) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as unexpected:
            _log.error("unexpected", error=type(unexpected).__name__, places=places(unexpected))
            if seen.status:
                raise  # half an answer is out: only the server can cut the connection
            await problem_of(unexpected, seen.request_id)(scope, receive, send)

    def _record(self, scope: Scope, seen: _Seen) -> None:
        route = _template(scope)
        self._metrics.observe_request(method=scope["method"], route=route, status=seen.status, seconds=seen.seconds)
        _log.info("request", method=scope["method"], route=route, status=seen.status, duration_ms=round(1000 * seen.seconds, 1))


def _template(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", "unmatched")
