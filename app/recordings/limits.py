"""How much a sender may send: each rule counted while reading, before the bytes are believed."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from chains.errors import RecordingError

MEGABYTE = 1_000_000
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`file_bytes` as sent, `unpacked_bytes` of everything sent together, `ratio` of unpacked to packed."""

    file_bytes: int = 25 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    ratio: int = 200
    files: int = 100_000


LIMITS = Limits()


class OverLimit(RecordingError):
    """More than a limit allows; raised while reading, so never after the memory is gone. `whole`: nothing more can be read."""

    def __init__(self, what: str, limit: str, *, whole: bool = False) -> None:
        super().__init__(f"{what} is over the limit of {limit}")
        self.whole = whole

    def __reduce__(self) -> tuple[type[RecordingError], tuple[str]]:
        """Leaves a worker process as the plain error it is for whoever waits."""
        return RecordingError, (str(self),)


def check_file_size(size: int, limits: Limits = LIMITS) -> None:
    """Raises OverLimit for a file larger, as sent, than one file may be."""
    if size > limits.file_bytes:
        raise OverLimit("the file", f"{limits.file_bytes // MEGABYTE} MB")


def gunzip(content: bytes, *, left: int | None = None, limits: Limits = LIMITS) -> bytes:
    """The members of a .gz, unpacked. Raises OverLimit, or RecordingError where it is damaged."""
    allowed = limits.unpacked_bytes if left is None else left
    return join_within(_inflated(content), packed=len(content), left=allowed, limits=limits)


def join_within(chunks: Iterator[bytes], *, packed: int, left: int, limits: Limits = LIMITS) -> bytes:
    """The chunks joined. Raises OverLimit as soon as they exceed `left` bytes or the ratio to `packed`."""
    unpacked = bytearray()
    for chunk in chunks:
        unpacked += chunk
        if len(unpacked) > left:
            raise OverLimit("what was sent, unpacked,", f"{limits.unpacked_bytes // MEGABYTE} MB", whole=True)
        if len(unpacked) > limits.ratio * max(packed, 1):
            raise OverLimit("the packing ratio", str(limits.ratio))
    return bytes(unpacked)


def _inflated(content: bytes) -> Iterator[bytes]:
    rest = content
    try:
        while rest.startswith(b"\x1f\x8b"):
            member = zlib.decompressobj(wbits=31)
            while not member.eof:
                chunk = member.decompress(rest, CHUNK)
                rest = member.unconsumed_tail
                if not chunk and not rest and not member.eof:
                    raise RecordingError("the .gz file is cut off")
                yield chunk
            rest = member.unused_data
    except zlib.error as damage:
        raise RecordingError("the .gz file is damaged") from damage
