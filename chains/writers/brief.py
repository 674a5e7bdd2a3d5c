"""What a writer is asked: the order, and its messages. What never changes comes first, so that providers can cache it; the facts last."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from chains.facts.sheet import FactSheet
from chains.reply import MAX_ACTIONS, MAX_CHOICES, MAX_OBSERVATIONS, MIN_CHOICES
from chains.sheet_text import WORDS_CLOSE, WORDS_OPEN, sheet_text
from chains.writers.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The reply that was not good enough, and what was wrong with it, one sentence each."""

    raw: str
    faults: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """One order: the facts, the prompts to send them with, and in the repair turn what was wrong before."""

    sheet: FactSheet
    script: Script
    repair: Repair | None = None

    @cached_property
    def messages(self) -> Sequence[BaseMessage]:
        """System, order with facts, and in the repair turn the reply that was not good enough with its faults."""
        opening: list[BaseMessage] = [
            SystemMessage(_system(self.script)),
            HumanMessage(self.script.task.render(sheet=sheet_text(self.sheet))),
        ]
        return opening + _repair(self.script, self.repair) if self.repair else opening

    @property
    def size(self) -> int:
        """Bytes of the messages in UTF-8."""
        return sum(len(message.text.encode()) for message in self.messages)


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
