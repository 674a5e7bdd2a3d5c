"""CPU of a streamed reply of 250 chunks: told section by section, grounded, booked, against the chat model's bare `astream` of the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx2
from langchain_core.messages import BaseMessage
from openai import AsyncOpenAI

from chains.reply import Reply
from chains.request import InsightKind
from chains.sections import Section
from chains.writers.brief import Brief
from chains.writers.dialects import openai_format
from tests.benchmarks.price.cpu import cpu_ms
from tests.benchmarks.price.world import ATHLETE, World, asked
from tests.provider.clients import OPENAI_MODEL
from tests.provider.keys import OPENAI_KEY

BLOCKS = 5
STREAMED, BARE = "ours, streamed: called, told, grounded, booked", "the model's bare astream"
WHOLE, BARE_CALL, SDK, HTTP = "ours, called, grounded, booked", "the model's bare ainvoke", "the SDK alone", "bare HTTP"
MAX_STREAM = 1.2
"""The bar."""


@dataclass(slots=True)
class Audience:
    """Listens and does nothing."""

    sections: int = 0

    async def section(self, section: Section) -> None:
        self.sections += 1

    async def reset(self) -> None:
        raise AssertionError("the reply is good")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare:
    """The same request without us."""

    world: World
    messages: Sequence[BaseMessage]
    http: httpx2.AsyncClient
    sdk: AsyncOpenAI

    async def astream(self) -> None:
        async for _ in self.world.plain.model.bind(response_format=openai_format(Reply)).astream(list(self.messages)):
            pass

    async def ainvoke(self) -> None:
        await self.world.plain.model.bind(response_format=openai_format(Reply)).ainvoke(list(self.messages))

    async def by_sdk(self) -> None:
        body = self._body()
        await self.sdk.chat.completions.create(**body)

    async def by_http(self) -> None:
        answer = await self.http.post(f"{self.world.provider.openai_url}/chat/completions", json=self._body())
        answer.json()

    def _body(self) -> dict[str, Any]:
        roles = {"system": "system", "human": "user"}
        messages = [{"role": roles[message.type], "content": message.content} for message in self.messages]
        return {"model": OPENAI_MODEL, "messages": messages, "response_format": openai_format(Reply)}


async def measure_calls(world: World, kind: InsightKind) -> dict[str, float]:
    """Plain and streamed, facts and storing not counted: only what lies between prompt and grounded reply."""
    insights = world.service.insights
    prepared = (await insights.prepare(ATHLETE, asked(kind))).prepared
    messages = Brief(sheet=prepared.sheet, script=prepared.script).messages
    async with httpx2.AsyncClient() as http, httpx2.AsyncClient() as other:
        sdk = AsyncOpenAI(api_key=OPENAI_KEY, base_url=world.provider.openai_url, max_retries=0, http_client=other)
        bare = _Bare(world=world, messages=messages, http=http, sdk=sdk)
        return await cpu_ms(
            {
                STREAMED: partial(insights.write, prepared, Audience()),
                BARE: bare.astream,
                WHOLE: partial(insights.write, prepared),
                BARE_CALL: bare.ainvoke,
                SDK: bare.by_sdk,
                HTTP: bare.by_http,
            },
            blocks=BLOCKS,
        )
