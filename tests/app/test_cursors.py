"""Cursors as strangers make them: refused by name, on every list that takes one."""

from collections.abc import Callable

import httpx
import pytest

from app.cursors import BadCursor, read_cursor, write_cursor

TokenFor = Callable[..., dict[str, str]]

NOW = "2026-05-03T07:30:00+00:00"


def test_a_key_comes_back() -> None:
    assert read_cursor(write_cursor(["2026-05-03", NOW, "é"]), 3) == ["2026-05-03", NOW, "é"]


@pytest.mark.parametrize("cursor", ["", "a", "%%%", "\u00e9", "W1tb", "bnVsbA", write_cursor([NOW]), write_cursor([NOW, "\ud800"])])
def test_anything_else_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(cursor, 2)


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-05-03T07:30:00", "2026-05-03", "now"])
async def test_an_instant_outside_the_calendar_is_refused(api: httpx.AsyncClient, token_for: TokenFor, instant: str) -> None:
    for path, cursor in {
        "/api/activities": write_cursor([instant, "id"]),
        "/api/insights/history": write_cursor(["2026-05-03", instant, "id"]),
    }.items():
        refused = await api.get(path, params={"cursor": cursor}, headers=token_for("ada"))

        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "cursor")


async def test_a_cursor_belongs_to_its_list(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    for path, cursor in {
        "/api/activities": write_cursor(["2026-05-03", NOW, "id"]),
        "/api/insights/history": write_cursor([NOW, "id"]),
    }.items():
        refused = await api.get(path, params={"cursor": cursor}, headers=token_for("ada"))

        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "cursor")
