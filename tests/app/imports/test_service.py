"""Files and archives to activities."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pymongo.asynchronous.database import AsyncDatabase

from app.activities.repository import ActivityRepository
from app.activities.service import Fate
from app.imports.sources import sent_from
from app.jobs.job import Progress
from app.profile.repository import ProfileRepository
from app.recordings.pool import DecodingPool
from chains.training.activity import Purpose, Source, Sport
from chains.training.compression import unpack
from chains.training.profile import Profile
from tests.app.activities.entries import ATHLETE, entry, service_on
from tests.app.imports.files import NO_SAMPLES, START, ignore, imports_on, on_disk, tcx, zipped
from tests.shared_data import needs

Database = AsyncDatabase[dict[str, Any]]


async def test_a_recording_becomes_an_activity_with_its_series(database: Database, tmp_path: Path) -> None:
    await ProfileRepository(database).put(ATHLETE, Profile(time_zone="America/New_York"))
    imports = imports_on(database)
    report = await imports.take(ATHLETE, on_disk(tmp_path, {"run.tcx": tcx()}), ignore)

    [taken] = report.imported
    activity = await service_on(database).get(ATHLETE, taken.activity_id)
    assert (activity.sport, activity.mean_hr, activity.origin.source, activity.origin.format) == (Sport.RUN, 140.0, Source.FILE, "tcx")
    assert activity.distance_m == pytest.approx(900, rel=0.01)
    assert activity.moving_s == pytest.approx(300, rel=0.02)
    assert activity.utc_offset_s == -4 * 3600, "the file does not say where: the profile's zone"
    assert activity.metrics is not None
    assert activity.metrics.heart_rate_time is not None
    packed = await ActivityRepository(database).series(ATHLETE, taken.activity_id)
    assert packed is not None
    assert len(unpack(packed)) == pytest.approx(300, abs=1)


async def test_bad_files_are_named_and_the_rest_goes_in(database: Database, tmp_path: Path) -> None:
    files = {
        "empty.fit": b"",
        "notes.txt": b"ran well today",
        "hollow.tcx": NO_SAMPLES,
        "run.tcx": tcx(),
        "again.tcx": tcx(),
        "later.tcx": tcx(start=START + timedelta(days=1)),
        "archive.zip": b"PK\x03\x04 and then nothing",
    }
    seen: list[Progress] = []

    async def watch(progress: Progress) -> None:
        seen.append(progress)

    imports = imports_on(database)
    report = await imports.take(ATHLETE, on_disk(tmp_path, files), watch)

    assert [t.file for t in report.imported] == ["run.tcx", "later.tcx"]
    assert [t.file for t in report.duplicate] == ["again.tcx"]
    assert [r.file for r in report.failed] == ["empty.fit", "notes.txt", "hollow.tcx", "archive.zip"]
    assert all(r.reason for r in report.failed)
    assert seen == [Progress(done=done, total=7) for done in range(8)]


async def test_an_import_repeated_or_doubled_changes_nothing(database: Database, tmp_path: Path) -> None:
    sent = on_disk(tmp_path, {f"{day}.tcx": tcx(start=START + timedelta(days=day)) for day in range(3)})
    imports = imports_on(database)
    one, other = await asyncio.gather(imports.take(ATHLETE, sent, ignore), imports.take(ATHLETE, sent, ignore))
    again = await imports.take(ATHLETE, sent, ignore)

    assert len(one.imported) + len(other.imported) == 3
    assert (again.imported, len(again.duplicate)) == ((), 3)
    assert await database["activities"].count_documents({}) == 3
    assert await database["series"].count_documents({}) == 3


async def test_a_file_is_richer_than_the_summary_that_was_there(database: Database, tmp_path: Path) -> None:
    summary = entry(start=START, source=Source.STRAVA, external_id="9", minutes=5, km=0.9, title="Morning Run")
    [known] = await service_on(database).add(ATHLETE, [summary])
    imports = imports_on(database)
    report = await imports.take(ATHLETE, on_disk(tmp_path, {"run.tcx": tcx()}), ignore)

    [taken] = report.duplicate
    assert (taken.activity_id, taken.fate) == (known.activity_id, Fate.ENRICHED)
    activity = await service_on(database).get(ATHLETE, known.activity_id)
    assert (activity.title, activity.mean_hr, activity.origin.format) == ("Morning Run", 140.0, "tcx")


async def test_bulk_export_brings_titles_and_hand_entries(database: Database, tmp_path: Path) -> None:
    table = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,Filename,"
        "Elapsed Time,Moving Time,Distance\n"
        '11,"May 3, 2026, 5:30:00 AM",To work,Run,legs heavy,300,0.90,true,activities/11.tcx,300,300,900.0\n'
        '12,"May 4, 2026, 6:00:00 PM",Gym,Run,,1800,5.00,false,,1800,1800,5000.0\n'
    )
    export = zipped({"activities.csv": table.encode(), "activities/11.tcx": tcx(), "media/photo.jpg": b"no recording"})
    imports = imports_on(database)
    report = await imports.take(ATHLETE, on_disk(tmp_path, {"export.zip": export}), ignore)

    assert [r.reason for r in report.failed] == []
    assert len(report.imported) == 2
    run, gym = [await service_on(database).get(ATHLETE, t.activity_id) for t in report.imported]
    assert (run.title, run.notes, run.purpose, run.origin.external_id) == ("To work", "legs heavy", Purpose.COMMUTE, "11")
    assert (gym.title, gym.hand_entered, gym.distance_m) == ("Gym", True, 5000.0)
    [same] = await service_on(database).add(ATHLETE, [entry(source=Source.STRAVA, external_id="12", days=77)])
    assert (same.activity_id, same.fate) == (gym.id, Fate.ENRICHED)


async def test_every_real_recording_imports_and_the_others_say_why(database: Database) -> None:
    folder = needs("activities")
    sent = [s for s in sent_from(folder) if s.name.lower().removesuffix(".gz").endswith((".fit", ".tcx", ".gpx"))]
    async with DecodingPool() as pool:
        report = await imports_on(database, pool).take(ATHLETE, sent, ignore)

    assert {r.file: r.reason for r in report.failed} == {"elevate_files/others/empty.fit": "the file is empty"}
    read = {t.file for t in (*report.imported, *report.duplicate)}
    assert read == {s.name for s in sent} - {"elevate_files/others/empty.fit"}
    assert len(read) > 60


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
async def test_one_ride_in_three_formats_is_one_activity(database: Database, order: tuple[int, ...]) -> None:
    names = ["2020-06-01-16-52-40.fit", "activity_5039744860.gpx", "activity_5039744860.tcx"]
    sent = [file for i in order for file in sent_from(needs("activities", "sweatpy_files", names[i]))]
    imports = imports_on(database)
    report = await imports.take(ATHLETE, sent, ignore)

    assert len(report.imported) == 1
    assert len(report.duplicate) == 2
    activity = await service_on(database).get(ATHLETE, report.imported[0].activity_id)
    assert activity.device_power, "the GPX, which has no power, is not the one that stays"
