"""Mornings and afternoons: is a dear run dear, or is it that time of day?"""

from statistics import median

from chains.facts.activity.cost import cost_direction
from chains.facts.activity.view import ActivityView
from chains.facts.cost import effort_of
from chains.facts.fact import Dimension
from chains.facts.finding import NOTHING, Finding, sign
from chains.facts.likeness import LEAST_LIKE
from chains.facts.trust import beats_per_km
from chains.training.activity import Activity, Sport

MORNING_ENDS, AFTERNOON_BEGINS = 11, 14
"""Hours of the athlete's clock; what starts in between belongs to neither."""
NOTABLE_GAP = 0.03
"""House rule: below this the two do not differ."""


def compare_daypart(view: ActivityView) -> Finding:
    """Against like runs of the same time of day, where mornings and afternoons differ."""
    own, part = beats_per_km(view.activity, view.profile), _daypart(view.activity)
    if (
        own is None
        or part is None
        or view.activity.sport is not Sport.RUN
        or view.structured
        or effort_of(view.activity, view.like, view.profile)
    ):
        return NOTHING
    by_part = _by_daypart(view)
    mornings, afternoons = by_part["morning"], by_part["afternoon"]
    if min(len(mornings), len(afternoons)) < LEAST_LIKE:
        return NOTHING
    gap, n = median(afternoons) / median(mornings) - 1, len(by_part[part])
    if abs(gap) < NOTABLE_GAP:
        return NOTHING
    change = own / median(by_part[part]) - 1
    direction = cost_direction(change)
    compared = view.like_fact(
        "daypart.beats_vs_usual",
        f"heartbeats per kilometre against like runs of the {part}",
        change,
        Dimension.CHANGE,
        n,
        against=f"median of {n} like runs of the {part}",
        direction=direction,
        polarity=-direction,
    )
    label = "heartbeats per kilometre of afternoon runs against morning runs"
    both = len(mornings) + len(afternoons)
    differs = view.like_fact(
        "daypart.gap", label, gap, Dimension.CHANGE, both, against="morning runs", direction=sign(gap), polarity=-sign(gap)
    )
    name = view.like_fact("daypart.name", "time of day of this run", part, Dimension.TEXT, n)
    return Finding(
        facts=(compared, differs, name, view.like_fact("daypart.runs", f"like runs of the {part}", n, Dimension.COUNT, n, noun="run"))
    )


def _by_daypart(view: ActivityView) -> dict[str, list[float]]:
    """Heartbeats per kilometre of the like runs of each time of day."""
    by_part: dict[str, list[float]] = {"morning": [], "afternoon": []}
    for run in view.like:
        beats, when = beats_per_km(run, view.profile), _daypart(run)
        if beats is not None and when is not None:
            by_part[when].append(beats)
    return by_part


def _daypart(run: Activity) -> str | None:
    hour = run.local_start.hour
    return "morning" if hour < MORNING_ENDS else "afternoon" if hour >= AFTERNOON_BEGINS else None
