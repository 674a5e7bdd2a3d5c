"""One writer of either provider against the double, plain and streamed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from app.models import open_writers
from chains.errors import ProviderFault
from chains.money.prices import Prices
from chains.request import InsightKind
from chains.writers.brief import Brief
from chains.writers.port import Answer, Writer
from chains.writers.script import script_for
from tests.chains.writing import sheet
from tests.provider.clients import settings_for
from tests.provider.double import ProviderDouble
from tests.provider.turn import Turn

BRIEF = Brief(sheet=sheet(), script=script_for(InsightKind.WEEKLY_REVIEW))
PROVIDERS = ("openai", "google_genai")
LIMIT_S = 0.3


@asynccontextmanager
async def writer_of(double: ProviderDouble, provider: str, *, limit_s: float = 20.0) -> AsyncIterator[Writer]:
    settings = settings_for(double, call_s=limit_s, first_token_s=limit_s, idle_s=limit_s)
    async with open_writers(settings, Prices()) as writers:
        yield next(w for w in writers[InsightKind.WEEKLY_REVIEW] if w.provider == provider)


@dataclass(slots=True)
class Asked:
    """What one call gave, and what was heard of it before it ended."""

    answer: Answer | None = None
    fault: ProviderFault | None = None
    heard: list[str] = field(default_factory=list)


async def ask(writer: Writer, *, streamed: bool) -> Asked:
    asked = Asked()

    async def heard(piece: str) -> None:
        asked.heard.append(piece)

    try:
        asked.answer = await writer.write(BRIEF, heard if streamed else None)
    except ProviderFault as fault:
        asked.fault = fault
    return asked


async def asked_once(double: ProviderDouble, provider: str, turn: Turn, *, streamed: bool, limit_s: float = 20.0) -> Asked:
    """One call, and no second one in secret."""
    double.script(provider, turn)
    async with writer_of(double, provider, limit_s=limit_s) as writer:
        asked = await ask(writer, streamed=streamed)
    assert double.calls(provider) == 1
    return asked


async def fault_of_turn(double: ProviderDouble, provider: str, turn: Turn, *, streamed: bool, limit_s: float = 20.0) -> ProviderFault:
    asked = await asked_once(double, provider, turn, streamed=streamed, limit_s=limit_s)
    if asked.fault is None:
        pytest.fail(f"no fault but {asked.answer}")
    return asked.fault
