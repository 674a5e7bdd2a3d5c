"""The fixed library of advice. Each option is offered only where its facts hold, with parameters capped in code for this athlete.

Parameters are facts of their own under `option.`, so that they print in the reader's units.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chains.facts.advice import after_activity, for_week, shared
from chains.facts.advice.case import Case, Offered
from chains.facts.fact import Fact
from chains.facts.sheet import Option
from chains.request import AthleteContext, InsightKind

Rule = Callable[[Case], Offered]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Options in order of weight, and the facts that their texts refer to."""

    options: tuple[Option, ...] = ()
    facts: Mapping[str, Fact]


_LIBRARY: Mapping[InsightKind, tuple[Rule, ...]] = {
    InsightKind.ACTIVITY_SUMMARY: (
        after_activity.reject_heart_rate,
        after_activity.easy_days,
        shared.long_run_cap,
        shared.rest_day,
        after_activity.easy_next,
        after_activity.measure_this,
        shared.add_threshold,
        shared.change_nothing,
    ),
    InsightKind.WEEKLY_REVIEW: (
        for_week.ease_back,
        for_week.spread_week,
        for_week.second_run_easy,
        shared.long_run_cap,
        for_week.finish_week,
        for_week.hold_week,
        shared.rest_day,
        for_week.keep_week,
        for_week.lighter_week,
        shared.add_threshold,
        shared.change_nothing,
    ),
}


def options(context: AthleteContext, facts: Mapping[str, Fact]) -> Offer:
    """What may be advised; `change_nothing` is always among it."""
    case = Case(context=context, facts=facts)
    offered = [o for o in (rule(case) for rule in _LIBRARY[context.request.kind]) if o is not None]
    return Offer(options=tuple(option for option, _ in offered), facts={f.id: f for _, own in offered for f in own})
