"""One LangSmith trace per insight: retrieve, analyse, write with its attempts, render. Nothing at all when tracing is off."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import langsmith
from langchain_core.runnables import RunnableConfig
from langchain_core.tracers.run_collector import RunCollectorCallbackHandler
from langsmith.run_helpers import tracing_context
from langsmith.run_trees import RunTree

from chains.facts.sheet import FactSheet
from chains.insight import Insight, Written
from chains.request import InsightRequest
from chains.tracing.client import MaskingClient
from chains.tracing.masking import words_masked

ROOT = "insight"
CLOSE_S = 5.0
"""How long the end of the service waits for the last traces to be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The steps before it was known whether an insight will be written; sent only if it is."""

    began_at: datetime
    collector: RunCollectorCallbackHandler | None

    @property
    def config(self) -> RunnableConfig:
        return {"callbacks": [self.collector]} if self.collector else {}

    @property
    def steps(self) -> Sequence[RunTree]:
        return [step for run in self.collector.traced_runs for step in run.child_runs] if self.collector else ()


class Trace:
    """The trace of one insight under way; `id` is None when tracing is off."""

    def __init__(self, root: RunTree | None) -> None:
        self._root = root

    @property
    def id(self) -> str | None:
        return str(self._root.trace_id) if self._root else None

    def close(self, written: Written) -> None:
        """The result and what it took."""
        if self._root is not None:
            self._root.add_metadata(_result(written.insight))
            self._root.end(outputs={"insight": written})


class Tracing:
    """Off without a client. The athlete's id is only ever shown as a keyed hash."""

    def __init__(self, *, client: MaskingClient | None = None, project: str | None = None, hash_key: bytes = b"") -> None:
        self._client = client
        self._project = project
        self._hash_key = hash_key

    @contextmanager
    def record(self) -> Iterator[Recording]:
        """For the steps that come before the decision to write."""
        collector = RunCollectorCallbackHandler() if self._client else None
        with tracing_context(enabled=False):
            yield Recording(began_at=datetime.now(UTC), collector=collector)

    @contextmanager
    def trace(self, recording: Recording, request: InsightRequest, sheet: FactSheet, about: Mapping[str, object]) -> Iterator[Trace]:
        """For writing and rendering: everything that runs inside becomes part of the trace."""
        if self._client is None:
            with tracing_context(enabled=False):
                yield Trace(None)
            return
        with words_masked(quote.text for quote in sheet.quotes):
            root = self._root(self._client, recording, request, {**about, "athlete": self.hash_of(sheet.athlete_id)})
            try:
                with tracing_context(parent=root, client=self._client, project_name=self._project, enabled=True):
                    yield Trace(root)
            except BaseException as error:
                root.end(error=f"{type(error).__name__}()")
                raise
            finally:
                root.patch()

    def hash_of(self, athlete_id: str) -> str:
        """HMAC-SHA-256, 32 hex digits: the same athlete is the same hash, and nobody without the key can tell whose."""
        return hmac.new(self._hash_key, athlete_id.encode(), hashlib.sha256).hexdigest()[:32]

    def _root(self, client: MaskingClient, recording: Recording, request: InsightRequest, about: Mapping[str, object]) -> RunTree:
        root = RunTree(
            name=ROOT,
            run_type="chain",
            inputs={"request": request},
            start_time=recording.began_at,
            project_name=self._project,
            ls_client=client,
            extra={"metadata": dict(about)},
        )
        root.post()
        for step in recording.steps:
            root.create_child(
                name=step.name,
                run_type="chain",
                inputs=step.inputs,
                outputs=step.outputs,
                start_time=step.start_time,
                end_time=step.end_time,
            ).post()
        return root


def _result(insight: Insight) -> dict[str, object]:
    return {
        "outcome": insight.attempts[-1].outcome,
        "trail": " > ".join(f"{attempt.provider}:{attempt.model} {attempt.outcome}" for attempt in insight.attempts),
        "source": insight.source,
        "degraded": insight.degraded,
        "cost_micro_usd": insight.cost_micro_usd,
        "context_hash": insight.context_hash,
    }


@asynccontextmanager
async def open_tracing(
    *, enabled: bool, endpoint: str | None = None, api_key: str | None = None, project: str | None = None, hash_key: bytes
) -> AsyncIterator[Tracing]:
    """Tracing for the life of a service. LangChain's own tracer, which the same environment variable would start, is off from here on."""
    langsmith.configure(enabled=False)
    if not enabled:
        yield Tracing(hash_key=hash_key)
        return
    client = MaskingClient(api_url=endpoint, api_key=api_key, omit_traced_runtime_info=True, disable_prompt_cache=True)
    try:
        yield Tracing(client=client, project=project, hash_key=hash_key)
    finally:
        await asyncio.to_thread(client.close, CLOSE_S)
