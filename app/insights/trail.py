"""Why this writer and not another: one line in the log for each stored insight. Ids, outcomes, seconds and cost; nobody's words."""

from datetime import datetime, timedelta

import structlog

from chains.attempt import Attempt
from chains.insight import Insight
from chains.money.micro_usd import in_usd

_log = structlog.get_logger(__name__)


def log_trail(insight: Insight) -> None:
    """The same trail, with the broken rules' sentences, is in the insight itself, and in its trace."""
    first, last = insight.attempts[0], insight.attempts[-1]
    _log.info(
        "insight",
        insight_id=insight.id,
        kind=insight.kind.value,
        source=insight.source.value,
        degraded=insight.degraded,
        seconds=round((_ended(last) - first.started_at).total_seconds(), 3),
        cost_usd=in_usd(insight.cost_micro_usd),
        trace_id=insight.trace_id,
        attempts=[_told(attempt) for attempt in insight.attempts],
    )


def _ended(attempt: Attempt) -> datetime:
    return attempt.started_at + timedelta(milliseconds=attempt.latency_ms)


def _told(attempt: Attempt) -> dict[str, object]:
    """`detail` is ours: a kind of fault, never what a provider said."""
    told = {
        "writer": f"{attempt.provider}:{attempt.model}",
        "outcome": attempt.outcome.value,
        "rule": attempt.rule,
        "detail": attempt.detail,
        "seconds": attempt.latency_ms / 1000,
        "cost_usd": in_usd(attempt.cost_micro_usd),
    }
    return {name: value for name, value in told.items() if value is not None}
