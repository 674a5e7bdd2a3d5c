"""A race, labelled or not: recognised, set against the pace at everyday heart rate, and against the weeks before."""

from datetime import date, timedelta
from statistics import median

from chains.facts.activity.view import ActivityView
from chains.facts.band import Band, everyday_band
from chains.facts.fact import Confidence, Dimension, Fact, Window
from chains.facts.finding import NOTHING, Finding, sign
from chains.facts.quantities import shown_pace_change
from chains.facts.sheet import Ask
from chains.facts.trust import speed_of, stopped_share
from chains.training.activity import Purpose, Sport

RACE_STOPS = 0.02
RACE_GAIN = 1.10
"""House rule: a tenth above the median run of half a year, and faster than every run of nearly that length, without a stop."""
RACE_SHORTEST_M = 4000.0
LEAST_RUNS = 10
NEARLY_THIS_LONG = 0.8
BAND_DAYS = 56
TAPER_BLOCKS, BLOCK_DAYS = 4, 7
LEAST_TAPER_CUT, LEAST_TAPER_RACE_M = 0.2, 9000.0
EFFECTIVE_TAPER = (0.41, 0.60)
"""Bosquet et al. 2007, MSSE 39:1358: volume cut by 41 to 60 % over two weeks gained most."""


def is_race(view: ActivityView) -> bool:
    """True where the athlete said so or the numbers do."""
    return view.activity.purpose is Purpose.RACE or looks_like_race(view)


def looks_like_race(view: ActivityView) -> bool:
    """Far above the half year's pace, faster than everything nearly this long, and without a stop."""
    run, speed = view.activity, speed_of(view.activity)
    if run.sport is not Sport.RUN or speed is None or run.distance_m < RACE_SHORTEST_M or run.purpose is not None:
        return False
    others = [(a.distance_m, s) for a, s in ((a, speed_of(a)) for a in view.earlier) if s is not None]
    if len(others) < LEAST_RUNS or stopped_share(run) > RACE_STOPS or view.structured:
        return False
    rivals = [s for distance, s in others if distance >= NEARLY_THIS_LONG * run.distance_m]
    return speed >= RACE_GAIN * median(s for _, s in others) and speed > max(rivals, default=0.0)


def recognise_race(view: ActivityView) -> Finding:
    """A label that the athlete can settle with one tap."""
    if view.activity.purpose is Purpose.RACE:
        return Finding(facts=(view.fact("race.label", "purpose", "marked as a race", Dimension.TEXT),))
    if not looks_like_race(view):
        return NOTHING
    found = view.fact("race.label", "purpose as the numbers suggest it", "looks like a race", Dimension.TEXT, confidence=Confidence.MEDIUM)
    ask = Ask(
        id="race_recognised",
        text="Was this a race over an official distance? Then I take its time as your reference from here on.",
        choices=("yes, a race", "hard, but no race", "add the official time"),
        fact_ids=("race.label",),
    )
    return Finding(facts=(found,), asks=(ask,))


def compare_with_band(view: ActivityView) -> Finding:
    """Race speed over the pace at everyday heart rate, and how that pace moved: the engine before the start."""
    speed = speed_of(view.activity)
    if speed is None or not is_race(view):
        return NOTHING
    band = everyday_band(view.earlier, view.profile, view.activity.started_at, BAND_DAYS)
    if band is None:
        return NOTHING
    day = view.activity.local_date
    window, n = Window(first=day - timedelta(days=BAND_DAYS), last=day - timedelta(days=1)), band.now_n
    bpm, gain = f"{band.low_bpm} to {band.high_bpm} bpm", speed / band.now_mps - 1
    facts = (
        view.fact("progress.band", "heart rate of everyday steady runs, no zone", bpm, Dimension.TEXT, window=window, n=n),
        view.fact("progress.band_pace", "median pace there in the eight weeks before", band.now_mps, Dimension.PACE, window=window, n=n),
        view.fact("race.gain", "speed of this run over the speed there", gain, Dimension.CHANGE, n=n, direction=sign(gain), polarity=0),
    )
    return Finding(facts=facts + _band_change(view, band, window.first))


def _band_change(view: ActivityView, band: Band, since: date) -> tuple[Fact, ...]:
    if band.then_mps is None:
        return ()
    change = 1 / band.now_mps - 1 / band.then_mps
    before = Window(first=view.like_window.first, last=since - timedelta(days=1))
    label = "median pace there in the months before that"
    compared = view.fact(
        "progress.band_change",
        "change of the pace at that heart rate",
        shown_pace_change(band.now_mps, band.then_mps, view.activity.sport, view.profile.units),
        Dimension.PACE_CHANGE,
        n=band.now_n,
        confidence=Confidence.MEDIUM,
        against=f"{band.then_n} runs before",
        direction=sign(change),
        polarity=-sign(change),
    )
    return (view.fact("progress.band_pace_then", label, band.then_mps, Dimension.PACE, window=before, n=band.then_n), compared)


def measure_taper(view: ActivityView) -> Finding:
    """The four blocks of seven days before a race, oldest first, where the last is clearly smaller."""
    day, days = view.activity.local_date, view.days
    if days is None or view.activity.distance_m < LEAST_TAPER_RACE_M or not is_race(view):
        return NOTHING
    first = day - timedelta(days=TAPER_BLOCKS * BLOCK_DAYS)
    blocks = days.between(first, day - timedelta(days=1)).distance_m.reshape(TAPER_BLOCKS, BLOCK_DAYS).sum(axis=1)
    peak, last = float(blocks[:2].max()), float(blocks[-1])
    if peak <= 0 or 1 - last / peak < LEAST_TAPER_CUT or blocks[-2] > peak or last <= 0:
        return NOTHING
    window = Window(first=first, last=day - timedelta(days=1))
    told = tuple(
        view.fact(
            f"taper.block{i + 1}",
            f"distance of the seven days that ended {(TAPER_BLOCKS - i - 1) * BLOCK_DAYS} days before",
            float(block),
            Dimension.DISTANCE,
            window=Window(first=first + timedelta(days=i * BLOCK_DAYS), last=first + timedelta(days=(i + 1) * BLOCK_DAYS - 1)),
            activity_ids=(),
        )
        for i, block in enumerate(blocks)
    )
    low, high = EFFECTIVE_TAPER
    label = f"last seven days against the largest block; {low:.0%} to {high:.0%} gained most in Bosquet 2007, MSSE 39:1358"
    cut = view.fact(
        "taper.cut", label, 1 - last / peak, Dimension.SHARE, window=window, n=TAPER_BLOCKS, direction=-1, polarity=0, activity_ids=()
    )
    return Finding(facts=(*told, cut))
