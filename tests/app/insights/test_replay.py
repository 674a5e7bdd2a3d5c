"""A stored sheet written about again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.database import Database
from app.insights.replay import difference
from app.resources import open_resources
from app.settings import Settings
from chains.errors import NotFound
from chains.training.profile import Units
from tests.app.insights.training import Headers, generated, with_training
from tests.conftest import api_with
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import says

TokenFor = Callable[..., Headers]

WRITTEN_ANEW = '{"headline": "Said differently", "observations": ["It was {week.distance}."], "actions": [], "question": null}'
DRAFT = """---
name: weekly_review
version: 99
description: a draft
inputs: [sheet]
---
Be brief.

$sheet
"""


async def test_a_replay_shows_what_another_prompt_and_model_make_of_the_same_sheet(
    settings: Settings, database: Database, provider: ProviderDouble, token_for: TokenFor, tmp_path: Path
) -> None:
    async with api_with(settings, database.name) as api:
        await with_training(api, token_for("ada"))
        insight = await generated(api, token_for("ada"))
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT)
    provider.script("google_genai", says(WRITTEN_ANEW))

    with_models = replace(settings, models=settings_for(provider))
    async with open_resources(with_models, database_name=database.name) as resources:
        replayed = await resources.replay.run(insight["id"], prompt=draft, model="google_genai:gemini-2.5-flash-lite")
        lines = list(difference(replayed, Units.METRIC))

    assert replayed.after.insight.headline == "Said differently"
    assert replayed.after.insight.prompt.startswith("weekly_review/v99@")
    assert f"-{insight['headline']}" in lines
    assert "+Said differently" in lines
    assert "Be brief." in "".join(provider.exchanges[0].request.texts)
    assert await database["insights"].count_documents({}) == 1
    assert await database["attempts"].count_documents({"athlete_id": "ada"}) == 2


async def test_an_insight_that_is_gone_cannot_be_replayed(settings: Settings, database: Database) -> None:
    async with open_resources(settings, database_name=database.name) as resources:
        with pytest.raises(NotFound):
            await resources.replay.run("gone", prompt=None, model="rules")
