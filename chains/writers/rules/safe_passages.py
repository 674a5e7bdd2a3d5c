"""What is said on the safety path: that it was read, that nothing is made of the figures, and who can help."""

from chains.writers.rules.passage import Passage, Teller
from chains.writers.rules.voice import Voice

URGENT = ("crisis", "chest", "fainting")


def headline(voice: Voice) -> str:
    """The same for every concern. Raises LookupError for a sheet without the concern as a fact."""
    said = voice.say("safe.headline")
    if said is None:
        raise LookupError("a safe sheet without its concern")
    return said


def tell_concern(voice: Voice) -> Passage | None:
    reason = voice.sheet.safety or ""
    return Passage(1, ("safe.concern", f"safe.{reason}" if reason in URGENT else "safe.help"))


def tell_file(voice: Voice) -> Passage | None:
    """What is on file, without a word on how it went."""
    if voice.has("week.sessions"):
        return Passage(0.5, ("safe.week",))
    return Passage(0.5, ("safe.activity" if voice.has("activity.distance") else "safe.time",))


TELLERS: tuple[Teller, ...] = (tell_concern, tell_file)
