"""Model clients, built once and closed at the end: the route of each kind as writers. SDK retries are off, the router is the only loop."""

import ssl
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from typing import Any

import httpx2
from langchain.chat_models import init_chat_model
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI
from openai import DefaultAsyncHttpxClient, DefaultHttpxClient
from pydantic import HttpUrl, SecretStr

from app.settings import ModelSettings
from app.startup import SettingsError
from chains.money.overrides import PriceFileError, read_price_file
from chains.money.prices import NoPrice, Prices
from chains.request import InsightKind
from chains.writers.bounds import ask_plainly, read_boundedly
from chains.writers.dialects import Provider
from chains.writers.model import ModelWriter
from chains.writers.port import Writer
from chains.writers.wires import GeminiWire, OpenAIWire, Wire

OPENAI_URL = "https://api.openai.com/v1"
GOOGLE_URL = "https://generativelanguage.googleapis.com"
"""Stated even where they are the libraries' defaults: otherwise LANGSMITH_GATEWAY in the environment would redirect them."""

MAX_OUTPUT_TOKENS = 4000
"""Several times a long reply, with room for models that think first: a bound on what one call can cost."""


def open_prices(settings: ModelSettings) -> Prices:
    """The price list, with the operator's file before it. Raises SettingsError."""
    if settings.prices_file is None:
        return Prices()
    try:
        return Prices(read_price_file(settings.prices_file))
    except PriceFileError as error:
        raise SettingsError("INSIGHTS_PRICES_FILE", str(error)) from error


@asynccontextmanager
async def open_writers(settings: ModelSettings, prices: Prices) -> AsyncIterator[Mapping[InsightKind, Sequence[Writer]]]:
    """The writers of each kind in order; none where no provider of its route has a key. Raises SettingsError."""
    async with AsyncExitStack() as stack:
        named = [name for kind in InsightKind for name in settings.route_for(kind)]
        writers = {name: await _writer(stack, settings, prices, name) for name in dict.fromkeys(named)}
        yield {kind: [w for name in settings.route_for(kind) if (w := writers[name]) is not None] for kind in InsightKind}


async def _writer(stack: AsyncExitStack, settings: ModelSettings, prices: Prices, name: str) -> Writer | None:
    """None for a provider without a key."""
    provider, model = _parts(name)
    match provider:
        case Provider.OPENAI if settings.openai_api_key:
            wire: Wire = await _openai(stack, settings, model, settings.openai_api_key)
        case Provider.GOOGLE if settings.google_api_key:
            wire = await _google(stack, settings, model, settings.google_api_key)
        case _:
            return None
    try:
        prices.require(provider, model)
    except NoPrice as error:
        raise SettingsError("INSIGHTS_ROUTE", str(error)) from error
    return ModelWriter(provider=provider, model=model, wire=wire)


def _parts(name: str) -> tuple[Provider, str]:
    provider, _, model = name.partition(":")
    try:
        return Provider(provider), model
    except ValueError:
        known = " and ".join(Provider)
        raise SettingsError("INSIGHTS_ROUTE", f"no provider {provider!r}; there are {known}") from None


async def _openai(stack: AsyncExitStack, settings: ModelSettings, model: str, key: SecretStr) -> OpenAIWire:
    chat = init_chat_model(
        model,
        model_provider=Provider.OPENAI,
        api_key=key,
        base_url=_url(settings.openai_base_url, OPENAI_URL),
        timeout=_silence_s(settings),
        max_retries=0,
        max_tokens=MAX_OUTPUT_TOKENS,
        use_responses_api=False,
        http_client=stack.enter_context(DefaultHttpxClient(verify=_trusted())),
        http_async_client=await stack.enter_async_context(
            DefaultAsyncHttpxClient(verify=_trusted(), limits=_UNLIMITED, event_hooks=_HOOKS)
        ),
    )
    if not isinstance(chat, ChatOpenAI):
        raise TypeError(f"langchain made a {type(chat).__name__} of an OpenAI model")
    return OpenAIWire(chat)


async def _google(stack: AsyncExitStack, settings: ModelSettings, model: str, key: SecretStr) -> GeminiWire:
    """The model as LangChain configures it, asked by a client of ours."""
    url = _url(settings.google_base_url, GOOGLE_URL)
    chat = init_chat_model(
        model,
        model_provider=Provider.GOOGLE,
        google_api_key=key,
        base_url=url,
        max_output_tokens=MAX_OUTPUT_TOKENS,
        vertexai=False,
        client_args={"verify": _trusted()},
    )
    if not isinstance(chat, ChatGoogleGenerativeAI):
        raise TypeError(f"langchain made a {type(chat).__name__} of a Gemini model")
    await chat.aclose()
    headers = {"x-goog-api-key": key.get_secret_value()}
    timeout = httpx2.Timeout(_silence_s(settings))
    http = httpx2.AsyncClient(
        base_url=url, headers=headers, timeout=timeout, verify=_trusted(), limits=_UNLIMITED, event_hooks=_HOOKS
    )  # fmt: skip
    return GeminiWire(chat, await stack.enter_async_context(http))


_UNLIMITED = httpx2.Limits(max_connections=None, max_keepalive_connections=100)
"""How many insights are under way at once is decided at admission, not by waiting for a connection."""

_HOOKS: Mapping[str, list[Callable[..., Any]]] = {"request": [ask_plainly], "response": [read_boundedly]}


def _silence_s(settings: ModelSettings) -> float:
    """The client libraries wait for the next byte as long as the router may: it decides, they only never outlast it by much."""
    return max(settings.call_s, settings.first_token_s, settings.idle_s)


@cache
def _trusted() -> ssl.SSLContext:
    """Reading the certificates takes longer than all else here: once for all clients."""
    return httpx2.create_ssl_context()


def _url(configured: HttpUrl | None, default: str) -> str:
    return str(configured).rstrip("/") if configured else default
