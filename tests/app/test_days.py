"""Days at the ends of the calendar, wherever a request may name one."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

TokenFor = Callable[..., dict[str, str]]

NAMED: list[tuple[str, str, Callable[[str], dict[str, Any]], str]] = [
    ("GET", "/api/usage", lambda day: {"params": {"since": day}}, "since"),
    ("GET", "/api/usage", lambda day: {"params": {"until": day}}, "until"),
    ("GET", "/api/insights/history", lambda day: {"params": {"since": day}}, "since"),
    ("GET", "/api/insights/history", lambda day: {"params": {"until": day}}, "until"),
    ("POST", "/api/insights/generate", lambda day: {"json": {"kind": "weekly_review", "as_of": day}}, "as_of"),
    ("POST", "/api/insights/generate", lambda day: {"json": {"kind": "weekly_review", "as_of": day, "wait": False}}, "as_of"),
]


@pytest.mark.parametrize(("method", "path", "naming", "field"), NAMED)
async def test_they_are_refused_with_the_limit(
    api: httpx.AsyncClient, token_for: TokenFor, method: str, path: str, naming: Callable[[str], dict[str, Any]], field: str
) -> None:
    limits = {"0001-01-01": "1970-01-01", "9999-12-31": "2100-01-01", "1700006400": None, "2026-05-03T00:00:00": None}
    for day, limit in limits.items():
        refused = await api.request(method, path, headers=token_for("ada"), **naming(day))

        assert refused.status_code == 422, day
        assert [(e["field"], e.get("limit")) for e in refused.json()["errors"]] == [(field, limit)]


@pytest.mark.parametrize(("day", "limit"), [("0001-01-01", "1970-01-01"), ("9999-12-31", "2100-01-01")])
async def test_no_wellness_is_kept_for_them(api: httpx.AsyncClient, token_for: TokenFor, day: str, limit: str) -> None:
    for answer in (
        await api.put(f"/api/wellness/{day}", json={"feel": 3}, headers=token_for("ada")),
        await api.get(f"/api/wellness/{day}", headers=token_for("ada")),
    ):
        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"field": "date", "message": answer.json()["errors"][0]["message"], "limit": limit}]


async def test_the_first_and_the_last_day_are_answered(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    for day in ("1970-01-01", "2100-01-01"):
        assert (await api.get("/api/usage", params={"until": day}, headers=token_for("ada"))).status_code == 200
    first = await api.post("/api/insights/generate", json={"kind": "weekly_review", "as_of": "1970-01-01"}, headers=token_for("ada"))
    assert first.status_code == 409
