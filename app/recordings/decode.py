"""A file's bytes to its recordings, whatever the format."""

import re
from pathlib import PurePath

from app.recordings.fit import decode_fit
from app.recordings.gpx import decode_gpx
from app.recordings.limits import gunzip
from app.recordings.tcx import decode_tcx
from chains.errors import RecordingError
from chains.training.recording import Recording

SUFFIXES = frozenset({".fit", ".tcx", ".gpx"})
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
HEAD_BYTES = 4096
ROOTS = re.compile(rb"<(?:\w+:)?(gpx|TrainingCenterDatabase)[\s>]", re.IGNORECASE)


def decode(file_name: str, content: bytes) -> tuple[Recording, ...]:
    """Every session in a FIT, TCX or GPX file, packed with gzip or not.

    The content decides the format, the name only where the content does not say. Raises RecordingError with a sentence for the sender.
    """
    if content.startswith(GZIP):
        content = gunzip(content)
    if not content.strip():
        raise RecordingError("the file is empty")
    match _format(file_name, content):
        case "fit":
            return decode_fit(content)
        case "tcx":
            return decode_tcx(content)
        case "gpx":
            return decode_gpx(file_name, content)
        case "zip":
            raise RecordingError("an archive inside is not opened: send its files")
        case _:
            raise RecordingError("neither a FIT nor a TCX nor a GPX file")


def _format(file_name: str, content: bytes) -> str:
    if content[8:12] == b".FIT":
        return "fit"
    if content.startswith(ZIP):
        return "zip"
    root = ROOTS.search(content[:HEAD_BYTES].replace(b"\0", b""))  # UTF-16 has a zero beside each letter
    if root:
        return "gpx" if root.group(1).lower() == b"gpx" else "tcx"
    hints = [suffix.lower() for suffix in PurePath(file_name).suffixes]
    return next((hint[1:] for hint in reversed(hints) if hint in SUFFIXES), "")
