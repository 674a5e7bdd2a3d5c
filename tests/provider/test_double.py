"""The double itself: streams as both libraries read them, and requests beyond the script."""

import asyncio

import pytest
from langchain.chat_models import init_chat_model
from langchain_core.messages import AIMessageChunk
from langchain_google_genai import ChatGoogleGenerativeAI
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, InternalServerError

from tests.provider.double import ProviderDouble
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY
from tests.provider.turn import Tokens, says

TOKENS = Tokens(input=100, cached=40, output=50, reasoning=20)


async def test_openai_streams(provider: ProviderDouble) -> None:
    provider.script("openai", says("one two three four", tokens=TOKENS))

    async with DefaultAsyncHttpxClient() as http:
        chat = init_chat_model(
            "gpt-4o",
            model_provider="openai",
            api_key=OPENAI_KEY,
            base_url=provider.openai_url,
            http_async_client=http,
            stream_usage=True,
            max_retries=0,
        )
        whole: AIMessageChunk | None = None
        async for chunk in chat.astream("count"):
            assert isinstance(chunk, AIMessageChunk)
            whole = chunk if whole is None else whole + chunk

    assert whole is not None
    assert whole.text == "one two three four"
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["input_tokens"] == TOKENS.input
    assert whole.response_metadata["finish_reason"] == "stop"
    assert provider.exchanges[0].request.stream is True


async def test_gemini_streams(provider: ProviderDouble) -> None:
    provider.script("google_genai", says("one two three four", tokens=TOKENS))
    chat = ChatGoogleGenerativeAI(model="gemini-2.5-flash-lite", google_api_key=GOOGLE_KEY, base_url=provider.google_url, max_retries=1)

    pieces = [chunk.text async for chunk in chat.astream("count")]
    await chat.aclose()

    assert "".join(pieces) == "one two three four"
    assert len(pieces) > 1


async def test_a_request_beyond_the_script_fails_by_name(provider: ProviderDouble) -> None:
    async with DefaultAsyncHttpxClient() as http:
        client = AsyncOpenAI(api_key=OPENAI_KEY, base_url=provider.openai_url, http_client=http, max_retries=0)
        with pytest.raises(InternalServerError, match="no script"):
            await client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "hello"}])


async def test_many_requests_at_once(provider: ProviderDouble) -> None:
    provider.always("openai", says(lambda request: request.texts[-1]))

    async with DefaultAsyncHttpxClient() as http:
        client = AsyncOpenAI(api_key=OPENAI_KEY, base_url=provider.openai_url, http_client=http, max_retries=0)

        async def ask(text: str) -> str | None:
            answer = await client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": text}])
            return answer.choices[0].message.content

        async with asyncio.TaskGroup() as group:
            asked = {text: group.create_task(ask(text)) for text in map(str, range(20))}

    assert {text: task.result() for text, task in asked.items()} == {text: text for text in asked}
