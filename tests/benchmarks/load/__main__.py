"""`make bench-load`: the service under load, open loop. Exit code 1 if a bar is missed. `ARGS='outage stop'` runs some of them.

The load generator and the scripted providers share a process, the service has one, mongod has one.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.mongod import embedded_mongod
from tests.benchmarks.faults.stage import uri_of
from tests.benchmarks.load.courses import COURSES, Figure
from tests.benchmarks.load.target import ATHLETES, PROVIDER_S, target
from tests.benchmarks.timing import machine


def main(words: Sequence[str], console: Console) -> int:
    with tempfile.TemporaryDirectory() as folder, embedded_mongod(Path(folder) / "mongod") as uri:
        figures = asyncio.run(_figures(Path(folder), uri_of(uri, "load"), words, console))
    console.print(_table(figures))
    return 0 if figures and all(figure.held for figure in figures) else 1


async def _figures(folder: Path, uri: str, words: Sequence[str], console: Console) -> list[Figure]:
    figures: list[Figure] = []
    async with target(folder / "service", uri) as loaded:
        others = os.getloadavg()[0]  # a busy machine explains a missed bar, and is no excuse for one
        console.print(f"Measured on {machine()}, load {others:.1f} before; {ATHLETES} athletes, providers take {PROVIDER_S} s.\n")
        for course in COURSES:
            if words and course.__name__ not in words:
                continue
            for figure in await course(loaded):
                figures.append(figure)
                console.print(f"{figure.what}: {figure.measured} (bar {figure.bar}) {'held' if figure.held else 'MISSED'}")
    return figures


def _table(figures: Sequence[Figure]) -> Table:
    table = Table(title="Under load", title_justify="left")
    for column in ("what", "measured", "bar", "held"):
        table.add_column(column, overflow="fold")
    for figure in figures:
        table.add_row(figure.what, figure.measured, figure.bar, "yes" if figure.held else "NO", style=None if figure.held else "red")
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Console()))
