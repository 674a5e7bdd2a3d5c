"""A stored sheet written about again, by another prompt or model: how prompt work sees what a change does."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.insights.chain import Operation, open_chain
from app.insights.repository import InsightRepository
from app.settings import Settings
from chains.errors import NotFound
from chains.insight import Insight, Written
from chains.ports import AthleteData
from chains.render import printed
from chains.request import InsightRequest
from chains.training.profile import Units
from chains.writers.script import script_for
from prompts.loader import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """The insight as it was stored, and what the same sheet gives now; nothing of the second is stored but its attempts."""

    before: Insight
    after: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Seams of a replay: where insights are, and whatever a chain needs."""

    settings: Settings
    insights: InsightRepository
    data: AthleteData
    operation: Operation
    clock: Callable[[], datetime]

    async def run(self, insight_id: str, *, prompt: Path | None, model: str | None) -> Replayed:
        """Raises NotFound for an insight that is gone or whose evidence is, PromptError for a file that is no prompt."""
        owner = await self.insights.owner_of(insight_id)
        stored = await self.insights.get(owner, insight_id) if owner else None
        evidence = await self.insights.evidence(owner, insight_id) if owner else None
        if stored is None or evidence is None:
            raise NotFound("insight with its evidence", insight_id)
        request = self._asked_again(stored.insight)
        script = script_for(request.kind)
        if prompt is not None:
            script = script.with_task(read(prompt))
        async with open_chain(_routed_to(self.settings, model), self.data, self.operation) as chain:
            after = await chain.write(chain.prepare_again(request, evidence.sheet, script))
        return Replayed(before=stored.insight, after=after)

    def _asked_again(self, insight: Insight) -> InsightRequest:
        return InsightRequest(
            athlete_id=insight.athlete_id,
            kind=insight.kind,
            activity_id=insight.activity_id,
            question=insight.asked,
            as_of=insight.as_of,
            now=self.clock(),
            deadline_s=self.settings.models.deadline_s,
        )


def difference(replayed: Replayed, units: Units) -> Iterator[str]:
    """A unified diff of the two texts, as the athlete would read them."""
    before, after = replayed.before, replayed.after.insight
    return difflib.unified_diff(_lines(before, units), _lines(after, units), _writer(before), _writer(after), lineterm="", n=100)


def _lines(insight: Insight, units: Units) -> list[str]:
    texts = [insight.headline, *(o.text for o in insight.observations)]
    texts += [f"→ {action.what} {action.when} {action.why}" for action in insight.actions]
    if insight.question:
        texts.append(f"? {insight.question.text} [{' · '.join(insight.question.choices)}]")
    return [printed(text, insight.facts, units) for text in texts]


def _writer(insight: Insight) -> str:
    by = f"{insight.model.provider}:{insight.model.served or insight.model.requested}" if insight.model else "rules"
    return f"{insight.prompt} {by}"


def _routed_to(settings: Settings, model: str | None) -> Settings:
    """'rules' asks no model."""
    if model is None:
        return settings
    route = () if model == "rules" else (model,)
    one = {"route": route, "route_activity_summary": None, "route_weekly_review": None}
    return replace(settings, models=settings.models.model_copy(update=one))
