"""The service on a real socket in the test's own loop: what disconnects, waits and comes back needs one. And a reader of its streams."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import httpx
import uvicorn

from app.insights.streams import GRACE_S
from app.main import create_app
from app.resources import Resources, open_resources
from app.settings import Settings
from tests.app.insights.training import Headers
from tests.app.server import free_port

STREAM = {"Accept": "text/event-stream"}
GENERATE = "/api/insights/generate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as it came over the wire."""

    id: int
    name: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A replica: its address and its insides."""

    client: httpx.AsyncClient
    resources: Resources


@asynccontextmanager
async def live(settings: Settings, database_name: str, *, grace_s: float = GRACE_S) -> AsyncIterator[Live]:
    """Serving until the end of the block."""
    app = create_app(settings, open_world=partial(open_resources, database_name=database_name))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done(), serving.exception()
        await asyncio.sleep(0.01)
    resources: Resources = app.state.resources
    app.state.resources = replace(
        resources,
        streams=replace(resources.streams, grace_s=grace_s),
        follower=replace(resources.follower, note_every_s=min(resources.follower.note_every_s, grace_s / 5)),
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield Live(client=client, resources=app.state.resources)
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def streaming(client: httpx.AsyncClient, athlete: Headers, **fields: Any) -> AsyncIterator[AsyncIterator[Told]]:
    """A stream of a new insight; leaving the block breaks the connection."""
    body = {"kind": "weekly_review", **fields}
    async with client.stream("POST", GENERATE, json=body, headers=athlete | STREAM) as answer:
        assert answer.status_code == 200, await answer.aread()
        yield events_of(answer)


async def streamed(client: httpx.AsyncClient, athlete: Headers, **fields: Any) -> list[Told]:
    """A whole stream."""
    async with streaming(client, athlete, **fields) as events:
        return [event async for event in events]


async def followed(client: httpx.AsyncClient, athlete: Headers, job_id: str, *, after: int | None = None) -> list[Told]:
    """What a job tells, to its end."""
    headers = athlete | ({} if after is None else {"Last-Event-ID": str(after)})
    async with client.stream("GET", f"/api/jobs/{job_id}/events", headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        return [event async for event in events_of(answer)]


async def events_of(answer: httpx.Response) -> AsyncIterator[Told]:
    """Comments are passed over; an event has one line of each field."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if not line and fields:
            yield Told(id=int(fields["id"]), name=fields["event"], data=json.loads(fields["data"]))
            fields = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            assert name not in fields, f"two lines of {name}"
            fields[name] = value


def names(events: list[Told]) -> list[str]:
    return [event.name for event in events]
