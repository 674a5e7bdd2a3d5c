"""What a session is measured from: volume, limits, thresholds and goal of one athlete in one sport, on the day of the next session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from chains.facts.advice import limits as lim
from chains.facts.advice.limits import Limits, NotHard
from chains.facts.advice.volume import Volume, volume_of
from chains.facts.days import local_days
from chains.facts.load.hard import HardSession, hard_sessions
from chains.facts.once import once
from chains.facts.thresholds import Thresholds, thresholds
from chains.facts.week.view import main_sport
from chains.request import AthleteContext
from chains.training.activity import MARATHON_M, Purpose, Sport
from chains.training.profile import Goal, Profile

SPORTS = (Sport.RUN, Sport.RIDE, Sport.SWIM)
"""Those that the library has sessions for; others are kept easy and short."""
LATEST_START_HOUR = 20
"""House rule: from then on the next session is tomorrow's."""
GOAL_DAYS = 182
LOW_PRIORITY = "C"
"""A race of this priority is trained through, without a taper."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Basis:
    """`day` is that of the next session; `hard` are the hard sessions of every sport of the library, oldest first."""

    context: AthleteContext
    profile: Profile
    sport: Sport
    day: date
    hard: tuple[HardSession, ...]
    volume: Volume
    limits: Limits
    thresholds: Thresholds
    goal: Goal | None


@once
def basis_of(context: AthleteContext, sport: Sport | None = None) -> Basis:
    """For the main sport, or another. Raises LookupError for a history without any sport."""
    sport = sport or main_sport(context.history, context.as_of.day)
    profile, day = context.profile.known_on(context.as_of.day), next_day(context)
    hard = tuple(sorted((h for s in SPORTS for h in hard_sessions(context, s)), key=lambda h: h.day))
    volume, goal = volume_of(context, profile, sport, day), next_goal(profile, day)
    return Basis(
        context=context,
        profile=profile,
        sport=sport,
        day=day,
        hard=hard,
        volume=volume,
        limits=_limits(context, profile, sport, day, volume, hard, goal),
        thresholds=thresholds(context, sport),
        goal=goal,
    )


def next_day(context: AthleteContext) -> date:
    """Today, if nothing was done yet and there is time; else tomorrow."""
    today = context.as_of.day
    now = context.as_of.instant.astimezone(ZoneInfo(context.profile.time_zone))
    over = now.date() > today or now.hour >= LATEST_START_HOUR
    return today + timedelta(days=1) if over or today in local_days(context) else today


def next_goal(profile: Profile, day: date) -> Goal | None:
    """The next race on file within half a year."""
    return min((g for g in profile.goals if 0 <= (g.date - day).days <= GOAL_DAYS), key=lambda g: g.date, default=None)


def _limits(
    context: AthleteContext, profile: Profile, sport: Sport, day: date, volume: Volume, hard: Sequence[HardSession], goal: Goal | None
) -> Limits:
    beginner = lim.is_beginner(profile, volume.week_s)
    race_day = goal.date if goal is not None and goal.priority != LOW_PRIORITY else None
    cut = lim.taper_cut((race_day - day).days) if race_day is not None else None
    easy_until = _easy_until(context, day)
    free = lim.hard_from([h.day for h in hard], day)
    back = lim.return_share(volume.idle_days) if volume.idle_days >= lim.RETURN_GAP_DAYS else 1.0
    share = back if back < 1 else lim.TAPER_SESSION if cut is not None else 1.0
    week = (lim.MOST_WEEK if cut is None else 1 - cut) * back
    marathon = goal is not None and goal.distance_m is not None and goal.distance_m >= 0.99 * MARATHON_M
    top = None if sport is not Sport.RUN else lim.LONGEST_MARATHON_RUN_S if marathon else lim.LONGEST_RUN_S
    return Limits(
        day=day,
        most_s=_most_seconds(volume, share, returning=back < 1, beginner=beginner, top=top),
        most_m=_most_meters(volume, share, returning=back < 1) if sport in (Sport.RUN, Sport.SWIM) else None,
        week_left_s=max(volume.week_s * week - volume.done_s, 0.0),
        week_left_m=max(volume.week_m * week - volume.done_m, 0.0),
        work_share=(lim.BEGINNER_WORK if beginner else 1.0) * (lim.TAPER_WORK if cut is not None else 1.0),
        session_share=share,
        not_hard=_not_hard(context, profile, day, volume, race_day, easy_until, free),
        hard_from=free,
        not_maximal=lim.not_maximal(profile, day, beginner=beginner),
        beginner=beginner,
        easy_until=easy_until,
        taper_cut=cut,
        race_day=race_day,
    )


def _most_seconds(volume: Volume, share: float, *, returning: bool, beginner: bool, top: float | None) -> float:
    reference = min(volume.usual_s, volume.longest_s or volume.usual_s) if returning else volume.longest_s
    most = max(lim.spike_cap(reference) * share, 0.0 if returning and reference else lim.FIRST_SESSION_S)
    most = min(most, max(top, volume.longest_s)) if top is not None else most
    return min(most, lim.BEGINNER_LONG_S if beginner else lim.MOST_SESSION_S)


def _most_meters(volume: Volume, share: float, *, returning: bool) -> float | None:
    reference = min(volume.usual_m, volume.longest_m or volume.usual_m) if returning else volume.longest_m
    return lim.spike_cap(reference) * share if reference > 0 else None


def _not_hard(
    context: AthleteContext, profile: Profile, day: date, volume: Volume, race_day: date | None, easy_until: date | None, free: date
) -> NotHard | None:
    """The weightiest reason against a hard session on that day."""
    ill = any(a.choice in lim.ILL_ANSWERS and (day - a.answered_on).days <= lim.ILL_DAYS for a in context.answers)
    reasons = (
        (bool(profile.injury), NotHard.INJURY),
        (ill, NotHard.ILLNESS),
        (volume.idle_days >= lim.RETURN_GAP_DAYS or _just_back(context, day), NotHard.RETURN),
        (easy_until is not None and day <= easy_until, NotHard.AFTER_RACE),
        (race_day is not None and 0 <= (race_day - day).days <= lim.RACE_NEAR_DAYS, NotHard.RACE_NEAR),
        (day < free, NotHard.RECENT),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _just_back(context: AthleteContext, day: date) -> bool:
    """A gap of a week or more that ended within the last seven days."""
    days = sorted(set(local_days(context)))
    ends = [later for earlier, later in pairwise(days) if (later - earlier).days > lim.RETURN_GAP_DAYS]
    return bool(ends) and (day - ends[-1]).days < lim.RETURN_EASY_DAYS


def _easy_until(context: AthleteContext, day: date) -> date | None:
    """The last easy day after the races on file of the last two weeks."""
    ends = [
        a.local_date + timedelta(days=lim.easy_days_after(a.distance_m))
        for a in context.recent
        if a.purpose is Purpose.RACE and a.sport is Sport.RUN and (day - a.local_date).days <= lim.MOST_EASY_DAYS
    ]
    return max((end for end in ends if end >= day), default=None)
