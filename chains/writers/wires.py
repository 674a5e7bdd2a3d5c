"""The two providers' wires: requests as LangChain's chat models are configured for them, answers read as plain JSON.

Not through the chat models' own `ainvoke` and `astream`: of a call they take twice the CPU, of a stream of 250 chunks eight times, for
message objects that nobody here reads.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Protocol

import httpx2
from google.genai.errors import APIError
from langchain_core.messages import BaseMessage, HumanMessage
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI
from openai import AsyncStream
from pydantic_core import from_json

from chains.reply import Reply
from chains.writers.dialects import gemini_schema, openai_format
from chains.writers.pieces import Json, Piece, gemini_piece, openai_piece

Messages = Sequence[BaseMessage]


class Wire(Protocol):
    """One model behind one provider's API."""

    async def ask(self, messages: Messages) -> object:
        """One answer, whole, as JSON."""
        ...

    def stream(self, messages: Messages) -> AsyncGenerator[object, None]:
        """The same in chunks, as they come."""
        ...

    def read(self, sent: Json) -> Piece:
        """An answer or a chunk."""
        ...


class OpenAIWire:
    """Chat completions."""

    def __init__(self, chat: ChatOpenAI) -> None:
        self._chat = chat
        self._format = openai_format(Reply)

    async def ask(self, messages: Messages) -> object:
        answer: object = await self._chat.root_async_client.post(_COMPLETIONS, body=self._body(messages), cast_to=object)
        return answer

    async def stream(self, messages: Messages) -> AsyncGenerator[object, None]:
        body = self._body(messages, stream=True, stream_options={"include_usage": True})
        chunks = await self._chat.root_async_client.post(
            _COMPLETIONS, body=body, cast_to=object, stream=True, stream_cls=AsyncStream[object]
        )
        async with chunks:
            async for chunk in chunks:
                yield chunk

    def read(self, sent: Json) -> Piece:
        return openai_piece(sent)

    def _body(self, messages: Messages, **how: Any) -> Mapping[str, Any]:
        return self._chat._get_request_payload(list(messages), response_format=self._format, **how)


class GeminiWire:
    """`generateContent` of the Gemini API. Its own client leaves a stream that broke to the garbage collector, hence ours."""

    def __init__(self, chat: ChatGoogleGenerativeAI, http: httpx2.AsyncClient) -> None:
        self._http = http
        self._path = f"/v1beta/models/{chat.model.removeprefix('models/')}"
        self._config = _generation_config(chat)

    async def ask(self, messages: Messages) -> object:
        response = await self._http.post(f"{self._path}:generateContent", json=self._body(messages))
        await APIError.raise_for_async_response(response)
        return from_json(response.content)

    async def stream(self, messages: Messages) -> AsyncGenerator[object, None]:
        path = f"{self._path}:streamGenerateContent?alt=sse"
        async with self._http.stream("POST", path, json=self._body(messages)) as response:
            await APIError.raise_for_async_response(response)
            async with aclosing(_events(response)) as events:
                async for event in events:
                    yield from_json(event)

    def read(self, sent: Json) -> Piece:
        return gemini_piece(sent)

    def _body(self, messages: Messages) -> dict[str, object]:
        system = [_part(message) for message in messages if message.type == "system"]
        turns = [{"role": _ROLES[m.type], "parts": [_part(m)]} for m in messages if m.type != "system"]
        return {"systemInstruction": {"parts": system}, "contents": turns, "generationConfig": self._config}


async def _events(response: httpx2.Response) -> AsyncGenerator[str, None]:
    """Server-sent events of one line of data, as Gemini writes them, or an error in plain JSON."""
    async for line in response.aiter_lines():
        if line.startswith(("data:", "{", "[")):
            yield line.removeprefix("data:")


_COMPLETIONS = "/chat/completions"
_ROLES = {"human": "user", "ai": "model"}


def _part(message: BaseMessage) -> Mapping[str, str]:
    return {"text": message.text}


def _generation_config(chat: ChatGoogleGenerativeAI) -> Mapping[str, object]:
    """As LangChain configures the model, with the reply's schema."""
    prepared = chat._prepare_request(
        [HumanMessage("any")], response_mime_type="application/json", response_json_schema=gemini_schema(Reply)
    )
    config: Mapping[str, object] = prepared["config"].model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"http_options"})
    return config
