"""The rule-based analyst: composes a reply from a sheet alone. It cannot fail on a sheet that `analyse` made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from chains.facts.sheet import Ask, FactSheet, Option
from chains.render import printed
from chains.reply import MAX_ACTIONS, MAX_OBSERVATIONS, Choice, Question, Reply
from chains.request import InsightKind
from chains.writers.rules import activity_headline, activity_passages, safe_passages, weekly_passages
from chains.writers.rules.passage import Teller, tell
from chains.writers.rules.phrases import phrases_of
from chains.writers.rules.voice import Voice, voice_of

COMPARED = ("activity.beats_vs_usual", "activity.pace_vs_usual", "week.distance_vs_base", "activity.effort")
ON_REQUEST = ("change_nothing", "add_threshold")
"""Options that stand back where anything else is offered."""
SELDOM = 4
SELDOM_ASKED = ("target_number",)


@dataclass(frozen=True, slots=True)
class Manner:
    """How one kind is told."""

    headline: Callable[[Voice], str]
    tellers: Sequence[Teller]


MANNERS: Mapping[InsightKind, Manner] = {
    InsightKind.ACTIVITY_SUMMARY: Manner(activity_headline.headline, activity_passages.TELLERS),
    InsightKind.WEEKLY_REVIEW: Manner(weekly_passages.headline, weekly_passages.TELLERS),
}


@dataclass(frozen=True, slots=True)
class Size:
    passages: int
    sentences: int
    actions: int


SIZES = (
    Size(MAX_OBSERVATIONS, 3, MAX_ACTIONS),
    Size(MAX_OBSERVATIONS, 2, MAX_ACTIONS),
    Size(MAX_OBSERVATIONS, 2, 2),
    Size(MAX_OBSERVATIONS, 1, 2),
    Size(3, 2, 2),
    Size(3, 2, 1),
    Size(2, 2, 1),
)
"""From rich to short: the first that stays within the words is taken."""
MOST_WORDS = 220


SAFE = Manner(safe_passages.headline, safe_passages.TELLERS)


class RulesWriter:
    """Writes what the facts bear, with no model. The same sheet gives the same reply."""

    def compose(self, sheet: FactSheet, *, wording: int = 0) -> Reply:
        """Pure. Every text is grounded in the sheet; another `wording` says the same otherwise."""
        usual, manner = voice_of(sheet, phrases_of(sheet.kind)), SAFE if sheet.safety else MANNERS[sheet.kind]
        voice = replace(usual, turn=usual.turn + wording)
        replies = (_reply(voice, manner, size) for size in SIZES)
        return next((reply for reply in replies if _words(reply, sheet) <= MOST_WORDS), _reply(voice, manner, SIZES[-1]))


def _reply(voice: Voice, manner: Manner, size: Size) -> Reply:
    return Reply(
        headline=manner.headline(voice),
        observations=tell(voice, manner.tellers, size.passages, size.sentences),
        actions=_actions(voice, voice.sheet.options)[: size.actions],
        question=_question(voice, voice.sheet.asks),
    )


def _words(reply: Reply, sheet: FactSheet) -> int:
    """The writer's own words as the athlete reads them; what the options say is the library's."""
    asked = [reply.question.text] if reply.question else []
    texts = (reply.headline, *reply.observations, *(a.why for a in reply.actions), *asked)
    return sum(len(printed(text, sheet.facts, sheet.units).split()) for text in texts)


def _actions(voice: Voice, options: Sequence[Option]) -> list[Choice]:
    """What the facts speak for; staying the course, or a gap in the profile now and then, where nothing does."""
    trial = voice.turn % SELDOM == 2 and any(o.id == "lighter_week" for o in options)
    wanted = [o for o in options if o.id not in ON_REQUEST and o.id != ("keep_week" if trial else "lighter_week")]
    if not wanted:
        seldom = [o for o in options if o.id == "add_threshold" and voice.turn % SELDOM == 0]
        wanted = seldom or [o for o in options if o.id == "change_nothing" and _mood(voice) is not None]
    told = [(o, voice.say(f"why.{o.id}{_mood(voice) or ''}") if o.id == "change_nothing" else voice.say(f"why.{o.id}")) for o in wanted]
    return [Choice(option=o.id, why=why) for o, why in told if why is not None][:MAX_ACTIONS]


def _mood(voice: Voice) -> str | None:
    """'' where nothing moved, '.good' where it moved the right way, None where staying the course is not what the facts say."""
    if not voice.has_any(*COMPARED):
        return None
    if all(voice.direction(f) == 0 for f in COMPARED):
        return ""
    return ".good" if all(voice.polarity(f) >= 0 for f in COMPARED) and any(voice.polarity(f) > 0 for f in COMPARED) else None


def _question(voice: Voice, asks: Sequence[Ask]) -> Question | None:
    """The first question that one tap would settle; those about habits come seldom."""
    due = [a for a in asks if a.id not in SELDOM_ASKED or voice.turn % SELDOM == 0]
    return Question(text=due[0].text, choices=list(due[0].choices)) if due else None
