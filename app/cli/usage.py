"""`insights usage`: what the models did and cost."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from app.resources import open_resources
from app.settings import Settings, load_settings
from app.usage.repository import ModelUsage
from chains.money.micro_usd import in_usd

commands = typer.Typer()

Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day (UTC), default 30 days ago.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day (UTC), default today.")]


@commands.command()
def usage(since: Since = None, until: Until = None) -> None:
    """Attempts, tokens and cost by model and kind, over all athletes."""
    rows = asyncio.run(_by_model(load_settings(), since, until))
    Console().print(usage_table(rows))


async def _by_model(settings: Settings, since: datetime | None, until: datetime | None) -> list[ModelUsage]:
    async with open_resources(settings) as resources:
        return await resources.usage.by_model(since.date() if since else None, until.date() if until else None)


def usage_table(rows: Sequence[ModelUsage]) -> Table:
    """One row per model and kind, the sum last; dollars to the micro-dollar. In a narrow terminal names are broken, numbers never."""
    table = Table(title="Attempts by model and kind", show_footer=True, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("model and kind", footer="all", overflow="fold")
    for name, total in (
        ("attempts", sum(r.attempts for r in rows)),
        ("answered", sum(r.answered for r in rows)),
        ("input", sum(r.input_tokens for r in rows)),
        ("cached", sum(r.cached_input_tokens for r in rows)),
        ("output", sum(r.output_tokens for r in rows)),
        ("reasoning", sum(r.reasoning_tokens for r in rows)),
    ):
        table.add_column(name, footer=f"{total:,}", justify="right", no_wrap=True)
    table.add_column("USD", footer=f"{in_usd(sum(r.cost_micro_usd for r in rows)):.6f}", justify="right", no_wrap=True)
    for r in rows:
        counts = (r.attempts, r.answered, r.input_tokens, r.cached_input_tokens, r.output_tokens, r.reasoning_tokens)
        table.add_row(f"{r.provider}:{r.model}\n  {r.kind}", *(f"{n:,}" for n in counts), f"{in_usd(r.cost_micro_usd):.6f}")
    return table
