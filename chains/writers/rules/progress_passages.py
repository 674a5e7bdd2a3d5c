"""What is worth telling about progress: the newest mark, the same effort then and now, other years, the way back from a break."""

from collections.abc import Callable

from chains.facts.advice.for_progress import MANY_OUT
from chains.facts.fact import Dimension
from chains.facts.sheet import Option
from chains.writers.rules.manner import Manner
from chains.writers.rules.passage import Passage, Teller
from chains.writers.rules.voice import Voice, sign_name

TURNS = 3
"""What moves slowly is told in turns: what has its turn is worth this much more."""
TURN_WORTH = 3.0
FRESH_DAYS = 14
SOON_WEEKS = 8


def headline(voice: Voice) -> str:
    """The one thing; the first pattern that the sheet supports."""
    patterns = (*_headlines(voice), "headline.volume")
    said = next((text for p in patterns if (text := voice.say(p)) is not None), None)
    if said is None:
        raise LookupError("a sheet without facts")
    return said


def _headlines(voice: Voice) -> list[str]:
    """Patterns in order of news."""
    band, beats = voice.polarity("progress.band_trend"), voice.polarity("progress.beats_trend")
    pace, volume = voice.polarity("progress.pace_trend"), voice.direction("progress.volume_trend")
    place = _place(voice, "years.band_pace")
    news = (
        (_fresh(voice) and voice.has("recent.best_ever"), f"headline.ever{_kind(voice)}"),
        (_fresh(voice) and voice.has("recent.span"), f"headline.since{_kind(voice)}"),
        (_returning(voice), f"headline.return_{sign_name(voice.polarity('regain.gap'))}"),
        (band != 0, f"headline.band_{sign_name(band)}"),
        (beats != 0, f"headline.beats_{sign_name(beats)}{_ride(voice)}"),
        (pace != 0, f"headline.pace_{sign_name(pace)}"),
        (place == 1 and voice.number("years.compared") > 1 and _turn(voice, 0), "headline.years_first"),
        (voice.has("years.band_vs_last") and _turn(voice, 1), f"headline.years_{sign_name(voice.polarity('years.band_vs_last'))}"),
        (volume != 0, f"headline.volume_{sign_name(volume)}"),
        (voice.has("progress.band_trend"), "headline.band_same"),
        (voice.has("progress.beats_trend"), f"headline.beats_same{_ride(voice)}"),
        (voice.has("progress.pace_trend"), "headline.pace_same"),
        (voice.has("years.band_vs_last"), f"headline.years_{sign_name(voice.polarity('years.band_vs_last'))}"),
        (voice.has("progress.volume_trend"), "headline.volume_same"),
        (voice.has("years.week_vs_last"), f"headline.year_volume_{sign_name(voice.direction('years.week_vs_last'))}"),
    )
    return [pattern for holds, pattern in news if holds]


def _place(voice: Voice, fact_id: str) -> int | None:
    fact = voice.fact(fact_id)
    return fact.rank.place if fact is not None and fact.rank is not None else None


def _turn(voice: Voice, of: int) -> bool:
    return voice.turn % TURNS == of


def _kind(voice: Voice) -> str:
    """Efforts on the bike are watts, not speed."""
    fact = voice.fact("recent.effort")
    return "_power" if fact is not None and fact.dimension is Dimension.POWER else ""


def _ride(voice: Voice) -> str:
    fact = voice.fact("progress.beats_trend")
    return "_power" if fact is not None and fact.sport == "ride" else ""


def _fresh(voice: Voice) -> bool:
    fact = voice.fact("recent.when")
    return fact is not None and fact.window is not None and (voice.sheet.as_of - fact.window.last).days < FRESH_DAYS


def _returning(voice: Voice) -> bool:
    return voice.has("regain.gap", "regain.week_now") and voice.number("regain.week_now") <= SOON_WEEKS


def tell_news(voice: Voice) -> Passage | None:
    """An effort that had not been that good for long."""
    if not voice.has("recent.effort"):
        return None
    pattern = f"news.{'ever' if voice.has('recent.best_ever') else 'since'}{_kind(voice)}"
    return Passage(9 if _fresh(voice) else 3 + TURN_WORTH * _turn(voice, 0), (pattern,))


def tell_return(voice: Voice) -> Passage | None:
    """The way back from a break, and what earlier ones took."""
    if not voice.has("regain.gap"):
        return None
    past = ("regain.took",) if voice.has("regain.weeks") else ()
    return Passage(8.5 if _returning(voice) else 5, (f"regain.{sign_name(voice.polarity('regain.gap'))}", *past))


def tell_past_breaks(voice: Voice) -> Passage | None:
    """What a break takes, told now and then while there is none."""
    if voice.has("regain.gap") or not voice.has("regain.weeks"):
        return None
    return Passage(1.5 + TURN_WORTH * _turn(voice, 2), ("regain.past",))


def tell_same_effort(voice: Voice) -> Passage | None:
    """Pace in the band, and heartbeats per kilometre."""
    beats = f"beats.{sign_name(voice.polarity('progress.beats_trend'))}{_ride(voice)}"
    if voice.has("progress.band_trend"):
        moved = voice.polarity("progress.band_trend")
        return Passage(8 if moved else 6, (f"band.{sign_name(moved)}", *((beats,) if voice.has("progress.beats_trend") else ())))
    if voice.has("progress.beats_trend"):
        return Passage(8 if voice.polarity("progress.beats_trend") else 6, (f"{beats}.alone",))
    if voice.has("progress.pace_trend"):
        return Passage(6, (f"pace.{sign_name(voice.polarity('progress.pace_trend'))}",))
    return None


def tell_thin_band(voice: Voice) -> Passage | None:
    """What would make the pace at one heart rate readable, where neither it nor the heartbeats can be read."""
    thin = voice.has("progress.band") and not voice.has_any("progress.band_trend", "progress.beats_trend", "regain.gap")
    return Passage(3.4, ("thin.band",)) if thin and not voice.told_lately("thin.band") else None


def tell_years(voice: Voice) -> Passage | None:
    """The same weeks of other years at the same heart rate."""
    if not voice.has("years.band_paces"):
        return None
    last = f"years.last_{sign_name(voice.polarity('years.band_vs_last'))}"
    first = _place(voice, "years.band_pace") == 1
    tail = ("years.devices",) if voice.has("years.devices") else ()
    if voice.number("years.compared") == 1:
        return Passage(5 + TURN_WORTH * _turn(voice, 1), (f"years.only_{sign_name(voice.polarity('years.band_vs_last'))}", *tail))
    return Passage(5 + TURN_WORTH * _turn(voice, 1), ("years.first", *tail) if first else ("years.band", last, *tail))


def tell_best_year(voice: Voice) -> Passage | None:
    """What the fastest of the other years was built on, beside what these weeks hold."""
    if not voice.has("best_year.week_vs"):
        return None
    if _place(voice, "years.band_pace") == 1:
        return Passage(3 + TURN_WORTH * _turn(voice, 2), ("best_year.beaten",))
    direction = voice.direction("best_year.week_vs")
    return Passage(4.5 + TURN_WORTH * _turn(voice, 2), (f"best_year.{sign_name(direction)}",))


def tell_volume(voice: Voice) -> Passage | None:
    """Volume and long session over the weeks, and against last year's."""
    tail = ("volume.out",) if voice.has("progress.weeks_out") else ()
    long = (f"long.{sign_name(voice.direction('progress.long_trend'))}",) if voice.has("progress.long_trend") else ()
    year = _year_volume(voice)
    if voice.has("progress.volume_trend"):
        direction = voice.direction("progress.volume_trend")
        second = (*year, *long) if voice.turn % 2 else (*long, *year)
        return Passage(5.5 if direction else 4, (f"volume.{sign_name(direction)}", *second[:1], *tail))
    if voice.number("years.trained") > 1 and "years.week_vs_last" in voice.said:
        return Passage(3.5, ("year_volume.list", *long, *tail))
    return Passage(3.5, (*year, *long, *tail)) if year or long else Passage(0.5, ("volume.none",))


def _year_volume(voice: Voice) -> tuple[str, ...]:
    """More than in all the years, or against the last of them."""
    if _place(voice, "years.week") == 1 and voice.number("years.trained") > 1:
        return ("year_volume.most",)
    return (f"year_volume.{sign_name(voice.direction('years.week_vs_last'))}",) if voice.has("years.week_vs_last") else ()


def tell_record(voice: Voice) -> Passage | None:
    """The newest record, its age, and how far the present stays from it."""
    age = voice.fact("record.last_age")
    if not voice.has("record.last_effort") or age is None or age.noun == "day":
        return None
    power = "_power" if voice.has("record.last_effort") and _power(voice) else ""
    patterns = (f"record{power}", f"record.gap{power}") if voice.has("record.gap") else (f"record{power}",)
    return Passage(3.8 + TURN_WORTH * _turn(voice, 0), patterns)


def _power(voice: Voice) -> bool:
    fact = voice.fact("record.last_effort")
    return fact is not None and fact.dimension is Dimension.POWER


def tell_longest(voice: Voice) -> Passage | None:
    """The longest session or the biggest four weeks for long."""
    chosen: list[Callable[[], str | None]] = [lambda: _largest(voice, "longest"), lambda: _largest(voice, "block4")]
    found = [p for p in (choose() for choose in chosen) if p is not None]
    return Passage(3.5 + TURN_WORTH * _turn(voice, 2), tuple(found)) if found else None


def _largest(voice: Voice, name: str) -> str | None:
    if voice.has(f"{name}.ever"):
        return f"{name}.ever"
    return f"{name}.since" if voice.has(f"{name}.since") else None


TELLERS: tuple[Teller, ...] = (
    tell_news,
    tell_return,
    tell_same_effort,
    tell_thin_band,
    tell_years,
    tell_best_year,
    tell_volume,
    tell_record,
    tell_longest,
    tell_past_breaks,
)


def why(voice: Voice, option: Option) -> str:
    """Even weeks are explained by the gaps where there were several, else by the year that had more."""
    few = option.id == "steady_block" and voice.number("progress.weeks_out") < MANY_OUT
    return "why.even_weeks" if few else f"why.{option.id}"


MANNER = Manner(
    headline=headline,
    why=why,
    tellers=TELLERS,
    compared=("progress.band_trend", "progress.beats_trend", "progress.pace_trend", "years.band_vs_last", "regain.gap"),
)
