"""Failures a person can do something about end a command with one sentence and exit code 1, not with a traceback."""

import logging
import signal
import sys
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import Any, NoReturn

import typer
from pymongo.errors import PyMongoError

from app.logs import configure_logs
from app.startup import StartupError
from chains.errors import InsightError
from prompts.loader import PromptError

EXIT_TERMINATED = 128 + signal.SIGTERM
"""What shells report for a command that was told to stop before it was done."""


def gathered(*groups: typer.Typer) -> typer.Typer:
    """All commands of all groups; log lines go to standard error, so that what a command prints can be piped."""
    together = typer.Typer()
    for group in groups:
        for command in group.registered_commands:
            assert command.callback is not None, "typer registers functions only"  # noqa: S101
            together.command(command.name, **_options(command))(in_a_sentence(_as_a_command(command.callback)))
    return together


def in_a_sentence(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with its expected failures told instead of raised."""

    @wraps(command)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (StartupError, InsightError, PromptError) as failure:
            sentence = str(failure)
        except PyMongoError as failure:
            sentence = f"MongoDB does not answer ({type(failure).__name__}); is it running where MONGODB_URI says?"
        typer.echo(f"insights: {sentence}", err=True)
        raise typer.Exit(1)

    return told


def leave_when_told(exit_code: int) -> None:
    """SIGTERM ends this process by an exception, so that what it opened, an embedded MongoDB above all, is closed."""

    def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
        sys.exit(exit_code)

    signal.signal(signal.SIGTERM, leave)


def _as_a_command(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        configure_logs(logging.WARNING)
        leave_when_told(EXIT_TERMINATED)
        return command(*args, **kwargs)

    return run


def _options(command: typer.models.CommandInfo) -> dict[str, Any]:
    return {"help": command.help, "hidden": command.hidden, "deprecated": command.deprecated}
