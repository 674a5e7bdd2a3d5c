"""Imports and their jobs over HTTP."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from app.database import Database
from tests.app.imports.files import NO_SAMPLES, tcx, zipped

Headers = dict[str, str]
TokenFor = Callable[..., Headers]


async def sent(api: httpx.AsyncClient, headers: Headers, files: Mapping[str, bytes]) -> httpx.Response:
    return await api.post("/api/activities/import", files=[("files", item) for item in files.items()], headers=headers)


async def ended(api: httpx.AsyncClient, headers: Headers, path: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            answer = await api.get(path, headers=headers)
            job: dict[str, Any] = answer.json()
            if job["state"] in {"done", "failed"}:
                return job
            assert "retry-after" in answer.headers
            await asyncio.sleep(0.05)


async def test_small_files_are_imported_at_once(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")

    answer = await sent(api, ada, {"run.tcx": tcx(), "again.tcx": tcx(), "hollow.tcx": NO_SAMPLES})

    assert answer.status_code == 200, answer.text
    report = answer.json()
    [taken] = report["imported"]
    assert (taken["file"], report["duplicate"][0]["file"], report["failed"][0]["file"]) == ("run.tcx", "again.tcx", "hollow.tcx")
    assert report["failed"][0]["reason"]
    activity = (await api.get(f"/api/activities/{taken['activity_id']}", headers=ada)).json()
    assert activity["origin"]["file_name"] == "run.tcx"
    assert activity["metrics"]["heart_rate_time"]["floor_bpm"] == 140


async def test_bad_uploads_store_nothing(api: httpx.AsyncClient, token_for: TokenFor, database: Database) -> None:
    ada = token_for("ada")
    evil = zipped({"run.tcx": tcx(), "../outside.tcx": tcx()})

    hollow = await sent(api, ada, {"hollow.tcx": NO_SAMPLES})
    outside = await sent(api, ada, {"fine.tcx": tcx(), "evil.zip": evil})
    early, late = [await sent(api, ada, {"clock.tcx": tcx(start=datetime(year, 1, 2, tzinfo=UTC))}) for year in (1, 9999)]
    nothing = await api.post("/api/activities/import", json={}, headers=ada)

    assert [answer.status_code for answer in (hollow, outside, early, late, nothing)] == [422] * 5
    assert hollow.json()["detail"].startswith("hollow.tcx: ")
    assert outside.json()["detail"].startswith("evil.zip: ")
    assert all("between 1970 and 2100" in answer.json()["detail"] for answer in (early, late))
    assert nothing.json()["errors"][0]["field"] == "files"
    for collection in ("activities", "series", "spool", "jobs"):
        assert await database[collection].count_documents({}) == 0


async def test_an_archive_becomes_a_job(api: httpx.AsyncClient, token_for: TokenFor, database: Database) -> None:
    ada = token_for("ada")
    archive = zipped({"run.tcx": tcx(), "bad.fit": b"no fit"})

    answer = await sent(api, ada, {"archive.zip": archive})

    assert answer.status_code == 202
    path = answer.headers["location"]
    assert path == f"/api/jobs/{answer.json()['job_id']}"
    assert int(answer.headers["retry-after"]) > 0
    assert (await api.get(path, headers=token_for("eve"))).status_code == 404
    job = await ended(api, ada, path)
    assert (job["state"], job["progress"]) == ("done", {"done": 2, "total": 2})
    assert [item["file"] for item in job["result"]["imported"]] == ["run.tcx"]
    assert [item["file"] for item in job["result"]["failed"]] == ["bad.fit"]
    async with asyncio.timeout(10):
        while True:
            if await database["spool"].count_documents({}) == 0:
                break
            await asyncio.sleep(0.02)


async def test_more_than_25_mb_becomes_a_job_and_what_is_too_large_is_listed(api: httpx.AsyncClient, token_for: TokenFor) -> None:
    ada = token_for("ada")
    padding = b" " * 12_600_000

    answer = await sent(api, ada, {"a.tcx": tcx() + padding, "b.tcx": tcx() + padding, "huge.tcx": b" " * 25_000_001})

    assert answer.status_code == 202
    job = await ended(api, ada, answer.headers["location"])
    assert [item["file"] for item in job["result"]["imported"]] == ["a.tcx"]
    assert [item["file"] for item in job["result"]["duplicate"]] == ["b.tcx"]
    assert job["result"]["failed"] == [{"file": "huge.tcx", "reason": "the file is over the limit of 25 MB"}]
