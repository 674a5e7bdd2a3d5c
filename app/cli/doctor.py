"""`insights doctor`: is everything there that the service needs? Keys are named, never shown."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pymongo
import typer
from pymongo.errors import PyMongoError
from rich.console import Console
from rich.table import Table

from app.database import open_database
from app.keys import open_keys
from app.lifecycle import routed
from app.models import open_prices
from app.settings import ModelSettings, MongoSettings, Settings, load_settings
from app.startup import StartupError
from chains.lifecycle.retirements import retirement_warnings
from chains.money.prices import NoPrice
from chains.request import InsightKind

PING_LIMIT_S = 5.0

commands = typer.Typer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`fine` is None for what is merely so."""

    part: str
    fine: bool | None
    says: str


@commands.command()
def doctor() -> None:
    """Check settings, MongoDB, tokens, models and prices; ends with 1 if the service could not run."""
    settings = load_settings()
    findings = [*_settings(settings), asyncio.run(_mongodb(settings.mongo)), _tokens(settings), *_models(settings.models)]
    table = Table("", "part", "finding", box=None)
    for finding in findings:
        table.add_row({True: "[green]ok[/]", False: "[red]no[/]", None: "-"}[finding.fine], finding.part, finding.says)
    Console().print(table)
    if any(finding.fine is False for finding in findings):
        raise typer.Exit(1)


def _settings(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.mongo.data_dir.resolve().anchor).free // 10**9
    folder = settings.mongo.data_dir
    yield Finding(
        part="data", fine=None, says=f"INSIGHTS_DATA_DIR is {folder}{'' if folder.exists() else ', not there yet'}; {free} GB free"
    )
    tracing = "on" if settings.traces.enabled else "off"
    yield Finding(part="traces", fine=None, says=f"LANGSMITH_TRACING is {tracing}")
    unused = "; REDIS_URL is set, but nothing uses it yet" if settings.jobs.redis_url else ""
    yield Finding(part="jobs", fine=None, says=f"inside the service{unused}")


async def _mongodb(settings: MongoSettings) -> Finding:
    where = "MONGODB_URI" if settings.uri else "embedded"
    try:
        async with open_database(settings) as database:
            with pymongo.timeout(PING_LIMIT_S):
                version = (await database.command("buildInfo"))["version"]
    except StartupError as failure:
        return Finding(part="MongoDB", fine=False, says=str(failure))
    except PyMongoError as failure:
        return Finding(part="MongoDB", fine=False, says=f"{where} does not answer ({type(failure).__name__})")
    return Finding(part="MongoDB", fine=True, says=f"{version}, {where}")


def _tokens(settings: Settings) -> Finding:
    try:
        keys = open_keys(settings.auth, settings.mongo)
    except StartupError as failure:
        return Finding(part="tokens", fine=False, says=str(failure))
    return Finding(part="tokens", fine=True, says="HS256 with a shared secret" if keys.signing_key else "public keys of INSIGHTS_JWKS_FILE")


def _models(settings: ModelSettings) -> Iterator[Finding]:
    keys = {"openai": settings.openai_api_key, "google_genai": settings.google_api_key}
    for name, key in (("OPENAI_API_KEY", settings.openai_api_key), ("GOOGLE_API_KEY", settings.google_api_key)):
        yield Finding(part="keys", fine=None, says=f"{name} is {'set' if key else 'not set'}")
    for kind in InsightKind:
        asked = settings.route_for(kind)
        usable = [name for name in asked if keys.get(name.partition(":")[0])]
        yield Finding(part="route", fine=None, says=f"{kind}: {', then '.join([*usable, 'the rules'])}")
    yield _prices(settings)
    yield from _lifecycle(settings)


def _lifecycle(settings: ModelSettings) -> Iterator[Finding]:
    """Warnings, no failures: until that day everything works. Of models without a key too, because someone means to set one."""
    today = datetime.now(UTC).date()
    for warning in retirement_warnings(routed(settings), today):
        yield Finding(part="lifecycle", fine=None, says=f"[yellow]{warning}[/]")


def _prices(settings: ModelSettings) -> Finding:
    named = routed(settings)
    try:
        prices = open_prices(settings)
        for name in named:
            provider, _, model = name.partition(":")
            prices.require(provider, model)
    except (StartupError, NoPrice) as failure:
        return Finding(part="prices", fine=False, says=str(failure))
    return Finding(part="prices", fine=True, says=f"known for {', '.join(named) or 'no model'}")
