"""Usage as its reader sees it."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from app.insights.repository import InsightCount


class DayUsage(BaseModel):
    day: date
    kind: str
    source: str
    insights: int

    @classmethod
    def of(cls, count: InsightCount) -> Self:
        return cls(day=count.day, kind=count.kind, source=count.source, insights=count.insights)


class UsageRead(BaseModel):
    """The caller's insights by day, kind and source; days are UTC."""

    since: date
    until: date
    days: list[DayUsage]
