"""What the chain needs of the world."""

from typing import Protocol

from chains.attempt import Attempt
from chains.request import AthleteContext, InsightRequest


class AthleteData(Protocol):
    """Where profiles and activities come from."""

    async def retrieve(self, request: InsightRequest) -> AthleteContext:
        """All that is visible at the request's `as_of`. Raises NotFound, NotEnoughData (no activity at all)."""
        ...


class Ledger(Protocol):
    """Where every attempt is booked, failed ones too."""

    async def record(self, attempt: Attempt) -> None:
        """Durably, before the caller goes on."""
        ...
