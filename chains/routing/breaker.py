"""The circuit breaker of one model: when it is asked, when it is left alone, when it is tried again.

    closed ──── half of the last calls failed, or one that blames the account, or silence ───▶ open
    open ─────── the hold is over, one call may try ───▶ half-open
    half-open ── it answers ───▶ closed           it fails ───▶ open, for twice as long

Nothing here waits, calls anybody or reads a clock: instants are arguments, in seconds since the epoch.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from chains.routing.outcomes import Blame

WINDOW = 20
"""House rule: so many calls are judged together, the latest. It is also how many an outage may cost before the breaker opens."""

WINDOW_S = 60.0
"""House rule: what happened longer ago says nothing about now."""

LEAST_JUDGED = 5
"""House rule: fewer calls make no share."""

FAILED_SHARE = 0.5
"""House rule: a model that answers every second call still costs more time than the next one of the route."""

FIRST_HOLD_S = 5.0
LONGEST_HOLD_S = 120.0
"""The first is a provider's hiccup; the hold doubles up to two minutes, after which recovery should not go unnoticed any longer."""

LEASE_S = 60.0
"""A call that has not reported by then never will: longer than any call takes."""

FIRST_PATIENCE_S = 3.0
LEAST_PATIENCE_S = 1.0
"""House rule: how long silence is no sign where no answer has been timed yet, and where answers are quick."""


class BreakerState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


SILENCE = "silent"
"""The reason where calls went out and none came back, before the first of them has timed out."""

TICK_S = 0.001
"""Two changes are never at the same instant, whatever the clocks of replicas say: the later one counts for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerRecord:
    """What replicas share of one breaker; instants in seconds since the epoch, by clocks that differ by less than a hold."""

    model: str
    """'openai:gpt-4o'."""
    state: BreakerState
    """Open or closed: who tries it is no matter of others."""
    changed_at: float
    hold_s: float
    reason: str
    """The outcome that opened or closed it, or `SILENCE`."""
    alarmed_at: float = 0.0
    """When the operator was last told of this model, by whichever replica."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerChange:
    model: str
    before: BreakerState
    after: BreakerState
    reason: str
    hold_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call that was let through; `era` is the state of affairs in which it began."""

    number: int
    era: int
    began_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One finished call."""

    at: float
    failed: bool


@dataclass(slots=True, kw_only=True)
class Breaker:
    """Of one model. `changed` is told every change of state."""

    model: str
    changed: Callable[[BreakerChange], None]
    state: BreakerState = BreakerState.CLOSED
    changed_at: float = 0.0
    hold_s: float = 0.0
    reason: str = ""
    _judged: deque[Verdict] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _took_s: deque[float] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _waiting: dict[int, float] = field(default_factory=dict)
    """Calls under way that began after the last answer, and when; oldest first."""
    _trial: Call | None = None
    _calls: int = 0
    _era: int = 0

    def admit(self, now: float, *, may_try: bool) -> Call | None:
        """Let a call through, or not; `may_try` where this replica has the right to try an open model."""
        if self.state is BreakerState.CLOSED and self._is_silent(now):
            self._open(now, SILENCE)
        if self.state is BreakerState.CLOSED:
            call = self._begin(now)
            self._waiting[call.number] = now
            return call
        if not (may_try and self.is_due(now)):
            return None
        self._to(BreakerState.HALF_OPEN, self.reason)
        self._trial = self._begin(now)
        return self._trial

    def is_due(self, now: float) -> bool:
        """It is left alone, for long enough, and nobody is trying it."""
        return self.state is not BreakerState.CLOSED and now >= self.changed_at + self.hold_s and not self.is_tried(now)

    def is_tried(self, now: float) -> bool:
        """A trial that has not reported by the end of its lease is over."""
        return self._trial is not None and now - self._trial.began_at <= LEASE_S

    def ended(self, call: Call, blame: Blame, reason: str, now: float) -> None:
        """What became of a call. Calls that were already under way when it opened do not count, but for one: an answer refutes silence."""
        suspected = self._waiting.pop(call.number, None) is not None
        if blame is Blame.SUCCESS:
            self._took_s.append(now - call.began_at)
            if suspected:
                self._waiting.clear()
        if call is self._trial:
            self._tried(blame, reason, now)
        elif call.era == self._era and self.state is BreakerState.CLOSED:
            self._judge(blame, reason, now)
        elif suspected and blame is Blame.SUCCESS and self.reason == SILENCE:
            self._close(now, reason)

    def record(self, alarmed_at: float = 0.0) -> BreakerRecord:
        state = BreakerState.CLOSED if self.state is BreakerState.CLOSED else BreakerState.OPEN
        return BreakerRecord(
            model=self.model, state=state, changed_at=self.changed_at, hold_s=self.hold_s, reason=self.reason, alarmed_at=alarmed_at
        )

    def learn(self, record: BreakerRecord, now: float) -> None:
        """What another replica found out, if it is newer than what is known here. An old hold says nothing about now."""
        if record.changed_at <= self.changed_at or record.changed_at + record.hold_s + LONGEST_HOLD_S < now:
            return
        if record.state is BreakerState.OPEN:
            self._set(BreakerState.OPEN, record.reason, record.changed_at, record.hold_s)
        else:
            self._set(BreakerState.CLOSED, record.reason, record.changed_at, 0.0)

    def _judge(self, blame: Blame, reason: str, now: float) -> None:
        """Of a call made while closed."""
        if blame is Blame.OPENS:
            self._open(now, reason)
        elif blame is not Blame.NONE:
            self._judged.append(Verdict(at=now, failed=blame is Blame.FAILURE))
            if blame is Blame.FAILURE and self._fails_too_often(now):
                self._open(now, reason)

    def _tried(self, blame: Blame, reason: str, now: float) -> None:
        """One that nobody can judge leaves the model half-open: the next one tries."""
        self._trial = None
        if blame is Blame.SUCCESS:
            self._close(now, reason)
        elif blame is not Blame.NONE:
            self._open(now, reason)

    def _fails_too_often(self, now: float) -> bool:
        recent = [verdict.failed for verdict in self._judged if now - verdict.at <= WINDOW_S]
        return len(recent) >= LEAST_JUDGED and sum(recent) >= FAILED_SHARE * len(recent)

    def _is_silent(self, now: float) -> bool:
        """A window of calls went out since the last answer, and none came back for longer than the slowest of the last answers took.
        Time-outs come too late: at 20 requests a second and 12 s for a call, the first one finds 240 calls under way."""
        self._forget_lost_calls(now)
        if len(self._waiting) < WINDOW:
            return False
        patience_s = max(LEAST_PATIENCE_S, *self._took_s) if self._took_s else FIRST_PATIENCE_S
        return now - next(iter(self._waiting.values())) >= patience_s

    def _forget_lost_calls(self, now: float) -> None:
        while self._waiting and now - next(iter(self._waiting.values())) > LEASE_S:
            del self._waiting[next(iter(self._waiting))]

    def _begin(self, now: float) -> Call:
        self._calls += 1
        return Call(number=self._calls, era=self._era, began_at=now)

    def _open(self, now: float, reason: str) -> None:
        hold_s = min(LONGEST_HOLD_S, 2 * self.hold_s) if self.hold_s else FIRST_HOLD_S
        self._set(BreakerState.OPEN, reason, max(now, self.changed_at + TICK_S), hold_s)

    def _close(self, now: float, reason: str) -> None:
        self._set(BreakerState.CLOSED, reason, max(now, self.changed_at + TICK_S), 0.0)

    def _set(self, state: BreakerState, reason: str, at: float, hold_s: float) -> None:
        self.changed_at, self.hold_s = at, hold_s
        self._era += 1
        self._trial = None
        self._judged.clear()
        if state is BreakerState.CLOSED:
            self._waiting.clear()
        self._to(state, reason)

    def _to(self, state: BreakerState, reason: str) -> None:
        before, self.state, self.reason = self.state, state, reason
        if before is not state:
            self.changed(BreakerChange(model=self.model, before=before, after=state, reason=reason, hold_s=self.hold_s))
