"""The router's rules over scripted writers: what follows from each outcome, how long it waits, and who may not stop it."""

import asyncio
import time

import pytest

from chains.attempt import Outcome
from chains.request import InsightKind
from chains.routing.breaker import FIRST_HOLD_S, LEAST_JUDGED
from chains.routing.limits import Limits
from chains.routing.outcomes import CONSEQUENCES, Blame, Next
from chains.sections import Section
from tests.chains.routing.routed import Audience, Desk, answers, faults, first, never, order, second
from tests.chains.writing import GOOD, UNGROUNDED, outcomes

NEVER_CALLS = {Outcome.OK, Outcome.REPAIRED}


def test_every_failure_has_its_consequence() -> None:
    assert set(CONSEQUENCES) == set(Outcome) - NEVER_CALLS


def test_the_operator_hears_of_what_only_he_can_put_right() -> None:
    alarming = {outcome for outcome, consequence in CONSEQUENCES.items() if consequence.alarm}

    assert alarming == {Outcome.QUOTA, Outcome.AUTH, Outcome.RETIRED}
    assert alarming == {outcome for outcome, consequence in CONSEQUENCES.items() if consequence.blame is Blame.OPENS}


BY_FAULT = [outcome for outcome in CONSEQUENCES if outcome not in (Outcome.CANCELLED, Outcome.OVER_BUDGET, Outcome.BREAKER_OPEN)]


@pytest.mark.parametrize("outcome", BY_FAULT)
async def test_each_outcome_has_the_consequence_of_the_table(outcome: Outcome) -> None:
    one, other = first(faults(outcome), answers()), second(answers())

    authored = await Desk([one, other]).write(order())

    assert authored.attempts[0].outcome is outcome
    match CONSEQUENCES[outcome].next:
        case Next.SAME:
            assert (len(one.briefs), len(other.briefs)) == (2, 0)
        case Next.OTHER:
            assert (len(one.briefs), len(other.briefs)) == (1, 1)
        case Next.RULES:
            assert (len(one.briefs), len(other.briefs)) == (1, 0)
            assert authored.degraded
        case Next.REPAIR:  # a fault brings no reply that could be repaired
            assert (len(one.briefs), len(other.briefs)) == (1, 1)


async def test_retry_after_is_waited_for_and_the_same_model_is_asked() -> None:
    one, other = first(faults(Outcome.RATE_LIMITED, retry_after_s=0.3), answers()), second(answers())
    began = time.monotonic()

    authored = await Desk([one, other]).write(order())

    assert outcomes(authored.attempts) == ["rate_limited", "ok"]
    assert other.briefs == []
    assert time.monotonic() - began >= 0.3


async def test_a_long_retry_after_sends_the_work_to_the_other_model_at_once() -> None:
    one, other = first(faults(Outcome.RATE_LIMITED, retry_after_s=2.5)), second(answers())

    authored = await Desk([one, other]).write(order(seconds=60))

    assert outcomes(authored.attempts) == ["rate_limited", "ok"]
    assert (len(one.briefs), len(other.briefs)) == (1, 1)


async def test_the_last_model_may_be_waited_for_while_there_is_time() -> None:
    one = first(faults(Outcome.RATE_LIMITED, retry_after_s=2.2), answers())

    authored = await Desk([one]).write(order(seconds=60))

    assert outcomes(authored.attempts) == ["rate_limited", "ok"]
    assert authored.model is not None


async def test_nobody_waits_for_what_comes_after_the_deadline() -> None:
    one = first(faults(Outcome.RATE_LIMITED, retry_after_s=50.0))

    async with asyncio.timeout(10):
        authored = await Desk([one]).write(order(seconds=20))

    assert outcomes(authored.attempts) == ["rate_limited", "ok"]
    assert authored.degraded


async def test_no_pause_before_a_call_that_may_not_be_made() -> None:
    one, other = first(faults(Outcome.UNAVAILABLE)), second(faults(Outcome.RATE_LIMITED, retry_after_s=30.0))

    async with asyncio.timeout(20):
        authored = await Desk([one, other]).write(order(seconds=60))

    assert outcomes(authored.attempts) == ["unavailable", "unavailable", "rate_limited", "ok"]


async def test_a_model_that_was_silent_is_not_asked_again() -> None:
    one = first(faults(Outcome.TIMEOUT))

    authored = await Desk([one]).write(order())

    assert len(one.briefs) == 1
    assert outcomes(authored.attempts) == ["timeout", "ok"]


async def test_the_second_model_starts_afresh_after_the_first_was_to_repair() -> None:
    one, other = first(answers(UNGROUNDED)), second(answers())

    await Desk([one, other]).write(order())

    assert [brief.repair is not None for brief in one.briefs] == [False, True]
    assert other.briefs[0].repair is None


async def test_too_little_time_is_for_the_rules() -> None:
    one = first(answers())

    authored = await Desk([one], limits=Limits(least_call_s=1.5, reserve_s=0.5)).write(order(seconds=1.9))

    assert one.briefs == []
    assert authored.degraded


async def test_both_open_is_answered_by_rules_without_a_call() -> None:
    now = [1_000_000.0]
    one, other = first(faults(Outcome.QUOTA)), second(faults(Outcome.AUTH))
    desk = Desk([one, other], now=lambda: now[0])
    await desk.write(order())

    authored = await desk.write(order())
    now[0] += FIRST_HOLD_S
    tried = await desk.write(order())

    assert outcomes(authored.attempts) == ["breaker_open", "breaker_open", "ok"]
    assert desk.monitor.insights == [(InsightKind.WEEKLY_REVIEW, "rules", True)] * 3
    assert outcomes(tried.attempts) == ["quota", "auth", "ok"]
    assert [change.after.value for change in desk.monitor.changes] == ["open", "open", "half_open", "open", "half_open", "open"]


async def test_nothing_is_told_twice_and_nothing_is_spliced() -> None:
    audience = Audience()
    one, other = first(faults(Outcome.CONNECTION, after=GOOD[:170])), second(answers())
    desk = Desk([one, other])

    authored = await desk.write(order(), audience)

    assert outcomes(authored.attempts) == ["connection", "connection", "ok"]
    whole = ["headline", "observation", "action", "question"]
    assert audience.names == ["headline", "observation", "reset"] * 2 + whole


class Broken(Audience):
    """Fails at the second thing it is told."""

    async def section(self, section: Section) -> None:
        await super().section(section)
        if len(self.heard) > 1:
            raise RuntimeError("the reader's pipe is broken")


async def test_a_listener_that_fails_is_told_no_more_and_the_insight_is_written() -> None:
    audience = Broken()

    authored = await Desk([first(answers(UNGROUNDED), answers())]).write(order(), audience)

    assert outcomes(authored.attempts) == ["ungrounded", "repaired"]
    assert len(audience.heard) == 2


async def test_an_unfair_limit_is_not_held_against_a_provider() -> None:
    desk = Desk([first(never)], limits=Limits(call_s=20.0, least_call_s=0.05, reserve_s=0.0))

    for _ in range(LEAST_JUDGED + 1):
        authored = await desk.write(order(seconds=0.1))

    assert outcomes(authored.attempts) == ["timeout", "ok"]
    assert desk.monitor.changes == []


async def test_a_fair_limit_is() -> None:
    desk = Desk([first(never)], limits=Limits(call_s=0.1, least_call_s=0.05, reserve_s=0.0))

    for _ in range(LEAST_JUDGED + 1):
        authored = await desk.write(order())

    assert outcomes(authored.attempts) == ["breaker_open", "ok"]
