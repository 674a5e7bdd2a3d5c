"""What both sides work on: a mongod, the sample athlete with sixteen months of recordings and six earlier insights of each kind, and a
provider that answers with a reply that is grounded on the athlete's sheet."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from app.demo.loading import SampleLoader
from app.insights.schemas import GenerateInsight
from app.resources import Resources, open_resources
from app.settings import AuthSettings, ModelSettings, MongoSettings, Settings, TraceSettings
from chains.facts.registry import analyse
from chains.insight import InsightSource
from chains.reply import Reply
from chains.request import InsightKind
from chains.sample.athlete import sample_athlete
from chains.writers.rules.analyst import RulesWriter
from tests.benchmarks.histories import SEED
from tests.benchmarks.insights import QUESTION, request_of
from tests.benchmarks.price.plain import Plain, open_plain
from tests.benchmarks.price.provider import Provider, providing

ATHLETE = "sample"
LAST_DAY = date(2026, 5, 14)
NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
EARLIER = [LAST_DAY - timedelta(weeks=weeks) for weeks in range(6, 0, -1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    service: Resources
    plain: Plain
    provider: Provider
    replies: Mapping[str, str]

    def reply(self, kind: InsightKind) -> Reply:
        """What the model says of it."""
        return Reply.model_validate_json(self.replies[kind.value])


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    """Loading takes a quarter of a minute."""
    with TemporaryDirectory() as folder, providing() as provider:
        async with open_resources(_settings(Path(folder), ModelSettings(openai_api_key=None, google_api_key=None)), clock=_clock) as rules:
            await _load(rules)
            replies = await _replies(rules)
            provider.learn(replies)
        async with (
            open_resources(_settings(Path(folder), provider.settings()), clock=_clock) as service,
            open_plain(service.database, provider) as plain,
        ):
            for kind in InsightKind:
                await _require_model(service, kind)
            yield World(service=service, plain=plain, provider=provider, replies=replies)


def asked(kind: InsightKind, as_of: date | None = None) -> GenerateInsight:
    """Always a new one."""
    return GenerateInsight(kind=kind, question=QUESTION if kind is InsightKind.QUESTION else None, as_of=as_of, refresh=True)


def _clock() -> datetime:
    return NOW


def _settings(folder: Path, models: ModelSettings) -> Settings:
    return Settings(
        mongo=MongoSettings(uri=None, data_dir=folder),
        auth=AuthSettings(jwt_secret=SecretStr("benchmarks issue no tokens to anyone"), jwks_file=None),
        models=models,
        traces=TraceSettings(enabled=False),
    )


async def _load(service: Resources) -> None:
    loader = SampleLoader(activities=service.activities, profiles=service.profiles, wellness=service.wellness)
    await loader.load(ATHLETE, sample_athlete(SEED, LAST_DAY), now=NOW, report=lambda _done, _total: None)
    for kind in InsightKind:
        for day in EARLIER:
            await service.insights.generate(ATHLETE, asked(kind, day))


async def _require_model(service: Resources, kind: InsightKind) -> None:
    """What is measured must be a model's insight at the first call."""
    insight = (await service.insights.generate(ATHLETE, asked(kind))).stored.insight
    if insight.source is not InsightSource.MODEL or len(insight.attempts) != 1:
        raise AssertionError(f"{kind}: {[attempt.outcome for attempt in insight.attempts]}")


async def _replies(service: Resources) -> dict[str, str]:
    """The rule-based analyst's words in the model's mouth: whole, and true of this sheet."""
    sheets = [analyse(await service.athlete_data.retrieve(request_of(ATHLETE, kind, NOW))) for kind in InsightKind]
    return {sheet.kind.value: RulesWriter().compose(sheet).model_dump_json() for sheet in sheets}
