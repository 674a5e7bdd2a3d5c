"""For each stored insight: which writers were tried, why each failed and what it cost, in the document and in the log."""

import json
from dataclasses import replace

import httpx
import pytest
from structlog.testing import capture_logs

from app.database import Database
from app.settings import Settings
from tests.app.insights.test_models import INVENTED, TRUE, TokenFor, ada_and_models
from tests.app.insights.training import generated
from tests.conftest import api_with
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import fails, says

SECRET_WORDS = "my knee hurts near the old mill"


async def test_the_document_says_why_each_writer_failed(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.script("openai", says(INVENTED), fails(500))
    provider.script("google_genai", says(TRUE))
    async with ada_and_models(settings, database, provider, token_for) as (api, admin):
        insight = await generated(api, admin)

    told = [(a["model"], a["outcome"], a["rule"], a["sentence"], a["detail"]) for a in insight["attempts"]]
    assert told == [
        ("gpt-4o", "ungrounded", "free_number", "You covered 25 km so far.", None),
        ("gpt-4o", "unavailable", None, None, "InternalServerError, HTTP 500"),
        ("gemini-2.5-flash-lite", "ok", None, None, None),
    ]
    assert [a["cost_usd"] > 0 for a in insight["attempts"]] == [True, False, True]
    assert insight["cost_usd"] == pytest.approx(sum(a["cost_usd"] for a in insight["attempts"]))


async def test_the_sentence_is_nothing_for_athletes_and_nothing_for_the_ledger(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    provider.script("openai", says(INVENTED), says(TRUE))
    async with ada_and_models(settings, database, provider, token_for) as (api, _):
        insight = await generated(api, token_for("ada"))

    rows = await database["attempts"].find({}).to_list()
    assert "25 km" not in json.dumps(insight)
    assert "attempts" not in insight
    assert [row["rule"] for row in rows] == ["free_number", None]
    assert "25 km" not in str(rows)


async def test_one_line_in_the_log_without_anyone_s_words(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor
) -> None:
    words = TRUE.replace("Your week in one number", SECRET_WORDS.replace("knee", "25 knees"))
    provider.script("openai", says(words), fails(401, code="invalid_api_key", message=SECRET_WORDS))
    provider.script("google_genai", says(TRUE))
    async with ada_and_models(settings, database, provider, token_for) as (api, admin):
        with capture_logs() as logged:
            insight = await generated(api, admin)
            await api.post("/api/insights/generate", json={"kind": "weekly_review"}, headers=admin)

    [line] = [line for line in logged if line["event"] == "insight"]
    assert (line["insight_id"], line["source"], line["cost_usd"]) == (insight["id"], "model", insight["cost_usd"])
    assert [(a["writer"], a["outcome"], a.get("rule")) for a in line["attempts"]] == [
        ("openai:gpt-4o", "ungrounded", "free_number"),
        ("openai:gpt-4o", "auth", None),
        ("google_genai:gemini-2.5-flash-lite", "ok", None),
    ]
    assert line["seconds"] >= sum(a["seconds"] for a in line["attempts"][:1])
    assert "knee" not in str(logged)
    assert "ada" not in str(line)


async def test_readiness_warns_of_a_model_that_retires(
    settings: Settings, database: Database, provider: ProviderDouble, api: httpx.AsyncClient
) -> None:
    """A day on which the table's row is past can only be today or later: the model of this row is gone already."""
    gone = settings_for(provider).model_copy(update={"route": ("openai:gpt-4-turbo",)})
    async with api_with(replace(settings, models=gone), database.name) as warned:
        told = await warned.get("/readyz")

    assert told.status_code == 200
    assert told.json()["warnings"][0].startswith("openai:gpt-4-turbo was retired on 2026-10-23; its provider names gpt-5.6-sol")
    assert (await api.get("/readyz")).json()["warnings"] == []
