"""Any bytes under any name: recordings or a reason."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.recordings.decode import decode
from app.recordings.limits import MEGABYTE, Limits, check_file_size, gunzip
from chains.errors import RecordingError
from tests.app.recordings.documents import GPX_HEAD, fit, fit_records, fit_session, gpx, gpx_point, tcx, tcx_activity, tcx_lap, tcx_point

FIT = fit(*fit_records(range(61), heart_rate=140), fit_session())
TCX = tcx(tcx_activity(tcx_lap([tcx_point(s, metres=3.0 * s) for s in range(61)])))
GPX = gpx([gpx_point(s, latitude=0.00002 * s) for s in range(61)])
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<!DOCTYPE gpx SYSTEM "http://localhost/x.dtd">'


@pytest.mark.parametrize(("content", "expected"), [(FIT, "fit"), (TCX, "tcx"), (GPX, "gpx")])
@pytest.mark.parametrize("name", ["a.fit", "a.gpx", "a.TCX.gz", "no suffix"])
@pytest.mark.parametrize("packed", [False, True])
def test_the_content_decides_the_format(content: bytes, expected: str, name: str, packed: bool) -> None:
    (recording,) = decode(name, gzip.compress(content) if packed else content)

    assert recording.format == expected


@pytest.mark.parametrize("content", [b"", b"  \n", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    with pytest.raises(RecordingError, match="empty"):
        decode("a.fit", content)


@pytest.mark.parametrize("content", [b"hello", b"\x89PNG\r\n", b'{"distance": 5000}', b"<html></html>"])
def test_something_else_is_called_so(content: bytes) -> None:
    with pytest.raises(RecordingError, match="neither"):
        decode("a.txt", content)


def test_an_archive_is_not_opened() -> None:
    with pytest.raises(RecordingError, match="archive"):
        decode("a.fit", b"PK\x03\x04....")


@pytest.mark.parametrize("document", [LAUGHS, OUTSIDE, ELSEWHERE])
@pytest.mark.parametrize("root", ["gpx", "TrainingCenterDatabase"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(document: str, root: str, encoding: str) -> None:
    content = f'<?xml version="1.0"?>{document}<{root}>&a;</{root}>'.encode(encoding)

    with pytest.raises(RecordingError, match="document type"):
        decode(f"a.{root[:3]}", content)


def test_a_document_type_behind_a_false_encoding_is_refused() -> None:
    hidden = f'<?xml version="1.0" encoding="utf-7"?>{LAUGHS}<gpx>&a;</gpx>'.encode("utf-7")

    with pytest.raises(RecordingError):
        decode("a.gpx", hidden)


@pytest.mark.parametrize("head", [GPX_HEAD.format(creator="x"), "<TrainingCenterDatabase>"])
def test_an_abyss_of_elements_is_refused(head: str) -> None:
    with pytest.raises(RecordingError, match="too deep"):
        decode("a.gpx", (head + "<a>" * 100_000).encode())


@pytest.mark.parametrize("content", [TCX[:-40], GPX[:-40], TCX.replace(b"</Track>", b""), b"<gpx"])
def test_broken_xml_is_called_so(content: bytes) -> None:
    with pytest.raises(RecordingError, match="well-formed"):
        decode("a.gpx", content)


def test_a_gzip_bomb_is_refused_while_it_unpacks() -> None:
    with pytest.raises(RecordingError, match="ratio"):
        decode("a.fit.gz", gzip.compress(bytes(30 * MEGABYTE)))


def test_gzip_members_count_together() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")

    assert gunzip(packed) == b"one two"
    with pytest.raises(RecordingError, match="unpacked"):
        gunzip(packed, limits=Limits(unpacked_bytes=6))


@pytest.mark.parametrize("content", [gzip.compress(FIT)[:-20], b"\x1f\x8b" + b"\0" * 50, b"\x1f\x8b"])
def test_a_broken_gzip_file_is_called_so(content: bytes) -> None:
    with pytest.raises(RecordingError, match=r"\.gz"):
        decode("a.fit.gz", content)


def test_a_file_over_the_limit_is_told_the_limit() -> None:
    check_file_size(25 * MEGABYTE)
    with pytest.raises(RecordingError, match="25 MB"):
        check_file_size(25 * MEGABYTE + 1)


def decodes_or_says_why(name: str, content: bytes) -> bool:
    try:
        recordings = decode(name, content)
    except RecordingError as reason:
        return 0 < len(str(reason)) < 200
    return all(len(recording.series) > 1 for recording in recordings)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    head=st.sampled_from([b"", b"\x0e\x10\xff\x08\xff\xff\x00\x00.FIT\x00\x00", b"<gpx>", b"<TrainingCenterDatabase>", b"\x1f\x8b\x08"]),
    tail=st.binary(),
)
def test_random_bytes_never_raise_anything_else(head: bytes, tail: bytes) -> None:
    assert decodes_or_says_why("a", head + tail)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_bitten_recordings_never_raise_anything_else(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([FIT, TCX, GPX])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert decodes_or_says_why("a", bytes(content[: data.draw(st.integers(1, len(content)))]))
