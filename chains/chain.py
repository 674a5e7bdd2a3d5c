"""The main path: retrieve, analyse, [write, parse, ground], render. It ends at the insight; storing it is the caller's job."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from langchain_core.runnables import Runnable, RunnableLambda

from chains.assembly import assemble
from chains.facts.sheet import FactSheet
from chains.fingerprint import fingerprint
from chains.insight import Written
from chains.ports import AthleteData
from chains.prepared import Prepared
from chains.request import AthleteContext, InsightRequest
from chains.router import Authored, Router
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
        self._prepare: Runnable[InsightRequest, FactSheet] = RunnableLambda(data.retrieve, name="retrieve") | RunnableLambda(
            _with_consent(analyse, ask_consent=ask_consent), name="analyse"
        )
        self._write = RunnableLambda(router.write, name="write")
        self._render = RunnableLambda(_render, name="render")

    async def prepare(self, request: InsightRequest) -> Prepared:
        """Facts, and the fingerprint by which a stored insight is found. Raises NotFound, NotEnoughData."""
        deadline = time.monotonic() + request.deadline_s
        with self._tracing.record() as recording:
            sheet = await self._prepare.ainvoke(request, recording.config)
        return self._prepared(request, sheet, script_for(request.kind), deadline, recording)

    def prepare_again(self, request: InsightRequest, sheet: FactSheet, script: Script) -> Prepared:
        """A sheet from before with other prompts: how prompt work replays a stored insight."""
        with self._tracing.record() as recording:
            return self._prepared(request, sheet, script, time.monotonic() + request.deadline_s, recording)

    async def write(self, prepared: Prepared) -> Written:
        """The insight, by the first writer whose reply is grounded; by rules before the deadline if none is."""
        about = {
            "kind": prepared.sheet.kind,
            "prompt": prepared.script.label,
            "route": ",".join(f"{writer.provider}:{writer.model}" for writer in self._router.route(prepared.sheet)) or "rules",
        }
        with self._tracing.trace(prepared.recording, prepared.request, prepared.sheet, about) as trace:
            authored = await self._write.ainvoke(prepared.order)
            written = await self._render.ainvoke(Finished(prepared=prepared, authored=authored, trace_id=trace.id))
            trace.close(written)
        return written

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


def _with_consent(analyse: Analyse, *, ask_consent: bool) -> Analyse:
    """The sheet carries whether models may see it. An athlete's refusal always counts; silence counts as the service is set."""

    def analysed(context: AthleteContext) -> FactSheet:
        consent = context.profile.model_consent
        allowed = consent is Consent.GRANTED or (consent is Consent.UNSET and not ask_consent)
        return replace(analyse(context), models_allowed=allowed)

    return analysed
