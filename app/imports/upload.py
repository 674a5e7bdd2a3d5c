"""A multipart upload streamed to disk: sizes are counted while reading, so nothing large ever stands in memory."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.errors import InvalidField
from app.imports.report import Refused
from app.imports.sources import Sent
from app.recordings.limits import LIMITS, Limits, OverLimit, check_file_size

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD = "files"

MAX_FILES = 5_000
"""In one upload; more come as an archive."""

MAX_HEADER_BYTES = 8_192

ARCHIVE_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What arrived: files on disk in the order sent, and those that were too large."""

    sent: tuple[Sent, ...]
    refused: tuple[Refused, ...]

    @property
    def size(self) -> int:
        return sum(file.path.stat().st_size for file in self.sent)


async def receive(content_type: str, body: AsyncIterator[bytes], folder: Path, limits: Limits = LIMITS) -> Upload:
    """Write the files of the field `files` into a folder. Raises InvalidField for anything else."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise InvalidField(FIELD, "one or more files are needed, as multipart/form-data")
    parts = _Parts(folder, limits)
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        async for chunk in body:
            await asyncio.to_thread(parser.write, chunk)
        parser.finalize()
    except FormParserError as broken:
        raise InvalidField(FIELD, "the multipart body is broken or cut off") from broken
    finally:
        parts.close()
    if not parts.ended:
        raise InvalidField(FIELD, "the multipart body is broken or cut off")
    if not parts.done:
        raise InvalidField(FIELD, "no file arrived")
    return parts.upload()


@dataclass(slots=True)
class _Part:
    """One part while it arrives. An archive is recognised by its first bytes and only bounded as a whole."""

    name: str
    path: Path
    file: BinaryIO
    size: int = 0
    archive: bool = False
    refused: str | None = None


@dataclass(slots=True)
class _Parts:
    folder: Path
    limits: Limits
    done: list[_Part] = field(default_factory=list)
    current: _Part | None = None
    header: tuple[bytes, bytes] = (b"", b"")
    disposition: bytes = b""
    ended: bool = False

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self.part_begin,
            "on_part_data": self.part_data,
            "on_part_end": self.part_end,
            "on_header_field": self.header_field,
            "on_header_value": self.header_value,
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_finished,
            "on_end": self.end,
        }

    def part_begin(self) -> None:
        self.disposition, self.current = b"", None

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._grow(data[start:end], b"")

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._grow(b"", data[start:end])

    def _grow(self, name: bytes, value: bytes) -> None:
        self.header = (self.header[0] + name, self.header[1] + value)
        if sum(map(len, self.header)) > MAX_HEADER_BYTES:
            raise InvalidField(FIELD, "a header of a part is too long", limit=MAX_HEADER_BYTES)

    def header_end(self) -> None:
        name, value = self.header
        if name.lower() == b"content-disposition":
            self.disposition = value
        self.header = (b"", b"")

    def headers_finished(self) -> None:
        _, options = parse_options_header(self.disposition)
        if options.get(b"name") != FIELD.encode() or b"filename" not in options:
            return
        if len(self.done) >= MAX_FILES:
            raise InvalidField(FIELD, "too many files", limit=MAX_FILES)
        sender_name = options[b"filename"].decode(errors="replace").replace("\\", "/")
        path = self.folder / str(len(self.done))
        self.current = _Part(PurePath(sender_name).name[:255] or f"file {len(self.done) + 1}", path, path.open("wb"))
        self.done.append(self.current)

    def part_data(self, data: bytes, start: int, end: int) -> None:
        part = self.current
        if part is None or part.refused:
            return
        if part.size == 0:
            part.archive = data[start:end].startswith(ARCHIVE_MAGIC) or part.name.lower().endswith(".zip")
        part.size += end - start
        try:
            _check(part, self.limits)
        except OverLimit as over:
            part.refused = str(over)
            part.file.truncate(0)
        else:
            part.file.write(data[start:end])

    def part_end(self) -> None:
        if self.current is not None:
            self.current.file.close()

    def end(self) -> None:
        self.ended = True

    def close(self) -> None:
        for part in self.done:
            part.file.close()

    def upload(self) -> Upload:
        return Upload(
            sent=tuple(Sent(name=part.name, path=part.path) for part in self.done if not part.refused),
            refused=tuple(Refused(file=part.name, reason=part.refused) for part in self.done if part.refused),
        )


def _check(part: _Part, limits: Limits) -> None:
    if not part.archive:
        check_file_size(part.size, limits)
    elif part.size > limits.unpacked_bytes:
        raise OverLimit("the archive", f"{limits.unpacked_bytes // 1_000_000} MB")
