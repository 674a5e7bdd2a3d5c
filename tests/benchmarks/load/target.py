"""The service under load: one process, many athletes, two scripted providers that take 0.3 s."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from tests.benchmarks.faults.asking import STREAM
from tests.benchmarks.faults.replies import GOOGLE, OPENAI, PARTIES, Party
from tests.benchmarks.faults.stage import Stage, Times, headers_of, staged, with_athlete
from tests.benchmarks.load.wire import Reply, send
from tests.provider.turn import Turn, says

ATHLETES = 200
PROVIDER_S = 0.3
STREAM_S, PIECES = 2.0, 4
PARTY = PARTIES[0]
SETTINGS = {"INSIGHTS_MAX_PER_ATHLETE": "1000"}
"""The bars are about the whole service; few athletes stand for many."""

LIMITS = Times(deadline=12.0, call=2.0, first_token=1.5, idle=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The stage, and a token for each athlete."""

    stage: Stage
    tokens: Sequence[dict[str, str]]

    async def generate(self, number: int, party: Party = PARTY) -> Reply:
        """For the athletes in turns."""
        headers = self.tokens[number % len(self.tokens)] | (STREAM if party.streamed else {})
        body = {"kind": party.kind.value, "refresh": True}
        return await send(self.stage.server.port, "POST", "/api/insights/generate", headers, body)

    async def get(self, path: str) -> Reply:
        return await send(self.stage.server.port, "GET", path, {})

    def providers(self, first: Turn, second: Turn | None = None) -> None:
        """What they do from now on; the second one is well unless said."""
        self.stage.double.clear()
        self.stage.double.always(OPENAI, first)
        self.stage.double.always(GOOGLE, second or well(GOOGLE))

    def cpu_s(self) -> float:
        """Of the service, since it started."""
        fields = Path(f"/proc/{self.stage.server.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.stage.server.process.pid}/status").read_text()
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(resident.split()[1]) / 1000


def well(provider: str, party: Party = PARTY) -> Turn:
    return says(party.text(provider), delay_s=PROVIDER_S)


def slowly(provider: str, party: Party) -> Turn:
    """A stream as models give one, in a few pieces."""
    return replace(well(provider, party), chunks=PIECES, pause_s=(STREAM_S - PROVIDER_S) / PIECES)


@asynccontextmanager
async def target(folder: Path, uri: str) -> AsyncIterator[Target]:
    async with staged(folder, uri, times=LIMITS, more=SETTINGS) as stage:
        tokens = [headers_of(f"athlete-{number}") for number in range(ATHLETES)]
        await _with_training(stage, tokens)
        made = Target(stage=stage, tokens=tokens)
        made.providers(well(OPENAI))
        for number in range(20):  # warm
            await made.generate(number)
        yield made


async def _with_training(stage: Stage, tokens: Sequence[dict[str, str]]) -> None:
    queue = list(tokens)

    async def loader() -> None:
        while queue:
            async with httpx.AsyncClient(base_url=stage.client.base_url, headers=queue.pop(), timeout=60) as client:
                await with_athlete(client)

    await asyncio.gather(*(loader() for _ in range(4)))
