"""Brief → messages: what never changes first, so that providers can cache it; the facts last."""

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from chains.reply import MAX_ACTIONS, MAX_CHOICES, MAX_OBSERVATIONS, MIN_CHOICES
from chains.sheet_text import WORDS_CLOSE, WORDS_OPEN, sheet_text
from chains.writers.port import Brief, Repair
from chains.writers.script import Script


def messages_of(brief: Brief) -> list[BaseMessage]:
    """System, order with facts, and in the repair turn the reply that was not good enough with its faults."""
    script = brief.script
    opening: list[BaseMessage] = [
        SystemMessage(_system(script)),
        HumanMessage(script.task.render(sheet=sheet_text(brief.sheet))),
    ]
    return opening + _repair(script, brief.repair) if brief.repair else opening


def _system(script: Script) -> str:
    return script.writer.render(
        max_observations=str(MAX_OBSERVATIONS),
        max_actions=str(MAX_ACTIONS),
        min_choices=str(MIN_CHOICES),
        max_choices=str(MAX_CHOICES),
        words_open=WORDS_OPEN,
        words_close=WORDS_CLOSE,
    )


def _repair(script: Script, repair: Repair) -> list[BaseMessage]:
    faults = "\n".join(f"- {fault}" for fault in repair.faults)
    return [AIMessage(repair.raw), HumanMessage(script.repair.render(faults=faults))]
