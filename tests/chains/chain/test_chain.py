"""The main path from a request to the finished insight."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from chains.bookkeeping import Bookkeeper
from chains.chain import InsightChain
from chains.errors import NotEnoughData, NotFound
from chains.facts.sheet import FactSheet
from chains.insight import InsightSource
from chains.money.prices import Prices
from chains.reply import Question
from chains.request import AthleteContext, InsightKind, InsightRequest
from chains.routing.breakers import Breakers
from chains.routing.limits import Limits
from chains.routing.router import Router
from chains.tracing.trace import Tracing
from chains.training.profile import Consent, Profile, Tone
from chains.writers.brief import Brief
from chains.writers.port import Answer, Heard
from chains.writers.script import script_for
from tests.chains.writing import GOOD, MemoryLedger, MemoryMonitor, OneAthlete, PlainAnalyst, no_digits, outcomes, reply, request, sheet


class ScriptedWriter:
    """Gives one answer, whatever it is asked."""

    provider, model = "openai", "gpt-4o"

    def __init__(self, raw: str = GOOD) -> None:
        self._raw = raw
        self.briefs: list[Brief] = []

    async def write(self, brief: Brief, heard: Heard | None = None) -> Answer:
        self.briefs.append(brief)
        return Answer(raw=self._raw)


def chain(
    writer: ScriptedWriter | None = None,
    *,
    profile: Profile | None = None,
    analyse: Callable[[AthleteContext], FactSheet] = lambda context: sheet(),
    ask_consent: bool = False,
) -> InsightChain:
    router = Router(
        writers={InsightKind.WEEKLY_REVIEW: [writer or ScriptedWriter()]},
        analyst=PlainAnalyst(),
        ground=no_digits,
        books=Bookkeeper(ledger=MemoryLedger(), prices=Prices(), monitor=MemoryMonitor()),
        breakers=Breakers(monitor=MemoryMonitor(), now=time.time),
        limits=Limits(),
    )
    return InsightChain(data=OneAthlete(profile), analyse=analyse, router=router, tracing=Tracing(), ask_consent=ask_consent)


async def test_the_insight_answers_why_it_says_what_it_says() -> None:
    insights = chain()

    prepared = await insights.prepare(request())
    written = await insights.write(prepared)

    insight = written.insight
    assert insight.headline == reply().headline
    assert [o.facts for o in insight.observations] == [("week.distance", "week.distance_vs_base")]
    assert insight.actions[0].facts == ("week.distance", "load.week")
    assert insight.actions[0].what == "the same {week.distance} on one more day."
    assert set(insight.facts) == {"week.running_days", "week.distance", "week.distance_vs_base", "load.week"}
    assert insight.question is not None
    assert insight.question.id == "why_dense"
    assert insight.source is InsightSource.MODEL
    assert insight.prompt == script_for(InsightKind.WEEKLY_REVIEW).label
    assert insight.context_hash == prepared.context_hash
    assert insight.missing == sheet().missing
    assert {a.insight_id for a in insight.attempts} == {insight.id}
    assert written.sheet == sheet()
    assert [d.raw for d in written.drafts] == [GOOD]


async def test_facts_nobody_mentions_are_left_out() -> None:
    silent = reply("Quiet").model_copy(update={"actions": [], "question": None}).model_dump_json()
    insights = chain(ScriptedWriter(silent))

    insight = (await insights.write(await insights.prepare(request()))).insight

    assert set(insight.facts) == {"week.distance", "week.distance_vs_base"}


async def test_a_question_of_its_own_has_no_id() -> None:
    own = reply().model_copy(update={"question": Question(text="How did it feel?", choices=["fine", "hard"])}).model_dump_json()
    insights = chain(ScriptedWriter(own))

    insight = (await insights.write(await insights.prepare(request()))).insight

    assert insight.question is not None
    assert insight.question.id is None


@pytest.mark.parametrize(
    ("consent", "ask", "models"),
    [
        (Consent.GRANTED, True, True),
        (Consent.GRANTED, False, True),
        (Consent.UNSET, False, True),
        (Consent.UNSET, True, False),
        (Consent.REFUSED, False, False),
        (Consent.REFUSED, True, False),
    ],
)
async def test_models_write_only_with_consent(*, consent: Consent, ask: bool, models: bool) -> None:
    writer = ScriptedWriter()
    insights = chain(writer, profile=Profile(model_consent=consent), ask_consent=ask)

    insight = (await insights.write(await insights.prepare(request()))).insight

    assert bool(writer.briefs) is models
    assert (insight.source is InsightSource.MODEL) is models
    assert insight.degraded is False


@pytest.mark.parametrize("error", [NotFound("activity", "a1"), NotEnoughData([])])
async def test_errors_of_the_first_steps_travel_up_as_they_are(error: Exception) -> None:
    def analyse(context: AthleteContext) -> FactSheet:
        raise error

    with pytest.raises(type(error)):
        await chain(analyse=analyse).prepare(request())


async def test_an_exhausted_deadline_still_ends_in_an_insight() -> None:
    insights = chain()

    insight = (await insights.write(await insights.prepare(request(deadline_s=0.1)))).insight

    assert outcomes(insight.attempts) == ["ok"]
    assert insight.source is InsightSource.RULES
    assert insight.degraded is True


async def fingerprint_of(facts: FactSheet, asked: InsightRequest | None = None) -> str:
    return (await chain(analyse=lambda context: facts).prepare(asked or request())).context_hash


async def test_the_fingerprint_is_that_of_what_the_insight_depends_on() -> None:
    base = sheet()
    reordered = dict(reversed(list(base.facts.items())))
    moved = {**base.facts, "load.week": replace(base.facts["load.week"], value=313.0)}

    same = await fingerprint_of(base)
    assert await fingerprint_of(replace(base, facts=reordered)) == same
    assert await fingerprint_of(replace(base, past_skeletons=("said before",))) == same
    others = [
        replace(base, facts=moved),
        replace(base, tone=Tone.DIRECT),
        replace(base, as_of=base.as_of.replace(day=6)),
        replace(base, athlete_id="other"),
        replace(base, activity_id="a1"),
        replace(base, safety="injury"),
    ]
    assert len({same, *[await fingerprint_of(other) for other in others]}) == 1 + len(others)


async def test_a_stored_sheet_can_be_written_about_again() -> None:
    insights = chain()

    prepared = insights.prepare_again(request(), sheet(), script_for(InsightKind.WEEKLY_REVIEW))

    assert (await insights.write(prepared)).insight.headline == reply().headline
