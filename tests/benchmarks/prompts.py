"""How long a prompt is, in bytes, against one that holds the last thirty activities as JSON.

Ours is all that a model is sent, the instructions included. The other one is counted without any instruction: thirty activities as
`GET /api/activities/{id}` returns them (numbers, metrics, laps, splits, best efforts), compact, empty fields left out, but no series.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.activities.schemas import ActivityRead
from app.resources import Resources
from chains.facts.registry import analyse
from chains.request import InsightKind, end_of_day
from chains.writers.brief import Brief
from chains.writers.script import script_for
from tests.benchmarks.insights import request_of

ACTIVITIES = 30
MAX_SHARE = dict.fromkeys(InsightKind, 1 / 3) | dict.fromkeys((InsightKind.ACTIVITY_SUMMARY, InsightKind.WEEKLY_REVIEW), 1 / 5)
"""The bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSize:
    """Bytes of UTF-8; `sheet` is the part of `ours` that no provider can cache."""

    kind: InsightKind
    ours: int
    sheet: int
    activities: int

    @property
    def share(self) -> float:
        return self.ours / self.activities

    @property
    def held(self) -> bool:
        return self.share <= MAX_SHARE[self.kind]


async def measure_prompts(resources: Resources, athlete_id: str, last_day: date) -> list[PromptSize]:
    """For the athlete with recordings, whose sheets are the fullest."""
    now = end_of_day(last_day, "UTC").instant + timedelta(hours=1)
    activities = await _as_json(resources, athlete_id)
    sizes = []
    for kind in InsightKind:
        sheet = analyse(await resources.athlete_data.retrieve(request_of(athlete_id, kind, now)))
        messages = Brief(sheet=sheet, script=script_for(kind)).messages
        parts = [len(str(message.content).encode()) for message in messages]
        sizes.append(PromptSize(kind=kind, ours=sum(parts), sheet=parts[-1], activities=activities))
    return sizes


async def _as_json(resources: Resources, athlete_id: str) -> int:
    page, _ = await resources.activities.page(athlete_id, after=None, limit=ACTIVITIES)
    whole = [ActivityRead.of(await resources.activities.get(athlete_id, activity.id)) for activity in page]
    return sum(len(activity.model_dump_json(exclude_none=True, exclude_defaults=True).encode()) for activity in whole)
