"""When a provider wants to be asked again: from its headers, or from the body where Gemini puts it."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_S = 3600.0
"""House rule: what is longer than an hour is an hour; no request waits so long, and no breaker should."""

_NUMBER = re.compile(r"\d+(\.\d+)?")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)s")
"""How Protobuf writes a `Duration` in JSON."""


def retry_after_s(headers: Mapping[str, str], error: Mapping[str, object]) -> float | None:
    """The longest wait that was asked for; None where none was, or none that makes sense."""
    asked = [seconds for seconds in (*_in_headers(headers), *_in_body(error)) if math.isfinite(seconds) and seconds >= 0]
    return min(max(asked), LONGEST_S) if asked else None


def _in_headers(headers: Mapping[str, str]) -> Iterator[float]:
    """OpenAI's own header in milliseconds, else the standard's (RFC 9110, section 10.2.3)."""
    milliseconds, value = headers.get("retry-after-ms", "").strip(), headers.get("retry-after", "").strip()
    if _NUMBER.fullmatch(milliseconds):
        yield float(milliseconds) / 1000
    elif _NUMBER.fullmatch(value):
        yield float(value)
    elif (at := _date(value)) is not None:
        sent = _date(headers.get("date", "")) or datetime.now(UTC)  # by the provider's clock, which may not be ours
        yield max(0.0, (at - sent).total_seconds())


def _in_body(error: Mapping[str, object]) -> Iterator[float]:
    """`google.rpc.RetryInfo`."""
    details = error.get("details")
    for detail in details if isinstance(details, list) else ():
        delay = detail.get("retryDelay") if isinstance(detail, Mapping) else None
        if isinstance(delay, str) and (found := _DURATION.fullmatch(delay)):
            yield float(found[1])


def _date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
