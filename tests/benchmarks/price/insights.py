"""CPU of one generated insight, of its parts, and of the baseline's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import uuid4

from chains.facts.registry import analyse
from chains.fingerprint import fingerprint
from chains.grounding.checker import check
from chains.request import InsightKind
from chains.writers.brief import Brief
from tests.benchmarks.price.cpu import Rate, cpu_ms, rates
from tests.benchmarks.price.world import ATHLETE, World, asked

BLOCKS = 5
AT_ONCE = 16
OURS, FACTS = "ours", "of it facts"
PLAIN, SHORT, STRUCTURED = "plain", "plain, short", "structured"
MAX_CPU, MIN_RATE = 1.0, 1.3
"""The bar, against `PLAIN` and against `STRUCTURED`. `SHORT` is the baseline with summaries only, without laps, splits and best efforts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Milliseconds of CPU by contender."""

    kind: str
    cpu: dict[str, float]

    @property
    def ratio(self) -> float:
        return self.cpu[OURS] / self.cpu[PLAIN]

    @property
    def ratio_of_the_rest(self) -> float:
        """Without the facts, which the baseline does not compute."""
        return (self.cpu[OURS] - self.cpu[FACTS]) / self.cpu[PLAIN]


async def measure_prices(world: World) -> list[Price]:
    """All kinds, and their mean last."""
    prices = [Price(kind=kind.value, cpu=await _cpu(world, kind)) for kind in InsightKind]
    return [*prices, mean_of(prices)]


def mean_of(prices: Sequence[Price]) -> Price:
    return Price(kind="mean", cpu={name: sum(p.cpu[name] for p in prices) / len(prices) for name in prices[0].cpu})


async def measure_rates(world: World, kind: InsightKind) -> dict[str, Rate]:
    return await rates(
        {
            OURS: partial(world.service.insights.generate, ATHLETE, asked(kind)),
            STRUCTURED: partial(world.plain.insight, ATHLETE, kind, world.plain.structured),
            PLAIN: partial(world.plain.insight, ATHLETE, kind, world.plain.bound),
        },
        at_once=AT_ONCE,
        each=4,
        blocks=3,
    )


async def _cpu(world: World, kind: InsightKind) -> dict[str, float]:
    plain = partial(world.plain.insight, ATHLETE, kind)
    request = await world.service.insights.accept(ATHLETE, asked(kind))

    async def facts() -> None:
        analyse(await world.service.athlete_data.retrieve(request))

    return await cpu_ms(
        {
            OURS: partial(world.service.insights.generate, ATHLETE, asked(kind)),
            FACTS: facts,
            PLAIN: partial(plain, world.plain.bound),
            SHORT: partial(plain, world.plain.bound, is_short=True),
            STRUCTURED: partial(plain, world.plain.structured),
        },
        blocks=BLOCKS,
    )


async def measure_parts(world: World, kind: InsightKind) -> dict[str, float]:
    """Of one insight, each part on its own."""
    insights, data = world.service.insights, world.service.athlete_data
    request = await insights.accept(ATHLETE, asked(kind))
    prepared = (await insights.prepare(ATHLETE, asked(kind))).prepared
    context, written = await data.retrieve(request), await insights.write(prepared)
    sheet, reply = prepared.sheet, world.reply(kind)

    async def analysed() -> None:
        analyse(context)

    async def hashed() -> None:
        fingerprint(sheet, prompt=prepared.script.label, route=())

    async def prompted() -> None:
        _ = Brief(sheet=sheet, script=prepared.script).size

    async def checked() -> None:
        check(reply, sheet)

    async def stored() -> None:
        await insights.store(prepared, replace(written, insight=replace(written.insight, id=uuid4().hex)))

    return await cpu_ms(
        {
            "retrieve": partial(data.retrieve, request),
            "analyse": analysed,
            "fingerprint": hashed,
            "prompt": prompted,
            "write, all of it": partial(insights.write, prepared),
            "ground": checked,
            "store": stored,
        },
        blocks=BLOCKS,
    )
