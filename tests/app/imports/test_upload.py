"""Multipart uploads, cut into any pieces."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.errors import InvalidField
from app.imports.upload import Upload, receive
from app.recordings.limits import Limits

TYPE = "multipart/form-data; boundary=frontier"


def part(content: bytes, *, field: str = "files", name: str | None = "run.tcx") -> bytes:
    filename = f'; filename="{name}"' if name is not None else ""
    return f'--frontier\r\nContent-Disposition: form-data; name="{field}"{filename}\r\n\r\n'.encode() + content + b"\r\n"


async def received(folder: Path, *parts: bytes, piece: int = 1 << 16, limits: Limits | None = None, content_type: str = TYPE) -> Upload:
    body = b"".join(parts) + b"--frontier--\r\n"

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), piece):
            yield body[start : start + piece]

    return await receive(content_type, pieces(), folder, limits or Limits())


def stored_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


@pytest.mark.parametrize("piece", [1, 7, 1000])
async def test_files_arrive_whole(tmp_path: Path, piece: int) -> None:
    contents = [b"first\r\n--front", b"", b"\x00\x01" * 500]

    upload = await received(tmp_path, *(part(c, name=f"{i}.fit") for i, c in enumerate(contents)), piece=piece)

    assert [file.name for file in upload.sent] == ["0.fit", "1.fit", "2.fit"]
    assert [file.path.read_bytes() for file in upload.sent] == contents
    assert upload.size == sum(map(len, contents))


async def test_a_file_over_its_limit_is_refused_and_the_rest_arrives(tmp_path: Path) -> None:
    upload = await received(tmp_path, part(b"x" * 101, name="big.fit"), part(b"y" * 100, name="fits.fit"), limits=Limits(file_bytes=100))

    assert [refused.file for refused in upload.refused] == ["big.fit"]
    assert [file.name for file in upload.sent] == ["fits.fit"]
    assert stored_bytes(tmp_path) == 100, "nothing of what was refused stays"


async def test_an_archive_may_be_larger_than_a_file(tmp_path: Path) -> None:
    limits = Limits(file_bytes=100, unpacked_bytes=1000)

    upload = await received(tmp_path, part(b"PK\x03\x04" + b"x" * 500), part(b"z" * 1001, name="b.zip"), limits=limits)

    assert len(upload.sent) == 1
    assert [refused.file for refused in upload.refused] == ["b.zip"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\runs\\passwd", "/etc/passwd"])
async def test_a_senders_path_is_only_a_name(tmp_path: Path, name: str) -> None:
    upload = await received(tmp_path, part(b"x", name=name))

    assert upload.sent[0].name == "passwd"
    assert upload.sent[0].path.parent == tmp_path


@pytest.mark.parametrize(
    ("parts", "content_type"),
    [
        ((part(b"x", field="title", name=None),), TYPE),
        ((part(b"x", field="file"),), TYPE),
        ((part(b"x", name=None),), TYPE),
        ((part(b"x"),), "application/json"),
        ((part(b"x"),), "multipart/form-data"),
        ((part(b"x"),), "multipart/form-data; boundary=other"),
        ((part(b"x"),), "multipart/form-data; boundary=" + "b" * 3000),
        ((b"--frontier\r\nContent-Disposition: " + b"x" * 10_000 + b"\r\n\r\n",), TYPE),
    ],
)
async def test_anything_else_names_the_field(tmp_path: Path, parts: tuple[bytes, ...], content_type: str) -> None:
    with pytest.raises(InvalidField, match="files"):
        await received(tmp_path, *parts, content_type=content_type)


async def test_a_body_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield part(b"x" * 100)[:-20]

    with pytest.raises(InvalidField, match="files"):
        await receive(TYPE, pieces(), tmp_path)
