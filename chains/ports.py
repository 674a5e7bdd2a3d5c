"""What the chain needs of the world."""

from collections.abc import Sequence
from typing import Protocol

from chains.attempt import Attempt, PendingAttempt
from chains.request import AthleteContext, InsightKind, InsightRequest
from chains.routing.breaker import BreakerChange, BreakerRecord
from chains.routing.outcomes import Alarm
from chains.sections import Section


class AthleteData(Protocol):
    """Where profiles and activities come from."""

    async def retrieve(self, request: InsightRequest) -> AthleteContext:
        """All that is visible at the request's `as_of`. Raises NotFound, NotEnoughData (no activity at all)."""
        ...


class Ledger(Protocol):
    """Where every attempt is booked, failed ones too."""

    async def open(self, pending: PendingAttempt) -> None:
        """Durably, before the provider is called: a crash in between leaves a row that a sweep can settle."""
        ...

    async def settle(self, attempt: Attempt) -> None:
        """What became of an opened attempt; durably, before the caller goes on. A second settlement of the same attempt changes nothing."""
        ...

    async def record(self, attempt: Attempt) -> None:
        """An attempt that called no provider, opened and settled in one."""
        ...


class Listener(Protocol):
    """Who hears a reply while it is being written."""

    async def section(self, section: Section) -> None:
        """Parsed and grounded; in order."""
        ...

    async def reset(self) -> None:
        """The writer failed midway: everything heard since the last reset is void, another one starts over."""
        ...


class Monitor(Protocol):
    """What the operator is told. Never blocks, never raises; carries no athlete's words."""

    def attempted(self, attempt: Attempt) -> None: ...

    def written(self, kind: InsightKind, provider: str, *, degraded: bool) -> None:
        """An insight is there, by this provider or by rules; degraded where a model was to write it and none did."""
        ...

    def breaker_changed(self, change: BreakerChange) -> None: ...

    def alarmed(self, alarm: Alarm) -> None: ...


class BreakerStore(Protocol):
    """Where replicas share the state of their breakers; used beside requests, never by one."""

    async def load(self) -> Sequence[BreakerRecord]: ...

    async def save(self, record: BreakerRecord) -> None:
        """Keeps the record that changed later, whoever writes last."""
        ...

    async def claim_trial(self, record: BreakerRecord, owner: str, seconds: float) -> bool:
        """The right to try an open model, for one replica at a time; False where the model has changed since `record`."""
        ...
