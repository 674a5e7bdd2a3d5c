"""The real client libraries against the double: what came back, what it cost, and why it failed, for both providers."""

import pytest

from chains.attempt import Outcome, Usage
from chains.errors import InvalidReply, ModelRefused, ProviderFault
from chains.writers.port import Answer
from chains.writers.reading import read_reply
from tests.chains.writers.asking import BRIEF, LIMIT_S, writer_of
from tests.chains.writing import GOOD, OFF_SCHEMA, reply
from tests.provider.double import ProviderDouble
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY
from tests.provider.turn import Tokens, Turn, blocks, cuts, fails, fails_as_google, filters, refuses, says, stalls, truncates

PER_DAY = {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}]}


@pytest.mark.parametrize("name", ["openai", "google_genai"])
async def test_answer_carries_usage_and_the_served_model(provider: ProviderDouble, name: str) -> None:
    provider.script(name, says(GOOD, served="dated-model", tokens=Tokens(input=100, cached=40, output=50, reasoning=20)))

    async with writer_of(provider, name) as writer:
        answer = await writer.write(BRIEF)

    usage = Usage(input_tokens=100, cached_input_tokens=40, output_tokens=50, reasoning_tokens=20)
    assert answer == Answer(raw=GOOD, usage=usage, served="dated-model")
    assert read_reply(answer) == reply()


@pytest.mark.parametrize(
    ("name", "turn", "outcome"),
    [
        ("openai", truncates(), Outcome.TRUNCATED),
        ("openai", filters(), Outcome.FILTERED),
        ("openai", refuses(), Outcome.REFUSED),
        ("openai", says(" "), Outcome.EMPTY),
        ("google_genai", truncates(), Outcome.TRUNCATED),
        ("google_genai", filters(), Outcome.FILTERED),
        ("google_genai", blocks(), Outcome.FILTERED),
        ("google_genai", says(""), Outcome.EMPTY),
    ],
)
async def test_why_it_ended_is_read_before_the_text(provider: ProviderDouble, name: str, turn: Turn, outcome: Outcome) -> None:
    provider.script(name, turn)

    async with writer_of(provider, name) as writer:
        answer = await writer.write(BRIEF)

    assert answer.outcome is outcome
    billed = provider.exchanges[0].tokens
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (billed.input, billed.output)
    expected = ModelRefused if outcome in {Outcome.REFUSED, Outcome.FILTERED} else ProviderFault
    with pytest.raises(expected):
        read_reply(answer)


@pytest.mark.parametrize(
    ("name", "turn", "outcome"),
    [
        ("openai", fails(500), Outcome.UNAVAILABLE),
        ("openai", fails(503), Outcome.UNAVAILABLE),
        ("openai", fails(504), Outcome.TIMEOUT),
        ("openai", fails(429), Outcome.RATE_LIMITED),
        ("openai", fails(429, code="insufficient_quota"), Outcome.QUOTA),
        ("openai", fails(401, code="invalid_api_key"), Outcome.AUTH),
        ("openai", fails(403), Outcome.AUTH),
        ("openai", fails(404, code="model_not_found"), Outcome.RETIRED),
        ("openai", fails(400, code="context_length_exceeded"), Outcome.CONTEXT_LENGTH),
        ("openai", fails(400, code="content_filter"), Outcome.FILTERED),
        ("openai", fails(400), Outcome.BAD_REQUEST),
        ("openai", stalls(), Outcome.TIMEOUT),
        ("openai", cuts(), Outcome.CONNECTION),
        ("openai", Turn(status=502, error="<html>bad gateway</html>"), Outcome.UNAVAILABLE),
        ("google_genai", fails(500), Outcome.UNAVAILABLE),
        ("google_genai", fails(503), Outcome.UNAVAILABLE),
        ("google_genai", fails(504), Outcome.TIMEOUT),
        ("google_genai", fails(429), Outcome.RATE_LIMITED),
        ("google_genai", fails_as_google(429, "RESOURCE_EXHAUSTED", **PER_DAY), Outcome.QUOTA),
        ("google_genai", fails_as_google(400, "API_KEY_INVALID"), Outcome.AUTH),
        ("google_genai", fails(403), Outcome.AUTH),
        ("google_genai", fails(404), Outcome.RETIRED),
        ("google_genai", fails(400, message="exceeds the maximum number of tokens allowed"), Outcome.CONTEXT_LENGTH),
        ("google_genai", fails(400), Outcome.BAD_REQUEST),
        ("google_genai", stalls(), Outcome.TIMEOUT),
        ("google_genai", cuts(), Outcome.CONNECTION),
        ("google_genai", Turn(status=502, error="<html>bad gateway</html>"), Outcome.UNAVAILABLE),
    ],
)
async def test_each_failure_has_its_outcome(provider: ProviderDouble, name: str, turn: Turn, outcome: Outcome) -> None:
    provider.script(name, turn)

    async with writer_of(provider, name, limit_s=LIMIT_S if turn.silent else 20.0) as writer:
        with pytest.raises(ProviderFault) as caught:
            await writer.write(BRIEF)

    assert caught.value.outcome == outcome
    assert len(provider.exchanges) == 1


@pytest.mark.parametrize("name", ["openai", "google_genai"])
async def test_a_fault_says_nothing_of_payload_or_key(provider: ProviderDouble, name: str) -> None:
    provider.script(name, fails(401, message=f"Incorrect API key {OPENAI_KEY} {GOOGLE_KEY} in: You are the coach's eye"))

    async with writer_of(provider, name) as writer:
        with pytest.raises(ProviderFault) as caught:
            await writer.write(BRIEF)

    assert caught.value.detail in {"AuthenticationError, HTTP 401", "ClientError, HTTP 401"}
    assert caught.value.__cause__ is None


async def test_each_provider_is_asked_in_its_own_dialect(provider: ProviderDouble) -> None:
    for name in ("openai", "google_genai"):
        provider.script(name, says(GOOD))
        async with writer_of(provider, name) as writer:
            await writer.write(BRIEF)

    openai, google = (exchange.request.body for exchange in provider.exchanges)
    assert openai["response_format"]["json_schema"]["strict"] is True
    assert openai["stream"] is False
    assert google["generationConfig"]["responseJsonSchema"]["propertyOrdering"][0] == "headline"
    assert google["generationConfig"]["responseMimeType"] == "application/json"


@pytest.mark.parametrize("raw", ["no json", OFF_SCHEMA, GOOD[:-5], '{"headline": "secret words", "extra": 1}', "[]"])
def test_what_is_off_schema_is_said_without_quoting_it(raw: str) -> None:
    with pytest.raises(InvalidReply, match="does not fit the schema") as caught:
        read_reply(Answer(raw=raw))

    assert caught.value.outcome == "off_schema"
    assert "secret" not in caught.value.detail


def test_a_markdown_fence_is_forgiven() -> None:
    assert read_reply(Answer(raw=f"```json\n{GOOD}\n```")) == reply()
