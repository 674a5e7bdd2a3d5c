"""Activities over HTTP."""

from collections.abc import Callable
from typing import Any

import httpx

from chains.training.activity import Sport
from tests.app.activities.entries import real_summaries

Headers = dict[str, str]
TokenFor = Callable[..., Headers]

RUN = {
    "id": 17,
    "name": "Morning Run",
    "sport_type": "Run",
    "start_date": "2026-05-03T05:30:00Z",
    "utc_offset": 7200,
    "elapsed_time": 3720,
    "moving_time": 3600,
    "distance": 12000.5,
}
BY_HAND = {"sport": "ride", "started_at": "2026-05-04T17:00:00+02:00", "elapsed_s": 5400, "distance_m": 40000}


async def added(api: httpx.AsyncClient, headers: Headers, body: object) -> dict[str, Any]:
    answer = await api.post("/api/activities", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result


async def test_one_object_goes_in_and_comes_back(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")

    result = await added(api, ada, RUN)
    again = await added(api, ada, RUN)

    [taken] = result["imported"]
    assert again == {"imported": [], "duplicate": [{"index": 0, "activity_id": taken["activity_id"], "enriched": False}], "failed": []}
    activity = (await api.get(f"/api/activities/{taken['activity_id']}", headers=ada)).json()
    assert (activity["sport"], activity["distance_m"], activity["local_date"]) == ("run", 12000.5, "2026-05-03")
    assert activity["origin"] == {"source": "strava", "format": "summary", "external_id": "17", "file_name": None}


async def test_bad_items_of_an_array_are_listed_and_the_rest_goes_in(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    bad = {**RUN, "id": 18, "average_heartrate": 999, "name": "with the secret of my heart"}

    result = await added(api, token_for("ada"), [RUN, bad, BY_HAND, "nonsense", RUN])

    assert [item["index"] for item in result["imported"]] == [0, 2]
    assert [item["index"] for item in result["duplicate"]] == [4]
    assert [item["index"] for item in result["failed"]] == [1, 3]
    assert result["failed"][0]["reason"] == "average_heartrate: Input should be less than or equal to 300"
    assert "secret" not in str(result)


async def test_single_bad_activity_is_refused_by_field_and_limit(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    for body, field, limit in [
        ({**RUN, "distance": -5}, "distance", 0),
        ({**BY_HAND, "rpe": 12}, "rpe", 10),
        ({**BY_HAND, "distance_m": 1e12}, "distance_m", 10_000_000),
        ({**BY_HAND, "colour": "red"}, "colour", None),
        ({}, "start_date", None),
        ({**BY_HAND, "elapsed_s": 1e-320}, "elapsed_s", 1),
        ({**BY_HAND, "started_at": "1969-12-31T23:00:00Z"}, "started_at", "1970-01-01T00:00:00+00:00"),
        ({**BY_HAND, "started_at": "2100-01-01T00:00:01Z"}, "started_at", "2100-01-01T00:00:00+00:00"),
        ({**BY_HAND, "started_at": "2026-05-03T07:30:00+23:59"}, "started_at", None),
    ]:
        answer = await api.post("/api/activities", json=body, headers=ada)

        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()["errors"][0]
        assert (problem["field"], problem.get("limit")) == (field, limit)
    assert (await api.get("/api/activities", headers=ada)).json()["items"] == []


async def test_numbers_that_are_none_are_refused(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    for number in ("NaN", "Infinity", "-Infinity", "1e999"):
        body = '{"type": "Run", "start_date": "2026-05-03T05:30:00Z", "elapsed_time": 60, "distance": ' + number + "}"

        answer = await api.post("/api/activities", content=body, headers={**token_for("ada"), "Content-Type": "application/json"})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "distance"


async def test_what_is_neither_object_nor_array_or_too_much(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")

    answers = [await api.post("/api/activities", json=body, headers=ada) for body in ("run", 7, None, [RUN] * 5001)]
    too_large = await api.post("/api/activities", content=b" " * 16_000_001, headers={**ada, "Content-Type": "application/json"})

    assert [answer.status_code for answer in answers] == [422] * 4
    assert [answer.json()["errors"][0]["field"] for answer in answers] == ["body"] * 4
    assert answers[3].json()["errors"][0]["limit"] == 5000
    assert too_large.status_code == 413


REFUSED_EDITS = (
    {"rpe": 11},
    {"distance_m": 1},
    {"purpose": "fun"},
    {"official_time_s": 1e-320},
    {"excluded_series": ["speed", "speed"]},
)


async def test_patch_sets_and_empties_and_refuses(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    [taken] = (await added(api, ada, {**RUN, "description": "easy"}))["imported"]
    path = f"/api/activities/{taken['activity_id']}"

    changes = {"title": "Club race", "purpose": "race", "rpe": 8, "excluded_series": ["heart_rate"], "notes": None, "official_time_s": 3650}
    changed = await api.patch(path, json=changes, headers=ada)
    refused = [await api.patch(path, json=body, headers=ada) for body in REFUSED_EDITS]

    assert changed.status_code == 200
    assert {name: changed.json()[name] for name in changes} == changes
    assert [answer.status_code for answer in refused] == [422] * len(REFUSED_EDITS)
    assert (await api.get(path, headers=ada)).json() == changed.json()


async def test_deleted_is_gone(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    [taken] = (await added(api, ada, RUN))["imported"]
    path = f"/api/activities/{taken['activity_id']}"

    assert (await api.delete(path, headers=ada)).status_code == 204
    assert (await api.get(path, headers=ada)).status_code == 404
    assert (await api.delete(path, headers=ada)).status_code == 404
    assert (await api.get("/api/activities", headers=ada)).json() == {"items": [], "next_cursor": None}


async def test_someone_elses_activity_is_not_found(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    [taken] = (await added(api, token_for("ada"), RUN))["imported"]
    path, eve = f"/api/activities/{taken['activity_id']}", token_for("eve")

    answers = [
        await api.get(path, headers=eve),
        await api.patch(path, json={"title": "mine"}, headers=eve),
        await api.delete(path, headers=eve),
        await api.get("/api/activities/none-of-this-name", headers=eve),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert (await api.get(path)).status_code == 401


async def test_pages(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    await added(api, ada, [{**BY_HAND, "sport": sport.value} for sport in Sport])

    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = (await api.get("/api/activities", params={"limit": 3} | ({"cursor": cursor} if cursor else {}), headers=ada)).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == len(Sport)
    for bad in ({"cursor": "bm90IG91cnM"}, {"cursor": "%%%"}, {"limit": 0}, {"limit": 201}):
        assert (await api.get("/api/activities", params=bad, headers=ada)).status_code == 422


async def test_the_real_history_goes_in_by_one_request(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")

    result = await added(api, ada, real_summaries())

    assert result["failed"] == []
    assert len(result["imported"]) + len(result["duplicate"]) == 1808
    assert len(result["imported"]) >= 1800
