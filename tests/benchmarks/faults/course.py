"""A scenario played: the double set, the question asked, everything read that is known afterwards."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.faults.asking import Answered, ask
from tests.benchmarks.faults.checks import Row, Run, broken
from tests.benchmarks.faults.replies import PARTIES, Party
from tests.benchmarks.faults.scenarios import Scenario, Side
from tests.benchmarks.faults.stage import Stage

SETTLED_WITHIN_S = 2.0

Rules = Mapping[str, Mapping[str, Any]]
"""What the analyst writes, by kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One run of a scenario and what did not hold in it."""

    scenario: str
    run: Run
    broken: tuple[str, ...]


async def play(stage: Stage, scenario: Scenario, rules: Rules) -> list[Played]:
    """All parties, one after the other."""
    return [await _play(stage, scenario, party, rules) for party in PARTIES]


async def _play(stage: Stage, scenario: Scenario, party: Party, rules: Rules) -> Played:
    first, second = Side(party=party, provider=party.first), Side(party=party, provider=party.second)
    stage.double.clear()
    stage.double.script(party.first, *(turn(first) for turn in scenario.once))
    stage.double.always(party.first, scenario.first(first))
    stage.double.always(party.second, scenario.second(second))
    seen = len(stage.double.exchanges)
    answered = await ask(stage.client, party)
    run = await known(stage, party, answered, seen)
    return Played(scenario=scenario.name, run=run, broken=tuple(broken(run, scenario.by, rules[party.kind.value])))


async def known(stage: Stage, party: Party, answered: Answered, seen: int) -> Run:
    """Everything about one request, the exchanges beyond the `seen` first ones being its own."""
    insight_id = answered.insight["id"] if answered.insight else None
    stored = await stage.database["insights"].find_one({"_id": insight_id})
    read_again = (await stage.client.get(f"/api/insights/{insight_id}")).json() if insight_id else None
    return Run(
        party=party,
        answered=answered,
        read_again=read_again,
        stored=stored,
        ledger=await _settled(stage, insight_id),
        exchanges=stage.double.exchanges[seen:],
        deadline_s=stage.times.deadline,
    )


async def _settled(stage: Stage, insight_id: str | None) -> Sequence[Row]:
    """The ledger's rows; a row that could not be written at once gets a moment."""
    async with asyncio.timeout(SETTLED_WITHIN_S + 1):
        for _ in range(round(SETTLED_WITHIN_S / 0.1)):
            rows: Sequence[Row] = await stage.database["attempts"].find({"insight_id": insight_id}).sort("started_at", 1).to_list()
            if not any(row.get("open") for row in rows):
                break
            await asyncio.sleep(0.1)
    return rows
