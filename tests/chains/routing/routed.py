"""A router to be tested: over the provider double with the real client libraries, or over writers that are scripted in the test."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.models import open_writers
from chains.attempt import Outcome, Usage
from chains.bookkeeping import Bookkeeper
from chains.errors import ProviderFault
from chains.facts.sheet import FactSheet
from chains.money.prices import Prices
from chains.ports import Ledger
from chains.request import InsightKind
from chains.routing.breakers import Breakers
from chains.routing.deadline import Stopping
from chains.routing.limits import Limits
from chains.routing.order import Order
from chains.routing.router import Router
from chains.sections import Section
from chains.writers.brief import Brief
from chains.writers.port import Answer, Heard, Writer
from chains.writers.script import script_for
from tests.chains.writing import GOOD, MemoryLedger, MemoryMonitor, PlainAnalyst, no_digits, sheet
from tests.provider.clients import BOTH, GOOGLE_MODEL, OPENAI_MODEL, settings_for
from tests.provider.double import ProviderDouble

OPENAI_FIRST, GEMINI_FIRST = BOTH, f"google_genai:{GOOGLE_MODEL},openai:{OPENAI_MODEL}"

PATIENT = Limits(least_call_s=0.05, reserve_s=0.0)
"""As long as a busy machine may need."""

SCRIPT = script_for(InsightKind.WEEKLY_REVIEW)

Act = Callable[[Heard | None], Awaitable[Answer]]


def order(facts: FactSheet | None = None, seconds: float = 60.0) -> Order:
    return Order(insight_id="i1", sheet=facts or sheet(), script=SCRIPT, deadline=time.monotonic() + seconds)


@dataclass
class Scripted:
    """A writer whose calls go as written, one after the other; the last act is repeated."""

    acts: Sequence[Act]
    provider: str = "openai"
    model: str = OPENAI_MODEL
    briefs: list[Brief] = field(default_factory=list)

    async def write(self, brief: Brief, heard: Heard | None = None) -> Answer:
        self.briefs.append(brief)
        return await self.acts[min(len(self.briefs), len(self.acts)) - 1](heard)


def first(*acts: Act) -> Scripted:
    return Scripted(acts)


def second(*acts: Act) -> Scripted:
    return Scripted(acts, provider="google_genai", model=GOOGLE_MODEL)


def answers(text: str = GOOD, outcome: Outcome | None = None) -> Act:
    async def act(heard: Heard | None) -> Answer:
        if heard is not None:
            for start in range(0, len(text), 40):
                await heard(text[start : start + 40])
        return Answer(raw=text, usage=Usage(input_tokens=100, output_tokens=50), outcome=outcome, detail=outcome)

    return act


def faults(outcome: Outcome, *, retry_after_s: float | None = None, after: str = "") -> Act:
    """`after` is what is heard before."""

    async def act(heard: Heard | None) -> Answer:
        if heard is not None and after:
            await heard(after)
        raise ProviderFault(outcome, "scripted", retry_after_s=retry_after_s)

    return act


async def never(heard: Heard | None) -> Answer:
    """Takes the order, and that is all."""
    await asyncio.Event().wait()
    raise AssertionError("waits for ever")


@dataclass
class Audience:
    """Keeps what it hears: sections, and where it was told to start over."""

    heard: list[Section | str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [told if isinstance(told, str) else told.kind.value for told in self.heard]

    async def section(self, section: Section) -> None:
        self.heard.append(section)

    async def reset(self) -> None:
        self.heard.append("reset")


@dataclass
class Desk:
    """A router with all that it writes to."""

    writers: Sequence[Writer]
    ledger: Ledger = field(default_factory=MemoryLedger)
    monitor: MemoryMonitor = field(default_factory=MemoryMonitor)
    analyst: PlainAnalyst = field(default_factory=PlainAnalyst)
    limits: Limits = PATIENT
    stopping: Stopping = field(default_factory=Stopping)
    now: Callable[[], float] = time.time
    prices: Prices = field(default_factory=Prices)

    def __post_init__(self) -> None:
        self.breakers = Breakers(monitor=self.monitor, now=self.now)
        self.router = Router(
            writers={InsightKind.WEEKLY_REVIEW: self.writers},
            analyst=self.analyst,
            ground=no_digits,
            books=Bookkeeper(ledger=self.ledger, prices=self.prices, monitor=self.monitor),
            breakers=self.breakers,
            limits=self.limits,
            stopping=self.stopping,
        )
        self.write = self.router.write


@asynccontextmanager
async def desk(
    double: ProviderDouble, *, route: str = OPENAI_FIRST, limits: Limits = PATIENT, analyst: PlainAnalyst | None = None
) -> AsyncIterator[Desk]:
    """Over the double."""
    prices = Prices()
    async with open_writers(settings_for(double, route=route), prices) as writers:
        yield Desk(writers[InsightKind.WEEKLY_REVIEW], limits=limits, analyst=analyst or PlainAnalyst(), prices=prices)
