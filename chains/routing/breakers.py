"""All breakers of one process: who may be asked now, and what the operator has to know. A request never waits for them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from chains.attempt import Outcome
from chains.ports import Monitor
from chains.routing.breaker import Breaker, BreakerRecord, BreakerState, Call
from chains.routing.outcomes import CONSEQUENCES, Alarm, Blame
from chains.writers.port import Writer

ALARM_EVERY_S = 300.0
"""House rule: a key that has run out fails every request; one call to the operator in five minutes is enough to act on."""


class Permit:
    """The right to one call: `with permit:` around it. What is reported is what the breaker learns from; a call that ends without a
    report counts as nothing."""

    def __init__(self, breakers: "Breakers", writer: Writer, call: Call) -> None:
        self._breakers = breakers
        self._call = call
        self._is_open = True
        self.writer = writer

    def report(self, outcome: Outcome, detail: str | None = None) -> None:
        """How the call ended; once."""
        if self._is_open:
            self._is_open = False
            self._breakers.ended(self.writer, self._call, outcome, detail)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.report(Outcome.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """To try one open model: for this opening of it, which ends with the trial, and not for ever."""

    opened_at: float
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarmed:
    """When the operator was last told, and how often he was not told since."""

    at: float
    held_back: int = 0


class Breakers:
    """One breaker a model, made when it is first asked for. While `shared`, an open model is tried by the replica that has claimed it;
    otherwise by whoever asks first."""

    def __init__(self, *, monitor: Monitor, now: Callable[[], float]) -> None:
        self._monitor = monitor
        self._now = now
        self._breakers: dict[str, Breaker] = {}
        self._alarmed: dict[tuple[str, str], Alarmed] = {}
        self._wanted: set[str] = set()
        self._rights: dict[str, Right] = {}
        self.shared = False

    def permit(self, writer: Writer) -> Permit | None:
        """None while the model is left alone."""
        breaker, now = self._of(_name(writer)), self._now()
        call = breaker.admit(now, may_try=not self.shared or self._has_right(breaker, now))
        if call is not None:
            return Permit(self, writer, call)
        if breaker.is_due(now):
            self._wanted.add(breaker.model)
        return None

    def why(self, writer: Writer) -> str:
        """What the model is left alone for."""
        return self._of(_name(writer)).reason

    def left_alone(self) -> Sequence[str]:
        """The models that are not asked now, for whoever looks after the service."""
        return sorted(model for model, breaker in self._breakers.items() if breaker.state is not BreakerState.CLOSED)

    def ended(self, writer: Writer, call: Call, outcome: Outcome, detail: str | None) -> None:
        """See `Permit.report`."""
        consequence = CONSEQUENCES.get(outcome)
        if consequence is not None and consequence.alarm:
            self._alarm(Alarm(provider=writer.provider, model=writer.model, outcome=outcome, detail=detail))
        blame = consequence.blame if consequence is not None else Blame.SUCCESS
        self._of(_name(writer)).ended(call, blame, outcome.value, self._now())

    def records(self) -> Sequence[BreakerRecord]:
        """What other replicas should know: every breaker that ever opened."""
        return [self._record(breaker) for breaker in self._breakers.values() if breaker.changed_at]

    def merge(self, records: Iterable[BreakerRecord]) -> None:
        """What other replicas have found out."""
        for record in records:
            self._of(record.model).learn(record, self._now())
            told = self._alarmed.get((record.model, record.reason), Alarmed(at=0.0))
            if record.alarmed_at > told.at:
                self._alarmed[record.model, record.reason] = replace(told, at=record.alarmed_at)

    def wanted(self) -> Sequence[BreakerRecord]:
        """Models that somebody asked for after their hold, and those on trial here: the right to try them is worth claiming, or keeping."""
        now, asked = self._now(), self._wanted
        self._wanted = set()
        breakers = self._breakers.values()
        return [self._record(b) for b in breakers if b.is_tried(now) or (b.model in asked and b.is_due(now))]

    def grant(self, record: BreakerRecord, seconds: float) -> None:
        """This replica may try an open model, if it is asked for within that time."""
        self._rights[record.model] = Right(opened_at=record.changed_at, until=self._now() + seconds)

    def _has_right(self, breaker: Breaker, now: float) -> bool:
        right = self._rights.get(breaker.model)
        return right is not None and right.opened_at == breaker.changed_at and now < right.until

    def _alarm(self, alarm: Alarm) -> None:
        now = self._now()
        key = (f"{alarm.provider}:{alarm.model}", alarm.outcome.value)
        told = self._alarmed.get(key)
        if told is not None and now - told.at < ALARM_EVERY_S:
            self._alarmed[key] = replace(told, held_back=told.held_back + 1)
            return
        self._alarmed[key] = Alarmed(at=now)
        self._monitor.alarmed(replace(alarm, repeated=told.held_back if told else 0))

    def _of(self, model: str) -> Breaker:
        if model not in self._breakers:
            self._breakers[model] = Breaker(model=model, changed=self._monitor.breaker_changed)
        return self._breakers[model]

    def _record(self, breaker: Breaker) -> BreakerRecord:
        told = self._alarmed.get((breaker.model, breaker.reason))
        return breaker.record(told.at if told else 0.0)


def _name(writer: Writer) -> str:
    return f"{writer.provider}:{writer.model}"
