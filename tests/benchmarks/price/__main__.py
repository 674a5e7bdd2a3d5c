"""`python -m tests.benchmarks.price`: what truth, deadline and ledger cost beside a plain LangChain composition. Exit code 1 if a bar is
missed.

Everything is real: a mongod of its own, the service's repositories and chain, the client libraries, a provider on a socket that answers at
once. CPU is this process's alone.
"""

import asyncio
import logging
import sys

from rich.console import Console

from app.logs import configure_logs
from chains.request import InsightKind
from tests.benchmarks.price.cpu import Rate
from tests.benchmarks.price.insights import MAX_CPU, MIN_RATE, OURS, STRUCTURED, Price, measure_parts, measure_prices, measure_rates
from tests.benchmarks.price.streams import BARE, MAX_STREAM, STREAMED, measure_calls
from tests.benchmarks.price.table import cpu_table, price_table, rate_table
from tests.benchmarks.price.world import open_world
from tests.benchmarks.timing import machine

KIND = InsightKind.WEEKLY_REVIEW


async def main(console: Console) -> int:
    console.print(f"Measured on {machine()}.\n")
    async with open_world() as world:
        prices = await measure_prices(world)
        console.print(price_table(prices))
        console.print(cpu_table(f"Where it goes ({KIND})", await measure_parts(world, KIND)))
        calls = await measure_calls(world, KIND)
        console.print(cpu_table("From prompt to grounded reply", calls))
        rates = await measure_rates(world, KIND)
        console.print(rate_table(rates))
    return _verdict(console, prices[-1], calls, rates)


def _verdict(console: Console, mean: Price, calls: dict[str, float], rates: dict[str, Rate]) -> int:
    stream, rate = calls[STREAMED] / calls[BARE], rates[OURS].per_second / rates[STRUCTURED].per_second
    bars = [
        (f"CPU of an insight {mean.ratio:.2f} × the plain composition's, bar {MAX_CPU}", mean.ratio <= MAX_CPU),
        (f"CPU of a stream {stream:.2f} × the bare one's, bar {MAX_STREAM}", stream <= MAX_STREAM),
        (f"Throughput {rate:.2f} × that with structured output, bar {MIN_RATE}", rate >= MIN_RATE),
    ]
    for what, held in bars:
        console.print(f"{what}: {'held' if held else 'MISSED'}")
    return 0 if all(held for _, held in bars) else 1


if __name__ == "__main__":
    configure_logs(logging.WARNING)
    sys.exit(asyncio.run(main(Console(width=120))))
