"""The baseline: the composition that LangChain's documentation teaches, over the same store, the same clients and the same model.

Profile and the last thirty activities are read, the model gets them as JSON and is bound to the schema of our reply, what it says is parsed
and inserted. Nothing is computed, checked, priced or booked, and nobody is asked whether the insight is there already.
"""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bson import Binary
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import PydanticOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable
from langchain_google_genai import ChatGoogleGenerativeAI
from openai import DefaultAsyncHttpxClient

from app.activities.documents import WITHOUT_DETAIL
from app.database import Database
from chains.reply import Reply
from chains.request import InsightKind
from chains.writers.dialects import gemini_schema, openai_format
from tests.benchmarks.price.provider import Provider
from tests.provider.clients import GOOGLE_MODEL, OPENAI_MODEL
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY

ACTIVITIES = 30
NEWEST_FIRST = [("started_at", -1), ("_id", -1)]

PROMPT = ChatPromptTemplate(
    [
        ("system", "You are a coach. Write an insight about the athlete's training as JSON. Use only the data you are given."),
        ("human", "Kind: {kind}.\n\nPROFILE\n{profile}\n\nLAST ACTIVITIES, newest first\n{activities}"),
    ]
)

Written = Runnable[dict[str, Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """`bound` and `structured` are the two ways of asking for the schema; `model` is the bare chat model."""

    database: Database
    model: BaseChatModel
    bound: Written
    structured: Written

    async def insight(self, athlete_id: str, kind: InsightKind, chain: Written, *, is_short: bool = False) -> None:
        """One insight, read to inserted. `is_short` leaves out laps, splits and best efforts of the activities."""
        profile = await self.database["profiles"].find_one({"athlete_id": athlete_id})
        projection = WITHOUT_DETAIL if is_short else None
        found = self.database["activities"].find({"athlete_id": athlete_id}, projection, sort=NEWEST_FIRST, limit=ACTIVITIES)
        about = {"kind": kind.value, "profile": _json(profile), "activities": _json(await found.to_list())}
        reply = await chain.ainvoke(about)
        document = {"_id": uuid4().hex, "athlete_id": athlete_id, "kind": kind.value, "model": OPENAI_MODEL, **reply.model_dump()}
        await self.database["plain_insights"].insert_one(document)


@asynccontextmanager
async def open_plain(database: Database, provider: Provider) -> AsyncIterator[Plain]:
    """Clients as long as the block."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(DefaultAsyncHttpxClient())
        openai = init_chat_model(
            OPENAI_MODEL,
            model_provider="openai",
            api_key=OPENAI_KEY,
            base_url=provider.openai_url,
            max_retries=0,
            stream_usage=True,
            http_async_client=http,
        )
        google = ChatGoogleGenerativeAI(model=GOOGLE_MODEL, google_api_key=GOOGLE_KEY, base_url=provider.google_url, max_retries=1)
        stack.push_async_callback(google.aclose)
        parser: PydanticOutputParser[Reply] = PydanticOutputParser(pydantic_object=Reply)
        schema = {"response_mime_type": "application/json", "response_json_schema": gemini_schema(Reply)}
        other = PROMPT | google.bind(**schema) | parser
        yield Plain(
            database=database,
            model=openai,
            bound=(PROMPT | openai.bind(response_format=openai_format(Reply)) | parser).with_fallbacks([other]),
            structured=(PROMPT | openai.with_structured_output(Reply)).with_fallbacks([PROMPT | google.with_structured_output(Reply)]),
        )


def _json(value: object) -> str:
    """Without blocks of bytes, which are no text."""
    return json.dumps(value, default=lambda other: None if isinstance(other, Binary | bytes) else str(other))
