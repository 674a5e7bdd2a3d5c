"""`insights demo`: the whole service on one screen, with nothing but this checkout.

The sample athlete is loaded, one insight of each kind is printed, and the service goes on to be tried.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.auth import issue_token
from app.cli.failures import leave_when_told
from app.cli.printing import insight_panel
from app.cli.trail import trail_lines
from app.demo.address import HOST, reserved
from app.demo.loading import PAGE, SEED, SampleLoader, sample_athlete_id
from app.insights.schemas import GenerateInsight
from app.local_model import DEADLINE_S, local_model
from app.main import create_app
from app.metrics import Metrics
from app.resources import Resources, open_resources
from app.server import GRACE_S, GracefulServer
from app.settings import ModelSettings, Settings, load_settings
from chains.request import InsightKind
from chains.sample.athlete import TIME_ZONE, sample_athlete
from chains.training.activity import Purpose

commands = typer.Typer()

Once = Annotated[bool, typer.Option("--once", help="End after the insights instead of serving.")]
WithLocalModel = Annotated[bool, typer.Option("--local-model", help="Ask a real, very small model on this machine (extra `local-llm`).")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes any free one.")]

QUESTION = "Can I run a half marathon in 1:38?"
"""Its answer draws on the sheets of several kinds."""


@commands.command()
def demo(once: Once = False, port: Port = 8000, with_local_model: WithLocalModel = False) -> None:
    """Load a sample athlete, print one insight of each kind, then serve on 127.0.0.1 with a token to try."""
    settings, console = load_settings(), Console()
    with suppress(KeyboardInterrupt), _models(settings, console, local=with_local_model) as asked:
        asyncio.run(_show(asked, console) if once else _show_and_serve(asked, console, port))


@contextmanager
def _models(settings: Settings, console: Console, *, local: bool) -> Iterator[Settings]:
    """The settings as they are, or with the small model of this machine as the only one."""
    if not local:
        yield settings
        return
    with local_model(settings.mongo.data_dir) as model:
        console.print(f"A model of 270 million parameters runs on {model.url}. Each insight takes it up to {DEADLINE_S:.0f} s,")
        console.print("and most of what it says fails the checks: below each insight stands what was tried.")
        yield replace(settings, models=model.only(settings.models))


async def _show(settings: Settings, console: Console) -> None:
    async with open_resources(settings) as resources:
        await show_insights(resources, await load_sample(resources, console), console)


async def _show_and_serve(settings: Settings, console: Console, port: int) -> None:
    with reserved(port) as bound:
        async with open_resources(settings) as resources:
            athlete_id = await load_sample(resources, console)
            await show_insights(resources, athlete_id, console)
            leave_when_told(0)
            print_invitation(console, issue_token(settings, athlete_id), bound.getsockname()[1])
            await serve(settings, resources, bound)


async def load_sample(resources: Resources, console: Console) -> str:
    """Load what is missing of the sample athlete, with a progress bar; returns the athlete's id."""
    now = resources.clock()
    today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
    athlete_id = sample_athlete_id(today)
    loader = SampleLoader(activities=resources.activities, profiles=resources.profiles, wellness=resources.wellness)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Loading the sample athlete", total=None)
        added = await loader.load(
            athlete_id,
            sample_athlete(SEED, today),
            now=now,
            report=lambda done, total: progress.update(task, completed=done, total=total),
        )
    console.print(
        f"The sample athlete is {athlete_id}: " + (f"{added} activities loaded." if added else "nothing new since the last time.")
    )
    return athlete_id


async def show_insights(resources: Resources, athlete_id: str, console: Console) -> None:
    """One insight of each kind, with the facts behind each sentence."""
    console.print(_writers(resources.settings.models), soft_wrap=True)
    units = await resources.insights.units_of(athlete_id)
    today = resources.clock().astimezone(ZoneInfo(TIME_ZONE)).date()
    for asked in await _requests(resources, athlete_id, today):
        insight = (await resources.insights.generate(athlete_id, asked)).stored.insight
        activity = await resources.activities.get(athlete_id, insight.activity_id) if insight.activity_id else None
        console.print()
        console.print(insight_panel(insight, units, about=activity.title if activity else None))
        console.print(*trail_lines(insight), sep="\n", markup=False, highlight=False, soft_wrap=True)


async def _requests(resources: Resources, athlete_id: str, today: date) -> Sequence[GenerateInsight]:
    """The race, the most telling of the activities; the last week that is over; a question that needs the sheets of several kinds."""
    activities, _ = await resources.activities.page(athlete_id, after=None, limit=PAGE)
    race = next((a.id for a in activities if a.purpose is Purpose.RACE), None)
    asked = {
        InsightKind.ACTIVITY_SUMMARY: GenerateInsight(kind=InsightKind.ACTIVITY_SUMMARY, activity_id=race),
        InsightKind.WEEKLY_REVIEW: GenerateInsight(kind=InsightKind.WEEKLY_REVIEW, as_of=last_sunday(today)),
        InsightKind.QUESTION: GenerateInsight(kind=InsightKind.QUESTION, question=QUESTION),
    }
    return [asked.get(kind, GenerateInsight(kind=kind)) for kind in InsightKind]


def last_sunday(today: date) -> date:
    """The end of the last whole week; today never counts, it is not over."""
    return today - timedelta(days=today.weekday() + 1)


def _writers(models: ModelSettings) -> str:
    if models.openai_api_key or models.google_api_key:
        return f"\nWriters: {', '.join(models.route)}, then the rules."
    return "\nNo model key is set, so the rules write. Set OPENAI_API_KEY or GOOGLE_API_KEY to hear a model."


def print_invitation(console: Console, token: str, port: int) -> None:
    """A token and a command that can be pasted as it is."""
    base = f"http://{HOST}:{port}"
    console.print(f"\nServing on {base}, described at {base}/docs. Ctrl+C ends it.\n\nA token for the sample athlete:\n")
    for line in (token, "", "Try it:", "", _curl(base, token), ""):
        console.print(line, soft_wrap=True, markup=False, highlight=False)


def _curl(base: str, token: str) -> str:
    return f"curl -s '{base}/api/insights/history?view=full&limit=1' -H 'Authorization: Bearer {token}'"


async def serve(settings: Settings, resources: Resources, bound: socket.socket) -> None:
    """The service on resources that are open already, until it is told to stop."""

    @asynccontextmanager
    async def opened(_: Settings, *, metrics: Metrics) -> AsyncIterator[Resources]:
        yield resources

    app = create_app(settings, open_world=opened, metrics=resources.metrics)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE_S)
    await GracefulServer(config).serve(sockets=[bound])
