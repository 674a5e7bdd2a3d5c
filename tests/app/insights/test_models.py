"""Insights over HTTP with two scripted providers behind the real client libraries."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx

from app.database import Database
from app.settings import Settings
from tests.app.insights.training import Headers, generated, outcomes, with_training
from tests.conftest import api_with
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import fails, refuses, says

TokenFor = Callable[..., Headers]

TRUE = json.dumps(
    {
        "headline": "Your week in one number",
        "observations": ["You covered {week.distance} so far."],
        "actions": [],
        "question": None,
    }
)
INVENTED = TRUE.replace("{week.distance}", "25 km")


@asynccontextmanager
async def ada_and_models(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> AsyncIterator[tuple[httpx.AsyncClient, Headers]]:
    async with api_with(replace(settings, models=settings_for(provider)), database.name) as api:
        await with_training(api, token_for("ada"))
        yield api, token_for("ada", admin=True)


async def test_the_second_model_answers_when_the_first_is_down(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.always("openai", fails(503))
    provider.script("google_genai", says(TRUE))
    async with ada_and_models(settings, database, provider, token_for) as (api, ada):
        insight = await generated(api, ada)

    assert (insight["source"], insight["model"]["provider"]) == ("model", "google_genai")
    assert outcomes(insight) == ["unavailable", "unavailable", "ok"]
    assert insight["degraded"] is False


async def test_an_invented_number_is_repaired_and_kept_as_evidence(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.script("openai", says(INVENTED), says(TRUE))
    async with ada_and_models(settings, database, provider, token_for) as (api, ada):
        insight = await generated(api, ada)

    assert outcomes(insight) == ["ungrounded", "repaired"]
    evidence = await database["evidence"].find_one({"insight_id": insight["id"]})
    assert evidence is not None
    [violation, *_] = evidence["drafts"][0]["violations"]
    assert (violation["rule"], violation["sentence"]) == ("free_number", "You covered 25 km so far.")
    assert evidence["drafts"][0]["raw"] == INVENTED
    assert "week.distance" in evidence["sheet"]["facts"]


async def test_no_provider_fault_reaches_the_athlete(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.always("openai", fails(500))
    provider.always("google_genai", fails(429))
    async with ada_and_models(settings, database, provider, token_for) as (api, ada):
        insight = await generated(api, ada)

    assert (insight["source"], insight["degraded"], insight["model"]) == ("rules", True, None)
    assert outcomes(insight) == ["unavailable", "unavailable", "rate_limited", "ok"]


async def test_a_refusal_is_not_routed_around(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.script("openai", refuses())
    async with ada_and_models(settings, database, provider, token_for) as (api, ada):
        insight = await generated(api, ada)

    assert outcomes(insight) == ["refused", "ok"]
    assert insight["source"] == "rules"


async def test_models_see_nothing_of_an_athlete_who_refused(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    async with ada_and_models(settings, database, provider, token_for) as (api, ada):
        await api.put("/api/profile", json={"model_consent": "refused"}, headers=ada)
        insight = await generated(api, ada)

    assert (insight["source"], insight["degraded"]) == ("rules", False)
    assert provider.exchanges == []
