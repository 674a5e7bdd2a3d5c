"""The rule-based analyst: composes a reply from a sheet alone. It cannot fail on a sheet that `analyse` made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chains.facts.sheet import Ask, FactSheet, Option
from chains.render import printed
from chains.reply import MAX_ACTIONS, MAX_OBSERVATIONS, Choice, Question, Reply
from chains.request import InsightKind
from chains.writers.rules import (
    activity_passages,
    next_workout_passages,
    progress_passages,
    question_passages,
    race_outlook_passages,
    recovery_passages,
    return_passages,
    safe_passages,
    training_load_passages,
    weekly_passages,
)
from chains.writers.rules.manner import Manner
from chains.writers.rules.passage import tell
from chains.writers.rules.phrases import Phrases, phrases_of, return_phrases, safe_phrases
from chains.writers.rules.voice import Voice, voice_of

ON_REQUEST = ("change_nothing", "add_threshold")
"""Options that stand back where anything else is offered."""
SELDOM = 4
SELDOM_ASKED = ("target_number",)


MANNERS: Mapping[InsightKind, Manner] = {
    InsightKind.ACTIVITY_SUMMARY: activity_passages.MANNER,
    InsightKind.WEEKLY_REVIEW: weekly_passages.MANNER,
    InsightKind.TRAINING_LOAD: training_load_passages.MANNER,
    InsightKind.PROGRESS: progress_passages.MANNER,
    InsightKind.RACE_OUTLOOK: race_outlook_passages.MANNER,
    InsightKind.RECOVERY: recovery_passages.MANNER,
    InsightKind.NEXT_WORKOUT: next_workout_passages.MANNER,
    InsightKind.QUESTION: question_passages.MANNER,
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


class RulesWriter:
    """Writes what the facts bear, with no model. The same sheet gives the same reply."""

    def compose(self, sheet: FactSheet, *, wording: int = 0) -> Reply:
        """Pure. Every text is grounded in the sheet; another `wording` says the same otherwise."""
        manner, phrases = _told_by(sheet)
        usual = voice_of(sheet, phrases)
        voice = replace(usual, turn=usual.turn + wording)
        replies = (_reply(voice, manner, size) for size in SIZES)
        return next((reply for reply in replies if _words(reply, sheet) <= MOST_WORDS), _reply(voice, manner, SIZES[-1]))


def _told_by(sheet: FactSheet) -> tuple[Manner, Phrases]:
    """By its kind, unless there is harm to answer or a return to tell."""
    if sheet.safety:
        return safe_passages.MANNER, safe_phrases()
    if return_passages.SIGN in sheet.facts:
        return return_passages.MANNER, return_phrases()
    return MANNERS[sheet.kind], phrases_of(sheet.kind)


def _reply(voice: Voice, manner: Manner, size: Size) -> Reply:
    headline = manner.headline(voice)
    return Reply(
        headline=headline,
        observations=tell(voice.after(headline), manner.tellers, size.passages, size.sentences),
        actions=_actions(voice, voice.sheet.options, manner)[: size.actions],
        question=_question(voice, voice.sheet.asks),
    )


def _words(reply: Reply, sheet: FactSheet) -> int:
    """The writer's own words as the athlete reads them; what the options say is the library's."""
    asked = [reply.question.text] if reply.question else []
    texts = (reply.headline, *reply.observations, *(a.why for a in reply.actions), *asked)
    return sum(len(printed(text, sheet.facts, sheet.units).split()) for text in texts)


def _actions(voice: Voice, options: Sequence[Option], manner: Manner) -> list[Choice]:
    """What the facts speak for; staying the course, or a gap in the profile now and then, where nothing does."""
    trial = voice.turn % SELDOM == 2 and any(o.id == "lighter_week" for o in options)
    wanted = [o for o in options if o.id not in ON_REQUEST and o.id != ("keep_week" if trial else "lighter_week")]
    mood = _mood(voice, manner.compared)
    if all(o.id in manner.standing for o in wanted):
        wanted += [o for o in options if o.id == "add_threshold" and voice.turn % SELDOM == 0]
    if not wanted:
        wanted = [o for o in options if o.id == "change_nothing" and mood is not None]
    told = [(o, voice.say(f"why.{o.id}{mood or ''}") if o.id == "change_nothing" else voice.say(manner.why(voice, o))) for o in wanted]
    return [Choice(option=o.id, why=why) for o, why in told if why is not None][:MAX_ACTIONS]


def _mood(voice: Voice, compared: Sequence[str]) -> str | None:
    """'' where nothing moved, '.good' where it moved the right way, None where staying the course is not what the facts say."""
    if not voice.has_any(*compared):
        return None
    if all(voice.direction(f) == 0 for f in compared):
        return ""
    return ".good" if all(voice.polarity(f) >= 0 for f in compared) and any(voice.polarity(f) > 0 for f in compared) else None


def _question(voice: Voice, asks: Sequence[Ask]) -> Question | None:
    """The first question that one tap would settle; those about habits come seldom."""
    due = [a for a in asks if a.id not in SELDOM_ASKED or voice.turn % SELDOM == 0]
    return Question(text=due[0].text, choices=list(due[0].choices)) if due else None
