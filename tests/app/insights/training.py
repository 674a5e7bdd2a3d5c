"""An athlete with four months of runs, put in through the API like anyone's, and the service with two scripted models."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx

from chains.attempt import Attempt, Outcome
from chains.facts.sheet import FactSheet
from chains.insight import Insight, InsightSource, Written
from chains.request import InsightKind

Headers = dict[str, str]
TODAY = datetime.now(UTC).date()
STEPS_OF_ONE_LEG = 86
MORNING = time(6, 30, tzinfo=UTC)


def run(
    days_ago: int, *, km: float = 10.0, minutes: float | None = None, identifier: int | None = None, mean_hr: float | None = None
) -> dict[str, Any]:
    """A Strava summary: an easy run before breakfast."""
    start = datetime.combine(TODAY - timedelta(days=days_ago), MORNING)
    seconds = 60 * (minutes or km * 5.6)
    return {
        "id": identifier or 10_000 + days_ago,
        "name": "Morning Run",
        "sport_type": "Run",
        "start_date": start.isoformat(),
        "utc_offset": 0,
        "elapsed_time": seconds,
        "moving_time": seconds,
        "distance": km * 1000,
        "total_elevation_gain": 40,
        "has_heartrate": True,
        "average_heartrate": mean_hr or 142 + days_ago % 5,
        "max_heartrate": 181,
        "average_cadence": STEPS_OF_ONE_LEG,
    }


def four_months() -> Sequence[dict[str, Any]]:
    """Four runs a week, the longest on the last day of each seven."""
    return [run(days_ago, km=8 + days_ago % 7) for days_ago in range(1, 120) if days_ago % 7 in (0, 2, 4, 6)]


async def with_training(api: httpx.AsyncClient, athlete: Headers) -> None:
    answer = await api.post("/api/activities", json=list(four_months()), headers=athlete)
    assert answer.status_code == 200, answer.text
    assert not answer.json()["failed"]


async def generated(api: httpx.AsyncClient, athlete: Headers, kind: str = "weekly_review", **fields: Any) -> dict[str, Any]:
    """A new insight."""
    answer = await api.post("/api/insights/generate", json={"kind": kind, **fields}, headers=athlete)
    assert answer.status_code == 201, answer.text
    insight: dict[str, Any] = answer.json()
    return insight


def outcomes(insight: dict[str, Any]) -> list[str]:
    return [Outcome(attempt["outcome"]) for attempt in insight["attempts"]]


def written(athlete_id: str, now: datetime) -> Written:
    """The least that the chain could hand over for storing."""
    kind, day = InsightKind.WEEKLY_REVIEW, now.date()
    attempt = Attempt(
        id="attempt",
        insight_id="insight",
        athlete_id=athlete_id,
        kind=kind,
        prompt="rules",
        provider="rules",
        model="analyst",
        started_at=now,
        latency_ms=3,
        outcome=Outcome.OK,
    )
    insight = Insight(
        id="insight",
        athlete_id=athlete_id,
        kind=kind,
        activity_id=None,
        as_of=day,
        created_at=now,
        headline="A week",
        observations=(),
        actions=(),
        question=None,
        source=InsightSource.RULES,
        degraded=False,
        safety=None,
        missing=(),
        facts={},
        prompt="weekly_review/v1@0",
        context_hash="hash",
        model=None,
        cost_micro_usd=0,
        trace_id=None,
        attempts=(attempt,),
    )
    return Written(insight=insight, sheet=FactSheet(kind=kind, athlete_id=athlete_id, as_of=day, facts={}), drafts=())
