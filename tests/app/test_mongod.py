"""The embedded MongoDB with the real binary, between real processes."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymongo
import pytest

from app.mongod import embedded_mongod
from app.startup import EmbeddedMongoFailed

USER = """
import sys
from pathlib import Path
from app.mongod import embedded_mongod
with embedded_mongod(Path(sys.argv[1])) as uri:
    print(uri, flush=True)
    sys.stdin.readline()
"""


class User:
    """Another process that uses the mongod of a data directory until it is told to leave."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def uri(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate("\n", timeout=60)
        assert self.process.returncode == 0

    def die(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


def is_running(data_dir: Path) -> bool:
    """mongod locks its lock file as long as it lives."""
    with (data_dir / "mongodb" / "mongod.lock").open("r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def pid_of(data_dir: Path) -> int:
    return int((data_dir / "mongodb" / "mongod.lock").read_text())


def kill(data_dir: Path) -> None:
    os.kill(pid_of(data_dir), signal.SIGKILL)
    while is_running(data_dir):
        time.sleep(0.01)


@contextmanager
def connected(uri: str) -> Iterator[pymongo.MongoClient[dict[str, object]]]:
    with pymongo.MongoClient[dict[str, object]](uri, timeoutMS=10_000, journal=True) as client:
        yield client


def test_two_processes_share_one_and_the_last_to_leave_stops_it(tmp_path: Path) -> None:
    first, second = User(tmp_path), User(tmp_path)
    assert first.uri() == second.uri()

    first.leave()
    assert is_running(tmp_path)

    second.leave()
    assert not is_running(tmp_path)


def test_the_mongod_of_a_killed_service_is_adopted(tmp_path: Path) -> None:
    killed = User(tmp_path)
    uri = killed.uri()
    orphan = pid_of(tmp_path)
    killed.die()
    assert is_running(tmp_path)

    with embedded_mongod(tmp_path) as adopted:
        assert adopted == uri
        assert pid_of(tmp_path) == orphan

    assert not is_running(tmp_path)


def test_a_killed_mongod_is_started_again_with_all_it_acknowledged(tmp_path: Path) -> None:
    with embedded_mongod(tmp_path) as uri, connected(uri) as client:
        client.insights.kept.insert_one({"_id": 1})
        kill(tmp_path)

        with embedded_mongod(tmp_path) as again:
            assert again == uri, "clients of the dead one find its successor on the same port"
            assert client.insights.kept.count_documents({}) == 1

    assert not is_running(tmp_path)


def test_one_that_dies_under_its_users_is_started_again_once(tmp_path: Path) -> None:
    other = User(tmp_path)
    other.uri()
    with embedded_mongod(tmp_path) as uri, connected(uri) as client:
        client.insights.kept.insert_one({"_id": 1})
        dead = pid_of(tmp_path)
        kill(tmp_path)

        assert client.insights.kept.count_documents({}) == 1, "the client has waited for it"
        successor = pid_of(tmp_path)
        other.leave()
        assert pid_of(tmp_path) == successor != dead

    assert not is_running(tmp_path)


def test_it_is_in_a_session_of_its_own_and_on_loopback_only(tmp_path: Path) -> None:
    with embedded_mongod(tmp_path) as uri:
        assert uri.startswith("mongodb://127.0.0.1:")
        assert os.getsid(pid_of(tmp_path)) != os.getsid(0)
        with connected(uri) as client:
            options = client.admin.command("getCmdLineOpts")["parsed"]
    assert options["net"]["bindIp"] == "127.0.0.1"
    assert tmp_path.joinpath("mongodb").stat().st_mode & 0o077 == 0


def test_a_broken_data_directory_is_one_sentence(tmp_path: Path) -> None:
    with embedded_mongod(tmp_path):
        pass
    (tmp_path / "mongodb" / "WiredTiger.turtle").write_text("torn")

    with pytest.raises(EmbeddedMongoFailed) as failed, embedded_mongod(tmp_path):
        pass

    assert str(failed.value).startswith("the embedded MongoDB does not start: ")
    assert "WiredTiger" in str(failed.value)
    assert "\n" not in str(failed.value)
    assert len(str(failed.value)) < 400


def test_a_directory_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(EmbeddedMongoFailed, match=r"file/data: Not a directory"), embedded_mongod(tmp_path / "file" / "data"):
        pass


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(tmp_path)], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        with pytest.raises(EmbeddedMongoFailed, match="less than 500 MB are free on the disk of"), embedded_mongod(tmp_path):
            pass
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_without_the_wheel_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    """In an interpreter that sees the project's code and the libraries, but not the wheel."""
    program = f"""
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("fiftyone"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
from pathlib import Path
from app.mongod import embedded_mongod
from app.startup import EmbeddedMongoMissing
try:
    with embedded_mongod(Path({str(tmp_path)!r})):
        pass
except EmbeddedMongoMissing as missing:
    print(missing)
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "MONGODB_URI" in said
    assert "embedded" in said
