"""What is worth telling about recovery: what the body says, what the last days held, what such days led to. One function per passage."""

from chains.writers.rules.manner import Manner
from chains.writers.rules.passage import Passage, Teller
from chains.writers.rules.voice import Voice, sign_name

MOST_STRAINED = 2
NOTABLE_IDLE = 3
FRESH_HARD = 1
SELDOM = 3
NO_EFFECT = "rest.same"
"""That a day off changes nothing is worth knowing once."""


def headline(voice: Voice) -> str:
    """The verdict, from whatever speaks. Raises LookupError for a sheet without facts."""
    said = next((text for pattern in _headlines(voice) if (text := voice.say(pattern)) is not None), None)
    if said is None:
        raise LookupError("a sheet without facts")
    return said


def _headlines(voice: Voice) -> list[str]:
    """Patterns in order of weight."""
    strained = voice.number("recovery.strained")
    calm = voice.number("recovery.calm")
    week, days = voice.direction("recovery.time_7d_vs_usual"), voice.direction("recovery.time_3d_vs_usual")
    news = (
        (voice.has("recovery.strained") and strained >= MOST_STRAINED and strained > calm, "headline.wait"),
        (voice.has("recovery.strained") and strained > 0, "headline.mixed"),
        (voice.number("recovery.idle_days") >= NOTABLE_IDLE, "headline.idle"),
        (any(o.id == "easy_until" for o in voice.sheet.options), "headline.hard"),
        (voice.has("recovery.strained") and strained == 0, "headline.go"),
        (week > 0 and voice.has("recovery.fuller_7d"), "headline.full_rare"),
        (week > 0, "headline.full"),
        (days > 0, "headline.full_days"),
        (week < 0, "headline.light"),
        (voice.has("recovery.time_7d_vs_usual"), "headline.usual"),
    )
    return [*(pattern for holds, pattern in news if holds), "headline.plain"]


def tell_signals(voice: Voice) -> Passage | None:
    """Where the signals disagree, both sides by name."""
    if not voice.has("recovery.strained"):
        return None
    if voice.has("recovery.strained_names", "recovery.calm_names"):
        return Passage(9, ("signals.mixed",))
    return Passage(8.5, ("signals.wait",)) if voice.has("recovery.strained_names") else Passage(5, ("signals.go",))


def tell_body(voice: Voice) -> Passage | None:
    """The measured body: what is off first."""
    found = [(f"hrv.{sign_name(voice.direction('recovery.hrv_vs_usual'))}", "recovery.hrv_vs_usual")]
    found.append((f"resting.{sign_name(voice.direction('recovery.resting_vs_usual'))}", "recovery.resting_vs_usual"))
    known = [(pattern, voice.polarity(fact)) for pattern, fact in found if voice.has(fact)]
    if not known:
        return None
    patterns = tuple(pattern for pattern, _ in sorted(known, key=lambda p: p[1]))
    return Passage(8 if known and min(sign for _, sign in known) < 0 else 4.5, patterns)


def tell_reported(voice: Voice) -> Passage | None:
    """Sleep, feel and soreness where they moved."""
    off = [
        f"{name}.{sign_name(voice.direction(f'recovery.{fact}'))}"
        for name, fact in (("feel", "feel"), ("soreness", "soreness"), ("sleep", "sleep_gap"))
        if voice.direction(f"recovery.{fact}")
    ]
    if off:
        return Passage(7, (*off, *(("sleep.short",) if voice.number("recovery.short_nights") > 1 else ())))
    return Passage(3.5, ("sleep.short",)) if voice.number("recovery.short_nights") > 1 else None


def tell_load(voice: Voice) -> Passage | None:
    if not voice.has("recovery.time_7d_vs_usual"):
        return Passage(3, ("load.none",))
    if voice.number("recovery.time_7d") == 0:
        return None
    week = voice.direction("recovery.time_7d_vs_usual")
    days = voice.direction("recovery.time_3d_vs_usual")
    rare = ("load.rare" if voice.number("recovery.fuller_7d") else "load.rarest",) if voice.has("recovery.fuller_7d") else ()
    if week == 0 and days:
        return Passage(6.5, (f"days.{sign_name(days)}",))
    return Passage(7 if week else 4, (f"load.{sign_name(week)}", *rare))


def tell_hard(voice: Voice) -> Passage | None:
    if not voice.has("recovery.hard_days"):
        return None
    days = voice.number("recovery.hard_days")
    if not voice.has("recovery.hard_gap"):
        return Passage(5, ("hard.first" if days else "hard.first_today",))
    if days <= FRESH_HARD:
        return Passage(7.5, ("hard.fresh" if days else "hard.today",))
    return Passage(5.5, (f"hard.{sign_name(voice.direction('recovery.hard_days'))}",))


def tell_cost(voice: Voice) -> Passage | None:
    if not voice.has("recovery.cost"):
        return None
    direction = voice.direction("recovery.cost")
    last = voice.direction("recovery.last_cost")
    other = ("last.against",) if last and last == -direction else ()
    return Passage(6.8 if direction else 4.2, (f"cost.{sign_name(direction)}", *other))


def tell_precedent(voice: Voice) -> Passage | None:
    """What followed earlier days like this one, or what a day off buys; both where they say the same."""
    like = (f"like.{sign_name(voice.direction('recovery.like_next'))}",) if voice.has("recovery.like_next") else ()
    rest = (f"rest.{sign_name(voice.direction('recovery.rest_effect'))}",) if voice.has("recovery.rest_effect") else ()
    turned = voice.turn % SELDOM == 0 and rest
    chosen = rest if turned or not like else like
    if not chosen or (chosen[0] == NO_EFFECT and voice.told_lately(NO_EFFECT)):
        return None
    return Passage(7.2 if chosen == like else 3.0 if chosen[0] == NO_EFFECT else 5.2, chosen)


def tell_rest(voice: Voice) -> Passage | None:
    """Days off, only where they stand out."""
    if voice.has("recovery.streak"):
        return Passage(6, ("streak",))
    if voice.has("recovery.idle_days"):
        return Passage(6.2, ("idle",))
    off, usual = voice.number("recovery.days_off"), voice.number("recovery.usual_days_off")
    if not voice.has("recovery.days_off", "recovery.usual_days_off"):
        return None
    return Passage(3.2, ("off.same" if off == usual else "off.fewer" if off < usual else "off.more",))


def tell_load_only(voice: Voice) -> Passage | None:
    """What has no voice here: said once, last, and not again while a recent insight holds it."""
    if voice.has("recovery.hrv_vs_usual") or voice.has("recovery.resting_vs_usual") or voice.has("recovery.feel"):
        return None
    pattern = "load_only" if voice.number("recovery.nights") == 0 else "few_nights"
    return None if voice.told_lately(pattern) else Passage(8.8, (pattern,))


TELLERS: tuple[Teller, ...] = (
    tell_signals,
    tell_body,
    tell_reported,
    tell_load,
    tell_hard,
    tell_cost,
    tell_rest,
    tell_precedent,
    tell_load_only,
)

MANNER = Manner(headline=headline, tellers=TELLERS)
