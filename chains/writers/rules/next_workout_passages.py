"""What is worth telling about the next session: why this one, how the body stands, what followed such sessions, what to leave alone."""

from datetime import date

from chains.facts.sheet import Option
from chains.facts.workout.choice import Reason
from chains.writers.rules.manner import Manner
from chains.writers.rules.passage import Passage, Teller
from chains.writers.rules.voice import Voice, sign_name

GENTLE = frozenset({"easy", "recovery", "rest", "strides"})
SOON_DAYS = 6
OFTEN_BEYOND = 10
"""House rule: what was passed as often as that is no new length; only the step to it is."""
OFTEN, SELDOM = 0.7, 0.25
DEAR = 0.03
_OTHERWISE = {
    "return": ("reason.return_late",),
    "long_missing": ("reason.long_missing_ever",),
    "hard_missing": ("reason.hard_missing_ever",),
}
"""What is said where the facts of the usual wording are not there."""


def headline(voice: Voice) -> str:
    """The session and the reason in a line; the first pattern that the sheet supports."""
    patterns = (f"headline.{reason_of(voice)}", "headline.plain")
    said = next((text for text in map(voice.say, patterns) if text is not None), None)
    if said is None:
        raise LookupError("a sheet without a choice")
    return said


def reason_of(voice: Voice) -> str:
    """The name of the reason, for patterns."""
    fact = voice.fact("next.because")
    return Reason(str(fact.value)).name.lower() if fact is not None else "steady"


def pick_of(voice: Voice) -> str:
    """The option that comes first."""
    return voice.sheet.options[0].id if voice.sheet.options else "rest"


def why(voice: Voice, option: Option) -> str:
    """The pick is explained by its reason, the alternative by what it is good for."""
    if option.id == pick_of(voice):
        own = f"why.{reason_of(voice)}"
        return own if voice.say(own) is not None else "why.plain"
    return f"instead.{option.id}"


def tell_reason(voice: Voice) -> Passage | None:
    """Why this session: what is due, missing, too fresh or near."""
    reason = reason_of(voice)
    gap = ("gap.long",) if reason == "long_due" else ("gap.hard",) if reason in ("hard_due", "taper") else ()
    told = next((p for p in (f"reason.{reason}", *_OTHERWISE.get(reason, ())) if voice.say(p) is not None), "reason.plain")
    return Passage(10, (told, *gap))


def tell_body(voice: Voice) -> Passage | None:
    """The signals side by side, then the price of the last runs."""
    cost = f"cost.{sign_name(voice.direction('recovery.cost'))}" if voice.has("recovery.cost") else None
    if voice.number("recovery.strained") > 0 and voice.has("recovery.strained_names"):
        calm = voice.has("recovery.calm_names")
        return Passage(8.5, ("body.mixed" if calm else "body.strained", *((cost,) if cost else ())))
    if cost is None:
        return None
    clear = abs(voice.number("recovery.cost")) >= DEAR
    return Passage(7 if clear else 5, (cost,))


def tell_aftermath(voice: Voice) -> Passage | None:
    """What earlier sessions of this kind took from the run after them."""
    kind = "long" if voice.has("next.after_long") else "hard"
    if not voice.has(f"next.after_{kind}") or (pick_of(voice) in GENTLE and reason_of(voice) != "recent_hard"):
        return None
    direction = voice.direction(f"next.after_{kind}")
    return Passage(8 if direction else 6, (f"after_{kind}.{sign_name(direction)}",))


def tell_day_off(voice: Voice) -> Passage | None:
    """What a free day has bought: where one is on offer."""
    offered = {option.id for option in voice.sheet.options}
    if "rest" not in offered or not voice.has("next.day_off"):
        return None
    direction = voice.direction("next.day_off")
    return Passage(8 if pick_of(voice) == "rest" else 5, (f"day_off.{sign_name(direction)}",))


def tell_week(voice: Voice) -> Passage | None:
    """What the week holds by now, against the base or the taper."""
    if voice.has("next.taper_week"):
        return Passage(8, ("week.taper" if voice.number("next.week_done") > 0 else "week.taper_new",))
    if not voice.has("next.week_base") or reason_of(voice) in ("full_week", "return"):
        return None
    if not voice.has("next.week_left"):
        return Passage(4.5, ("week.full" if voice.number("next.week_done") > 0 else "week.new",))
    return Passage(5.5, ("week.left",))


def tell_length(voice: Voice) -> Passage | None:
    """How far the next session may go, and how well known that length is."""
    if not voice.has("next.most") or pick_of(voice) != "long":
        return None
    line = "length.back" if voice.has("next.known") else "length.guard" if voice.number("next.beyond") >= OFTEN_BEYOND else "length.most"
    if line == "length.back":
        return Passage(9, (line,))
    within = voice.number("option.long_distance") <= voice.number("next.longest")
    return Passage(9, ("length.known",) if within and voice.say("length.known") is not None else ("length.known", line))


def tell_long_ahead(voice: Voice) -> Passage | None:
    """The long session has its own day: what to keep free for it."""
    day = voice.fact("next.long_day")
    today = voice.fact("next.day")
    if day is None or today is None or pick_of(voice) == "long" or reason_of(voice) in ("injury", "after_race", "return"):
        return None
    if not isinstance(day.value, date) or not isinstance(today.value, date):
        return None
    return Passage(6, ("ahead.long",)) if 0 < (day.value - today.value).days <= SOON_DAYS else None


def tell_pace(voice: Voice) -> Passage | None:
    """What the easy heart rate gives at present."""
    if not voice.has("next.easy_pace") or pick_of(voice) not in ("easy", "long", "recovery"):
        return None
    return Passage(6.5, ("pace.long" if pick_of(voice) == "long" else "pace.easy",))


def tell_race(voice: Voice) -> Passage | None:
    if not voice.has("next.race_in") or reason_of(voice) in ("race_eve", "race_day", "race_near"):
        return None
    return Passage(7, ("race.named" if voice.has("next.race") else "race.ahead",))


def tell_guard(voice: Voice) -> Passage | None:
    """For the young and the new: what the library keeps from them, and why that is no loss."""
    name = next((name for name in ("minor", "beginner") if voice.has(f"next.{name}")), None)
    return Passage(7.5, (f"guard.{name}",)) if name is not None else None


def tell_weekday(voice: Voice) -> Passage | None:
    """A day on which the athlete usually trains, or usually does not."""
    if not voice.has("next.weekday_hits"):
        return None
    share = voice.number("next.weekday_hits") / max(voice.number("next.weekday_of"), 1.0)
    if share >= OFTEN:
        return Passage(3.5, ("weekday.usual",))
    return Passage(6, ("weekday.free" if voice.number("next.weekday_hits") else "weekday.never",)) if share <= SELDOM else None


TELLERS: tuple[Teller, ...] = (
    tell_reason,
    tell_race,
    tell_body,
    tell_guard,
    tell_week,
    tell_length,
    tell_aftermath,
    tell_day_off,
    tell_pace,
    tell_long_ahead,
    tell_weekday,
)

MANNER = Manner(headline=headline, tellers=TELLERS, why=why)
