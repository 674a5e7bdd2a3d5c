"""Reply, sheet and attempts → the finished insight, with the facts that were used and no others."""

from collections.abc import Iterable, Iterator
from itertools import chain

from chains.facts.sheet import FactSheet, Option
from chains.insight import Action, AskedQuestion, Insight, InsightSource, Observation
from chains.prepared import Prepared
from chains.reply import Choice, Question, Reply
from chains.routing.order import Authored
from chains.text import references


def assemble(prepared: Prepared, authored: Authored, trace_id: str | None) -> Insight:
    """Texts keep their references: they are printed when they are read."""
    sheet, reply = prepared.sheet, authored.reply
    actions = tuple(action_of(choice, sheet) for choice in reply.actions)
    return Insight(
        id=prepared.insight_id,
        athlete_id=sheet.athlete_id,
        kind=sheet.kind,
        activity_id=sheet.activity_id,
        asked=sheet.question,
        as_of=sheet.as_of,
        created_at=prepared.request.now,
        headline=reply.headline,
        observations=tuple(Observation(text=text, facts=used_in(text)) for text in reply.observations),
        actions=actions,
        question=question_of(reply.question, sheet) if reply.question else None,
        source=InsightSource.MODEL if authored.model else InsightSource.RULES,
        degraded=authored.degraded,
        safety=sheet.safety,
        missing=sheet.missing,
        facts={fact_id: sheet.facts[fact_id] for fact_id in _all_used(reply, actions)},
        prompt=prepared.script.label,
        context_hash=prepared.context_hash,
        model=authored.model,
        cost_micro_usd=sum(attempt.cost_micro_usd for attempt in authored.attempts),
        trace_id=trace_id,
        attempts=authored.attempts,
    )


def used_in(*texts: str) -> tuple[str, ...]:
    """Ids of the facts that texts refer to, once each, in order."""
    return tuple(dict.fromkeys(ref.fact_id for text in texts for ref in references(text)))


def _all_used(reply: Reply, actions: Iterable[Action]) -> Iterator[str]:
    texts = [reply.headline, *reply.observations, *([reply.question.text] if reply.question else [])]
    return iter(dict.fromkeys(chain(used_in(*texts), *(action.facts for action in actions))))


def action_of(choice: Choice, sheet: FactSheet) -> Action:
    """The option that was chosen, with the writer's reason and all the facts behind both."""
    option = _option(choice.option, sheet)
    support = (fact_id for fact_id in option.fact_ids if fact_id in sheet.facts)
    facts = tuple(dict.fromkeys((*used_in(option.what, option.when, choice.why), *support)))
    return Action(option=option.id, what=option.what, when=option.when, why=choice.why, facts=facts, workout=option.workout)


def _option(option_id: str, sheet: FactSheet) -> Option:
    """Grounding has checked that it is there."""
    return next(option for option in sheet.options if option.id == option_id)


def question_of(question: Question, sheet: FactSheet) -> AskedQuestion:
    """A question with the choices of one on the sheet is that one, however it is worded: its answer means the same."""
    choices = tuple(question.choices)
    asked = next((ask.id for ask in sheet.asks if ask.choices == choices), None)
    return AskedQuestion(id=asked, text=question.text, choices=choices)
