"""Server-sent events as a response: one line of JSON each, a sign of life in between, and an end to readers that do not read."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from typing import Any

import structlog
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from app.jobs.events import Event

MEDIA_TYPE = "text/event-stream"

HEARTBEAT_S = 10.0
"""Shorter than the idle limits of usual proxies, which begin at 30 s."""

PATIENCE_S = 20.0
"""How long one piece may wait for a reader whose buffers are full. It can come back with `Last-Event-ID`."""

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

DESCRIPTION = "Events, each with an `id` and one line of JSON; a comment every ten seconds in between."

_log = structlog.get_logger(__name__)


class EventStream(StreamingResponse):
    """`on_first` is told when the first event is out."""

    media_type = MEDIA_TYPE

    def __init__(
        self,
        events: AsyncGenerator[Event],
        *,
        on_first: Callable[[], None] = lambda: None,
        heartbeat_s: float = HEARTBEAT_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._chunks = _chunks(events, heartbeat_s, on_first)
        self._patience_s = patience_s
        super().__init__(self._chunks, headers=HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(self._patience_s):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        except TimeoutError:
            _log.warning("reader_too_slow")
        finally:
            await self._chunks.aclose()


async def _chunks(events: AsyncGenerator[Event], heartbeat_s: float, on_first: Callable[[], None]) -> AsyncGenerator[bytes]:
    """Encoded, with heartbeats. Where this is closed, so are the events."""
    upcoming, is_first = asyncio.create_task(_next(events)), True
    try:
        while True:
            done, _ = await asyncio.wait({upcoming}, timeout=heartbeat_s)
            if not done:
                yield KEEPALIVE_COMMENT
                continue
            if (event := upcoming.result()) is None:
                return
            yield encoded(event)
            if is_first:
                on_first()
            upcoming, is_first = asyncio.create_task(_next(events)), False
    finally:
        if not upcoming.cancel():  # it had ended: then the events rest where they gave the last one
            await events.aclose()


async def _next(events: AsyncGenerator[Event]) -> Event | None:
    return await anext(events, None)


def encoded(event: Event) -> bytes:
    """As it goes over the wire."""
    return format_sse_event(event=event.name, id=str(event.number), data_str=_line(event.data))


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
