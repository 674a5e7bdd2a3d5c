"""The main path: retrieve, analyse, [write, parse, ground], render. It ends at the insight; storing it is the caller's job."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from chains.assembly import assemble
from chains.facts.sheet import FactSheet
from chains.fingerprint import fingerprint
from chains.insight import Written
from chains.ports import AthleteData, Listener
from chains.prepared import Prepared
from chains.request import AthleteContext, InsightRequest
from chains.routing.order import Authored, Order
from chains.routing.router import Router
from chains.tracing.step import Step
from chains.tracing.trace import Recording, Tracing
from chains.training.profile import Consent
from chains.writers.script import Script, script_for

Analyse = Callable[[AthleteContext], FactSheet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What `render` needs: the words, what they are about, and where the trace of them is."""

    prepared: Prepared
    authored: Authored
    trace_id: str | None


class InsightChain:
    """In two parts, so that the caller can look for a stored insight between them: `prepare`, then `write`."""

    def __init__(self, *, data: AthleteData, analyse: Analyse, router: Router, tracing: Tracing, ask_consent: bool) -> None:
        self._router = router
        self._tracing = tracing
        self._retrieve = Step(data.retrieve, name="retrieve")
        self._analyse = Step(_beside(_with_consent(analyse, ask_consent=ask_consent)), name="analyse")
        self._prepare = Step(self._sheet, name="prepare")
        self._render = Step(_render, name="render")

    async def prepare(self, request: InsightRequest) -> Prepared:
        """Facts, and the fingerprint by which a stored insight is found. Raises NotFound, NotEnoughData."""
        deadline = time.monotonic() + request.deadline_s
        with self._tracing.record() as recording:
            sheet = await self._prepare.run(request, recording.config)
        return self._prepared(request, sheet, script_for(request.kind), deadline, recording)

    def prepare_again(self, request: InsightRequest, sheet: FactSheet, script: Script) -> Prepared:
        """A sheet from before with other prompts: how prompt work replays a stored insight."""
        with self._tracing.record() as recording:
            return self._prepared(request, sheet, script, time.monotonic() + request.deadline_s, recording)

    async def write(self, prepared: Prepared, listener: Listener | None = None) -> Written:
        """The insight, by the first writer whose reply is grounded; by rules before the deadline if none is. Told while it is written
        to who listens."""
        about = {
            "kind": prepared.sheet.kind,
            "prompt": prepared.script.label,
            "route": ",".join(f"{writer.provider}:{writer.model}" for writer in self._router.route(prepared.sheet)) or "rules",
        }
        with self._tracing.trace(prepared.recording, prepared.request, prepared.sheet, about) as trace:
            authored = await self._router_step(listener).run(prepared.order)
            written = await self._render.run(Finished(prepared=prepared, authored=authored, trace_id=trace.id))
            trace.close(written)
        return written

    async def _sheet(self, request: InsightRequest) -> FactSheet:
        return await self._analyse.run(await self._retrieve.run(request))

    def _router_step(self, listener: Listener | None) -> Step[Order, Authored]:
        async def write(order: Order) -> Authored:
            return await self._router.write(order, listener)

        return Step(write, name="write")

    def _prepared(self, request: InsightRequest, sheet: FactSheet, script: Script, deadline: float, recording: Recording) -> Prepared:
        return Prepared(
            insight_id=uuid4().hex,
            request=request,
            sheet=sheet,
            script=script,
            context_hash=fingerprint(sheet, prompt=script.label, route=self._router.route(sheet)),
            deadline=deadline,
            recording=recording,
        )


async def _render(finished: Finished) -> Written:
    insight = assemble(finished.prepared, finished.authored, finished.trace_id)
    return Written(insight=insight, sheet=finished.prepared.sheet, drafts=finished.authored.drafts)


def _beside(analyse: Analyse) -> Callable[[AthleteContext], Awaitable[FactSheet]]:
    """Off the event loop, which would stand still for it, and one at a time: several threads at once do not compute faster, they take a
    third more of the processor for waiting for each other."""
    turn = asyncio.Lock()

    async def analysed(context: AthleteContext) -> FactSheet:
        async with turn:
            return await asyncio.to_thread(analyse, context)

    return analysed


def _with_consent(analyse: Analyse, *, ask_consent: bool) -> Analyse:
    """The sheet carries whether models may see it. An athlete's refusal always counts; silence counts as the service is set."""

    def analysed(context: AthleteContext) -> FactSheet:
        consent = context.profile.model_consent
        allowed = consent is Consent.GRANTED or (consent is Consent.UNSET and not ask_consent)
        return replace(analyse(context), models_allowed=allowed)

    return analysed
