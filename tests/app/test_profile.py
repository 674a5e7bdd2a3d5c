"""Profiles over the real API and database."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from app.database import Database
from app.profile.repository import ProfileRepository
from app.profile.schemas import ProfileBody
from chains.training.profile import Goal, Profile

TokenFor = Callable[..., dict[str, str]]

FULL = {
    "units": "imperial",
    "locale": "en-GB",
    "time_zone": "Pacific/Auckland",
    "week_start": "sunday",
    "sports": ["run", "swim"],
    "experience": "advanced",
    "goals": [{"event": "Auckland half", "date": "2031-10-26", "distance_m": 21097.5, "target_s": 5400.0, "priority": "A"}],
    "birth_year": 1988,
    "sex": "female",
    "weight_kg": {"value": 61.5, "date": "2025-03-01"},
    "resting_hr": {"value": 44.0, "date": "2025-03-01"},
    "max_hr": {"value": 188.0, "date": "2025-03-02"},
    "lthr": {"run": {"value": 171.0, "date": "2025-03-03"}},
    "ftp_w": {"value": 231.0, "date": "2025-03-04"},
    "threshold_speed_mps": {"value": 4.1, "date": "2025-03-05"},
    "heart_rate_unreliable": True,
    "injury": "left Achilles, since March",
    "tone": "direct",
    "model_consent": "refused",
}


async def test_who_told_us_nothing_has_the_defaults(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    answer = await api.get("/api/profile", headers=token_for("ada"))

    assert answer.status_code == 200
    assert ProfileBody.model_validate(answer.json()).to_profile() == Profile()


async def test_put_replaces_everything(api: httpx.AsyncClient, token_for: TokenFor, database: Database) -> None:
    headers = token_for("ada")

    assert (await api.put("/api/profile", json=FULL, headers=headers)).status_code == 200
    assert (await api.get("/api/profile", headers=headers)).json() == FULL
    stored = await ProfileRepository(database).get("ada")
    assert stored == ProfileBody.model_validate(FULL).to_profile()

    assert (await api.put("/api/profile", json={"units": "metric"}, headers=headers)).status_code == 200
    assert await ProfileRepository(database).get("ada") == Profile()


async def test_everyone_has_their_own(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    await api.put("/api/profile", json=FULL, headers=token_for("ada"))

    other = await api.get("/api/profile", headers=token_for("grace"))

    assert other.json()["units"] == "metric"


WRONG: list[tuple[dict[str, object], str]] = [
    ({"ftp_w": {"value": 9000, "date": "2025-01-01"}}, "ftp_w.value"),
    ({"ftp_w": {"value": 250}}, "ftp_w.date"),
    ({"max_hr": {"value": 300, "date": "2025-01-01"}}, "max_hr.value"),
    ({"weight_kg": {"value": 61, "date": "1.2.2025"}}, "weight_kg.date"),
    ({"weight_kg": {"value": 61, "date": 1740787200}}, "weight_kg.date"),
    ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ({"units": "furlongs"}, "units"),
    ({"shoe_size": 43}, "shoe_size"),
    ({"lthr": {"run": {"value": 190, "date": "2025-01-01"}}}, "lthr"),
    ({"max_hr": {"value": 40, "date": "2025-01-01"}, "lthr": {}}, "max_hr"),
    ({"birth_year": 1492}, "birth_year"),
    ({"birth_year": 2099}, "birth_year"),
    ({"injury": "x" * 501}, "injury"),
    ({"goals": [{"event": "", "date": "2026-01-01"}]}, "goals.0.event"),
]


async def test_a_wrong_field_is_named_and_nothing_is_stored(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = token_for("ada")
    for change, field in WRONG:
        refused = await api.put("/api/profile", json=FULL | change, headers=headers)

        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["type"] == "/problems/invalid-field"
        assert refused.json()["errors"][0]["field"] == field
    assert (await api.get("/api/profile", headers=headers)).json()["units"] == "metric"


async def test_numbers_that_are_none_are_refused_by_field(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = token_for("ada") | {"Content-Type": "application/json"}
    for number in ("NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 400):
        raw = f'{{"ftp_w": {{"value": {number}, "date": "2025-01-01"}}}}'

        refused = await api.put("/api/profile", content=raw, headers=headers)

        assert refused.status_code == 422
        assert [e["field"] for e in refused.json()["errors"]] == ["ftp_w.value"]


async def test_a_threshold_of_tomorrow_is_refused(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    later = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()

    refused = await api.put("/api/profile", json={"ftp_w": {"value": 250, "date": later}}, headers=token_for("ada"))

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "ftp_w.date"
    assert refused.json()["errors"][0]["limit"] < later


async def test_what_the_athlete_wrote_is_not_repeated(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    secret = "my knee and my secret" * 40

    refused = await api.put("/api/profile", json={"injury": secret, "tone": secret}, headers=token_for("ada"))

    assert refused.status_code == 422
    assert "secret" not in json.dumps(refused.json())


async def test_a_lone_surrogate_is_refused_and_not_stored(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = token_for("ada")

    refused = await api.put("/api/profile", content=b'{"injury": "\\ud800"}', headers=headers | {"Content-Type": "application/json"})

    assert refused.status_code == 422
    assert (await api.get("/api/profile", headers=headers)).json()["injury"] is None


@pytest.mark.parametrize(
    ("change", "field", "limit"),
    [
        ({"goals": [{"event": "Race", "date": "0001-01-01"}]}, "goals.0.date", "1970-01-01"),
        ({"goals": [{"event": "Race", "date": "9999-12-31"}]}, "goals.0.date", "2100-01-01"),
        ({"goals": [{"event": "Race", "date": "2031-01-01", "distance_m": 1e-320}]}, "goals.0.distance_m", 1),
        ({"sports": ["run", "run"]}, "sports", None),
        ({"time_zone": "../../etc"}, "time_zone", None),
        ({"time_zone": "localtime"}, "time_zone", None),
    ],
)
async def test_what_no_calendar_and_no_map_has_is_refused_and_not_stored(
    api: httpx.AsyncClient, token_for: TokenFor, database: Database, change: dict[str, object], field: str, limit: object
) -> None:
    refused = await api.put("/api/profile", json=change, headers=token_for("ada"))

    assert refused.status_code == 422
    assert [(e["field"], e.get("limit")) for e in refused.json()["errors"]] == [(field, limit)]
    assert await ProfileRepository(database).get("ada") == Profile()


async def test_what_was_stored_under_wider_bounds_is_still_shown(api: httpx.AsyncClient, token_for: TokenFor, database: Database) -> None:
    await ProfileRepository(database).put("ada", Profile(goals=(Goal(event="Race", date=date(1, 1, 1)),)))

    answer = await api.get("/api/profile", headers=token_for("ada"))

    assert (answer.status_code, answer.json()["goals"][0]["date"]) == (200, "0001-01-01")
