"""What Prometheus reads: one registry per application, so that nothing is shared between two in a process."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""Named by prometheus-client; must be set before its first import in a worker."""

FIRST_EVENT_BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Around the promise of 100 ms."""

CALL_BUCKETS_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 20.0)
"""Up to the limit of a call and the deadline of a request."""


class Metrics:
    """Requests by method, route template and status. A template has no ids in it, so the number of series is bounded."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("insights_http_requests", "Requests answered", labels, registry=self.registry)
        self._seconds = Histogram("insights_http_request_seconds", "Time to the end of the response", labels[:2], registry=self.registry)
        self._shed = Counter("insights_shed_requests", "Requests sent away because there was too much to do", registry=self.registry)
        self._first_event_seconds = Histogram(
            "insights_first_event_seconds",
            "Time to the first event of a stream",
            ("route",),
            buckets=FIRST_EVENT_BUCKETS_S,
            registry=self.registry,
        )
        model = ("provider", "model")
        self._attempts = Counter("insights_attempts", "Attempts of writers", (*model, "outcome"), registry=self.registry)
        self._alarms = Counter("insights_operator_alarms", "Faults for the operator", (*model, "outcome"), registry=self.registry)
        self._breakers = Counter("insights_breaker_changes", "Breakers by their new state", ("model", "to"), registry=self.registry)

        self._insights = Counter(
            "insights_written",
            "Insights written; degraded: by rules where a model was to",
            ("kind", "provider", "degraded"),
            registry=self.registry,
        )
        self._left_alone = Gauge(
            "insights_breaker_open",
            "1 while a model is left alone or on trial",
            ("model",),
            registry=self.registry,
            multiprocess_mode="livemax",
        )
        self._call_seconds = Histogram(
            "insights_call_seconds", "Time of one provider call", model, buckets=CALL_BUCKETS_S, registry=self.registry
        )
        self._cost = Counter("insights_cost_micro_usd", "Cost of provider calls, estimates included", model, registry=self.registry)

    def observe_request(self, *, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def observe_shed(self) -> None:
        self._shed.inc()

    def observe_first_event(self, route: str, seconds: float) -> None:
        self._first_event_seconds.labels(route).observe(seconds)

    def observe_attempt(self, provider: str, model: str, outcome: str) -> None:
        self._attempts.labels(provider, model, outcome).inc()

    def observe_insight(self, kind: str, provider: str, *, degraded: bool) -> None:
        self._insights.labels(kind, provider, str(degraded).lower()).inc()

    def observe_call(self, provider: str, model: str, seconds: float, cost_micro_usd: int) -> None:
        self._call_seconds.labels(provider, model).observe(seconds)
        self._cost.labels(provider, model).inc(cost_micro_usd)

    def observe_alarm(self, provider: str, model: str, outcome: str) -> None:
        self._alarms.labels(provider, model, outcome).inc()

    def observe_breaker(self, model: str, to: str, *, is_open: bool) -> None:
        self._breakers.labels(model, to).inc()
        self._left_alone.labels(model).set(is_open)

    def text(self) -> bytes:
        """In the exposition format; of all workers where `serve` runs several."""
        if SHARED_DIR not in os.environ:
            return generate_latest(self.registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared)
