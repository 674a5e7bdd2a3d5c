"""`make bench-faults`: every fault of a provider against the running service, both orders, plain and streamed. Exit code 1 if a run does
not hold. `ARGS='silent quota'` plays the scenarios whose names hold one of these words, and writes no report.
"""

import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console

from app.mongod import embedded_mongod
from tests.benchmarks.faults.asking import ask
from tests.benchmarks.faults.course import Rules, play
from tests.benchmarks.faults.midway import (
    Midway,
    Setting,
    client_gone,
    database_away,
    database_back,
    flapping,
    killed,
    slow_database,
    told_to_stop,
)
from tests.benchmarks.faults.replies import PARTIES, PROVIDERS
from tests.benchmarks.faults.scenarios import SCENARIOS, Scenario
from tests.benchmarks.faults.stage import refreshed, staged, uri_of
from tests.benchmarks.faults.table import Line, report, scorecard
from tests.benchmarks.timing import machine
from tests.provider.turn import fails
from tests.provider.wire import bomb

REPORT = Path(__file__).parents[3] / "evals" / "reports" / "faults.md"
LANES = 2
"""Services at once, each for all its scenarios, so that it has to survive them; most of the time is spent waiting."""

VERSIONED = ("langchain-core", "langchain-openai", "langchain-google-genai", "openai", "google-genai")


MIDWAY: Sequence[Midway] = (flapping, client_gone, told_to_stop, killed, slow_database, database_back, database_away)


def main(words: Sequence[str], console: Console) -> int:
    bomb()  # made once, before anybody waits for it
    chosen = [s for s in SCENARIOS if not words or any(word in s.name for word in words)]
    around = [play for play in MIDWAY if not words or play.__name__ in words]
    with tempfile.TemporaryDirectory() as folder, embedded_mongod(Path(folder) / "mongod") as uri:
        lines = asyncio.run(_lines(Path(folder), uri, chosen, around, console))
    console.print(scorecard(lines))
    if not words:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text(report(lines, measured_on=machine(), day=f"{datetime.now(UTC):%Y-%m-%d}", versions=versions()))
    failed = [line for line in lines if line.broken]
    console.print(f"{len(lines) - len(failed)} of {len(lines)} runs held.")
    return 1 if failed or not lines else 0


async def _lines(folder: Path, uri: str, chosen: Sequence[Scenario], around: Sequence[Midway], console: Console) -> list[Line]:
    """In the order of the lists, whichever lane played them."""
    results: dict[str, list[Line]] = {}
    scenarios, midway = list(reversed(chosen)), list(reversed(around))

    async def lane(number: int) -> None:
        home, database_uri = folder / f"lane{number}", uri_of(uri, f"lane{number}")
        rules = await _by_rules(home, database_uri)
        async with staged(home, database_uri) as stage:
            while scenarios:
                scenario = scenarios.pop()
                await refreshed(stage)
                results[scenario.name] = [Line.of(played) for played in await play(stage, scenario, rules)]
                _tell(results[scenario.name], console)
        while midway:
            course = midway.pop()
            results[course.__name__] = await course(Setting(folder=home, database_uri=database_uri, rules=rules))
            _tell(results[course.__name__], console)

    async with asyncio.TaskGroup() as lanes:
        for number in range(LANES):
            lanes.create_task(lane(number))
    names = [*(scenario.name for scenario in chosen), *(course.__name__ for course in around)]
    return [line for name in names for line in results[name]]


def _tell(lines: Sequence[Line], console: Console) -> None:
    for line in lines:
        if line.broken:
            console.print(f"{line.scenario}, {line.first} first, {line.way}: {'; '.join(line.broken)}", style="red")
    if not any(line.broken for line in lines):
        console.print(f"{lines[0].scenario}: held")


async def _by_rules(folder: Path, uri: str) -> Rules:
    """What the analyst writes, both providers being of no use."""
    written: dict[str, Mapping[str, Any]] = {}
    async with staged(folder, uri) as stage:
        for provider in PROVIDERS:
            stage.double.always(provider, fails(404))
        for party in PARTIES:
            answered = await ask(stage.client, party)
            assert answered.insight is not None, answered.problem
            stored = await stage.database["insights"].find_one({"_id": answered.insight["id"]})
            assert stored is not None
            written[party.kind.value] = stored
    return written


def versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in VERSIONED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Console()))
