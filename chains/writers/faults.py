"""Provider exceptions → outcomes of the ledger: one table, made from the sources of both client libraries."""

import asyncio
from collections.abc import Iterator, Mapping

import httpx
import httpx2
import openai
from google.genai.errors import APIError as GoogleAPIError
from langchain_core.exceptions import ContextOverflowError, LangChainException
from langchain_google_genai._common import GoogleGenerativeAIError

from chains.attempt import Outcome
from chains.errors import ProviderFault

PROVIDER_ERRORS: tuple[type[Exception], ...] = (
    openai.OpenAIError,
    GoogleAPIError,
    GoogleGenerativeAIError,
    LangChainException,
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
)
"""What the client libraries raise. The last four are theirs for a body that is no completion: an HTML page, null choices, broken JSON."""

_TIMEOUTS = (asyncio.TimeoutError, openai.APITimeoutError, httpx.TimeoutException, httpx2.TimeoutException)
_CONNECTIONS = (openai.APIConnectionError, httpx.TransportError, httpx2.TransportError, OSError)

_BY_CODE: Mapping[str, Outcome] = {
    "context_length_exceeded": Outcome.CONTEXT_LENGTH,
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


def fault_of(error: BaseException) -> ProviderFault:
    """The outcome of a failed call. The detail names the kind of error and its status: never a payload, a key or the prompt."""
    outcome = _outcome(error)
    status = _status(error)
    kind = type(error).__name__
    return ProviderFault(outcome, f"{kind}, HTTP {status}" if status else kind)


def _outcome(error: BaseException) -> Outcome:
    for cause in _causes(error):
        if isinstance(cause, _TIMEOUTS):
            return Outcome.TIMEOUT
        if isinstance(cause, ContextOverflowError):
            return Outcome.CONTEXT_LENGTH
        for code in _codes(cause):
            if code in _BY_CODE:
                return _BY_CODE[code]
    status = _status(error)
    if status is not None:
        return _BY_STATUS.get(status, Outcome.UNAVAILABLE if status >= 500 else Outcome.BAD_REQUEST)
    if any(isinstance(cause, _CONNECTIONS) for cause in _causes(error)):
        return Outcome.CONNECTION
    return Outcome.UNAVAILABLE


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made from: LangChain wraps the library's own."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__


def _status(error: BaseException) -> int | None:
    for cause in _causes(error):
        status = cause.code if isinstance(cause, GoogleAPIError) else getattr(cause, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _codes(error: BaseException) -> Iterator[str]:
    if isinstance(error, openai.APIError):
        yield from (str(code) for code in (error.code, error.type) if code)
    if isinstance(error, GoogleAPIError):
        yield from _google_codes(error)


def _google_codes(error: GoogleAPIError) -> Iterator[str]:
    """Reasons and violated quotas out of `google.rpc` details; a daily quota is named '...PerDay...'."""
    body = error.details.get("error", {}) if isinstance(error.details, dict) else {}
    details = body.get("details", []) if isinstance(body, dict) else []
    for detail in (d for d in details if isinstance(d, dict)):
        yield str(detail.get("reason", ""))
        if any("PerDay" in str(v.get("quotaId", "")) for v in detail.get("violations", []) if isinstance(v, dict)):
            yield "PerDay"
