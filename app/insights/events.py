"""What is told of an insight while it is made, and how: facts, sections, and at last the insight itself, all printed for the reader."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from app.insights.repository import StoredInsight
from app.insights.schemas import ActionRead, InsightRead, InsightReadByAdmin, ObservationRead, QuestionRead
from app.jobs.events import EventName
from app.jobs.feed import Feed
from chains.assembly import action_of, question_of, used_in
from chains.facts.fact import Dimension, Fact
from chains.facts.forms import print_fact
from chains.facts.sheet import FactSheet
from chains.insight import Insight, Observation
from chains.render import printed
from chains.reply import Choice, Question
from chains.request import InsightKind
from chains.sections import Section, SectionKind
from chains.training.profile import Units

HEADLINE_NUMBERS = 4
"""House rule: what a reader takes in at a glance while the words are still being written."""

_NO_NUMBER = frozenset({Dimension.TEXT, Dimension.LIST, Dimension.DATE})


class NumberRead(BaseModel):
    """One fact in the reader's units."""

    id: str
    label: str
    display: str
    against: str | None


class FactsTold(BaseModel):
    """`facts`: before any model is asked. `job_id` is where the events can be followed from, should this stream break."""

    job_id: str
    kind: InsightKind
    activity_id: str | None
    as_of: date
    facts: list[NumberRead]


class HeadlineTold(BaseModel):
    text: str
    facts: list[str]


class Teller:
    """Tells an insight to a feed; implements the chain's `Listener`."""

    def __init__(self, feed: Feed, sheet: FactSheet) -> None:
        self._feed = feed
        self._sheet = sheet

    def facts(self) -> None:
        """The most worthwhile numbers; none where training is not what matters now."""
        sheet = self._sheet
        numbers = [] if sheet.safety is not None else [fact for fact in sheet.facts.values() if fact.dimension not in _NO_NUMBER]
        self._tell(
            EventName.FACTS,
            FactsTold(
                job_id=self._feed.job_id,
                kind=sheet.kind,
                activity_id=sheet.activity_id,
                as_of=sheet.as_of,
                facts=[_number(fact, sheet.units) for fact in numbers[:HEADLINE_NUMBERS]],
            ),
        )

    async def section(self, section: Section) -> None:
        self._tell(EventName(section.kind.value), _shown(section, self._sheet))

    async def reset(self) -> None:
        self._feed.tell(EventName.RESET, {})

    def stored(self, insight: Insight) -> None:
        """Of an insight that was not told while it was written: its sections."""
        for name, shown in _sections_of(insight, self._sheet.units):
            self._tell(name, shown)

    def insight(self, insight_id: str) -> None:
        """The last word, and only of one that is stored: whoever reads it gets the insight as it is then."""
        self._feed.tell(EventName.INSIGHT, {"insight_id": insight_id})

    def _tell(self, name: EventName, shown: BaseModel) -> None:
        self._feed.tell(name, shown.model_dump(mode="json"))


def read_by(stored: StoredInsight, units: Units, *, is_admin: bool) -> InsightReadByAdmin | InsightRead:
    """What it cost is for admins."""
    return InsightReadByAdmin.of(stored, units) if is_admin else InsightRead.of(stored, units)


def _number(fact: Fact, units: Units) -> NumberRead:
    return NumberRead(id=fact.id, label=fact.label, display=print_fact(fact, None, units), against=fact.against)


def _shown(section: Section, sheet: FactSheet) -> BaseModel:
    """In the shape that it will have in the insight."""
    facts, units = sheet.facts, sheet.units
    match section.value:
        case str(text) if section.kind is SectionKind.HEADLINE:
            return HeadlineTold(text=printed(text, facts, units), facts=list(used_in(text)))
        case str(text):
            return ObservationRead.of(Observation(text=text, facts=used_in(text)), facts, units)
        case Choice() as choice:
            return ActionRead.of(action_of(choice, sheet), facts, units)
        case Question() as question:
            return QuestionRead.of(question_of(question, sheet), facts, units)


def _sections_of(insight: Insight, units: Units) -> Iterator[tuple[EventName, BaseModel]]:
    facts = insight.facts
    headline = HeadlineTold(text=printed(insight.headline, facts, units), facts=list(used_in(insight.headline)))
    yield EventName.HEADLINE, headline
    for observation in insight.observations:
        yield EventName.OBSERVATION, ObservationRead.of(observation, facts, units)
    for action in insight.actions:
        yield EventName.ACTION, ActionRead.of(action, facts, units)
    if insight.question is not None:
        yield EventName.QUESTION, QuestionRead.of(insight.question, facts, units)
