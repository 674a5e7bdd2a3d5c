"""The chain as this service runs it: its models, prices, traces and ledger put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from app.models import open_prices, open_writers
from app.secret_file import own_secret
from app.settings import Settings
from chains.bookkeeping import Bookkeeper
from chains.chain import InsightChain
from chains.facts.registry import analyse
from chains.facts.safety.language import lexicon
from chains.grounding.checker import check
from chains.ports import AthleteData, Ledger, Monitor
from chains.routing.breakers import Breakers
from chains.routing.deadline import Stopping
from chains.routing.limits import Limits
from chains.routing.router import Router
from chains.tracing.trace import open_tracing
from chains.writers.rules.analyst import RulesWriter
from chains.writers.rules.careful import CarefulAnalyst


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What all chains of a process share: the ledger, the operator's eyes, the breakers, and the end."""

    ledger: Ledger
    monitor: Monitor
    breakers: Breakers
    stopping: Stopping


@asynccontextmanager
async def open_chain(settings: Settings, data: AthleteData, operation: Operation) -> AsyncIterator[InsightChain]:
    """Model clients and the tracer live as long as the chain. Raises SettingsError."""
    models, traces = settings.models, settings.traces
    await asyncio.to_thread(lexicon)  # the words of harm take half a second to read: not in the first request's time
    async with AsyncExitStack() as stack:
        prices = open_prices(models)
        writers = await stack.enter_async_context(open_writers(models, prices))
        tracing = await stack.enter_async_context(
            open_tracing(
                enabled=traces.enabled,
                endpoint=str(traces.endpoint) if traces.endpoint else None,
                api_key=traces.api_key.get_secret_value() if traces.api_key else None,
                project=traces.project,
                hash_key=_hash_key(settings),
            )
        )
        router = Router(
            writers=writers,
            analyst=CarefulAnalyst(RulesWriter()),
            ground=check,
            books=Bookkeeper(ledger=operation.ledger, prices=prices, monitor=operation.monitor),
            breakers=operation.breakers,
            limits=Limits(call_s=models.call_s, first_token_s=models.first_token_s, idle_s=models.idle_s),
            stopping=operation.stopping,
        )
        yield InsightChain(data=data, analyse=analyse, router=router, tracing=tracing, ask_consent=models.consent == "ask")


def _hash_key(settings: Settings) -> bytes:
    if settings.traces.hash_key:
        return settings.traces.hash_key.get_secret_value().encode()
    return own_secret(settings.mongo.data_dir, "hash_key")
