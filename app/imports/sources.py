"""Where recordings come from: files on disk and the archives among them, one recording in memory at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import is_zipfile

from app.imports.report import Refused
from app.recordings.archive import ArchiveFile, ExportEntry, RejectedFile, count_recordings, read_archive
from app.recordings.limits import check_file_size
from chains.errors import RecordingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file on disk under the name that its sender knows."""

    name: str
    path: Path

    @property
    def is_archive(self) -> bool:
        return is_zipfile(self.path) or self.name.lower().endswith(".zip")


Found = ArchiveFile | ExportEntry | Refused


def count_files(sent: Iterable[Sent]) -> int:
    """How many recordings there are; at least one per file, as an unreadable archive is reported too."""
    return sum(_count(file) for file in sent)


def _count(file: Sent) -> int:
    try:
        return count_recordings(file.path) if file.is_archive else 1
    except RecordingError:
        return 1


def check_archives(sent: Iterable[Sent]) -> None:
    """Raises RecordingError, with the file's name, for an archive that must not be opened at all."""
    for file in sent:
        if file.is_archive:
            try:
                count_recordings(file.path)
            except RecordingError as reason:
                raise RecordingError(f"{file.name}: {reason}") from reason


def found_in(sent: Sequence[Sent]) -> Iterator[Found]:
    """Every recording; what cannot be read comes with its reason, and the rest goes on."""
    for file in sent:
        try:
            yield from _archived(file) if file.is_archive else _single(file)
        except RecordingError as reason:
            yield Refused(file=file.name, reason=str(reason))


def _archived(file: Sent) -> Iterator[Found]:
    for item in read_archive(file.path):
        yield Refused(file=item.name, reason=item.reason) if isinstance(item, RejectedFile) else item


def _single(file: Sent) -> Iterator[Found]:
    check_file_size(file.path.stat().st_size)
    yield ArchiveFile(name=file.name, content=file.path.read_bytes())


def sent_from(path: Path) -> list[Sent]:
    """A file, or every file below a folder, in order of name; hidden ones are left out."""
    if path.is_file():
        return [Sent(name=path.name, path=path)]
    below = sorted(p for p in path.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts))
    return [Sent(name=str(p.relative_to(path)), path=p) for p in below]
