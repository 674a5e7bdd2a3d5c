"""Archives: what is read, what is refused, and that the limits hold while reading."""

import gzip
import io
import stat
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.recordings.archive import ArchiveFile, ExportEntry, RejectedFile, count_recordings, read_archive
from app.recordings.limits import MEGABYTE, Limits
from chains.errors import RecordingError
from tests.shared_data import SHARED

DAMAGED_AT = 40


def zipped(files: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out


def test_recordings_come_one_by_one_and_the_rest_is_left() -> None:
    archive = zipped({"a.fit": b"one", "deep/b.tcx.gz": gzip.compress(b"two"), "photo.jpg": b"x", "__MACOSX/._a.fit": b"y", "readme": ""})

    assert list(read_archive(archive)) == [ArchiveFile(name="a.fit", content=b"one"), ArchiveFile(name="deep/b.tcx.gz", content=b"two")]
    assert count_recordings(archive) == 2


def test_an_archive_on_disk_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"a.gpx": b"one"}).getvalue())

    assert [item.content for item in read_archive(path) if isinstance(item, ArchiveFile)] == [b"one"]


@pytest.mark.parametrize("name", ["/etc/a.fit", "../a.fit", "activities/../../a.fit", "C:/a.fit", "..\\a.fit", "\\\\host\\a.fit"])
def test_a_path_outside_the_archive_refuses_all_of_it(name: str) -> None:
    archive = zipped({"good.fit": b"one", name: b"two"})

    with pytest.raises(RecordingError, match="path outside"):
        list(read_archive(archive))


def test_a_link_refuses_all_of_it() -> None:
    out = io.BytesIO()
    link = zipfile.ZipInfo("a.fit")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(RecordingError, match="path outside"):
        list(read_archive(out))


def test_an_archive_inside_is_named_and_not_opened() -> None:
    inner = zipped({"a.fit": b"one"}).getvalue()

    (item,) = read_archive(zipped({"inner.zip": inner}))

    assert isinstance(item, RejectedFile)
    assert (item.name, "not opened" in item.reason) == ("inner.zip", True)


def test_a_bomb_is_refused_by_its_ratio_and_the_rest_goes_on() -> None:
    archive = zipped({"bomb.fit": bytes(5 * MEGABYTE), "good.fit": b"one"})

    bomb, good = read_archive(archive)

    assert isinstance(bomb, RejectedFile)
    assert "ratio" in bomb.reason
    assert good == ArchiveFile(name="good.fit", content=b"one")


def test_a_bomb_within_a_gzip_file_is_refused_too() -> None:
    (item,) = read_archive(zipped({"bomb.fit.gz": gzip.compress(bytes(5 * MEGABYTE))}, method=zipfile.ZIP_STORED))

    assert isinstance(item, RejectedFile)
    assert "ratio" in item.reason


def test_the_sum_of_what_is_unpacked_is_limited() -> None:
    archive = zipped({f"{i}.fit": bytes(range(256)) * 10 for i in range(10)})
    items = read_archive(archive, Limits(unpacked_bytes=6_000))

    assert isinstance(next(items), ArchiveFile)
    assert isinstance(next(items), ArchiveFile)
    with pytest.raises(RecordingError, match="unpacked"):
        next(items)


def test_a_file_larger_than_one_may_be_is_named() -> None:
    archive = zipped({"big.fit": bytes(2_000), "good.fit": b"one"}, method=zipfile.ZIP_STORED)

    big, good = read_archive(archive, Limits(file_bytes=1_000))

    assert isinstance(big, RejectedFile)
    assert isinstance(good, ArchiveFile)


def test_too_many_files_are_refused_before_the_first() -> None:
    with pytest.raises(RecordingError, match="number of files"):
        list(read_archive(zipped({f"{i}.fit": b"" for i in range(5)}), Limits(files=4)))


def test_a_damaged_file_fails_alone() -> None:
    content = bytearray(zipped({"a.fit": bytes(range(256)), "b.fit": b"fine"}, method=zipfile.ZIP_STORED).getvalue())
    content[DAMAGED_AT] ^= 0xFF

    broken, fine = read_archive(io.BytesIO(bytes(content)))

    assert isinstance(broken, RejectedFile)
    assert "damaged" in broken.reason
    assert isinstance(fine, ArchiveFile)


def test_an_encrypted_file_fails_alone() -> None:
    content = bytearray(zipped({"a.fit": b"secret"}).getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    content[6] |= 1

    (item,) = read_archive(io.BytesIO(bytes(content)))

    assert isinstance(item, RejectedFile)
    assert "encrypted" in item.reason


@pytest.mark.parametrize("content", [b"", b"no zip", zipped({"a.fit": b"one"}).getvalue()[:-30]])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    with pytest.raises(RecordingError, match="no zip"):
        list(read_archive(io.BytesIO(content)))


HEADER = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Relative Effort,"
    "Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,"
    "Average Speed,Elevation Gain"
)
RIDE = '11,"Jun 1, 2013, 5:32:20 PM",To work,Virtual Ride,,3700,30.2,,,true,,,activities/11.fit.gz,,,3700.0,3600.0,30200.0,,,210.5'
BY_HAND = '12,"Jun 2, 2013, 6:00:00 AM",Gym run,Run,on the treadmill,"1,800",5.10,,,false,,,,,,1800.0,1750.0,5104.0,,,'


def test_the_header_is_the_one_that_strava_writes() -> None:
    path = SHARED / "strava" / "bulk_export_activities_header.csv"
    if not path.exists():
        pytest.skip("needs the shared data")

    assert path.read_text().startswith(HEADER)


def test_an_export_brings_titles_and_what_was_entered_by_hand() -> None:
    export: dict[str, bytes | str] = {
        "activities.csv": f"\ufeff{HEADER}\n{RIDE}\n{BY_HAND}\n",
        "activities/11.fit.gz": gzip.compress(b"one"),
        "media/x.gpx": b"not an activity",
    }

    ride, by_hand = read_archive(zipped(export))

    assert isinstance(ride, ArchiveFile)
    assert ride.content == b"one"
    assert ride.entry is not None
    assert (ride.entry.title, ride.entry.activity_id, ride.entry.activity_type) == ("To work", "11", "VirtualRide")
    assert ride.entry.commute
    assert by_hand == ExportEntry(
        activity_id="12",
        title="Gym run",
        activity_type="Run",
        started_at=datetime(2013, 6, 2, 6, tzinfo=UTC),
        description="on the treadmill",
        elapsed_s=1800.0,
        moving_s=1750.0,
        distance_m=5104.0,
    )


def test_an_old_table_has_one_distance_in_kilometres() -> None:
    table = (
        'Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename\n7,"Jun 2, 2013, 6:00:00 AM",,Run,600,2.5,\n'
    )

    (entry,) = read_archive(zipped({"export_1/activities.csv": table}))

    assert isinstance(entry, ExportEntry)
    assert (entry.distance_m, entry.elapsed_s) == (2_500.0, 600.0)


def test_a_file_that_the_table_lists_and_the_archive_lacks_is_named() -> None:
    table = "Activity ID,Activity Name,Filename\n9,Home,activities/9.gpx\n10,Out,activities/10.fit.gz\n"

    items = list(read_archive(zipped({"export/activities.csv": table, "export/activities/9.gpx": b"one"})))

    assert isinstance(items[0], ArchiveFile)
    assert items[1:] == [RejectedFile(name="export/activities/10.fit.gz", reason="listed in activities.csv, but not in the archive")]


def test_a_table_in_another_language_still_names_its_files() -> None:
    table = "Aktivitäts-ID,Aktivitätsdatum,Name,Dateiname\n9,01.06.2013 17:32,Feierabend,activities/9.gpx\n10,02.06.2013 06:00,Halle,\n"

    (item,) = read_archive(zipped({"activities.csv": table, "activities/9.gpx": b"one"}))

    assert isinstance(item, ArchiveFile)
    assert item.entry == ExportEntry(activity_id="9", title="Feierabend", file_name="activities/9.gpx")


@pytest.mark.parametrize("table", ["", "x" * 200_000, '"', "Activity ID,Filename\n\n,\n"])
def test_a_broken_table_costs_only_itself(table: str) -> None:
    (item,) = read_archive(zipped({"activities.csv": table, "activities/9.gpx": b"one"}, method=zipfile.ZIP_STORED))

    assert item == ArchiveFile(name="activities/9.gpx", content=b"one")
