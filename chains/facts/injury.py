"""Weeks with an injury on file: told as a return, and set against nothing that the athlete did when well.

What is missing then is no lack: comparisons with the usual, with other years and with the level before are left out of the sheet, for
every writer, and so is all advice that would add to the training.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from chains.facts import quantities as q
from chains.facts.advice.case import Case, Offered, Rule
from chains.facts.fact import Dimension, Fact, Missing, Topic, Window
from chains.facts.finding import Finding
from chains.facts.week.view import main_sport
from chains.facts.wording import session_noun
from chains.request import AthleteContext, InsightKind

LAST_WEEKS = 4
"""House rule: a month shows where a return stands."""
REASON = (
    "an injury is on file: these weeks are told as a return and compared with none before it; take it out of the profile once it is over"
)
KEPT: Mapping[InsightKind, tuple[str, ...]] = {
    InsightKind.WEEKLY_REVIEW: (
        "week.distance", "week.distance_recorded", "week.moving_time", "week.sessions", "week.active_days", "week.elapsed_days",
        "week.hand_entered", "week.ride_", "week.swim_", "week.run_", "week.strength_", "week.walk_", "week.hike_",
        "long.distance", "long.day", "break.days", "break.last_day", "break.past", "break.weeks_back", "recovery.free_days",
    ),
    InsightKind.TRAINING_LOAD: ("load.sessions", "load.last_seven", "load.rest_days", "load.since_hard", "load.active_days"),
    InsightKind.PROGRESS: ("progress.sessions", "regain.weeks", "regain.breaks", "regain.when"),
}  # fmt: skip
"""Ids, and beginnings of ids, that say what was done and how earlier ways back went; and nothing of how it compares."""
WHOLE = frozenset({"week.distance"})
"""Ids that are no beginnings of others."""
OFFERED = frozenset({"rest", "rest_day", "recovery", "cross_training"})


def applies(context: AthleteContext) -> bool:
    """Whether this kind judges weeks of training while the profile holds an injury."""
    return context.request.kind in KEPT and bool(context.profile.injury)


def as_return(context: AthleteContext, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings without what would tell a missed week as a lack, behind those of the return itself; nothing is asked."""
    kept = tuple(_kept(context.request.kind, finding) for finding in findings)
    return (_return(context), *kept)


def gentle(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The same rules, of which only rest and what spares the legs is taken."""
    return tuple(_gentle(rule) for rule in rules)


def _gentle(rule: Rule) -> Callable[[Case], Offered]:
    def offered(case: Case) -> Offered:
        made = rule(case)
        return made if made is not None and made[0].id in OFFERED else None

    return offered


def _kept(kind: InsightKind, finding: Finding) -> Finding:
    return replace(finding, facts=tuple(_bare(f) for f in finding.facts if _stays(kind, f.id)), asks=())


def _stays(kind: InsightKind, fact_id: str) -> bool:
    return fact_id in KEPT[kind] or any(fact_id.startswith(begin) for begin in KEPT[kind] if begin not in WHOLE)


def _bare(fact: Fact) -> Fact:
    """Without the rank that would make a small week the smallest."""
    return replace(fact, rank=None)


def _return(context: AthleteContext) -> Finding:
    """The reason that the athlete gave, and the last weeks side by side."""
    day = context.as_of.day
    injury = Fact(
        id="profile.injury",
        label="the reason on file, as the athlete gave it",
        value="the injury in your profile",
        dimension=Dimension.TEXT,
        window=Window(first=day, last=day),
        topic=Topic.INJURY,
        against="nothing",
    )
    return Finding(facts=(injury, *_last_weeks(context)), missing=(Missing(fact="injury", reason=REASON),))


def _last_weeks(context: AthleteContext) -> Iterable[Fact]:
    """Sessions of each of the last four weeks of seven days in the main sport, oldest first, and of all of them."""
    day = context.as_of.day
    sport = main_sport(context.history, day)
    first = day - timedelta(days=7 * LAST_WEEKS - 1)
    days = context.history.by_sport[sport].between(first, day)
    counts = [int(c) for c in days.count.reshape(LAST_WEEKS, 7).sum(axis=1)]
    window, n = Window(first=first, last=day), sum(counts)
    yield Fact(
        id="return.sessions", label=f"{session_noun(sport)}s of the last four weeks", value=n, dimension=Dimension.COUNT,
        noun=session_noun(sport), sport=sport, window=window, n=n, against="one another",
    )  # fmt: skip
    if days.distance_m.any():
        weekly = days.distance_m.reshape(LAST_WEEKS, 7).sum(axis=1)
        told = tuple(q.distance(float(meters), sport, context.profile.units) if meters else "none" for meters in weekly)
        yield Fact(
            id="return.weeks", label="distance of each of the last four weeks, oldest first", value=told, dimension=Dimension.LIST,
            sport=sport, window=window, n=n, against="one another",
        )  # fmt: skip
