"""What the operator is told about writers: lines in the log and numbers for Prometheus. Never an athlete's words."""

import structlog

from app.metrics import Metrics
from chains.attempt import Attempt
from chains.lifecycle.names import is_same_model
from chains.request import InsightKind
from chains.routing.breaker import BreakerChange, BreakerState
from chains.routing.outcomes import Alarm

MOST_TOLD = 100
"""House rule: a server that makes up names fills neither memory nor log."""

_log = structlog.get_logger(__name__)


class OperatorMonitor:
    """Implements the chain's `Monitor` port."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._told: set[tuple[str, str, str]] = set()

    def attempted(self, attempt: Attempt) -> None:
        self._metrics.observe_attempt(attempt.provider, attempt.model, attempt.outcome.value)
        if attempt.price is not None:
            self._metrics.observe_call(attempt.provider, attempt.model, attempt.latency_ms / 1000, attempt.cost_micro_usd)
        if attempt.served is not None and not is_same_model(attempt.model, attempt.served):
            self._tell_served(attempt.provider, attempt.model, attempt.served)

    def written(self, kind: InsightKind, provider: str, *, degraded: bool) -> None:
        self._metrics.observe_insight(kind.value, provider, degraded=degraded)

    def _tell_served(self, provider: str, asked: str, served: str) -> None:
        """Once for each model: it is news about the provider, not about an insight, which keeps what served it."""
        if (provider, asked, served) not in self._told and len(self._told) < MOST_TOLD:
            self._told.add((provider, asked, served))
            _log.warning("served_otherwise", provider=provider, asked=asked, served=served)

    def breaker_changed(self, change: BreakerChange) -> None:
        self._metrics.observe_breaker(change.model, change.after.value, is_open=change.after is not BreakerState.CLOSED)
        _log.warning(
            "breaker_changed",
            model=change.model,
            before=change.before.value,
            after=change.after.value,
            reason=change.reason,
            hold_s=round(change.hold_s, 1),
        )

    def alarmed(self, alarm: Alarm) -> None:
        self._metrics.observe_alarm(alarm.provider, alarm.model, alarm.outcome.value)
        _log.error(
            "operator_alarm",
            provider=alarm.provider,
            model=alarm.model,
            outcome=alarm.outcome.value,
            detail=alarm.detail,
            held_back=alarm.repeated,
        )
