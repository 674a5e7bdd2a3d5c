"""Whatever a provider does, an insight is written: by the first model, after a second try, by the second, or by rules. Each story with
either provider first, plain and streamed, over the real client libraries."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from chains.errors import Ungrounded
from chains.facts.sheet import FactSheet
from chains.routing.limits import Limits
from chains.routing.order import Authored
from chains.sections import sections_of
from tests.chains.routing.routed import GEMINI_FIRST, OPENAI_FIRST, Audience, Desk, desk, order
from tests.chains.writing import GOOD, OFF_SCHEMA, UNGROUNDED, PlainAnalyst, outcomes, reply, sheet
from tests.provider.double import ProviderDouble
from tests.provider.turn import Turn, blocks, cuts, fails, fails_as_google, filters, refuses, says, stalls, truncates

SHORT = Limits(call_s=1.0, first_token_s=1.0, idle_s=1.0, least_call_s=0.05, reserve_s=0.0)
"""Where a call is to time out; the others get as long as a busy machine may need."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """Which provider is first, and whether somebody listens."""

    route: str
    streamed: bool

    @property
    def first(self) -> str:
        return self.route.partition(":")[0]

    @property
    def second(self) -> str:
        return self.route.partition(",")[2].partition(":")[0]

    async def write(self, desk: Desk, facts: FactSheet | None = None, *, seconds: float = 60.0) -> Authored:
        """What is heard is what is written."""
        audience = Audience() if self.streamed else None
        authored = await desk.write(order(facts, seconds), audience)
        if audience is not None:
            lasting = (
                audience.heard[len(audience.heard) - audience.heard[::-1].index("reset") :] if "reset" in audience.heard else audience.heard
            )
            assert lasting == list(sections_of(authored.reply))
        return authored


WAYS = [Way(route=route, streamed=streamed) for route in (OPENAI_FIRST, GEMINI_FIRST) for streamed in (False, True)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way.first}-first-{'streamed' if way.streamed else 'plain'}")
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.param
    return chosen


@pytest.fixture
async def at(provider: ProviderDouble, way: Way) -> AsyncIterator[Desk]:
    async with desk(provider, route=way.route) as opened:
        yield opened


@pytest.fixture
async def hurried(provider: ProviderDouble, way: Way) -> AsyncIterator[Desk]:
    async with desk(provider, route=way.route, limits=SHORT) as opened:
        yield opened


async def test_first_model_answers(provider: ProviderDouble, way: Way, at: Desk) -> None:
    provider.script(way.first, says(GOOD, served="snapshot-1"))

    authored = await way.write(at)

    assert authored.reply == reply()
    assert authored.model is not None
    assert (authored.model.provider, authored.model.served) == (way.first, "snapshot-1")
    assert outcomes(authored.attempts) == ["ok"]
    assert authored.degraded is False


@pytest.mark.parametrize(
    ("turn", "outcome"),
    [
        (fails(500), "unavailable"),
        (fails(429, headers={"retry-after": "0"}), "rate_limited"),
        (cuts(GOOD), "connection"),
        (Turn(status=502, error="<html>bad gateway</html>"), "unavailable"),
    ],
)
async def test_a_hiccup_is_tried_again(provider: ProviderDouble, way: Way, at: Desk, turn: Turn, outcome: str) -> None:
    provider.script(way.first, turn, says(GOOD))

    authored = await way.write(at)

    assert outcomes(authored.attempts) == [outcome, "ok"]
    assert [exchange.request.provider for exchange in provider.exchanges] == [way.first] * 2


@pytest.mark.parametrize(
    ("turn", "outcome"),
    [(fails(503), "unavailable"), (fails(429), "rate_limited"), (cuts(GOOD), "connection"), (says("no json"), "off_schema")],
)
async def test_second_model_answers_after_two_failures_of_the_first(
    provider: ProviderDouble, way: Way, at: Desk, turn: Turn, outcome: str
) -> None:
    provider.always(way.first, turn)
    provider.script(way.second, says(GOOD))

    authored = await way.write(at)

    assert outcomes(authored.attempts) == [outcome, outcome, "ok"]
    assert authored.model is not None
    assert authored.model.provider == way.second
    assert authored.degraded is False


PER_DAY = fails_as_google(429, "RESOURCE_EXHAUSTED", violations=[{"quotaId": "GenerateRequestsPerDayPerProject"}])


@pytest.mark.parametrize(
    ("turns", "outcome"),
    [
        (fails(503, headers={"retry-after": "30"}), "unavailable"),
        (fails(429, headers={"retry-after": "30"}), "rate_limited"),
        ({"openai": fails(429, code="insufficient_quota"), "google_genai": PER_DAY}, "quota"),
        (fails(401, code="invalid_api_key"), "auth"),
        (fails(403), "auth"),
        (fails(404, code="model_not_found"), "retired"),
        ({"openai": fails(400, code="context_length_exceeded"), "google_genai": fails(413)}, "context_length"),
        (fails(400), "bad_request"),
        (truncates(), "truncated"),
        (says(""), "empty"),
    ],
)
async def test_second_model_answers_at_once_where_asking_again_is_no_use(
    provider: ProviderDouble, way: Way, at: Desk, turns: Turn | Mapping[str, Turn], outcome: str
) -> None:
    provider.always(way.first, turns if isinstance(turns, Turn) else turns[way.first])
    provider.script(way.second, says(GOOD))

    authored = await way.write(at)

    assert outcomes(authored.attempts) == [outcome, "ok"]
    assert authored.degraded is False


@pytest.mark.parametrize("turn", [stalls(), says(GOOD, delay_s=3.0)])
async def test_after_silence_the_second_model_is_asked(provider: ProviderDouble, way: Way, hurried: Desk, turn: Turn) -> None:
    provider.always(way.first, turn)
    provider.script(way.second, says(GOOD))

    authored = await way.write(hurried)

    assert outcomes(authored.attempts) == ["timeout", "ok"]


@pytest.mark.parametrize(
    "bad", [(UNGROUNDED, "ungrounded", 'free_number: in "You ran 25 km."'), (OFF_SCHEMA, "off_schema", "observations")]
)
async def test_repair_turn_names_what_was_wrong(provider: ProviderDouble, way: Way, at: Desk, bad: tuple[str, str, str]) -> None:
    text, outcome, named = bad
    provider.script(way.first, says(text), says(GOOD))

    authored = await way.write(at)

    assert outcomes(authored.attempts) == [outcome, "repaired"]
    before, after = (exchange.request for exchange in provider.exchanges)
    assert after.texts[: len(before.texts)] == before.texts
    assert after.texts[-2] == text
    assert named in after.texts[-1]
    assert [draft.raw for draft in authored.drafts] == [text, GOOD]


async def test_at_most_three_calls_are_made(provider: ProviderDouble, way: Way, at: Desk) -> None:
    provider.always(way.first, says(UNGROUNDED))
    provider.always(way.second, says(UNGROUNDED))

    authored = await way.write(at)

    assert outcomes(authored.attempts) == ["ungrounded", "ungrounded", "ungrounded", "ok"]
    assert len(provider.exchanges) == 3
    assert authored.model is None


@pytest.mark.parametrize(("one", "other"), [(fails(500), fails(503)), (cuts(), fails(429)), (fails(401), truncates())])
async def test_rules_answer_when_both_are_down(provider: ProviderDouble, way: Way, at: Desk, one: Turn, other: Turn) -> None:
    provider.always(way.first, one)
    provider.always(way.second, other)

    authored = await way.write(at)

    assert authored.reply == reply("By the rules")
    assert authored.degraded is True
    assert authored.attempts[-1].provider == "rules"
    assert len(provider.exchanges) <= 3


@pytest.mark.parametrize(("turns", "outcome"), [({"openai": refuses(), "google_genai": blocks()}, "filtered"), (filters(), "filtered")])
async def test_a_refusal_is_not_routed_around(
    provider: ProviderDouble, way: Way, at: Desk, turns: Turn | Mapping[str, Turn], outcome: str
) -> None:
    turn = turns if isinstance(turns, Turn) else turns[way.first]
    provider.always(way.first, turn)

    authored = await way.write(at)

    assert outcomes(authored.attempts) == ["refused" if turn.refusal else outcome, "ok"]
    assert authored.attempts[-1].provider == "rules"
    assert authored.degraded is True
    assert [exchange.request.provider for exchange in provider.exchanges] == [way.first]


async def test_deadline_leaves_no_time_for_the_second_model(provider: ProviderDouble, way: Way) -> None:
    provider.always(way.first, stalls())
    limits = Limits(call_s=20.0, first_token_s=20.0, least_call_s=0.3, reserve_s=0.1)

    async with desk(provider, route=way.route, limits=limits) as opened:
        authored = await way.write(opened, seconds=1.0)

    assert outcomes(authored.attempts) == ["timeout", "ok"]
    assert authored.attempts[-1].provider == "rules"


@pytest.mark.parametrize("closed", [sheet(models_allowed=False), sheet(safety="injury")])
async def test_without_consent_or_on_the_safety_path_no_model_is_asked(
    provider: ProviderDouble, way: Way, at: Desk, closed: FactSheet
) -> None:
    authored = await way.write(at, closed)

    assert outcomes(authored.attempts) == ["ok"]
    assert authored.model is None
    assert authored.degraded is False
    assert provider.exchanges == []


async def test_rules_that_break_their_promise_are_a_fault_and_are_booked(provider: ProviderDouble) -> None:
    provider.always("openai", fails(401))
    provider.always("google_genai", fails(401))

    async with desk(provider, analyst=PlainAnalyst(reply("25 km"))) as opened:
        with pytest.raises(Ungrounded, match="free_number"):
            await opened.write(order())

    assert outcomes(opened.monitor.attempts) == ["auth", "auth", "ungrounded"]


def outcomes_of(told: Sequence[Authored]) -> list[list[str]]:
    return [outcomes(authored.attempts) for authored in told]


async def test_a_dead_model_is_not_tried_on_every_request(provider: ProviderDouble, way: Way, at: Desk) -> None:
    provider.always(way.first, fails(503))
    provider.always(way.second, says(GOOD))

    told = [await way.write(at) for _ in range(5)]

    assert outcomes_of(told) == [
        ["unavailable", "unavailable", "ok"],
        ["unavailable", "unavailable", "ok"],
        ["unavailable", "breaker_open", "ok"],
        ["breaker_open", "ok"],
        ["breaker_open", "ok"],
    ]
    assert told[-1].attempts[0].detail == "not asked: left alone since it was unavailable"
    assert [exchange.request.provider for exchange in provider.exchanges].count(way.first) == 5


async def test_a_key_that_fails_is_tried_once_and_raises_one_alarm(provider: ProviderDouble, way: Way, at: Desk) -> None:
    provider.always(way.first, fails(401, code="invalid_api_key"))
    provider.always(way.second, says(GOOD))

    told = [await way.write(at) for _ in range(3)]

    assert outcomes_of(told) == [["auth", "ok"], ["breaker_open", "ok"], ["breaker_open", "ok"]]
    assert [(alarm.provider, alarm.outcome.value) for alarm in at.monitor.alarms] == [(way.first, "auth")]
