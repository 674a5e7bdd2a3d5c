"""When to ask again, in every way in which providers say it."""

import pytest

from chains.writers.retry_after import LONGEST_S, retry_after_s

SENT = "Sun, 05 Oct 2025 18:00:00 GMT"
LATER = "Sun, 05 Oct 2025 18:00:09 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0.5 "}, 0.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": LATER, "date": SENT}, 9.0),
        ({"retry-after": SENT, "date": LATER}, 0.0),
        ({"retry-after": SENT}, 0.0),
        ({"retry-after": "Fri, 05 Oct 2999 18:00:00 GMT"}, LONGEST_S),
        ({"retry-after": "86400"}, LONGEST_S),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
    ],
)
def test_headers(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers, {}) == seconds


@pytest.mark.parametrize(
    ("delay", "seconds"), [("3s", 3.0), ("3.5s", 3.5), ("90000s", LONGEST_S), ("-3s", None), ("3", None), (3, None), ("NaNs", None)]
)
def test_retry_info(delay: object, seconds: float | None) -> None:
    details = ["no object", {"reason": "RATE_LIMIT"}, {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}]

    assert retry_after_s({}, {"details": details}) == seconds


def test_the_longest_wait_counts() -> None:
    assert retry_after_s({"retry-after": "2"}, {"details": [{"retryDelay": "31s"}]}) == 31.0
    assert retry_after_s({}, {"details": "none"}) is None
