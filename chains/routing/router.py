"""Who writes: the route's models in order, as the table of outcomes says, then the rule-based analyst. The only retry loop there is."""

import random
import time
from collections.abc import Mapping, Sequence

from chains.attempt import Outcome
from chains.bookkeeping import Bookkeeper
from chains.errors import ProviderFault, Ungrounded
from chains.facts.sheet import FactSheet
from chains.ports import Listener
from chains.request import InsightKind
from chains.routing.assignment import Assignment
from chains.routing.breakers import Breakers
from chains.routing.call import Caller
from chains.routing.deadline import Deadline, Stopping
from chains.routing.hearing import Unfailing
from chains.routing.limits import Limits
from chains.routing.order import Authored, Order
from chains.routing.outcomes import Next
from chains.routing.trail import Tried
from chains.writers.bracket import Ground, Judged
from chains.writers.brief import Brief, Repair
from chains.writers.port import Analyst, Writer
from chains.writers.telling import Telling

PAUSE_S = (0.1, 0.3)
"""Before a second try where the provider names no time; drawn at random, so that replicas do not come back together."""

LONGEST_PAUSE_S = 2.0
"""House rule: an athlete waits no longer than this for one model while there is another one to ask."""


class Router:
    """One insight at a time, as many at once as there are callers."""

    def __init__(
        self,
        *,
        writers: Mapping[InsightKind, Sequence[Writer]],
        analyst: Analyst,
        ground: Ground,
        books: Bookkeeper,
        breakers: Breakers,
        limits: Limits | None = None,
        stopping: Stopping | None = None,
    ) -> None:
        self._writers = writers
        self._analyst = analyst
        self._ground = ground
        self._books = books
        self._breakers = breakers
        self._caller = Caller(ground=ground, books=books)
        self._limits = limits or Limits()
        self._stopping = stopping or Stopping()

    def route(self, sheet: FactSheet) -> Sequence[Writer]:
        """The models that may write about this sheet: none without consent, and none on the safety path."""
        return self._writers.get(sheet.kind, ()) if sheet.models_allowed and sheet.safety is None else ()

    async def write(self, order: Order, listener: Listener | None = None) -> Authored:
        """The first reply that is grounded, told section by section to who listens. Raises Ungrounded only where the rules break their
        own promise."""
        work = Assignment(
            order=order,
            listener=Unfailing(listener) if listener else None,
            deadline=Deadline(order.deadline, self._limits, self._stopping),
        )
        authored = await self._author(work)
        self._books.written(order.account, authored.model.provider if authored.model else None, degraded=authored.degraded)
        return authored

    async def _author(self, work: Assignment) -> Authored:
        route = self.route(work.order.sheet)
        for writer in route:
            after = await self._ask(writer, work, is_last=writer is route[-1])
            if after is Next.DONE:
                return work.trail.authored_by_model()
            if after is Next.RULES:
                break
        return await self._by_rules(work)

    async def _ask(self, writer: Writer, work: Assignment, *, is_last: bool) -> Next:
        """One model, twice at most: once more after a pause, or told what was wrong. What to do next where no reply of it was good."""
        if not self._may_call(work):
            return Next.RULES
        tried = await self._try(writer, work)
        match tried.next:
            case Next.SAME if (pause_s := self._pause_s(tried, work, is_last=is_last)) is not None:
                await work.deadline.pause(pause_s)
                repair = None
            case Next.REPAIR if tried.judged.repair is not None:
                repair = tried.judged.repair
            case after:
                return after
        if not self._may_call(work):
            return Next.RULES
        return (await self._try(writer, work, repair)).next

    async def _try(self, writer: Writer, work: Assignment, repair: Repair | None = None) -> Tried:
        """One turn of one model, or none where its breaker is open."""
        permit = self._breakers.permit(writer)
        if permit is None:
            tried = self._pass_over(writer, work)
        else:
            brief = Brief(sheet=work.order.sheet, script=work.order.script, repair=repair)
            tried = await self._caller.call(permit, brief, work)
        work.trail.add(tried)
        return tried

    def _may_call(self, work: Assignment) -> bool:
        return work.trail.calls < self._limits.max_calls and work.deadline.has_time

    def _pause_s(self, tried: Tried, work: Assignment, *, is_last: bool) -> float | None:
        """How long to wait before the same model is asked again; None where that would be too long, or is one call too many."""
        if work.trail.calls >= self._limits.max_calls:
            return None
        error = tried.judged.error
        named_s = error.retry_after_s if isinstance(error, ProviderFault) else None
        pause_s = random.uniform(*PAUSE_S) if named_s is None else named_s  # noqa: S311  # no secret
        longest_s = work.deadline.left_s - self._limits.least_call_s
        return pause_s if pause_s <= (longest_s if is_last else min(longest_s, LONGEST_PAUSE_S)) else None

    def _pass_over(self, writer: Writer, work: Assignment) -> Tried:
        detail = f"not asked: left alone since it was {self._breakers.why(writer)}"
        judged = Judged(error=ProviderFault(Outcome.BREAKER_OPEN, detail))
        return Tried(attempt=self._books.pass_over(work.order.account, writer, judged), judged=judged, is_call=False)

    async def _by_rules(self, work: Assignment) -> Authored:
        """The analyst's reply, held to the same grounding. Raises Ungrounded, after booking it: nothing unchecked leaves here."""
        began_s, sheet = time.monotonic(), work.order.sheet
        reply = self._analyst.compose(sheet)
        violations = self._ground(reply, sheet)
        judged = Judged(error=Ungrounded(violations)) if violations else Judged(reply=reply)
        attempt = await self._books.book_rules(work.order.account, judged, began_s)
        if judged.error is not None:
            raise judged.error
        if work.listener is not None:
            await Telling(sheet, work.listener).finish(reply)
        work.trail.add(Tried(attempt=attempt, judged=judged, is_call=False))
        return work.trail.authored_by_rules(degraded=bool(self.route(sheet)))
