"""What is told of weeks with an injury on file: what was done, how earlier ways back went, and nothing about what is missing."""

from chains.writers.rules.manner import Manner
from chains.writers.rules.passage import Passage, Teller
from chains.writers.rules.voice import Voice

SIGN = "return.sessions"
"""The fact that is there only on such a sheet."""


def headline(voice: Voice) -> str:
    """The same for every kind. Raises LookupError for a sheet without the injury as a fact."""
    said = voice.say("headline")
    if said is None:
        raise LookupError("a return without its reason")
    return said


def tell_reason(voice: Voice) -> Passage | None:
    """Why nothing is compared."""
    return Passage(10, ("reason",))


def tell_weeks(voice: Voice) -> Passage | None:
    """The last weeks side by side, the latest alone, and the pauses in it."""
    if not voice.number(SIGN):
        return Passage(9, ("weeks.none",))
    latest = next((p for p, fact in _LATEST if voice.has(fact)), None)
    return Passage(9, ("weeks" if voice.has("return.weeks") else "weeks.bare", *((latest,) if latest else ())))


_LATEST = (("latest.week", "week.sessions"), ("latest.load", "load.last_seven"))


def tell_past(voice: Voice) -> Passage | None:
    """What earlier ways back took: a measure of patience, and no target."""
    if voice.has("regain.weeks"):
        return Passage(8, ("past.pace",))
    return Passage(8, ("past.volume",)) if voice.has("break.weeks_back") else None


def tell_end(voice: Voice) -> Passage | None:
    """How the comparisons come back."""
    return Passage(7, ("end",))


TELLERS: tuple[Teller, ...] = (tell_reason, tell_weeks, tell_past, tell_end)

MANNER = Manner(headline=headline, tellers=TELLERS)
