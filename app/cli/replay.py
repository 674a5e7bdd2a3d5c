"""`insights replay`: a stored sheet once more, with another prompt or model."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from app.insights.replay import Replayed, difference
from app.resources import open_resources
from app.settings import ModelSettings, Settings, load_settings
from app.startup import SettingsError
from chains.money.micro_usd import in_usd
from chains.training.profile import Units
from chains.writers.dialects import Provider

commands = typer.Typer()

STYLES = {"+": "green", "-": "red", "@": "dim"}

InsightId = Annotated[str, typer.Argument(metavar="ID", help="The stored insight.", show_default=False)]
PromptFile = Annotated[
    Path | None, typer.Option("--prompt", exists=True, dir_okay=False, help="A prompt file instead of the kind's own, a draft too.")
]
Model = Annotated[str | None, typer.Option("--model", help="provider:model, or 'rules'; default the route of the service.")]


@commands.command()
def replay(insight_id: InsightId, prompt: PromptFile = None, model: Model = None) -> None:
    """Write about a stored sheet again and show the difference. The new insight is not stored; its attempts are on the ledger."""
    replayed, units = asyncio.run(_replay(load_settings(), insight_id, prompt, model))
    console = Console()
    for line in list(difference(replayed, units)) or ["No difference: the same text again."]:
        console.print(Text(line, style=STYLES.get(line[:1], "")), soft_wrap=True)
    for attempt in replayed.after.insight.attempts:
        broken = f", broke {attempt.rule}" if attempt.rule else ""
        console.print(
            f"{attempt.provider}:{attempt.model} {attempt.outcome}{broken}, {attempt.latency_ms} ms, ${in_usd(attempt.cost_micro_usd):.6f}"
        )
    for draft in replayed.after.drafts:
        for violation in draft.violations:
            console.print(
                Text(f"  {violation.rule}: {violation.span!r} in {violation.sentence!r}; expected {violation.expected}", style="dim")
            )


def check_key(models: ModelSettings, model: str | None) -> None:
    """A model that was asked for by name is not silently replaced by the rules. Raises SettingsError."""
    provider = (model or "").partition(":")[0]
    for known, name, key in (
        (Provider.OPENAI, "OPENAI_API_KEY", models.openai_api_key),
        (Provider.GOOGLE, "GOOGLE_API_KEY", models.google_api_key),
    ):
        if provider == known and key is None:
            raise SettingsError(name, f"set it to let {model} write")


async def _replay(settings: Settings, insight_id: str, prompt: Path | None, model: str | None) -> tuple[Replayed, Units]:
    check_key(settings.models, model)
    async with open_resources(settings) as resources:
        replayed = await resources.replay.run(insight_id, prompt=prompt, model=model)
        return replayed, await resources.insights.units_of(replayed.before.athlete_id)
