"""Insights over HTTP, by rules."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.database import Database
from tests.app.insights.training import STEPS_OF_ONE_LEG, TODAY, Headers, generated, run, with_training

TokenFor = Callable[..., Headers]


@pytest.fixture
async def ada(api: httpx.AsyncClient, token_for: TokenFor) -> Headers:
    """An athlete with training behind her."""
    headers = token_for("ada")
    await with_training(api, headers)
    return headers


@pytest.mark.parametrize("kind", ["weekly_review", "activity_summary"])
async def test_an_insight_cites_its_facts_and_prints_them(api: httpx.AsyncClient, ada: Headers, kind: str) -> None:
    insight = await generated(api, ada, kind)

    assert insight["source"] == "rules"
    assert insight["degraded"] is False
    cited = {fact for observation in insight["observations"] for fact in observation["facts"]}
    assert cited
    assert cited <= set(insight["facts"])
    assert all("{" not in observation["text"] for observation in insight["observations"])
    assert all(fact["display"] for fact in insight["facts"].values())


async def test_a_stored_insight_is_returned_while_it_holds(api: httpx.AsyncClient, ada: Headers) -> None:
    first = await generated(api, ada)

    again = await api.post("/api/insights/generate", json={"kind": "weekly_review"}, headers=ada)
    assert (again.status_code, again.json()) == (200, first)

    anew = await generated(api, ada, refresh=True)
    assert anew["id"] != first["id"]

    await api.post("/api/activities", json=run(0, km=14), headers=ada)
    changed = await generated(api, ada)
    assert changed["context_hash"] != first["context_hash"]


async def test_what_an_insight_cost_is_for_admins(api: httpx.AsyncClient, ada: Headers, token_for: TokenFor) -> None:
    insight = await generated(api, ada)
    as_admin = await api.get(f"/api/insights/{insight['id']}", headers=token_for("ada", admin=True))

    assert not {"attempts", "cost_usd", "model", "trace_id"} & set(insight)
    assert [(a["provider"], a["outcome"], a["cost_usd"]) for a in as_admin.json()["attempts"]] == [("rules", "ok", 0.0)]


async def test_units_are_chosen_when_an_insight_is_read(api: httpx.AsyncClient, ada: Headers) -> None:
    insight = await generated(api, ada)
    await api.put("/api/profile", json={"units": "imperial"}, headers=ada)

    read = (await api.get(f"/api/insights/{insight['id']}", headers=ada)).json()

    metric = {fact["display"] for fact in insight["facts"].values() if fact["unit"] == "m"}
    imperial = {fact["display"] for fact in read["facts"].values() if fact["unit"] == "m"}
    assert any(shown.endswith("km") for shown in metric)
    assert all(not shown.endswith("km") for shown in imperial)


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"kind": "horoscope"}, 422, "kind"),
        ({}, 422, "kind"),
        ({"kind": "weekly_review", "as_of": (TODAY + timedelta(days=2)).isoformat()}, 422, "as_of"),
        ({"kind": "weekly_review", "activity_id": "a"}, 422, "activity_id"),
        ({"kind": "weekly_review", "athlete_id": "bob"}, 422, "athlete_id"),
        ({"kind": "activity_summary", "activity_id": "x" * 65}, 422, "activity_id"),
    ],
)
async def test_a_bad_request_names_the_field_and_stores_nothing(
    api: httpx.AsyncClient, ada: Headers, database: Database, body: dict[str, Any], status: int, field: str
) -> None:
    answer = await api.post("/api/insights/generate", json=body, headers=ada)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await database["insights"].count_documents({}) == 0
    assert await database["attempts"].count_documents({}) == 0


async def test_an_unmet_gate_says_what_is_missing(api: httpx.AsyncClient, token_for: TokenFor, database: Database) -> None:
    answer = await api.post("/api/insights/generate", json={"kind": "weekly_review"}, headers=token_for("nobody"))

    assert answer.status_code == 409
    assert answer.json()["missing"] == [{"fact": "activity", "have": 0, "need": 1}]
    assert await database["insights"].count_documents({}) == 0


async def test_what_is_someone_elses_does_not_exist(api: httpx.AsyncClient, ada: Headers, token_for: TokenFor) -> None:
    insight, bob = await generated(api, ada), token_for("bob")
    activities = (await api.get("/api/activities", headers=ada)).json()["items"]
    path = f"/api/insights/{insight['id']}"

    answers = [
        await api.get(path, headers=bob),
        await api.delete(path, headers=bob),
        await api.post(f"{path}/feedback", json={"rating": 1}, headers=bob),
        await api.post(f"{path}/answer", json={"choice": "yes"}, headers=bob),
        await api.post("/api/insights/generate", json={"kind": "activity_summary", "activity_id": activities[0]["id"]}, headers=bob),
        await api.get("/api/insights/there-is-none", headers=bob),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert (await api.get(path, headers=ada)).status_code == 200


async def test_feedback_is_kept_and_replaced(api: httpx.AsyncClient, ada: Headers) -> None:
    insight = await generated(api, ada)
    path = f"/api/insights/{insight['id']}"

    await api.post(f"{path}/feedback", json={"rating": 1}, headers=ada)
    given = await api.post(f"{path}/feedback", json={"rating": -1, "reason": "obvious", "comment": "I knew that"}, headers=ada)
    wrong = await api.post(f"{path}/feedback", json={"rating": 2}, headers=ada)

    assert given.status_code == 200
    assert wrong.status_code == 422
    assert (await api.get(path, headers=ada)).json()["feedback"] == given.json()


async def test_only_a_choice_that_was_offered_is_an_answer(api: httpx.AsyncClient, ada: Headers, database: Database) -> None:
    await api.post("/api/activities", json=run(0, mean_hr=2 * STEPS_OF_ONE_LEG), headers=ada)
    insight = await generated(api, ada, "activity_summary")
    path = f"/api/insights/{insight['id']}/answer"

    wrong = await api.post(path, json={"choice": "something else"}, headers=ada)
    right = await api.post(path, json={"choice": insight["question"]["choices"][0]}, headers=ada)

    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "choice")
    assert right.status_code == 204
    assert await database["answers"].count_documents({"athlete_id": "ada"}) == 1


async def test_a_deleted_insight_leaves_nothing_but_its_cost(api: httpx.AsyncClient, ada: Headers, database: Database) -> None:
    insight = await generated(api, ada)
    path = f"/api/insights/{insight['id']}"

    assert (await api.delete(path, headers=ada)).status_code == 204
    assert (await api.get(path, headers=ada)).status_code == 404
    assert (await api.delete(path, headers=ada)).status_code == 404
    assert await database["evidence"].count_documents({}) == 0
    assert await database["attempts"].count_documents({}) == 1


async def test_a_job_writes_the_insight_that_nobody_waits_for(api: httpx.AsyncClient, ada: Headers) -> None:
    accepted = await api.post("/api/insights/generate", json={"kind": "weekly_review", "wait": False}, headers=ada)
    assert accepted.status_code == 202
    assert "Retry-After" in accepted.headers

    job = await ended(api, ada, accepted.headers["Location"])

    assert job["state"] == "done"
    stored = await api.get(f"/api/insights/{job['result']['insight_id']}", headers=ada)
    assert stored.json()["kind"] == "weekly_review"


async def ended(api: httpx.AsyncClient, athlete: Headers, path: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            job: dict[str, Any] = (await api.get(path, headers=athlete)).json()
            if job["state"] in ("done", "failed"):
                return job
            await asyncio.sleep(0.05)


async def test_usage_counts_the_callers_insights(api: httpx.AsyncClient, ada: Headers, token_for: TokenFor) -> None:
    await generated(api, ada)
    await generated(api, ada, "activity_summary")

    usage = (await api.get("/api/usage", headers=ada)).json()

    assert [(day["kind"], day["source"], day["insights"]) for day in usage["days"]] == [
        ("activity_summary", "rules", 1),
        ("weekly_review", "rules", 1),
    ]
    assert (await api.get("/api/usage", headers=token_for("bob"))).json()["days"] == []
    upside_down = await api.get("/api/usage", params={"since": "2026-02-02", "until": "2026-02-01"}, headers=ada)
    assert upside_down.status_code == 422
