"""Load of one session by the best method its data allow, against the athlete's own sessions by the same method."""

from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from chains.facts.activity.view import ActivityView
from chains.facts.fact import Dimension, Fact, Window
from chains.facts.finding import Finding, sign, withheld
from chains.metrics.load import LoadMethod, SessionLoad, heart_rate_load, session_load

USUAL_DAYS = 42
LEAST_SESSIONS = 5
SAME_LOAD = 0.1
METHOD_NAMES = {
    LoadMethod.TSS: "TSS",
    LoadMethod.HRSS: "HRSS",
    LoadMethod.HRSS_MEAN: "HRSS",
    LoadMethod.RTSS: "rTSS",
    LoadMethod.SESSION_RPE: "RPE points",
}


def describe(load: SessionLoad) -> str:
    """How the points came about."""
    detail = "; from the mean heart rate" if load.method is LoadMethod.HRSS_MEAN else ""
    return f"load by {METHOD_NAMES[load.method]}{detail}{'; threshold assumed at 85 % of reserve' if load.lthr_assumed else ''}"


def measure_load(view: ActivityView) -> Finding:
    """Points of this session and their size against the median session of six weeks, same sport, same method."""
    own = session_load(view.activity, view.profile)
    if own is None:
        return withheld("load.session", "no threshold on file that a load could be scaled by, and no exertion entered")
    points = view.fact("load.session", describe(own), own.points, Dimension.LOAD, noun=METHOD_NAMES[own.method], confidence=own.confidence)
    since = view.activity.started_at - timedelta(days=USUAL_DAYS)
    loads = (session_load(a, view.profile) for a in view.earlier if a.started_at >= since)
    others = [load.points for load in loads if load is not None and load.method is own.method]
    heart = _by_heart_rate(view, own)
    if len(others) < LEAST_SESSIONS or median(others) <= 0:
        return Finding(facts=(points, *heart))
    change = own.points / median(others) - 1
    day = view.activity.local_date
    compared = view.fact(
        "load.session_vs_usual",
        "load against the median session of six weeks",
        change,
        Dimension.CHANGE,
        window=Window(first=day - timedelta(days=USUAL_DAYS), last=day),
        n=len(others),
        confidence=own.confidence,
        against=f"median of {len(others)} sessions of six weeks",
        direction=0 if abs(change) <= SAME_LOAD else sign(change),
        polarity=0,
    )
    return Finding(facts=(points, compared, *heart))


def _by_heart_rate(view: ActivityView, own: SessionLoad) -> Iterator[Fact]:
    """The training impulse, and its stress score beside a load that power or pace made."""
    load = heart_rate_load(view.activity, view.profile)
    if load is None or load.impulse is None:
        return
    yield view.fact("load.trimp", "training impulse, Banister", load.impulse, Dimension.LOAD, noun="TRIMP", confidence=load.confidence)
    if load.method is not own.method:
        noun = METHOD_NAMES[load.method]
        yield view.fact("load.hrss", describe(load), load.points, Dimension.LOAD, noun=noun, confidence=load.confidence)
