"""Zip archives of recordings, a Strava bulk export among them: one file at a time, nothing outside, never more than the limits."""

import csv
import io
import math
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.recordings.decode import GZIP, SUFFIXES
from app.recordings.limits import CHUNK, LIMITS, Limits, OverLimit, check_file_size, gunzip, join_within
from chains.errors import RecordingError

EXPORT_FOLDER = "activities/"
EXPORT_TABLE = "activities.csv"
TABLE_BYTES = 50_000_000
ENCRYPTED = 0x1
"""Bit of a zip entry's flags."""
TABLE_DATE = "%b %d, %Y, %I:%M:%S %p"
"""'Jun 1, 2013, 5:32:20 PM', universal time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEntry:
    """One row of an export's activities.csv. Without a file it is an activity entered by hand: then the totals are all there is."""

    activity_id: str
    title: str = ""
    activity_type: str = ""
    """Strava's word without spaces: 'Run', 'VirtualRide'."""
    started_at: datetime | None = None
    """UTC."""
    description: str = ""
    commute: bool = False
    file_name: str | None = None
    elapsed_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """One recording of an archive, unpacked; `entry` where the archive is a Strava export that lists it."""

    name: str
    content: bytes
    entry: ExportEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedFile:
    """A recording of an archive that cannot be read, and why."""

    name: str
    reason: str


ArchiveItem = ArchiveFile | RejectedFile | ExportEntry


def read_archive(source: str | Path | BinaryIO, limits: Limits = LIMITS) -> Iterator[ArchiveItem]:
    """The recordings of a zip one by one, then the activities that its export table lists without a file.

    Holds one unpacked file at a time. Raises RecordingError for an archive that is damaged, points outside itself or unpacks to more
    than the limits; what is wrong with one file comes as a RejectedFile.
    """
    with _opened(source) as archive:
        files = _checked(archive.infolist(), limits)
        entries = _entries(archive, files)
        left = limits.unpacked_bytes
        for info in _recordings(files):
            item = _item(archive, info, entries.get(info.filename), left, limits)
            left -= len(item.content) if isinstance(item, ArchiveFile) else 0
            yield item
        names = {info.filename for info in files}
        for entry in entries.values():
            if entry.file_name is None:
                yield entry
            elif entry.file_name not in names:
                yield RejectedFile(name=entry.file_name, reason=f"listed in {EXPORT_TABLE}, but not in the archive")


def count_recordings(source: str | Path | BinaryIO, limits: Limits = LIMITS) -> int:
    """How many files `read_archive` will name: for a progress bar. Raises RecordingError as it does."""
    with _opened(source) as archive:
        return sum(1 for _ in _recordings(_checked(archive.infolist(), limits)))


def _opened(source: str | Path | BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OverflowError, struct.error) as damage:
        raise RecordingError("the archive is damaged or is no zip") from damage


def _checked(infos: Sequence[zipfile.ZipInfo], limits: Limits) -> Sequence[zipfile.ZipInfo]:
    if len(infos) > limits.files:
        raise OverLimit("the number of files", str(limits.files))
    for info in infos:
        if _leaves(info):
            raise RecordingError("the archive names a path outside itself")
    return [info for info in infos if not info.is_dir()]


def _leaves(info: zipfile.ZipInfo) -> bool:
    """Whether a name is absolute, climbs, names a drive or is a link. Such an archive is hostile: none of it is read."""
    name = info.orig_filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    return name.startswith("/") or ".." in parts or ":" in name.split("/")[0] or "\0" in name or stat.S_ISLNK(info.external_attr >> 16)


def _recordings(infos: Sequence[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """Files that are recordings by their suffix; of an export, those in its folder."""
    folder = next((_folder(info) for info in infos if PurePosixPath(info.filename).name == EXPORT_TABLE), None)
    for info in infos:
        inside = folder is None or info.filename.startswith(folder + EXPORT_FOLDER)
        hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(info.filename).parts)
        if inside and not hidden and _suffix(info.filename) in SUFFIXES | {".zip"}:
            yield info


def _folder(info: zipfile.ZipInfo) -> str:
    return info.filename.removesuffix(EXPORT_TABLE)


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _item(archive: zipfile.ZipFile, info: zipfile.ZipInfo, entry: ExportEntry | None, left: int, limits: Limits) -> ArchiveItem:
    name = info.filename
    if _suffix(name) == ".zip":
        return RejectedFile(name=name, reason="an archive inside is not opened: send its files")
    try:
        check_file_size(info.compress_size, limits)
        content = _read(archive, info, left, limits)
        if content.startswith(GZIP):
            content = gunzip(content, left=left, limits=limits)
    except OverLimit as over:
        if over.whole:
            raise
        return RejectedFile(name=name, reason=str(over))
    except RecordingError as damage:
        return RejectedFile(name=name, reason=str(damage))
    return ArchiveFile(name=name, content=content, entry=entry)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise RecordingError("packed in a way that is not read")
    if info.flag_bits & ENCRYPTED:
        raise RecordingError("encrypted in the archive")
    try:
        with archive.open(info) as file:
            return join_within(iter(lambda: file.read(CHUNK), b""), packed=info.compress_size, left=left, limits=limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as damage:
        raise RecordingError("damaged in the archive") from damage


def _entries(archive: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo]) -> Mapping[str, ExportEntry]:
    """The export's table by file name, hand-entered activities by their id; empty where there is no readable table."""
    info = next((info for info in files if PurePosixPath(info.filename).name == EXPORT_TABLE), None)
    if info is None:
        return {}
    try:
        text = _read(archive, info, TABLE_BYTES, LIMITS).decode("utf-8-sig", errors="replace")
        rows = list(csv.reader(io.StringIO(text)))
    except (RecordingError, csv.Error):
        return {}
    entries = [_entry(columns, row, _folder(info)) for row in rows[1:] for columns in [_columns(rows[0])] if row]
    return {entry.file_name or f"#{entry.activity_id}": entry for entry in entries if entry and (entry.file_name or entry.started_at)}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the table keeps what: the first and the last column of each name, since Strava repeats some."""

    first: Mapping[str, int]
    last: Mapping[str, int]


def _columns(header: Sequence[str]) -> _Columns:
    names = [name.strip() for name in header]
    return _Columns(first={n: i for i, n in reversed(list(enumerate(names)))}, last={n: i for i, n in enumerate(names)})


def _entry(columns: _Columns, row: Sequence[str], folder: str) -> ExportEntry | None:
    """One row; of a table in another language only what its place and form give away: the id, the title, the file."""

    def text(name: str, *, last: bool = False) -> str:
        at = (columns.last if last else columns.first).get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    if "Activity ID" not in columns.first or "Filename" not in columns.first:
        return _unnamed_entry(row, folder)
    file_name = text("Filename")
    km = columns.first.get("Distance") == columns.last.get("Distance")
    return ExportEntry(
        activity_id=text("Activity ID"),
        title=text("Activity Name"),
        activity_type=text("Activity Type").replace(" ", ""),
        started_at=_date(text("Activity Date")),
        description=text("Activity Description"),
        commute=text("Commute").lower() in {"true", "1", "1.0"},
        file_name=folder + file_name if file_name else None,
        elapsed_s=_number(text("Elapsed Time", last=True)) or _number(text("Elapsed Time")),
        moving_s=_number(text("Moving Time", last=True)),
        distance_m=_distance_m(text("Distance"), None if km else text("Distance", last=True)),
        ascent_m=_number(text("Elevation Gain")),
    )


def _unnamed_entry(row: Sequence[str], folder: str) -> ExportEntry | None:
    file_name = next((cell.strip() for cell in row if cell.strip().startswith(EXPORT_FOLDER)), None)
    if file_name is None or not row[0].isdigit():
        return None
    return ExportEntry(activity_id=row[0], title=row[2].strip() if len(row) > 2 else "", file_name=folder + file_name)


def _distance_m(kilometres: str, metres: str | None) -> float | None:
    if metres:
        return _number(metres)
    in_km = _number(kilometres)
    return None if in_km is None else in_km * 1000


def _number(text: str) -> float | None:
    """A finite number, thousands separated by commas."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _date(text: str) -> datetime | None:
    try:
        return datetime.strptime(" ".join(text.split()), TABLE_DATE).replace(tzinfo=UTC)
    except ValueError:
        return None
