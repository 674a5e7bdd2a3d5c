"""Heartbeats per kilometre of a run against its like runs: what the distance took, in the athlete's own currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from chains.facts.likeness import LEAST_LIKE, like_for_like
from chains.facts.trust import beats, beats_per_km, heart_rate_of, speed_of
from chains.training.activity import Activity, Purpose, Sport
from chains.training.profile import Profile

SAME_COST = 0.02
"""House rule: a wrist sensor and GPS repeat themselves no better from day to day."""
OTHER_EFFORT_SPEED = 0.08
OTHER_EFFORT_BPM = 8.0
"""House rule: this much faster (or slower) and this much higher (or lower) at once is another kind of session, labelled or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Beats per km of one run, the median of its `n` like runs, and the change between them."""

    run: Activity
    own: float
    usual: float
    n: int

    @property
    def change(self) -> float:
        return self.own / self.usual - 1


def cost_of(run: Activity, pool: Sequence[Activity], profile: Profile) -> Cost | None:
    """The cost of a steady run; None for other sports, races, workouts, other efforts, and with fewer than five like runs."""
    own = beats_per_km(run, profile)
    if own is None or run.sport is not Sport.RUN or run.purpose in (Purpose.WORKOUT, Purpose.RACE):
        return None
    known = _known(like_for_like(run, pool), profile)
    if len(known) < LEAST_LIKE or _effort(run, known, profile):
        return None
    others = [beats(rate, speed) for speed, rate in known]
    return Cost(run=run, own=own, usual=median(others), n=len(others))


def effort_of(run: Activity, like: Sequence[Activity], profile: Profile) -> int:
    """1 for a run clearly harder than its like, -1 for one clearly easier, 0 for one of them."""
    return _effort(run, _known(like, profile), profile)


def _known(runs: Sequence[Activity], profile: Profile) -> list[tuple[float, float]]:
    """Speed and heart rate of those that have both."""
    return [(s, r) for s, r in ((speed_of(a), heart_rate_of(a, profile)) for a in runs) if s is not None and r is not None]


def _effort(run: Activity, known: Sequence[tuple[float, float]], profile: Profile) -> int:
    speed, rate = speed_of(run), heart_rate_of(run, profile)
    if speed is None or rate is None or len(known) < LEAST_LIKE:
        return 0
    faster = speed / median(s for s, _ in known) - 1
    higher = rate - median(r for _, r in known)
    if faster >= OTHER_EFFORT_SPEED and higher >= OTHER_EFFORT_BPM:
        return 1
    return -1 if faster <= -OTHER_EFFORT_SPEED and higher <= -OTHER_EFFORT_BPM else 0
