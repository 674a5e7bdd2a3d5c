"""Measured power of a ride: normalized power, intensity, variability, efficiency."""

from statistics import median

from chains.facts.activity.view import ActivityView
from chains.facts.fact import Dimension, Fact, Missing
from chains.facts.finding import NOTHING, Finding, sign, withheld
from chains.facts.likeness import LEAST_LIKE
from chains.facts.trust import heart_rate_of
from chains.metrics.power import efficiency_factor, intensity_factor
from chains.training.activity import Activity, SeriesName, Sport
from chains.training.profile import Profile

SAME_EFFICIENCY = 0.02


def measure_power(view: ActivityView) -> Finding:
    """NP, IF (only with an FTP), VI and work; estimated power is no measurement."""
    ride, metrics = view.activity, view.activity.metrics
    if ride.sport is not Sport.RIDE:
        return NOTHING
    if not ride.device_power or metrics is None or metrics.np_w is None or SeriesName.POWER in ride.excluded_series:
        return withheld("activity.np", "no measured power with samples")
    facts = [view.fact("activity.np", "normalized power", metrics.np_w, Dimension.POWER)]
    if ride.mean_power_w is not None:
        facts.append(view.fact("activity.mean_power", "mean power", ride.mean_power_w, Dimension.POWER))
    if metrics.variability_index is not None:
        facts.append(view.fact("activity.vi", "variability index: normalized over mean power", metrics.variability_index, Dimension.RATIO))
    if metrics.work_kj is not None:
        facts.append(view.fact("activity.work", "work", metrics.work_kj, Dimension.ENERGY))
    ftp = view.profile.ftp_w
    if ftp is None:
        return Finding(facts=tuple(facts), missing=(Missing(fact="activity.if", reason="no FTP on file"),))
    age = max((ride.local_date - ftp.date).days, 0)
    facts.append(
        view.fact("activity.if", "intensity factor: normalized power over FTP", intensity_factor(metrics.np_w, ftp.value), Dimension.RATIO)
    )
    facts.append(view.fact("profile.ftp_age", "age of the FTP", age, Dimension.COUNT, noun="day"))
    return Finding(facts=tuple(facts))


def compare_efficiency(view: ActivityView) -> Finding:
    """Watts per heartbeat against like rides: more is better; nothing is said of intervals."""
    own = _efficiency(view.activity, view.profile)
    if own is None:
        return NOTHING
    if view.structured:
        return withheld("activity.ef_vs_usual", "intervals: power per heartbeat says nothing about efficiency")
    others = [e for e in (_efficiency(a, view.profile) for a in view.like) if e is not None]
    fact: Fact = view.fact("activity.ef", "efficiency factor: normalized power per heartbeat", own, Dimension.EFFICIENCY, noun="W/bpm")
    n = len(others)
    if n < LEAST_LIKE:
        return Finding(facts=(fact,))
    change = own / median(others) - 1
    direction = 0 if abs(change) <= SAME_EFFICIENCY else sign(change)
    compared = view.like_fact(
        "activity.ef_vs_usual",
        "normalized power per heartbeat against the median of like rides",
        change,
        Dimension.CHANGE,
        n,
        against=f"median of {n} like rides",
        direction=direction,
        polarity=direction,
    )
    return Finding(facts=(compared, fact))


def _efficiency(ride: Activity, profile: Profile) -> float | None:
    rate = heart_rate_of(ride, profile)
    np_w = ride.metrics.np_w if ride.metrics else None
    if ride.sport is not Sport.RIDE or not ride.device_power or np_w is None or rate is None:
        return None
    return efficiency_factor(np_w, rate)
