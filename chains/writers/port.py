"""What every writer is given and gives back, whoever its provider is."""

from dataclasses import dataclass, field
from typing import Protocol

from chains.attempt import Outcome, Usage
from chains.facts.sheet import FactSheet
from chains.reply import Reply
from chains.writers.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The reply that was not good enough, and what was wrong with it, one sentence each."""

    raw: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One order: the facts, the prompts to send them with, and in the repair turn what was wrong before."""

    sheet: FactSheet
    script: Script
    repair: Repair | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, before it is read: billed in any case. `outcome` is set where the provider itself ended the reply early."""

    raw: str
    usage: Usage = field(default_factory=Usage)
    served: str | None = None
    outcome: Outcome | None = None
    detail: str | None = None


class Writer(Protocol):
    """One model of one provider, as the router sees it."""

    @property
    def provider(self) -> str: ...

    @property
    def model(self) -> str: ...

    async def write(self, brief: Brief) -> Answer:
        """One call of the provider. Raises ProviderFault where nothing usable came back."""
        ...


class Analyst(Protocol):
    """The writer that needs no provider: it answers when no model does."""

    def compose(self, sheet: FactSheet) -> Reply:
        """Pure; cannot fail on a sheet that `analyse` made."""
        ...
