"""What is worth telling about a week: what is new, what it took, what the past says, the one step to watch. One function per passage."""

from chains.facts.workout.following import SESSIONS
from chains.writers.rules.goal_passages import tell_week_goal, why
from chains.writers.rules.manner import Manner
from chains.writers.rules.passage import Passage, Teller
from chains.writers.rules.voice import Voice, sign_name

CLEAR_COST = 0.03
CLEAR_PROGRESS_S_PER_M = 0.005
NOTABLE_BY_HAND = 0.1
EARLY_DAYS = 3
SLOW_TURNS = 4
DENSITY_TURNS, NO_DIFFERENCE_TURNS = 3, 9
"""What many days and a hard eve have meant is told in every third week where it differs, in every ninth where it does not."""
FAR_BELOW = -0.4
"""House rule: with so much of the usual week missing, that is the week's news, whatever its kilometres took."""
LEAST_HARD, ALL_EASY = 0.01, 0.995
LONG_AT_ALL = 0.6


def headline(voice: Voice) -> str:
    """The one thing; the first pattern that the sheet supports."""
    said = voice.say(_chosen(voice))
    if said is None:
        raise LookupError("a sheet without facts")
    return said


def _chosen(voice: Voice) -> str:
    """The pattern of the headline: the first that can be said."""
    patterns = (*_headlines(voice), "headline.plain", "headline.bare")
    return next((p for p in patterns if voice.say(p) is not None), "headline.bare")


def _headlines(voice: Voice) -> list[str]:
    """Patterns in order of news."""
    if voice.has("break.days"):
        return ["headline.early" if _early(voice) else "headline.empty", "headline.empty_sport"]
    cost, change = voice.direction("week.beats_vs_usual"), voice.direction("week.distance_vs_base")
    clear_cost = abs(voice.number("week.beats_vs_usual")) >= CLEAR_COST
    unfinished = voice.has("week.elapsed_days", "week.distance_vs_base")
    news = (
        (voice.has("history.big_weeks_as_dense"), "headline.dense"),
        (voice.has("history.biggest_of"), "headline.biggest_ever"),
        (voice.has("history.biggest_since"), "headline.biggest_since"),
        (voice.leaps, "headline.step"),
        (voice.has("week.race_rivals"), "headline.race"),
        (voice.has("rebuild.past"), "headline.back"),
        (voice.number("week.distance_vs_base") <= FAR_BELOW and not unfinished, "headline.down"),
        (clear_cost, f"headline.cost_{sign_name(cost)}"),
        (unfinished, f"headline.so_far_{sign_name(change)}"),
        (change != 0, f"headline.{sign_name(change)}"),
        (voice.has("week.distance_vs_base"), _quiet_headline(voice)),
        (voice.has("week.distance_vs_base"), "headline.same"),
    )
    return [pattern for holds, pattern in news if holds]


def _quiet_headline(voice: Voice) -> str:
    """Weeks at the base take turns between their row, their progress and their calm."""
    progress = voice.number("progress.band_change")
    if voice.turn % SLOW_TURNS == 1 and voice.has("block.weeks"):
        return "headline.block"
    if voice.turn % SLOW_TURNS == 3 and abs(progress) >= CLEAR_PROGRESS_S_PER_M:
        return "headline.progress_up" if voice.polarity("progress.band_change") > 0 else "headline.progress_down"
    return "headline.same"


def _early(voice: Voice) -> bool:
    return voice.number("week.elapsed_days") <= EARLY_DAYS


def tell_empty(voice: Voice) -> Passage | None:
    """A week without a session: what it comes from, and what earlier gaps led to."""
    if not voice.has("break.days"):
        return None
    if _early(voice):
        return Passage(10, ("early" if voice.has("week.base") else "early.bare",))
    return Passage(10, ("empty" if voice.has("week.base") else "empty.bare",))


def tell_precedent(voice: Voice) -> Passage | None:
    return Passage(9, ("empty.precedent",)) if voice.has("break.past") else None


def tell_volume(voice: Voice) -> Passage | None:
    """The week against history where that is news, else against the base."""
    if not voice.has("week.sessions"):
        return None
    hand = voice.number("week.hand_entered") >= NOTABLE_BY_HAND * max(voice.number("week.distance"), 1.0)
    by_hand = ("by_hand",) if hand else ()
    if voice.has("history.big_weeks_as_dense"):
        return Passage(10, ("dense", *by_hand))
    since = ("biggest_since",) if voice.has("history.biggest_since") else ()
    return Passage(10, (*_against_base(voice), *since, *by_hand))


def _against_base(voice: Voice) -> tuple[str, ...]:
    if not voice.has("week.distance"):
        return (f"bare.{sign_name(voice.direction('week.time_vs_base'))}" if voice.has("week.time_vs_base") else "bare",)
    if not voice.has("week.distance_vs_base"):
        return ("base_so_far.none",) if voice.has("week.base", "week.elapsed_days") else ("base.none",)
    if _chosen(voice) in ("headline.up", "headline.down") and not voice.has("week.elapsed_days"):
        days = (
            "base_one"
            if voice.number("week.sessions") == 1
            else "base_days_same"
            if voice.number("week.active_days") == voice.number("week.base_days")
            else "base_days"
        )
        return (days, *(("base.gap",) if voice.has("gap.window") else ()))
    if voice.has_any("history.biggest_since", "history.biggest_of") and not voice.direction("week.distance_vs_base"):
        return ("base.level",)
    part = "base_so_far" if voice.has("week.elapsed_days") else "base"
    return (f"{part}.{sign_name(voice.direction('week.distance_vs_base'))}", *(("base.gap",) if voice.has("gap.window") else ()))


def tell_double_days(voice: Voice) -> Passage | None:
    if not voice.has("double_days.count"):
        return None
    if not voice.direction("double_days.beats_gap"):
        return Passage(4, ("double.count",))
    new = voice.fact("double_days.count")
    first = ("double.first",) if new is not None and new.rank is not None else ()
    mornings = "best_day.mornings" if voice.polarity("best_day.beats_vs_mornings") > 0 else "best_day.contrast"
    rested = (mornings,) if voice.has("best_day.rested") else ()
    worth = 8 if first or voice.turn % 2 else 4.5
    return Passage(worth, (_double(voice), *rested, *first))


def _double(voice: Voice) -> str:
    """Cheap, dear for a gain in pace, or dear without one."""
    if voice.direction("double_days.beats_gap") < 0:
        return "double.cheap"
    return "double" if voice.direction("double_days.hr_gap") > 0 > voice.direction("double_days.pace_gap") else "double.dear"


def tell_cost(voice: Voice) -> Passage | None:
    """All runs of the week, then the cheapest and the dearest day."""
    if not voice.has("week.beats_vs_usual"):
        return None
    direction = voice.direction("week.beats_vs_usual")
    if voice.has("double_days.beats_gap"):
        return Passage(5, (f"cost.{sign_name(direction)}",)) if direction else None
    best = "best_day.rested" if voice.has("best_day.rested") else "best_day"
    days = (best, "dear_day") if voice.turn % 2 else ("dear_day", best)
    clear = abs(voice.number("week.beats_vs_usual")) >= CLEAR_COST
    best_when, dear_when = voice.fact("best_day.when"), voice.fact("dear_day.when")
    if best_when is not None and dear_when is not None and best_when.value == dear_when.value:
        return Passage(7 if clear else 6, (f"cost.{sign_name(direction)}", "both_ends"))
    return Passage(7 if clear else 6, (f"cost.{sign_name(direction)}", *(d for d in days if voice.has(f"{d.split('.')[0]}.when"))))


def tell_returns(voice: Voice) -> Passage | None:
    if not voice.has("rebuild.past"):
        return None
    if voice.number("rebuild.held_count") < voice.number("rebuild.count"):
        return Passage(7.5, ("rebuild.mixed",))
    return Passage(7.5, ("rebuild.days" if voice.has("rebuild.past_days") else "rebuild",))


def tell_slow(voice: Voice) -> Passage | None:
    """What moves slowly is told in turns: the row of weeks, the round number, the pace at one heart rate, the year before."""
    if voice.has("break.days") or not voice.has("week.sessions"):
        return None
    patterns = [
        ("block" if voice.has("block.earlier") else "block.first") if voice.has("block.weeks") else None,
        f"band.{sign_name(voice.polarity('progress.band_change'))}" if voice.direction("progress.band_change") else None,
        "target" if voice.has("history.target") else None,
        f"year.{sign_name(voice.direction('history.vs_year_ago'))}" if voice.has("history.vs_year_ago") else None,
    ]
    turned = patterns[voice.turn % SLOW_TURNS :] + patterns[: voice.turn % SLOW_TURNS]
    chosen = next((p for p in turned if p is not None), None)
    return Passage(5.5, (chosen,)) if chosen is not None else None


def tell_load(voice: Voice) -> Passage | None:
    if not voice.has("load.week_vs_base"):
        return Passage(4, _mix(voice)) if voice.has("zone.easy") else None
    direction = voice.direction("load.week_vs_base")
    return Passage(5.7 if direction else 3.5, (f"load.{sign_name(direction)}", *_mix(voice)))


def _mix(voice: Voice) -> tuple[str, ...]:
    """A week without a hard minute has no mix to report."""
    return ("mix",) if voice.number("zone.hard") >= LEAST_HARD else ("mix.easy",) if voice.number("zone.easy") >= ALL_EASY else ()


def tell_long_run(voice: Voice) -> Passage | None:
    if not voice.has("long.ratio"):
        return None
    if voice.leaps:
        return Passage(9, ("step.short" if _chosen(voice) == "headline.step" else "step.large", "step.rule"))
    if voice.direction("long.ratio") >= 0:
        return Passage(3, ("step.small",)) if voice.direction("long.ratio") else Passage(2.5, ("step.same",))
    was_long = voice.number("week.sessions") > 1 and 1 + voice.number("long.ratio") >= LONG_AT_ALL
    return Passage(2.5, ("step.none",)) if was_long else None


def tell_small(voice: Voice) -> Passage | None:
    """A small week beside the small weeks before it; before a race it is meant."""
    if not voice.has("history.small_weeks") or voice.has_any("break.days", "week.race"):
        return None
    return Passage(5.8, ("small.one" if voice.number("history.small_back") == 1 else "small",))


def tell_race(voice: Voice) -> Passage | None:
    return Passage(9.2, ("race" if voice.has("week.race_rivals") else "race.new",)) if voice.has("week.race") else None


def tell_hard_days(voice: Voice) -> Passage | None:
    """More or fewer hard days than usual; as many are worth a line only where they stood side by side."""
    if not voice.has("week.hard_days"):
        return None
    direction = voice.direction("week.hard_days")
    close = ("hard.close", *_after_hard(voice)) if voice.has("week.hard_close") else ()
    if not direction:
        return Passage(4.6 if close else 3.2, ("hard.same", *close)) if voice.has("week.last_hard") else None
    return Passage(5.6, ("hard.more" if direction > 0 else "hard.less", *close))


def _after_hard(voice: Voice) -> tuple[str, ...]:
    """What the day after a hard one has meant so far."""
    if not voice.has("density.after_hard_beats"):
        return ()
    return (f"density.hard_{sign_name(voice.direction('density.after_hard_beats'))}",)


def tell_density(voice: Voice) -> Passage | None:
    """What weeks of many running days have meant against weeks of fewer, or easy runs on the day after a hard one; by turns."""
    many = (f"density.days_{sign_name(voice.direction('density.many_days_beats'))}",) if voice.has("density.many_days_beats") else ()
    hard = () if voice.has("week.hard_close") else _after_hard(voice)
    differ = voice.direction("density.many_days_beats"), voice.direction("density.after_hard_beats")
    every = DENSITY_TURNS if any(differ) else NO_DIFFERENCE_TURNS
    found = [patterns for patterns, moved in zip((many, hard), differ, strict=True) if patterns and (moved or not any(differ))]
    return Passage(6.1, found[voice.turn // every % len(found)]) if found and voice.turn % every == 0 else None


def tell_other_sports(voice: Voice) -> Passage | None:
    others = tuple(f"other.{sport}" for sport in ("ride", "run", "swim", "strength") if voice.has(f"week.{sport}_time"))
    return Passage(2.7, others[:1]) if others else None


TELLERS: tuple[Teller, ...] = (
    tell_empty,
    tell_precedent,
    tell_volume,
    tell_double_days,
    tell_cost,
    tell_load,
    tell_small,
    tell_race,
    tell_week_goal,
    tell_returns,
    tell_hard_days,
    tell_density,
    tell_slow,
    tell_long_run,
    tell_other_sports,
)

MANNER = Manner(headline=headline, tellers=TELLERS, compared=("week.distance_vs_base",), why=why, standing=SESSIONS)
