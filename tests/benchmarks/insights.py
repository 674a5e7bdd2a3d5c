"""What an insight costs before any writer is asked, for a short and a long history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from app.resources import Resources
from chains.facts.registry import analyse
from chains.request import InsightKind, InsightRequest, end_of_day
from tests.benchmarks.histories import LARGE, SMALL
from tests.benchmarks.timing import Timing, take_turns

ROUNDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """One kind: retrieving and analysing with few and with many activities."""

    kind: InsightKind
    small: Timing
    large: Timing

    @property
    def ratio(self) -> float:
        return self.large.median_ms / self.small.median_ms


async def measure_scaling(resources: Resources, last_day: date) -> list[Scaling]:
    """For each kind, both athletes in turns; they are loaded by `measure_throughput`."""
    now = end_of_day(last_day, "UTC").instant + timedelta(hours=1)
    return [_scaling(kind, await _timed(resources, kind, now)) for kind in InsightKind]


async def _timed(resources: Resources, kind: InsightKind, now: datetime) -> Mapping[str, Timing]:
    return await take_turns({athlete: partial(_prepare, resources, athlete, kind, now) for athlete in (SMALL, LARGE)}, ROUNDS)


async def _prepare(resources: Resources, athlete_id: str, kind: InsightKind, now: datetime) -> None:
    context = await resources.athlete_data.retrieve(InsightRequest(athlete_id=athlete_id, kind=kind, now=now))
    analyse(context)


def _scaling(kind: InsightKind, timed: Mapping[str, Timing]) -> Scaling:
    return Scaling(kind=kind, small=timed[SMALL], large=timed[LARGE])
