"""What Prometheus reads: one registry per application, so that nothing is shared between two in a process."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""Named by prometheus-client; must be set before its first import in a worker."""


class Metrics:
    """Requests by method, route template and status. A template has no ids in it, so the number of series is bounded."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("insights_http_requests", "Requests answered", labels, registry=self.registry)
        self._seconds = Histogram("insights_http_request_seconds", "Time to the end of the response", labels[:2], registry=self.registry)

    def observe_request(self, *, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """In the exposition format; of all workers where `serve` runs several."""
        if SHARED_DIR not in os.environ:
            return generate_latest(self.registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared)
