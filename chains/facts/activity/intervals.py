"""Repetitions as the device's laps show them: how many, how fast, how even. Means over the whole session say nothing here."""

from chains.facts.activity.view import ActivityView, has_intervals
from chains.facts.fact import Dimension
from chains.facts.finding import NOTHING, Finding, sign
from chains.training.activity import Lap, Sport

EVEN_SHARE = 0.015
"""House rule: first and last repetition within 1.5 % are even."""
LEAST_REPETITIONS = 3


def describe_repetitions(view: ActivityView) -> Finding:
    """The fast laps between slow ones: count, pace, and the last against the first."""
    if not view.structured:
        return NOTHING
    detail = view.activity.detail
    work = repetitions(detail.laps) if detail is not None and has_intervals(detail.laps) else []
    if view.activity.sport is not Sport.RUN or len(work) < LEAST_REPETITIONS:
        return Finding(facts=(view.fact("interval.label", "kind of session, by label or laps", "a structured session", Dimension.TEXT),))
    n, distance, seconds = len(work), sum(lap.distance_m for lap in work), sum(lap.moving_s for lap in work)
    change = work[-1].moving_s / work[-1].distance_m - work[0].moving_s / work[0].distance_m
    direction = 0 if abs(change) <= EVEN_SHARE * seconds / distance else sign(change)
    facts = (
        view.fact("interval.count", "fast laps", n, Dimension.COUNT, noun="repetition", n=n),
        view.fact("interval.pace", "pace of the fast laps together", distance / seconds, Dimension.PACE, n=n),
        view.fact("interval.distance", "distance of the fast laps together", distance, Dimension.DISTANCE, n=n),
        view.fact(
            "interval.last_vs_first",
            "pace of the last fast lap against the first",
            change,
            Dimension.PACE_CHANGE,
            n=n,
            against="the first repetition",
            direction=direction,
            polarity=-direction,
        ),
    )
    return Finding(facts=facts)


def repetitions(laps: tuple[Lap, ...]) -> list[Lap]:
    """The laps faster than the middle between the fastest and the slowest, in order."""
    full = [lap for lap in laps if lap.distance_m > 0 and lap.moving_s > 0]
    speeds = [lap.distance_m / lap.moving_s for lap in full]
    middle = (max(speeds) + min(speeds)) / 2
    return [lap for lap, speed in zip(full, speeds, strict=True) if speed >= middle]
