"""Insights at the edge: what a caller may ask for and what they read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.bodies import IsoDay
from app.insights.past import Feedback
from app.insights.repository import StoredInsight
from app.insights.workouts import WorkoutRead
from chains.attempt import Attempt
from chains.facts.fact import Fact
from chains.facts.forms import print_fact
from chains.insight import Action, AskedQuestion, Insight, Observation
from chains.money.micro_usd import in_usd
from chains.render import printed
from chains.request import InsightKind
from chains.training.profile import Units

MAX_QUESTION = 500
HISTORY_LIMIT, MAX_HISTORY_LIMIT = 20, 100


class GenerateInsight(BaseModel):
    """What to write about; whose data it is comes from the token."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"kind": "weekly_review"},
                {"kind": "activity_summary", "as_of": "2026-05-03"},
                {"kind": "question", "question": "Am I ready to run tomorrow?"},
            ]
        },
    )

    kind: InsightKind
    activity_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)] | None = None
    as_of: IsoDay | None = None
    refresh: bool = False
    wait: bool = True


class GiveFeedback(BaseModel):
    """A thumb, and optionally which sentence and why."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"rating": -1, "reason": "obvious"}]})

    rating: Literal[-1, 1]
    target: Annotated[str, Field(min_length=1, max_length=1200)] | None = None
    reason: Literal["wrong", "obvious", "bad_advice", "tone", "not_me"] | None = None
    comment: Annotated[str, Field(max_length=1000)] | None = None


class GiveAnswer(BaseModel):
    """One of the choices that the insight's question offered."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"choice": "holiday or work"}]})

    choice: Annotated[str, Field(min_length=1, max_length=200)]


class ObservationRead(BaseModel):
    text: str
    facts: list[str]

    @classmethod
    def of(cls, observation: Observation, facts: Mapping[str, Fact], units: Units) -> Self:
        return cls(text=printed(observation.text, facts, units), facts=list(observation.facts))


class ActionRead(BaseModel):
    option: str
    what: str
    when: str
    why: str
    workout: WorkoutRead | None = None
    facts: list[str]

    @classmethod
    def of(cls, action: Action, facts: Mapping[str, Fact], units: Units) -> Self:
        return cls(
            option=action.option,
            what=printed(action.what, facts, units),
            when=printed(action.when, facts, units),
            why=printed(action.why, facts, units),
            workout=WorkoutRead.of(action.workout, units) if action.workout is not None else None,
            facts=list(action.facts),
        )


class QuestionRead(BaseModel):
    text: str
    choices: list[str]

    @classmethod
    def of(cls, question: AskedQuestion, facts: Mapping[str, Fact], units: Units) -> Self:
        return cls(text=printed(question.text, facts, units), choices=list(question.choices))


class MissingRead(BaseModel):
    fact: str
    reason: str


class WindowRead(BaseModel):
    first: date
    last: date


class FactRead(BaseModel):
    label: str
    value: float | int | str | date | list[str]
    unit: str | None
    display: str
    window: WindowRead | None
    n: int | None
    confidence: str
    against: str | None
    activity_ids: list[str]

    @classmethod
    def of(cls, fact: Fact, units: Units) -> Self:
        return cls(
            label=fact.label,
            value=list(fact.value) if isinstance(fact.value, tuple) else fact.value,
            unit=fact.unit,
            display=print_fact(fact, None, units),
            window=WindowRead(first=fact.window.first, last=fact.window.last) if fact.window else None,
            n=fact.n,
            confidence=fact.confidence,
            against=fact.against,
            activity_ids=list(fact.activity_ids),
        )


class ModelRead(BaseModel):
    provider: str
    requested: str
    served: str | None


class AttemptRead(BaseModel):
    provider: str
    model: str
    served: str | None
    outcome: str
    rule: str | None
    sentence: str | None
    detail: str | None
    latency_ms: int
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    reasoning_tokens: int
    estimated: bool
    cost_usd: float

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        return cls(
            provider=attempt.provider,
            model=attempt.model,
            served=attempt.served,
            outcome=attempt.outcome,
            rule=attempt.rule,
            sentence=attempt.sentence,
            detail=attempt.detail,
            latency_ms=attempt.latency_ms,
            input_tokens=attempt.usage.input_tokens,
            cached_input_tokens=attempt.usage.cached_input_tokens,
            output_tokens=attempt.usage.output_tokens,
            reasoning_tokens=attempt.usage.reasoning_tokens,
            estimated=attempt.estimated,
            cost_usd=in_usd(attempt.cost_micro_usd),
        )


class FeedbackRead(BaseModel):
    rating: int
    target: str | None
    reason: str | None
    comment: str | None
    given_at: datetime

    @classmethod
    def of(cls, feedback: Feedback) -> Self:
        return cls(
            rating=feedback.rating,
            target=feedback.target,
            reason=feedback.reason,
            comment=feedback.comment,
            given_at=feedback.given_at,
        )


class InsightCard(BaseModel):
    """An insight in a list."""

    id: str
    kind: InsightKind
    asked: str | None
    as_of: date
    headline: str
    source: str
    safety: str | None
    feedback: FeedbackRead | None

    @classmethod
    def of(cls, stored: StoredInsight, units: Units) -> Self:
        insight = stored.insight
        return cls(
            id=insight.id,
            kind=insight.kind,
            asked=insight.asked,
            as_of=insight.as_of,
            headline=printed(insight.headline, insight.facts, units),
            source=insight.source,
            safety=insight.safety,
            feedback=FeedbackRead.of(stored.feedback) if stored.feedback else None,
        )


class InsightRead(BaseModel):
    """An insight with its evidence, printed in the reader's units."""

    id: str
    schema_version: int
    athlete_id: str
    kind: InsightKind
    activity_id: str | None
    asked: str | None
    as_of: date
    created_at: datetime
    language: str
    headline: str
    observations: list[ObservationRead]
    actions: list[ActionRead]
    question: QuestionRead | None
    source: str
    degraded: bool
    safety: str | None
    missing: list[MissingRead]
    facts: dict[str, FactRead]
    prompt: str
    context_hash: str
    feedback: FeedbackRead | None

    @classmethod
    def of(cls, stored: StoredInsight, units: Units) -> Self:
        insight = stored.insight
        facts = insight.facts
        return cls(
            **_carried_over(insight),
            headline=printed(insight.headline, facts, units),
            observations=[ObservationRead.of(observation, facts, units) for observation in insight.observations],
            actions=[ActionRead.of(action, facts, units) for action in insight.actions],
            question=QuestionRead.of(insight.question, facts, units) if insight.question else None,
            missing=[MissingRead(fact=m.fact, reason=m.reason) for m in insight.missing],
            facts={id_: FactRead.of(fact, units) for id_, fact in facts.items()},
            feedback=FeedbackRead.of(stored.feedback) if stored.feedback else None,
        )


class InsightReadByAdmin(InsightRead):
    """The same, with what it took to write it: for tokens with the admin scope."""

    model: ModelRead | None
    cost_usd: float
    trace_id: str | None
    attempts: list[AttemptRead]

    @classmethod
    def of(cls, stored: StoredInsight, units: Units) -> Self:
        insight = stored.insight
        model = insight.model
        return cls(
            **InsightRead.of(stored, units).model_dump(),
            model=ModelRead(provider=model.provider, requested=model.requested, served=model.served) if model else None,
            cost_usd=in_usd(insight.cost_micro_usd),
            trace_id=insight.trace_id,
            attempts=[AttemptRead.of(attempt) for attempt in insight.attempts],
        )


class HistoryPage(BaseModel):
    items: list[InsightRead] | list[InsightReadByAdmin] | list[InsightCard]
    next_cursor: str | None


def _carried_over(insight: Insight) -> dict[str, object]:
    same = (
        "id", "schema_version", "athlete_id", "kind", "activity_id", "asked", "as_of", "created_at", "language",
        "source", "degraded", "safety", "prompt", "context_hash",
    )  # fmt: skip
    return {name: getattr(insight, name) for name in same}
