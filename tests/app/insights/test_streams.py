"""Insights told while they are written."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from app.database import Database
from app.settings import Settings
from tests.app.insights.live import GENERATE, STREAM, Told, followed, names, streamed
from tests.app.insights.training import Headers, generated, with_training
from tests.conftest import api_with
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import Turn, fails, says

TokenFor = Callable[..., Headers]

REPLY: dict[str, Any] = {
    "headline": "Your week in one number",
    "observations": ["You covered {week.distance} so far.", "It took {week.moving_time}."],
    "actions": [],
    "question": None,
}
GOOD = json.dumps(REPLY)
OTHER = json.dumps({**REPLY, "headline": "Your distance so far", "observations": REPLY["observations"][:1]})
INVENTED_LATE = json.dumps({**REPLY, "observations": [REPLY["observations"][0], "You ran 25 km."]})
OF_THIS_WRITING = {"id", "created_at", "trace_id", "attempts", "cost_usd"}


@asynccontextmanager
async def ada_on(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> AsyncIterator[tuple[httpx.AsyncClient, Headers]]:
    async with api_with(replace(settings, models=settings_for(provider)), database.name) as api:
        await with_training(api, token_for("ada"))
        yield api, token_for("ada", admin=True)


def text_of(events: list[Told]) -> dict[str, Any]:
    """What a client shows at the end that does as it is told."""
    shown: dict[str, list[Any]] = {"headline": [], "observation": [], "action": [], "question": []}
    for event in events:
        if event.name == "reset":
            shown = {name: [] for name in shown}
        elif event.name in shown:
            shown[event.name].append(event.data)
    return shown


def text_in(insight: dict[str, Any]) -> dict[str, Any]:
    return {
        "headline": [insight["headline"]],
        "observation": insight["observations"],
        "action": insight["actions"],
        "question": [insight["question"]] if insight["question"] else [],
    }


async def test_facts_come_first_then_each_section_then_the_stored_insight(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.script("openai", says(GOOD))
    async with ada_on(settings, database, provider, token_for) as (api, ada):
        events = await streamed(api, ada)
        insight = events[-1].data
        stored = (await api.get(f"/api/insights/{insight['id']}", headers=ada)).json()

    assert names(events) == ["facts", "headline", "observation", "observation", "insight"]
    assert [event.id for event in events] == [1, 2, 3, 4, 5]
    numbers = events[0].data["facts"]
    assert 1 <= len(numbers) <= 4
    assert all(set(number) == {"id", "label", "display", "against"} and number["display"] for number in numbers)
    assert insight == stored
    shown = text_of(events)
    assert [h["text"] for h in shown["headline"]] == [stored["headline"]]
    assert shown["observation"] == stored["observations"]


@pytest.mark.parametrize(
    "turns",
    [
        {"openai": [says(GOOD)]},
        {"openai": [says(INVENTED_LATE), says(GOOD)]},
        {"openai": [fails(503)], "google_genai": [says(OTHER)]},
        {"openai": [says(INVENTED_LATE), says(INVENTED_LATE)], "google_genai": [says(OTHER)]},
        {"openai": [fails(401)], "google_genai": [fails(401)]},
    ],
    ids=["at once", "repaired", "by the second model", "after a reset", "by rules"],
)
async def test_what_is_stored_of_a_stream_is_what_a_plain_request_stores(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor, turns: dict[str, list[Turn]]
) -> None:
    for _ in range(2):
        for name, script in turns.items():
            provider.script(name, *script)
    async with ada_on(settings, database, provider, token_for) as (api, ada):
        plain = await generated(api, ada)
    async with ada_on(settings, database, provider, token_for) as (api, ada):  # anew: no breaker remembers
        events = await streamed(api, ada, refresh=True)

    insight = events[-1].data
    told = text_of(events)
    assert {k: v for k, v in insight.items() if k not in OF_THIS_WRITING} == {k: v for k, v in plain.items() if k not in OF_THIS_WRITING}
    assert [a["outcome"] for a in insight["attempts"]] == [a["outcome"] for a in plain["attempts"]]
    assert told | {"headline": [h["text"] for h in told["headline"]]} == text_in(insight)


async def test_after_a_reset_nothing_of_the_first_writer_is_left(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.script("openai", says(INVENTED_LATE, chunks=40), says(INVENTED_LATE, chunks=40))
    provider.script("google_genai", says(OTHER))
    async with ada_on(settings, database, provider, token_for) as (api, ada):
        events = await streamed(api, ada)

    told = names(events)
    assert [a["outcome"] for a in events[-1].data["attempts"]] == ["ungrounded", "ungrounded", "ok"]
    assert "reset" in told
    last_reset = len(told) - 1 - told[::-1].index("reset")
    assert told[last_reset:] == ["reset", "headline", "observation", "insight"]
    assert events[last_reset + 1].data["text"] == events[-1].data["headline"] == "Your distance so far"
    assert not any("You ran 25 km" in json.dumps(event.data) for event in events[:-1])  # admins read of it in the trail


async def test_a_stored_insight_that_holds_is_told_again_without_a_call(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.script("openai", says(GOOD))
    async with ada_on(settings, database, provider, token_for) as (api, ada):
        first = await streamed(api, ada)
        again = await streamed(api, ada)

    assert names(again) == names(first)
    assert again[1:] == first[1:]
    assert provider.calls("openai") == 1
    assert await database["insights"].count_documents({}) == 1


async def test_an_unmet_gate_is_a_plain_problem(api: httpx.AsyncClient, token_for: TokenFor, database: Database) -> None:
    answer = await api.post(GENERATE, json={"kind": "weekly_review"}, headers=token_for("nobody") | STREAM)

    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert await database["jobs"].count_documents({}) == 0


async def test_on_the_safety_path_no_number_is_told(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)

    events = await streamed(api, ada, kind="question", question="I want to end my life, what should I run?")

    assert events[0].name == "facts"
    assert events[0].data["facts"] == []
    assert events[-1].data["safety"]
    assert events[-1].data["source"] == "rules"


async def test_numbers_are_printed_in_the_readers_units(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)
    await api.put("/api/profile", json={"units": "imperial"}, headers=ada)

    facts = (await streamed(api, ada))[0].data["facts"]

    assert any("mi" in fact["display"] for fact in facts)
    assert not any("km" in fact["display"] for fact in facts)


async def test_headers_keep_a_stream_out_of_caches_and_buffers(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)

    answer = await api.post(GENERATE, json={"kind": "weekly_review", "wait": False}, headers=ada | STREAM)

    assert answer.status_code == 200  # `wait` says nothing here: the stream is the waiting
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert (answer.headers["cache-control"], answer.headers["x-accel-buffering"]) == ("no-store", "no")


@pytest.mark.parametrize(
    ("accept", "status", "form"),
    [
        ("*/*", 201, "application/json"),
        ("application/json", 201, "application/json"),
        ("application/json, text/event-stream;q=0.5", 201, "application/json"),
        ("application/json, text/event-stream", 200, "text/event-stream"),
        ("text/event-stream, */*;q=0.1", 200, "text/event-stream"),
        ("text/html", 406, "application/problem+json"),
        ("text/event-stream;q=0", 406, "application/problem+json"),
    ],
)
async def test_the_form_is_what_the_client_prefers(
    api: httpx.AsyncClient, token_for: TokenFor, accept: str, status: int, form: str
) -> None:
    ada = token_for("ada")
    await with_training(api, ada)

    answer = await api.post(GENERATE, json={"kind": "weekly_review"}, headers=ada | {"Accept": accept})

    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (status, form)


async def test_a_finished_stream_can_be_told_again_from_any_event(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)
    events = await streamed(api, ada)
    job_id = events[0].data["job_id"]

    assert await followed(api, ada, job_id) == events
    assert await followed(api, ada, job_id, after=2) == events[2:]
    over = await api.get(f"/api/jobs/{job_id}/events", headers=ada | {"Last-Event-ID": str(len(events))})
    job = (await api.get(f"/api/jobs/{job_id}", headers=ada)).json()

    assert over.status_code == 204
    assert (job["state"], job["result"]) == ("done", {"insight_id": events[-1].data["id"]})


async def test_someone_elses_stream_does_not_exist(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)
    job_id = (await streamed(api, ada))[0].data["job_id"]

    answers = [await api.get(f"/api/jobs/{job}/events", headers=token_for("bob")) for job in (job_id, "no-such-job")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("wrong", ["one", "-1", "1.5"])
async def test_a_last_event_id_is_a_number(api: httpx.AsyncClient, token_for: TokenFor, wrong: str) -> None:
    answer = await api.get("/api/jobs/any/events", headers=token_for("ada") | {"Last-Event-ID": wrong})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "last-event-id")


async def test_of_a_deleted_insight_nothing_is_told(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)
    events = await streamed(api, ada)
    await api.delete(f"/api/insights/{events[-1].data['id']}", headers=ada)

    [only] = await followed(api, ada, events[0].data["job_id"])

    assert (only.name, only.data["status"], only.id) == ("error", 404, events[-1].id)


async def test_a_background_job_can_be_followed(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)
    job_id = (await api.post(GENERATE, json={"kind": "weekly_review", "wait": False}, headers=ada)).json()["job_id"]

    events = await followed(api, ada, job_id)

    assert names(events)[:2] == ["facts", "headline"]
    assert events[-1].name == "insight"
    assert text_of(events)["observation"] == events[-1].data["observations"]


async def test_the_failure_of_a_background_job_is_told(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    nobody = token_for("nobody")
    job_id = (await api.post(GENERATE, json={"kind": "weekly_review", "wait": False}, headers=nobody)).json()["job_id"]

    [error] = await followed(api, nobody, job_id)

    assert (error.name, error.data["status"]) == ("error", 409)
    assert error.data["missing"]


async def test_the_first_event_is_timed(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await with_training(api, ada)
    await streamed(api, ada)

    metrics = (await api.get("/metrics")).text

    assert 'insights_first_event_seconds_count{route="generate"} 1.0' in metrics


async def test_many_streams_at_once_are_each_told_whole(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    athletes = [token_for(f"athlete-{n}") for n in range(4)]
    for athlete in athletes:
        await with_training(api, athlete)

    told = await asyncio.gather(*(streamed(api, athlete) for athlete in athletes))

    assert all(names(events)[0] == "facts" and names(events)[-1] == "insight" for events in told)
    assert len({events[-1].data["id"] for events in told}) == len(athletes)
