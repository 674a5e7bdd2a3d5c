"""`insights serve`: the API, in one process or several."""

import asyncio
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE

from app.cli.failures import leave_when_told
from app.database import open_database
from app.keys import open_keys
from app.logs import configure_logs
from app.main import create_app
from app.metrics import SHARED_DIR
from app.models import open_prices, open_writers
from app.mongod import embedded_mongod
from app.server import GRACE_S, run
from app.settings import Settings, load_settings
from app.startup import StartupError

BACKLOG = 2048
"""Connections that may wait to be taken: uvicorn's own default."""

commands = typer.Typer()

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")]
Port = Annotated[int, typer.Option(min=1, max=65535)]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes; an embedded MongoDB is shared by all.")]


class AddressRefused(StartupError):
    """We cannot listen there."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"cannot listen on {host} port {port}: {reason}")


@commands.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """Serve the API until told to stop."""
    settings = load_settings()
    configure_logs()
    leave_when_told(0)
    _listening(host, port).close()  # told at once, and not after everything else has started
    with _mongod(settings), _shared_metrics(workers):
        open_keys(settings.auth, settings.mongo)
        asyncio.run(_try_out(settings))
        config = uvicorn.Config(
            "app.cli.serve:served",
            factory=True,
            workers=workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        if not run(config, [_listening(host, port)]):
            raise typer.Exit(STARTUP_FAILURE)


def served() -> FastAPI:
    """The application of one worker process."""
    configure_logs()
    return create_app()


@contextmanager
def _mongod(settings: Settings) -> Iterator[None]:
    """Held here too: it starts once for all workers, and a failure is one sentence instead of one traceback for each."""
    if settings.mongo.uri:
        yield
        return
    with embedded_mongod(settings.mongo.data_dir):
        yield


@contextmanager
def _shared_metrics(workers: int) -> Iterator[None]:
    """Several workers add up their metrics in files; whichever is asked answers for all."""
    if workers == 1 or SHARED_DIR in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ[SHARED_DIR] = folder
        yield


def _listening(host: str, port: int) -> socket.socket:
    """Raises AddressRefused."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG)
    except OSError as refused:
        raise AddressRefused(
            host, port, os.strerror(refused.errno) if refused.errno and refused.errno > 0 else "no such address"
        ) from refused


async def _try_out(settings: Settings) -> None:
    """What a worker would fail at is told here, in one sentence instead of a traceback for each worker."""
    async with open_database(settings.mongo) as database, open_writers(settings.models, open_prices(settings.models)):
        await database.command("ping")
