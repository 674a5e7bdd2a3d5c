"""`insights prompts`: which prompt versions are in use."""

import typer
from rich.console import Console
from rich.table import Table

from prompts.loader import IN_USE, newest

commands = typer.Typer()


@commands.command()
def prompts() -> None:
    """The prompt files in use, with version, hash and inputs."""
    table = Table(title="Prompts in use")
    table.add_column("prompt", no_wrap=True)
    table.add_column("description")
    table.add_column("inputs")
    for prompt in map(newest, IN_USE):
        table.add_row(prompt.label, prompt.description, ", ".join(prompt.inputs) or "-")
    Console().print(table)
