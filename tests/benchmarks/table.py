"""The figures as tables."""

from collections.abc import Iterable

from rich.table import Table

from tests.benchmarks.insights import Scaling
from tests.benchmarks.throughput import Throughput


def scaling_table(scaling: Iterable[Scaling]) -> Table:
    table = Table(title="Retrieve and analyse: median ms with 100 and with 10,000 activities", title_justify="left")
    table.add_column("kind")
    for column in ("100", "p95", "10,000", "p95", "ratio"):
        table.add_column(column, justify="right")
    for s in scaling:
        figures = (s.small.median_ms, s.small.p95_ms, s.large.median_ms, s.large.p95_ms)
        table.add_row(s.kind.value, *(f"{f:.1f}" for f in figures), f"{s.ratio:.2f}")
    return table


def throughput_table(measured: Iterable[Throughput]) -> Table:
    table = Table(title="Throughput", title_justify="left")
    table.add_column("what")
    for column in ("n", "seconds", "per second"):
        table.add_column(column, justify="right")
    for t in measured:
        table.add_row(t.what, f"{t.n:,}", f"{t.seconds:.2f}", f"{t.per_second:,.0f}")
    return table
