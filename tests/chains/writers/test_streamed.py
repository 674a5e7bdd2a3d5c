"""Streams and whole answers, on both wire formats: the same answer for the same reply, and a fault for whatever is not all of one."""

import pytest

from chains.attempt import Outcome, Usage
from chains.errors import InvalidReply, ProviderFault
from chains.writers.port import Answer
from chains.writers.reading import read_reply
from tests.chains.writers.asking import BRIEF, LIMIT_S, PROVIDERS, ask, asked_once, fault_of_turn, writer_of
from tests.chains.writing import GOOD, reply
from tests.provider.double import ProviderDouble
from tests.provider.turn import Body, Tokens, Turn, blocks, cuts, fails, fails_as_google, filters, google_error, refuses, says, truncates
from tests.provider.wire import body_of, events_of

TOKENS = Tokens(input=100, cached=40, output=50, reasoning=20)
OPENAI, GOOGLE = PROVIDERS
RETRY = fails_as_google(429, "RESOURCE_EXHAUSTED", retryDelay="3s")

plain_and_streamed = pytest.mark.parametrize("streamed", [False, True], ids=["plain", "streamed"])
both = pytest.mark.parametrize("name", PROVIDERS)


@both
@pytest.mark.parametrize("chunks", [1, 4, len(GOOD)])
async def test_a_stream_gives_the_answer_of_a_plain_call(provider: ProviderDouble, name: str, chunks: int) -> None:
    turn = says(GOOD, served="dated-model", tokens=TOKENS, chunks=chunks)
    provider.script(name, turn, turn)

    async with writer_of(provider, name) as writer:
        plain, streamed = await ask(writer, streamed=False), await ask(writer, streamed=True)

    usage = Usage(input_tokens=100, cached_input_tokens=40, output_tokens=50, reasoning_tokens=20)
    assert plain.answer == streamed.answer == Answer(raw=GOOD, usage=usage, served="dated-model")
    assert "".join(streamed.heard) == GOOD
    assert len(streamed.heard) == chunks
    assert [exchange.request.stream for exchange in provider.exchanges] == [False, True]


@both
async def test_the_schema_arrives_plain_and_streamed(provider: ProviderDouble, name: str) -> None:
    provider.script(name, says(GOOD), says(GOOD))

    async with writer_of(provider, name) as writer:
        await ask(writer, streamed=False)
        await ask(writer, streamed=True)

    for exchange in provider.exchanges:
        body = exchange.request.body
        if name == OPENAI:
            schema = body["response_format"]["json_schema"]
            assert schema["strict"] is True
            assert list(schema["schema"]["properties"]) == ["headline", "observations", "actions", "question"]
            assert body["max_completion_tokens"] == 4000
            assert ("stream_options" in body) is exchange.request.stream
        else:
            config = body["generationConfig"]
            assert config["responseJsonSchema"]["propertyOrdering"] == ["headline", "observations", "actions", "question"]
            assert (config["responseMimeType"], config["maxOutputTokens"]) == ("application/json", 4000)
        assert list(exchange.request.texts) == [message.text for message in BRIEF.messages]
        assert exchange.request.headers["accept-encoding"] == "identity"


@plain_and_streamed
@pytest.mark.parametrize(
    ("name", "turn", "outcome"),
    [
        (OPENAI, truncates(), Outcome.TRUNCATED),
        (OPENAI, filters(), Outcome.FILTERED),
        (OPENAI, says('{"headline": "The first', finish="content_filter"), Outcome.FILTERED),
        (OPENAI, refuses(), Outcome.REFUSED),
        (OPENAI, says(" "), Outcome.EMPTY),
        (OPENAI, says(GOOD, finish="because"), Outcome.EMPTY),
        (OPENAI, says(GOOD, finish="tool_calls"), Outcome.OFF_SCHEMA),
        (GOOGLE, truncates(), Outcome.TRUNCATED),
        (GOOGLE, filters(), Outcome.FILTERED),
        (GOOGLE, says('{"headline": "The first', finish="content_filter"), Outcome.FILTERED),
        (GOOGLE, blocks(), Outcome.FILTERED),
        (GOOGLE, says(""), Outcome.EMPTY),
        (GOOGLE, says(GOOD, finish="BECAUSE"), Outcome.EMPTY),
    ],
)
async def test_why_it_ended(provider: ProviderDouble, name: str, turn: Turn, outcome: Outcome, streamed: bool) -> None:
    asked = await asked_once(provider, name, turn, streamed=streamed)

    assert asked.answer is not None
    assert asked.answer.outcome is outcome
    assert "because" not in str(asked.answer.detail).lower()
    billed = provider.exchanges[0].tokens
    assert (asked.answer.usage.input_tokens, asked.answer.usage.output_tokens) == (billed.input, billed.output)


@both
@plain_and_streamed
@pytest.mark.parametrize(
    ("turn", "outcome", "maybe_billed"),
    [
        pytest.param(fails(500), Outcome.UNAVAILABLE, False, id="500"),
        pytest.param(fails(503), Outcome.UNAVAILABLE, False, id="503"),
        pytest.param(fails(504), Outcome.TIMEOUT, True, id="504"),
        pytest.param(fails(429), Outcome.RATE_LIMITED, False, id="429"),
        pytest.param(fails(401), Outcome.AUTH, False, id="401"),
        pytest.param(fails(403), Outcome.AUTH, False, id="403"),
        pytest.param(fails(404), Outcome.RETIRED, False, id="404"),
        pytest.param(fails(400), Outcome.BAD_REQUEST, False, id="400"),
        pytest.param(fails(400, message="exceeds the maximum number of tokens allowed"), Outcome.CONTEXT_LENGTH, False, id="too long"),
        pytest.param(Turn(resets=True), Outcome.CONNECTION, True, id="reset before headers"),
        pytest.param(Turn(text=GOOD, cut_after=0), Outcome.CONNECTION, True, id="reset after headers"),
        pytest.param(cuts(), Outcome.CONNECTION, True, id="cut"),
        pytest.param(says(GOOD, ends=False), Outcome.CONNECTION, True, id="no end"),
        pytest.param(says(GOOD, stream_error={"message": "x"}), Outcome.UNAVAILABLE, False, id="error without a code"),
        pytest.param(says(GOOD, malformed=True), Outcome.UNAVAILABLE, True, id="malformed"),
        pytest.param(says(GOOD, stream_error={"code": 503, "message": "x"}), Outcome.UNAVAILABLE, False, id="error inside"),
        pytest.param(says(GOOD, stream_error={"code": 429, "message": "x"}), Outcome.RATE_LIMITED, False, id="limit inside"),
        pytest.param(says(GOOD, stream_error={"code": 503}, error_as_list=True), Outcome.UNAVAILABLE, False, id="error in a list"),
        pytest.param(Turn(status=502, error="<html>bad gateway</html>"), Outcome.UNAVAILABLE, False, id="html"),
    ],
)
async def test_each_failure(
    provider: ProviderDouble, name: str, turn: Turn, outcome: Outcome, maybe_billed: bool, streamed: bool
) -> None:  # fmt: skip
    fault = await fault_of_turn(provider, name, turn, streamed=streamed)

    assert (fault.outcome, fault.maybe_billed) == (outcome, maybe_billed or fault.outcome == Outcome.TIMEOUT)
    assert fault.__cause__ is None


@both
@plain_and_streamed
@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(Turn(silent=True), id="silent"),
        pytest.param(says(GOOD, body_delay_s=20.0), id="slow first token"),
        pytest.param(says(GOOD, stall_after=300), id="stalled"),
    ],
)
async def test_silence_times_out(provider: ProviderDouble, name: str, turn: Turn, streamed: bool) -> None:
    fault = await fault_of_turn(provider, name, turn, streamed=streamed, limit_s=LIMIT_S)

    assert (fault.outcome, fault.maybe_billed) == (Outcome.TIMEOUT, True)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        ({"type": "server_error", "message": "x"}, Outcome.UNAVAILABLE),
        ({"type": "rate_limit_error", "code": None}, Outcome.RATE_LIMITED),
        ({"type": "insufficient_quota", "code": "insufficient_quota"}, Outcome.QUOTA),
        ({"type": "invalid_request_error", "code": "context_length_exceeded"}, Outcome.CONTEXT_LENGTH),
        ({"code": "429"}, Outcome.RATE_LIMITED),
    ],
)
async def test_openai_s_error_events_are_told_apart(provider: ProviderDouble, error: Body, outcome: Outcome) -> None:
    fault = await fault_of_turn(provider, OPENAI, says(GOOD, stream_error=error), streamed=True)

    assert fault.outcome == outcome


async def test_gemini_s_error_event_carries_its_details(provider: ProviderDouble) -> None:
    error = google_error(429, "RESOURCE_EXHAUSTED", retryDelay="3s")

    fault = await fault_of_turn(provider, GOOGLE, says(GOOD, stream_error=error), streamed=True)

    assert (fault.outcome, fault.retry_after_s) == (Outcome.RATE_LIMITED, 3.0)


@plain_and_streamed
@pytest.mark.parametrize(
    ("name", "turn", "seconds"),
    [
        (OPENAI, fails(429, headers={"retry-after": "7"}), 7.0),
        (GOOGLE, fails(503, headers={"retry-after": "7"}), 7.0),
        (OPENAI, fails(429, headers={"retry-after": "7", "retry-after-ms": "250"}), 0.25),
        (GOOGLE, RETRY, 3.0),
        (OPENAI, fails(429), None),
    ],
)
async def test_when_to_ask_again(provider: ProviderDouble, name: str, turn: Turn, seconds: float | None, streamed: bool) -> None:
    fault = await fault_of_turn(provider, name, turn, streamed=streamed)

    assert fault.retry_after_s == seconds


@plain_and_streamed
async def test_done_is_not_needed_where_the_reason_was_given(provider: ProviderDouble, streamed: bool) -> None:
    asked = await asked_once(provider, OPENAI, says(GOOD, done=False, tokens=TOKENS), streamed=streamed)

    assert asked.answer is not None
    assert read_reply(asked.answer) == reply()
    assert asked.answer.usage.input_tokens == 100


@both
@plain_and_streamed
@pytest.mark.parametrize(
    "usage", [{}, {"prompt_tokens": -5, "completion_tokens": 3, "promptTokenCount": -5, "candidatesTokenCount": 3}, {"total": "many"}]
)
async def test_a_count_that_cannot_be_is_no_count(provider: ProviderDouble, name: str, usage: Body, streamed: bool) -> None:
    asked = await asked_once(provider, name, says(GOOD, usage=usage), streamed=streamed)

    assert asked.answer is not None
    assert asked.answer.outcome is None
    assert (asked.answer.raw, asked.answer.usage, asked.answer.estimated) == (GOOD, Usage(), True)


@both
async def test_an_address_where_nobody_listens_was_never_billed(provider: ProviderDouble, name: str) -> None:
    with ProviderDouble() as gone:
        pass
    async with writer_of(gone, name) as writer:
        asked = await ask(writer, streamed=True)

    assert asked.fault is not None
    assert (asked.fault.outcome, asked.fault.maybe_billed) == (Outcome.CONNECTION, False)


@both
@plain_and_streamed
async def test_a_reply_cut_anywhere_is_never_accepted(provider: ProviderDouble, name: str, streamed: bool) -> None:
    provider.script(name, says(GOOD, chunks=8, tokens=Tokens()))
    async with writer_of(provider, name) as writer:
        await ask(writer, streamed=streamed)
        size = _last_needed(provider, streamed=streamed)
        for cut in range(0, size, 7):
            provider.script(name, says(GOOD, chunks=8, cut_after=cut))
            asked = await ask(writer, streamed=streamed)
            assert asked.fault is not None, cut
            assert asked.fault.maybe_billed, cut
        for end in range(1, len(GOOD)):
            with pytest.raises(InvalidReply):
                read_reply(Answer(raw=GOOD[:end]))
        for end in range(1, len(GOOD), 7):
            provider.script(name, truncates(GOOD[:end]))
            asked = await ask(writer, streamed=streamed)
            assert asked.answer is not None
            with pytest.raises(ProviderFault):
                read_reply(asked.answer)


def _last_needed(provider: ProviderDouble, *, streamed: bool) -> int:
    """Bytes before the reply's end has been said: of a stream, up to the chunk with the reason."""
    exchange = provider.exchanges[0]
    if not streamed:
        return len(body_of(exchange))
    events = [event for event in events_of(exchange) if b"DONE" not in event and b'"choices": []' not in event]
    return sum(map(len, events)) - 4


@both
async def test_who_leaves_a_stream_leaves_no_connection_behind(provider: ProviderDouble, name: str) -> None:
    provider.script(name, says(GOOD), says(GOOD))

    async def leave(piece: str) -> None:
        raise KeyError("a listener's own mistake")

    async with writer_of(provider, name) as writer:
        with pytest.raises(KeyError, match="own mistake"):
            await writer.write(BRIEF, leave)
        assert (await ask(writer, streamed=True)).answer is not None
