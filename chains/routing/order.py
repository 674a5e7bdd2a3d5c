"""One insight to be written, and what came of it."""

from dataclasses import dataclass

from chains.attempt import Attempt, Draft
from chains.bookkeeping import Account
from chains.facts.sheet import FactSheet
from chains.insight import ServedModel
from chains.reply import Reply
from chains.writers.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One insight to be written; `deadline` is on the clock of `time.monotonic`."""

    insight_id: str
    sheet: FactSheet
    script: Script
    deadline: float

    @property
    def account(self) -> Account:
        return Account(insight_id=self.insight_id, sheet=self.sheet, prompt=self.script.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """A grounded reply and how it came about; `model` is None where the rules wrote it."""

    reply: Reply
    model: ServedModel | None
    degraded: bool
    attempts: tuple[Attempt, ...]
    drafts: tuple[Draft, ...]
