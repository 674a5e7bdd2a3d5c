"""What the operator sees: numbers with bounded labels, and lines without words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from app.metrics import Metrics
from app.monitor import OperatorMonitor
from chains.attempt import Attempt, Outcome, PriceRow
from chains.request import InsightKind
from chains.routing.breaker import BreakerChange, BreakerState
from chains.routing.outcomes import Alarm

CALL = Attempt(
    id="a1",
    insight_id="i1",
    athlete_id="athlete-4711",
    kind=InsightKind.WEEKLY_REVIEW,
    prompt="weekly_review/v1",
    provider="openai",
    model="gpt-4o",
    served="gpt-4o",
    started_at=datetime(2025, 10, 5, tzinfo=UTC),
    latency_ms=1500,
    outcome=Outcome.OK,
    cost_micro_usd=4623,
    price=PriceRow(source="genai-prices", version="1"),
)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def lines(metrics: Metrics, name: str) -> list[str]:
    return [line for line in metrics.text().decode().splitlines() if line.startswith(name)]


def test_a_call_is_counted_with_its_time_and_cost(metrics: Metrics) -> None:
    OperatorMonitor(metrics).attempted(CALL)

    assert lines(metrics, "insights_attempts_total") == ['insights_attempts_total{model="gpt-4o",outcome="ok",provider="openai"} 1.0']
    assert lines(metrics, "insights_call_seconds_sum") == ['insights_call_seconds_sum{model="gpt-4o",provider="openai"} 1.5']
    assert lines(metrics, "insights_cost_micro_usd_total") == ['insights_cost_micro_usd_total{model="gpt-4o",provider="openai"} 4623.0']
    assert "athlete-4711" not in metrics.text().decode()


def test_a_breaker_is_a_line_and_a_number_at_each_change(metrics: Metrics) -> None:
    monitor = OperatorMonitor(metrics)

    with capture_logs() as logged:
        for before, after in ((BreakerState.CLOSED, BreakerState.OPEN), (BreakerState.OPEN, BreakerState.HALF_OPEN)):
            monitor.breaker_changed(BreakerChange(model="openai:gpt-4o", before=before, after=after, reason="timeout", hold_s=5.0))
    assert lines(metrics, "insights_breaker_open") == ['insights_breaker_open{model="openai:gpt-4o"} 1.0']
    monitor.breaker_changed(BreakerChange(model="openai:gpt-4o", before=BreakerState.HALF_OPEN, after=BreakerState.CLOSED, reason="ok"))

    assert lines(metrics, "insights_breaker_open") == ['insights_breaker_open{model="openai:gpt-4o"} 0.0']
    assert [(line["event"], line["after"], line["reason"]) for line in logged] == [
        ("breaker_changed", "open", "timeout"),
        ("breaker_changed", "half_open", "timeout"),
    ]


def test_degraded_insights_can_be_told_from_those_that_rules_should_write(metrics: Metrics) -> None:
    monitor = OperatorMonitor(metrics)
    monitor.written(InsightKind.RECOVERY, "openai", degraded=False)
    monitor.written(InsightKind.RECOVERY, "rules", degraded=True)

    assert lines(metrics, "insights_written_total") == [
        'insights_written_total{degraded="false",kind="recovery",provider="openai"} 1.0',
        'insights_written_total{degraded="true",kind="recovery",provider="rules"} 1.0',
    ]


def test_an_alarm_is_an_error_in_the_log(metrics: Metrics) -> None:
    with capture_logs() as logged:
        OperatorMonitor(metrics).alarmed(Alarm(provider="openai", model="gpt-4o", outcome=Outcome.QUOTA, detail="HTTP 429", repeated=7))

    assert (logged[0]["log_level"], logged[0]["outcome"], logged[0]["held_back"]) == ("error", "quota", 7)
    assert lines(metrics, "insights_operator_alarms_total")


def test_another_model_than_the_one_asked_is_told_once(metrics: Metrics) -> None:
    monitor = OperatorMonitor(metrics)

    with capture_logs() as logged:
        for served in ("gpt-4o-2024-08-06", "gpt-4o-mini", "gpt-4o-mini", None):
            monitor.attempted(replace(CALL, served=served))

    assert [(line["event"], line["asked"], line["served"]) for line in logged] == [("served_otherwise", "gpt-4o", "gpt-4o-mini")]
