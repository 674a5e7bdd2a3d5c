"""`insights token`: a bearer token for trying the API."""

from datetime import timedelta
from typing import Annotated

import typer

from app.auth import issue_token
from app.settings import load_settings

commands = typer.Typer()

Athlete = Annotated[str, typer.Option("--athlete", help="The athlete whose data the token opens.", show_default=False)]
Admin = Annotated[bool, typer.Option("--admin", help="Also show models, costs and everyone's usage.")]
Days = Annotated[int, typer.Option(min=1, max=3650, help="How long it is valid.")]


@commands.command()
def token(athlete: Athlete, admin: Admin = False, days: Days = 30) -> None:
    """Print a token that `insights serve` with the same settings accepts, alone on the last line."""
    try:
        made = issue_token(load_settings(), athlete, admin=admin, ttl=timedelta(days=days))
    except ValueError as refused:
        raise typer.BadParameter(str(refused), param_hint="--athlete") from refused
    scopes = "athlete and admin" if admin else "athlete"
    typer.echo(f"Token for {athlete!r} with the scope {scopes}, valid for {days} days:", err=True)
    typer.echo(made)
