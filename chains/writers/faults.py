"""What a failed call says of itself → outcome, and when to ask again: one table, made from the sources of both client libraries."""

import asyncio
from collections.abc import Iterator, Mapping

import httpx
import httpx2
import openai
from google.genai.errors import APIError as GoogleAPIError

from chains.attempt import Outcome
from chains.errors import ProviderFault
from chains.writers.retry_after import retry_after_s

PROVIDER_ERRORS: tuple[type[Exception], ...] = (
    openai.OpenAIError,
    GoogleAPIError,
    httpx.HTTPError,
    httpx2.HTTPError,
    httpx.StreamError,
    httpx2.StreamError,
    OSError,
    asyncio.TimeoutError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)
"""What the client libraries raise. The last five are theirs for a body that is no completion: HTML, broken or bottomless JSON."""

_TIMEOUTS = (asyncio.TimeoutError, openai.APITimeoutError, httpx.TimeoutException, httpx2.TimeoutException)
_CONNECTIONS = (openai.APIConnectionError, httpx.TransportError, httpx2.TransportError, OSError)
_NEVER_SENT = (
    httpx.ConnectError,
    httpx2.ConnectError,
    httpx.ConnectTimeout,
    httpx2.ConnectTimeout,
    httpx.PoolTimeout,
    httpx2.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx2.UnsupportedProtocol,
)

_BY_CODE: Mapping[str, Outcome] = {
    "context_length_exceeded": Outcome.CONTEXT_LENGTH,
    "exceed_context_size_error": Outcome.CONTEXT_LENGTH,
    "insufficient_quota": Outcome.QUOTA,
    "billing_hard_limit_reached": Outcome.QUOTA,
    "content_filter": Outcome.FILTERED,
    "content_policy_violation": Outcome.FILTERED,
    "model_not_found": Outcome.RETIRED,
    "invalid_api_key": Outcome.AUTH,
    "API_KEY_INVALID": Outcome.AUTH,
    "PerDay": Outcome.QUOTA,
}
"""A provider's own code says more than the status: quota looks like a rate limit, Gemini's bad key like a bad request."""

_BY_TYPE: Mapping[str, Outcome] = {
    "rate_limit_exceeded": Outcome.RATE_LIMITED,
    "rate_limit_error": Outcome.RATE_LIMITED,
    "requests": Outcome.RATE_LIMITED,
    "tokens": Outcome.RATE_LIMITED,
    "authentication_error": Outcome.AUTH,
    "permission_error": Outcome.AUTH,
    "invalid_request_error": Outcome.BAD_REQUEST,
    "RESOURCE_EXHAUSTED": Outcome.RATE_LIMITED,
    "UNAUTHENTICATED": Outcome.AUTH,
    "PERMISSION_DENIED": Outcome.AUTH,
    "NOT_FOUND": Outcome.RETIRED,
    "INVALID_ARGUMENT": Outcome.BAD_REQUEST,
    "DEADLINE_EXCEEDED": Outcome.TIMEOUT,
}
"""What an error inside a stream says instead of a status: OpenAI's types, Gemini's canonical names. Any other is an outage."""

_TOO_LONG = ("exceeds the maximum number of tokens allowed", "exceeds the context window", "prompt is too long", "token limit")
"""Said in words alone by Gemini, and by some servers that speak OpenAI's API."""

_BY_STATUS: Mapping[int, Outcome] = {
    400: Outcome.BAD_REQUEST,
    401: Outcome.AUTH,
    403: Outcome.AUTH,
    404: Outcome.RETIRED,
    408: Outcome.TIMEOUT,
    413: Outcome.CONTEXT_LENGTH,
    422: Outcome.BAD_REQUEST,
    429: Outcome.RATE_LIMITED,
    504: Outcome.TIMEOUT,
}

Error = Mapping[str, object]
"""The object that both providers send under `error`."""


def fault_of(error: BaseException) -> ProviderFault:
    """A failed call. The detail names the kind of error and its status: never a payload, a key or the prompt."""
    kind, said = type(error).__name__, _said(error)
    status = _status(error)
    if status is None and not said:
        return _lost(error, kind)
    return _told(said, status, _headers(error), kind)


def fault_in(error: object) -> ProviderFault:
    """An error inside an answer or a stream that began well: the same as if it had been the status."""
    return _told(error if isinstance(error, Mapping) else {}, None, {}, "error in the answer")


def _told(said: Error, status: int | None, headers: Mapping[str, str], kind: str) -> ProviderFault:
    """The provider has said what was wrong."""
    status = status if status is not None else _status_in(said)
    outcome = _outcome(said, status)
    detail = f"{kind}, HTTP {status}" if status else kind
    return ProviderFault(outcome, detail, retry_after_s=retry_after_s(headers, said), maybe_billed=outcome is Outcome.TIMEOUT)


def _lost(error: BaseException, kind: str) -> ProviderFault:
    """Nothing was said. The provider may have worked unless the request never reached it."""
    causes = tuple(_causes(error))
    billed = not any(isinstance(cause, (*_NEVER_SENT, ConnectionRefusedError)) for cause in causes)
    if any(isinstance(cause, _TIMEOUTS) for cause in causes):
        return ProviderFault(Outcome.TIMEOUT, kind, maybe_billed=billed)
    if any(isinstance(cause, _CONNECTIONS) for cause in causes):
        return ProviderFault(Outcome.CONNECTION, kind, maybe_billed=billed)
    return ProviderFault(Outcome.UNAVAILABLE, kind, maybe_billed=billed)


def _outcome(said: Error, status: int | None) -> Outcome:
    codes = tuple(_codes(said))
    for code in codes:
        if code in _BY_CODE:
            return _BY_CODE[code]
    if (status is None or status < 500) and any(phrase in str(said.get("message")) for phrase in _TOO_LONG):
        return Outcome.CONTEXT_LENGTH
    if status is not None:
        return _BY_STATUS.get(status, Outcome.UNAVAILABLE if status >= 500 else Outcome.BAD_REQUEST)
    return next((_BY_TYPE[code] for code in codes if code in _BY_TYPE), Outcome.UNAVAILABLE)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made from."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__


def _status(error: BaseException) -> int | None:
    status = error.code if isinstance(error, GoogleAPIError) else getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _status_in(said: Error) -> int | None:
    """Gemini repeats the status as a number, and so do some servers that speak OpenAI's API."""
    code = said.get("code")
    status = int(code) if isinstance(code, int | str) and str(code).isdecimal() and len(str(code)) == 3 else None
    return status if status is not None and status >= 400 else None


def _headers(error: BaseException) -> Mapping[str, str]:
    headers = getattr(getattr(error, "response", None), "headers", {})
    return headers if isinstance(headers, Mapping) else {}


def _said(error: BaseException) -> Error:
    """What the provider wrote under `error`."""
    body = error.details if isinstance(error, GoogleAPIError) else getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def _codes(said: Error) -> Iterator[str]:
    """Codes, types, reasons and violated quotas; a daily quota is named '...PerDay...'."""
    yield from (str(said[name]) for name in ("code", "type", "status") if said.get(name))
    for detail in _objects(said.get("details")):
        yield str(detail.get("reason", ""))
        if any("PerDay" in str(violation.get("quotaId")) for violation in _objects(detail.get("violations"))):
            yield "PerDay"


def _objects(value: object) -> Iterator[Error]:
    yield from (item for item in value if isinstance(item, Mapping)) if isinstance(value, list) else ()
