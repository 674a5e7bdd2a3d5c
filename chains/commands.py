"""The `insights` command: subcommands come from entry points, so that no package that adds some imports another."""

from importlib.metadata import entry_points

import typer


def main() -> None:
    """Collect every contributor's subcommands and run."""
    cli = typer.Typer(
        help="Insights about an athlete's training: serve them, write one, see what they cost.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    for contributor in sorted(entry_points(group="insights.commands"), key=lambda e: e.name):
        cli.add_typer(contributor.load())
    cli()
