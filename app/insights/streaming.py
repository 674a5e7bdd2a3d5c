"""Streams over HTTP: the events of a job, printed for the caller, as a response."""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response, status

from app.auth import CurrentAthlete
from app.dependencies import Counted, Insights, JobEvents, Streams
from app.event_stream import EventStream
from app.insights.reading import EventReader
from app.insights.schemas import GenerateInsight
from app.metrics import Metrics

OpenStream = Callable[[GenerateInsight], Awaitable[EventStream]]
FollowJob = Callable[[str, int], Awaitable[Response]]


async def _event_reader(request: Request, caller: CurrentAthlete, insights: Insights) -> EventReader:
    return EventReader(caller=caller, insights=insights, request_id=request.state.request_id)


Reader = Annotated[EventReader, Depends(_event_reader)]


async def stream_opener(reader: Reader, streams: Streams, follower: JobEvents, metrics: Counted) -> OpenStream:
    """Begins an insight and tells it from its first event on."""

    async def open_stream(asked: GenerateInsight) -> EventStream:
        on_first = partial(_observe, metrics, "generate", time.perf_counter())
        athlete_id = reader.caller.athlete_id
        job_id = await streams.open(athlete_id, asked, reader.request_id)
        return EventStream(reader.read(follower.follow(athlete_id, job_id, 0)), on_first=on_first)

    return open_stream


async def job_follower(reader: Reader, follower: JobEvents, metrics: Counted) -> FollowJob:
    """Tells a job's events after a number; 204 where there are none and none will come, which is how a browser learns to stay away."""

    async def follow(job_id: str, after: int) -> Response:
        on_first = partial(_observe, metrics, "events", time.perf_counter())
        athlete_id = reader.caller.athlete_id
        if await follower.is_over(athlete_id, job_id, after):
            return Response(status_code=status.HTTP_204_NO_CONTENT)
        return EventStream(reader.read(follower.follow(athlete_id, job_id, after)), on_first=on_first)

    return follow


def _observe(metrics: Metrics, route: str, began_s: float) -> None:
    metrics.observe_first_event(route, time.perf_counter() - began_s)
