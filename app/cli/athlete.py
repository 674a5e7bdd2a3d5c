"""The `--athlete` of commands that work on one athlete's data."""

import typer

from app.auth import ATHLETE_ID_RULE, is_athlete_id


def checked(athlete_id: str) -> str:
    """An id that a token can carry; whatever is stored under another one, no request could ever reach."""
    if not is_athlete_id(athlete_id):
        raise typer.BadParameter(ATHLETE_ID_RULE)
    return athlete_id
