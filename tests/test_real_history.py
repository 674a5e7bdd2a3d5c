"""The main job on fifteen years of one runner, through the API: what comes out is true, grounded and worded anew each week."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest

from app.database import Database
from chains.text import skeleton
from tests.app.activities.entries import real_summaries

LAST_SUNDAY = date(2026, 2, 1)
WEEKS = 104
SUMMARIES = 300

Headers = dict[str, str]


@pytest.fixture
async def runner(api: httpx.AsyncClient, token_for: Callable[..., Headers]) -> Headers:
    headers = token_for("runner", admin=True)
    await api.put("/api/profile", json={"time_zone": "Europe/Copenhagen"}, headers=headers)
    answer = await api.post("/api/activities", json=list(real_summaries()), headers=headers)
    taken = answer.json()
    assert len(taken["imported"]) + len(taken["duplicate"]) == 1_808
    assert taken["failed"] == []
    return headers


async def generated(api: httpx.AsyncClient, runner: Headers, **asked: str) -> dict[str, Any]:
    answer = await api.post("/api/insights/generate", json=asked, headers=runner)
    assert answer.status_code == 201, f"{asked}: {answer.text}"
    insight: dict[str, Any] = answer.json()
    assert [attempt["outcome"] for attempt in insight["attempts"]] == ["ok"], asked
    return insight


async def wording(database: Database, insight_id: str) -> tuple[str, ...]:
    """The texts of a stored insight with every reference forgotten."""
    stored = await database["insights"].find_one({"_id": insight_id})
    assert stored is not None
    return tuple(skeleton(text) for text in (stored["headline"], *(o["text"] for o in stored["observations"])))


async def test_a_weekly_review_of_each_of_two_years(api: httpx.AsyncClient, runner: Headers, database: Database) -> None:
    unmet, wordings = [], []
    for weeks_ago in range(WEEKS - 1, -1, -1):
        sunday = (LAST_SUNDAY - timedelta(weeks=weeks_ago)).isoformat()
        answer = await api.post("/api/insights/generate", json={"kind": "weekly_review", "as_of": sunday}, headers=runner)
        if answer.status_code == 409:
            unmet.append((sunday, answer.json()["missing"]))
            continue
        assert answer.status_code == 201, f"{sunday}: {answer.text}"
        assert [attempt["outcome"] for attempt in answer.json()["attempts"]] == ["ok"], sunday
        wordings.append(await wording(database, answer.json()["id"]))

    assert all(missing for _, missing in unmet)
    assert len(wordings) >= WEEKS - 12  # a gap of eight weeks leaves few weeks without a review
    assert [pair for pair in pairwise(wordings) if pair[0] == pair[1]] == []


async def test_a_summary_of_each_of_the_last_activities(api: httpx.AsyncClient, runner: Headers) -> None:
    activities: list[dict[str, Any]] = []
    cursor = None
    while len(activities) < SUMMARIES:
        page = (await api.get("/api/activities", params={"limit": 100, **({"cursor": cursor} if cursor else {})}, headers=runner)).json()
        activities += page["items"]
        cursor = page["next_cursor"]

    for activity in activities[:SUMMARIES]:
        insight = await generated(api, runner, kind="activity_summary", activity_id=activity["id"])
        assert insight["activity_id"] == activity["id"]
