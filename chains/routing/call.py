"""One call of a provider: on the ledger before it is made and after it has ended, inside its limit, however it ends."""

import asyncio
from dataclasses import dataclass

from chains.attempt import Outcome
from chains.bookkeeping import Bookkeeper
from chains.errors import ProviderFault
from chains.routing.assignment import Assignment
from chains.routing.breakers import Permit
from chains.routing.deadline import CallLimit
from chains.routing.trail import Tried
from chains.writers.bracket import Ground, Judged, bracket
from chains.writers.brief import Brief
from chains.writers.port import Writer
from chains.writers.telling import Telling

LEFT = Judged(error=ProviderFault(Outcome.CANCELLED, "the caller went away", maybe_billed=True))
TOO_LATE = Judged(error=ProviderFault(Outcome.TIMEOUT, "no answer within the time of one call", maybe_billed=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Makes calls, one after the other for an insight, as many at once as there are insights."""

    ground: Ground
    books: Bookkeeper

    async def call(self, permit: Permit, brief: Brief, work: Assignment) -> Tried:
        """What came of it. Raises CancelledError, after booking, where the caller went away."""
        telling = Telling(brief.sheet, work.listener) if work.listener else None
        repaired = brief.repair is not None
        with permit:
            opened = await self.books.open(work.order.account, permit.writer, brief, within_s=work.deadline.left_s)
            try:
                judged = await self._judge(permit, brief, work, telling)
            except asyncio.CancelledError:
                await self.books.settle(opened, LEFT, heard=telling.text if telling else "", repaired=repaired)
                raise
        attempt = await self.books.settle(opened, judged, heard=telling.text if telling else "", repaired=repaired)
        if telling is not None:
            await (telling.finish(judged.reply) if judged.reply is not None else telling.drop())
        return Tried(attempt=attempt, judged=judged)

    async def _judge(self, permit: Permit, brief: Brief, work: Assignment, telling: Telling | None) -> Judged:
        """The reply, or what is wrong with it. The breaker is told at once, before anything is booked."""
        limit = work.deadline.call(streamed=telling is not None)
        try:
            async with limit:
                judged = await self._attempt(permit.writer, brief, limit, telling)
        except TimeoutError:
            if limit.was_fair:
                permit.report(Outcome.TIMEOUT)
            return TOO_LATE
        permit.report(Outcome(judged.error.outcome) if judged.error else Outcome.OK, judged.error.detail if judged.error else None)
        return judged

    async def _attempt(self, writer: Writer, brief: Brief, limit: CallLimit, telling: Telling | None) -> Judged:
        if telling is None:
            return await bracket(writer, self.ground).run(brief)

        async def heard(piece: str) -> None:
            limit.hold()
            await telling.heard(piece)
            limit.resume()

        return await bracket(writer, self.ground, heard).run(brief)
