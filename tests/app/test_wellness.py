"""Wellness over the real API and database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from app.database import Database
from app.wellness.repository import WellnessRepository
from chains.training.wellness import Wellness

TokenFor = Callable[..., dict[str, str]]

FULL = {"sleep_s": 27000.0, "hrv_ms": 62.0, "resting_hr": 47.0, "feel": 4, "soreness": 3, "note": "legs good"}


async def test_put_replaces_the_day(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = token_for("ada")

    assert (await api.put("/api/wellness/2026-05-01", json=FULL, headers=headers)).json() == {"date": "2026-05-01", **FULL}
    assert (await api.put("/api/wellness/2026-05-01", json={"feel": 2}, headers=headers)).status_code == 200

    read = (await api.get("/api/wellness/2026-05-01", headers=headers)).json()
    assert read == {"date": "2026-05-01", **dict.fromkeys(FULL), "feel": 2}


async def test_everyone_has_their_own_days(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    await api.put("/api/wellness/2026-05-01", json=FULL, headers=token_for("ada"))

    other = await api.get("/api/wellness/2026-05-01", headers=token_for("grace"))

    assert (other.status_code, other.json()["type"]) == (404, "/problems/not-found")


async def test_between_gives_the_days_in_order(database: Database) -> None:
    wellness = WellnessRepository(database)
    for day in (3, 1, 2, 4):
        await wellness.put("ada", Wellness(date=date(2026, 5, day), feel=day))
    await wellness.put("grace", Wellness(date=date(2026, 5, 2), feel=5))

    found = await wellness.between("ada", date(2026, 5, 1), date(2026, 5, 3))

    assert [(w.date.day, w.feel) for w in found] == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize("day", ["2026-5-1", "20260501", "1777593600", "2026-02-30", "today"])
async def test_a_day_that_is_none_is_refused(api: httpx.AsyncClient, token_for: TokenFor, day: str) -> None:
    refused = await api.put(f"/api/wellness/{day}", json=FULL, headers=token_for("ada"))

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "date")


async def test_tomorrow_is_refused_but_todays_date_depends_on_the_zone(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = token_for("ada")
    ahead = (datetime.now(UTC) + timedelta(hours=14)).date()
    await api.put("/api/profile", json={"time_zone": "Pacific/Kiritimati"}, headers=headers)

    assert (await api.put(f"/api/wellness/{ahead}", json=FULL, headers=headers)).status_code == 200
    refused = await api.put(f"/api/wellness/{ahead + timedelta(days=1)}", json=FULL, headers=headers)

    assert (refused.status_code, refused.json()["errors"][0]["limit"]) == (422, ahead.isoformat())


@pytest.mark.parametrize(
    ("change", "field", "limit"),
    [
        ({"feel": 6}, "feel", 5),
        ({"feel": 2.5}, "feel", None),
        ({"soreness": 0}, "soreness", 1),
        ({"sleep_s": 90_000}, "sleep_s", 86_400),
        ({"hrv_ms": 0}, "hrv_ms", 1),
        ({"note": "x" * 2001}, "note", 2000),
        ({"mood": "fine"}, "mood", None),
    ],
)
async def test_a_wrong_field_is_named_with_its_limit(
    api: httpx.AsyncClient, token_for: TokenFor, change: dict[str, object], field: str, limit: float | None
) -> None:
    refused = await api.put("/api/wellness/2026-05-01", json=FULL | change, headers=token_for("ada"))

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field
    assert refused.json()["errors"][0].get("limit") == limit
    assert (await api.get("/api/wellness/2026-05-01", headers=token_for("ada"))).status_code == 404
