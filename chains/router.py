"""Who writes: the route's models in order, each with one repair turn, then the rule-based analyst."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chains.attempt import Attempt, Draft, Outcome
from chains.bookkeeping import Account, Bookkeeper
from chains.errors import ModelRefused, ProviderFault, Ungrounded
from chains.facts.sheet import FactSheet
from chains.insight import ServedModel
from chains.reply import Reply
from chains.request import InsightKind
from chains.writers.bracket import Ground, Judged, bracket
from chains.writers.port import Analyst, Brief, Repair, Writer
from chains.writers.script import Script

TURNS = 2
"""With one writer: the first try and one repair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds. No call starts with less than `least_call_s` left before `reserve_s`, which rules, rendering and storing keep."""

    call_s: float = 12.0
    least_call_s: float = 1.5
    reserve_s: float = 0.5
    max_calls: int = 3


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One attempt as booked, and what became of it."""

    attempt: Attempt
    judged: Judged


class Router:
    """The only retry loop there is: the clients' own are off."""

    def __init__(
        self,
        *,
        writers: Mapping[InsightKind, Sequence[Writer]],
        analyst: Analyst,
        ground: Ground,
        books: Bookkeeper,
        limits: Limits | None = None,
    ) -> None:
        self._writers = writers
        self._analyst = analyst
        self._ground = ground
        self._books = books
        self._limits = limits or Limits()

    def route(self, sheet: FactSheet) -> Sequence[Writer]:
        """The models that may write about this sheet: none without consent, and none on the safety path."""
        return self._writers.get(sheet.kind, ()) if sheet.models_allowed and sheet.safety is None else ()

    async def write(self, order: Order) -> Authored:
        """The first reply that is grounded. Raises Ungrounded only where the rules break their own promise."""
        tried: list[Tried] = []
        for writer in self.route(order.sheet):
            repair: Repair | None = None
            for _ in range(TURNS):
                if not self._may_call(order, tried):
                    break
                last = await self._try(writer, order, repair)
                tried.append(last)
                if last.judged.reply is not None:
                    return _authored(last.judged.reply, tried, model=_served(last.attempt))
                if isinstance(last.judged.error, ModelRefused):
                    return await self._by_rules(order, tried)
                repair = last.judged.repair
                if repair is None:
                    break
        return await self._by_rules(order, tried)

    def _may_call(self, order: Order, tried: Sequence[Tried]) -> bool:
        return len(tried) < self._limits.max_calls and self._left_s(order) >= self._limits.least_call_s

    def _left_s(self, order: Order) -> float:
        return order.deadline - self._limits.reserve_s - time.monotonic()

    async def _try(self, writer: Writer, order: Order, repair: Repair | None) -> Tried:
        begun, repaired = self._books.begin(), repair is not None
        brief = Brief(sheet=order.sheet, script=order.script, repair=repair)
        try:
            judged = await self._judge(writer, brief, min(self._limits.call_s, self._left_s(order)))
        except asyncio.CancelledError:
            gone = Judged(error=ProviderFault(Outcome.CANCELLED, "the caller went away"))
            await self._books.book_call(order.account, writer, gone, begun, repaired=repaired)
            raise
        attempt = await self._books.book_call(order.account, writer, judged, begun, repaired=repaired)
        return Tried(attempt=attempt, judged=judged)

    async def _judge(self, writer: Writer, brief: Brief, seconds: float) -> Judged:
        try:
            async with asyncio.timeout(seconds):
                return await bracket(writer, self._ground).ainvoke(brief)
        except TimeoutError:
            return Judged(error=ProviderFault(Outcome.TIMEOUT, "no answer within the time of one call"))

    async def _by_rules(self, order: Order, tried: Sequence[Tried]) -> Authored:
        """The analyst's reply, held to the same grounding. Raises Ungrounded, after booking it: nothing unchecked leaves here."""
        begun = self._books.begin()
        reply = self._analyst.compose(order.sheet)
        violations = self._ground(reply, order.sheet)
        judged = Judged(error=Ungrounded(violations)) if violations else Judged(reply=reply)
        attempt = await self._books.book_rules(order.account, judged, begun)
        if judged.error is not None:
            raise judged.error
        wanted_a_model = bool(self.route(order.sheet))
        return _authored(reply, [*tried, Tried(attempt=attempt, judged=judged)], model=None, degraded=wanted_a_model)


def _authored(reply: Reply, tried: Sequence[Tried], *, model: ServedModel | None, degraded: bool = False) -> Authored:
    return Authored(
        reply=reply,
        model=model,
        degraded=degraded,
        attempts=tuple(t.attempt for t in tried),
        drafts=tuple(_draft(t) for t in tried if t.judged.answer or t.judged.reply),
    )


def _draft(tried: Tried) -> Draft:
    answer, reply = tried.judged.answer, tried.judged.reply
    raw = answer.raw if answer else reply.model_dump_json() if reply else ""
    return Draft(attempt_id=tried.attempt.id, raw=raw, violations=tried.judged.violations)


def _served(attempt: Attempt) -> ServedModel:
    return ServedModel(provider=attempt.provider, requested=attempt.model, served=attempt.served)
