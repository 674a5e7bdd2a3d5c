"""What every writer is given and gives back, whoever its provider is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from chains.attempt import Outcome, Usage
from chains.facts.sheet import FactSheet
from chains.reply import Reply
from chains.writers.brief import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, before it is read: billed in any case. `outcome` is set where the provider itself ended the reply early."""

    raw: str
    usage: Usage = field(default_factory=Usage)
    estimated: bool = False
    """The provider did not count its tokens."""
    served: str | None = None
    outcome: Outcome | None = None
    detail: str | None = None


Heard = Callable[[str], Awaitable[None]]
"""Told every piece of text as it comes."""


class Writer(Protocol):
    """One model of one provider, as the router sees it."""

    @property
    def provider(self) -> str: ...

    @property
    def model(self) -> str: ...

    async def write(self, brief: Brief, heard: Heard | None = None) -> Answer:
        """One call of the provider, streamed if somebody listens. Raises ProviderFault where nothing usable came back; a stream that
        ends without its end is such a fault, however much text came."""
        ...


class Analyst(Protocol):
    """The writer that needs no provider: it answers when no model does."""

    def compose(self, sheet: FactSheet) -> Reply:
        """Pure; cannot fail on a sheet that `analyse` made."""
        ...
