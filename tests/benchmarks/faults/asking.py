"""Asking for an insight, plain or as a stream, as an app does it; and what it has in its hands at the end."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx

from tests.benchmarks.faults.replies import Party

GENERATE = "/api/insights/generate"
STREAM = {"Accept": "text/event-stream"}
SECTIONS = ("headline", "observation", "action", "question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    name: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """`insight` as the caller got it; `events` of a stream."""

    status: int
    seconds: float
    insight: dict[str, Any] | None
    problem: dict[str, Any] | None = None
    retry_after: object = None
    """As the problem says it, or its header."""
    events: tuple[Event, ...] = ()


async def ask(client: httpx.AsyncClient, party: Party) -> Answered:
    body = {"kind": party.kind.value, "refresh": True}
    began = time.perf_counter()
    if party.streamed:
        return await _streamed(client, body, began)
    answer = await client.post(GENERATE, json=body)
    seconds = time.perf_counter() - began
    is_insight = answer.status_code in (200, 201)
    return Answered(
        status=answer.status_code,
        seconds=seconds,
        insight=answer.json() if is_insight else None,
        problem=None if is_insight else answer.json(),
        retry_after=answer.headers.get("retry-after"),
    )


async def _streamed(client: httpx.AsyncClient, body: dict[str, Any], began: float) -> Answered:
    async with client.stream("POST", GENERATE, json=body, headers=STREAM) as answer:
        if answer.status_code != 200:
            await answer.aread()
            return Answered(
                status=answer.status_code,
                seconds=time.perf_counter() - began,
                insight=None,
                problem=answer.json(),
                retry_after=answer.headers.get("retry-after"),
            )
        events = [event async for event in events_of(answer)]
    seconds = time.perf_counter() - began
    last = events[-1] if events else Event(name="nothing", data={})
    return Answered(
        status=answer.status_code,
        seconds=seconds,
        insight=last.data if last.name == "insight" else None,
        problem=last.data if last.name == "error" else None,
        retry_after=last.data.get("retry_after_s", last.name == "error"),
        events=tuple(events),
    )


async def events_of(answer: httpx.Response) -> AsyncIterator[Event]:
    """Comments are passed over."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if not line and fields:
            yield Event(name=fields["event"], data=json.loads(fields["data"]))
            fields = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


def shown(events: tuple[Event, ...]) -> dict[str, list[Any]]:
    """What a client that does as it is told has on its screen at the end: nothing from before the last `reset`."""
    sections: dict[str, list[Any]] = {name: [] for name in SECTIONS}
    for event in events:
        if event.name == "reset":
            sections = {name: [] for name in SECTIONS}
        elif event.name == "headline":
            sections["headline"].append(event.data["text"])
        elif event.name in sections:
            sections[event.name].append(event.data)
    return sections


def sections_in(insight: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        "headline": [insight["headline"]],
        "observation": insight["observations"],
        "action": insight["actions"],
        "question": [insight["question"]] if insight["question"] else [],
    }
