"""The figures as tables."""

from collections.abc import Iterable, Mapping

from rich.table import Table

from tests.benchmarks.price.cpu import Rate
from tests.benchmarks.price.insights import OURS, Price


def price_table(prices: Iterable[Price]) -> Table:
    known = list(prices)
    table = Table(title="CPU of one generated insight: ms", title_justify="left")
    table.add_column("kind")
    for column in (*known[0].cpu, "ours / plain", "rest / plain"):
        table.add_column(column, justify="right")
    for price in known:
        table.add_row(
            price.kind, *(f"{ms:.1f}" for ms in price.cpu.values()), f"{price.ratio:.2f}", f"{price.ratio_of_the_rest:.2f}"
        )  # fmt: skip
    return table


def cpu_table(title: str, cpu: Mapping[str, float]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    table.add_column("CPU, ms", justify="right")
    for what, ms in cpu.items():
        table.add_row(what, f"{ms:.2f}")
    return table


def rate_table(rates: Mapping[str, Rate]) -> Table:
    at_once = next(iter(rates.values())).at_once
    table = Table(title=f"Insights a second, {at_once} at once", title_justify="left")
    for column in ("what", "per second", "ours / this"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for what, rate in rates.items():
        table.add_row(what, f"{rate.per_second:.1f}", f"{rates[OURS].per_second / rate.per_second:.2f}")
    return table
