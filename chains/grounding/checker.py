"""Grounding: does a reply say only what its sheet carries? Empty means yes."""

from collections.abc import Callable, Iterator, Sequence

from chains.facts.sheet import FactSheet, Option
from chains.grounding.cause import cause
from chains.grounding.foreign import foreign_fact
from chains.grounding.numbers import free_number, ratio_word, weekday_or_date
from chains.grounding.passage import Passage, Role, Sentence, passage_of
from chains.grounding.quantity import dimension
from chains.grounding.rank import rank
from chains.grounding.referring import no_reference, unit_beside_reference, unknown_reference, written_out
from chains.grounding.safety import praise, unsafe
from chains.grounding.shape import length, markup, option, reply_length
from chains.grounding.topic import topic
from chains.grounding.trend import trend
from chains.grounding.violation import Violation
from chains.reply import Question, Reply

SentenceRule = Callable[[Passage, Sentence], Iterator[Violation]]
PassageRule = Callable[[Passage], Iterator[Violation]]

SENTENCE_RULES: Sequence[SentenceRule] = (
    unsafe,
    unknown_reference,
    free_number,
    ratio_word,
    weekday_or_date,
    markup,
    unit_beside_reference,
    written_out,
    dimension,
    foreign_fact,
    trend,
    cause,
    rank,
    topic,
    praise,
)
PASSAGE_RULES: Sequence[PassageRule] = (no_reference, length)


def check(reply: Reply, sheet: FactSheet) -> tuple[Violation, ...]:
    """Everything in the reply that its sheet does not carry, in the order of the reply."""
    passages = tuple(_passages(reply, sheet))
    broken = [v for passage in passages for v in _judged(passage)]
    return (*broken, *option(reply, sheet), *reply_length(reply, passages))


def check_text(text: str, sheet: FactSheet, role: Role, option_id: str | None = None) -> tuple[Violation, ...]:
    """The same for one section, as it arrives; `option_id` is the option that a why belongs to. Never raises."""
    return tuple(_judged(passage_of(text, sheet, role, _option(sheet, option_id))))


def _passages(reply: Reply, sheet: FactSheet) -> Iterator[Passage]:
    yield passage_of(reply.headline, sheet, Role.HEADLINE)
    yield from (passage_of(text, sheet, Role.OBSERVATION) for text in reply.observations)
    yield from (passage_of(action.why, sheet, Role.WHY, _option(sheet, action.option)) for action in reply.actions)
    if reply.question is not None:
        yield from _asked(reply.question, sheet)


def _asked(question: Question, sheet: FactSheet) -> Iterator[Passage]:
    """What the sheet itself asks, in its own words, is not the writer's to answer for."""
    texts, choices = {a.text for a in sheet.asks}, {c for a in sheet.asks for c in a.choices}
    if question.text not in texts:
        yield passage_of(question.text, sheet, Role.QUESTION)
    yield from (passage_of(choice, sheet, Role.CHOICE) for choice in question.choices if choice not in choices)


def _option(sheet: FactSheet, option_id: str | None) -> Option | None:
    return next((o for o in sheet.options if o.id == option_id), None)


def _judged(passage: Passage) -> Iterator[Violation]:
    for sentence in passage.sentences:
        for rule in SENTENCE_RULES:
            yield from rule(passage, sentence)
    for passage_rule in PASSAGE_RULES:
        yield from passage_rule(passage)
