"""What a trace shows of each value between the steps: chosen type by type, so that a new type shows nothing until someone decides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from langchain_core.messages import BaseMessage

from chains.attempt import Attempt
from chains.facts.sheet import FactSheet, Quote
from chains.grounding.violation import Violation
from chains.insight import Insight, Written
from chains.reply import Reply
from chains.request import AthleteContext, InsightRequest
from chains.routing.order import Authored, Order
from chains.sheet_text import sheet_text
from chains.tracing.masking import MASK, mask
from chains.writers.bracket import Claim, Judged, Verdict
from chains.writers.brief import Brief
from chains.writers.port import Answer

_ATTEMPT_FIELDS = ("provider", "model", "served", "outcome", "rule", "sentence", "detail", "latency_ms", "cost_micro_usd", "estimated")
_VIOLATION_FIELDS = ("rule", "sentence", "span", "expected", "outcome")


def view(value: object) -> object:
    """Plain JSON values with the athlete's words masked; only the name of its type for anything not listed here."""
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return view(value.value)
        case str():
            return mask(value)
        case date() | UUID():
            return str(value)
        case Mapping():
            return {str(key): view(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [view(item) for item in value]
    look = _look(value)
    return view(look(value)) if look else f"<{type(value).__name__}>"


def _look(value: object) -> Callable[[Any], object] | None:
    return next((look for shown, look in _LOOKS.items() if isinstance(value, shown)), None)


def _fields(value: object, names: Sequence[str]) -> Mapping[str, object]:
    return {name: getattr(value, name) for name in names}


def _request(request: InsightRequest) -> object:
    return {"kind": request.kind, "as_of": request.as_of, "deadline_s": request.deadline_s}


def _context(context: AthleteContext) -> object:
    """How much was read, not what: activities carry titles and notes."""
    counts = {"recent": len(context.recent), "past_insights": len(context.past), "answers": len(context.answers)}
    return {"day": context.as_of.day, "activity": context.activity is not None, "wellness_days": len(context.wellness), **counts}


def _sheet(sheet: FactSheet) -> object:
    hidden = tuple(Quote(source=quote.source, text=MASK) for quote in sheet.quotes)
    return {"sheet": sheet_text(replace(sheet, quotes=hidden)), "safety": sheet.safety, "models_allowed": sheet.models_allowed}


def _brief(brief: Brief) -> object:
    return {"prompt": brief.script.label, "sheet": brief.sheet, "faults": brief.repair.faults if brief.repair else ()}


def _answer(answer: Answer) -> object:
    usage = _fields(answer.usage, ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_tokens"))
    return {**_fields(answer, ("raw", "served", "outcome", "detail")), "usage": usage}


def _judged(judged: Judged) -> object:
    outcome = judged.error.outcome if judged.error else "ok"
    return {"outcome": outcome, "detail": judged.error.detail if judged.error else None, "violations": judged.violations}


def _insight(insight: Insight) -> object:
    said = {
        "headline": insight.headline,
        "observations": [o.text for o in insight.observations],
        "actions": [{"option": a.option, "what": a.what, "when": a.when, "why": a.why} for a in insight.actions],
        "question": insight.question.text if insight.question else None,
    }
    return {**said, **_fields(insight, ("source", "degraded", "safety", "prompt", "cost_micro_usd"))}


_LOOKS: Mapping[type, Callable[[Any], object]] = {
    InsightRequest: _request,
    AthleteContext: _context,
    FactSheet: _sheet,
    Brief: _brief,
    Answer: _answer,
    Reply: lambda reply: reply.model_dump(),
    Claim: lambda claim: {"reply": claim.reply},
    Verdict: lambda verdict: {"holds": not verdict.violations, "violations": verdict.violations},
    Violation: lambda violation: _fields(violation, _VIOLATION_FIELDS),
    Judged: _judged,
    Order: lambda order: {"prompt": order.script.label, "sheet": order.sheet},
    Attempt: lambda attempt: _fields(attempt, _ATTEMPT_FIELDS),
    Authored: lambda authored: {"reply": authored.reply, "degraded": authored.degraded, "attempts": authored.attempts},
    Insight: _insight,
    Written: lambda written: written.insight,
    BaseMessage: lambda message: {"role": message.type, "content": message.text},
}
